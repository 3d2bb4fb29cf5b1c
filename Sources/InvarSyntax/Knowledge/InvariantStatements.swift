import InvarCore

/// Sorts the list items of one invariant into clauses, checks and what is neither.
struct InvariantStatements {
    let id: String
    /// What the last label in the document said; nil until one did.
    private(set) var audience: [Invariant.Audience]?
    private(set) var clauses: [Invariant.Clause] = []
    private(set) var checks: [Invariant.Check] = []

    /// What the items that follow are.
    private enum Part { case clauses, checks, neither }
    private var part = Part.clauses
    /// The heading level, or the quote depth, whose end ends the label.
    private var headingLevel: Int?
    private var quoteDepth = 0
    private var paragraphs: [Invariant.Clause] = []
    /// The item now read and what its nested items are.
    private var nested = Part.clauses

    init(id: String, audience: [Invariant.Audience]?) {
        self.id = id
        self.audience = audience
    }

    static func isLabel(_ text: String) -> Bool {
        Label(text).map { part(of: $0.name) != nil } ?? false
    }

    /// Whether a label's name announces checks.
    static func isChecks(_ name: String) -> Bool { part(of: name) == .checks }

    mutating func read(_ markdown: Markdown, _ range: Range<Int>) {
        for index in range {
            let block = markdown.blocks[index]
            leave(block)
            switch block.kind {
            case .heading(let level): heading(block, level)
            case .paragraph where block.listDepth == 0: paragraph(block)
            case .item where block.listDepth == 1: item(markdown, index, range.upperBound)
            default: continue
            }
        }
        if clauses.isEmpty {
            // An invariant in plain prose: its paragraphs are its statements, so that a changed word is noticed.
            clauses = paragraphs.enumerated().map { Invariant.Clause(id: "\(id).\($0 + 1)", text: $1.text, line: $1.line) }
        }
    }

    /// Ends a label at the end of the quote that holds it.
    private mutating func leave(_ block: Markdown.Block) {
        if block.quoteDepth < quoteDepth {
            part = .clauses
            quoteDepth = 0
        }
    }

    private mutating func heading(_ block: Markdown.Block, _ level: Int) {
        if let headingLevel, level <= headingLevel { part = .clauses }
        headingLevel = level
        part =
            Label(block.text).flatMap { label -> Part? in
                let found = InvariantStatements.part(of: label.name)
                if found == .checks { hear(label.qualifier) }
                return found
            } ?? .clauses
    }

    private mutating func paragraph(_ block: Markdown.Block) {
        if let label = Label(block.text), let found = InvariantStatements.part(of: label.name) {
            part = found
            quoteDepth = block.quoteDepth
            if found == .checks {
                hear(label.qualifier)
                if let value = label.value { addCheck(value, block) }
            }
        } else if part == .clauses, block.quoteDepth == 0 {
            paragraphs.append(Invariant.Clause(id: "", text: block.text, line: block.line))
        }
    }

    private mutating func item(_ markdown: Markdown, _ index: Int, _ end: Int) {
        let block = markdown.blocks[index]
        let parts = ItemText(markdown, index, end)
        if let label = Label(parts.own), let found = InvariantStatements.part(of: label.name), label.value == nil || found != .clauses {
            // `- Check:` with the questions nested below it, or `- Check: …` itself.
            if found == .checks {
                hear(label.qualifier)
                if let value = label.value { addCheck(value, markdown.blocks[parts.textBlock ?? index]) }
                for child in parts.children { addCheck(ItemText(markdown, child, end).full, markdown.blocks[child], codesFrom: markdown, child, end) }
            }
            return
        }
        switch part {
        case .clauses where block.quoteDepth == 0:
            let text = parts.statement
            if !text.isEmpty { clauses.append(Invariant.Clause(id: "\(id).\(clauses.count + 1)", text: text, line: block.line)) }
        case .checks:
            addCheck(parts.full, block, codesFrom: markdown, index, end)
        case .clauses, .neither:
            break
        }
    }

