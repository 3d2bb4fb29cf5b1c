import InvarCore

/// Finds the sentences of a Markdown file that say that something is not idempotent, not retryable, not reversible, or
/// delivered at most once.
///
/// Precision comes before recall: a requirement, a definition, a condition, a question, a quotation, history, general talk
/// about HTTP and what stands in code are not statements. The time is linear in the bytes of the file; a block without
/// one of the stems costs one pass.
package struct ProseReader {
    private let file: MarkdownFile
    private let blocks: [Markdown.Block]
    /// Headings above the current block, outermost first.
    private var headings: [(level: Int, text: String, index: Int, isSilent: Bool)] = []
    private var isSilenced = false
    /// Their texts, folded when a block first asks for them.
    private var foldedHeadings: [UInt8]?
    /// The paragraph that introduces the current list.
    private var introduction: Int?
    private var found: [(statement: ProseStatement, block: Int, section: Int)] = []

    /// The statements in the order of the file, whatever its path: see `ProseDocumentFilter`.
    package static func statements(in file: MarkdownFile) -> [ProseStatement] {
        var reader = ProseReader(file)
        reader.read()
        return reader.completed()
    }

    private init(_ file: MarkdownFile) {
        self.file = file
        self.blocks = file.markdown.blocks
    }

    private mutating func read() {
        for (index, block) in blocks.enumerated() {
            if let level = block.headingLevel {
                while let last = headings.last, last.level >= level { headings.removeLast() }
                headings.append((level, block.text, index, ProseHeadings.silences(block.text)))
                foldedHeadings = nil
                isSilenced = headings.contains { $0.isSilent }
                introduction = nil
                continue
            }
            if block.kind == .paragraph, block.listDepth == 0 { introduction = index }
            guard !isSilenced, block.kind == .paragraph || block.kind == .tableRow, CueStems.mayOccur(in: block.text) else { continue }
            read(block, index)
        }
    }

    private mutating func read(_ block: Markdown.Block, _ index: Int) {
        let prose = ProseBlock(block)
        let heading = foldedHeadings ?? ProseSentence.folded(headings.map { String($0.text.prefix(200)) }.joined(separator: " ").unicodeScalars)
        foldedHeadings = heading
        var claims: [(claim: ProseClaim, sentence: ProseSentence)] = []
        for sentence in prose.sentences(under: heading, after: introductionText(block)) {
            if let claim = SentenceJudge.claim(in: sentence) { claims.append((claim, sentence)) }
        }
        guard !claims.isEmpty, !isTask(block), !isIntroducedAsCases(block) else { return }
        // The strict statement speaks for the sentences around it that only follow from it.
        if claims.contains(where: { $0.claim.strength == .strict && $0.claim.kind == .nonIdempotent }) {
            claims.removeAll { $0.claim.strength == .weak && $0.claim.kind == .nonIdempotent }
        }
        let scalars = Array(block.text.unicodeScalars)
        let placer = SentencePlacer(scalars, block: block, file: file)
        for (claim, sentence) in claims.prefix(ProseReader.statementLimit) {
            let range = prose.textRange(sentence.range)
            let place = placer.place(range)
            let text = String(String.UnicodeScalarView(scalars[range.clamped(to: 0..<scalars.count)]))
            let named = block.kind == .tableRow && block.cells.count > 1 ? (block.cells.first ?? "") + " " + text : text
            let statement = ProseStatement(
                kind: claim.kind, strength: claim.strength, hasContract: claim.hasContract, text: text, start: place.start, end: place.end,
                heading: headings.last?.text ?? "", operations: ProseOperations.names(in: named, codes: Array(block.codes.prefix(200))), decisions: [],
                sectionDecisions: [], givesReason: false, givesRetry: false)
            found.append((statement, index, headings.last?.index ?? -1))
        }
    }

    /// How many statements of one block are reported; more are not written by people.
    private static let statementLimit = 50

    private func introductionText(_ block: Markdown.Block) -> [UInt8] {
        guard block.listDepth > 0, let introduction else { return [] }
        return ProseSentence.folded(blocks[introduction].text.unicodeScalars.suffix(80))
    }

    /// `- [ ] …` is a thing to do or to check.
    private func isTask(_ block: Markdown.Block) -> Bool {
        guard block.listDepth > 0 else { return false }
        let line = file.bytes[file.lines.range(ofLine: block.line)].drop {
            [0x20, 0x09, 0x3E, 0x2D, 0x2A, 0x2B].contains($0) || (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x29
        }
        let head = Array(line.prefix(3))
        return head.count == 3 && head[0] == 0x5B && head[2] == 0x5D
    }

    /// 「次の場合は再試行しない：」: the items below are conditions, not statements.
    private func isIntroducedAsCases(_ block: Markdown.Block) -> Bool {
        guard block.listDepth > 0, let introduction, blocks.indices.contains(introduction) else { return false }
        let text = blocks[introduction].text
        guard let last = text.unicodeScalars.last, last == ":" || last == "：" else { return false }
        let bytes = ProseSentence.folded(text.unicodeScalars.suffix(80))
        return ProseReader.cases.isIn(bytes) && !ProseReader.failures.isIn(bytes)
    }
    /// 「送信に失敗した場合：」 restricts nothing: what is not retried has always failed.
    private static let failures = PhraseSet(["失敗した場合", "失敗時", "失敗したとき", "エラー時", "障害時", "on failure", "when it fails", "if it fails"])
    private static let cases = PhraseSet([
        "if", "when", "unless", "case", "cases", "example", "examples", "avoid", "situations", "for instance", "場合", "とき", "例", "ケース", "条件", "以下を確認", "観点",
        "質問",
    ])

    // MARK: What stands around it

    private func completed() -> [ProseStatement] {
        var surroundings: [Int: Surroundings] = [:]
        return found.map { item in
            var statement = item.statement
            let around = surroundings[item.block] ?? surrounding(item.section, item.block)
            surroundings[item.block] = around
            let own = statement.start.line...max(statement.start.line, statement.end.line)
            statement.decisions = decisions(on: own)
            statement.sectionDecisions = around.decisions.filter { !statement.decisions.contains($0) }
            statement.givesReason = around.givesReason || ReasonWords.areIn(statement.text)
            statement.givesRetry = around.givesRetry || RetryWords.giveStrategy(statement.text)
            return statement
        }
    }

    /// What the section of a block says; the same for all its sentences.
    private struct Surroundings {
        var decisions: [String]
        var givesReason: Bool
        var givesRetry: Bool
    }

    private func surrounding(_ heading: Int, _ block: Int) -> Surroundings {
        let neighbours = neighbourTexts(heading, block)
        return Surroundings(
            decisions: decisions(on: sectionLines(heading, block)),
            givesReason: neighbours.contains { ReasonWords.label($0) || ReasonWords.areIn($0) },
            givesRetry: neighbours.contains { RetryWords.giveStrategy($0) })
    }

    private func decisions(on lines: ClosedRange<Int>) -> [String] {
        var seen: Set<String> = []
        let links = MentionScanner.mentions(in: file, lines: [lines])
        return links.map(\.target).filter { $0.hasPrefix("ADR-") && seen.insert($0).inserted }
    }

    private func sectionLines(_ heading: Int, _ block: Int) -> ClosedRange<Int> {
        let range = sectionBlocks(heading, block)
        let first = heading >= 0 ? blocks[heading].line : blocks[range.lowerBound].line
        let last = blocks[range.upperBound - 1].endLine
        return first...max(first, last)
    }

    /// The blocks between the heading above and the next one, at most so many on either side.
    private func sectionBlocks(_ heading: Int, _ block: Int) -> Range<Int> {
        let reach = 40
        var low = block
        while low > max(heading + 1, block - reach, 0) { low -= 1 }
        var high = block + 1
        while high < blocks.count, high < block + reach, blocks[high].headingLevel == nil { high += 1 }
        return low..<high
    }

    /// The texts next to it: its block, two before and six after, within the section.
    private func neighbourTexts(_ heading: Int, _ block: Int) -> [String] {
        let range = sectionBlocks(heading, block)
        return (max(range.lowerBound, block - 2)..<min(range.upperBound, block + 7)).filter { blocks[$0].isText && $0 != block }.map {
            String(blocks[$0].text.prefix(2_000))
        }
    }
}
