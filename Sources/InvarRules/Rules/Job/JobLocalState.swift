import InvarCore
import InvarSyntax

extension Rule {
    package static let jobLocalState = Rule(
        id: "job/local-state",
        title: Wording(en: "a job that remembers on its own disk", ja: "自分のディスクに状態を覚えるジョブ"),
        why: Wording(
            en:
                "What a job writes to `/tmp` or the folder it is started in is gone with the container or the machine, and another instance never sees it: it starts from the beginning, or two run at once. A cursor, a checkpoint or a lock belongs where the data is. Caches are no harm, and `flock` leaves nothing behind.",
            ja:
                "ジョブが `/tmp` や起動時のフォルダーに書いたものは、コンテナーやマシンとともに消え、別のインスタンスからは見えません。その結果、最初からやり直したり、二重に走ったりします。カーソル・チェックポイント・ロックはデータと同じ場所に置くべきものです。キャッシュは対象外で、`flock` は何も残しません。"
        ),
        invariant: "INV-OPS-001", severity: .warning,
        violating: [
            Example(
                """
                import json
                from pathlib import Path

                # 前回どこまで進んだか
                CURSOR = Path(↓"/tmp/orders_cursor.json")


                def run(client):
                    since = json.loads(CURSOR.read_text())["since"] if CURSOR.exists() else None
                    last = client.copy_since(since)
                    CURSOR.write_text(json.dumps({"since": last}))

                """, at: "worker/copy_orders.py"),
            Example(
                """
                #!/bin/sh
                LAST=↓/tmp/last_run.txt
                since=$(cat "$LAST")
                ./export --since "$since"
                date +%s > "$LAST"

                """, at: "scripts/export.sh"),
            Example(
                """
                const STATE = ↓"./sync-state.json";
                const state = fs.existsSync(STATE) ? JSON.parse(fs.readFileSync(STATE, "utf8")) : {};
                fs.writeFileSync(STATE, JSON.stringify(state));

                """, at: "src/sync.js"),
        ],
        conforming: [
            Example(
                "CACHE = \"/tmp/state_cache.json\"\nopen(CACHE, \"w\").write(\"{}\")\nopen(CACHE).read()\nREPORT = \"/tmp/report.txt\"\nopen(REPORT, \"w\").write(\"件数\")\nopen(REPORT).read()\n",
                at: "worker/report.py"),
            Example("#!/bin/sh\nexec 9>/tmp/export.lock\nflock -n 9 || exit 0\n./export\n", at: "scripts/export.sh"),
            Example("CURSOR = \"/var/lib/copy/cursor.json\"\nopen(CURSOR, \"w\").write(\"1\")  # 永続ボリューム\nopen(CURSOR).read()\n", at: "worker/copy.py"),
            Example("open(\"/tmp/cursor.json\", \"w\").write(\"1\")\nprint(\"last_run.txt\")\n", at: "worker/write_only.py"),
        ],
        matcher: .file(.text) { artifact, _ in matches(in: artifact) })

    private static func matches(in artifact: Artifact) -> [Match] {
        guard CodeLanguage(path: artifact.path) != nil, !ExemptPath.isExempt(artifact.path), !ExemptPath.isForeign(artifact.path),
            LocalState.cues.occur(in: artifact.bytes),
            let code = CodeText(artifact)
        else { return [] }
        return LocalState.all(in: code).map { state in
            var match = artifact.match(
                over: state.span,
                Wording(
                    en: "\(state.path) is written and read back on the machine's own disk: it is lost with it, and no other instance sees it",
                    ja: "\(state.path) をマシン自身のディスクに書いて読み戻しています。マシンとともに失われ、他のインスタンスからは見えません"),
                hint: Wording(
                    en: "keep it where the data is: a row with the job's name, changed in the same transaction, or a file on a durable volume\n",
                    ja: "データと同じ場所に置いてください（ジョブ名をキーにした行を同じトランザクションで更新する、永続ボリュームに置く、など）\n")
                    + Wording("UPDATE job_state SET cursor = :cursor WHERE job = '\(RelativePath.stem(artifact.path))';"))
            match.operations = [RelativePath.stem(artifact.path)]
            match.key = state.path
            return match
        }
    }
}
