package import InvarCore

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
    package var message: Wording {
        switch kind {
        case .unterminatedString:
            Wording(en: "a string that is never closed: the rest of the file is not read", ja: "文字列が閉じられていないため、ここから先を読めません")
        case .unterminatedName:
            Wording(en: "a quoted name that is never closed: the rest of the file is not read", ja: "引用符付きの名前が閉じられていないため、ここから先を読めません")
        case .unterminatedComment:
            Wording(en: "a comment that is never closed: the rest of the file is not read", ja: "コメントが閉じられていないため、ここから先を読めません")
        case .unterminatedDollarQuote:
            Wording(en: "a dollar quote that is never closed: the rest of the file is not read", ja: "ドル引用符が閉じられていないため、ここから先を読めません")
        case .unterminatedTemplate:
            Wording(en: "a template tag that is never closed: the rest of the file is not read", ja: "テンプレートのタグが閉じられていないため、ここから先を読めません")
        case .unterminatedCopy:
            Wording(
                en: "COPY data without its closing \\. line: what follows may be data, not statements",
                ja: "COPY のデータに終わりの \\. がないため、この先が文なのかデータなのか分かりません")
        case .statementTooLong:
            Wording(en: "a statement of so many tokens that only its beginning is read", ja: "文が長すぎるため、先頭だけを読みました")
        case .tooLarge: Wording(en: "a file too large to be read as SQL", ja: "大きすぎるため、SQL として読めません")
        }
    }
}
