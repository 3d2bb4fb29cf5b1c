import InvarCore
import InvarSyntax

/// Probes to write for a container, asking it in the way that it answers.
enum ProbeAdvice {
    /// `readinessProbe:` with its lines.
    ///
    /// - Parameter target: the port that requests are sent to, where the container names none.
    static func readiness(_ container: KubernetesContainer, target: String?) -> String {
        if let name = container.image?.basename.lowercased(), let command = clients[name] {
            return "readinessProbe:\n  exec:\n    command: [\(command)]\n  periodSeconds: 5"
        }
        let declared = container.value.value("ports")?.items.first
        let number = declared?.value("containerPort")?.text ?? target ?? "8080"
        let name = declared?.value("name")?.text ?? ""
        let handler =
            name.hasPrefix("grpc")
            ? "grpc:\n    port: \(number)"
            : speaksHTTP(name, number)
                ? "httpGet:\n    path: /ready\n    port: \(name.isEmpty ? number : name)" : "tcpSocket:\n    port: \(name.isEmpty ? number : name)"
        return "readinessProbe:\n  \(handler)\n  periodSeconds: 5"
    }

    /// The probe to change, where both ask the same.
    static func apart(_ liveness: YAML, _ container: KubernetesContainer) -> String {
        let port = container.value.value("ports")?.items.first
        let first = port?.value("name")?.text ?? port?.value("containerPort")?.text ?? "8080"
        if let http = liveness.value("httpGet") {
            return "livenessProbe:\n  httpGet:\n    path: /alive\n    port: \(http.value("port")?.text ?? first)\n  failureThreshold: 6"
        }
        if let tcp = liveness.value("tcpSocket") { return "readinessProbe:\n  httpGet:\n    path: /ready\n    port: \(tcp.value("port")?.text ?? first)" }
        if let grpc = liveness.value("grpc") {
            return "livenessProbe:\n  grpc:\n    port: \(grpc.value("port")?.text ?? first)\n    service: liveness\n  failureThreshold: 6"
        }
        return "livenessProbe:\n  tcpSocket:\n    port: \(first)\n  failureThreshold: 6"
    }

    /// By the usual names and numbers; a name that is none of these tells nothing of a usual number.
    private static func speaksHTTP(_ name: String, _ number: String) -> Bool {
        if name.holds("http") || name.holds("web") || name.holds("metrics") || name.holds("api") { return true }
        guard let number = Int(number) else { return number.holds("http") || number.holds("web") }
        return [80, 443, 3000, 4000, 5000, 8000, 8443, 8888, 9090].contains(number) || (8080...8099).contains(number)
    }

    /// What a database's own image can be asked with.
    private static let clients: [String: String] = [
        "postgres": "pg_isready, -U, postgres", "postgresql": "pg_isready, -U, postgres", "postgis": "pg_isready, -U, postgres",
        "timescaledb": "pg_isready, -U, postgres", "mysql": "mysqladmin, ping", "mariadb": "mariadb-admin, ping", "redis": "redis-cli, ping",
        "valkey": "valkey-cli, ping", "rabbitmq": "rabbitmq-diagnostics, -q, ping", "mongo": "mongosh, --quiet, --eval, 'db.adminCommand(\"ping\")'",
        "mongodb": "mongosh, --quiet, --eval, 'db.adminCommand(\"ping\")'",
    ]
}
