/// Why a part of a script could not be read, and where it begins, as a byte offset.
package struct SQLProblem: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case unterminatedString, unterminatedName, unterminatedComment, unterminatedDollarQuote, unterminatedTemplate, unterminatedCopy
        /// One statement of so many tokens that its end was only skimmed.
        case statementTooLong
        /// A file of more bytes than offsets can count.
        case tooLarge
    }

    package var kind: Kind
    package var offset: Int

    package init(kind: Kind, offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    /// What to tell a person.
    package var message: String {
        switch kind {
        case .unterminatedString: "a string that is never closed: the rest of the file is not read"
        case .unterminatedName: "a quoted name that is never closed: the rest of the file is not read"
        case .unterminatedComment: "a comment that is never closed: the rest of the file is not read"
        case .unterminatedDollarQuote: "a dollar quote that is never closed: the rest of the file is not read"
        case .unterminatedTemplate: "a template tag that is never closed: the rest of the file is not read"
        case .unterminatedCopy: "COPY data without its closing \\. line: what follows may be data, not statements"
        case .statementTooLong: "a statement of so many tokens that only its beginning is read"
        case .tooLarge: "a file too large to be read as SQL"
        }
    }
}
