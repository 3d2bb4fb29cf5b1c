/// Which invariants a change touches, why, and what is to be asked and known about each.
package struct ReviewReport: Sendable {
    /// What it was compared with, as it was asked for: a revision, a sprint, `-` for a patch.
    package var base: String
    /// Where the change ends: a commit, `work tree` or `patch`.
    package var head: String
    package var asOf: Day
    /// Schema, data and deployment first, then the rest.
    package var touched: [Touched]
    /// All others, by id; the retired ones are not among them.
    package var others: [Other]
    /// Documents and decisions that the change edits.
    package var documents: [Document]
    package var patch: Patch
    /// Files that no rule looked at, since neither of the patch's sides is what the work tree has.
    package var unchecked: [String]
    /// What the rules found in the change, with what was accepted of a reviewer's answer.
    package var check: CheckReport
    /// What became of a reviewer's answer; nil when there was none.
    package var answer: ReviewAnswer?
    package var language: Language

    package init(
        base: String, head: String, asOf: Day, touched: [Touched], others: [Other], documents: [Document], patch: Patch, unchecked: [String],
        check: CheckReport, answer: ReviewAnswer?, language: Language
    ) {
        self.base = base
        self.head = head
        self.asOf = asOf
        self.touched = touched
        self.others = others
        self.documents = documents
        self.patch = patch
        self.unchecked = unchecked
        self.check = check
        self.answer = answer
        self.language = language
    }

    /// Ids of invariants that the change does not touch, sorted.
    package var untouched: [String] { others.map(\.id) }

    /// An invariant that it does not touch.
    package struct Other: Sendable {
        package var id: String
        package var title: String

        package init(id: String, title: String) {
            self.id = id
            self.title = title
        }
    }

    /// An invariant that the change touches.
    package struct Touched: Sendable {
        package var item: InvariantItem
        /// Of what is touched: schema 0, data 1, deployment 2, anything else 3.
        package var irreversibility: Int
        /// Findings first, then paths, mentions, words.
        package var because: [Because]
        /// Those that cover a changed file: active ones, and expired ones that nobody renewed.
        package var exceptions: [ExceptionItem]
        /// Of violations in that area, the latest first.
        package var violations: [NoteItem]

        package init(item: InvariantItem, irreversibility: Int, because: [Because], exceptions: [ExceptionItem], violations: [NoteItem]) {
            self.item = item
            self.irreversibility = irreversibility
            self.because = because
            self.exceptions = exceptions
            self.violations = violations
        }
    }

    /// One reason why it is touched.
    package struct Because: Sendable {
        package var kind: Kind
        package var detail: Wording
        package var path: String
        /// nil for the file as a whole.
        package var line: Int?
        package var side: ReviewAnswer.Side

        package init(_ kind: Kind, _ detail: Wording, path: String, line: Int? = nil, side: ReviewAnswer.Side = .new) {
            self.kind = kind
            self.detail = detail
            self.path = path
            self.line = line
            self.side = side
        }

        package enum Kind: String, Sendable, CaseIterable, Comparable {
            case finding, path, mention, text

            package static func < (a: Kind, b: Kind) -> Bool {
                (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
            }
        }
    }

    /// A design document or a decision that the change edits.
    package struct Document: Sendable {
        package var path: String
        /// A decision's id.
        package var id: String?
        package var title: String
        package var kind: Change.Kind
        /// Touched invariants that it speaks of.
        package var invariants: [String]

        package init(path: String, id: String?, title: String, kind: Change.Kind, invariants: [String]) {
            self.path = path
            self.id = id
            self.title = title
            self.kind = kind
            self.invariants = invariants
        }
    }

    /// Days before its end from which an exception counts as expiring.
    package static let expiring = 30

    package func fails(at severity: Severity) -> Bool { check.fails(at: severity) }
}
