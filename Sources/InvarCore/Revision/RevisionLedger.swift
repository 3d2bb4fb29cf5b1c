/// All notes that count at the sprint's end, each once, and the incidents they tell of.
struct RevisionLedger: Sendable {
    let timeline: RevisionTimeline
    let book: InvariantBook
    /// By day and id.
    let notes: [LedgerNote]
    /// The incidents of each invariant, by its place in the book, in the order of their first notes.
    private(set) var incidents: [[Incident]]
    /// The sprint in which the first note was taken; nothing is known of those before.
    let firstSprint: Int?
    private(set) var findings: [Finding] = []

    init(_ input: RevisionInput, book: InvariantBook, timeline: RevisionTimeline) {
        self.book = book
        self.timeline = timeline
        var reader = LedgerReader(book: book, timeline: timeline, asOf: input.sprint.end)
        for note in input.notes { reader.read(note) }
        notes = reader.notes
        findings = reader.findings
        firstSprint = notes.lazy.map(\.sprint).min()
        incidents = Array(repeating: [], count: book.items.count)
        file()
    }

    private mutating func file() {
        var places: [IncidentPlace: Int] = [:]
        for (place, note) in notes.enumerated() where note.note.isEvidence {
            for (id, clauses) in note.invariants {
                guard let index = book.index(id) else { continue }
                let key = IncidentPlace(invariant: index, incident: note.incident)
                let found = places[key] ?? incidents[index].count
                if found == incidents[index].count {
                    places[key] = found
                    incidents[index].append(Incident(key: note.incident, sprint: note.sprint, day: note.day))
                }
                incidents[index][found].add(place, note, clauses: clauses, timeline: timeline)
            }
        }
    }

    private struct IncidentPlace: Hashable {
        var invariant: Int
        var incident: String
    }

    /// Evidence of notes, each once, sorted by id.
    func evidence(of incidents: [Incident]) -> [Proposal.Evidence] {
        let places = Set(incidents.flatMap(\.notes).filter { notes[$0].sprint >= timeline.windowStart })
        return places.map { notes[$0].evidence }.sorted { ($0.id, $0.place.path, $0.place.line) < ($1.id, $1.place.path, $1.place.line) }
    }
}

extension Note {
    /// Whether it tells of something that went wrong: it says so, or it gives a cause, a severity or an incident.
    var isEvidence: Bool { kind.isViolation || cause != nil || severity != nil || incident != nil }
}

/// Sorts out which notes count, and once each.
private struct LedgerReader {
    let book: InvariantBook
    let timeline: RevisionTimeline
    let asOf: Day
    private var kept: [LedgerNote] = []
    /// Where the note of some content stands in `kept`.
    private var places: [String: Int] = [:]
    private(set) var findings: [Finding] = []

    init(book: InvariantBook, timeline: RevisionTimeline, asOf: Day) {
        self.book = book
        self.timeline = timeline
        self.asOf = asOf
    }

    var notes: [LedgerNote] {
        kept.sorted { ($0.day.ordinal, $0.note.id, $0.path, $0.note.position.line) < ($1.day.ordinal, $1.note.id, $1.path, $1.note.position.line) }
    }

    mutating func read(_ note: RevisionNote) {
        guard let day = note.note.date else {
            if note.note.isEvidence {
                report(
                    "knowledge/unread-date", Wording(en: "\(note.note.id) has no date: it counts in no sprint", ja: "\(note.note.id) に日付がないため、どのスプリントにも数えません"),
                    note)
            }
            return
        }
        guard day <= asOf else { return }
        let (invariants, clauses) = resolved(note)
        guard let sprint = timeline.index(of: day) else { return }
        var read = LedgerNote(
            path: note.path, note: note.note, day: day, sprint: sprint, author: LedgerReader.word(note.note.author), incident: "",
            invariants: clauses, namesSomething: !note.note.invariants.isEmpty, folded: Folding.unwrapped(note.folded), text: note.text, hash: "")
        read.incident = incident(read, invariants)
        read.hash = LedgerReader.hash(read)
        let content = read.hash + read.incident
        if let place = places[content] {
            // The same note twice is one; the shorter name is the older one.
            if LedgerReader.isOriginal(read, besides: kept[place]) { kept[place] = read }
        } else {
            places[content] = kept.count
            kept.append(read)
        }
    }

    /// The ids of the invariants that a note names, sorted, and each with its clauses, as they are called today.
    private mutating func resolved(_ note: RevisionNote) -> (ids: [String], clauses: [(id: String, clauses: [String])]) {
        var named: [(id: String, clauses: [String])] = []
        for text in note.note.invariants {
            guard let found = book.resolve(text) else {
                report(
                    "knowledge/dangling-link", Wording(en: "\(note.note.id) names \(text), which does not exist", ja: "\(note.note.id) が指す \(text) は存在しません"),
                    note)
                continue
            }
            let place = named.firstIndex { $0.id == found.id } ?? named.count
            if place == named.count { named.append((found.id, [])) }
            if let clause = found.clause, !named[place].clauses.contains(clause) { named[place].clauses.append(clause) }
        }
        return (named.map(\.id).sorted(), named)
    }

    /// The note's `incident`, else its date, its invariants and its folded text.
    private func incident(_ note: LedgerNote, _ invariants: [String]) -> String {
        if let named = note.note.incident, !Placeholder.isEmpty(named) { return "i:" + Folding.searchable(Folding.unwrapped(named)) }
        let words = note.folded.isEmpty ? Folding.searchable(Folding.unwrapped(note.note.title)) : note.folded
        return "t:" + StableHash([note.day.description] + invariants + [words]).hex(digits: 16)
    }

    private static func hash(_ note: LedgerNote) -> String {
        let fields = note.note
        return StableHash(
            [
                fields.kind.rawValue, note.day.description, fields.cause?.rawValue ?? "", fields.severity?.rawValue ?? "", note.author ?? "",
                fields.rule ?? "", fields.seen ?? "", note.folded,
            ] + fields.invariants + ["", fields.incident ?? ""] + fields.paths + [""] + fields.decisions
        ).hex(digits: 8)
    }

    private static func isOriginal(_ a: LedgerNote, besides b: LedgerNote) -> Bool {
        let left = (a.note.id.utf8.count, a.note.id, a.path.utf8.count, a.path, a.note.position.line)
        let right = (b.note.id.utf8.count, b.note.id, b.path.utf8.count, b.path, b.note.position.line)
        return left < right
    }

    private static func word(_ text: String?) -> String? {
        guard let text, !Placeholder.isEmpty(text) else { return nil }
        return Folding.searchable(Folding.unwrapped(text))
    }

    private mutating func report(_ rule: String, _ message: Wording, _ note: RevisionNote) {
        let finding = Finding(rule: rule, severity: .warning, message: message, place: note.place)
        if !findings.contains(finding) { findings.append(finding) }
    }
}
