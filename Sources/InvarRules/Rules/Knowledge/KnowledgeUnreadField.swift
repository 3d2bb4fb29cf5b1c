import InvarCore

extension Rule {
    package static let knowledgeUnreadField = Rule(
        id: "knowledge/unread-field",
        title: Wording(en: "a field whose value is not understood", ja: "値を読み取れない項目"),
        why: Wording(
            en: "A field that is there but cannot be read is treated as absent: the note counts for less than its author meant.",
            ja: "書かれていても読み取れない項目は、ないものとして扱われます。ノートは書き手の意図より軽く数えられてしまいます。"),
        severity: .warning,
        violating: [
            Example(
                "---\nid: N-1\ndate: 2026-11-01\n↓cause: gremlins\ninvariants: []\n---\n\nThe batch ran twice.\n".replacing("↓cause: ", with: "cause: ↓"),
                at: "RawNotes/n.md")
        ],
        conforming: [Example("---\nid: N-1\ndate: 2026-11-01\ncause: slip\ninvariants: []\n---\n\nThe batch ran twice.\n", at: "RawNotes/n.md")],
        matcher: .reading)
}
