import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesLocalTruthSqlite = Rule(
        id: "kubernetes/local-truth-sqlite",
        title: Wording(en: "an SQLite file inside the container", ja: "コンテナーの中の SQLite ファイル"),
        why: Wording(
            en:
                "A database file in the container, or on an emptyDir, is gone with the pod. Looked for in `env`, `command` and `args`: `sqlite:///…`, and paths that end in `.sqlite`, `.sqlite3` or `.db`. A file on a claimed volume, in memory or from a ConfigMap is none of that.",
            ja:
                "コンテナーの中や emptyDir に置いたデータベースファイルは、Pod とともに消えます。`env`・`command`・`args` にある `sqlite:///…` と、`.sqlite`・`.sqlite3`・`.db` で終わるパスを見ます。要求したボリューム上のもの、メモリー上のもの、ConfigMap 由来のものは対象外です。"
        ),
        invariant: "INV-OPS-001", severity: .warning,
        violating: [
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: feedback }
                spec:
                  template:
                    spec:
                      containers:
                        - name: app
                          image: feedback:1
                          env:
                            - name: DATABASE_URL
                              value: ↓sqlite:////app/feedback.db

                """, at: "deploy/feedback.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: { name: 監視画面 }
                spec:
                  template:
                    spec:
                      containers:
                        - name: app
                          image: board:1
                          args: [serve, ↓--database=/state/board.sqlite3]
                          volumeMounts: [{ name: state, mountPath: /state }]
                      volumes: [{ name: state, emptyDir: {} }]

                """, at: "deploy/board.yaml"),
        ],
        conforming: [
            Example(
                SampleManifest.workload(
                    named: "roster",
                    container: "env: [{ name: DATABASE_URL, value: 'sqlite:///data/名簿.db' }], volumeMounts: [{ name: d, mountPath: /app/data }]",
                    pod: "volumes: [{ name: d, persistentVolumeClaim: { claimName: roster } }]"), at: "deploy/roster.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: feedback }
                spec:
                  template:
                    spec:
                      containers:
                        - name: app
                          image: feedback:1
                          env: [{ name: DATABASE_URL, value: "sqlite:////var/data/feedback.db" }, { name: TEST_URL, value: "sqlite:///:memory:" }]
                          volumeMounts: [{ name: data, mountPath: /var/data/ }]
                      volumes: [{ name: data, persistentVolumeClaim: { claimName: feedback } }]

                """, at: "deploy/feedback.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: web }
                spec:
                  template:
                    spec:
                      containers:
                        - name: web
                          image: web:1
                          env: [{ name: DB_HOST, value: orders.db }, { name: 参照先, value: "postgresql://orders.db/main" }]

                """, at: "deploy/web.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: lookup }
                spec:
                  template:
                    spec:
                      containers:
                        - name: app
                          image: lookup:1
                          args: [/tables/zip.db]
                          volumeMounts: [{ name: tables, mountPath: /tables }]
                      volumes: [{ name: tables, configMap: { name: tables } }]

                """, at: "deploy/lookup.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.workloads { workload in
                guard workload.isComplete else { return [] }
                return workload.containers.flatMap { matches($0, workload, run) }
            }
        })

    private static func matches(_ container: KubernetesContainer, _ workload: KubernetesWorkload, _ run: KubernetesRun) -> [Match] {
        let mounts = container.mounts
        return (container.variables.map(\.value) + container.words).compactMap { value in
            guard let text = value.text, let file = SQLiteFile.path(in: text) else { return nil }
            let mount = mounts.filter { mayHold($0, file) }.max { $0.pathText.utf8.count < $1.pathText.utf8.count }
            if let mount, mount.isReadOnly || workload.volume(mount.volume)?.source != "emptyDir" { return nil }
            return run.match(
                workload.object, at: value, part: container.name + file,
                Wording(
                    en: "\(workload.title) keeps \(file) \(mount == nil ? "inside its container" : "on an emptyDir"): it is gone with the pod",
                    ja: "\(workload.title) は \(file) を\(mount == nil ? "コンテナーの中" : "emptyDir")に置いています。Pod とともに消えます"),
                hint: Advice.write(
                    en: "put the file on a claimed volume, or use a database that outlives the pod", ja: "要求したボリュームに置くか、Pod より長く残るデータベースを使ってください",
                    "volumeMounts:\n  - name: data\n    mountPath: \(RelativePath.folder(file).isEmpty ? "/data" : RelativePath.folder(file))"))
        }
    }

    /// Where a relative path leads is the program's affair: a mount at the end of whose path its folder stands may be it.
    private static func mayHold(_ mount: KubernetesContainer.Mount, _ file: String) -> Bool {
        if file.hasPrefix("/") { return mount.holds(file) }
        var folder = RelativePath.folder(file)
        if folder.hasPrefix("./") { folder.removeFirst(2) }
        return !folder.isEmpty && folder != "." && (mount.pathText == "/" + folder || mount.pathText.hasSuffix("/" + folder) || mount.holds("/" + folder))
    }
}

/// Names of SQLite files in environment values and arguments.
enum SQLiteFile {
    /// An absolute path, or a relative one that an `sqlite:` URL names; nil for anything else.
    static func path(in text: String) -> String? {
        if let start = text.firstRange(of: "sqlite:///") {
            return named(String(text[start.upperBound...].prefix { $0 != "?" && $0 != " " && $0 != "\"" && $0 != "'" }), isURL: true)
        }
        for word in text.split(whereSeparator: { " =\"'\n\t,;".contains($0) }) {
            let bare = word.prefix { $0 != "?" }
            let path =
                bare.hasPrefix("file:")
                ? bare.dropFirst(5) : bare.hasPrefix("sqlite3:") ? bare.dropFirst(8) : bare.hasPrefix("sqlite:") ? bare.dropFirst(7) : bare
            if path.hasPrefix("/"), let found = named(String(path), isURL: false) { return found }
        }
        return nil
    }

    private static func named(_ path: String, isURL: Bool) -> String? {
        guard !path.isEmpty, !path.holds(":memory:"), !path.utf8.contains(0x24), !path.utf8.contains(0x7B), !path.holds("*") else { return nil }
        let folded = path.lowercased()
        guard isURL || folded.hasSuffix(".sqlite") || folded.hasSuffix(".sqlite3") || folded.hasSuffix(".db") else { return nil }
        return ["/etc/", "/usr/", "/dev/"].contains { path.hasPrefix($0) } ? nil : path
    }
}
