/// How a report is shown to a person: language, colours and width. Text from files is made safe by ``safe(_:)``.
package struct TerminalStyle: Sendable {
    package var language: Language
    package var isColored: Bool
    /// Cells in a line.
    package var width: Int

    package init(language: Language, isColored: Bool = false, width: Int = 100) {
        self.language = language
        self.isColored = isColored
        self.width = max(40, width)
    }

    package func bold(_ text: String) -> String { paint(text, "1") }
    package func dim(_ text: String) -> String { paint(text, "2") }
    package func red(_ text: String) -> String { paint(text, "31") }
    package func green(_ text: String) -> String { paint(text, "32") }
    package func yellow(_ text: String) -> String { paint(text, "33") }
    package func cyan(_ text: String) -> String { paint(text, "36") }

    package func pick(en: @autoclosure () -> String, ja: @autoclosure () -> String) -> String {
        language.pick(en: en(), ja: ja())
    }

    package func safe(_ text: some StringProtocol) -> String { DisplayText.safe(text) }

    /// `path:line`, as editors open it.
    package func place(_ path: String, _ line: Int) -> String { safe(path) + ":" + String(line) }

    /// `label  text`, wrapped, every line indented; nothing for a nil text.
    package func field(_ label: String, _ text: String?, indent: Int, labelWidth: Int) -> [String] {
        guard let text else { return [] }
        let lead = String(repeating: " ", count: indent)
        let room = max(20, width - indent - labelWidth - 1)
        return DisplayText.wrapped(safe(text), to: room).enumerated().map { index, line in
            lead + dim(DisplayText.padded(index == 0 ? label : "", to: labelWidth)) + " " + line
        }
    }

    /// Columns as wide as their widest cell; the last one is left ragged.
    package func table(_ rows: [[String]], indent: Int = 0) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { column < $0.count ? DisplayText.width(plain($0[column])) : 0 }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - DisplayText.width(plain(cell)))
            }
            return String(repeating: " ", count: indent) + cells.joined(separator: "  ")
        }
    }

    /// Without the colour codes that this style itself wrote.
    private func plain(_ text: String) -> String {
        guard isColored else { return text }
        var out = ""
        var isCode = false
        for scalar in text.unicodeScalars {
            if scalar == "\u{1B}" {
                isCode = true
            } else if isCode {
                isCode = scalar != "m"
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    private func paint(_ text: String, _ code: String) -> String {
        isColored && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

extension TerminalStyle {
    /// Findings as people read them, one a line with its way out below.
    package func findings(_ findings: [Finding]) -> [String] {
        findings.flatMap { finding -> [String] in
            let severity =
                switch finding.severity {
                case .error: red("error")
                case .warning: yellow("warning")
                case .note: cyan("note")
                }
            let line = "\(place(finding.place.path, finding.place.line)): \(severity): \(safe(finding.message)) \(dim("[\(finding.rule)]"))"
            return [line] + (finding.hint.map { ["  " + dim("→ " + safe($0))] } ?? [])
        }
    }
}
