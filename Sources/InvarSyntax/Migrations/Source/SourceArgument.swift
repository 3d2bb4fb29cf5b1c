/// One argument of a call.
struct SourceArgument: Sendable {
    enum Kind: Sendable {
        /// A literal string or name: ``SourceArgument/text`` is its text.
        case text
        /// A word such as `True` or `noop`, with its path.
        case word
        case number
        /// `[…]`, `%w[…]`: ``SourceArgument/texts`` are the literals in it.
        case list
        case other
    }

    var label: String?
    var kind: Kind
    var text: String
    var texts: [String]
    var range: Range<Int>
    /// The inside of the first literal string in it.
    var content: Range<Int>?
}
