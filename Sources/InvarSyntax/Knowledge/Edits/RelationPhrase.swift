package import InvarCore

/// A relation as somebody asks for it: one of those that are known, or words of their own.
package enum RelationPhrase: Hashable, Sendable {
    case supersedes, supersededBy, amends, amendedBy, relates
    /// As typed: `Clarifies`.
    case words(String)

    /// What a link's type says; `supersedes`, `Superseded by` and their kin are the known ones.
    package init(_ text: String) {
        switch RelationWords.label(FieldLabel.comparable(text)) {
        case .supersedes?: self = .supersedes
        case .supersededBy?: self = .supersededBy
        case .amends?: self = .amends
        case .amendedBy?: self = .amendedBy
        case .relates? where ["relates to", "relates", "related to", "related", "関連"].contains(FieldLabel.comparable(text)): self = .relates
        default: self = .words(text)
        }
    }

    var relation: RelationWords.Relation? {
        switch self {
        case .supersedes: .supersedes
        case .supersededBy: .supersededBy
        case .amends: .amends
        case .amendedBy: .amendedBy
        case .relates: .relates
        case .words(let words): RelationWords.label(FieldLabel.comparable(words))
        }
    }

    /// The link that readers find then; nil for words that say no more than a mention.
    package var link: (kind: Link.Kind, isInverse: Bool)? {
        relation.map { ($0.kind, $0.isInverse) }
    }

    /// A line of its own that says it.
    func sentence(_ reference: String, _ language: Language) -> String {
        switch (self, language) {
        case (.supersedes, .japanese): reference + " を置き換える"
        case (.supersededBy, .japanese): reference + " により置換"
        case (.amends, .japanese): reference + " を改訂する"
        case (.amendedBy, .japanese): reference + " により改訂"
        case (.relates, .japanese): "関連: " + reference
        case (.words(let words), .japanese): words + ": " + reference
        default: label(.english) + " " + reference
        }
    }

    /// The words before a colon.
    func label(_ language: Language) -> String {
        switch self {
        case .supersedes: language.pick(en: "Supersedes", ja: "置換対象")
        case .supersededBy: language.pick(en: "Superseded by", ja: "置換先")
        case .amends: language.pick(en: "Amends", ja: "改訂対象")
        case .amendedBy: language.pick(en: "Amended by", ja: "改訂")
        case .relates: language.pick(en: "Relates to", ja: "関連")
        case .words(let words): words
        }
    }

    /// The key of front matter.
    var key: String? {
        switch self {
        case .supersedes: "supersedes"
        case .supersededBy: "superseded-by"
        case .amends: "amends"
        case .amendedBy: "amended-by"
        case .relates: "relates-to"
        case .words: nil
        }
    }
}
