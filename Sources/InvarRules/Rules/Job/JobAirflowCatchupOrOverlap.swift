import InvarCore
import InvarSyntax

extension Rule {
    package static let jobAirflowCatchupOrOverlap = Rule(
        id: "job/airflow-catchup-or-overlap",
        title: Wording(en: "a scheduled DAG that leaves catch-up or overlap to chance", ja: "キャッチアップや重複実行が成り行き任せの DAG"),
        why: Wording(
            en:
                "Without an explicit `catchup`, whether a paused DAG later starts every run it missed depends on the version and the installation. Without `max_active_runs`, those runs go side by side; where a task appends, they append side by side.",
            ja: "`catchup` を明示しないと、停止していた DAG が再開時に溜まった回をすべて起動するかどうかが、バージョンと環境設定で変わります。`max_active_runs` がなければそれらは並行して走り、追記するタスクがあれば並行して追記します。"),
        invariant: "INV-OPS-004", severity: .note,
        violating: [
            Example(
                """
                from airflow import DAG

                # 日次の売上集計
                with ↓DAG(
                    "daily_sales",
                    schedule_interval="0 18 * * *",
                    default_args={"retries": 3},
                ) as dag:
                    run()

                """, at: "dags/daily_sales.py"),
            Example(
                """
                from airflow.decorators import dag

                @↓dag(schedule="@hourly", catchup=True)
                def events():
                    load(write_disposition="WRITE_APPEND")

                events()

                """, at: "dags/events.py"),
        ],
        conforming: [
            Example("from airflow import DAG\n\ndag = DAG(\"daily\", schedule=\"@daily\", catchup=False)\n", at: "dags/daily.py"),
            Example(
                "from airflow import DAG\n\ndag = DAG(\"手動\", schedule=None)\nonce = DAG(\"once\", schedule=\"@once\")\nbare = DAG(\"bare\")\n",
                at: "dags/manual.py"),
            Example(
                """
                from airflow.decorators import dag

                @dag(schedule="@hourly", catchup=True, max_active_runs=1)
                def events():
                    load(write_disposition="WRITE_APPEND")

                """, at: "dags/events.py"),
        ],
        matcher: .file(.text) { artifact, _ in matches(in: artifact) })

    private static let cues = CueSet(["schedule", "timetable"])

    private static func matches(in artifact: Artifact) -> [Match] {
        guard CodeLanguage(path: artifact.path) == .python, !ExemptPath.isTest(artifact.path), cues.occur(in: artifact.bytes), let code = CodeText(artifact)
        else { return [] }
        let dags = AirflowDAG.all(in: code)
        guard !dags.isEmpty else { return [] }
        let appends = AppendWrite.isThere(in: code)
        return dags.compactMap { dag in
            guard isScheduled(dag, code), dag.arguments.values.allSatisfy({ !$0.isEmpty }) else { return nil }
            let name = dag.id ?? RelativePath.stem(artifact.path)
            let message: Wording
            let snippet: String
            if dag.arguments["catchup"] == nil {
                message = Wording(
                    en: "the DAG \(name) is scheduled but does not say catchup: whether missed runs are made up for is left to the installation",
                    ja: "DAG \(name) は定期実行されますが catchup の指定がありません。実行されなかった回を後で実行するかどうかが環境任せです")
                snippet = "catchup=False,"
            } else if appends, dag.arguments["max_active_runs"] == nil {
                message = Wording(
                    en: "the DAG \(name) appends and does not limit max_active_runs: runs append side by side",
                    ja: "DAG \(name) は追記を行いますが max_active_runs の制限がなく、複数の実行が並行して追記します")
                snippet = "max_active_runs=1,"
            } else {
                return nil
            }
            var match = artifact.match(
                over: code.tokens[dag.token].start..<code.tokens[dag.token].end, message,
                hint: Wording(en: "say it where the DAG is defined\n", ja: "DAG の定義で明示してください\n") + Wording(snippet))
            match.operations = [name]
            match.key = name
            match.scope =
                artifact.lines.line(at: code.tokens[dag.token].start)...artifact.lines.line(at: code.tokens[max(dag.token, dag.tokens.upperBound - 1)].start)
            return match
        }
    }

    private static func isScheduled(_ dag: AirflowDAG, _ code: CodeText) -> Bool {
        for name in ["schedule", "schedule_interval", "timetable"] {
            guard let value = dag.arguments[name], let first = value.first else { continue }
            return !code.isToken(first, "None") && code.literal(first) != "@once" && !code.isToken(first, "[")
        }
        return false
    }
}
