import InvarCore

/// The links of a document's entries: typed ones first, then plain mentions that say no more than those.
struct DocumentLinks {
    private let file: MarkdownFile
    /// Stretches of lines of code and raw HTML, where an id is an example; in order.
    private let silent: [ClosedRange<Int>]
    /// Links to Markdown files, in the order of their lines.
    private let fileLinks: [Markdown.InlineLink]

    init(_ file: MarkdownFile) {
        self.file = file
        var silent: [ClosedRange<Int>] = []
        var fileLinks: [Markdown.InlineLink] = []
        let blocks = file.markdown.blocks
        for index in blocks.indices {
            if blocks[index].kind == .code || blocks[index].kind == .html {
                silent.append(blocks[index].line...max(blocks[index].line, blocks[index].endLine))
            }
            guard !blocks[index].links.isEmpty else { continue }
            fileLinks += blocks[index].links.filter { $0.destination.hasSuffix(".md") || $0.destination.contains(".md#") }
        }
        self.silent = DocumentLinks.merged(silent)
        self.fileLinks = fileLinks.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
    }

    /// Stretches in order, those that overlap as one.
    private static func merged(_ stretches: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        var merged: [ClosedRange<Int>] = []
        for stretch in stretches.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, stretch.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, stretch.upperBound)
            } else {
                merged.append(stretch)
            }
        }
        return merged
    }

    /// Links of text that belongs to no entry, on stretches of lines.
    func links(lines: [ClosedRange<Int>]) -> [Link] {
        mentions(on: lines)
    }

    func links(of entry: Entry, lines: ClosedRange<Int>) -> [Link] {
        let links = entry.links + typed(entry)
        let named = Set(links.map { Spot(key: $0.key, line: $0.position.line) })
        let own = EntryName.key(id: entry.id)
        let others = mentions(on: [lines]).compactMap { mention -> Link? in
            if mention.key == own || mention.key.hasPrefix(own + ".") || named.contains(Spot(key: mention.key, line: mention.position.line)) { return nil }
            return retyped(mention, in: entry)
        }
        let all = links + others
        guard all.count > 1 else { return all }
        return all.sorted { ($0.position, $0.kind.rawValue, $0.key) < ($1.position, $1.kind.rawValue, $1.key) }
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

    private func mentions(on lines: [ClosedRange<Int>]) -> [Link] {
        let spoken = lines.flatMap(spoken)
        let links = MentionScanner.mentions(in: file, lines: spoken)
        guard !fileLinks.isEmpty else { return links }
        return links + references(on: spoken, besides: links)
    }

    /// Links to other Markdown files on lines of prose.
    private func references(on lines: [ClosedRange<Int>], besides mentions: [Link]) -> [Link] {
        let named = Dictionary(grouping: mentions, by: \.position.line)
        var links: [Link] = []
        for stretch in lines {
            for link in fileLinks[first(fromLine: stretch.lowerBound)...].prefix(while: { $0.line <= stretch.upperBound }) {
                guard let path = RelativePath.resolve(link.destination, from: file.path), path != file.path else { continue }
                // `[ADR-0003](0003-x.md)` is one mention, by its id. No line that a person wrote names a hundred.
                if let there = named[link.line]?.prefix(100), there.contains(where: { isNamed($0, in: link) }) { continue }
                links.append(Link(.mentions, target: path, key: EntryName.key(path: path), position: Position(line: link.line)))
            }
        }
        return links
    }

    private func first(fromLine line: Int) -> Int {
        var low = 0
        var high = fileLinks.count
        while low < high {
            let middle = (low + high) / 2
            if fileLinks[middle].line < line { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The parts of a stretch of lines that are neither code nor raw HTML.
    private func spoken(_ lines: ClosedRange<Int>) -> [ClosedRange<Int>] {
        var found: [ClosedRange<Int>] = []
        var next = lines.lowerBound
        for code in silent[firstSilent(fromLine: lines.lowerBound)...] {
            guard code.lowerBound <= lines.upperBound else { break }
            if code.lowerBound > next { found.append(next...(code.lowerBound - 1)) }
            next = max(next, code.upperBound + 1)
        }
        if next <= lines.upperBound { found.append(next...lines.upperBound) }
        return found
    }

    /// The first silent stretch that may reach a line.
    private func firstSilent(fromLine line: Int) -> Int {
        var low = 0
        var high = silent.count
        while low < high {
            let middle = (low + high) / 2
            if silent[middle].upperBound < line { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func isNamed(_ mention: Link, in link: Markdown.InlineLink) -> Bool {
        // The shortest spelling that the id is likely to have in a link's text.
        let id = mention.key.hasPrefix("ADR-") ? String(mention.key.dropFirst(4)) : mention.key
        return link.text.holds(id) && link.text.contains(id)
    }
}
