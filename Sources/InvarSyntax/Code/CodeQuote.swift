/// How a string literal that has been opened reads on, and where it ends.
struct CodeQuote {
    /// What turns a part of the literal back into code.
    enum Insertion {
        case none
        /// `{expression}`, `{{` being a brace: Python, C#.
        case brace
        /// `{name}` and `{name:?}` alone: Rust.
        case braceName
        /// `#{expression}`: Ruby.
        case hash
        /// `${expression}`: JavaScript.
        case dollarBrace
        /// `$name` and `${expression}`: Kotlin, Scala; `$(command)` too: shell.
        case dollar
        /// `$name`, `$name->field`, `{$expression}`: PHP.
        case php
        /// `\(expression)`: Swift.
        case backslash
    }

    /// The closing bytes; of a here-document the line that ends it.
    var close: [UInt8]
    var insertion: Insertion = .none
    /// A backslash takes the next byte with it.
    var escapes = true
    /// A doubled quote is none: C#'s verbatim strings.
    var doubles = false
    /// A line break ends it: nobody closed it.
    var endsWithLine = true
    /// The closing bytes stand on a line of their own, after white space.
    var isHereDocument = false
    /// The index of its opening token.
    var token: Int32 = -1
}
