package import InvarCore
import InvarStore
import InvarSyntax

extension Workspace {
    /// What an invariant asks of exceptions to it, to be known before somebody is asked for them.
    ///
    /// - Throws: ``Failure`` for an invariant that does not exist or that no exception can be granted to.
    package func exceptionTerms(of name: String) throws -> (id: String, title: String, requires: Set<ExceptionField>) {
        try withStore { synced in
            let (id, item) = try excepted(name, synced.store)
            return (id, item.invariant.title, item.invariant.requires)
        }
    }

    /// The id of a decision that may grant an exception.
    package func grantingDecision(_ name: String) throws -> String {
        try withStore { synced in
            let found = try resolvedDecision(name, synced.store)
            try confirmHolds(try decisionItem(found, synced.store))
            return found.id
        }
    }

    /// Writes an exception into a decision.
    ///
    /// - Throws: ``Failure`` for what would be no exception: something missing, only a placeholder, a past day, an invariant
    ///   that allows none, a decision that does not hold; and where the file cannot be edited safely.
    package func except(_ request: ExceptRequest) throws -> (report: ExceptionChangeReport, language: Language) {
        try withDecisions { synced in
            let store = synced.store
            guard let name = request.invariant else {
                throw Failure("an exception needs an invariant", hint: "invar adr except INV-… --adr N --path GLOB --reason WHY --until YYYY-MM-DD")
            }
            let (id, invariant) = try excepted(name, store)
            let exception = try checked(request, id, invariant.invariant)
            let found = try resolvedDecision(request.decision ?? "", store)
            let spoken = try language(store)
            var file = try ExceptionFile(found, self)
            let decision = try decisionItem(found, store)
            try confirmHolds(decision)
            var remarks = try others(than: decision, exception, store)
            if let equal = file.current.decision.exceptions.first(where: { Workspace.isSame($0, exception) }) {
                return (report(.unchanged, file, [equal], decision, invariant, remarks), spoken)
            }
            if let twin = file.current.decision.exceptions.first(where: { Workspace.hasSameReach($0, exception) }) {
                throw Failure(
                    "\(decision.decision.id) excepts \(id) there already\(twin.until.map { ", until \($0)" } ?? "")",
                    at: Place(path: file.path, position: twin.position),
                    hint: "extend it with `invar adr renew \(id) --adr \(found.id)`, or edit it")
            }
            try file.add(exception, title: invariant.invariant.title)
            try file.write()
            let written = file.current.decision.exceptions.filter { Workspace.isSame($0, exception) }
            remarks += reach(exception, id, decision, try repositoryPaths())
            return (report(.edited, file, written, decision, invariant, remarks), spoken)
        }
    }

    // MARK: What is asked for

    /// The invariant or clause that a person names, which must allow exceptions.
    func excepted(_ name: String, _ store: Store) throws -> (id: String, item: InvariantItem) {
        let found = try resolvedInvariant(name, store)
        guard let item = try store.invariants(ids: [found.id]).first else { throw Failure("\(name) is no invariant") }
        let place = Place(path: item.path, position: item.invariant.position)
        guard item.invariant.status != .retired else {
            throw Failure("\(found.id) is retired: there is nothing to except", at: place, hint: item.invariant.mergedInto.map { "it went into \($0)" })
        }
        guard item.invariant.waivable else {
            throw Failure("\(found.id) allows no exception (waivable: false)", at: place, hint: "mend what breaks it, or change the invariant first")
        }
        let part = Identifier(name)?.part
        if let part, !item.invariant.clauses.contains(where: { EntryName.key(id: $0.id) == EntryName.key(id: part) }) {
            throw Failure("\(part) is no clause of \(found.id)", at: place, hint: "except \(found.id), or one of its clauses")
        }
        return (
            part.map { part in item.invariant.clauses.first { EntryName.key(id: $0.id) == EntryName.key(id: part) }?.id ?? part } ?? item.invariant.id, item
        )
    }

    private func checked(_ request: ExceptRequest, _ id: String, _ invariant: Invariant) throws(Failure) -> Exception {
        let missing = request.missing(invariant.requires)
        guard missing.isEmpty else {
            throw Failure("an exception to \(id) still needs \(missing.joined(separator: ", "))", hint: "on a terminal, invar asks for what is missing")
        }
        guard !request.everywhere || (request.paths.isEmpty && request.operations.isEmpty) else {
            throw Failure("--everywhere and --path or --operation say different things", hint: "keep one of them")
        }
        guard !request.forever || request.until == nil else { throw Failure("--forever and --until say different things", hint: "keep one of them") }
        if let until = request.until, until < today { throw Failure("\(until) is past", hint: "--until names the last day on which the exception holds") }
        guard request.until != nil || !invariant.requires.contains(.until) else {
            throw Failure("\(id) allows no exception without an end", hint: "--until YYYY-MM-DD")
        }
        var exception = Exception(invariant: invariant.id, clause: id == invariant.id ? nil : id, position: Position(line: 1))
        exception.paths = try request.paths.map { path throws(Failure) in try Workspace.scope(path) }
        exception.operations = request.operations.map { Folding.unwrapped($0).trimmingBlanks }.filter { !$0.isEmpty }
        exception.reason = try Workspace.words(request.reason, "--reason", isRequired: true)
        exception.retry = try Workspace.words(request.retry, "--retry", isRequired: invariant.requires.contains(.retry))
        exception.until = request.until
        exception.seen = invariant.fingerprint
        return exception
    }

