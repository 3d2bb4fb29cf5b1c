import InvarCore

extension Rule {
    package static let exceptionExpired = Rule(
        id: "exception/expired",
        title: Wording(en: "an exception past its last day", ja: "期限を過ぎた例外"),
        why: Wording(
            en: "Somebody promised to be done by that day. Nothing is excused any more: renew it with a reason, mend what it excused, or remove it.",
            ja: "その日までに解消する約束でした。もう何も見逃されません。理由を添えて延長するか、対象を直すか、例外を取り除いてください。"),
        severity: .error,
        violating: [
            SampleKnowledge.violating(SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, "until: 2026-10-31"))
        ],
        conforming: [
            SampleKnowledge.conforming(
                SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until, SampleKnowledge.seen)),
            SampleKnowledge.conforming(SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, "until: 2026-11-24")),
        ],
        matcher: .knowledge { knowledge, surroundings in
            knowledge.exceptions.filter { $0.state == .expired }.map { item in
                var match = surroundings.match(
                    at: Place(path: item.path, position: item.exception.position),
                    Wording(
                        en: "the exception to \(item.exception.invariant) expired on \(item.exception.until?.description ?? "")",
                        ja: "\(item.exception.invariant) の例外は \(item.exception.until?.description ?? "") で期限が切れています"),
                    hint: Wording(
                        en: "renew it (`\(ExceptionCure.command("renew", item))`), mend what it excused, or remove it",
                        ja: "延長する（`\(ExceptionCure.command("renew", item))`）か、対象を直すか、例外を取り除いてください"))
                match.key = item.exception.clause ?? item.exception.invariant
                return match
            }
        })
}
