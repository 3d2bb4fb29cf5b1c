import InvarCore

/// One sentence of a block, folded for the readers of the two languages.
struct ProseSentence {
    /// Lower case, NFKC, no spaces between CJK characters, every writing of 冪等 as 冪等. Inline code stands between
    /// `codeStart` and `codeEnd`.
    let full: [UInt8]
    /// The same length, with the inside of code as 0x01, so that no phrase is found in it.
    let bytes: [UInt8]
    /// Scalars of the block's text.
    let range: Range<Int>
    let context: ProseContext

    /// Private-use scalars, U+E000 and U+E001, that normalising leaves alone.
    static let codeStart: Unicode.Scalar = "\u{E000}"
    static let codeEnd: Unicode.Scalar = "\u{E001}"

    init(_ scalars: some Sequence<Unicode.Scalar>, range: Range<Int>, context: ProseContext = ProseContext()) {
        self.range = range
        self.context = context
        self.full = ProseSentence.folded(scalars)
        self.bytes = ProseSentence.masked(full)
    }

    /// How many cues of one kind are looked at in a sentence; more are not natural language.
    static let cueLimit = 8

    var whole: Range<Int> { 0..<bytes.count }

    /// The bytes of some scalars.
    static func utf8(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(scalars.underestimatedCount + 16)
        for scalar in scalars {
            if scalar.isASCII {
                out.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.EncodedScalar())
            }
        }
        return out
    }

    static func folded(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8] {
        foldedASCII(scalars) ?? foldedText(scalars)
    }

    /// Plain English needs no normalising; nil as soon as anything else turns up.
    private static func foldedASCII(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(scalars.underestimatedCount + 16)
        var pendingSpace = false
        for scalar in scalars {
            if scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" {
                pendingSpace = true
                continue
            }
            guard scalar.isASCII || scalar == codeStart || scalar == codeEnd else { return nil }
            if pendingSpace, !out.isEmpty { out.append(0x20) }
            pendingSpace = false
            if scalar.isASCII {
                let byte = UInt8(truncatingIfNeeded: scalar.value)
                out.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
            } else {
                out += [0xEE, 0x80, scalar == codeStart ? 0x80 : 0x81]
            }
        }
        return out
    }

    private static func foldedText(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8] {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        let folded = Folding.searchable(String(text))
        var out = String.UnicodeScalarView()
        var pendingSpace = false
        for scalar in folded.unicodeScalars {
            switch scalar {
            case " ", "\t", "\n", "\r", "\u{A0}":
                pendingSpace = true
                continue
            case "\u{200B}", "\u{200C}", "\u{200D}", "\u{FEFF}", "\u{FE0F}":
                continue
            default:
                break
            }
            if pendingSpace, let last = out.last, !(last.isCJK && scalar.isCJK) { out.append(" ") }
            pendingSpace = false
            switch scalar {
            case "\u{2018}", "\u{2019}": out.append("'")
            case "\u{201C}", "\u{201D}": out.append("\"")
            case "幂", "羃": out.append("冪")
            default: out.append(scalar)
            }
        }
        return replacing(Array(String(out).utf8))
    }

    /// べき等, ベキ等, 巾等 → 冪等.
    private static func replacing(_ bytes: [UInt8]) -> [UInt8] {
        guard spellings.isIn(bytes) else { return bytes }
        let wanted = Array("冪等".utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if let end = spellings.match(bytes, at: index, in: 0..<bytes.count) {
                out += wanted
                index = end
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return out
    }

    private static let idempotent = PhraseSet(["冪等"])
    private static let spellings = PhraseSet(["べき等", "ベキ等", "巾等"])

    private static func masked(_ bytes: [UInt8]) -> [UInt8] {
        var out = bytes
        var inside = false
        var index = 0
        while index + 2 < out.count {
            if bytes[index] == 0xEE, bytes[index + 1] == 0x80, bytes[index + 2] <= 0x81 {
                inside = bytes[index + 2] == 0x80
                index += 3
                continue
            }
            if inside { out[index] = 0x01 }
            index += 1
        }
        return out
    }

    /// Whether it holds kana: what tells a Japanese sentence from a Chinese or an English one.
    var isJapanese: Bool {
        var index = 0
        while index + 2 < bytes.count {
            if bytes[index] == 0xE3, bytes[index + 1] >= 0x81, bytes[index + 1] <= 0x83, !(bytes[index + 1] == 0x83 && bytes[index + 2] == 0xBB) { return true }
            index += 1
        }
        return ProseSentence.idempotent.isIn(bytes)
    }

    func has(_ set: PhraseSet, _ range: Range<Int>? = nil) -> Bool {
        set.isIn(bytes, range ?? whole)
    }

    /// The same with the inside of code: a key's name usually stands in code.
    func names(_ set: PhraseSet) -> Bool {
        set.isIn(full)
    }

    /// Whether inline code stands within a range.
    func hasCode(_ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index + 2 < range.upperBound {
            if bytes[index] == 0xEE, bytes[index + 1] == 0x80, bytes[index + 2] == 0x80 { return true }
            index += 1
        }
        return false
    }

    /// Whether a byte stands inside 「」, 『』 or a pair of quotation marks.
    func isQuoted(_ index: Int) -> Bool {
        var corners = 0
        var marks = 0
        var at = 0
        while at < index, at < bytes.count {
            if bytes[at] == 0x22 { marks += 1 }
            if bytes[at] == 0xE3, at + 2 < bytes.count, bytes[at + 1] == 0x80 {
                switch bytes[at + 2] {
                case 0x8C, 0x8E: corners += 1
                case 0x8D, 0x8F: corners -= 1
                default: break
                }
            }
            at += 1
        }
        return corners > 0 || (marks % 2 == 1 && bytes[min(index, bytes.count)...].contains(0x22))
    }
}

/// What stands around a sentence that decides what it means.
struct ProseContext {
    /// The first cell of its row, folded, when it stands in another cell.
    var rowSubject: [UInt8]?
    /// Whether another cell of its row says no: ×, 不可, No.
    var rowSaysNo = false
    /// Whether it stands in a list item that begins in lower case and that no full stop ends: a criterion, not a sentence.
    var isFragment = false
    /// Whether it is the only or first sentence of its block or cell.
    var isFirst = true
    /// The sentence before it in its block or cell, folded.
    var before: [UInt8] = []
    /// The heading above it, folded.
    var heading: [UInt8] = []
}
