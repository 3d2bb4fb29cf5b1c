import InvarCore
import InvarSyntax

extension Rule {
    package static let jobAirflowNondeterministic = Rule(
        id: "job/airflow-nondeterministic",
        title: Wording(en: "a DAG that asks the clock", ja: "現在時刻に依存する DAG"),
        why: Wording(
            en:
                "A run is retried, cleared and backfilled later than it was due. What it computes must follow from its `logical_date`, or the same run reads and writes other days each time. Defaults of `Param`, `start_date` and words of a log are no harm; neither is a clock that only measures how long something took.",
            ja: "DAG の実行は、予定より後に再試行・クリア・バックフィルされます。計算の基準を `logical_date` にしないと、同じ実行なのに毎回違う日を読み書きします。`Param` の既定値、`start_date`、ログの文言、処理時間の計測は対象外です。"),
        invariant: "INV-OPS-004", severity: .warning,
        violating: [
            Example(
                """
                from datetime import datetime, timedelta

                from airflow import DAG

                # 実行のたびに変わる
                target = (↓datetime.now() - timedelta(days=1)).strftime("%Y-%m-%d")

                with DAG("close_day", schedule="@daily", catchup=False) as dag:
                    pass

                """, at: "dags/close_day.py"),
            Example(
                """
                import time
                from datetime import date
                from airflow.decorators import dag, task

                @dag(schedule="@daily", catchup=False)
                def export():
                    @task
                    def write():
                        path = f"/export/{↓date.today():%Y%m%d}.csv"
                        upload(path, key=str(↓time.time()))

                    write()

                export()

                """, at: "airflow/export.py"),
        ],
        conforming: [
            Example(
                """
                from datetime import date, datetime, timedelta
                from airflow import DAG
                from airflow.models.param import Param

                dag = DAG(
                    "backfill",
                    schedule=None,
                    start_date=datetime.now() - timedelta(days=1),
                    params={"until": Param(default=date.today().isoformat(), type="string")},
                )

                """, at: "dags/backfill.py"),
            Example(
                """
                import logging
                import time
                from airflow import DAG

                def run(ds, **context):
                    started = time.time()
                    load(day=ds)
                    logging.info("%s 件、%s 秒、%s に終了", 3, time.time() - started, datetime.now())

                dag = DAG("load", schedule="@daily", catchup=False)

                """, at: "dags/load.py"),
            Example("from datetime import datetime\n\nprint(datetime.now())  # DAG ではない\n", at: "tools/clock.py"),
            Example(
                "from airflow import DAG\n\ndag = DAG(\"d\", schedule=None)\n# datetime.now() は使わない\nday = \"{{ ds }}\"\nnote = \"datetime.now() は禁止\"\n",
                at: "dags/d.py"),
        ],
        matcher: .file(.text) { artifact, _ in matches(in: artifact) })

    private static let cues = CueSet(["now(", "today(", "time.time(", "time_ns(", "utcnow"])

    private static func matches(in artifact: Artifact) -> [Match] {
        guard CodeLanguage(path: artifact.path) == .python, !ExemptPath.isTest(artifact.path), cues.occur(in: artifact.bytes), let code = CodeText(artifact)
        else { return [] }
        let dags = AirflowDAG.all(in: code)
        guard !dags.isEmpty else { return [] }
        return code.tokens.indices.compactMap { index in
            guard ClockReading.isRead(code, index), let call = code.call(at: index), !ClockReading.isHarmless(code, call) else { return nil }
            let span = code.tokens[call.first].start..<code.tokens[call.last].end
            let text = code.text(in: span)
            var match = artifact.match(
                over: span,
                Wording(
                    en: "\(text) in a DAG: the same run computes something else when it is retried or backfilled",
                    ja: "DAG の中の \(text): 再試行やバックフィルのたびに同じ実行が違う結果になります"),
                hint: Wording(
                    en: "take the date of the run\n", ja: "その実行の日付を使ってください\n")
                    + Wording("logical_date = get_current_context()[\"logical_date\"]  # in a template: {{ ds }}"))
            match.operations = dags.compactMap(\.id)
            match.key = "\(text) \(artifact.text(ofLine: match.start.line))"
            return match
        }
    }
}

/// Reading the clock in Python.
private enum ClockReading {
    static func isRead(_ code: CodeText, _ index: Int) -> Bool {
        guard code.kind(index) == .word, code.isToken(index + 1, "("), code.isToken(index - 1, ".") else { return false }
        let owner = code.text(index - 2)
        switch code.text(index) {
        case "now": return ["datetime", "pendulum", "dt", "timezone", "Timestamp", "arrow", "DateTime"].contains(owner)
        case "utcnow": return ["datetime", "dt", "timezone", "pendulum", "arrow"].contains(owner)
        case "today": return ["datetime", "date", "pendulum", "dt", "Timestamp"].contains(owner)
        case "time", "time_ns": return owner == "time"
        default: return false
        }
    }

    /// A default, a start date, a log's text, a measured duration.
    static func isHarmless(_ code: CodeText, _ call: CodeCall) -> Bool {
        var index = call.first
        var steps = 0
        while index >= 0, steps < 32 {
            steps += 1
            if isStartDate(code, before: index) { return true }
            let parent = Int(code.tokens[index].parent)
            guard parent >= 0 else { break }
            if code.isToken(parent, "("), code.isWord(parent - 1) {
                let name = code.text(parent - 1)
                if name == "Param" || name == "print" || name == "days_ago" { return true }
                if ["info", "debug", "warning", "warn", "error", "exception", "critical", "log"].contains(name), code.isToken(parent - 2, ".") { return true }
            }
            index = parent
        }
        return isDuration(code, call)
    }

    /// `start_date=…`, `"start_date": …`, within the same brackets.
    private static func isStartDate(_ code: CodeText, before index: Int) -> Bool {
        var place = index - 1
        let parent = code.tokens[index].parent
        var steps = 0
        while place >= 0, steps < 24 {
            steps += 1
            if code.isToken(place, ","), code.tokens[place].parent == parent { return false }
            if code.tokens[place].kind == .open, Int(parent) == place { return false }
            if code.isToken(place, "start_date") { return true }
            if code.kind(place) == .text, ["start_date", "end_date"].contains(code.text(place)) { return true }
            if code.tokens[place + 1].startsLine, code.tokens[place].parent == parent, parent < 0 { return false }
            place -= 1
        }
        return false
    }

    private static func isDuration(_ code: CodeText, _ call: CodeCall) -> Bool {
        let after = call.last + 1
        if code.isToken(after, "-"), code.isWord(after + 1) {
            let words = CodeWords.of(code.text(after + 1))
            if words.contains(where: { starts.contains($0) }) { return true }
        }
        guard code.isToken(call.first - 1, "="), code.isWord(call.first - 2) else { return false }
        guard code.tokens.indices.contains(after) == false || code.tokens[after].startsLine else { return false }
        return CodeWords.of(code.text(call.first - 2)).contains { starts.contains($0) || $0 == "end" || $0 == "finished" }
    }

    private static let starts: Set<String> = ["start", "started", "begin", "began", "t0", "t1", "tic", "start_time", "elapsed", "since"]
}
