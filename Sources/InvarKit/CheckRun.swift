import InvarCore
import InvarRules
import InvarSyntax
import Synchronization

/// One judging of everything that the rules found.
struct CheckRun {
    let workspace: Workspace
    let catalogue: RuleCatalogue
    let settings: CheckSettings
    let files: [RepositoryFiles.File]
    let checks: FileChecks
    let knowledge: Knowledge
    /// What the rules about a change found.
    let changed: [Checker.RuleMatch]
    let checksDown: Bool
    /// Whether the whole repository is looked at with all rules.
    let isWhole: Bool
    /// Files as a patch would leave them.
    let overlay: [String: [UInt8]]

    struct Outcome {
        /// Path, line, column, rule.
        var findings: [Checker.Judged]
        /// Baseline entries that no finding answers to.
        var solved: [Baseline.Entry]
    }

    func judged(baseline: Baseline?) -> Outcome {
        let surroundings = surroundings()
        let allowances = checks.results.sorted { $0.key < $1.key }.flatMap(\.value.allowances)
        let prose = ProseDecisions(knowledge: knowledge, surroundings: surroundings)
        let checker = Checker(rules: catalogue.rules, settings: settings, knowledge: knowledge, allowances: allowances) { invariant, match in
            prose.advice(invariant: invariant, match)
        }
        let judged = checker.judge(fileMatches + idleConventions(surroundings) + changed + readingMatches(surroundings) + knowledgeMatches(surroundings))
        let (first, unmatched) = baselined(judged.judged, baseline)
        func judgement(solved: [Baseline.Entry]) -> Judgement {
            Judgement(
                knowledge: knowledge, surroundings: surroundings, isWhole: isWhole, usedExceptions: judged.usedExceptions, allowances: allowances,
                usedAllowances: judged.usedAllowances, refusals: judged.refusals, idleRules: idleRules, watchedInvariants: checker.watchedInvariants,
                solved: isWhole ? solved : [], baselinePath: workspace.configuration.baseline)
        }
        // What is solved shows only once the last findings, too, have taken their entries of the baseline.
        let (last, solved) = baselined(checker.judge(lastMatches(judgement(solved: []))).judged, baseline.map { _ in Baseline(entries: unmatched) })
        let solving = checker.judge(lastMatches(judgement(solved: solved)).filter { $0.rule == Rule.baselineSolved.id }).judged
        return Outcome(findings: (first + last + solving).sorted { Finding.inOrder($0.finding, $1.finding) }, solved: solved)
    }

    private func isEnabled(_ id: String) -> Bool {
        catalogue.rule(id).map(settings.isEnabled) ?? true
    }

    private var fileMatches: [Checker.RuleMatch] {
        checks.results.values.flatMap(\.matches).filter {
            isEnabled($0.rule) && (checksDown || !$0.isOnWayBack) && (!$0.match.isOptIn || settings.asksFor($0.rule))
        }
    }

    private func idleConventions(_ surroundings: KnowledgeSurroundings) -> [Checker.RuleMatch] {
        guard isWhole else { return [] }
        return TextConventions(settings.conventions).idle(files.map(\.path), surroundings).filter { isEnabled($0.rule) }
    }

    /// What the readers of the knowledge base reported; what a check of the same file reports itself is not said twice.
    private func readingMatches(_ surroundings: KnowledgeSurroundings) -> [Checker.RuleMatch] {
        let checked = Set(files.map(\.path))
        return knowledge.findings.filter { finding in
            isEnabled(finding.rule) && !(finding.rule.hasSuffix("/unreadable") && checked.contains(finding.place.path))
        }.map { finding in
            var match = surroundings.match(
                at: finding.place, Wording(en: finding.message, ja: finding.japanese?.message ?? finding.message),
                hint: finding.hint.map { Wording(en: $0, ja: finding.japanese?.hint ?? $0) })
            match.severity = finding.severity
            match.key = finding.message
            return Checker.RuleMatch(rule: finding.rule, match: match)
        }
    }

    private func knowledgeMatches(_ surroundings: KnowledgeSurroundings) -> [Checker.RuleMatch] {
        catalogue.rules.filter(settings.isEnabled).flatMap { rule -> [Checker.RuleMatch] in
            guard case .knowledge(let find) = rule.matcher else { return [] }
            return find(knowledge, surroundings).map { Checker.RuleMatch(rule: rule.id, match: $0) }
        }
    }

    private func lastMatches(_ judgement: Judgement) -> [Checker.RuleMatch] {
        catalogue.rules.filter(settings.isEnabled).flatMap { rule -> [Checker.RuleMatch] in
            guard case .judgement(let find) = rule.matcher else { return [] }
            return find(judgement).map { Checker.RuleMatch(rule: rule.id, match: $0) }
        }
    }

    private func surroundings() -> KnowledgeSurroundings {
        let sources = SourceCache(reader: FileReader(root: workspace.root, encodings: workspace.configuration.encodings, overlay: overlay, roles: [:]))
        return KnowledgeSurroundings(files: files.map(\.path), rules: catalogue.ids) { sources.text(of: $0) }
    }

    /// File rules whose kind of file the repository does not have.
    private var idleRules: Set<String> {
        Set(
            catalogue.rules.filter { rule in
                switch rule.matcher {
                case .file(let kind, _): !checks.kinds.contains(kind.rawValue)
                case .files(let kinds, _): checks.kinds.isDisjoint(with: kinds.map(\.rawValue))
                default: false
                }
            }.map(\.id))
    }

    /// Open findings that the baseline has, each entry taken once, and the entries left over.
    private func baselined(_ judged: [Checker.Judged], _ baseline: Baseline?) -> (findings: [Checker.Judged], solved: [Baseline.Entry]) {
        guard let baseline else { return (judged, []) }
        var left = Dictionary(grouping: baseline.entries, by: \.fingerprint)
        let findings = judged.map { item -> Checker.Judged in
            guard item.finding.state == .open, left[item.finding.fingerprint]?.popLast() != nil else { return item }
            var item = item
            item.finding.state = .baselined
            return item
        }
        return (findings, left.values.flatMap { $0 }.sorted { $0.line < $1.line })
    }
}

/// The texts that were asked for last, since findings come file by file.
private final class SourceCache: Sendable {
    private let reader: FileReader
    private let texts = Mutex([String: SourceText?]())
    private static let capacity = 128

    init(reader: FileReader) {
        self.reader = reader
    }

    func text(of path: String) -> SourceText? {
        texts.withLock { texts in
            if let known = texts[path] { return known }
            if texts.count >= SourceCache.capacity { texts.removeAll(keepingCapacity: true) }
            let text = reader.text(of: path)
            texts[path] = .some(text)
            return text
        }
    }
}
