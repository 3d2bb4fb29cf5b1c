import InvarCore

/// A block's text cut into folded sentences, its inline code marked.
struct ProseBlock {
    /// The text with a mark before and after each inline code.
    let marked: [Unicode.Scalar]
    /// For each scalar of `marked` the scalar of the block's text.
    private let textIndex: [Int]
    let block: Markdown.Block

    init(_ block: Markdown.Block) {
        self.block = block
        let text = Array(block.text.unicodeScalars)
        var marked: [Unicode.Scalar] = []
        var index: [Int] = []
        marked.reserveCapacity(text.count + block.codes.count * 2)
        var at = 0
        func copy(to end: Int) {
            while at < end {
                marked.append(text[at])
                index.append(at)
                at += 1
            }
        }
        var misses = 0
        for code in block.codes where misses < ProseBlock.missLimit {
            let wanted = Array(code.unicodeScalars)
            guard !wanted.isEmpty, let start = ProseBlock.find(wanted, in: text, from: at) else {
                misses += 1
                continue
            }
            copy(to: start)
            marked.append(ProseSentence.codeStart)
            index.append(start)
            copy(to: start + wanted.count)
            marked.append(ProseSentence.codeEnd)
            index.append(start + wanted.count)
        }
        copy(to: text.count)
        self.marked = marked
        self.textIndex = index
    }

    /// Its sentences, those of a table row cell by cell.
    func sentences(under heading: [UInt8], after introduction: [UInt8]) -> [ProseSentence] {
        guard block.kind == .tableRow else {
            var context = ProseContext()
            context.heading = heading
            context.before = introduction
            context.isFragment = block.listDepth > 0 && beginsInLowerCase && !endsInStop
            // A row whose table lost its head is a paragraph, and still a row.
            let cells = block.text.hasPrefix("|") ? block.text.split(separator: "|").map { String($0).trimmingBlanks }.filter { !$0.isEmpty } : []
            context.rowSaysNo = cells.contains { ProseBlock.noes.contains(Folding.searchable($0)) }
            return inOrder(SentenceSplitter.ranges(marked), context)
        }
        return rowSentences(heading)
    }

    /// A range of the block's text for a range of `marked`.
    func textRange(_ range: Range<Int>) -> Range<Int> {
        guard let first = range.first, let last = range.last else { return 0..<0 }
        let end = marked[last] == ProseSentence.codeEnd ? textIndex[last] : textIndex[last] + 1
        return textIndex[first]..<max(textIndex[first], end)
    }

    private func rowSentences(_ heading: [UInt8]) -> [ProseSentence] {
        var found: [ProseSentence] = []
        let saysNo = block.cells.contains { ProseBlock.noes.contains(Folding.searchable($0)) }
        let subject = block.cells.first.map { ProseSentence.folded($0.unicodeScalars) }
        var textStart = 0
        var cursor = 0
        for (number, cell) in block.cells.enumerated() {
            let length = cell.unicodeScalars.count
            while cursor < marked.count, textIndex[cursor] < textStart { cursor += 1 }
            let low = cursor
            while cursor < marked.count, textIndex[cursor] < textStart + length { cursor += 1 }
            let high = cursor
            let end = high < marked.count && marked[high] == ProseSentence.codeEnd ? high + 1 : high
            textStart += length + 3
            guard low < end else { continue }
            var context = ProseContext()
            context.rowSubject = number > 0 ? subject : nil
            context.rowSaysNo = saysNo
            context.heading = heading
            let ranges = SentenceSplitter.ranges(Array(marked[low..<end])).map { ($0.lowerBound + low)..<($0.upperBound + low) }
            found += inOrder(ranges, context)
        }
        return found
    }

    private func inOrder(_ ranges: [Range<Int>], _ context: ProseContext) -> [ProseSentence] {
        // Only a sentence that may hold a cue is worth folding.
        ranges.indices.compactMap { number in
            let range = ranges[number]
            guard ProseSentence.utf8(marked[range]).withUnsafeBufferPointer(CueStems.mayOccur) else { return nil }
            var own = context
            own.isFirst = number == 0
            if number > 0 { own.before = ProseSentence.folded(marked[ranges[number - 1]]) }
            return ProseSentence(marked[range], range: range, context: own)
        }
    }

    private static let noes: Set<String> = ["×", "✗", "✕", "✖", "❌", "no", "不可", "なし", "しない", "いいえ", "never", "none", "✖️", "❌️", "n"]

    private var endsInStop: Bool {
        guard let last = block.text.unicodeScalars.last else { return true }
        return ["。", ".", "!", "?", "！", "？", "．"].contains(last)
    }

    private var beginsInLowerCase: Bool {
        block.text.unicodeScalars.first.map { (0x61...0x7A).contains($0.value) } ?? false
    }

    /// Code that was joined out of wrapped lines is not found again; after so many the search is given up.
    private static let missLimit = 16

    private static func find(_ wanted: [Unicode.Scalar], in text: [Unicode.Scalar], from start: Int) -> Int? {
        guard let first = wanted.first, text.count >= wanted.count else { return nil }
        var at = start
        while at + wanted.count <= text.count {
            if text[at] == first, text[at..<(at + wanted.count)].elementsEqual(wanted) { return at }
            at += 1
        }
        return nil
    }
}
