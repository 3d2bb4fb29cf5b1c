import InvarCore
import InvarSyntax

extension Rule {
    package static let composeDBNoVolume = Rule(
        id: "compose/db-no-volume",
        title: Wording(en: "a compose database without a volume", ja: "ボリュームのない compose のデータベース"),
        why: Wording(
            en:
                "A database service without `volumes:` loses everything when its container is made anew, as `docker compose up` does after a change. Files and folders that are for tests, CI, development or examples are left out; so is a service that another file of the folder completes.",
            ja: "`volumes:` のないデータベースは、コンテナーが作り直されるとすべて失われます（変更後の `docker compose up` で起こります）。テスト・CI・開発・例のためのファイルやフォルダー、同じフォルダーの別ファイルが補うサービスは対象外です。"),
        invariant: "INV-OPS-001", severity: .note,
        violating: [
            Example(
                """
                services:
                  web: { image: "storefront:4" }
                  db:
                    image: ↓postgres:16 # 受注
                    environment: { POSTGRES_DB: orders }

                """, at: "deploy/docker-compose.yml"),
            Example(
                """
                x-common: &common { restart: always }
                services:
                  キャッシュではない:
                    <<: *common
                    image: ↓"redis:7-alpine"
                    tmpfs: [/data]

                """, at: "compose.yaml"),
        ],
        conforming: [
            Example(
                """
                x-disk: &disk { volumes: ["data:/var/lib/postgresql/data"] }
                services:
                  db: { <<: *disk, image: "postgres:16" }
                  cache: { image: "memcached:1" }
                  見張り: { image: "prom/mysqld-exporter:1" }
                volumes: { data: {} }

                """, at: "deploy/compose.yaml"),
            Example("services:\n  db: { image: 'postgres:16' } # テスト用\n", at: "deploy/docker-compose.test.yml"),
            Example("services:\n  db: { image: 'postgres:16' }\n", at: "e2e/compose.yaml"),
            Example(
                "services:\n  db: { image: 'mysql:8' }\n", at: "deploy/docker-compose.yml",
                with: [("deploy/docker-compose.prod.yml", "services:\n  db: { volumes: ['data:/var/lib/mysql'] }\n")]),
        ],
        matcher: .group(.manifests) { group, _ in
            let files = group.artifacts.compactMap(ComposeFile.init)
            let kept = Set(files.flatMap(\.services).filter(\.hasVolumes).map(\.name))
            return files.filter { !isForTrying($0.path) }.flatMap { file -> [Match] in
                guard let artifact = group.artifacts.first(where: { $0.path == file.path }) else { return [] }
                let others = files.map(\.path).filter { $0 != file.path }
                return file.services.compactMap { service in
                    guard let image = service.imageValue, Database.isDatabase(service.image, words: service.words), !service.isExtended,
                        !kept.contains(service.name),
                        !(service.value.value("profiles")?.texts ?? []).contains(where: isForTrying)
                    else { return nil }
                    return match(service, image, artifact, others)
                }
            }
        })

    private static func match(_ service: ComposeFile.Service, _ image: YAML, _ artifact: Artifact, _ others: [String]) -> Match {
        let name = service.image?.basename ?? "database"
        var match = artifact.match(
            at: image.position, to: image.end,
            Wording(
                en: "\(service.name) runs \(name) without a volume: what it stores is gone with its container",
                ja: "\(service.name) はボリュームなしで \(name) を動かしています。保存したものはコンテナーとともに消えます"),
            hint: Advice.write(
                en: "name a volume where the data is", ja: "データのフォルダーに、名前付きボリュームを割り当ててください",
                "services:\n  \(service.name):\n    volumes:\n      - \(service.name)-data:\(dataFolder(name))\nvolumes:\n  \(service.name)-data:"))
        match.operations = [service.name]
        match.key = "service/" + service.name
        match.scope = service.lines
        match.causes = others
        return match
    }

    private static func dataFolder(_ name: String) -> String {
        switch name {
        case "postgres", "postgresql", "postgis", "timescaledb": "/var/lib/postgresql/data"
        case "mysql", "mariadb", "percona": "/var/lib/mysql"
        case "mongo", "mongodb": "/data/db"
        case "rabbitmq": "/var/lib/rabbitmq"
        default: "/data"
        }
    }

    /// Whether a path, or a profile's name, says that it is only for trying things out.
    private static func isForTrying(_ path: String) -> Bool {
        let words: Set<String> = [
            "test", "tests", "testing", "ci", "dev", "devel", "development", "e2e", "example", "examples", "spec", "fixture", "fixtures", "seed", "seeds",
            "testdata",
        ]
        let parts = path.lowercased().split(whereSeparator: { "/.-_".contains($0) }).map(String.init)
        return parts.contains { words.contains($0) || $0 == "devcontainer" || $0.hasSuffix("test") || $0.hasSuffix("tests") }
    }
}
