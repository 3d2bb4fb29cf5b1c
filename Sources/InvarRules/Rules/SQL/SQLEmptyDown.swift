import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlEmptyDown = Rule(
        id: "sql/empty-down",
        title: Wording(en: "a way back that does nothing", ja: "何もしない戻し方"),
        why: Wording(
            en: """
                The tool runs it, reports success and lowers the version, and the schema stays as it was: the next way forth fails on what is still there, and \
                the older application meets a schema it does not know. Where most ways back of a folder are empty, the folder is reported once.
                """,
            ja: """
                ツールは成功したと表示してバージョンを下げますが、スキーマは変わりません。次に進めるときに残ったものと衝突して失敗し、旧バージョンのアプリは\
                知らないスキーマで動くことになります。空の戻し方が多いフォルダーは、まとめて 1 件だけ報告します。
                """),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example(
                "↓-- irreversible\n", at: "db/migrations/000002_total.down.sql",
                with: [("db/migrations/000002_total.up.sql", "ALTER TABLE orders ADD COLUMN total bigint;\n")], skipping: SampleMigrations.absent),
            Example(
                files: [
                    ("m/2026-03-01-000000_stock/up.sql", "CREATE TABLE stock (id bigint);\n"),
                    ("m/2026-03-01-000000_stock/down.sql", "↓BEGIN;\nSELECT 1;\nCOMMIT;\n"),
                ], skipping: SampleMigrations.absent),
            Example(
                "-- +goose Up\nCREATE INDEX carts_at ON carts (made_at);\n\n↓-- +goose Down\n-- 戻さない\n", at: "db/migrations/00002_index.sql",
                skipping: SampleMigrations.absent),
        ],
        conforming: [
            Example(
                "-- 何もしない版の戻し方\n", at: "db/migrations/000002_gap.down.sql", with: [("db/migrations/000002_gap.up.sql", "-- 欠番\nSELECT 1;\n")]),
            Example(
                "", at: "db/migrations/000003_comment.down.sql",
                with: [("db/migrations/000003_comment.up.sql", "COMMENT ON TABLE orders IS '注文';\nGRANT SELECT ON orders TO reader;\n")]),
            Example(
                "{{ template \"undo\" . }}\n", at: "db/migrations/000004_t.down.sql", with: [("db/migrations/000004_t.up.sql", "CREATE TABLE t (id bigint);\n")]
            ),
            Example(files: SampleMigrations.split),
            Example(
                "DO $$ BEGIN DROP TABLE t; END $$;\n", at: "db/migrations/000005_t.down.sql",
                with: [("db/migrations/000005_t.up.sql", "CREATE TABLE t (id bigint);\n")]),
        ],
        matcher: .group(.migrations) { group, _ in
            group.waysBack.flatMap(emptyDowns)
        })

    private static func emptyDowns(_ folder: MigrationPairs) -> [Match] {
        let split = folder.split
        let empty = folder.pairs.indices.filter { folder.pairs[$0].wayBack == .empty && !folder.pairs[$0].up.isNoOp }
        // The way back of a sibling does the work.
        let wanted =
            split.isHabit
            ? empty.min { MigrationPairs.inOrderOfWaysBack(folder.pairs[$0], folder.pairs[$1]) }.map { [$0] } ?? []
            : empty.filter { !split.shared.contains($0) || split.leftOver[$0] != nil }
        var found: [Match] = []
        folder.forEach(Set(wanted)) { _, pair, history in
            if let match = emptyDown(pair, history) { found.append(match) }
        }
        if split.isHabit, let first = found.first { return [habit(first, folder, split.emptyCount, split.count)] }
        // A generic way back may serve several dialects.
        var seen: Set<String> = []
        return found.filter { seen.insert($0.path + "\n" + $0.key).inserted }
    }

    private static func emptyDown(_ pair: MigrationPair, _ history: SchemaHistory) -> Match? {
        guard let place = pair.wayBackPlace, let artifact = pair.downArtifacts.first else { return nil }
        let undo = UndoAdvice.snippet(UndoStatements(of: pair.up, in: pair.artifact.bytes, history: history), for: pair)
        var match = artifact.match(
            at: place.position,
            Wording(
                en: "the way back of version \(pair.name) does nothing: the tool says that it went back, and the schema stays as it is",
                ja: "バージョン \(pair.name) の戻し方が空です。ツールは戻したと表示しますが、スキーマはそのまま残ります"),
            hint: Wording(
                en: "write what undoes it, or record why it cannot be undone as an exception in an ADR\n",
                ja: "元へ戻す文を書くか、戻せない理由を ADR の例外に書いてください\n") + undo)
        match.key = pair.unit?.id ?? "empty"
        match.scope = place.position.line...max(place.position.line, artifact.lines.count)
        match.causes = [pair.artifact.path]
        match.related = [Match.Related(place: Place(path: pair.artifact.path, position: Position(line: 1)), message: Wording(en: "the way forth", ja: "進める側"))]
        // Liquibase's `<rollback/>` says so in so many words.
        if pair.unit != nil { match.severity = .note }
        return match
    }

    private static func habit(_ first: Match, _ folder: MigrationPairs, _ empty: Int, _ count: Int) -> Match {
        var match = first
        match.message = Wording(
            en:
                "\(empty) of the \(count) ways back of \(folder.directory.path) do nothing: whether a rollback undoes a change cannot be told version by version",
            ja: "\(folder.directory.path) の戻し方 \(count) 件のうち \(empty) 件が空です。切り戻しで何が元に戻るのか、版ごとには分かりません")
        match.hint =
            Wording(
                en: "put each inverse beside its own way forth, or record how this folder is rolled back as an exception in an ADR\n",
                ja: "元へ戻す文を対応する版に書くか、このフォルダーの切り戻し手順を ADR の例外に書いてください\n") + UndoAdvice.exception(path: folder.directory.path + "/**")
        match.key = "folder"
        match.scope = nil
        match.causes = []
        match.related = []
        return match
    }
}
