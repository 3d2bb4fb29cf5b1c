/// One token of a program in Python or Ruby.
struct SourceToken: Sendable {
    enum Kind: UInt8, Sendable {
        case word, string, number, open, close, comma, symbol
        /// Ruby's `:name`, and the items of `%w[…]` as one.
        case name
    }

    var kind: Kind
    var range: Range<Int>
    /// The text of a string between its quotes, the name of a `:name`.
    var content: Range<Int>
    /// The column of the token if it is the first of its line, in bytes from 0; -1 otherwise.
    var indentation: Int
}

/// A language whose migrations are read as text.
enum SourceLanguage: Sendable {
    case python, ruby
}
