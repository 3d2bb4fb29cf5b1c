package import InvarCore

/// All documents of a YAML file that could be read, with what is wrong with the others.
package struct YAMLStream: Sendable {
    package var documents: [YAML]
    /// One for each document that is broken; the others are kept.
    package var problems: [YAMLProblem]
    /// The lines of the broken documents, one range a problem.
    package var unread: [ClosedRange<Int>]
    /// Keys that stand twice in one mapping, nothing is lost of them.
    package var repeatedKeys: [RepeatedKey]

    /// Reads `---`-separated documents; JSON is one of them.
    package init(_ bytes: [UInt8], firstLine: Int = 1) {
        let outcome = YAMLComposer.outcome(of: bytes, firstLine: firstLine)
        documents = outcome.documents
        problems = outcome.problems
        unread = outcome.unread
        repeatedKeys = outcome.repeatedKeys
    }

    package init(_ text: String) {
        self.init(Array(text.utf8))
    }

    /// The first of ``problems``.
    package var problem: YAMLProblem? { problems.first }

    /// A key that its mapping has already.
    package struct RepeatedKey: Hashable, Sendable {
        package var name: String
        /// Of the second.
        package var position: Position

        package init(name: String, position: Position) {
            self.name = name
            self.position = position
        }
    }
}
