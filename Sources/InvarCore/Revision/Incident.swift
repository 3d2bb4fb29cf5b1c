/// One thing that happened, however many notes tell of it, as it concerns one invariant.
struct Incident: Sendable {
    /// The same for the same incident, whatever invariant it concerns.
    let key: String
    /// Places in the ledger's notes, in its order; those in the window come with what follows.
    private(set) var notes: [Int] = []
    /// The sprint of its earliest note: where it counts in a series.
    private(set) var sprint: Int
    /// Whether one of its notes is dated in the sprint that is reported, and in the window.
    private(set) var isNow = false
    private(set) var isInWindow = false
    /// The last day that a note of it is dated.
    private(set) var lastDay: Day
    // Of the notes in the window alone:
    private(set) var families: Set<CauseFamily> = []
    private(set) var causes: Set<Note.Cause> = []
    /// Whether a note of it does not say the cause.
    private(set) var hasUnknownCause = false
    private(set) var severity: Note.Severity?
    private(set) var authors: Set<String> = []
    private(set) var clauses: Set<String> = []
    /// Globs as the notes have them, in their order, each once.
    private(set) var paths: [String] = []

    init(key: String, sprint: Int, day: Day) {
        self.key = key
        self.sprint = sprint
        self.lastDay = day
    }

    mutating func add(_ place: Int, _ note: LedgerNote, clauses named: [String], timeline: RevisionTimeline) {
        notes.append(place)
        sprint = min(sprint, note.sprint)
        lastDay = max(lastDay, note.day)
        guard note.sprint >= timeline.windowStart else { return }
        isInWindow = true
        isNow = isNow || note.sprint == timeline.now
        if let cause = note.note.cause, cause != .unknown {
            causes.insert(cause)
            if let family = CauseFamily(cause) { families.insert(family) }
        } else {
            hasUnknownCause = true
        }
        severity = Incident.gravest(severity, note.note.severity)
        if let author = note.author { authors.insert(author) }
        clauses.formUnion(named)
        for path in note.note.paths where !paths.contains(path) { paths.append(path) }
    }

    static func gravest(_ a: Note.Severity?, _ b: Note.Severity?) -> Note.Severity? {
        guard let a else { return b }
        guard let b else { return a }
        return a.rawValue <= b.rawValue ? a : b
    }
}

/// A note that counts, with what comparing it needs.
struct LedgerNote: Sendable {
    var path: String
    var note: Note
    var day: Day
    /// Its sprint's place in the timeline.
    var sprint: Int
    /// Folded; nil when the note does not say.
    var author: String?
    /// Which incident it tells of.
    var incident: String
    /// Its invariants as they are called today, in the order of the note, each once, with the clauses it names of each.
    var invariants: [(id: String, clauses: [String])]
    /// Whether it names something, even if nothing of that name exists.
    var namesSomething: Bool
    var folded: String
    var text: String?
    /// Eight hex digits over everything but id and place.
    var hash: String

    var place: Place { Place(path: path, position: note.position) }
    var evidence: Proposal.Evidence { Proposal.Evidence(kind: .note, id: note.id, place: place, hash: hash) }
    var isUnclassified: Bool { note.cause == nil || note.cause == .unknown }
}