    private mutating func addCheck(_ text: String, _ block: Markdown.Block, codesFrom markdown: Markdown, _ index: Int, _ end: Int) {
        let codes = ItemText(markdown, index, end).blocks.flatMap { markdown.blocks[$0].codes }
        append(text, codes: codes, line: block.line)
    }

    private mutating func addCheck(_ text: String, _ block: Markdown.Block) {
        append(text, codes: block.codes, line: block.line)
    }

    private mutating func append(_ text: String, codes: [String], line: Int) {
        guard !text.isEmpty else { return }
        checks.append(
            Invariant.Check(
                id: "\(id).C\(checks.count + 1)", text: text, audience: audience ?? [.human],
                rules: codes.filter(RuleName.isRule), line: line))
    }

    private mutating func hear(_ qualifier: String?) {
        guard let qualifier else { return }
        let words = Folding.searchable(qualifier).split { "/,、・&+ ".contains($0) }.map(String.init)
        let heard = Invariant.Audience.allCases.filter { audience in words.contains { InvariantStatements.means($0, audience) } }
        if !heard.isEmpty { audience = heard }
    }

    private static func means(_ word: String, _ audience: Invariant.Audience) -> Bool {
        switch audience {
        case .ci: ["ci", "静的", "自動"].contains(word)
        case .ai: ["ai", "genai", "llm", "生成ai"].contains(word)
        case .human: ["human", "humans", "人", "人手", "人間", "people", "review", "レビュー", "reviewer", "手動", "manual"].contains(word)
        }
    }

    private static func part(of name: String) -> Part? {
        switch name {
        case "check", "checks", "check例", "check 例", "checks例", "チェック", "チェック例", "チェック項目", "チェックリスト", "checklist", "確認項目", "確認例":
            .checks
        case "clauses", "clause", "statement", "statements", "条項", "規則", "内容", "要件":
            .clauses
        case "revisions", "revision", "revision history", "revision log", "改訂履歴", "改訂", "変更履歴", "changelog", "history", "履歴",
            "example", "examples", "例", "具体例", "反例", "counterexample", "counterexamples", "rationale", "理由", "背景", "根拠", "why",
            "notes", "note", "補足", "備考", "注", "references", "reference", "参考", "参考資料", "関連", "related", "see also", "links",
            "scope", "適用範囲", "対象", "owner", "オーナー", "exceptions", "例外":
            .neither
        default: nil
        }
    }
}

/// The words of one list item and where its nested items are.
private struct ItemText {
    /// Its own first paragraphs.
    var own = ""
    var textBlock: Int?
    /// Item blocks one level below.
    var children: [Int] = []
    /// All blocks of it with text.
    var blocks: [Int] = []
    private var parts: [(text: String, depth: Int)] = []
    private let depth: Int

    init(_ markdown: Markdown, _ index: Int, _ end: Int) {
        depth = markdown.blocks[index].listDepth
        var next = index + 1
        while next < end, markdown.blocks[next].listDepth > depth || (markdown.blocks[next].listDepth == depth && markdown.blocks[next].kind != .item) {
            let block = markdown.blocks[next]
            if block.kind == .item, block.listDepth == depth + 1 { children.append(next) }
            if block.isText {
                blocks.append(next)
                parts.append((block.text, block.listDepth))
                if block.listDepth == depth {
                    own += own.isEmpty ? block.text : " " + block.text
                    if textBlock == nil { textBlock = next }
                }
            }
            next += 1
        }
    }

    /// Everything, nested items included.
    var full: String { parts.map(\.text).joined(separator: "\n") }

    /// What counts as the clause: nested examples, reasons and revision lines left out.
    var statement: String {
        var kept: [String] = []
        var skippedBelow: Int?
        for part in parts {
            if let limit = skippedBelow, part.depth > limit { continue }
            skippedBelow = nil
            if part.depth > depth, InvariantStatements.isLabel(part.text) {
                skippedBelow = part.depth
            } else {
                kept.append(part.text)
            }
        }
        return kept.joined(separator: "\n")
    }
}
