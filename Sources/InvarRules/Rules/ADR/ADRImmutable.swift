import InvarCore
import InvarSyntax

extension Rule {
    package static let adrImmutable = Rule(
        id: "adr/immutable",
        title: Wording(en: "an accepted decision that is rewritten", ja: "承認済みの決定の書き換え"),
        why: Wording(
            en: """
                Whoever builds on a decision must find what was decided then. A decision that the base branch has as accepted changes only in its status, dates, links \
                and exceptions; a new insight is a new decision that supersedes or amends it. Typing mistakes are worth mending, so this rule is opt-in.
                """,
            ja: """
                決定を前提にする人は、当時何を決めたのかを読めなければなりません。ベースブランチで承認済みの決定で変えてよいのは、ステータス、日付、リンク、例外だけです。\
                新しい知見は、置き換えまたは改訂する新しい決定に書きます。誤字の修正まで止めることになるため、既定では無効です。
                """),
        severity: .warning, isOptIn: true,
        violating: [
            Example(
                files: [("ADRs/0007-queue.md", "# 7. Use a queue\n\n## Status\n\nAccepted\n\n## Decision\n\n↓We use two queues.\n")],
                before: [("ADRs/0007-queue.md", "# 7. Use a queue\n\n## Status\n\nAccepted\n\n## Decision\n\nWe use one queue.\n")]),
            Example(
                files: [("ADRs/0007-queue.md", "---\nstatus: deprecated\n---\n# キューを使う\n\n## 決定\n\n↓キューを 2 本使う。\n")],
                before: [("ADRs/0007-queue.md", "---\nstatus: accepted\n---\n# キューを使う\n\n## 決定\n\nキューを 1 本使う。\n")]),
        ],
        conforming: [
            Example(
                files: [
                    (
                        "ADRs/0007-queue.md",
                        "# 7. Use a queue\n\n## Status\n\nSuperseded by [ADR-0008](0008-topic.md)\n\n## Decision\n\nWe use one queue.\n\n## Links\n\n- Superseded by [ADR-0008](0008-topic.md)\n"
                    ), ("ADRs/0008-topic.md", "# 8. Use a topic\n\nStatus: Accepted\n\nSupersedes [ADR-0007](0007-queue.md)\n"),
                ],
                before: [("ADRs/0007-queue.md", "# 7. Use a queue\n\n## Status\n\nAccepted\n\n## Decision\n\nWe use one queue.\n")]),
            Example(
                files: [
                    (
                        "ADRs/0007-queue.md",
                        "---\nstatus: accepted\nexceptions:\n  - invariant: INV-OPS-002\n    reason: 代行会社の制約\n---\n# キューを使う\n\n## 決定\n\nキューを 1 本使う。\n\n## 例外\n\n- INV-OPS-003\n  - 理由: 移行中\n"
                    )
                ],
                before: [("ADRs/0007-queue.md", "---\nstatus: accepted\n---\n# キューを使う\n\n## 決定\n\nキューを 1 本使う。\n")]),
            Example(
                files: [("ADRs/0007-queue.md", "# 7. Use a queue\n\nStatus: Proposed\n\n## Decision\n\nWe use two queues.\n")],
                before: [("ADRs/0007-queue.md", "# 7. Use a queue\n\nStatus: Proposed\n\n## Decision\n\nWe use one queue.\n")]),
        ],
        matcher: .change { view in
            view.change.files.keys.sorted().compactMap { path in Rule.rewritten(path, in: view) }
        })

    fileprivate static func rewritten(_ path: String, in view: ChangeView) -> Match? {
        let old = view.change.files[path]?.oldPath ?? path
        guard view.role(of: old) == .decisions, case .document(let was)? = view.before(path)?.content,
            let before = DecisionSubstance(was, vocabulary: view.vocabulary), before.status == .accepted
        else { return nil }
        let hint = Wording(
            en: "write a new one: `invar adr new TITLE --supersedes \(before.id.replacing("ADR-", with: ""))`",
            ja: "新しい決定として書いてください: `invar adr new 題名 --supersedes \(before.id.replacing("ADR-", with: ""))`")
        guard case .document(let file)? = view.after(path)?.content, let after = DecisionSubstance(file, vocabulary: view.vocabulary) else {
            let start = Position(line: 1)
            return Match(
                path: path, start: start, end: start,
                message: Wording(
                    en: "\(before.id) is accepted on \(view.change.base), and is gone", ja: "\(before.id) は \(view.change.base) で承認済みですが、なくなっています"),
                hint: Wording(en: "keep it, and mark it as superseded or deprecated", ja: "残したうえで、置き換え済みまたは廃止としてください"))
        }
        guard let difference = after.firstDifference(from: before) else { return nil }
        let line = file.text(ofLines: difference.line...difference.line)
        let blanks = line.unicodeScalars.prefix { $0 == " " || $0 == "\t" }.count
        let length = line.unicodeScalars.count { $0 != "\n" && $0 != "\r" }
        let said = difference.before.map { DisplayText.truncated($0, to: 60) } ?? ""
        var match = Match(
            path: path, start: Position(line: difference.line, column: blanks + 1), end: Position(line: difference.line, column: max(blanks, length) + 1),
            message: difference.before == nil
                ? Wording(en: "adds to \(before.id), which is accepted on \(view.change.base)", ja: "\(view.change.base) で承認済みの \(before.id) に書き足しています")
                : Wording(
                    en: "rewrites \(before.id), which is accepted on \(view.change.base): it said \"\(said)\"",
                    ja: "\(view.change.base) で承認済みの \(before.id) を書き換えています（元は「\(said)」）"),
            hint: hint)
        match.key = before.id
        match.scope = 1...max(1, file.lines.count)
        return match
    }
}
