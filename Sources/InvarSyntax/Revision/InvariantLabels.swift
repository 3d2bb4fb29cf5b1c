import InvarCore

/// Finds the labels of an invariant and of the document around it.
struct InvariantLabels {
    let source: InvariantSource

    /// What a revision log is called; the first is what we write.
    private static let logNames: Set<String> = [
        "revisions", "revision", "revision history", "revision log", "改訂履歴", "改訂", "変更履歴", "changelog", "history", "履歴",
    ]

    /// The block of the invariant's own revision log.
    var log: Int? { source.body.first { isLog($0) } }

    /// The last item under a label.
    func lastItem(under label: Int) -> ListItemSource? {
        let blocks = source.blocks
        let own = blocks[label]
        var found: Int?
        var index = label + 1
        while index < source.body.upperBound {
            let block = blocks[index]
            if block.quoteDepth < own.quoteDepth { break }
            if let level = block.headingLevel, level <= (own.headingLevel ?? 6) { break }
            if block.listDepth == 0, block.kind == .paragraph, found != nil || isLabel(index) { break }
            if block.kind == .item, block.listDepth == 1, block.quoteDepth == own.quoteDepth { found = index }
            index += 1
        }
        return found.flatMap { ListItemSource($0, in: source.file) }
    }

    /// How the document writes revision logs, in another invariant.
    var logForm: LabelForm? {
        source.blocks.indices.first { isLog($0) && !source.body.contains($0) }.flatMap { LabelForm($0, in: source.file) }
    }

    /// How the invariant writes its label of checks, else how the document does.
    var checkForm: LabelForm? {
        let own = source.body.first { isCheckLabel($0) }
        return (own ?? source.blocks.indices.first { isCheckLabel($0) }).flatMap { LabelForm($0, in: source.file) }
    }

    /// The line of the next label of checks behind the invariant, when it does not say for whom.
    var nextUnqualifiedCheckLine: Int? {
        let next = source.blocks.indices.first { $0 >= source.body.upperBound && isCheckLabel($0) }
        guard let next, Label(source.blocks[next].text)?.qualifier == nil else { return nil }
        return source.blocks[next].line
    }

    private func isLog(_ index: Int) -> Bool {
        let block = source.blocks[index]
        guard block.listDepth == 0, block.kind == .paragraph || block.headingLevel != nil, block.text.utf8.count < 60 else { return false }
        return Label(block.text).map { $0.value == nil && InvariantLabels.logNames.contains($0.name) } ?? false
    }

    private func isLabel(_ index: Int) -> Bool { InvariantStatements.isLabel(source.blocks[index].text) }

    private func isCheckLabel(_ index: Int) -> Bool {
        let block = source.blocks[index]
        guard block.listDepth == 0, block.kind == .paragraph || block.headingLevel != nil, block.text.utf8.count < 90 else { return false }
        return Label(block.text).map { $0.value == nil && InvariantStatements.isChecks($0.name) } ?? false
    }
}
