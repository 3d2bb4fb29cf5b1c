package import InvarCore
import InvarStore

/// What a list is restricted to; only the filters that its kind knows may be set.
package struct ListFilter: Sendable {
    package var status: String?
    package var area: String?
    package var since: Day?
    package var until: Day?
    package var state: Exception.State?
    package var invariant: String?
    package var sprint: String?
    package var dangling = false
    /// Exceptions that end within so many days from today, or ended already but still stand.
    package var expiring: Int?

    package init() {}

    /// The options set, by their names on the command line.
    private var used: [String] {
        [
            ("--status", status != nil), ("--area", area != nil), ("--since", since != nil), ("--until", until != nil), ("--state", state != nil),
            ("--invariant", invariant != nil), ("--sprint", sprint != nil), ("--dangling", dangling), ("--expiring", expiring != nil),
        ].filter(\.1).map(\.0)
    }

    fileprivate func check(_ kind: ListKind) throws(Failure) {
        let known = kind.filters
        for option in used where !known.contains(option) {
            throw Failure("\(option) means nothing for \(kind.rawValue)", hint: "it takes \(known.joined(separator: ", "))")
        }
    }
}

/// What `list` can list.
package enum ListKind: String, Sendable, CaseIterable {
    case invariants, decisions, notes, exceptions, links

    fileprivate var filters: [String] {
        switch self {
        case .invariants: ["--status", "--area", "--invariant"]
        case .decisions: ["--status", "--since", "--until", "--invariant"]
        case .notes: ["--since", "--until", "--invariant", "--sprint", "--status"]
        case .exceptions: ["--state", "--invariant", "--until", "--since", "--expiring"]
        case .links: ["--dangling", "--invariant"]
        }
    }
}

extension Workspace {
    /// Entries of one kind, filtered, in their stated order.
    package func list(_ kind: ListKind, _ filter: ListFilter) throws -> (report: ListReport, language: Language) {
        try filter.check(kind)
        return try withStore { synced in
            let items = try items(kind, filter, synced.store)
            return (ListReport(items: items, asOf: today, findings: try findings(synced)), try language(synced.store))
        }
    }

    private func items(_ kind: ListKind, _ filter: ListFilter, _ store: Store) throws -> ListReport.Items {
        let wanted = try filter.invariant.map { try resolvedInvariant($0, store) }
        switch kind {
        case .invariants:
            let status = try filter.status.map { try value($0, of: Invariant.Status.self, "--status") }
            return .invariants(
                try store.invariants(ids: wanted.map { [$0.id] }).filter { item in
                    (status.map { item.invariant.status == $0 } ?? true) && (filter.area.map { Workspace.contains(item.invariant.area, $0) } ?? true)
                })
        case .decisions:
            let status = try filter.status.map { try value($0, of: Decision.Status.self, "--status") }
            let naming = try wanted.map { wanted in Set(try store.links(.touching(wanted.row)).map(\.source)) }
            return .decisions(
                try store.decisions().filter { item in
                    (status.map { item.status == $0 } ?? true) && filter.includes(item.decision.date) && (naming?.contains(item.decision.id) ?? true)
                })
        case .notes:
            let kind = try filter.status.map { try value($0, of: Note.Kind.self, "--status") }
            let sprint = try filter.sprint.map(sprint)
            return .notes(
                try store.notes(sprints: configuration.sprints).filter { item in
                    (kind.map { item.note.kind == $0 } ?? true) && filter.includes(item.note.date)
                        && (sprint.map { sprint in item.note.date.map { sprint.start <= $0 && $0 <= sprint.end } ?? false } ?? true)
                        && (wanted.map { wanted in item.note.invariants.contains { Workspace.names($0, wanted, filter.invariant) } } ?? true)
                })
        case .exceptions:
            return .exceptions(
                try store.exceptions(today: today, wanted.map { .to([$0.id]) } ?? .all).filter { item in
                    (filter.state.map { item.state == $0 } ?? true) && filter.includes(until: item.exception.until)
                        && (filter.expiring.map { isExpiring(item, within: $0) } ?? true)
                        && (filter.invariant.map { Workspace.covers(item, $0) } ?? true)
                })
        case .links:
            let links = try filter.dangling ? store.links(.dangling) : wanted.map { try store.links(.touching($0.row)) } ?? store.links()
            return .links(links)
        }
    }

    /// A filter by clause keeps what names that clause or the invariant as a whole.
    private static func names(_ text: String, _ wanted: FoundEntry, _ asked: String?) -> Bool {
        let key = EntryName.key(id: text)
        let asked = EntryName.key(id: asked ?? wanted.id)
        return key == asked || (asked == EntryName.key(id: wanted.id) && key.hasPrefix(asked + "."))
    }

    private static func covers(_ item: ExceptionItem, _ asked: String) -> Bool {
        guard let clause = item.exception.clause, let part = Identifier(asked)?.part else { return true }
        return EntryName.key(id: clause) == EntryName.key(id: part)
    }

    private func isExpiring(_ item: ExceptionItem, within days: Int) -> Bool {
        guard let until = item.exception.until, item.state == .active || item.state == .expired else { return false }
        return until <= today + days
    }

    private static func contains(_ text: String?, _ words: String) -> Bool {
        Folding.searchable(text ?? "").contains(Folding.searchable(words))
    }

    /// The sprint of a name.
    func sprint(_ name: String) throws(Failure) -> Sprint {
        if let sprint = configuration.sprints.sprint(named: name) { return sprint }
        throw Failure(
            configuration.sprints == .none ? "no sprints are configured" : "there is no sprint \(name)",
            hint: configuration.sprints == .none ? "add sprints: to \(Configuration.fileName)" : "names follow sprints: in \(Configuration.fileName)")
    }

    private func value<T: RawRepresentable<String> & CaseIterable>(_ text: String, of type: T.Type, _ option: String) throws(Failure) -> T {
        if let value = T(rawValue: text.lowercased()) { return value }
        let all = T.allCases.map(\.rawValue)
        throw Failure("\(text) is no value of \(option)", hint: Nearest.hint(for: text, among: all) ?? "one of \(all.joined(separator: ", "))")
    }
}

extension ListFilter {
    fileprivate func includes(_ day: Day?) -> Bool {
        guard since != nil || until != nil else { return true }
        guard let day else { return false }
        return (since.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
    }

    fileprivate func includes(until day: Day?) -> Bool { includes(day) }
}
