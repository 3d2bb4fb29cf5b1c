extension CheckReport {
    /// GitHub's workflow commands, one an open finding, and a last line of summary. The server shows ten of each type a
    /// step; the log has all.
    package var gitHub: String {
        let lines = findings.filter { $0.state == .open }.map { $0.gitHubAnnotation(language) }
        return (lines + [ReportText.withoutCommands("invar: " + ReportText.line(summarySentence))]).joined(separator: "\n") + "\n"
    }
}

extension Finding {
    fileprivate func gitHubAnnotation(_ language: Language) -> String {
        let command =
            switch severity {
            case .error: "error"
            case .warning: "warning"
            case .note: "notice"
            }
        let words = FindingWords(self, language)
        var properties = [("file", place.path), ("line", String(place.line))]
        properties.append(("endLine", String(lastLine)))
        // Columns are refused where the lines differ.
        if lastLine == place.line {
            properties.append(("col", String(place.column)))
            if let end, end.line == place.line, end.column > place.column { properties.append(("endColumn", String(end.column))) }
        }
        properties.append(("title", [words.invariant, "[\(rule)]"].compactMap { $0 }.joined(separator: " ")))
        let written = properties.map { "\($0)=\(ReportText.gitHubProperty($1))" }.joined(separator: ",")
        var text = ReportText.block(message)
        if let quotation = words.quotation { text += ReportText.block(quotation) }
        text += remarks.flatMap { ReportText.block(language.pick(en: "But: \($0)", ja: "ただし: \($0)")) }
        if let hint { text += ReportText.block(language.pick(en: "Fix: \(hint)", ja: "対処: \(hint)")) }
        text += related.map { ReportText.line("\($0.place.path):\($0.place.line): \($0.message)") }
        return "::\(command) \(written)::\(ReportText.gitHubData(text))"
    }
}
