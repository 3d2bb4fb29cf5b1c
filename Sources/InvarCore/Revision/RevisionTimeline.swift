/// The sprints up to the one that is reported, oldest first, and which of them a day falls into.
struct RevisionTimeline: Sendable {
    let sprints: [Sprint]

    /// This sprint and the three before.
    static let window = 4
    /// Up to so many sprints are a baseline.
    static let longestBaseline = 8

    init(_ input: RevisionInput) {
        sprints = input.earlier.sorted { ($0.start, $0.end, $0.name) < ($1.start, $1.end, $1.name) } + [input.sprint]
    }

    /// The place of the sprint that is reported.
    var now: Int { sprints.count - 1 }

    /// The window's first sprint.
    var windowStart: Int { max(0, now - RevisionTimeline.window + 1) }

    /// The sprint of a day: the first of those that hold it; nil between sprints.
    func index(of day: Day) -> Int? {
        // The sprint that is reported holds its days even where another one overlaps it.
        if let last = sprints.last, last.start <= day, day <= last.end { return now }
        var low = 0
        var high = now
        while low < high {
            let middle = (low + high) / 2
            if sprints[middle].start <= day { low = middle + 1 } else { high = middle }
        }
        var found: Int?
        var place = low - 1
        while place >= 0, low - place <= 8 {
            if day <= sprints[place].end { found = place }
            place -= 1
        }
        return found
    }

    /// The last sprint that began on or before a day: the one of the day, or the one before a gap.
    func indexAtOrBefore(_ day: Day) -> Int? {
        index(of: day) ?? sprints.lastIndex { $0.start <= day }
    }
}
