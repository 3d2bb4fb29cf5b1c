import InvarCore

extension Rule {
    package static let exceptionSuspect = Rule(
        id: "exception/suspect",
        title: Wording(en: "an exception granted against other words", ja: "認められたときと文面の変わった例外"),
        why: Wording(
            en: "The invariant has changed since. It still excuses, but somebody must read it again and confirm that it was meant for the new words too.",
            ja: "例外を認めたあとでインバリアントの文面が変わりました。例外はまだ有効ですが、新しい文面にも当てはまるか、読み直して確認してください。"),
        severity: .warning,
        violating: [
            SampleKnowledge.violating(
                SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until, "seen: 00000000"))
        ],
        conforming: [
            SampleKnowledge.conforming(
                SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until, SampleKnowledge.seen))
        ],
        matcher: .knowledge { knowledge, surroundings in
            knowledge.exceptions.filter { $0.isSuspect }.map { item in
                var match = surroundings.match(
                    at: Place(path: item.path, position: item.exception.position),
                    Wording(
                        en: "\(item.exception.invariant) has changed since this exception was granted",
                        ja: "この例外が認められたあとで \(item.exception.invariant) の文面が変わっています"),
                    hint: Wording(
                        en: "read it again, then `\(ExceptionCure.command("confirm", item))` (seen: \(item.terms?.fingerprint ?? ""))",
                        ja: "読み直してから `\(ExceptionCure.command("confirm", item))` で確認してください（seen: \(item.terms?.fingerprint ?? "")）"))
                match.key = item.exception.clause ?? item.exception.invariant
                return match
            }
        })
}
