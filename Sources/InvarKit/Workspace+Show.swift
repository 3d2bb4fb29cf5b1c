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
            let report = ShowReport(
                item: try item(found, store), asOf: today, text: try text(of: found), incoming: links.filter { Workspace.isIncoming($0, found) },
                outgoing: links.filter { !Workspace.isIncoming($0, found) }, exceptions: exceptions)
            return (report, try language(store))
        }
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
