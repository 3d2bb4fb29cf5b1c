import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlWipeReinsert = Rule(
        id: "sql/wipe-reinsert",
        title: Wording(en: "a table emptied and filled again", ja: "全削除してからの再投入"),
        why: Wording(
            en: """
                Between the DELETE and the last INSERT the table is empty or half full: who reads it sees nothing, and a failure in between loses what \
                was there. Write the difference, replace the partition of the run, or fill another table and swap the two.
                """,
            ja: """
                DELETE から最後の INSERT までの間、表は空か中途半端です。読む側には何も見えず、途中で失敗すると元のデータが失われます。\
                差分だけを書く、その回のパーティションだけを置き換える、別の表に作ってから入れ替える、のいずれかにします。
                """),
        invariant: "INV-OPS-004", severity: .error,
        violating: [
            Example(
                "↓DELETE FROM rankings;\nINSERT INTO rankings SELECT user_id, sum(score) FROM plays GROUP BY user_id;\n", at: "jobs/ranking.sql"),
            Example(
                "BEGIN;\n↓TRUNCATE rates; -- 全件入れ替え\nCOPY rates (code, rate) FROM stdin;\nJPY\t1\n\\.\nCOMMIT;\n", at: "db/migrations/000002_rates.up.sql",
                with: [SampleMigrations.down]),
            Example("BEGIN;\n↓DELETE FROM stg_orders;\nINSERT INTO stg_orders SELECT * FROM raw_orders;\nCOMMIT;\n", at: "jobs/stage.sql"),
        ],
        conforming: [
            Example(
                "-- トランザクション ID に紐づく行だけを入れ直す\nDELETE FROM rankings WHERE batch_id = 42;\nINSERT INTO rankings (batch_id, user_id) SELECT 42, user_id FROM plays;\n",
                at: "jobs/ranking.sql"),
            Example(
                """
                CREATE TABLE rankings_next AS SELECT user_id FROM plays;
                ALTER TABLE rankings RENAME TO rankings_last;
                ALTER TABLE rankings_next RENAME TO rankings;

                """, at: "jobs/ranking.sql"),
            Example("DELETE FROM fruits;\nINSERT INTO fruits VALUES (1);\n", at: "server/fixtures/setup.sql"),
            Example("DELETE FROM a WHERE id = 1;\nINSERT INTO a VALUES (1);\n", at: "db/fix.sql"),
        ],
        matcher: .statements { step in
            guard !step.isExempt else { return [] }
            return step.matches(.delete, .truncate) { index, action in
                guard step.wipes(action, at: index), let refill = step.refill(after: index) else { return nil }
                let table = step.written(action.table, in: action.span)
                var match = step.match(
                    action, step.isStaging(action.table) ? .note : .error,
                    Wording(
                        en: "empties \(table.plain) and fills it again: in between it is empty, and a failure loses what was there",
                        ja: "\(table.plain) を空にしてから入れ直します。その間は空になり、途中で失敗すると元のデータが失われます"),
                    hint: hint(table, refill, step.dialect))
                let again = step.related(refill, Wording(en: "it is filled again here", ja: "再投入の箇所"))
                match.related = [again]
                match.scope = match.start.line...max(match.start.line, again.place.line)
                return match
            }
        })

    private static func hint(_ table: WrittenName, _ refill: SQLAction, _ dialect: SQLDialect) -> Wording {
        let new = table.with(suffix: "_next")
        let change = StagedChange(
            en: "write over what is there, or fill another table and swap", ja: "既存の行に上書きするか、別の表に作ってから入れ替えてください"
        )
        let upsert =
            switch dialect {
            case .mysql:
                change.sql(
                    en: "INSERT INTO \(table.quoted) (…) SELECT … ON DUPLICATE KEY UPDATE …",
                    ja: "INSERT INTO \(table.quoted) (…) SELECT … ON DUPLICATE KEY UPDATE …")
            case .sqlserver, .oracle: change.sql("MERGE INTO \(table.quoted) USING … ON (…) WHEN MATCHED THEN UPDATE … WHEN NOT MATCHED THEN INSERT …")
            default: change.sql("INSERT INTO \(table.quoted) (…) SELECT … ON CONFLICT (<key>) DO UPDATE SET …")
            }
        let swap = upsert.step(
            en: "or only the rows of this run", ja: "または、この回の行だけ"
        ).sql(en: "DELETE FROM \(table.quoted) WHERE batch_id = <run>", ja: "DELETE FROM \(table.quoted) WHERE batch_id = <実行 ID>").step(
            en: "or a table beside it", ja: "または、別の表に作って入れ替える")
        return
            (dialect == .mysql || dialect == .clickhouse
            ? swap.sql("RENAME TABLE \(table.quoted) TO \(table.with(suffix: "_last")), \(new) TO \(table.quoted)")
            : swap.sql("ALTER TABLE \(table.quoted) RENAME TO \(PutAside.lastPart(table.with(suffix: "_last")))").sql(
                "ALTER TABLE \(new) RENAME TO \(PutAside.lastPart(table.quoted))")).hintOrException
    }
}
