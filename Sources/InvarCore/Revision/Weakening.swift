/// Whether an invariant may be weakened: never by counting alone.
struct Weakening: Sendable {
    let incidents: Int
    let authors: Int
    /// An accepted decision excepts from it in that scope.
    let decisions: [String]
    let hasS1: Bool
    let isWaivable: Bool

    init(_ evidence: FamilyEvidence, _ file: CaseFile, exceptions: [ExceptionItem]) {
        incidents = evidence.count
        authors = evidence.authors.count
        decisions = Array(Set(exceptions.map(\.decision))).sorted()
        hasS1 = file.isGrave
        isWaivable = file.invariant.waivable
    }

    /// Enough incidents to think of it.
    var isMet: Bool { incidents >= 3 }

    var isAllowed: Bool { isMet && (authors >= 2 || !decisions.isEmpty) && !hasS1 && isWaivable }

    /// What forbids it, the gravest first.
    var obstacles: [Wording] {
        var found: [Wording] = []
        if hasS1 { found.append(Wording(en: "one of the incidents is an S1", ja: "S1 のインシデントが含まれています")) }
        if !isWaivable { found.append(Wording(en: "the invariant is not waivable", ja: "このインバリアントには例外を認めません（waivable: false）")) }
        if authors < 2, decisions.isEmpty {
            found.append(
                Wording(
                    en: "fewer than two people noted it, and no accepted decision excepts from it there",
                    ja: "記録者が 2 人に満たず、その範囲の例外を認めた ADR もありません"))
        }
        return found
    }
}
