import InvarCore
import InvarSyntax

extension Rule {
    package static let observabilityAlertOrphan = Rule(
        id: "observability/alert-orphan",
        title: Wording(en: "an alert on a metric that no code registers", ja: "どのコードも登録していないメトリクスのアラート"),
        why: Wording(
            en:
                "An expression over a metric that is gone is empty and never fires: a renamed metric silences its alert. Metrics of well-known exporters and of recording rules are left out, and those of programs that live elsewhere: whose first word no source file begins a name with.",
            ja: "存在しないメトリクスの式は常に空になり、アラートは決して鳴りません。メトリクス名を変えただけでアラートが黙ることになります。よく知られた exporter や記録ルールのメトリクスと、よそで動くプログラムのメトリクス（先頭の語で始まる名前がどのソースにもないもの）は対象外です。"),
        invariant: "INV-OPS-005", severity: .note, isOptIn: true,
        violating: [
            Example(
                files: [
                    (
                        "alerts/pay.yaml",
                        "groups:\n  - name: 決済\n    rules:\n      - alert: ↓PaymentErrors\n        expr: sum(rate(payment_errors_total[5m])) by (shop) > 0\n"
                    ),
                    ("src/metrics.py", "from prometheus_client import Counter\n\nfailures = Counter(\"payment_failures_total\", \"failures\")\n"),
                ]),
            Example(
                files: [
                    (
                        "alerts/q.yaml",
                        "groups:\n  - name: q\n    rules:\n      - alert: ↓QueueStuck\n        expr: orders_queue_age_seconds{job=\"worker\"} > 600 and on (job) up == 1\n"
                    ),
                    ("src/metrics.go", "package m\n\nvar depth = prometheus.NewGauge(prometheus.GaugeOpts{Name: \"orders_queue_depth\"})\n"),
                ]),
        ],
        conforming: [
            Example(
                files: [
                    (
                        "alerts/pay.yaml",
                        "groups:\n  - name: pay\n    rules:\n      - alert: PaymentFailures\n        expr: rate(payment_failures_total[5m]) > 0\n"
                    ),
                    ("src/metrics.py", "from prometheus_client import Counter\n\nfailures = Counter(\"payment_failures\", \"失敗\")\n"),
                ]),
            Example(
                files: [
                    (
                        "alerts/pay.yaml",
                        "groups:\n  - name: pay\n    rules:\n      - record: shop:errors:rate5m\n        expr: rate(payment_failures_total[5m])\n      - alert: Errors\n        expr: shop:errors:rate5m > 1 or kube_pod_status_ready == 0\n"
                    ),
                    ("src/Metrics.java", "class M { Counter c = meterRegistry.counter(\"payment.failures\"); }\n"),
                ]),
            Example(
                files: [
                    (
                        "alerts/disk.yaml",
                        """
                        groups:
                          - name: disk
                            rules:
                              - alert: DiskHot
                                expr: |
                                  # payment_heat が無いと誤検知する
                                  smartdisk_temperature_celsius > 60

                        """
                    ),
                    ("src/metrics.py", "from prometheus_client import Counter\n\nfailures = Counter(\"payment_failures_total\", \"failures\")\n"),
                ]),
            Example(files: [("alerts/only.yaml", "groups:\n  - name: 監視だけ\n    rules:\n      - alert: Errors\n        expr: shop_errors_total > 1\n")]),
        ],
        matcher: .knowledge { _, surroundings in
            var alerts: [(alert: AlertRules.Alert, artifact: Artifact)] = []
            var recorded: Set<String> = []
            for path in surroundings.files where ArtifactReader.Language(path: path) == .yaml {
                guard let artifact = surroundings.artifact(at: path), case .manifest(let stream) = artifact.content, stream.problem == nil,
                    cues.occur(in: artifact.bytes)
                else { continue }
                for line in 1...max(1, artifact.lines.count) {
                    let text = artifact.text(ofLine: line)
                    if let range = text.firstRange(of: "record:") {
                        recorded.insert(String(text[range.upperBound...].filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }))
                    }
                }
                if !ExemptPath.isTest(path) { for alert in AlertRules(stream.documents).alerts { alerts.append((alert, artifact)) } }
            }
            guard !alerts.isEmpty else { return [] }
            let used = Set(alerts.flatMap { AlertExpression.names(in: $0.alert.expression?.text ?? "") }).filter {
                !recorded.contains($0) && MetricName.isCustom($0)
            }
            guard !used.isEmpty, let missing = MetricName.unregistered(used, surroundings) else { return [] }
            return alerts.compactMap { alert, artifact in
                guard let metric = AlertExpression.names(in: alert.expression?.text ?? "").first(where: { missing.contains($0) }) else { return nil }
                let name = alert.name.text ?? ""
                var match = artifact.match(
                    at: alert.name.position, to: alert.name.keyEnd,
                    Wording(en: "the alert \(name) watches \(metric), which no source file registers", ja: "アラート \(name) が見ている \(metric) を登録しているコードがありません"),
                    hint: Wording(
                        en: "name the metric as the code does, or take the alert away\nexpr: …", ja: "コードが登録している名前に直すか、アラートを削除してください\nexpr: …"))
                match.operations = [name]
                match.key = "\(name) \(metric)"
                match.scope = alert.lines
                return match
            }
        })

    private static let cues = CueSet(["alert:", "record:"])
}

