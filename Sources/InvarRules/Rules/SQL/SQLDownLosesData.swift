import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlDownLosesData = Rule(
        id: "sql/down-loses-data",
        title: Wording(en: "a way back that brings back the shape, but not the rows", ja: "形だけを戻し、データは戻さない戻し方"),
        why: Wording(
            en: """
                The way forth drops a table or column; the way back makes an empty one of the same name. The schema is what it was, the data are not: that is a \
                way back for the schema, not for the service. Nothing is reported where the way forth keeps a copy, or the way back fills it again.
                """,
            ja: """
                進めるときに表や列を削除し、戻すときには同じ名前の空の表や列を作るだけです。スキーマは元に戻っても、データは戻りません。進める側でコピーを残す場合や、\
                戻す側で値を入れ直す場合は報告しません。
                """),
        invariant: "INV-OPS-003", severity: .note,
        violating: [
            Example(
                "ALTER TABLE users ↓DROP COLUMN birthday;\n", at: "db/migrations/000002_birthday.up.sql",
                with: [("db/migrations/000002_birthday.down.sql", "ALTER TABLE users ADD COLUMN birthday date;\n")], skipping: SampleMigrations.paired),
            Example(
                "-- +goose Up\n-- 使われなくなった表\n↓DROP TABLE coupons;\nALTER TABLE orders DROP COLUMN coupon_id;\n-- +goose Down\nCREATE TABLE coupons (id bigint);\nALTER TABLE orders ADD COLUMN coupon_id bigint;\n",
                at: "db/migrations/00003_coupons.sql", skipping: SampleMigrations.paired),
        ],
        conforming: [
            Example(
                "CREATE TABLE coupons_kept AS SELECT * FROM coupons;\nDROP TABLE coupons;\n", at: "db/migrations/000003_coupons.up.sql",
                with: [("db/migrations/000003_coupons.down.sql", "ALTER TABLE coupons_kept RENAME TO coupons;\n")]),
            Example(
                "ALTER TABLE users DROP COLUMN full_name;\n", at: "db/migrations/000004_name.up.sql",
                with: [
                    (
                        "db/migrations/000004_name.down.sql",
                        "ALTER TABLE users ADD COLUMN full_name text;\n-- 姓と名から作り直せる\nUPDATE users SET full_name = family || ' ' || given;\n"
                    )
                ]),
            Example(
                "ALTER TABLE users ADD COLUMN tmp text;\nALTER TABLE users DROP COLUMN tmp;\n", at: "db/migrations/000005_tmp.up.sql",
                with: [("db/migrations/000005_tmp.down.sql", "SELECT 1;\nALTER TABLE users ADD COLUMN tmp text;\n")]),
        ],
        matcher: .group(.migrations) { group, _ in
            group.waysBack.flatMap(\.pairs).compactMap { pair in
                guard pair.wayBack == .given else { return nil }
                let lost = LostRows(up: pair.up, down: pair.down).actions
                return lost.first.map { lostRows(lost, $0, pair) }
            }
        })

    private static func lostRows(_ lost: [SQLAction], _ first: SQLAction, _ pair: MigrationPair) -> Match {
        let names =
            lost.prefix(3).map { $0.kind == .dropTable ? $0.table.name : "\($0.table.name).\($0.name)" }.joined(separator: ", ") + (lost.count > 3 ? ", …" : "")
        let table = first.table.name
        let kept = "\(table)_before_\(pair.file.name.version?.parts.last ?? "change")"
        let copy =
            first.kind == .dropTable ? "ALTER TABLE \(table) RENAME TO \(kept);" : "ALTER TABLE \(table) RENAME COLUMN \(first.name) TO \(first.name)_unused;"
        var match = pair.match(
            first, Wording(en: "the way back makes \(names) anew, empty: the data are lost", ja: "戻しても \(names) は空のまま作り直されるだけで、データは失われます"),
            hint: Wording(
                en: "keep the data until nobody goes back any more: rename instead of dropping, and drop a release later\n\(copy)",
                ja: "戻す可能性がなくなるまでデータを残してください。今は改名にとどめ、次のリリースで削除します\n\(copy)"))
        match.causes = pair.downArtifacts.map(\.path).filter { $0 != pair.artifact.path }
        if pair.wayBackFile == nil { match.scope = 1...max(1, pair.artifact.lines.count) }
        if let place = pair.wayBackPlace { match.related = [Match.Related(place: place, message: Wording(en: "the way back", ja: "戻し方"))] }
        return match
    }
}
