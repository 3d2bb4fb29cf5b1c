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
    package static func of(_ text: String) -> Language {
        var text = text
        return text.withUTF8 { of(utf8: $0) }
    }

    /// The same of valid UTF-8; only the first 4,000 scalars count.
    package static func of(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Language {
        var cjk = 0
        var latin = 0
        var kana = false
        var index = 0
        var scalars = 0
        while index < bytes.count, scalars < 4_000 {
            let next = UTF8Scalar(bytes, at: index)
            if next.value < 0x80 {
                if (0x61...0x7A).contains(next.value | 0x20) { latin += 1 }
            } else if next.scalar.isCJK {
                cjk += 1
                kana = kana || next.scalar.isKana
            }
            index += next.width
            scalars += 1
        }
        return kana && cjk * 20 >= cjk + latin ? .japanese : .english
    }
}
