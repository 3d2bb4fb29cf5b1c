import InvarCore
import InvarSyntax

extension Rule {
    package static let adrMissingReason = Rule(
        id: "adr/missing-reason",
        title: Wording(en: "a decision that excepts without a reason", ja: "理由のない例外の決定"),
        why: Wording(
            en: "TBD is no reason. The next reader must be able to tell whether what forced the exception is still so.",
            ja: "「未定」は理由ではありません。次に読む人が、例外を強いた事情がまだ続いているかを判断できる必要があります。"),
        severity: .error,
        violating: [
            SampleKnowledge.violating(SampleKnowledge.decision(SampleKnowledge.paths, "reason: TBD", SampleKnowledge.retry, SampleKnowledge.until)),
            SampleKnowledge.violating(SampleKnowledge.decision(SampleKnowledge.paths, "reason: 後で書く", SampleKnowledge.retry, SampleKnowledge.until)),
            Example(
                files: [
                    ("ADRs/0007-charge.md", "# 7. 決済の呼び出し\n\n## ステータス\n\n承認\n\n## 決定\n\nINV-OPS-002 について。↓`POST /charges` は冪等ではない。再試行はせず、日次の突合で検出して手で補正する。\n"),
                    SampleKnowledge.invariants,
                ]),
        ],
        conforming: [
            SampleKnowledge.conforming(SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until)),
            Example(
                files: [
                    (
                        "ADRs/0007-charge.md",
                        "# 7. 決済の呼び出し\n\n## ステータス\n\n承認\n\n## 決定\n\nINV-OPS-002 について。`POST /charges` は冪等ではない。\n\n## 理由\n\n代行会社が冪等キーを受け付けない。\n\n## リトライ戦略\n\n自動では再試行せず、日次の突合で検出して手で補正する。\n"
                    ), SampleKnowledge.invariants,
                ]),
        ],
        matcher: .knowledge { knowledge, surroundings in
            let excepted = knowledge.exceptions.filter { $0.state != .void && ReasonAndRetry.reason($0.exception.reason) == .placeholder }.map { item in
                var match = surroundings.match(
                    at: Place(path: item.path, position: item.exception.position),
                    Wording(
                        en: "the exception to \(item.exception.invariant) gives no reason, only “\(item.exception.reason ?? "")”",
                        ja: "\(item.exception.invariant) の例外の理由が「\(item.exception.reason ?? "")」で、理由になっていません"),
                    hint: Wording(en: "say what forces it; until then it excuses nothing", ja: "何がそれを強いるのかを書いてください。それまでは何も見逃されません"))
                match.key = item.exception.clause ?? item.exception.invariant
                return match
            }
            return excepted
                + DecisionsWithout.matches(knowledge, surroundings, lacking: { $0.reason == nil }) { id in
                    (
                        Wording(en: "\(id) says that this cannot be repeated, and gives no reason", ja: "\(id) は繰り返せないと述べていますが、理由を書いていません"),
                        Wording(en: "add a section Reason, and grant an exception with it", ja: "「理由」の節を書き、それを添えて例外を認めてください")
                    )
                }
        })
}

/// Accepted decisions that say that something cannot be repeated and leave out what must stand beside it.
enum DecisionsWithout {
    static func matches(
        _ knowledge: Knowledge, _ surroundings: KnowledgeSurroundings, lacking: (DecisionGrounds) -> Bool, say: (String) -> (message: Wording, hint: Wording)
    ) -> [Match] {
        let prose = ProseDecisions(knowledge: knowledge, surroundings: surroundings)
        let asking = knowledge.invariants.filter { $0.invariant.requires.contains(.retry) && $0.invariant.status != .retired }
        var seen: Set<String> = []
        return asking.flatMap { prose.decisions(about: $0.invariant.id) }.filter { lacking($0.grounds) && seen.insert($0.item.path).inserted }.compactMap {
            decision in
            guard let statement = decision.statements.first else { return nil }
            let (message, hint) = say(decision.item.decision.id)
            var match = surroundings.match(at: Place(path: decision.item.path, position: statement.start), message, hint: hint)
            if statement.end.line == statement.start.line { match.end = statement.end }
            match.key = decision.item.decision.id
            return match
        }
    }
}
