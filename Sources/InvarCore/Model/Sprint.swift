/// A named span of days, both ends included.
package struct Sprint: Hashable, Sendable {
    package var name: String
    package var start: Day
    package var end: Day

    package init(name: String, start: Day, end: Day) {
        self.name = name
        self.start = start
        self.end = end
    }
}

/// Which sprint a day belongs to: by rule (`start`, `days`, `name` with `{n}` counted from 1) or by list.
package enum SprintCalendar: Hashable, Sendable {
    case none
    case rule(start: Day, days: Int, name: String)
    case list([Sprint])

    package func sprint(on day: Day) -> Sprint? {
        switch self {
        case .none:
            return nil
        case .rule(let start, let days, _):
            guard day >= start, days > 0 else { return nil }
            return numbered((day.ordinal - start.ordinal) / days + 1)
        case .list(let sprints):
            return sprints.first { $0.start <= day && day <= $0.end }
        }
    }

    /// The sprint of that name; nil when the calendar has none.
    package func sprint(named name: String) -> Sprint? {
        switch self {
        case .none:
            return nil
        case .rule(_, _, let pattern):
            let parts = pattern.split(separator: "{n}", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, name.hasPrefix(parts[0]), name.hasSuffix(parts[1]),
                let number = Int(name.dropFirst(parts[0].count).dropLast(parts[1].count)), number > 0, number < 100_000
            else { return nil }
            return numbered(number)
        case .list(let sprints):
            return sprints.first { $0.name == name }
        }
    }

    /// The sprint that ended last before a day, which is the one that `propose` looks back on.
    package func ended(before day: Day) -> Sprint? {
        switch self {
        case .none:
            return nil
        case .rule(let start, let days, _):
            guard days > 0, day > start else { return nil }
            let over = (day.ordinal - start.ordinal) / days
            return over > 0 ? numbered(over) : nil
        case .list(let sprints):
            return sprints.filter { $0.end < day }.max { ($0.end, $0.start, $0.name) < ($1.end, $1.start, $1.name) }
        }
    }

    /// All sprints before one, oldest first; of a rule at most those that end on or after `day`.
    ///
    /// Overlapping sprints of a list are in the order of their starts.
    package func sprints(before sprint: Sprint, since day: Day) -> [Sprint] {
        switch self {
        case .none:
            return []
        case .rule(let start, let days, _):
            guard days > 0, sprint.start > start else { return [] }
            let count = (sprint.start.ordinal - start.ordinal) / days
            let first = day > start ? (day.ordinal - start.ordinal) / days + 1 : 1
            return first <= count ? (first...count).compactMap(numbered) : []
        case .list(let sprints):
            return sprints.filter { $0.start < sprint.start && $0.name != sprint.name }.sorted { ($0.start, $0.name) < ($1.start, $1.name) }
        }
    }

    private func numbered(_ number: Int) -> Sprint? {
        guard case .rule(let start, let days, let pattern) = self else { return nil }
        let first = start + (number - 1) * days
        let name = pattern.split(separator: "{n}", omittingEmptySubsequences: false).joined(separator: String(number))
        return Sprint(name: name, start: first, end: first + (days - 1))
    }
}
