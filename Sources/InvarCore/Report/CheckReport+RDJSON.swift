extension CheckReport {
    /// reviewdog's DiagnosticResult: open findings only, columns in bytes of UTF-8, as it counts them.
    package var rdjson: JSON {
        let open = findings.filter { $0.state == .open }
        return .object([
            "source": .object(["name": .string("invar")]),
            "severity": .string((open.map(\.severity).max() ?? .note).reviewdog), "diagnostics": .array(open.map { $0.diagnostic(language) }),
        ])
    }
}

extension Severity {
    fileprivate var reviewdog: String {
        switch self {
        case .error: "ERROR"
        case .warning: "WARNING"
        case .note: "INFO"
        }
    }
}

extension Finding {
    fileprivate func diagnostic(_ language: Language) -> JSON {
        let lines = ([message] + FindingWords(self, language).explanation).flatMap { ReportText.block($0) }
        var members: [String: JSON] = [
            "message": .string(lines.joined(separator: "\n")), "severity": .string(severity.reviewdog), "code": .object(["value": .string(rule)]),
            "location": .object(["path": .string(ReportText.line(place.path)), "range": reviewdogRange]),
        ]
        if !related.isEmpty {
            members["related_locations"] = .array(
                related.map { related in
                    .object([
                        "message": .string(ReportText.line(related.message)),
                        "location": .object([
                            "path": .string(ReportText.line(related.place.path)),
                            "range": .object(["start": .object(["line": .integer(related.place.line)])]),
                        ]),
                    ])
                })
        }
        return .object(members)
    }

    /// Only the first line's text is known, so a match over several lines is told by whole lines.
    private var reviewdogRange: JSON {
        let last = end ?? Position(line: place.line, column: excerpt.unicodeScalars.count + 1)
        guard last.line == place.line, !excerpt.isEmpty else {
            return .object(["start": .object(["line": .integer(place.line)]), "end": .object(["line": .integer(lastLine)])])
        }
        return .object([
            "start": .object(["line": .integer(place.line), "column": .integer(byteColumn(place.column))]),
            "end": .object(["line": .integer(place.line), "column": .integer(byteColumn(max(last.column, place.column)))]),
        ])
    }

    private func byteColumn(_ column: Int) -> Int {
        excerpt.unicodeScalars.prefix(max(0, column - 1)).reduce(1) { $0 + UTF8.width($1) }
    }
}
