import InvarCore

/// The visible words of a stretch of Markdown, each with the byte it comes from.
///
/// The flattened blocks know what a reader sees but not where exactly, nor what was struck through; statuses and links
/// need both. Emphasis marks, comments, tags and struck-through text are left out, links keep their text.
struct InlineSource: Sendable {
    /// A link whose text is `range` of the scalars; `[[name]]` is one with `isWiki`.
    struct Anchor: Sendable {
        var range: Range<Int>
        var destination: String
        var isWiki: Bool
        /// The byte of its opening bracket.
        var offset: Int
    }

    private(set) var scalars: [Unicode.Scalar] = []
    /// The same, one for one, in ASCII width and lower case.
    private(set) var folded: [Unicode.Scalar] = []
    private(set) var offsets: [Int] = []
    private(set) var anchors: [Anchor] = []

    /// Reads the ranges of `bytes`, one a source line, with a line break between them.
    ///
    /// - Parameter definitions: destinations of reference links by their text, as the Markdown parser resolved them.
    init(_ bytes: [UInt8], _ ranges: [Range<Int>], definitions: [String: String] = [:]) {
        var raw = RawScalars(capacity: ranges.reduce(0) { $0 + $1.count + 1 })
        bytes.withUnsafeBufferPointer { bytes in
            for range in ranges {
                if !raw.scalars.isEmpty { raw.append("\n", at: range.lowerBound) }
                let line = UnsafeBufferPointer(rebasing: bytes[range])
                var index = 0
                while index < line.count {
                    let next = UTF8Scalar(line, at: index)
                    if next.value != 0x0A, next.value != 0x0D { raw.append(next.scalar, at: range.lowerBound + index) }
                    index += next.width
                }
            }
        }
        read(raw, definitions: definitions)
    }

    /// Reads a text of its own, such as a YAML scalar; offsets are those of its UTF-8.
    init(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(bytes, [0..<bytes.count])
    }

    /// The words of a range, line breaks joined, without white space around them.
    func text(_ range: Range<Int>) -> String {
        let text = DecisionHeading.string(scalars[range]).trimmingBlanks
        return text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) ? Wrapping.joined(text) : text
    }

    var all: Range<Int> { 0..<scalars.count }

    /// A scalar in ASCII width and lower case, every hyphen the ASCII one.
    static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x41...0x5A: Unicode.Scalar(UInt8(scalar.value + 0x20))
        case 0xFF01...0xFF5E: fold(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
        case 0x3000, 0xA0, 0x09: " "
        case 0x2010...0x2013, 0x2212: "-"
        default: scalar
        }
    }
}

/// Scalars with the bytes they come from, before any mark is read.
private struct RawScalars {
    private(set) var scalars: [Unicode.Scalar] = []
    private(set) var offsets: [Int] = []
    private var hasBrackets = false

    init(capacity: Int) {
        scalars.reserveCapacity(capacity)
        offsets.reserveCapacity(capacity)
    }

    mutating func append(_ scalar: Unicode.Scalar, at offset: Int) {
        if scalar == "[" { hasBrackets = true }
        scalars.append(scalar)
        offsets.append(offset)
    }

    /// For each `[` that is closed, the index of its `]`.
    func brackets() -> [Int: Int] {
        guard hasBrackets else { return [:] }
        var open: [Int] = []
        var closed: [Int: Int] = [:]
        var index = 0
        while index < scalars.count {
            switch scalars[index] {
            case "\\": index += 1
            case "[": open.append(index)
            case "]": if let start = open.popLast() { closed[start] = index }
            default: break
            }
            index += 1
        }
        return closed
    }

    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    func starts(_ prefix: String, at index: Int) -> Bool {
        var position = index
        for scalar in prefix.unicodeScalars {
            guard position < scalars.count, InlineSource.fold(scalars[position]) == scalar else { return false }
            position += 1
        }
        return true
    }

    /// The index of `text` at or after `start`.
    func find(_ text: String, from start: Int) -> Int? {
        guard let first = text.unicodeScalars.first else { return nil }
        var index = start
        while index < scalars.count {
            if InlineSource.fold(scalars[index]) == first, starts(text, at: index) { return index }
            index += 1
        }
        return nil
    }
}

