/// A piece of source code; comments and white space are none.
package struct CodeToken: Sendable, Hashable {
    package enum Kind: UInt8, Sendable {
        /// An identifier or a keyword; in a shell script anything between white space and operators.
        case word
        case number
        /// One byte of punctuation.
        case mark
        /// `(`, `[`, `{` and their partners.
        case open, close
        /// The quotes around a literal, with their prefix.
        case quoteOpen, quoteClose
        /// What a literal says, as it is written, between quotes and interpolations.
        case text
        /// `${`, `#{`, `\(`, the brace of an f-string, and where it ends.
        case insertOpen, insertClose
        /// A regular expression literal.
        case pattern
    }

    package let kind: Kind
    /// Only white space stands before it on its line.
    package let startsLine: Bool
    private let low: Int32
    private let high: Int32
    /// The index of the token that closes or opens what this one opens or closes; -1 where there is none.
    package internal(set) var partner: Int32
    /// The index of the innermost opening token around it; -1 outside of all.
    package let parent: Int32

    init(_ kind: Kind, _ start: Int, _ end: Int, startsLine: Bool, parent: Int32) {
        self.kind = kind
        self.startsLine = startsLine
        low = Int32(truncatingIfNeeded: start)
        high = Int32(truncatingIfNeeded: end)
        partner = -1
        self.parent = parent
    }

    /// In bytes of the file.
    package var start: Int { Int(low) }
    package var end: Int { Int(high) }
}
