import InvarCore
import InvarSyntax

extension Rule {
    package static let jobWipeReinsert = Rule(
        id: "job/wipe-reinsert",
        title: Wording(en: "a job that empties a table and fills it again", ja: "全件削除して入れ直すジョブ"),
        why: Wording(
            en:
                "Between the two, and after a failure there, the table is empty for everybody who reads it, and rows that others wrote meanwhile are lost. Merging by a key, replacing the run's partition, or filling a new table and renaming it never shows that state. Deleting the rows of one run by its key and inserting them again is the recommended way and no finding.",
            ja:
                "削除と挿入の間、またそこで失敗した後は、テーブルが空に見え、その間に他の処理が書いた行も失われます。キーによる MERGE、その回のパーティションの置き換え、新しいテーブルに入れてからの名前の切り替えなら、その状態は生じません。実行のキー（バッチ ID や営業日）で自分の行だけを消して入れ直すのは推奨される方法で、検出しません。"
        ),
        invariant: "INV-OPS-004", severity: .error,
        violating: [
            Example(
                """
                def refresh(db, rows):
                    # 集計表を作り直す
                    db.execute("↓DELETE FROM totals")
                    db.executemany("INSERT INTO totals (day, amount) VALUES (%s, %s)", rows)

                """, at: "batch/refresh_totals.py"),
            Example(
                """
                #!/bin/sh
                psql "$DATABASE_URL" <<SQL
                BEGIN;
                ↓TRUNCATE TABLE customers;
                INSERT INTO customers SELECT * FROM customers_feed;
                COMMIT;
                SQL

                """, at: "scripts/load_customers.sh"),
            Example(
                """
                export async function rebuild(prisma, rows) {
                  await ↓prisma.ranking.deleteMany({});
                  await prisma.ranking.createMany({ data: rows });
                }

                """, at: "src/jobs/ranking.ts"),
            // What a job runs is a job, wherever it stands.
            Example(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: { name: 在庫 }
                spec:
                  schedule: "0 3 * * *"
                  jobTemplate: { spec: { template: { spec: { containers: [{ name: stock, image: "stock:4", command: [python, /app/tools/stock.py] }] } } } }

                """, at: "stock/deploy/cron.yaml",
                with: [
                    ("stock/tools/stock.py", "def run(db):\n    db.execute(\"↓TRUNCATE stock\")\n    db.execute(\"INSERT INTO stock SELECT * FROM feed\")\n")
                ],
                skipping: [.preamble: skipped, .comment: skipped]),
            Example(
                """
                on: { schedule: [{ cron: "0 3 * * *" }] }
                jobs:
                  rank:
                    steps: [{ run: "pip install -r requirements.txt\\npython -m app.rank --all" }]

                """, at: ".github/workflows/rank.yml",
                with: [("app/rank.py", "db.execute(\"↓DELETE FROM ranks\")  # 全件\ndb.execute(\"INSERT INTO ranks SELECT * FROM votes\")\n")],
                skipping: [.preamble: skipped, .comment: skipped]),
            Example(
                "[Timer]\nOnCalendar=daily\n", at: "units/rates.timer",
                with: [
                    ("units/rates.service", "[Service]\nType=oneshot\nExecStart=/usr/bin/ruby /srv/rates.rb # 為替\n"),
                    ("rates.rb", "db.exec(\"↓DELETE FROM rates\")\ndb.exec(\"INSERT INTO rates SELECT * FROM feed\")\n"),
                ], skipping: [.preamble: skipped, .comment: skipped]),
        ],
        conforming: [
            Example(
                """
                on: { push: {} }
                jobs: { rank: { steps: [{ run: python app/rank.py }] } }

                """, at: ".github/workflows/rank.yml",
                with: [("app/rank.py", "db.execute(\"DELETE FROM ranks\")\ndb.execute(\"INSERT INTO ranks SELECT * FROM votes\")  # 手で動かす\n")]),
            Example(
                """
                def refresh(db, rows, day):
                    db.execute("DELETE FROM totals WHERE business_date = %s", [day])  # その日の行だけ
                    db.executemany("INSERT INTO totals (day, amount) VALUES (%s, %s)", rows)
                    db.execute("DELETE FROM work_totals")
                    db.execute("INSERT INTO work_totals SELECT * FROM totals")

                """, at: "batch/refresh_totals.py"),
            Example(
                """
                class Totals:
                    def clear(self):
                        self.db.execute("DELETE FROM totals")

                    def add(self, row):
                        self.db.execute("INSERT INTO totals VALUES (%s)", row)

                """, at: "batch/totals.py"),
            Example(
                "def test_refresh(db):\n    db.execute(\"DELETE FROM totals\")\n    db.execute(\"INSERT INTO totals VALUES (1)\")\n",
                at: "batch/tests/refresh.py"),
            Example("User.where(expired: true).delete_all\nUser.insert_all(rows)\nputs \"Delete from the list\"\n", at: "app/jobs/expire_job.rb"),
            Example(
                """
                def swap(db):
                    # 新しいテーブルに入れてから名前を切り替える
                    db.execute("CREATE TABLE totals_new (day date)")
                    db.execute("INSERT INTO totals_new SELECT day FROM feed")
                    db.execute("ALTER TABLE totals_new RENAME TO totals")

                """, at: "jobs/swap.py"),
        ],
        matcher: .files(JobCode.kinds) { artifact, surroundings in
            JobCode.matches(in: artifact, surroundings, cues: TableWipe.cues, wipes)
        })

    // Files of SQL are the matter of `sql/wipe-reinsert`.
    private static func wipes(in artifact: Artifact, _ code: CodeText) -> [Match] {
        TableWipe.all(in: code).map { wipe in
            let line = artifact.lines.line(at: wipe.insertion.lowerBound)
            var match = artifact.match(
                over: wipe.span,
                Wording(
                    en: "\(wipe.what) empties \(wipe.table), which line \(line) fills again: a failure in between leaves it empty",
                    ja: "\(wipe.what) で \(wipe.table) を空にし、\(line) 行目で入れ直しています。途中で失敗すると空のまま残ります"),
                hint: hint(wipe))
            match.operations = [RelativePath.stem(artifact.path), RelativePath.name(artifact.path)]
            match.key = wipe.what
            let first = artifact.lines.line(at: wipe.span.lowerBound)
            match.scope = first...max(first, artifact.lines.line(at: max(wipe.insertion.lowerBound, wipe.insertion.upperBound - 1)))
            return match
        }
    }

    private static let skipped = "the code stands in another file"

    private static func hint(_ wipe: TableWipe) -> Wording {
        let isSQL = wipe.what.hasPrefix("DELETE") || wipe.what.hasPrefix("TRUNCATE")
        let snippet =
            isSQL
            ? "INSERT INTO \(wipe.table) (…) SELECT … ON CONFLICT (…) DO UPDATE SET … = excluded.…;\nDELETE FROM \(wipe.table) WHERE run_id <> :run_id;"
            : "upsert by key with the run's id, then delete the rows of other runs"
        return Wording(
            en: "merge by a key, or delete only this run's rows, or fill a new table and rename it\n\(snippet)",
            ja: "キーで MERGE するか、その回の行だけを消すか、新しいテーブルに入れてから名前を切り替えてください\n\(snippet)")
    }
}
