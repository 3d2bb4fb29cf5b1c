import InvarCore
import InvarSyntax

/// Which exceptions cover a place.
struct Excuses: Sendable {
    private let exceptions: [ExceptionItem]
    private let globs: [[Glob]]
    private let byInvariant: [String: [Int]]
    /// Those whose clause does not exist, which cover nothing.
    private let astray: Set<Int>

    init(_ knowledge: Knowledge) {
        exceptions = knowledge.exceptions
        globs = exceptions.map { $0.exception.paths.map { Glob($0) } }
        astray = Set(
            exceptions.indices.filter { index in
                let exception = knowledge.exceptions[index].exception
                guard let clause = exception.clause, let item = knowledge.invariant(exception.invariant) else { return false }
                let number = clause.split(separator: ".").last.map(String.init) ?? clause
                return !item.invariant.clauses.contains { $0.id.hasSuffix("." + number) }
            })
        byInvariant = Dictionary(grouping: exceptions.indices) { index in
            let named = knowledge.exceptions[index].exception.invariant
            return knowledge.invariant(named)?.invariant.id ?? named
        }
    }

    /// Those that name the invariant and cover the file and one of the operations, in any state, the ones that hold
    /// longest first.
    ///
    /// An exception on a clause also covers what names no clause; one on the invariant covers every clause.
    func covering(invariant: String, clause: String?, _ match: Match) -> [Int] {
        (byInvariant[invariant] ?? []).filter { index in
            let exception = exceptions[index].exception
            if astray.contains(index) { return false }
            if let clause, let excepted = exception.clause, EntryName.key(id: excepted) != EntryName.key(id: clause) { return false }
            guard globs[index].isEmpty || globs[index].contains(where: { $0.matches(match.path) }) else { return false }
            return exception.operations.isEmpty || match.operations.contains { exception.covers(operation: $0) }
        }
    }

    /// Whether a decision, however it is written, granted an exception.
    func isDecision(_ name: String, _ index: Int) -> Bool {
        !name.isEmpty && EntryName.key(decision: name) == EntryName.key(id: exceptions[index].decision)
    }

    /// Why an `invar:allow` comment excuses nothing.
    func refusal(of decision: String, invariant: String, _ covering: [Int]) -> Wording {
        guard !decision.isEmpty else {
            return Wording(en: "`invar:allow` names no decision: write `invar:allow ADR-…`", ja: "`invar:allow` に決定が書かれていません（`invar:allow ADR-…` と書きます）")
        }
        if let index = covering.first(where: { isDecision(decision, $0) }) {
            let state = exceptions[index].state.rawValue
            return Wording(
                en: "`invar:allow \(decision)` does not excuse it: the exception is \(state)", ja: "`invar:allow \(decision)` では見逃せません: その例外は \(state) です")
        }
        return Wording(
            en: "`invar:allow \(decision)` does not excuse it: that decision grants no exception to \(invariant) here",
            ja: "`invar:allow \(decision)` では見逃せません: その決定はここでの \(invariant) の例外を認めていません")
    }
}
