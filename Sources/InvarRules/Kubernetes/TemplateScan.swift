import InvarCore
import InvarSyntax

/// Manifests that only become YAML when they are rendered, read line by line for what they say outright.
enum TemplateScan {
    /// A line `key: value` without placeholders.
    struct Line {
        let artifact: Artifact
        /// The `kind:` of its document, "" when it is a placeholder.
        let kind: String
        let key: String
        let value: String
        let position: Position

        func match(_ message: Wording, hint: Wording?) -> Match {
            let end = Position(line: position.line, column: position.column + value.unicodeScalars.count)
            var match = artifact.match(at: position, to: end, message, hint: hint)
            match.key = kind + "/" + key
            return match
        }
    }

    /// The wanted keys of all templates, in what could not be parsed of them.
    static func lines(of keys: Set<String>, in group: FileGroup) -> [Line] {
        group.artifacts.flatMap { artifact -> [Line] in
            guard case .manifest(let stream) = artifact.content, !stream.unread.isEmpty, TemplateMarks.occur(in: artifact.bytes) else { return [] }
            return lines(of: keys, in: artifact, stream.unread)
        }
    }

    private static func lines(of keys: Set<String>, in artifact: Artifact, _ unread: [ClosedRange<Int>]) -> [Line] {
        let bytes = artifact.bytes
        let wanted = keys.map { Array($0.utf8) }
        guard wanted.contains(where: { ByteSearch.firstIndex(of: $0, in: bytes) != nil }) else { return [] }
        var found: [Line] = []
        var kind = ""
        var ahead = unread[...]
        for line in 1...artifact.lines.count {
            let range = artifact.lines.range(ofLine: line)
            if bytes[range].starts(with: separator) { kind = "" }
            guard let (key, value) = member(bytes, range) else { continue }
            if key.lowerBound == range.lowerBound, bytes[key].elementsEqual(kindKey) { kind = text(bytes, value) ?? "" }
            while let range = ahead.first, range.upperBound < line { ahead.removeFirst() }
            guard ahead.first?.contains(line) ?? false, wanted.contains(where: { bytes[key].elementsEqual($0) }), let text = text(bytes, value) else {
                continue
            }
            let position = artifact.lines.position(at: value.lowerBound, in: bytes)
            found.append(Line(artifact: artifact, kind: kind, key: String(decoding: bytes[key], as: UTF8.self), value: unquoted(text), position: position))
        }
        return found
    }

    private static let separator = Array("---".utf8)
    private static let kindKey = Array("kind".utf8)

    /// The key and the value of `key: value`, also after `- `; nil for another line.
    private static func member(_ bytes: [UInt8], _ range: Range<Int>) -> (key: Range<Int>, value: Range<Int>)? {
        var start = range.lowerBound
        while start < range.upperBound, bytes[start] == 0x20 || (bytes[start] == 0x2D && start + 1 < range.upperBound && bytes[start + 1] == 0x20) {
            start += 1
        }
        var colon = start
        while colon < range.upperBound, isKey(bytes[colon]) { colon += 1 }
        guard colon > start, colon < range.upperBound, bytes[colon] == 0x3A else { return nil }
        var from = colon + 1
        while from < range.upperBound, bytes[from] == 0x20 { from += 1 }
        var end = from
        while end < range.upperBound, bytes[end] != 0x0A, bytes[end] != 0x0D, !(bytes[end] == 0x23 && bytes[end - 1] == 0x20) { end += 1 }
        while end > from, bytes[end - 1] == 0x20 { end -= 1 }
        return (start..<colon, from..<end)
    }

    private static func isKey(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F || byte == 0x2D || byte == 0x2E
            || byte == 0x2F
    }

    /// nil for an empty value and for one with a placeholder.
    private static func text(_ bytes: [UInt8], _ range: Range<Int>) -> String? {
        range.isEmpty || bytes[range].contains(0x7B) ? nil : String(decoding: bytes[range], as: UTF8.self)
    }

    private static func unquoted(_ value: String) -> String {
        guard value.utf8.count >= 2, let first = value.utf8.first, first == value.utf8.last, first == 0x22 || first == 0x27 else { return value }
        return String(value.dropFirst().dropLast())
    }
}
