/// A suggested revision of an invariant: what to do, on what evidence, by which arithmetic.
///
/// It says *what* is to be edited; how the words of a document change is no part of it.
package struct Proposal: Hashable, Sendable {
    /// Six hex digits: a stable hash of kind, invariant, clause and scope, the same in every sprint. For `promote` the
    /// id of the earliest note stands for the clause and the invariant is left out.
    package var key: String
    package var kind: Kind
    /// The id of the invariant that is edited, never an alias. Of `promote` the free id of the draft; of `merge` the one
    /// that stays.
    package var invariant: String
    /// `INV-OPS-002.1` when one clause is meant, else the invariant as a whole.
    package var clause: String?
    /// The glob to which a `carve-out` (or an `enforce` in its place) is confined.
    package var scope: String?
    /// The other invariant: of `precedence` the one it conflicts with, of `merge` the one that is merged into ``invariant``.
    package var partner: String?
    /// Every line of the arithmetic that is not zero, in the order of ``PointName``.
    package var points: [Point]
    /// Distinct incidents in the window that speak for it, d; of `codify-exception` the exceptions.
    package var incidents: Int
    /// The gravest of these incidents.
    package var severity: Note.Severity?
    package var why: Wording
    /// Why not stronger: what speaks against it.
    package var against: Wording
    /// What was considered for the same incidents and not proposed, each with the reason.
    package var considered: [Wording]
    /// What is new since the same was rejected; nil when it never was.
    package var news: Wording?
    /// By kind and id, each once: notes, exceptions, decisions.
    package var evidence: [Evidence]
    /// What the edit is made of.
    package var material: Material
    /// A stable hash of the words that would change, eight hex digits: a rejected proposal returns when they changed.
    package var basis: String
    package var state: State

    package init(key: String, kind: Kind, invariant: String, clause: String? = nil, scope: String? = nil) {
        self.key = key
        self.kind = kind
        self.invariant = invariant
        self.clause = clause
        self.scope = scope
        self.partner = nil
        self.points = []
        self.incidents = 0
        self.severity = nil
        self.why = Wording("")
        self.against = Wording("")
        self.considered = []
        self.news = nil
        self.evidence = []
        self.material = Material()
        self.basis = ""
        self.state = .proposed
    }

    package var score: Int { points.reduce(0) { $0 + $1.value } }

    /// `PROP-S22-3f9a1c`.
    package func id(in sprint: Sprint) -> String { "PROP-\(sprint.name)-\(key)" }

    /// The hash that is the same for the same suggestion in every sprint.
    ///
    /// - Parameter clause: for `promote` the id of the earliest note, with an empty `invariant`.
    package static func key(kind: Kind, invariant: String, clause: String?, scope: String?) -> String {
        StableHash([kind.rawValue, invariant, clause ?? "", scope ?? ""]).hex(digits: 6)
    }

    /// What is to be done with the invariant; each with the edit that it asks for.
    package enum Kind: String, Sendable, CaseIterable {
        /// A stronger obligation word or one more condition in the clause: ``Material/obligation``.
        case tighten
        /// A check item, bound to ``Material/rule`` where one fits.
        case addCheck = "add-check"
        /// A narrower check, not a narrower invariant: ``Material/rule``.
        case fixCheck = "fix-check"
        /// An example (``Material/quotes``) and a line of reasons under the clause.
        case clarify
        /// A line that says which of the two yields, ``Proposal/partner``.
        case precedence
        /// An exception bullet: scope, condition, compensating measure, ADR, expiry.
        case carveOut = "carve-out"
        /// A weaker obligation word or a wider bound: ``Material/obligation``.
        case relax
        /// One clause in place of ``Material/exceptions``, which close.
        case codifyException = "codify-exception"
        /// Two ids, the old one kept as alias: ``Material/clauses`` move to the draft's id.
        case split
        /// One id, ``Proposal/partner`` becomes "merged into".
        case merge
        /// `status: retired` with ``Material/reasonCode``.
        case retire
        /// A new invariant on probation: ``Material/draft``.
        case promote
        /// No change of the text: an action item.
        case enforce

        /// Whether it lets through what the invariant forbade; accepting one needs an ADR.
        package var isWeakening: Bool {
            switch self {
            case .carveOut, .relax, .retire, .codifyException: true
            case .tighten, .addCheck, .fixCheck, .clarify, .precedence, .split, .merge, .promote, .enforce: false
            }
        }
    }

    /// Where it is in its life.
    package enum State: String, Sendable, CaseIterable {
        case proposed, accepted, applied, measured, rejected, superseded, stale
    }

    /// One line of the arithmetic.
    package struct Point: Hashable, Sendable {
        package var name: PointName
        package var value: Int
        /// What it was counted from, such as "4 incidents".
        package var reason: Wording

        package init(_ name: PointName, _ value: Int, _ reason: Wording) {
            self.name = name
            self.value = value
            self.reason = reason
        }
    }

    /// The lines of the arithmetic in their order; the raw values are keys in JSON.
    package enum PointName: String, Sendable, CaseIterable {
        case volume, severity, signal, chronic, focus, decisions, sources, probation
        /// The flat sum of `codify-exception`.
        case codified
        /// The flat sum of a `retire` whose paths match no file any more.
        case orphaned
    }

    /// Something that speaks for a proposal, with what it said when it was counted.
    package struct Evidence: Hashable, Sendable {
        package var kind: Kind
        /// A note's or a decision's id; of an exception `ADR-0007 INV-OPS-002`.
        package var id: String
        package var place: Place
        /// Eight hex digits over its content.
        package var hash: String

        package init(kind: Kind, id: String, place: Place, hash: String) {
            self.kind = kind
            self.id = id
            self.place = place
            self.hash = hash
        }

        package enum Kind: String, Sendable, CaseIterable {
            case note, exception, decision, invariant
        }
    }
}
