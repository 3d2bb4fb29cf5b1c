import InvarCore

/// A manifest file → its objects.
package enum KubernetesObjectReader {
    package static func objects(of artifact: Artifact, isPatch: Bool) -> [KubernetesObject] {
        guard case .manifest(let stream) = artifact.content, !stream.documents.isEmpty else { return [] }
        let hasMerges = ByteSearch.firstIndex(of: Array("<<".utf8), in: artifact.bytes) != nil
        let template = TemplateLines(artifact)
        var found: [KubernetesObject] = []
        var waiting: [(value: YAML, last: Int)] = []
        for index in stream.documents.indices.reversed() {
            let first = stream.documents[index].position.line
            let next = index + 1 < stream.documents.count ? stream.documents[index + 1].position.line - 1 : artifact.lines.count
            let broken = stream.unread.first { $0.lowerBound > first }
            waiting.append((stream.documents[index], min(next, broken.map { $0.lowerBound - 1 } ?? next)))
        }
        while let (raw, last) = waiting.popLast() {
            guard raw.value("kind") != nil, raw.value("apiVersion") != nil else { continue }
            let value = hasMerges ? raw.merged : raw
            if let items = listed(in: value) {
                for index in items.indices.reversed() {
                    let end = index + 1 < items.count ? items[index + 1].position.line - 1 : last
                    waiting.append((items[index], max(end, items[index].position.line)))
                }
                continue
            }
            let lines = trimmed(value.position.line...max(value.position.line, last), artifact)
            let object = KubernetesObject(
                value, path: artifact.path, lines: lines, isTemplate: template.occurs(in: lines),
                isPatch: isPatch || value.value("$patch") != nil)
            if let object { found.append(object) }
        }
        return found
    }

    private static func listed(in value: YAML) -> [YAML]? {
        guard let kind = value.value("kind")?.text else { return nil }
        if kind == "Template", let objects = value.value("objects"), case .list(let items) = objects.content { return items }
        guard kind.hasSuffix("List"), let list = value.value("items"), case .list(let items) = list.content else { return nil }
        return items
    }

    /// Without the blank lines, comments and separators before the next document.
    private static func trimmed(_ lines: ClosedRange<Int>, _ artifact: Artifact) -> ClosedRange<Int> {
        var last = min(lines.upperBound, artifact.lines.count)
        while last > lines.lowerBound {
            let range = artifact.lines.range(ofLine: last)
            guard let first = artifact.bytes[range].first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
                last -= 1
                continue
            }
            guard first == 0x23 || artifact.bytes[range].starts(with: [0x2D, 0x2D, 0x2D]) else { break }
            last -= 1
        }
        return lines.lowerBound...max(lines.lowerBound, last)
    }
}

/// Lines on which a template puts a value in place of YAML, as opposed to a text that only holds braces.
struct TemplateLines {
    /// 1-based, in order.
    private let lines: [Int]

    init(_ artifact: Artifact) {
        var lines: [Int] = []
        var offset = 0
        while let start = ByteSearch.firstIndex(of: [0x7B, 0x7B], in: artifact.bytes, from: offset) {
            let line = artifact.lines.line(at: start)
            let range = artifact.lines.range(ofLine: line)
            if TemplateLines.isValue(artifact.bytes[range.lowerBound..<start]) { lines.append(line) }
            offset = range.upperBound
        }
        self.lines = lines
    }

    func occurs(in range: ClosedRange<Int>) -> Bool {
        var low = 0
        var high = lines.count
        while low < high {
            let middle = (low + high) / 2
            if lines[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < lines.count && lines[low] <= range.upperBound
    }

    /// Whether what stands before the braces makes them a value, a part of a name, or a line of their own:
    /// `image: "registry/{{`, `- {{`, `# {{ if`; not `echo "{{`.
    private static func isValue(_ before: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: before, as: UTF8.self).drop { $0 == " " || $0 == "\t" }
        if text.isEmpty || text.hasPrefix("#") { return true }
        var rest = text
        while rest.hasPrefix("- ") { rest = rest.dropFirst(2).drop { $0 == " " } }
        if let colon = rest.firstIndex(of: ":"), !rest[..<colon].contains(" ") { rest = rest[rest.index(after: colon)...].drop { $0 == " " } }
        return !rest.contains(" ")
    }
}