    private static func words(_ text: String?, _ option: String, isRequired: Bool) throws(Failure) -> String? {
        guard let text else { return nil }
        let words = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).trimmingBlanks }.joined(separator: "\n").trimmingBlanks
        guard !Placeholder.isEmpty(words), !words.hasSuffix(": …") else {
            throw Failure(
                "\(option) \"\(DisplayText.truncated(text, to: 40))\" is only a placeholder", hint: isRequired ? "say it in a sentence" : "leave the option out"
            )
        }
        guard words.utf8.count <= 4_000 else { throw Failure("\(option) is longer than 4,000 bytes", hint: "write the long text into the decision") }
        return words
    }

    /// A glob below the root.
    private static func scope(_ written: String) throws(Failure) -> String {
        let path = written.trimmingBlanks
        guard !path.isEmpty, !path.hasPrefix("/"), !path.split(separator: "/").contains(".."), !path.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw Failure("--path \(written) is no path below the root", hint: "globs are relative to the root, such as 'services/billing/**'")
        }
        return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
    }

    // MARK: The decision

    func decisionItem(_ found: FoundEntry, _ store: Store) throws -> DecisionItem {
        guard let item = try store.decisions(entries: [found.row]).first else { throw Failure("\(found.id) is no decision") }
        return item
    }

    /// A decision that was rejected, deprecated or superseded grants nothing.
    func confirmHolds(_ item: DecisionItem) throws(Failure) {
        let place = Place(path: item.path, position: item.decision.position)
        let id = item.decision.id
        switch item.status {
        case .accepted, .proposed, .unknown: return
        case .rejected: throw Failure("\(id) was rejected: it can grant no exception", at: place, hint: "write a new decision (`invar adr new`)")
        case .deprecated: throw Failure("\(id) is deprecated: it can grant no exception", at: place, hint: "write a new decision (`invar adr new`)")
        case .superseded:
            let next = item.supersededBy.first
            throw Failure(
                "\(id) is superseded\(next.map { " by \($0)" } ?? ""): it can grant no exception", at: place,
                hint: next.map { "grant it in \($0): --adr \($0)" } ?? "write a new decision (`invar adr new`)")
        }
    }

    // MARK: What to say

    /// Whether it is the exception that is asked for, whatever text of the invariant it was granted against.
    static func isSame(_ a: Exception, _ b: Exception) -> Bool {
        func line(_ text: String?) -> String? { text.map { Folding.searchable(Folding.unwrapped(ExceptionFile.line($0))) } }
        return hasSameReach(a, b) && line(a.reason) == line(b.reason) && line(a.retry) == line(b.retry) && a.until == b.until && a.unread.isEmpty
            && a.unreadUntil == nil
    }

    static func hasSameReach(_ a: Exception, _ b: Exception) -> Bool {
        EntryName.key(id: a.clause ?? a.invariant) == EntryName.key(id: b.clause ?? b.invariant) && Set(a.paths) == Set(b.paths)
            && Set(a.operations.map { Folding.searchable($0) }) == Set(b.operations.map { Folding.searchable($0) })
    }

    /// Exceptions to the same, in the same places, by other decisions.
    private func others(than decision: DecisionItem, _ exception: Exception, _ store: Store) throws -> [Wording] {
        try store.exceptions(today: today, .to([exception.invariant])).filter { item in
            item.path != decision.path && item.state != .void && Workspace.hasSameReach(item.exception, exception)
        }.map { item in
            Wording(
                en: "\(item.decision) excepts the same there (\(item.state.rawValue))", ja: "同じ対象の例外は \(item.decision) にもあります（\(item.state.rawValue)）")
        }
    }

    private func reach(_ exception: Exception, _ id: String, _ decision: DecisionItem, _ paths: [String]) -> [Wording] {
        var remarks: [Wording] = []
        let number = String(decision.decision.id.drop { !$0.isNumber })
        if decision.status != .accepted {
            remarks.append(
                Wording(
                    en: "\(decision.decision.id) is not accepted yet: the exception excuses nothing before `invar adr status \(number) accepted`",
                    ja: "\(decision.decision.id) はまだ承認されていません。`invar adr status \(number) accepted` までは例外になりません"))
        }
        remarks.append(
            exception.clause == nil
                ? Wording(en: "it covers all of \(id) there", ja: "対象の範囲では \(id) 全体の例外になります")
                : Wording(
                    en: "it also covers findings of \(exception.invariant) there that name no clause",
                    ja: "対象の範囲では、どの条項かを特定しない \(exception.invariant) の指摘も例外になります"))
        for path in exception.paths where !paths.contains(where: { Glob(path).matches($0) }) {
            remarks.append(Wording(en: "no file matches \(path) yet", ja: "\(path) に当たるファイルはまだありません"))
        }
        return remarks
    }

    private func repositoryPaths() throws -> [String] {
        let files = RepositoryFiles(root: root, configuration: Configuration())
        return files.files(of: try files.listing()).map(\.path)
    }

    func report(
        _ action: ChangeReport.Action, _ file: ExceptionFile, _ exceptions: [Exception], _ decision: DecisionItem, _ invariant: InvariantItem?,
        _ remarks: [Wording],
        _ texts: ExceptionChangeReport.Texts? = nil
    ) -> ExceptionChangeReport {
        let items = exceptions.map { exception in
            ExceptionItem(path: file.path, exception: exception, decision: decision, terms: invariant?.invariant.terms, today: today)
        }
        return ExceptionChangeReport(change: ChangeReport.Change(action, file.path), items: items, remarks: remarks, texts: texts, asOf: today)
    }
}

extension Invariant {
    var terms: Exception.InvariantTerms {
        Exception.InvariantTerms(status: status, waivable: waivable, requires: requires, fingerprint: fingerprint)
    }
}
