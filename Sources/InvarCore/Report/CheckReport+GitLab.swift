extension CheckReport {
    /// GitLab's Code Quality report: open findings only, each with a fingerprint of its own.
    package var gitLab: JSON {
        var seen: [String: Int] = [:]
        return .array(
            findings.filter { $0.state == .open }.map { finding in
                seen[finding.fingerprint, default: 0] += 1
                let count = seen[finding.fingerprint] ?? 1
                return finding.codeQuality(fingerprint: finding.fingerprint + (count == 1 ? "" : "-\(count)"), language)
            })
    }
}

extension Finding {
    fileprivate func codeQuality(fingerprint: String, _ language: Language) -> JSON {
        let level =
            switch severity {
            case .error: "critical"
            case .warning: "minor"
            case .note: "info"
            }
        let parts = [message] + [FindingWords(self, language).invariant].compactMap { $0.map { "(\($0))" } }
        var lines: [String: JSON] = ["begin": .integer(place.line)]
        if lastLine > place.line { lines["end"] = .integer(lastLine) }
        return .object([
            "type": .string("issue"), "check_name": .string(rule), "description": .string(ReportText.line(parts.joined(separator: " "))),
            "severity": .string(level), "fingerprint": .string(fingerprint),
            "location": .object(["path": .string(ReportText.line(place.path)), "lines": .object(lines)]),
        ])
    }
}
