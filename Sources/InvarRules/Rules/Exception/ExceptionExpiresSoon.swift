import InvarCore

extension Rule {
    package static let exceptionExpiresSoon = Rule(
        id: "exception/expires-soon",
        title: Wording(en: "an exception that ends within 30 days", ja: "30 日以内に切れる例外"),
        why: Wording(
            en: "Whoever owns it needs the time to renew it, or to be done.",
            ja: "担当者が延長するか、解消を終えるための猶予が必要です。"),
        severity: .note,
        violating: [
            SampleKnowledge.violating(SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, "until: 2026-12-10"))
        ],
        conforming: [
            SampleKnowledge.conforming(
                SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until, SampleKnowledge.seen))
        ],
        matcher: .knowledge { knowledge, surroundings in
            knowledge.exceptions.filter { $0.state == .active && $0.exception.until.map { $0 <= knowledge.asOf + 30 } ?? false }.map { item in
                var match = surroundings.match(
                    at: Place(path: item.path, position: item.exception.position),
                    Wording(
                        en: "the exception to \(item.exception.invariant) ends on \(item.exception.until?.description ?? "")",
                        ja: "\(item.exception.invariant) の例外は \(item.exception.until?.description ?? "") で切れます"),
                    hint: Wording(
                        en: "renew it with a reason (`\(ExceptionCure.command("renew", item))`), or finish what it waits for",
                        ja: "理由を添えて延長する（`\(ExceptionCure.command("renew", item))`）か、待っている作業を終えてください"))
                match.key = item.exception.clause ?? item.exception.invariant
                return match
            }
        })
}
