import InvarCore

extension Rule {
    package static let exceptionVoid = Rule(
        id: "exception/void",
        title: Wording(en: "an exception that no longer counts", ja: "効力を失った例外"),
        why: Wording(
            en:
                "Its decision was superseded, deprecated or rejected, or its invariant was retired or allows none. It reads as if something were excused, and nothing is.",
            ja: "決定が置き換え・廃止・却下されたか、インバリアントが廃止された、または例外を認めないものです。見逃されているように読めますが、実際には何も見逃されません。"),
        severity: .warning,
        violating: [
            SampleKnowledge.violating(
                SampleKnowledge.decision(status: "deprecated", SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until))
        ],
        conforming: [
            SampleKnowledge.conforming(
                SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until, SampleKnowledge.seen))
        ],
        matcher: .knowledge { knowledge, surroundings in
            knowledge.exceptions.filter { $0.state == .void }.map { item in
                var match = surroundings.match(
                    at: Place(path: item.path, position: item.exception.position),
                    Wording(
                        en: "the exception to \(item.exception.invariant) is void: \(ExceptionCure.voidReason(item).en)",
                        ja: "\(item.exception.invariant) の例外は無効です: \(ExceptionCure.voidReason(item).ja)"),
                    hint: Wording(en: "grant it anew in the decision that holds now, or remove it", ja: "現在有効な決定で改めて認めるか、取り除いてください"))
                match.key = item.exception.clause ?? item.exception.invariant
                return match
            }
        })
}