extension InlineSource {
    private mutating func read(_ raw: RawScalars, definitions: [String: String]) {
        let brackets = raw.brackets()
        scalars.reserveCapacity(raw.scalars.count)
        folded.reserveCapacity(raw.scalars.count)
        offsets.reserveCapacity(raw.scalars.count)
        var closers: [Int: Int] = [:]  // index of a link's `]` → where reading goes on
        var openAnchors: [(start: Int, destination: String, offset: Int)] = []
        // What was once looked for in vain is not looked for again: unclosed marks must not cost quadratic time.
        var searches = FailedSearches()
        var inCode = false
        var index = 0
        while index < raw.scalars.count {
            let scalar = raw.scalars[index]
            if scalar == "]", let next = closers[index] {
                if let anchor = openAnchors.popLast() {
                    anchors.append(
                        Anchor(
                            range: anchor.start..<scalars.count, destination: anchor.destination, isWiki: false,
                            offset: anchor.offset))
                }
                index = next
                continue
            }
            if !inCode, scalar.value < 0x80, let next = skipMark(raw, at: index, &searches) {
                index = next
                continue
            }
            switch scalar {
            case "`":
                inCode.toggle()
            case "[" where !inCode:
                if let end = readWiki(raw, at: index) {
                    index = end
                    continue
                }
                guard let close = brackets[index] else { fallthrough }
                if let link = InlineSource.link(raw, open: index, close: close, definitions) {
                    closers[close] = link.next
                    openAnchors.append((scalars.count, link.destination, raw.offsets[index]))
                } else {
                    append(scalar, raw.offsets[index])
                }
            default:
                append(scalar, raw.offsets[index])
            }
            index += 1
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar, _ offset: Int) {
        scalars.append(scalar)
        folded.append(InlineSource.fold(scalar))
        offsets.append(offset)
    }

    /// Where reading goes on after a mark at `index` that shows nothing; nil when there is none.
    private mutating func skipMark(_ raw: RawScalars, at index: Int, _ searches: inout FailedSearches) -> Int? {
        switch raw.scalars[index] {
        case "\\":
            guard index + 1 < raw.scalars.count, raw.scalars[index + 1].isASCII,
                !raw.scalars[index + 1].properties.isAlphabetic, raw.scalars[index + 1] != "\n"
            else { return nil }
            append(raw.scalars[index + 1], raw.offsets[index + 1])
            return index + 2
        case "*":
            let isMark = raw.isTouching(index, before: false) || raw.isTouching(index, before: true)
            return isMark ? index + 1 : nil
        case "_":
            return raw.isWord(index - 1) && raw.isWord(index + 1) ? nil : index + 1
        case "~" where raw.starts("~~", at: index):
            guard let end = searches.find("~~", in: raw, from: index + 2) else { return index + 2 }
            return end + 2
        case "!" where raw.starts("![", at: index):
            return index + 1
        case "<":
            return skipTag(raw, at: index, &searches)
        case "&" where raw.starts("&nbsp;", at: index):
            append(" ", raw.offsets[index])
            return index + 6
        default:
            return nil
        }
    }

    private static let tags = [
        "a", "b", "br", "code", "del", "div", "em", "font", "i", "img", "kbd", "mark", "p", "s", "small", "span",
        "strike", "strong", "sub", "sup", "td", "th", "tr", "u",
    ]

    /// Comments and known tags show nothing, `<del>` hides what it holds; `<Proposed>` is text.
    private mutating func skipTag(_ raw: RawScalars, at index: Int, _ searches: inout FailedSearches) -> Int? {
        if raw.starts("<!--", at: index) {
            return searches.find("-->", in: raw, from: index + 4).map { $0 + 3 } ?? raw.scalars.count
        }
        var position = index + 1
        if position < raw.scalars.count, raw.scalars[position] == "/" { position += 1 }
        let start = position
        while position < raw.scalars.count, raw.isWord(position), position - start < 8 { position += 1 }
        let name = raw.text(start..<position).lowercased()
        guard InlineSource.tags.contains(name), let end = searches.find(">", in: raw, from: position) else { return nil }
        if name == "br" { append("\n", raw.offsets[index]) }
        if ["del", "s", "strike"].contains(name), start == index + 1 {
            if let close = searches.find("</" + name + ">", in: raw, from: end) { return close + name.count + 3 }
        }
        return end + 1
    }

    /// Reads `[[name|label]]` and returns where it ends.
    private mutating func readWiki(_ raw: RawScalars, at index: Int) -> Int? {
        guard raw.starts("[[", at: index) else { return nil }
        var end = index + 2
        while end < raw.scalars.count, end - index < 200, raw.scalars[end] != "]", raw.scalars[end] != "\n" { end += 1 }
        guard end > index + 2, raw.starts("]]", at: end) else { return nil }
        let start = scalars.count
        var name = String.UnicodeScalarView()
        var inLabel = false
        for position in (index + 2)..<end {
            if raw.scalars[position] == "|" { inLabel = true }
            if !inLabel { name.append(raw.scalars[position]) }
            append(raw.scalars[position], raw.offsets[position])
        }
        anchors.append(
            Anchor(range: start..<scalars.count, destination: String(name), isWiki: true, offset: raw.offsets[index]))
        return end + 2
    }

    /// The destination of the link whose text is in the brackets, and where reading goes on after it.
    private static func link(
        _ raw: RawScalars, open: Int, close: Int, _ definitions: [String: String]
    ) -> (destination: String, next: Int)? {
        if close + 1 < raw.scalars.count, raw.scalars[close + 1] == "(" {
            guard let found = destination(raw, from: close + 2) else { return nil }
            return found
        }
        guard !definitions.isEmpty, close - open < 300 else { return nil }
        let text = raw.text((open + 1)..<close).filter { !"*`".contains($0) }.trimmingBlanks
        guard let found = definitions[text] else { return nil }
        guard close + 1 < raw.scalars.count, raw.scalars[close + 1] == "[" else { return (found, close + 1) }
        var end = close + 2
        while end < raw.scalars.count, end - close < 300, raw.scalars[end] != "]" { end += 1 }
        return (found, min(end + 1, raw.scalars.count))
    }

    /// `path "title")` or `<path with spaces>)`, balanced parentheses included.
    private static func destination(_ raw: RawScalars, from start: Int) -> (destination: String, next: Int)? {
        var depth = 0
        var index = start
        var out = String.UnicodeScalarView()
        var inTitle = false
        let isAngled = start < raw.scalars.count && raw.scalars[start] == "<"
        while index < raw.scalars.count, index - start < 2000 {
            let scalar = raw.scalars[index]
            if scalar == "(" { depth += 1 }
            if scalar == ")" {
                if depth == 0 { return (String(out).trimmingBlanks, index + 1) }
                depth -= 1
            }
            if scalar == "\n" || (scalar == " " && !isAngled && !out.isEmpty) { inTitle = true }
            if isAngled, scalar == ">" { inTitle = true }
            if !inTitle, !(isAngled && scalar == "<") { out.append(scalar) }
            index += 1
        }
        return nil
    }
}

/// Remembers up to where a closing mark was looked for in vain.
private struct FailedSearches {
    private var failed: Set<String> = []

    mutating func find(_ text: String, in raw: RawScalars, from start: Int) -> Int? {
        if failed.contains(text) { return nil }
        let found = raw.find(text, from: start)
        if found == nil { failed.insert(text) }
        return found
    }
}

extension RawScalars {
    func isWord(_ index: Int) -> Bool {
        guard scalars.indices.contains(index) else { return false }
        return scalars[index].isASCIIWord
    }

    /// Whether something other than a space stands beside the mark: `a * b` is no emphasis.
    func isTouching(_ index: Int, before: Bool) -> Bool {
        let neighbour = before ? index - 1 : index + 1
        guard scalars.indices.contains(neighbour) else { return false }
        return scalars[neighbour] != " " && scalars[neighbour] != "\n"
    }
}

extension Unicode.Scalar {
    var isASCIIDigit: Bool { value >= 0x30 && value <= 0x39 }
    var isASCIILetter: Bool { (value >= 0x41 && value <= 0x5A) || (value >= 0x61 && value <= 0x7A) }
    var isASCIIWord: Bool { isASCIIDigit || isASCIILetter }
    var isBlank: Bool { self == " " || self == "\n" || self == "\t" || self == "\u{3000}" || self == "\u{A0}" }
}
