/// The two languages that invar reads and speaks.
package enum Language: String, Sendable, CaseIterable {
    case japanese = "ja"
    case english = "en"

    /// The wording for this language; both stand side by side so that neither is forgotten.
    package func pick(en: @autoclosure () -> String, ja: @autoclosure () -> String) -> String {
        self == .japanese ? ja() : en()
    }

    /// The language of a text: Japanese as soon as a twentieth of its letters are kana or kanji and some are kana,
    /// since Japanese documents are full of English names and Chinese ones have no kana.
    package static func of(_ text: some StringProtocol) -> Language {
        var cjk = 0
        var latin = 0
        var kana = false
        for scalar in text.unicodeScalars.prefix(4_000) {
            if scalar.isCJK {
                cjk += 1
                kana = kana || scalar.isKana
            } else if (0x61...0x7A).contains(scalar.value | 0x20) {
                latin += 1
            }
        }
        return kana && cjk * 20 >= cjk + latin ? .japanese : .english
    }
}
