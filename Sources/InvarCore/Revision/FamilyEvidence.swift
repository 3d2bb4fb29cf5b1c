/// The incidents of one invariant that call for the same kind of answer, counted.
struct FamilyEvidence: Sendable {
    /// In the window, in the order of their first notes.
    let incidents: [Incident]
    /// All incidents of the invariant in the window, whatever their cause: what dominance is measured against.
    let total: Int
    /// The clause that at least 60 % of ``incidents`` name.
    let focus: String?
    /// Gravest of the incidents.
    let severity: Note.Severity?
    let authors: Set<String>

    init(_ incidents: [Incident], of total: Int, clauses: [String]) {
        self.incidents = incidents
        self.total = total
        var counts: [String: Int] = [:]
        for incident in incidents { for clause in incident.clauses { counts[clause, default: 0] += 1 } }
        // Of equals the one that stands first in the document.
        focus = clauses.filter { 5 * (counts[$0] ?? 0) >= 3 * incidents.count && counts[$0] != nil }.max { (counts[$0] ?? 0) < (counts[$1] ?? 0) }
        severity = incidents.reduce(nil) { Incident.gravest($0, $1.severity) }
        authors = incidents.reduce(into: []) { $0.formUnion($1.authors) }
    }

    /// d.
    var count: Int { incidents.count }
    var isNow: Bool { incidents.contains(where: \.isNow) }
    /// 5 d ≥ 3 n.
    var isDominant: Bool { 5 * count >= 3 * total }
    var hasS1: Bool { severity == .s1 }
    /// Two or more people noted it.
    var isIndependent: Bool { authors.count >= 2 }
}
