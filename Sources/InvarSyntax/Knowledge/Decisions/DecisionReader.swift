package import InvarCore

/// Reads the decision records of a file.
package enum DecisionReader {
    package static func read(_ file: MarkdownFile, vocabulary: StatusVocabulary) -> (entries: [Entry], findings: [Finding]) {
        let name = DecisionHeading.name(RelativePath.stem(file.path))
        guard let heading = file.markdown.blocks.first(where: { $0.headingLevel == 1 }) else { return ([], []) }
        let title = DecisionHeading.title(heading.text, known: name.number)
        let number = name.number ?? title.number
        guard number != nil else { return ([], []) }
        var decision = Decision(id: "ADR-" + (number ?? name.slug), number: number, title: title.title, position: Position(line: heading.line))
        if let status = file.frontMatter.yaml?["status"]?.text {
            decision.statusText = status
            decision.status = StatusReader.status(of: status, vocabulary) ?? .unknown
        }
        let entry = Entry(content: .decision(decision), span: 0..<file.bytes.count, firstLine: 1, endLine: file.lines.count)
        return ([entry], [])
    }
}