/// Names of metrics.
private enum MetricName {
    private static let exporters: Set<String> = [
        "kube", "node", "container", "up", "ALERTS", "prometheus", "alertmanager", "go", "process", "etcd", "apiserver", "kubelet", "coredns", "blackbox",
        "probe",
        "mysql", "pg", "postgres", "redis", "nginx", "haproxy", "envoy", "istio", "jvm", "rabbitmq", "kafka", "elasticsearch", "machine", "windows", "cadvisor",
        "cert",
        "certmanager", "argocd", "scrape", "absent", "vector", "time", "pushgateway", "grafana", "loki", "thanos", "cortex", "mimir", "aws", "azure",
        "stackdriver",
        "memcached", "mongodb", "consul", "vault", "traefik", "workqueue", "rest", "storage", "volume", "namedprocess", "promhttp", "python", "ruby", "nodejs",
        "opentelemetry", "otelcol", "flux", "gotk", "karpenter", "keda", "velero", "ingress", "scheduler", "cluster", "namespace", "kubernetes", "minio",
        "ceph", "snmp",
    ]
    private static let words: Set<String> = [
        "by", "without", "on", "ignoring", "group_left", "group_right", "and", "or", "unless", "bool", "offset", "inf", "nan", "sum", "avg", "min", "max",
        "count", "Inf", "NaN",
        "start", "end", "atan2",
    ]

    static func isCustom(_ name: String) -> Bool {
        guard !words.contains(name), !name.contains(":"), name.contains("_") else { return false }
        let prefix = name.split(separator: "_").first.map(String.init) ?? name
        return !exporters.contains(prefix)
    }

    private static let registering = CueSet(["prometheus", "micrometer", "meterregistry", "opentelemetry", "statsd", "prom-client", "prom_client", "metrics."])

    /// Of these names those that stand in no source file, although names of their kind do; nil where no source file
    /// registers any metric.
    static func unregistered(_ names: Set<String>, _ surroundings: KnowledgeSurroundings) -> Set<String>? {
        var left = names
        var registers = false
        var own: Set<String> = []
        for path in surroundings.files where CodeLanguage(path: path) != nil {
            guard let bytes = surroundings.artifact(at: path)?.bytes, !bytes.isEmpty else { continue }
            if registering.occur(in: bytes) {
                registers = true
                for name in left where !own.contains(family(name)) && ["\"", "'", "`"].contains(where: { holds(bytes, $0 + family(name)) }) {
                    own.insert(family(name))
                }
            }
            left = left.filter { name in !spellings(name).contains { holds(bytes, $0) } }
            if left.isEmpty { return [] }
        }
        return registers ? left.filter { own.contains(family($0)) } : nil
    }

    private static func holds(_ bytes: [UInt8], _ text: String) -> Bool {
        ByteSearch.firstIndex(of: Array(text.utf8), in: bytes) != nil
    }

    /// `orders` of `orders_queue_depth`: the program or the part of it that a metric is of.
    private static func family(_ name: String) -> String {
        let parts = name.split(separator: "_").prefix(2)
        guard let first = parts.first else { return name }
        return first.count > 2 ? String(first) : parts.joined(separator: "_")
    }

    /// As code spells a metric: without the endings that the client adds, with dots, without the namespace.
    private static func spellings(_ name: String) -> [String] {
        var base = name
        for ending in ["_bucket", "_sum", "_count", "_total", "_created", "_info"] where base.hasSuffix(ending) { base.removeLast(ending.count) }
        for ending in ["_seconds", "_bytes", "_milliseconds"] where base.hasSuffix(ending) { base.removeLast(ending.count) }
        let parts = base.split(separator: "_")
        let tail = parts.dropFirst().joined(separator: "_")
        return [base, parts.joined(separator: ".")] + (tail.count > 5 ? ["\"\(tail)", "'\(tail)"] : [])
    }
}
