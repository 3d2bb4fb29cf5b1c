import InvarCore
import InvarSyntax

extension Rule {
    package static let jobAppendWrite = Rule(
        id: "job/append-write",
        title: Wording(en: "a job that appends whatever is there", ja: "何があっても追記するジョブ"),
        why: Wording(
            en:
                "A job runs again after a failure, by hand or as a backfill. One that appends has its rows twice then. Overwriting the partition of the run's date, merging by a key, or deleting the run's rows first has the effect of one. Tables that record each run (logs, histories) are meant to grow and left out.",
            ja:
                "ジョブは失敗後の再実行、手動実行、バックフィルで何度でも走ります。追記するジョブはそのたびに行が二重になります。実行日のパーティションを上書きする、キーで MERGE する、その回の行を先に消す、のいずれかなら 1 回分の結果になります。実行ごとに増えるのが正しいログ・履歴のテーブルは対象外です。"
        ),
        invariant: "INV-OPS-004", severity: .warning,
        violating: [
            Example(
                """
                from airflow import DAG

                # 取引の取り込み
                with DAG("trades", schedule="@daily", catchup=False) as dag:
                    BigQueryInsertJobOperator(
                        task_id="load",
                        configuration={"query": {"query": SQL, "writeDisposition": ↓"WRITE_APPEND"}},
                    )

                """, at: "dags/trades.py"),
            Example(
                """
                def load(rows, engine):
                    frame(rows).to_sql("daily_totals", engine, if_exists=↓"append")
                    engine.execute("↓INSERT INTO totals SELECT day, sum(amount) FROM trades GROUP BY day")

                """, at: "etl/load.py"),
            Example(
                "apiVersion: batch/v1\nkind: Job\nmetadata: { name: 集計 }\nspec: { template: { spec: { containers: [{ name: sum, image: 'sum:1', args: [python, sum.py] }] } } }\n",
                at: "app/deploy/job.yaml", with: [("app/sum.py", "frame.to_sql(\"totals\", engine, if_exists=↓\"append\")\n")],
                skipping: [.preamble: "the code stands in another file", .comment: "the code stands in another file"]),
        ],
        conforming: [
            Example(
                "from airflow import DAG\n\nwith DAG(\"trades\", schedule=\"@daily\", catchup=False):\n    load(table=\"trades${{ ds_nodash }}\", write_disposition=\"WRITE_TRUNCATE\")\n",
                at: "dags/trades.py"),
            Example(
                """
                def load(db, day):
                    db.execute("DELETE FROM totals WHERE business_date = %s", [day])
                    db.execute("INSERT INTO totals SELECT day, sum(amount) FROM trades WHERE day = %s GROUP BY day", [day])
                    db.execute("INSERT INTO rates (day, rate) VALUES (%s, %s) ON CONFLICT (day) DO UPDATE SET rate = excluded.rate", [day, 1])
                    db.execute("INSERT INTO 実行_log (day) VALUES (%s)", [day])

                """, at: "batch/load.py"),
            Example("def save(row):\n    db.execute(\"INSERT INTO orders (id) VALUES (%s)\", [row.id])  # 画面からの登録\n", at: "app/orders.py"),
            Example("names = []\nnames.append(\"append\")\nopen(\"out.txt\", mode=\"append\")\n", at: "jobs/list.py"),
        ],
        matcher: .files(JobCode.kinds) { artifact, surroundings in
            JobCode.matches(in: artifact, surroundings, cues: AppendWrite.cues, writes)
        })

    private static func writes(in artifact: Artifact, _ code: CodeText) -> [Match] {
        let dags = AirflowDAG.all(in: code).compactMap(\.id)
        return AppendWrite.all(in: code).map { write in
            var match = artifact.match(
                over: write.span,
                Wording(en: "\(write.what): run again, this job has its rows twice", ja: "\(write.what): 再実行すると行が二重になります"),
                hint: hint(write.what))
            match.operations = dags + [RelativePath.stem(artifact.path)]
            match.key = "\(write.what) \(artifact.text(ofLine: match.start.line))"
            return match
        }
    }

    private static func hint(_ what: String) -> Wording {
        let snippet: String
        if what.hasPrefix("INSERT") {
            snippet = "DELETE FROM … WHERE business_date = :run_date;  -- then INSERT, in one transaction; or ON CONFLICT (…) DO UPDATE"
        } else if what.contains("mode") || what.contains("SaveMode") {
            snippet = ".mode(\"overwrite\").option(\"partitionOverwriteMode\", \"dynamic\")"
        } else if what.hasPrefix("if_exists") {
            snippet = "connection.execute(\"DELETE FROM … WHERE business_date = :run_date\")  # then if_exists=\"append\", in one transaction"
        } else {
            snippet = "write_disposition=\"WRITE_TRUNCATE\"  # into the partition table$YYYYMMDD of the run's date"
        }
        return Wording(
            en: "replace the run's own rows or its partition, or merge by a key\n\(snippet)", ja: "その回の行またはパーティションを置き換えるか、キーで MERGE してください\n\(snippet)")
    }
}
