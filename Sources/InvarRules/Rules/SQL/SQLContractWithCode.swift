import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlContractWithCode = Rule(
        id: "sql/contract-with-code",
        title: Wording(en: "a breaking migration in the same change as the code", ja: "コードの変更と同じ変更に入った、互換性のないマイグレーション"),
        why: Wording(
            en: """
                The migration runs before the last old process is gone, or after the first new one has started: whichever comes first, one of the two meets a schema it \
                does not know, and neither can be rolled back alone. What takes away, renames or requires something goes into a change of its own, a release after \
                the code that no longer needs it. Tests, documents and generated schema dumps do not count as code.
                """,
            ja: """
                マイグレーションは、旧プロセスがすべて止まる前か、新プロセスが動き出した後に実行されます。どちらの順でも、片方は知らないスキーマで動くことになり、片方だけを切り戻すこともできません。\
                削除・改名・必須化は、それを必要としないコードをリリースした次の変更に分けます。テスト、文書、生成されたスキーマのダンプはコードに数えません。
                """),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example(
                files: [
                    ("db/migrations/000002_fax.up.sql", "ALTER TABLE users ↓DROP COLUMN fax;\n"),
                    ("db/migrations/000002_fax.down.sql", "ALTER TABLE users ADD COLUMN fax text;\n"),
                    ("app/user.go", "package app\n\n// FAX 番号の廃止\ntype User struct{ Name string }\n"),
                ],
                before: [("app/user.go", "package app\n\ntype User struct{ Name, Fax string }\n")]),
            Example(
                files: [
                    ("prisma/migrations/20260301000000_rank/migration.sql", "-- 会員ランク\nALTER TABLE \"User\" ↓ADD COLUMN \"rank\" integer NOT NULL;\n"),
                    ("src/user.ts", "export type User = { rank: number };\n"), ("prisma/schema.prisma", "model User { rank Int }\n"),
                ],
                before: [("src/user.ts", "export type User = {};\n"), ("prisma/schema.prisma", "model User { }\n")]),
        ],
        conforming: [
            Example(
                files: [
                    ("db/migrations/000002_fax.up.sql", "ALTER TABLE users DROP COLUMN fax;\n"),
                    ("db/migrations/000002_fax.down.sql", "ALTER TABLE users ADD COLUMN fax text;\n"),
                    ("db/schema.rb", "# 生成物\n"), ("app/user_test.go", "package app\n"), ("docs/users.md", "# Users\n"),
                ],
                before: [("db/schema.rb", "# 古い生成物\n"), ("docs/users.md", "# User\n")]),
            Example(
                files: [
                    ("db/migrations/000002_memo.up.sql", "ALTER TABLE users ADD COLUMN memo text;\n"),
                    ("db/migrations/000002_memo.down.sql", "ALTER TABLE users DROP COLUMN memo;\n"),
                    ("app/user.go", "package app\n\n// 備考欄を使い始める\ntype User struct{ Name, Memo string }\n"),
                ],
                before: [("app/user.go", "package app\n\ntype User struct{ Name string }\n")]),
            Example(
                files: [
                    ("db/migrations/000002_work.up.sql", "CREATE TABLE work (id bigint);\nDROP TABLE work;\n"),
                    ("app/user.go", "package app\n"),
                ],
                before: [("app/user.go", "package main\n")]),
        ],
        matcher: .change { view in
            let code = view.change.files.keys.filter(ApplicationSource.isApplication).sorted()
            guard !code.isEmpty else { return [] }
            return view.change.files.keys.sorted().compactMap { contract(at: $0, with: code, view) }
        })

    private static func contract(at path: String, with code: [String], _ view: ChangeView) -> Match? {
        guard let change = view.change.files[path], change.kind != .deleted, MigrationName.read(path) != nil, let artifact = view.after(path),
            case .migration(let file) = artifact.content, file.isForth
        else { return nil }
        // Of a file that was there before, what the change adds.
        let action = ContractAction.all(in: file.up).first { action in
            guard change.kind != .added else { return true }
            let first = artifact.lines.line(at: action.span.lowerBound)
            let last = artifact.lines.line(at: max(action.span.lowerBound, action.span.upperBound - 1))
            return change.lines.contains { $0.overlaps(first...max(first, last)) }
        }
        guard let action else { return nil }
        let named = code.prefix(2).joined(separator: ", ") + (code.count > 2 ? ", …" : "")
        var match = artifact.match(
            over: action.span,
            ContractAction.words(action)
                + Wording(
                    en: " in the same change as \(named): neither can be released or rolled back alone",
                    ja: "が \(named) と同じ変更に入っています。どちらか一方だけをリリースすることも、切り戻すこともできません"),
            hint: Wording(
                en: "release the code that does not need it first, and put this migration into the next change\ngit restore --staged --worktree -- \(path)",
                ja: "それを必要としないコードを先にリリースし、このマイグレーションは次の変更に分けてください\ngit restore --staged --worktree -- \(path)"))
        match.key = String(decoding: artifact.bytes[action.span.clamped(to: 0..<artifact.bytes.count)], as: UTF8.self)
        match.related = code.prefix(5).map {
            Match.Related(place: Place(path: $0, position: Position(line: 1)), message: Wording(en: "changed with it", ja: "同時に変更"))
        }
        return match
    }
}
