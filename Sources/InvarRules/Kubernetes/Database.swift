import InvarCore
import InvarSyntax

/// What is known of databases by the images that run them.
enum Database {
    /// Last components of image names: exact, since `mysql-router` and `redis-exporter` keep nothing.
    private static let images: Set<String> = [
        "postgres", "postgresql", "postgis", "timescaledb", "mysql", "mariadb", "percona", "mongo", "mongodb", "redis", "valkey", "rabbitmq", "etcd",
        "elasticsearch", "opensearch", "influxdb", "clickhouse-server", "cassandra", "minio", "cockroach", "nats", "zookeeper", "kafka",
    ]

    /// The data of these counts only when they are told to keep some.
    private static let onlyWithJetStream = "nats"

    static func isDatabase(_ image: ImageReference?, words: [String]) -> Bool {
        guard let name = image?.basename.lowercased(), images.contains(name) else { return false }
        if name == onlyWithJetStream { return words.contains { $0 == "-js" || $0 == "--js" || $0.holds("jetstream") } }
        return !isClient(words)
    }

    static func isDatabase(_ container: KubernetesContainer) -> Bool {
        container.role != .initial && isDatabase(container.image, words: container.words.compactMap(\.text))
    }

    /// Whether the image only lends its client: a shell, `psql`, `redis-sentinel`.
    private static func isClient(_ words: [String]) -> Bool {
        guard let first = words.first else { return false }
        let program = first.split(separator: "/").last.map(String.init) ?? first
        let text = words.joined(separator: " ")
        if text.holds("sentinel") { return true }
        if ["psql", "pg_dump", "mysqldump", "redis-cli", "mongosh", "mc", "etcdctl", "sleep", "tail", "redis-sentinel"].contains(program) { return true }
        guard ["sh", "bash", "ash"].contains(program) else { return false }
        let servers = [
            "postgres", "mysqld", "mariadbd", "mongod", "redis-server", "valkey-server", "rabbitmq-server", "etcd", "minio", "cockroach", "influxd",
            "docker-entrypoint", "entrypoint", "run.sh", "start", "zookeeper", "kafka", "elasticsearch", "opensearch", "clickhouse", "cassandra",
        ]
        let isClientText = ["psql", "redis-cli", "mongosh", "pg_dump", "mysqldump", "sleep infinity"].contains { text.holds($0) }
        return isClientText && !servers.contains { text.holds($0 + " ") || text.hasSuffix($0) }
    }

    /// Path segments below which data is kept.
    private static let dataSegments: Set<String> = [
        "data", "db", "pgdata", "mysql", "postgres", "postgresql", "mongo", "mongodb", "redis", "storage", "store", "upload", "uploads",
    ]
    private static let dataFolders = ["postgresql", "mysql", "mongodb", "redis", "rabbitmq", "grafana", "prometheus"]
    private static let passing: Set<String> = [
        "tmp", "temp", "cache", "caches", "run", "log", "logs", "work", "etc", "config", "configs", "conf", "certs", "secrets", "ssl", "tls", "scripts", "bin",
        "shm", "dev", "init", "initdb", "plugins", "lock", "socket", "sockets", "backup",
    ]

    /// Whether a path is one where data is kept and not passing things such as caches, logs and configuration.
    static func isDataPath(_ path: String) -> Bool {
        let segments = path.lowercased().split(separator: "/").map(String.init)
        let isPassing = segments.contains { segment in
            segment.split(whereSeparator: { $0 == "-" || $0 == "_" || $0 == "." }).contains { passing.contains(String($0)) }
        }
        if isPassing { return false }
        if segments.contains(where: dataSegments.contains) { return true }
        for index in segments.indices.dropFirst(2) where segments[index - 2] == "var" && segments[index - 1] == "lib" {
            if dataFolders.contains(segments[index]) { return true }
        }
        return false
    }

    /// Whether only a database keeps its data there, whatever its image is called: `/var/lib/postgresql/data`.
    static func isDatabaseFolder(_ path: String) -> Bool {
        let segments = path.lowercased().split(separator: "/").map(String.init)
        return isDataPath(path) && segments.count >= 3 && segments[0] == "var" && segments[1] == "lib" && databaseFolders.contains(segments[2])
    }

    private static let databaseFolders: Set<String> = ["postgresql", "mysql", "mongodb", "redis", "rabbitmq"]

    /// Whether the database's own folder is below `/var/lib`, `/bitnami` or the like, which no list of words covers.
    static func isOwnFolder(_ path: String, of image: ImageReference?) -> Bool {
        guard let name = image?.basename.lowercased() else { return false }
        let lowered = path.lowercased()
        return lowered.holds("/var/lib/") && lowered.hasSuffix("/" + name)
    }
}
