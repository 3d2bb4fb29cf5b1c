package import InvarCore
import InvarStore

extension Workspace {
    /// One entry whole.
    package func show(_ name: String) throws -> (report: ShowReport, language: Language) {
        try withStore { synced in
            let store = synced.store
            let found = try entry(name, store)
            // A link's text and its destination are one link to a reader.
            var seen: Set<LinkItem> = []
            let links = try store.links(.touching(found.row)).filter { link in
                var line = link
                line.place.position.column = 1
                return seen.insert(line).inserted
            }
            let exceptions = try found.kind == .invariant ? store.exceptions(today: today, .to([found.id])) : []
            var report = ShowReport(
                item: try item(found, store), asOf: today, text: try text(of: found), incoming: links.filter { Workspace.isIncoming($0, found) },
                outgoing: links.filter { !Workspace.isIncoming($0, found) }, exceptions: exceptions)
            if case .decision(let item, _) = report.item { report.chain = try chain(of: item, store) }
            return (report, try language(store))
        }
    }

    /// The decisions that superseded each other before and after one; those of its own folder where a number is used twice.
    func chain(of item: DecisionItem, _ store: Store) throws -> [DecisionItem] {
        var chain = [item]
        var known: Set<String> = [item.decision.id]
        var open = [item]
        while let current = open.popLast() {
            for id in current.supersedes + current.supersededBy where known.insert(id).inserted {
                let found = try store.entries(named: EntryName.key(id: id)).filter { $0.kind == .decision }
                let folder = RelativePath.folder(current.path)
                guard let row = (found.first { RelativePath.folder($0.path) == folder } ?? found.first)?.row,
                    let next = try store.decisions(entries: [row]).first
                else { continue }
                chain.append(next)
                open.append(next)
            }
        }
        return chain
    }

    private static func isIncoming(_ link: LinkItem, _ entry: FoundEntry) -> Bool {
        link.target == entry.id || link.target.hasPrefix(entry.id + ".")
    }

    private func item(_ found: FoundEntry, _ store: Store) throws -> ShowReport.Item {
        switch found.kind {
        case .invariant:
            guard let item = try store.invariants(ids: [found.id]).first(where: { $0.path == found.path }) else { break }
            return .invariant(item)
        case .decision:
            guard let item = try store.decisions(entries: [found.row]).first else { break }
            let exceptions = try store.exceptions(today: today, .by(found.row))
            return .decision(item, exceptions)
        case .note:
            guard let item = try store.notes(sprints: configuration.sprints, entries: [found.row]).first else { break }
            return .note(item)
        }
        throw Failure("\(found.id) vanished while it was read", hint: "run the command again")
    }

    /// The entry's lines as they stand in the file now.
    private func text(of entry: FoundEntry) throws -> String {
        let loaded = try FileSystem.read(root + "/" + entry.path)
        let encoding = configuration.encodings.first { $0.glob.matches(entry.path) }
        let bytes = try encoding.map { encoding in try Transcoding.utf8(loaded, from: encoding.name) } ?? loaded
        let lines = LineTable(bytes)
        let span = lines.range(ofLine: entry.lines.lowerBound).lowerBound..<lines.range(ofLine: min(entry.lines.upperBound, lines.count)).upperBound
        let text = String(decoding: bytes[span], as: UTF8.self)
        return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }
}
