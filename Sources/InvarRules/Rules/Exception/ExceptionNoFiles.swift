import InvarCore

extension Rule {
    package static let exceptionNoFiles = Rule(
        id: "exception/no-files",
        title: Wording(en: "an exception whose paths match no file", ja: "どのファイルにも当たらない例外のパス"),
        why: Wording(
            en: "The files were renamed or removed, or the pattern has a slip: what was meant is not excused, and what comes there later will be.",
            ja: "ファイルが改名・削除されたか、パターンの書き間違いです。意図した箇所は見逃されず、あとからそこに置かれたものが見逃されてしまいます。"),
        severity: .warning,
        violating: [
            SampleKnowledge.violating(
                SampleKnowledge.decision(
                    "paths: [\"services/bling/**\"]", SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until, SampleKnowledge.seen))
        ],
        conforming: [
            SampleKnowledge.conforming(
                SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until, SampleKnowledge.seen))
        ],
        matcher: .judgement { judgement in
            guard judgement.isWhole else { return [] }
            return judgement.knowledge.exceptions.flatMap { item in
                guard item.state == .active else { return [Match]() }
                return item.exception.paths.filter { path in
                    !judgement.surroundings.hasFile(matching: Glob(path))
                }.map { path in
                    var match = judgement.surroundings.match(
                        at: Place(path: item.path, position: item.exception.position),
                        Wording(en: "\(path) matches no file", ja: "\(path) に当たるファイルがありません"),
                        hint: Wording(en: "mend the pattern, or remove it", ja: "パターンを直すか、取り除いてください"))
                    match.key = path
                    return match
                }
            }
        })
}
