/// One thing said in both languages, so that neither is forgotten.
package struct Wording: Hashable, Sendable {
    package var en: String
    package var ja: String

    package init(en: String, ja: String) {
        self.en = en
        self.ja = ja
    }

    /// The same in both: a name, a command, a quotation.
    package init(_ text: String) {
        self.en = text
        self.ja = text
    }

    package subscript(language: Language) -> String {
        language == .japanese ? ja : en
    }

    package static func + (a: Wording, b: Wording) -> Wording {
        Wording(en: a.en + b.en, ja: a.ja + b.ja)
    }
}
