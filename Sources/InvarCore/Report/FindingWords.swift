/// What every format says of a finding in words: for people who read it without the repository at hand.
struct FindingWords {
    private let finding: Finding
    private let language: Language

    init(_ finding: Finding, _ language: Language) {
        self.finding = finding
        self.language = language
    }

    /// `INV-OPS-003.1 Title`, nil without an invariant.
    var invariant: String? {
        finding.invariant.map { invariant in
            let id = finding.clause ?? invariant
            return finding.basis.map { "\(id) \($0.title)" } ?? id
        }
    }

    /// The words of the clause or check in question marks of the language, where they say more than the title.
    var quotation: String? {
        finding.basis.flatMap { basis in
            basis.text == basis.title ? nil : language.pick(en: "“\(basis.text)”", ja: "「\(basis.text)」")
        }
    }

    /// `ADR-0007: reason`, or that the baseline has it; nil for an open finding.
    var excuse: String? {
        switch finding.state {
        case .open: nil
        case .excepted: [finding.decision, finding.reason].compactMap { $0 }.joined(separator: ": ")
        case .baselined: "baseline"
        }
    }

    /// Below the message: the invariant's title and words, why an excuse does not hold, the way out; a text may have
    /// several lines.
    var explanation: [String] {
        var lines: [String] = []
        if let invariant { lines.append(invariant + (quotation.map { " " + $0 } ?? "")) }
        lines += finding.remarks.map { language.pick(en: "But: \($0)", ja: "ただし: \($0)") }
        if let hint = finding.hint { lines.append(language.pick(en: "Fix: \(hint)", ja: "対処: \(hint)")) }
        return lines
    }

    var severity: String {
        switch finding.severity {
        case .error: language.pick(en: "error", ja: "エラー")
        case .warning: language.pick(en: "warning", ja: "警告")
        case .note: language.pick(en: "note", ja: "注意")
        }
    }
}

extension Finding {
    /// The last line of which something is meant: a match that ends at the beginning of a line does not touch it. Hosts
    /// show a finding in a diff only when all of its lines are new.
    var lastLine: Int {
        guard let end, end.line > place.line else { return place.line }
        return end.column > 1 ? end.line : end.line - 1
    }
}

extension CheckReport {
    /// One line: how many findings of each severity are open, what is excused, what was looked at.
    var summarySentence: String {
        if let idle = idleSentence?[language] { return idle }
        func pick(_ en: String, _ ja: String) -> String { language.pick(en: en, ja: ja) }
        func counted(_ count: Int, _ one: String, _ many: String, _ ja: String) -> String? {
            count == 0 ? nil : pick("\(count) \(count == 1 ? one : many)", "\(ja) \(count) 件")
        }
        var parts = [
            counted(summary.bySeverity[.error] ?? 0, "error", "errors", "エラー"),
            counted(summary.bySeverity[.warning] ?? 0, "warning", "warnings", "警告"),
            counted(summary.bySeverity[.note] ?? 0, "note", "notes", "注意"),
        ].compactMap { $0 }
        if parts.isEmpty { parts = [pick("nothing open", "未解決の指摘はありません")] }
        parts += [
            counted(summary.excepted, "excepted", "excepted", "例外"), counted(summary.baselined, "in the baseline", "in the baseline", "ベースライン"),
        ].compactMap { $0 }
        let files = pick("\(summary.files) \(summary.files == 1 ? "file" : "files") checked", "\(summary.files) ファイルを検査")
        let against = base.map { pick(" against \($0)", "（\($0) との差分）") } ?? ""
        let unreadable =
            summary.unreadable == 0
            ? ""
            : pick(
                "; \(summary.unreadable) \(summary.unreadable == 1 ? "file" : "files") could not be read whole",
                "／\(summary.unreadable) ファイルに読めない箇所があります")
        return parts.joined(separator: pick(", ", "、")) + pick("; ", "／") + files + against + unreadable
    }
}
