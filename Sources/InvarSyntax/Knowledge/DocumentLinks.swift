import InvarCore

/// The links of a document's entries: typed ones first, then plain mentions that say no more than those.
struct DocumentLinks {
    private let file: MarkdownFile
    /// Lines of code and raw HTML, where an id is an example.
    private let silent: Set<Int>

    init(_ file: MarkdownFile) {
        self.file = file
        var silent: Set<Int> = []
        for block in file.markdown.blocks where block.kind == .code || block.kind == .html {
            silent.formUnion(block.line...max(block.line, block.endLine))
        }
        self.silent = silent
    }

    /// Links of text that belongs to no entry.
    func links(lines: [Int]) -> [Link] {
        mentions(on: lines)
    }

    func links(of entry: Entry, lines: ClosedRange<Int>) -> [Link] {
        var links = entry.links + typed(entry)
        let named = Set(links.map { Spot(key: $0.key, line: $0.position.line) })
        let own = EntryName.key(id: entry.id)
        links += mentions(on: Array(lines)).compactMap { mention in
            if mention.key == own || mention.key.hasPrefix(own + ".") || named.contains(Spot(key: mention.key, line: mention.position.line)) { return nil }
            return retyped(mention, in: entry)
        }
        return links.sorted { ($0.position, $0.kind.rawValue, $0.key) < ($1.position, $1.kind.rawValue, $1.key) }
    }

    private struct Spot: Hashable {
        var key: String
        var line: Int
    }

    /// What the fields of an entry point at.
    private func typed(_ entry: Entry) -> [Link] {
        switch entry.content {
        case .invariant(let invariant):
            return invariant.mergedInto.map { [Link(.relates, target: $0, key: EntryName.key(id: $0), position: invariant.position)] } ?? []
        case .decision(let decision):
            return decision.exceptions.map { exception in
                let target = exception.clause ?? exception.invariant
                return Link(.excepts, target: target, key: EntryName.key(id: target), position: exception.position)
            }
        case .note(let note):
            let yaml = file.frontMatter.yaml
            let named = (yaml?["invariants"] ?? yaml?["invariant"] ?? yaml?["violates"])?.items ?? []
            var links = named.compactMap { value -> Link? in
                guard let id = value.text.flatMap({ Identifier($0) }) else { return nil }
                return Link(note.kind.isViolation ? .violates : .mentions, target: id.text, key: EntryName.key(id: id.text), position: value.position)
            }
            for value in (yaml?["decisions"] ?? yaml?["adr"] ?? yaml?["decision"])?.items ?? [] {
                guard let text = value.text else { continue }
                let key = EntryName.key(decision: text)
                links.append(
                    Link(
                        .relates, target: key.hasPrefix("ADR-") && !Folding.identifier(text).hasPrefix("ADR-") ? "ADR-" + text : text, key: key,
                        position: value.position))
            }
            return links
        }
    }

    /// In a free-form note of a violation the ids of its text are what it violated.
    private func retyped(_ mention: Link, in entry: Entry) -> Link {
        guard case .note(let note) = entry.content, note.invariants.isEmpty, note.kind.isViolation, !mention.key.hasPrefix("ADR-"),
            !mention.key.hasPrefix("N-"), !mention.key.hasPrefix("path:")
        else { return mention }
        var link = mention
        link.kind = .violates
        return link
    }

    private func mentions(on lines: [Int]) -> [Link] {
        let spoken = lines.filter { !silent.contains($0) }
        let set = Set(spoken)
        var links = MentionScanner.mentions(in: file, lines: spoken)
        let named = Set(links.map { Spot(key: $0.key, line: $0.position.line) })
        for block in file.markdown.blocks {
            for link in block.links where set.contains(link.line) && link.destination.hasSuffix(".md") || link.destination.contains(".md#") {
                guard set.contains(link.line), let path = RelativePath.resolve(link.destination, from: file.path), path != file.path else { continue }
                // `[ADR-0003](0003-x.md)` is one mention, by its id.
                if named.contains(where: { $0.line == link.line && link.text.contains(idText(of: $0.key)) }) { continue }
                links.append(Link(.mentions, target: path, key: EntryName.key(path: path), position: Position(line: link.line)))
            }
        }
        return links
    }

    /// The shortest spelling that an id's key is likely to have in a link's text.
    private func idText(of key: String) -> String {
        key.hasPrefix("ADR-") ? String(key.dropFirst(4)) : key
    }
}
