import InvarCore

/// A record as others name it.
package struct DecisionTarget: Hashable, Sendable {
    package var id: String
    package var number: String?
    package var title: String
    package var path: String

    package init(id: String, number: String?, title: String, path: String) {
        self.id = id
        self.number = number
        self.title = title
        self.path = path
    }

    /// Whether a link leads here, by id or by file.
    package func isNamed(by key: String) -> Bool {
        key == EntryName.key(id: id) || key == EntryName.key(path: path)
    }
}

/// How records name each other in a collection: `[ADR-0012](0012-x.md)`, `[12. Use X](0012-use-x.md)`, `ADR-12`.
struct DecisionReference: Hashable, Sendable {
    enum Words: Hashable, Sendable {
        /// What stands before the number, and whether it keeps its zeros.
        case number(prefix: String, isPadded: Bool)
        /// `12. Use X`, or `ADR-0012: Use X` with its prefix and joint.
        case titled(prefix: String, isPadded: Bool, joint: String)
        case title
        /// The name of the file, with or without its ending.
        case file(hasEnding: Bool)
    }

    enum Frame: Hashable, Sendable {
        case plain
        /// To the file; `./` may stand in front.
        case link(lead: String)
        case wiki
    }

    var words: Words
    var frame: Frame

    static let standard = DecisionReference(words: .number(prefix: "ADR-", isPadded: true), frame: .link(lead: ""))

    /// The text by which the file at `path` names a record.
    func text(_ target: DecisionTarget, from path: String) -> String {
        let words = text(of: target)
        switch frame {
        case .plain: return words
        case .wiki: return "[[" + words + "]]"
        case .link(let lead):
            let way = RelativePath.way(from: path, to: target.path)
            let address = (way.hasPrefix("../") ? "" : lead) + way
            let isPlain = !address.unicodeScalars.contains { " ()<>".unicodeScalars.contains($0) }
            let escaped = words.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
            return "[" + escaped + "](" + (isPlain ? address : "<" + address + ">") + ")"
        }
    }

    private func text(of target: DecisionTarget) -> String {
        let stem = RelativePath.stem(target.path)
        switch words {
        case .number(let prefix, let isPadded):
            guard let number = target.number else { return stem }
            return prefix + (isPadded ? number : DecisionReference.unpadded(number))
        case .titled(let prefix, let isPadded, let joint):
            guard let number = target.number else { return target.title }
            return prefix + (isPadded ? number : DecisionReference.unpadded(number)) + joint + target.title
        case .title: return target.title
        case .file(let hasEnding): return hasEnding ? RelativePath.name(target.path) : stem
        }
    }

    /// Without leading zeros; what is no number, or all zeros, stays.
    static func unpadded(_ number: String) -> String {
        let rest = number.drop { $0 == "0" }
        return rest.isEmpty || !rest.allSatisfy(\.isNumber) ? number : String(rest)
    }

    /// What a reference looks like, from its text and, for a link, its destination.
    init?(_ text: String, destination: String?, isWiki: Bool = false) {
        frame = isWiki ? .wiki : destination.map { .link(lead: $0.hasPrefix("./") ? "./" : "") } ?? .plain
        let file = destination.map { RelativePath.name(String($0.prefix { $0 != "#" })) }
        if let file, text == file || text == RelativePath.stem(file) {
            words = .file(hasEnding: text == file && text != RelativePath.stem(file))
            return
        }
        let scalars = Array(text.unicodeScalars)
        guard let start = scalars.firstIndex(where: \.isASCIIDigit) else {
            guard destination != nil, !text.isEmpty else { return nil }
            words = .title
            return
        }
        var end = start
        while end < scalars.count, scalars[end].isASCIIDigit || (scalars[end] == "-" && end + 1 < scalars.count && scalars[end + 1].isASCIIDigit) { end += 1 }
        let prefix = DecisionHeading.string(scalars[..<start])
        let folded = Folding.searchable(prefix).trimmingBlanks
        guard folded.isEmpty || (folded.hasPrefix("adr") && folded.utf8.count <= 5) else {
            guard destination != nil else { return nil }
            words = .title
            return
        }
        let isPadded = scalars[start] == "0" || end - start >= 4
        let rest = scalars[end...]
        let joint = rest.prefix { $0.isBlank || ".:-—–：|".unicodeScalars.contains($0) }
        if joint.count == rest.count {
            words = .number(prefix: prefix, isPadded: isPadded)
        } else if !joint.isEmpty {
            words = .titled(prefix: prefix, isPadded: isPadded, joint: DecisionHeading.string(joint))
        } else {
            return nil
        }
    }

    private init(words: Words, frame: Frame) {
        self.words = words
        self.frame = frame
    }

    /// The same words without a link, as front matter has them.
    var bare: DecisionReference { DecisionReference(words: words, frame: .plain) }
}
