import InvarCore

extension Rule {
    package static let knowledgeNoteUnclassified = Rule(
        id: "knowledge/note-unclassified",
        title: Wording(en: "a note without invariant or cause", ja: "インバリアントか原因の書かれていないノート"),
        why: Wording(
            en: "The sprint's proposals are counted from causes: a note without one is read by nobody again.",
            ja: "スプリントの改訂提案は原因から数え上げます。原因のないノートは、二度と読まれません。"),
        severity: .note,
        violating: [
            Example(
                "---\nid: N-1\ndate: 2026-11-01\nkind: violated\ninvariants: [INV-OPS-001]\n---\n\n↓# The batch ran twice\n\nAgain.\n", at: "RawNotes/n.md",
                with: [sampleInvariant]),
            Example("---\nid: N-1\ndate: 2026-11-01\nkind: violated\ncause: slip\n---\n\n↓# The batch ran twice\n\nAgain.\n", at: "RawNotes/n.md"),
        ],
        conforming: [
            Example(
                "---\nid: N-1\ndate: 2026-11-01\nkind: violated\ninvariants: [INV-OPS-001]\ncause: slip\n---\n\n# The batch ran twice\n\nAgain.\n",
                at: "RawNotes/n.md", with: [sampleInvariant]),
            Example(
                "---\nid: N-1\ndate: 2026-11-01\nkind: observation\ninvariants: [INV-OPS-001]\n---\n\n# The batch takes an hour\n\nJust so.\n",
                at: "RawNotes/n.md", with: [sampleInvariant]),
        ],
        matcher: .knowledge { knowledge, surroundings in
            knowledge.notes.compactMap { item in
                let lacksInvariant = item.note.invariants.isEmpty
                let lacksCause = item.note.kind.isViolation && (item.note.cause == nil || item.note.cause == .unknown)
                guard lacksInvariant || lacksCause else { return nil }
                let message: Wording =
                    switch (lacksInvariant, lacksCause) {
                    case (true, true): Wording(en: "the note names neither an invariant nor a cause", ja: "ノートにインバリアントも原因も書かれていません")
                    case (true, false): Wording(en: "the note names no invariant", ja: "ノートにインバリアントが書かれていません")
                    default: Wording(en: "the note names no cause", ja: "ノートに原因が書かれていません")
                    }
                let options = (lacksInvariant ? " --violates INV-…" : "") + (lacksCause ? " --cause …" : "")
                var match = surroundings.match(
                    at: Place(path: item.path, position: item.note.position), message, hint: Wording("`invar note set \(item.note.id)\(options)`"))
                match.key = item.note.id
                return match
            }
        })

    private static var sampleInvariant: (path: String, text: String) {
        ("Invariants/ops.md", "# Ops\n\n**INV-OPS-001: Re-run**\n\n- Can be re-run.\n")
    }
}
