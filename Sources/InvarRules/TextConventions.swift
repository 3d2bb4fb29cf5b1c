import InvarCore
package import InvarSyntax

/// The project's own conventions, ready to be looked for: the rules `text/<id>`.
package struct TextConventions: Sendable {
    private let conventions: [(convention: TextConvention, paths: [Glob], except: [Glob])]

    package init(_ conventions: [TextConvention]) {
        self.conventions = conventions.map { ($0, $0.paths.map { Glob($0) }, $0.except.map { Glob($0) }) }
    }

    /// One match a line at most for each convention.
    package func matches(in artifact: Artifact) -> [Checker.RuleMatch] {
        var found: [Checker.RuleMatch] = []
        for (convention, paths, except) in conventions {
            // A pattern without paths would always find itself where it is configured.
            let isMeant = paths.isEmpty ? artifact.path != "invar.yml" : paths.contains { $0.matches(artifact.path) }
            guard isMeant, !except.contains(where: { $0.matches(artifact.path) }) else {
                continue
            }
            guard convention.pattern.mayOccur(in: artifact.bytes) else { continue }
            for line in 1...max(1, artifact.lines.count) {
                let range = artifact.lines.range(ofLine: line)
                var text = artifact.bytes[range]
                while let last = text.last, last == 0x0A || last == 0x0D { text.removeLast() }
                guard let span = convention.pattern.firstMatch(in: text) else { continue }
                let message =
                    convention.message.map { Wording($0) }
                    ?? Wording(
                        en: "matches \(convention.pattern.source)", ja: "\(convention.pattern.source) に一致します")
                var match = artifact.match(over: span, message)
                match.severity = convention.severity
                found.append(Checker.RuleMatch(rule: convention.ruleID, match: match))
            }
        }
        return found
    }

    /// Conventions that look at none of all files that are checked: a mistyped path would pass for ever.
    package func idle(_ files: [String], _ surroundings: KnowledgeSurroundings) -> [Checker.RuleMatch] {
        conventions.compactMap { convention, paths, except in
            let isUsed = paths.isEmpty || files.contains { file in paths.contains { $0.matches(file) } && !except.contains { $0.matches(file) } }
            guard !isUsed else { return nil }
            var match = surroundings.match(
                at: convention.place,
                Wording(
                    en: "\(convention.ruleID) looks at no file: its paths match none that is checked",
                    ja: "\(convention.ruleID) の paths に一致する検査対象のファイルがなく、何も検査していません"),
                hint: Wording(en: "mend its paths, or take it out until such files exist", ja: "paths を直すか、対象のファイルができるまで外してください"))
            match.severity = .warning
            match.key = "looks at no file"
            return Checker.RuleMatch(rule: convention.ruleID, match: match)
        }
    }

    /// The conventions as rules, for lists and reports.
    package var rules: [Rule] {
        conventions.map { convention, _, _ in
            Rule(
                id: convention.ruleID,
                title: Wording(convention.message ?? convention.pattern.source),
                why: Wording(
                    en: "A convention of this project, set under `text:` in invar.yml: `\(convention.pattern.source)`.",
                    ja: "このプロジェクトの取り決めです（invar.yml の `text:`）: `\(convention.pattern.source)`"),
                invariant: convention.invariant, severity: convention.severity, violating: [], conforming: [], matcher: .reading)
        }
    }
}
