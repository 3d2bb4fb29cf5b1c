/// A regular expression that is matched in time proportional to pattern × line, whatever both are.
///
/// Understood: literals, `.`, classes, `\d \w \s` and their opposites, `\b \B`, `^ $`, groups, `|`, `* + ? {m,n}` (lazy forms
/// too), `(?i)`, `\xHH`, `\u{…}`. Characters are Unicode scalars; `\d`, `\w` and `\b` are about ASCII, so that a word among
/// Japanese ones has its boundaries, and `\s` is any white space. The leftmost match is found, the longest there.
package struct LinearPattern: Sendable {
    package let source: String
    private let program: PatternProgram

    /// - Throws: ``Problem`` for what is not understood, and for what cannot be matched in linear time.
    package init(_ source: String) throws(Problem) {
        self.source = source
        var parser = PatternParser(source)
        program = try PatternProgram(try parser.parse())
    }

    package struct Problem: Error, Hashable, Sendable {
        /// Lower case, says what is wrong.
        package var message: String

        package init(message: String) {
            self.message = message
        }
    }

    /// The bytes of the first match in a line without its line break.
    package func firstMatch(in line: ArraySlice<UInt8>) -> Range<Int>? {
        line.withUnsafeBufferPointer { bytes in
            guard program.required.isEmpty || ByteSearch.occurs(program.required, in: bytes) else { return nil }
            if let first = program.firstBytes, !bytes.contains(where: { first[Int($0)] }) { return nil }
            var matcher = PatternMatcher(program, bytes)
            return matcher.firstMatch().map { ($0.lowerBound + line.startIndex)..<($0.upperBound + line.startIndex) }
        }
    }

    /// Whether a text can hold a match at all; a cheap look that spares most files the lines.
    package func mayOccur(in bytes: [UInt8]) -> Bool {
        program.required.isEmpty || bytes.withUnsafeBufferPointer { ByteSearch.occurs(program.required, in: $0) }
    }
}

extension LinearPattern: Hashable {
    package static func == (a: LinearPattern, b: LinearPattern) -> Bool { a.source == b.source }

    package func hash(into hasher: inout Hasher) { hasher.combine(source) }
}
