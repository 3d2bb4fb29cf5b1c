import InvarCore
import InvarSyntax

extension Rule {
    package static let observabilityAlertWeak = Rule(
        id: "observability/alert-weak",
        title: Wording(en: "an alert that wakes people without need or without help", ja: "不要に鳴る、または助けにならないアラート"),
        why: Wording(
            en:
                "Without `for` one bad scrape pages somebody; without a summary or a runbook that person does not know what to do; `absent()` alone only says that a metric is gone, not that anything is wrong. Alerts that always fire on purpose are left out.",
            ja: "`for` がなければ 1 回の取得失敗で人が呼ばれ、概要や手順書（runbook）がなければ呼ばれた人は何をすべきか分かりません。`absent()` だけでは、メトリクスが消えたことしか分からず、異常かどうかは分かりません。常時発火させるアラートは対象外です。"),
        invariant: "INV-OPS-005", severity: .note,
        violating: [
            Example(
                """
                groups:
                  - name: 決済
                    rules:
                      - alert: ↓PaymentErrors
                        expr: rate(payment_errors_total[5m]) > 0
                        annotations: { summary: 決済が失敗している }
                      - alert: ↓QueueStuck
                        expr: queue_oldest_seconds > 600
                        for: 10m
                        labels: { severity: page }

                """, at: "alerts/payment.yaml"),
            Example(
                """
                apiVersion: monitoring.coreos.com/v1
                kind: PrometheusRule
                metadata: { name: batch }
                spec:
                  groups:
                    - name: batch
                      rules:
                        - alert: ↓BatchMetricGone
                          expr: absent(batch_last_success_seconds{job="close"})
                          for: 1h
                          annotations: { runbook_url: "https://runbooks.example.com/batch" }

                """, at: "deploy/rules.yaml"),
        ],
        conforming: [
            Example(
                """
                groups:
                  - name: payment
                    rules:
                      - alert: PaymentErrors
                        expr: rate(payment_errors_total[5m]) > 0
                        for: 5m
                        annotations:
                          summary: "{{ $labels.instance }} で決済が失敗している"
                      - record: job:errors:rate5m
                        expr: rate(errors_total[5m])

                """, at: "alerts/payment.yaml"),
            Example(
                """
                groups:
                  - name: meta
                    rules:
                      - { alert: Watchdog, expr: vector(1), annotations: { summary: always firing } }
                      - { alert: Flapping, expr: "up == 0", keep_firing_for: 10m, annotations: { runbook: "手順書/再起動.md" } }

                """, at: "alerts/meta.yml"),
            Example("rules:\n  - alert: 画面の通知\n    level: info\n", at: "config/ui.yaml"),
        ],
        matcher: .file(.manifest) { artifact, surroundings in
            guard case .manifest(let stream) = artifact.content, stream.problem == nil, cues.occur(in: artifact.bytes), !ExemptPath.isTest(artifact.path),
                !surroundings.kustomizations.isPatch(artifact.path)
            else { return [] }
            return AlertRules(stream.documents).alerts.compactMap { match($0, artifact) }
        })

    private static let cues = CueSet(["alert:", "\"alert\"", "alert :"])

    private static func match(_ alert: AlertRules.Alert, _ artifact: Artifact) -> Match? {
        let expression = alert.expression?.text ?? ""
        let plain = expression.filter { !$0.isWhitespace }
        if plain == "vector(1)" || plain == "1" || plain.hasPrefix("{{") { return nil }
        var lacks: [Wording] = []
        var snippet: [String] = []
        if isNothing(alert.hold), isNothing(alert.keepFiring) {
            lacks.append(Wording(en: "fires at once, without for", ja: "for がなく即座に発火します"))
            snippet.append("for: 5m")
        }
        let keys = alert.annotations.map { $0.lowercased() }
        if !keys.contains(where: { $0.contains("runbook") || $0.contains("summary") || $0.contains("概要") || $0.contains("手順") }) {
            lacks.append(Wording(en: "says neither summary nor runbook", ja: "summary も runbook もありません"))
            snippet.append("annotations:\n  summary: …\n  runbook_url: https://…")
        }
        if AlertExpression.isOnlyAbsent(plain) {
            lacks.append(Wording(en: "only knows that a metric is gone (absent)", ja: "メトリクスが消えたこと（absent）しか分かりません"))
            snippet.append("expr: \(expression.prefix(60)) or <the condition that users feel>")
        }
        guard !lacks.isEmpty else { return nil }
        let name = alert.name.text ?? ""
        var match = artifact.match(
            at: alert.name.position, to: alert.name.keyEnd,
            Wording(en: "the alert \(name) \(lacks.map(\.en).joined(separator: "; "))", ja: "アラート \(name) は\(lacks.map(\.ja).joined(separator: "。また、"))"),
            hint: Wording(
                en: "let it hold a while, and say what it means and what to do\n", ja: "一定時間続いたら鳴るようにし、意味と対処を書いてください\n")
                + Wording(snippet.joined(separator: "\n")))
        match.operations = [name]
        match.key = name
        match.scope = alert.lines
        return match
    }

    private static func isNothing(_ duration: String?) -> Bool {
        guard let duration else { return true }
        return duration.utf8.allSatisfy { $0 == 0x30 || !(0x30...0x39).contains($0) }
    }
}
