package import InvarCore

/// What a decision's own prose gives as reason and as retry strategy, where no exception block does.
package struct DecisionGrounds: Hashable, Sendable {
    package var reason: Passage?
    package var retry: Passage?

    package init(reason: Passage? = nil, retry: Passage? = nil) {
        self.reason = reason
        self.retry = retry
    }

    /// A passage of the decision, fit to be carried into an exception's field.
    package struct Passage: Hashable, Sendable {
        /// One line, without markup.
        package var text: String
        /// Where it begins.
        package var position: Position

        package init(text: String, position: Position) {
            self.text = text
            self.position = position
        }
    }

    /// Reads one decision; `lines` are those of the record, 1-based, both inclusive.
    package static func read(_ file: MarkdownFile, lines: ClosedRange<Int>) -> DecisionGrounds {
        DecisionGroundsReader(file, lines: lines).read()
    }
}

/// Looks at structure first, then for a sentence that gives the reason or the strategy by its words.
private struct DecisionGroundsReader {
    private let markdown: Markdown
    private let indices: [Int]

    init(_ file: MarkdownFile, lines: ClosedRange<Int>) {
        self.markdown = file.markdown
        self.indices = file.markdown.blocks.indices.filter { lines.contains(file.markdown.blocks[$0].line) }
    }

    func read() -> DecisionGrounds {
        DecisionGrounds(
            reason: labelled(ReasonWords.isReason) ?? section(ReasonWords.isReason, saying: { _ in true }) ?? section(ReasonWords.names, saying: { _ in true })
                ?? sentence { ReasonWords.areIn($0) && isAboutRepetition($0) },
            retry: labelled(RetryWords.names) ?? section(RetryWords.names, saying: { _ in true })
                ?? sentence { RetryWords.areIn($0) && !RetryWords.mechanisms(in: $0).isEmpty && isDecided($0) })
    }

    /// `**理由**: …`, `| Reason | … |`, a label with items below it.
    private func labelled(_ names: (String) -> Bool) -> DecisionGrounds.Passage? {
        for (number, index) in indices.enumerated() {
            let block = markdown.blocks[index]
            if block.kind == .tableRow, block.cells.count >= 2, let name = Label(block.cells[0])?.name, names(name), ReasonAndRetry.says(block.cells[1]) {
                return passage(block.cells[1], block)
            }
            guard block.kind == .paragraph, let label = Label(block.text), isLabel(block), names(label.name) else { continue }
            if let value = label.value, ReasonAndRetry.says(value) { return passage(value, block) }
            if label.value == nil, let found = below(number, depth: block.listDepth) { return found }
        }
        return nil
    }

    /// A label ends in a colon or is all bold; a short sentence is none.
    private func isLabel(_ block: Markdown.Block) -> Bool {
        block.isAllStrong || block.text.unicodeScalars.contains { $0 == ":" || $0 == "：" }
    }

    /// What stands under a label: the next blocks up to the next label or heading.
    private func below(_ number: Int, depth: Int) -> DecisionGrounds.Passage? {
        var texts: [String] = []
        var first: Markdown.Block?
        for index in indices.dropFirst(number + 1).prefix(12) {
            let block = markdown.blocks[index]
            if block.headingLevel != nil || (block.kind == .paragraph && block.isAllStrong) { break }
            guard block.kind == .paragraph || block.kind == .tableRow else { continue }
            if depth > 0, block.listDepth <= depth { break }
            // `**リトライ**:` begins the next field.
            if block.leadingStrong != nil, isLabel(block), let label = Label(block.text), label.value == nil || !texts.isEmpty { break }
            guard ReasonAndRetry.says(block.text) else { continue }
            first = first ?? block
            texts.append(block.text)
        }
        return first.map { passage(texts.joined(separator: " "), $0) }
    }

    /// The text below a heading that announces it.
    private func section(_ names: (String) -> Bool, saying: (String) -> Bool) -> DecisionGrounds.Passage? {
        for (number, index) in indices.enumerated() where markdown.blocks[index].headingLevel != nil {
            guard let name = Label(markdown.blocks[index].text)?.name, names(name), !ProseHeadings.silences(markdown.blocks[index].text) else { continue }
            if let found = below(number, depth: 0), saying(found.text) { return found }
        }
        return nil
    }

    /// The first sentence anywhere in the decision that `wanted` says yes to.
    private func sentence(_ wanted: (String) -> Bool) -> DecisionGrounds.Passage? {
        for index in indices where markdown.blocks[index].kind == .paragraph || markdown.blocks[index].kind == .tableRow {
            let block = markdown.blocks[index]
            let scalars = Array(block.text.unicodeScalars)
            for range in SentenceSplitter.ranges(scalars) {
                let text = String(String.UnicodeScalarView(scalars[range]))
                if wanted(text), ReasonAndRetry.says(text) { return passage(text, block) }
            }
        }
        return nil
    }

    /// The reason of something else is not the reason of the exception.
    private func isAboutRepetition(_ text: String) -> Bool {
        DecisionGroundsReader.repetition.isIn(ProseSentence.folded(text.unicodeScalars))
    }
    private static let repetition = PhraseSet([
        "冪等", "リトライ", "再試行", "再実行", "再送", "二重", "重複", "idempot*", "non-idempotent", "retr*", "rerun*", "re-run*", "twice", "duplicat*", "rolled back",
        "roll back", "rollback", "ロールバック", "irreversible", "不可逆", "切り戻",
    ])

    private func isDecided(_ text: String) -> Bool {
        !text.unicodeScalars.contains { $0 == "?" || $0 == "？" }
    }

    private func passage(_ text: String, _ block: Markdown.Block) -> DecisionGrounds.Passage {
        DecisionGrounds.Passage(
            text: text.split { $0.isNewline }.joined(separator: " ").trimmingBlanks, position: Position(line: block.line, column: block.column))
    }
}
