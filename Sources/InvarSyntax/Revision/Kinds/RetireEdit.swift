import InvarCore

/// `retire`: the status says so, with the reason; the text stays.
enum RetireEdit {
    static func plan(_ way: RevisionWay) -> RevisionPlan? {
        way.single { revision in
            let source = revision.source
            let reason = way.proposal.material.reasonCode.map { PlainText.inline($0, limit: 40) } ?? "obsolete"
            guard
                let splices = InvariantTermsEdit.set(
                    "status", "retired (\(reason))", of: source.invariant.id, isWholeFile: source.isWholeFile, in: source.file.bytes)
            else { return nil }
            revision.add(splices)
            revision.change.status = .retired
            return reason == "scope-gone"
                ? Wording(en: "retired: nothing that it is about exists any more", ja: "対象がなくなったため廃止")
                : Wording(en: "retired (\(reason))", ja: "廃止（\(reason)）")
        }
    }
}
