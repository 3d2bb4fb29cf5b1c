package import InvarCore
import InvarSyntax
import Synchronization

/// Accepted decisions that speak of an invariant in prose and grant no exception to it: they excuse nothing, but tell
/// whoever looks which words would make an exception.
package final class ProseDecisions: Sendable {
    private let knowledge: Knowledge
    private let surroundings: KnowledgeSurroundings
    private let known = Mutex([String: [ProseDecision]]())

    package init(knowledge: Knowledge, surroundings: KnowledgeSurroundings) {
        self.knowledge = knowledge
        self.surroundings = surroundings
    }

    /// What such a decision says about a match, and the command that would make it an exception; nil when none does.
    package func advice(invariant: String, _ match: Match) -> Wording? {
        let decisions = decisions(about: invariant)
        let named = Set(match.decisions.map { EntryName.key(id: $0) })
        let subjects = Set(match.operations.map { Folding.searchable($0) } + [Folding.searchable(match.path)])
        let found = decisions.first { named.contains(EntryName.key(id: $0.item.decision.id)) } ?? decisions.first { !$0.subjects.isDisjoint(with: subjects) }
        guard let found else { return namedWithoutException(match, invariant) }
        return found.advice(invariant: invariant, path: match.path)
    }

    /// The decisions of an invariant, each read once.
    func decisions(about invariant: String) -> [ProseDecision] {
        if let found = known.withLock({ $0[invariant] }) { return found }
        let key = EntryName.key(id: invariant)
        let mentioning = Set(
            knowledge.links.filter { EntryName.key(id: Identifier($0.target)?.id ?? $0.target) == key }.map { EntryName.key(id: $0.source) })
        let granting = Set(knowledge.exceptions.filter { EntryName.key(id: $0.exception.invariant) == key }.map { EntryName.key(id: $0.decision) })
        let found = knowledge.decisions.filter { item in
            let id = EntryName.key(id: item.decision.id)
            return item.status == .accepted && mentioning.contains(id) && !granting.contains(id)
        }.compactMap { item in surroundings.document(at: item.path).map { ProseDecision(item: item, file: $0) } }
        known.withLock { $0[invariant] = found }
        return found
    }

    /// The place names a decision that says nothing of the invariant.
    private func namedWithoutException(_ match: Match, _ invariant: String) -> Wording? {
        guard let name = match.decisions.first else { return nil }
        return Wording(
            en: "\(name) is named here, but grants no exception to \(invariant): only an exception block excuses",
            ja: "ここで \(name) を挙げていますが、\(invariant) の例外は認めていません。見逃されるのは例外ブロックがある場合だけです")
    }
}

/// One decision's prose.
struct ProseDecision: Sendable {
    let item: DecisionItem
    let grounds: DecisionGrounds
    /// Operations and names that its text speaks of, folded.
    let subjects: Set<String>
    /// Its own statements that something cannot be repeated.
    let statements: [ProseStatement]

    init(item: DecisionItem, file: MarkdownFile) {
        self.item = item
        grounds = DecisionGrounds.read(file, lines: 1...max(1, file.lines.count))
        var subjects: Set<String> = []
        for block in file.markdown.blocks where block.isText {
            for name in ProseOperations.names(in: block.text, codes: block.codes) { subjects.insert(Folding.searchable(name)) }
        }
        self.subjects = subjects
        statements = ProseReader.statements(in: file).filter { $0.kind == .nonIdempotent && $0.strength == .strict }
    }

    /// What it lacks to be an exception, or the whole command.
    func advice(invariant: String, path: String) -> Wording {
        let id = item.decision.id
        let number = String(id.drop { !$0.isNumber })
        let hasRetry = ReasonAndRetry.retry(grounds.retry?.text).isPresent
        guard let reason = grounds.reason?.text, hasRetry, let retry = grounds.retry?.text else {
            let lacks =
                grounds.reason == nil
                ? (hasRetry ? Wording(en: "no reason", ja: "理由") : Wording(en: "neither a reason nor a retry strategy", ja: "理由もリトライ戦略も"))
                : Wording(en: "no retry strategy", ja: "リトライ戦略")
            return Wording(
                en:
                    "\(id) speaks of it in prose, but gives \(lacks.en): write it there, then grant an exception with `invar adr except \(invariant) --adr \(number) --path \(ProseDecision.quoted(path))`",
                ja:
                    "\(id) は本文で触れていますが、\(lacks.ja)が書かれていません。書き足してから `invar adr except \(invariant) --adr \(number) --path \(ProseDecision.quoted(path))` で例外にしてください"
            )
        }
        let command =
            "invar adr except \(invariant) --adr \(number) --path \(ProseDecision.quoted(path)) --reason \(ProseDecision.quoted(reason)) --retry \(ProseDecision.quoted(retry))"
        return Wording(
            en: "\(id) says so in prose, which excuses nothing; this makes it an exception: `\(command)`",
            ja: "\(id) の本文に書かれていますが、それだけでは見逃されません。次のコマンドで例外にできます: `\(command)`")
    }

    /// For a shell, cut to what fits a command line.
    private static func quoted(_ text: String) -> String {
        "'" + DisplayText.truncated(text, to: 120).replacing("'", with: "’").replacing("`", with: "") + "'"
    }
}

extension ReasonAndRetry.Retry {
    var isPresent: Bool {
        if case .present = self { true } else { false }
    }
}
