package import InvarCore

/// All documents of a YAML file, with what stopped the reading if something did.
package struct YAMLStream: Sendable {
    package var documents: [YAML]
    /// The documents before it are kept.
    package var problem: YAMLProblem?
    /// Keys that stand twice in one mapping, nothing is lost of them.
    package var repeatedKeys: [RepeatedKey]

    package init(documents: [YAML], problem: YAMLProblem?, repeatedKeys: [RepeatedKey] = []) {
        self.documents = documents
        self.problem = problem
        self.repeatedKeys = repeatedKeys
    }

    /// Reads `---`-separated documents; JSON is one of them.
    package init(_ bytes: [UInt8]) {
        let outcome = YAMLComposer.outcome(of: bytes, firstLine: 1)
        self.init(documents: outcome.documents, problem: outcome.problem, repeatedKeys: outcome.repeatedKeys)
    }

    package init(_ text: String) {
        self.init(Array(text.utf8))
    }

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
