/// What the engine knows at the sprint's end, resolved once: everything dated later is left out here.
struct RevisionFacts: Sendable {
    let sprint: Sprint
    let language: Language
    let timeline: RevisionTimeline
    let book: InvariantBook
    let ledger: RevisionLedger
    /// Of known invariants and of decisions made by then, each with its state of then; by the place of the invariant.
    let exceptions: [[ExceptionItem]]
    let decisions: [DecisionItem]
    /// By the place of the invariant, the latest last.
    let revisions: [[AppliedRevision]]
    /// What holds of each key: the latest decision on it.
    let decided: [String: ProposalDecision]
    let unusedExceptions: Set<ExceptionItem.Reference>
    /// nil when nobody looked, or when the repository holds nothing but documents.
    let files: [String]?
    let glossary: Glossary
    let rules: [RevisionInput.RuleWords]
    let signals: [InvariantSignal]

    init(_ input: RevisionInput) {
        let asOf = input.sprint.end
        sprint = input.sprint
        language = input.language
        timeline = RevisionTimeline(input)
        let book = InvariantBook(input.invariants)
        self.book = book
        ledger = RevisionLedger(input, book: book, timeline: timeline)
        decisions = input.decisions.filter { $0.decision.date.map { $0 <= asOf } ?? true }
            .sorted { ($0.decision.id, $0.path, $0.decision.position.line) < ($1.decision.id, $1.path, $1.decision.position.line) }
        let known = Dictionary(decisions.map { (RevisionFacts.name($0.path, $0.decision.id), $0) }) { first, _ in first }
        var exceptions = Array(repeating: [ExceptionItem](), count: book.items.count)
        for item in input.exceptions {
            guard let place = book.resolve(item.exception.invariant).flatMap({ book.index($0.id) }) else { continue }
            guard let decision = known[RevisionFacts.name(item.path, item.decision)] else { continue }
            exceptions[place].append(
                RevisionFacts.asOf(asOf, item, decision, RevisionFacts.status(of: decision, among: decisions), book.items[place].invariant))
        }
        self.exceptions = exceptions.map { $0.sorted(by: ExceptionItem.inOrder) }
        var revisions = Array(repeating: [AppliedRevision](), count: book.items.count)
        for revision in input.revisions where revision.on <= asOf {
            guard let place = book.index(revision.invariant) else { continue }
            revisions[place].append(revision)
        }
        self.revisions = revisions.map {
            $0.sorted {
                ($0.on.ordinal, $0.kind.rawValue, $0.clause ?? "", $0.scope ?? "") < ($1.on.ordinal, $1.kind.rawValue, $1.clause ?? "", $1.scope ?? "")
            }
        }
        decided = RevisionFacts.latest(input.decided, asOf)
        unusedExceptions = input.unusedExceptions
        files = input.files?.contains(where: RevisionFacts.isWork) ?? false ? input.files : nil
        glossary = input.glossary
        rules = input.rules
        signals = InvariantSignal.all(ledger, self.revisions, timeline)
    }

    private static func name(_ path: String, _ decision: String) -> String { path + "\n" + decision }

    /// A decision superseded only by a later one was not superseded yet.
    private static func status(of item: DecisionItem, among decisions: [DecisionItem]) -> Decision.Status {
        guard item.status == .superseded, item.decision.status != .superseded else { return item.status }
        let known = Set(decisions.map(\.decision.id))
        return item.supersededBy.contains { known.contains($0) } ? .superseded : item.decision.status
    }

    /// An exception as it stood on a day: without the renewals that came later.
    private static func asOf(_ day: Day, _ item: ExceptionItem, _ decision: DecisionItem, _ status: Decision.Status, _ invariant: Invariant) -> ExceptionItem {
        var item = item
        let later = item.exception.renewals.filter { $0.on.map { $0 > day } ?? false }
        if let first = later.compactMap(\.on).min() {
            item.exception.renewals.removeAll { $0.on.map { $0 > day } ?? false }
            // What it said before is not written anywhere; it held until it was renewed.
            item.exception.until = item.exception.renewals.compactMap(\.until).max() ?? first
        }
        let terms = Exception.InvariantTerms(
            status: invariant.status, waivable: invariant.waivable, requires: item.terms?.requires ?? invariant.requires, fingerprint: invariant.fingerprint)
        var decision = decision
        decision.status = status
        return ExceptionItem(path: item.path, exception: item.exception, decision: decision, terms: terms, today: day)
    }

    private static func latest(_ decided: [ProposalDecision], _ asOf: Day) -> [String: ProposalDecision] {
        var latest: [String: ProposalDecision] = [:]
        let known = decided.filter { $0.on.map { $0 <= asOf } ?? true }
        func order(_ a: ProposalDecision) -> (Int, String, String) { (a.on?.ordinal ?? Int.min, a.state.rawValue, a.reason ?? "") }
        for decision in known.sorted(by: { order($0) < order($1) }) { latest[decision.key] = decision }
        return latest
    }

    /// Whether a file is something that an invariant could be about: neither a document nor a setting of the repository.
    private static func isWork(_ path: String) -> Bool {
        let name = RelativePath.name(path)
        return !name.hasPrefix(".") && !name.hasSuffix(".md") && !name.hasSuffix(".tsv") && name != "invar.yml" && name != "invar-baseline.json"
    }

    /// Active exceptions of an invariant that lie within a clause and a scope; nil is everywhere.
    func activeExceptions(_ invariant: Int, clause: String?, scope: String?) -> [ExceptionItem] {
        exceptions[invariant].filter { item in
            guard item.state == .active else { return false }
            if let clause, let own = item.exception.clause, EntryName.key(id: own) != EntryName.key(id: clause) { return false }
            return scope.map { scope in item.exception.paths.isEmpty || item.exception.paths.contains { ScopePath($0).overlaps(ScopePath(scope)) } } ?? true
        }
    }
}
