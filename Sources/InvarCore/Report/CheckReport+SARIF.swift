/// Which readers a SARIF log is meant for.
package enum SARIFProfile: String, Sendable, CaseIterable {
    /// Excused findings are in it, with `suppressions`.
    case standard
    /// Code scanning ignores suppressions and would open alerts for them: excused findings are left out. The gravest
    /// come first, since it keeps only so many.
    case github
}

extension CheckReport {
    /// Results that code scanning accepts in a run, and those of them that it keeps.
    package static let gitHubResults = (accepted: 25_000, kept: 5_000)

    /// SARIF 2.1.0, columns in Unicode scalars.
    ///
    /// The `github` profile holds at most ``gitHubResults`` accepted results; see ``overflow(_:)``.
    package func sarif(_ profile: SARIFProfile) -> JSON {
        let results = results(profile)
        let ids = Set(results.map(\.finding.rule)).sorted()
        let indices = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        let known = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return .object([
            "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"), "version": .string("2.1.0"),
            "runs": .array([
                .object([
                    "tool": .object([
                        "driver": .object([
                            "name": .string("invar"), "version": .string(InvarVersion.text), "semanticVersion": .string(InvarVersion.text),
                            "rules": .array(ids.map { (known[$0] ?? RuleDescription(unknown: $0)).sarif }),
                        ])
                    ]),
                    "automationDetails": .object(["id": .string("invar/")]), "columnKind": .string("unicodeCodePoints"),
                    "language": .string(language.rawValue),
                    "originalUriBaseIds": .object(["%SRCROOT%": .object(["description": sarifText("the root of the repository")])]),
                    "invocations": .array([.object(["executionSuccessful": .bool(true)])]),
                    "results": .array(results.map { $0.finding.sarif(lineHash: $0.lineHash, index: indices[$0.finding.rule] ?? -1, profile, language) }),
                    "properties": .object(["asOf": .string(asOf.description), "base": JSON(base), "summary": summary.json]),
                ])
            ]),
        ])
    }

    /// How many results the profile leaves out, and how many more code scanning will not keep; nil when all are shown.
    package func overflow(_ profile: SARIFProfile) -> (leftOut: Int, notKept: Int)? {
        let count = summary.open
        guard profile == .github, count > CheckReport.gitHubResults.kept else { return nil }
        return (max(0, count - CheckReport.gitHubResults.accepted), min(count, CheckReport.gitHubResults.accepted) - CheckReport.gitHubResults.kept)
    }

    private func results(_ profile: SARIFProfile) -> [(finding: Finding, lineHash: String)] {
        var seen: [String: Int] = [:]
        let hashed = findings.map { finding -> (finding: Finding, lineHash: String) in
            let hash = finding.fingerprint.isEmpty ? finding.ownFingerprint : finding.fingerprint
            seen[hash, default: 0] += 1
            return (finding, "\(hash):\(seen[hash] ?? 1)")
        }
        guard profile == .github else { return hashed }
        let open = hashed.enumerated().filter { $1.finding.state == .open }
        let gravest = open.sorted { ($1.element.finding.severity, $0.offset) < ($0.element.finding.severity, $1.offset) }
        return gravest.prefix(CheckReport.gitHubResults.accepted).map(\.element)
    }
}

extension Finding {
    /// For a finding that nobody gave a fingerprint.
    fileprivate var ownFingerprint: String { FindingFingerprint.of(rule: rule, path: place.path, key: excerpt.isEmpty ? message : excerpt, ordinal: 0) }

