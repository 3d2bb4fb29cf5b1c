package import InvarCore
import InvarStore
import InvarSyntax

extension Workspace {
    /// Which decisions justify an exception to an invariant, to a clause, or at a file or line.
    ///
    /// - Parameter target: an id, or `PATH` or `PATH:LINE`, which need not exist yet.
    /// - Throws: ``Failure`` for an id that does not exist.
    package func why(_ target: String) throws -> (report: WhyReport, language: Language) {
        try withStore { synced in
            let store = synced.store
            let isName = try Identifier(target) != nil || Workspace.looksLikeNumber(target) || isKnown(target, store)
            return (try isName ? why(entry: target, store) : why(place: target, store), try language(store))
        }
    }

    /// Which decisions justify that an API operation or a job breaks an invariant.
    package func why(operation: String) throws -> (report: WhyReport, language: Language) {
        try withStore { synced in
            let store = synced.store
            let exceptions = try store.exceptions(today: today).filter { item in
                item.exception.operations.isEmpty ? item.exception.paths.isEmpty : item.exception.covers(operation: operation)
            }
            let mentions = try search(phrase: operation, store, besides: Set(exceptions.map(\.decision)))
            let report = WhyReport(
                target: operation, subject: .operation(operation), asOf: today, exceptions: exceptions, mentions: mentions, violations: [])
            return (report, try language(store))
        }
    }

    private static func looksLikeNumber(_ text: String) -> Bool {
        text.allSatisfy { $0.isNumber }
    }

    /// A note's id or a decision named by its slug, which have not the shape of an id.
    private func isKnown(_ name: String, _ store: Store) throws -> Bool {
        try !store.entries(named: EntryName.key(id: name)).isEmpty
    }

    private func why(entry name: String, _ store: Store) throws -> WhyReport {
        let found = try entry(name, store)
        guard found.kind == .invariant else { return try why(found, name, store) }
        let part = Identifier(name)?.part.flatMap { part in part == found.id ? nil : part }
        let exceptions = try store.exceptions(today: today, .to([found.id])).filter { item in
            guard let part, let clause = item.exception.clause else { return true }
            return EntryName.key(id: clause) == EntryName.key(id: part)
        }
        let (mentions, violations) = try mentions(of: found, besides: Set(exceptions.map(\.decision)), store)
        let clause = try part.flatMap { part in try store.invariants(ids: [found.id]).first?.invariant.clauses.first { $0.id == part } }
        return WhyReport(
            target: part ?? found.id,
            subject: .invariant(
                id: part ?? found.id, title: found.title, clause: clause?.text,
                place: Place(path: found.path, position: Position(line: clause?.line ?? found.line))),
            asOf: today, exceptions: exceptions, mentions: mentions, violations: violations)
    }

    /// A decision: the exceptions it grants; a note: those of the invariants it is about.
    private func why(_ found: FoundEntry, _ name: String, _ store: Store) throws -> WhyReport {
        let exceptions: [ExceptionItem]
        switch found.kind {
        case .decision: exceptions = try store.exceptions(today: today, .by(found.row))
        case .invariant, .note:
            let named = try store.notes(sprints: configuration.sprints, entries: [found.row]).first?.note.invariants.compactMap { Identifier($0)?.id } ?? []
            exceptions = try store.exceptions(today: today, .to(named))
        }
        let (mentions, violations) = try mentions(of: found, besides: [], store)
        return WhyReport(
            target: found.id, subject: .entry(id: found.id, title: found.title, place: Place(path: found.path, position: Position(line: found.line))),
            asOf: today, exceptions: exceptions, mentions: mentions, violations: violations)
    }

    private func mentions(
        of found: FoundEntry, besides: Set<String>, _ store: Store
    ) throws -> (mentions: [WhyReport.Mention], violations: [WhyReport.Violation]) {
        let all = try store.mentions(of: found.row)
        let violating = Set(all.filter { $0.link == .violates }.compactMap(\.id))
        var seen = besides
        var mentions: [WhyReport.Mention] = []
        for mention in all where mention.link != .violates && !violating.contains(mention.id ?? "") {
            if let id = mention.id, !seen.insert(id).inserted { continue }
            mentions.append(WhyReport.Mention(id: mention.id, title: mention.title, place: mention.place))
        }
        let violations = try store.notes(sprints: configuration.sprints, ids: violating.sorted()).map { item in
            WhyReport.Violation(
                id: item.note.id, title: item.note.title, date: item.note.date, kind: item.note.kind,
                place: Place(path: item.path, position: item.note.position))
        }
        return (mentions, violations)
    }

