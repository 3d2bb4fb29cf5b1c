package import InvarCore

/// A sentence of a design document that says that something cannot be repeated, undone, or may be lost.
package struct ProseStatement: Hashable, Sendable {
    package var kind: Kind
    package var strength: Strength
    /// Whether a condition of it is a key that the caller may give, so that it can be made safe: worth a note only.
    package var hasContract: Bool
    /// The sentence as a reader sees it, without markup.
    package var text: String
    /// Its first character in the file, opening markup included.
    package var start: Position
    /// Just past its last character.
    package var end: Position
    /// The nearest heading above it; "" when there is none.
    package var heading: String
    /// What it is about, as written and without repetition: `POST /orders`, `revoke`, 請求バッチ.
    package var operations: [String]
    /// Decisions that the lines of the sentence name, `ADR-0012`.
    package var decisions: [String]
    /// Decisions that the rest of its section names.
    package var sectionDecisions: [String]
    /// Whether a reason stands in the same sentence or beside it in the section.
    package var givesReason: Bool
    /// Whether a retry strategy stands in the same sentence or beside it in the section.
    package var givesRetry: Bool

    package enum Kind: String, Sendable, CaseIterable {
        /// Repeating it has another effect than doing it once.
        case nonIdempotent
        /// It must not, cannot or will not be tried again.
        case notRetryable
        /// It cannot be rolled back.
        case irreversible
        /// What it sends may be lost.
        case atMostOnce
    }

    package enum Strength: String, Sendable, CaseIterable {
        /// The sentence says it in so many words.
        case strict
        /// It follows from what the sentence says.
        case weak
    }
}

/// What the reader of one sentence finds in it, before it is placed in the file.
struct ProseClaim: Equatable {
    var kind: ProseStatement.Kind
    var strength: ProseStatement.Strength
    var hasContract = false

    init(_ kind: ProseStatement.Kind, _ strength: ProseStatement.Strength, hasContract: Bool = false) {
        self.kind = kind
        self.strength = strength
        self.hasContract = hasContract
    }
}