    fileprivate func sarif(lineHash: String, index: Int, _ profile: SARIFProfile, _ language: Language) -> JSON {
        var members: [String: JSON] = [
            "ruleId": .string(rule), "ruleIndex": .integer(index), "level": .string(severity.rawValue),
            "message": sarifText(sarifMessage(language)),
            "locations": .array([.object(["physicalLocation": sarifLocation(place.path, sarifRegion)])]),
            "partialFingerprints": .object(["primaryLocationLineHash": .string(lineHash), "invarFingerprint/v1": .string(fingerprint)]),
        ]
        if !related.isEmpty {
            members["relatedLocations"] = .array(
                related.prefix(100).enumerated().map { number, related in
                    .object([
                        "id": .integer(number + 1), "message": sarifText(ReportText.line(related.message)),
                        "physicalLocation": sarifLocation(
                            related.place.path, ["startLine": .integer(max(1, related.place.line)), "startColumn": .integer(max(1, related.place.column))]),
                    ])
                })
        }
        var properties: [String: JSON] = ["state": .string(state.rawValue)]
        if let invariant { properties["invariant"] = .string(invariant) }
        if let clause { properties["clause"] = .string(clause) }
        if let decision { properties["decision"] = .string(decision) }
        members["properties"] = .object(properties)
        if state != .open, let excuse = FindingWords(self, language).excuse {
            members["suppressions"] = .array([
                .object(["kind": .string("external"), "status": .string("accepted"), "justification": .string(ReportText.line(excuse))])
            ])
        }
        return .object(members)
    }

    /// The message, what it threatens, the way out, and links to the places that belong to it.
    private func sarifMessage(_ language: Language) -> String {
        let words = FindingWords(self, language)
        let lines = ([message] + words.explanation).flatMap { ReportText.block($0) }.map(sarifPlain)
        let links = related.prefix(100).enumerated().map { number, related in
            "[\(sarifPlain(ReportText.line(related.place.path)))\(":\(related.place.line)")](\(number + 1)): \(sarifPlain(ReportText.line(related.message)))"
        }
        return (lines + links).joined(separator: "\n")
    }

    private var sarifRegion: [String: JSON] {
        let line = max(1, place.line)
        let column = max(1, place.column)
        var region: [String: JSON] = ["startLine": .integer(line), "startColumn": .integer(column)]
        if !excerpt.isEmpty { region["snippet"] = sarifText(ReportText.line(ReportText.excerpt(self).text)) }
        // An empty match stands for the rest of its line.
        guard let end, end > Position(line: line, column: column) else { return region }
        region["endLine"] = .integer(lastLine)
        // Without it the region ends with its line.
        if end.line == lastLine { region["endColumn"] = .integer(end.column) }
        return region
    }
}

extension RuleDescription {
    /// Of a rule that the catalogue does not list.
    fileprivate init(unknown id: String) {
        self.init(id: id, title: id, why: id, invariant: nil, severity: .warning, page: id)
    }

    fileprivate var sarif: JSON {
        let precision =
            switch severity {
            case .error: "high"
            case .warning: "medium"
            case .note: "low"
            }
        let subject = id.split(separator: "/").first.map(String.init) ?? id
        return .object([
            "id": .string(id), "shortDescription": sarifText(ReportText.line(title, limit: 1_024)),
            "fullDescription": sarifText(ReportText.line(why, limit: 1_024)),
            "help": .object([
                "text": .string(ReportText.block(why).joined(separator: "\n")),
                "markdown": .string(ReportText.block(page).joined(separator: "\n")),
            ]),
            "defaultConfiguration": .object(["level": .string(severity.rawValue)]),
            "properties": .object([
                "tags": JSON(["invar", subject] + (invariant.map { [$0] } ?? [])), "precision": .string(precision),
                "problem.severity": .string(severity == .note ? "recommendation" : severity.rawValue),
            ]),
        ])
    }
}

private func sarifText(_ text: String) -> JSON { .object(["text": .string(text)]) }

private func sarifLocation(_ path: String, _ region: [String: JSON]) -> JSON {
    .object([
        "artifactLocation": .object(["uri": .string(ReportText.uri(path)), "uriBaseId": .string("%SRCROOT%")]), "region": .object(region),
    ])
}

/// In a message `[text](id)` is a link; where a text could be read so, its brackets are escaped.
private func sarifPlain(_ text: String) -> String {
    guard text.contains("](") else { return text }
    return text.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
}
