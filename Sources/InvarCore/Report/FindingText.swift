/// A finding as a person reads it: what and where, the line with a caret, the invariant's words, the way out.
struct FindingText {
    private let finding: Finding
    private let style: TerminalStyle
    private let isBasisTold: Bool
    private let isHintTold: Bool
    /// Shows the fingerprint, by which other commands name the finding.
    private let isVerbose: Bool

    /// What the reader has just seen: said once a file.
    struct Told {
        fileprivate var path = ""
        fileprivate var bases: Set<String> = []
        fileprivate var hints: Set<String> = []
    }

    init(_ finding: Finding, style: TerminalStyle, isVerbose: Bool, told: inout Told) {
        self.finding = finding
        self.isVerbose = isVerbose
        self.style = style
        if told.path != finding.place.path { told = Told(path: finding.place.path) }
        // What is excused is only listed.
        guard finding.state == .open else {
            isBasisTold = false
            isHintTold = true
            return
        }
        let basis = [finding.clause ?? finding.invariant ?? "", finding.basis?.text ?? ""].joined(separator: "\n")
        isBasisTold = !told.bases.insert(basis).inserted
        isHintTold = finding.hint.map { !told.hints.insert(finding.rule + "\n" + $0.replacing(finding.fingerprint.prefix(12), with: "")).inserted } ?? false
    }

    var lines: [String] {
        var lines = [
            "\(style.bold(style.safe(finding.place.path) + ":\(finding.place.line):\(finding.place.column)")): \(severity): \(style.safe(finding.message)) \(style.dim("[\(style.safe(finding.rule))]"))"
        ]
        lines += excerptLines
        let width = style.language == .japanese ? 14 : 9
        func field(_ label: String, _ text: String?) -> [String] { style.field(label, text, indent: 2, labelWidth: width) }
        if finding.state == .excepted, let decision = finding.decision {
            lines += field(style.pick(en: "excused", ja: "例外"), decision + (finding.reason.map { ": " + $0 } ?? ""))
        }
        lines += basisLines(field)
        for remark in finding.remarks { lines += field(style.pick(en: "but", ja: "ただし"), remark) }
        lines += hintLines(width)
        for related in finding.related {
            lines += field(style.pick(en: "see", ja: "関連"), "\(related.place.path):\(related.place.line)  \(related.message)")
        }
        if isVerbose { lines += field(style.pick(en: "finding", ja: "指摘 ID"), finding.fingerprint) }
        return lines
    }

    private func basisLines(_ field: (String, String?) -> [String]) -> [String] {
        guard let invariant = finding.invariant, let basis = finding.basis else { return [] }
        let label = style.pick(en: "invariant", ja: "インバリアント")
        let id = finding.clause ?? invariant
        if isBasisTold { return field(label, style.pick(en: "\(id) (as above)", ja: "\(id)（上と同じ）")) }
        let title = field(label, "\(id)  \(basis.title)")
        guard basis.text != basis.title, finding.state == .open else { return title }
        return title + field("", style.pick(en: "“\(basis.text)”", ja: "「\(basis.text)」") + "  (\(basis.place.path):\(basis.place.line))")
    }

    private var severity: String {
        switch (finding.state, finding.severity) {
        case (.excepted, _): style.dim(style.pick(en: "excepted", ja: "例外"))
        case (.baselined, _): style.dim(style.pick(en: "in the baseline", ja: "ベースライン"))
        case (.open, .error): style.red(style.pick(en: "error", ja: "エラー"))
        case (.open, .warning): style.yellow(style.pick(en: "warning", ja: "警告"))
        case (.open, .note): style.cyan(style.pick(en: "note", ja: "注意"))
        }
    }

    /// The first line of a hint says what to do; further ones are what to write, kept as they are.
    private func hintLines(_ width: Int) -> [String] {
        guard let hint = finding.hint, !isHintTold else { return [] }
        let parts = hint.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let lead = String(repeating: " ", count: 2 + width + 1)
        return style.field(style.pick(en: "fix", ja: "対処"), parts.first, indent: 2, labelWidth: width) + parts.dropFirst().map { lead + style.safe($0) }
    }

    /// The line cut around the match, and a caret line that stands under it whatever the width of its characters.
    private var excerptLines: [String] {
        guard !finding.excerpt.isEmpty else { return [] }
        let number = String(finding.place.line)
        let gutter = String(repeating: " ", count: number.count)
        let (excerpt, column) = ReportText.excerpt(finding)
        let cut = ExcerptCut(
            excerpt, from: finding.place.column - column + 1, to: endColumn - column + 1, cells: max(30, style.width - number.count - 5))
        return [
            "  \(style.dim("\(number) │")) \(cut.text)",
            "  \(style.dim("\(gutter) │")) \(String(repeating: " ", count: cut.lead))\(style.red(String(repeating: "^", count: cut.caret)))",
        ]
    }

    private var endColumn: Int {
        guard let end = finding.end, end.line == finding.place.line else { return finding.excerpt.unicodeScalars.count + finding.excerptColumn }
        return end.column
    }
}
