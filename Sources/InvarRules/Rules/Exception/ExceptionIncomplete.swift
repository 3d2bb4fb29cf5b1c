import InvarCore
import InvarSyntax

extension Rule {
    package static let exceptionIncomplete = Rule(
        id: "exception/incomplete",
        title: Wording(en: "an exception that lacks what it must have", ja: "必須項目の欠けた例外"),
        why: Wording(
            en: "Every exception gives a reason; where the invariant asks for it, a retry strategy and a last day too. Until it does, it excuses nothing.",
            ja: "例外には理由が必ず要り、インバリアントが求める場合はリトライ戦略や期限も要ります。揃うまでは何も見逃されません。"),
        severity: .error,
        violating: [
            SampleKnowledge.violating(SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.retry, SampleKnowledge.until)),
            SampleKnowledge.violating(SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.until)),
            SampleKnowledge.violating(SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, "until: next spring")),
        ],
        conforming: [
            SampleKnowledge.conforming(
                SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until, SampleKnowledge.seen))
        ],
        matcher: .knowledge { knowledge, surroundings in
            knowledge.exceptions.compactMap { item in
                let absent = ExceptionIncompleteness.absentFields(item)
                guard item.state == .incomplete, !absent.isEmpty else { return nil }
                let fields = absent.joined(separator: ", ")
                var match = surroundings.match(
                    at: Place(path: item.path, position: item.exception.position),
                    Wording(
                        en: "the exception to \(item.exception.invariant) lacks \(fields)", ja: "\(item.exception.invariant) の例外に \(fields) がありません"),
                    hint: Wording(en: "add \(fields); until then it excuses nothing", ja: "\(fields) を書き足してください。それまでは何も見逃されません"))
                match.key = item.exception.clause ?? item.exception.invariant
                return match
            }
        })
}

/// Which required fields are not there at all; one that is there but says nothing belongs to `adr/missing-…`.
private enum ExceptionIncompleteness {
    static func absentFields(_ item: ExceptionItem) -> [String] {
        var fields = item.missing.filter { field in
            switch field {
            case .reason: (item.exception.reason ?? "").trimmingBlanks.isEmpty
            case .retry: (item.exception.retry ?? "").trimmingBlanks.isEmpty
            case .until: true
            }
        }.map(\.rawValue)
        fields += item.exception.unread.map { "\($0) (unread)" }
        if item.exception.unreadUntil != nil, !fields.contains("until") { fields.append("until (YYYY-MM-DD)") }
        return fields
    }
}
