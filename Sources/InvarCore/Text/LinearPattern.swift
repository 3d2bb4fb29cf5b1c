/// A regular expression that is matched in time proportional to pattern × line, whatever both are.
package struct LinearPattern: Hashable, Sendable {
    package let source: String

    /// - Throws: ``Problem`` for what is not understood.
    package init(_ source: String) throws(Problem) {
        self.source = source
    }

    package struct Problem: Error, Hashable, Sendable {
        /// Lower case, says what is wrong.
        package var message: String
    }

    /// The bytes of the first match in a line without its line break.
    package func firstMatch(in line: ArraySlice<UInt8>) -> Range<Int>? {
        nil
    }
}
