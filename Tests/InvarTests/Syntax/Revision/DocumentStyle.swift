import InvarCore

/// A way of writing invariants down, and a document of three written so.
struct DocumentStyle: Hashable, CustomStringConvertible {
    enum Format: String, CaseIterable { case seed, boldWithHeadings, heading, plainHeading, wholeFile, paragraphs, numbered }
    enum Ending: String, CaseIterable { case lf, crlf, bom, open, openCRLF }

    var language: Language
    var format: Format
    var marker: String
    var ending: Ending
    /// Whether the second invariant has a revision log already.
    var hasLog: Bool

    var description: String { "\(language.rawValue)-\(format.rawValue)-\(name(marker))-\(ending.rawValue)\(hasLog ? "-log" : "")" }

    private func name(_ marker: String) -> String {
        switch marker {
        case "-": "dash"
        case "*": "star"
        case "+": "plus"
        case "-  ": "wide"
        default: "other"
        }
    }

    static let all: [DocumentStyle] = Language.allCases.flatMap { language in
        Format.allCases.flatMap { format in
            ["-", "*", "+", "-  "].flatMap { marker in
                Ending.allCases.flatMap { ending in
                    [false, true].map { DocumentStyle(language: language, format: format, marker: marker, ending: ending, hasLog: $0) }
                }
            }
        }
    }

    /// Spaces and Japanese in the name, so that the diff must quote it.
    var path: String { "Invariants/\(language == .japanese ? "運用 規約" : "rules of \"ours\"")/\(description).md" }

    static let first = "INV-OPS-001"
    static let second = "INV-OPS-002"
    static let third = "INV-OPS-003"
    /// The one that is edited: alone in its file, or between two others.
    var target: String { DocumentStyle.second }

    var bytes: [UInt8] {
        var text = lines.joined(separator: "\n") + "\n"
        if ending == .open || ending == .openCRLF { while text.hasSuffix("\n") { text.removeLast() } }
        if ending == .crlf || ending == .openCRLF { text = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n") }
        return (ending == .bom ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
    }

    private var lines: [String] {
        if format == .wholeFile {
            return ["---", "id: \(target)", "owner: team-a", "---", "", "# \(target): \(title(2))", ""] + clauses(2) + ["", "## \(checkLabel)", ""] + checks(2)
                + log("## ")
        }
        let head = [language.pick(en: "# Invariants", ja: "# インバリアント"), "", language.pick(en: "What must hold.", ja: "守ること。"), ""]
        let frontMatter = hasLog ? ["---", "\(target):", "  owner: team-a", "---"] : []
        return frontMatter + head + section(1) + section(2) + section(3) + [
            language.pick(en: "## Notes", ja: "## 備考"), "", language.pick(en: "- more", ja: "- 補足"),
        ]
    }

    private func section(_ number: Int) -> [String] {
        let id = "INV-OPS-00\(number)"
        let body = clauses(number)
        switch format {
        case .seed, .numbered, .paragraphs:
            return ["### 3.\(number) \(language.pick(en: "Area", ja: "領域"))", "", "**\(id): \(title(number))**", ""] + body
                + ["", "> \(checkLabel)  "] + checks(number).map { "> " + $0 } + (number == 2 ? log("> ") : []) + ["", "---", ""]
        case .boldWithHeadings:
            return ["## \(language.pick(en: "Area", ja: "領域")) \(number)", "", "**\(id)**: \(title(number))", ""] + body
                + ["", "**\(language.pick(en: "Checks", ja: "チェック"))**:", ""] + checks(number) + (number == 2 ? log("**") : []) + [""]
        case .heading:
            return ["## \(id) — \(title(number))", ""] + body + ["", "### \(checkLabel)", ""] + checks(number) + (number == 2 ? log("### ") : []) + [""]
        case .plainHeading:
            return ["## \(id): \(title(number))"] + body + [""]
        case .wholeFile:
            return []
        }
    }

    private var checkLabel: String { language.pick(en: "Checks (CI/AI)", ja: "Check例（CI/AI）") }

    private func log(_ prefix: String) -> [String] {
        guard hasLog else { return [] }
        let name = language.pick(en: "Revisions", ja: "改訂履歴")
        switch prefix {
        case "> ": return ["", "> \(name)  ", "> - 2026-01-05: " + language.pick(en: "first wording", ja: "初版")]
        case "**": return ["", "**\(name)**:", "", "\(marker.prefix(1)) 2026-01-05: " + language.pick(en: "first wording", ja: "初版")]
        default: return ["", prefix + name, "", "\(marker.prefix(1)) 2026-01-05: " + language.pick(en: "first wording", ja: "初版")]
        }
    }

    private func title(_ number: Int) -> String {
        language.pick(en: "Rule number \(number) holds", ja: "規則 \(number) が成り立つこと")
    }

    private func clauses(_ number: Int) -> [String] {
        let texts = [
            language.pick(en: "Jobs should be safe to run again.", ja: "ジョブは再実行できるようにするべきである。"),
            language.pick(en: "Schema changes must have a way back.", ja: "スキーマ変更には戻し方がなければならない。"),
            number == 3
                ? language.pick(en: "Alerts should reach somebody.", ja: "アラートは誰かに届くことが望ましい。")
                : language.pick(en: "Logs should tell what happened.", ja: "何が起きたかをログで追えることが望ましい。"),
        ]
        switch format {
        case .paragraphs: return texts.flatMap { [$0, ""] }.dropLast()
        case .numbered: return texts.enumerated().map { "\($0.offset + 1). \($0.element)" }
        case .heading:
            // Wrapped, with a nested item.
            return [
                lead + texts[0], indent + marker.prefix(1) + " " + language.pick(en: "nightly ones, too", ja: "夜間のものも含む"),
                lead + language.pick(en: "Schema changes must", ja: "スキーマ変更には"), indent + language.pick(en: "have a way back.", ja: "戻し方がなければならない。"),
                lead + texts[2],
            ]
        case .boldWithHeadings: return [lead + texts[0], "", lead + texts[1], "", lead + texts[2]]
        case .seed, .plainHeading, .wholeFile: return texts.map { lead + $0 }
        }
    }

    private func checks(_ number: Int) -> [String] {
        [lead + language.pick(en: "Can it be run again?", ja: "再実行できるか"), lead + language.pick(en: "Is there a way back?", ja: "戻し方があるか")]
    }

    private var lead: String { marker.count > 1 ? marker : marker + " " }
    private var indent: String { String(repeating: " ", count: lead.count) }
}
