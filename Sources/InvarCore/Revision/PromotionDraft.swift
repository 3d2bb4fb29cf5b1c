/// A draft of an invariant from the words of the notes it grew out of.
struct PromotionDraft {
    let facts: RevisionFacts
    let notes: [LedgerNote]

    init(_ facts: RevisionFacts, _ group: NoteGroups.Group) {
        self.facts = facts
        notes = group.central.prefix(20).map { facts.ledger.notes[$0] }
    }

    func draft(id: String) -> Proposal.Draft {
        let language = Language.of(notes.map(\.folded).joined(separator: "\n"))
        let clauses = self.clauses
        let title = notes.lazy.compactMap { PromotionDraft.title($0.note.title) }.first ?? clauses.first ?? id
        let checks = clauses.prefix(2).map { clause in
            language.pick(en: "Does the change keep to: \(PromotionDraft.bare(clause))?", ja: "「\(PromotionDraft.bare(clause))」に反していないか")
        }
        let paths = facts.book.items.filter { Invariant.family(of: $0.invariant.id) == Invariant.family(of: id) }.map(\.path)
        var counts: [String: Int] = [:]
        for path in paths { counts[path, default: 0] += 1 }
        return Proposal.Draft(
            id: id, title: title, clauses: clauses, checks: checks, path: counts.min { (-$0.value, $0.key) < (-$1.value, $1.key) }?.key, language: language)
    }

    /// At most three sentences: first those that say what must be, then what the most central notes say.
    private var clauses: [String] {
        let told = notes.map { Sentences.all($0) }
        let demands = told.flatMap { $0 }.filter(PromotionDraft.demands)
        let firsts = zip(notes, told).compactMap { note, sentences in sentences.first ?? Sentences.telling(note) }
        var chosen: [String] = []
        let terms = GroupingTerms(facts.glossary)
        for sentence in demands + firsts where chosen.count < 3 {
            let vectors = TermVectors((chosen + [sentence]).map { terms.count([Folding.searchable($0)]) })
            // The same said twice is one clause.
            guard chosen.indices.allSatisfy({ vectors.similarity($0, chosen.count) < 0.6 }) else { continue }
            chosen.append(sentence)
        }
        return chosen
    }

    /// Whether a sentence says what must be rather than what happened.
    private static func demands(_ sentence: String) -> Bool {
        let folded = Folding.searchable(sentence)
        return cues.contains { folded.holds($0) }
    }

    private static let cues = [
        "べき", "必要がある", "必要です", "しなければ", "ようにする", "ようにしたい", "してはならない", "してはいけない", "すること", "ないこと", "こと。", "なければならない", "なければなりません", "てはならない", "てはいけない", "必ず", "禁止",
        "must ", "should ", "never be ", "never do ", "always ", "need to ", "needs to ", "has to ", "have to ", "ought to ",
    ]

    /// A note's title without the day it begins with.
    private static func title(_ text: String) -> String? {
        let whole = Folding.unwrapped(text)
        var rest = Substring(whole)
        var isDay = false
        while let first = rest.first, first.isNumber || "-_./: ".contains(first) || (isDay && "年月日".contains(first)) {
            isDay = first.isNumber
            rest.removeFirst()
        }
        let plain = DisplayText.safe(rest.isEmpty ? Substring(whole) : rest)
        guard plain.unicodeScalars.count >= 3 else { return nil }
        return plain.unicodeScalars.count > 80 ? String(String.UnicodeScalarView(plain.unicodeScalars.prefix(79))) + "…" : plain
    }

    private static func bare(_ sentence: String) -> String {
        var text = Substring(sentence)
        while let last = text.last, "。.！!？? ".contains(last) { text.removeLast() }
        return String(text)
    }
}
