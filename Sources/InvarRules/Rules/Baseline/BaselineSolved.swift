import InvarCore

extension Rule {
    package static let baselineSolved = Rule(
        id: "baseline/solved",
        title: Wording(en: "a baseline entry that no longer matches", ja: "解消されたベースラインの項目"),
        why: Wording(
            en: "Take it out, so that the same finding fails when it comes back.",
            ja: "取り除いておけば、同じ問題が再発したときに検出できます。"),
        severity: .note,
        violating: [
            Example(
                "{\n  \"schema\": \"invar.baseline/1\",\n  \"findings\": [\n    ↓{\"fingerprint\":\"0123456789abcdef\",\"rule\":\"sql/drop-column\",\"path\":\"db/1.sql\",\"message\":\"drops column a\"}\n  ]\n}\n",
                at: "invar-baseline.json")
        ],
        conforming: [Example("{\n  \"schema\": \"invar.baseline/1\",\n  \"findings\": [\n  ]\n}\n", at: "invar-baseline.json")],
        matcher: .judgement { judgement in
            judgement.solved.map { entry in
                var match = judgement.surroundings.match(
                    at: Place(path: judgement.baselinePath, position: Position(line: entry.line, column: 5)),
                    Wording(
                        en: "solved: \(entry.message) in \(entry.path) [\(entry.rule)]", ja: "解消済み: \(entry.path) の \(entry.message) [\(entry.rule)]"),
                    hint: Wording(en: "`invar check --update-baseline` takes it out", ja: "`invar check --update-baseline` で取り除けます"))
                match.key = entry.fingerprint
                return match
            }
        })
}
