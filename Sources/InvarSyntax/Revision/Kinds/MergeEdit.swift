import InvarCore

/// `merge`: the other invariant's clauses are taken over, and it says into which it was merged.
enum MergeEdit {
    static func plan(_ way: RevisionWay) -> RevisionPlan? {
        guard let partner = way.proposal.partner, partner != way.proposal.invariant, let source = way.source(way.proposal.invariant),
            let other = way.source(partner)
        else { return nil }
        let known = Set(source.invariant.clauses.map { Folding.searchable(Folding.unwrapped($0.text)) })
        let texts = other.invariant.clauses.indices.compactMap { index -> String? in
            guard !known.contains(Folding.searchable(Folding.unwrapped(other.invariant.clauses[index].text))) else { return nil }
            return DraftForm.carried(index, from: other, way.isPlain)
        }
        var revision = InvariantRevision(source)
        if !texts.isEmpty { guard revision.appendClauses(texts) else { return nil } }
        guard way.log(Wording(en: "merged \(partner) into this", ja: "\(partner) を統合"), &revision) else { return nil }
        var merged = InvariantRevision(other)
        let into = source.invariant.id
        guard
            let splices = InvariantTermsEdit.set("merged-into", into, of: partner, isWholeFile: other.isWholeFile, in: other.file.bytes)
        else { return nil }
        merged.add(splices)
        merged.change.mergedInto = into
        guard way.log(Wording(en: "merged into \(into)", ja: "\(into) に統合"), &merged) else { return nil }
        return RevisionPlan([revision, merged])
    }
}