    private func why(place target: String, _ store: Store) throws -> WhyReport {
        let (written, line) = Workspace.splitLine(target)
        guard let path = relativePath(written) else {
            throw Failure("\(written) is outside \(root)", hint: "an id, or a path below the root")
        }
        let exists = FileSystem.kind(root + "/" + path) != nil
        let entries = try store.entries(inFile: path)
        let here = entries.first { line.map($0.lines.contains) ?? (entries.count == 1) }
        if let here, here.kind == .invariant {
            var report = try why(entry: try clause(of: here, line, store) ?? here.id, store)
            report.target = target
            return report
        }
        // Letters without a slash or a dot were probably meant as an id.
        if !exists, !written.contains("/"), !written.contains(".") {
            let hint = Nearest.hint(for: Folding.identifier(target), among: try store.allIDs())
            throw Failure("there is no entry and no file \(target)", hint: hint ?? "name an invariant, a file, or --operation \"POST /charges\"")
        }
        let exceptions = try store.exceptions(today: today).filter { item in
            (item.exception.covers(path: path) && !(item.exception.paths.isEmpty && !item.exception.operations.isEmpty))
                || (here?.kind == .decision && item.decision == here?.id && item.path == path)
        }
        var mentions = try search(phrase: path, store, besides: Set(exceptions.map(\.decision)))
        if let line { mentions += try allowances(path, line, store, besides: Set(exceptions.map(\.decision))) }
        return WhyReport(
            target: target, subject: .file(path: path, line: line, exists: exists, entry: here?.id), asOf: today, exceptions: exceptions,
            mentions: mentions, violations: try violations(at: path, store))
    }

    /// Notes that name a place which the path is within.
    private func violations(at path: String, _ store: Store) throws -> [WhyReport.Violation] {
        try store.notes(sprints: configuration.sprints).filter { item in
            item.note.kind.isViolation && item.note.paths.contains { Glob($0).matches(path) }
        }.map { item in
            WhyReport.Violation(
                id: item.note.id, title: item.note.title, date: item.note.date, kind: item.note.kind,
                place: Place(path: item.path, position: item.note.position))
        }
    }

    /// `PATH:12` → path and line; a colon in a file name stays.
    private static func splitLine(_ target: String) -> (path: String, line: Int?) {
        guard let colon = target.lastIndex(of: ":"), let line = Int(target[target.index(after: colon)...]), line > 0 else { return (target, nil) }
        return (String(target[..<colon]), line)
    }

    private func clause(of entry: FoundEntry, _ line: Int?, _ store: Store) throws -> String? {
        guard let line, let invariant = try store.invariants(ids: [entry.id]).first(where: { $0.path == entry.path })?.invariant else { return nil }
        let next = (invariant.clauses.map(\.line) + invariant.checks.map(\.line) + [entry.lines.upperBound + 1]).filter { $0 > line }.min() ?? Int.max
        return invariant.clauses.last { $0.line <= line && line < next }?.id
    }

    /// What an `invar:allow ADR-0031` comment on the line or the line above points at.
    private func allowances(_ path: String, _ line: Int, _ store: Store, besides: Set<String>) throws -> [WhyReport.Mention] {
        guard let bytes = try? FileSystem.read(root + "/" + path, limit: 16 << 20) else { return [] }
        let table = LineTable(bytes)
        var mentions: [WhyReport.Mention] = []
        for number in [line - 1, line] where number >= 1 {
            let text = String(decoding: bytes[table.range(ofLine: number)], as: UTF8.self)
            guard let mark = text.firstRange(of: "invar:allow") else { continue }
            for word in text[mark.upperBound...].split(whereSeparator: { $0.isWhitespace || ",*/>".contains($0) }) {
                guard Folding.identifier(String(word)).hasPrefix("ADR"), let found = try store.entries(named: EntryName.key(decision: String(word))).first,
                    !besides.contains(found.id)
                else { continue }
                mentions.append(WhyReport.Mention(id: found.id, title: found.title, place: Place(path: path, position: Position(line: number))))
            }
        }
        return mentions
    }

    /// Entries whose text holds a phrase literally.
    private func search(phrase: String, _ store: Store, besides: Set<String>) throws -> [WhyReport.Mention] {
        let wanted = Folding.searchable(phrase)
        guard wanted.count > 2 else { return [] }
        var mentions: [WhyReport.Mention] = []
        try store.forEachText { text in
            guard let id = text.id, !besides.contains(id), let line = text.line(of: wanted) else { return }
            mentions.append(WhyReport.Mention(id: id, title: text.title, place: Place(path: text.path, position: Position(line: line))))
        }
        return mentions.sorted { ($0.place.path, $0.place.line) < ($1.place.path, $1.place.line) }
    }
}
