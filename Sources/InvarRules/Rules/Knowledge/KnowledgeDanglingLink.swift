import InvarCore

extension Rule {
    package static let knowledgeDanglingLink = Rule(
        id: "knowledge/dangling-link",
        title: Wording(en: "a link that leads nowhere", ja: "行き先のないリンク"),
        why: Wording(
            en: "An id or a path that nothing answers to is a decision or an invariant that readers look for in vain: it was renamed, or never written.",
            ja: "存在しない ID やパスを指すリンクは、読み手を行き止まりに導きます。改名されたか、まだ書かれていないかのどちらかです。"),
        severity: .warning,
        violating: [
            Example(
                "# 1. Use a queue\n\n## Status\n\nAccepted\n\n## Context\n\nRequired by ↓INV-OPS-009.\n", at: "ADRs/0001-use-a-queue.md",
                with: [("Invariants/ops.md", "# Ops\n\n**INV-OPS-001: Restart**\n\n- Can be restarted.\n")]),
            Example(
                "# 1. キューを使う\n\n## ステータス\n\n承認\n\n## 背景\n\n詳しくは [次の決定](↓0002-missing.md) を参照。\n",
                at: "ADRs/0001-use-a-queue.md"),
        ],
        conforming: [
            Example(
                "# 1. Use a queue\n\n## Status\n\nAccepted\n\n## Context\n\nRequired by INV-OPS-001, in UTF-8, see INC-118.\n", at: "ADRs/0001-use-a-queue.md",
                with: [("Invariants/ops.md", "# Ops\n\n**INV-OPS-001: Restart**\n\n- Can be restarted.\n")])
        ],
        matcher: .knowledge { knowledge, surroundings in
            knowledge.danglingLinks.map { link in
                // A link to a file has no column of its own: the path is looked for in its line.
                let name = link.target.contains("/") ? RelativePath.name(link.target) : link.target
                let start = link.place.column > 1 ? link.place.position : surroundings.position(of: name, inLine: link.place.line, of: link.place.path)
                var match = surroundings.match(
                    at: Place(path: link.place.path, position: start), Wording(en: "\(link.target) does not exist", ja: "\(link.target) は存在しません"),
                    hint: Wording(en: "write the missing document, or mend the name", ja: "参照先を書くか、名前を直してください"))
                match.end = Position(line: start.line, column: start.column + name.unicodeScalars.count)
                match.key = link.target
                return match
            }
        })
}
