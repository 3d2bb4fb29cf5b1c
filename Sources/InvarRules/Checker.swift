package import InvarCore
import InvarSyntax

/// Joins matches with checks, exceptions, `invar:allow` comments and the baseline: the one place that says what is
/// excused.
package struct Checker: Sendable {
    private let rules: [String: Rule]
    private let settings: CheckSettings
    private let knowledge: Knowledge
    private let bindings: RuleBindings
    private let excuses: Excuses
    private let allowancesByFile: [String: [Int]]
    private let allowances: [PlacedAllowance]
    /// What an accepted decision says in prose about a match, and the command that would make it an exception.
    private let advice: @Sendable (_ invariant: String, Match) -> Wording?

    package init(
        rules: [Rule], settings: CheckSettings, knowledge: Knowledge, allowances: [PlacedAllowance],
        advice: @escaping @Sendable (_ invariant: String, Match) -> Wording? = { _, _ in nil }
    ) {
        self.rules = Dictionary(uniqueKeysWithValues: rules.map { ($0.id, $0) })
        self.settings = settings
        self.knowledge = knowledge
        self.bindings = RuleBindings(knowledge: knowledge, settings: settings)
        self.excuses = Excuses(knowledge)
        self.allowances = allowances
        self.allowancesByFile = Dictionary(grouping: allowances.indices) { allowances[$0].path }
        self.advice = advice
    }

    /// A match with the rule that found it.
    package struct RuleMatch: Sendable {
        package var rule: String
        package var match: Match
        /// Whether it was found in a way back, which counts only when asked for.
        package var isOnWayBack: Bool

        package init(rule: String, match: Match, isOnWayBack: Bool = false) {
            self.rule = rule
            self.match = match
            self.isOnWayBack = isOnWayBack
        }

        /// Path, position, rule, key, message: the order in which equal matches are numbered.
        static func inOrder(_ a: RuleMatch, _ b: RuleMatch) -> Bool {
            (a.match.path, a.match.start, a.rule, a.match.key, a.match.message.en) < (b.match.path, b.match.start, b.rule, b.match.key, b.match.message.en)
        }
    }

    /// A finding with the match it was judged from.
    package struct Judged: Sendable {
        package var finding: Finding
        package var match: Match
    }

    package struct Result: Sendable {
        /// Path, line, column, rule.
        package var judged: [Judged]
        package var usedExceptions: Set<Int> = []
        package var usedAllowances: Set<Int> = []
        /// Why an allowance excused nothing although a finding stands there.
        package var refusals: [Int: Wording] = [:]
    }

    package func judge(_ matches: [RuleMatch]) -> Result {
        var result = Result(judged: [])
        var ordinals: [String: Int] = [:]
        for item in Checker.merged(matches) {
            let match = item.match
            let key = match.key.isEmpty ? match.excerpt : match.key
            let equal = [item.rule, match.path, Folding.unwrapped(key)].joined(separator: "\n")
            let ordinal = ordinals[equal, default: 0]
            ordinals[equal] = ordinal + 1
            var finding = finding(item)
            finding.fingerprint = FindingFingerprint.of(rule: item.rule, path: match.path, key: key, ordinal: ordinal)
            // Whoever copies the command gets the exception for this very finding.
            if finding.invariant != nil, let hint = finding.hint, hint.holds(Checker.exceptCommand) {
                finding.hint = hint.replacing(Checker.exceptCommand, with: "`invar adr except --from-finding \(finding.fingerprint.prefix(12))`")
            }
            excuse(&finding, match, &result)
            result.judged.append(Judged(finding: finding, match: match))
        }
        return result
    }

    private static let exceptCommand = "`invar adr except`"

    /// In order, those that several files led to (an API operation that two descriptions refer to) once, with all that
    /// can bring them about.
    private static func merged(_ matches: [RuleMatch]) -> [RuleMatch] {
        var merged: [RuleMatch] = []
        for item in matches.sorted(by: RuleMatch.inOrder) {
            guard let last = merged.last, last.rule == item.rule, last.match.isSame(as: item.match) else {
                merged.append(item)
                continue
            }
            merged[merged.count - 1].match.absorb(item.match)
        }
        return merged
    }

    /// Invariants that some enabled rule can find a threat to.
    package var watchedInvariants: Set<String> {
        bindings.watched(by: rules.values.filter(settings.isEnabled))
    }

    private func finding(_ item: RuleMatch) -> Finding {
        let match = item.match
        let rule = rules[item.rule]
        let severity = settings.overrides[item.rule]?.severity ?? match.severity ?? rule?.severity ?? .warning
        var finding = Finding(
            rule: item.rule, severity: severity, message: match.message[knowledge.language], place: Place(path: match.path, position: match.start),
            hint: match.hint?[knowledge.language])
        finding.end = match.end
        finding.excerpt = match.excerpt
        finding.excerptColumn = match.excerptColumn
        finding.operations = match.operations
        finding.related = match.related.map { Finding.Related(place: $0.place, message: $0.message[knowledge.language]) }
        if let bound = bindings.invariant(of: rule, item.rule, match) {
            finding.invariant = bound.item.invariant.id
            finding.clause = match.clause.flatMap { clause in bound.item.invariant.clauses.contains { $0.id == clause } ? clause : nil }
            finding.basis = bound.basis(clause: finding.clause)
        }
        return finding
    }

    private func excuse(_ finding: inout Finding, _ match: Match, _ result: inout Result) {
        let here = (allowancesByFile[match.path] ?? []).filter { allowances[$0].allowance.concerns(line: match.start.line) }
        guard let invariant = finding.invariant else { return }
        let covering = excuses.covering(invariant: invariant, clause: finding.clause, match)
        let active = covering.filter { knowledge.exceptions[$0].state == .active }
        let named = here.filter { index in
            active.contains { excuses.isDecision(allowances[index].allowance.decision, $0) }
        }
        let chosen = active.first { exception in named.contains { excuses.isDecision(allowances[$0].allowance.decision, exception) } } ?? active.first
        result.usedAllowances.formUnion(named)
        if let chosen {
            result.usedExceptions.insert(chosen)
            let item = knowledge.exceptions[chosen]
            finding.state = .excepted
            finding.decision = item.decision
            finding.reason = item.exception.reason
            return
        }
        for index in here {
            let refusal = excuses.refusal(of: allowances[index].allowance.decision, invariant: invariant, covering)
            result.refusals[index] = refusal
            finding.remarks.append(refusal[knowledge.language])
        }
        for index in covering { finding.remarks.append(ExceptionCure.remark(knowledge.exceptions[index], today: knowledge.asOf)[knowledge.language]) }
        if covering.isEmpty, let advice = advice(invariant, match) { finding.remarks.append(advice[knowledge.language]) }
    }
}
