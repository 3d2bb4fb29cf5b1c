import InvarCore
import InvarSyntax

extension Rule {
    package static let observabilityObservabilityRemoved = Rule(
        id: "observability/observability-removed",
        title: Wording(en: "a log line, metric, span or alert is taken away", ja: "ログ・メトリクス・トレース・アラートの削除"),
        why: Wording(
            en:
                "What nobody sees any more is found out by users. A signal is missed when its code stays and nothing of its kind takes its place in the file. Another level, another wording, a move to another file of the change, and code or files that go as a whole are no harm. Looked for with `--base` only.",
            ja:
                "見えなくなった異常には、利用者が先に気づくことになります。コードは残っているのに出力だけが消え、同じファイルに同種のものが加わっていない場合に検出します。レベルや文言の変更、同じ変更内の別ファイルへの移動、コードやファイルごとの削除は対象外です。`--base` を付けたときだけ調べます。"
        ),
        invariant: "INV-OPS-005", severity: .warning,
        violating: [
            Example(
                files: [
                    (
                        "src/charge.py",
                        "import logging\n\nlog = logging.getLogger(__name__)\n\n\ndef charge(order):\n    ↓if not order.paid:\n        return retry(order)\n    return None\n"
                    )
                ],
                before: [
                    (
                        "src/charge.py",
                        "import logging\n\nlog = logging.getLogger(__name__)\n\n\ndef charge(order):\n    if not order.paid:\n        log.warning(\"未払いの注文 %s\", order.id)\n        return retry(order)\n    return None\n"
                    )
                ]),
            Example(
                files: [
                    (
                        "alerts/batch.yaml",
                        "groups:\n  - name: batch\n    rules:\n      - alert: ↓BatchSlow\n        expr: batch_seconds > 60\n        for: 5m\n"
                    )
                ],
                before: [
                    (
                        "alerts/batch.yaml",
                        "groups:\n  - name: batch\n    rules:\n      - alert: BatchSlow\n        expr: batch_seconds > 60\n        for: 5m\n      - alert: BatchFailed\n        expr: batch_failed > 0\n        for: 5m\n"
                    )
                ]),
            Example(
                files: [("a/store.go", "package a\n\nfunc store() {\n\t↓save()\n}\n")],
                before: [("a/store.go", "package a\n\nfunc store() {\n\tsave()\n\tstored.WithLabelValues(\"店舗\").Inc()\n}\n")]),
        ],
        conforming: [
            Example(
                files: [("src/charge.js", "function charge(order) {\n  logger.error(`charge failed: ${order.id}`);\n}\n")],
                before: [("src/charge.js", "function charge(order) {\n  logger.warn(`charge failed: ${order.id}`);\n}\n")]),
            Example(
                files: [("src/charge.js", "function charge(order) {\n  logger.warn(`決済に失敗: ${order.id}`);\n}\n")],
                before: [
                    (
                        "src/charge.js",
                        "function charge(order) {\n  logger.warn(`failed ${order.id}`);\n}\n\nfunction old(order) {\n  metrics.increment(\"old\");\n}\n"
                    )
                ]),
            Example(
                files: [("src/other.go", "package x\n\nfunc f() {\n\tg()\n}\n"), ("src/g.go", "package x\n\nfunc g() {\n\tlog.Printf(\"done %d\", 1)\n}\n")],
                before: [
                    ("src/other.go", "package x\n\nfunc f() {\n\tlog.Printf(\"done %d\", 1)\n}\n"),
                    ("src/gone.go", "package x\n\nfunc h() {\n\tlog.Printf(\"gone\")\n}\n"),
                ]),
        ],
        matcher: .change { view in
            var elsewhere = gained(view)
            return view.change.files.keys.sorted().flatMap { path -> [Match] in
                guard let old = view.before(path), let new = view.after(path), !ExemptPath.isTest(path), !ExemptPath.isForeign(path) else { return [] }
                return codeMatches(old, new, view, &elsewhere) + alertMatches(old, new)
            }
        })

    /// How many signals of each content the change adds, over all its files.
    private static func gained(_ view: ChangeView) -> [String: Int] {
        var counts: [String: Int] = [:]
        for path in view.change.files.keys.sorted() where CodeLanguage(path: path) != nil {
            guard let new = view.after(path), Signal.cues.occur(in: new.bytes), let code = CodeText(new) else { continue }
            let old = view.before(path).flatMap { before in CodeText(before).map { Signal.all(in: $0, before.lines) } } ?? []
            for signal in RemovedSignals.unmatched(Signal.all(in: code, new.lines), against: old) { counts[signal.content, default: 0] += 1 }
        }
        return counts
    }

    private static func codeMatches(_ old: Artifact, _ new: Artifact, _ view: ChangeView, _ elsewhere: inout [String: Int]) -> [Match] {
        guard CodeLanguage(path: old.path) != nil, Signal.cues.occur(in: old.bytes), let oldCode = CodeText(old), let newCode = CodeText(new) else { return [] }
        let removed = RemovedSignals.between(
            Signal.all(in: oldCode, old.lines), Signal.all(in: newCode, new.lines), functions: Set(newCode.functions.map(\.name)), elsewhere: &elsewhere)
        guard !removed.isEmpty else { return [] }
        func lines(_ artifact: Artifact) -> [String] { (1...max(1, artifact.lines.count)).map { artifact.text(ofLine: $0).trimmed } }
        let anchors = LineAnchors(lines(old), lines(new))
        return removed.map { signal in
            let line = anchors.anchor(of: signal.line)
            let text = new.text(ofLine: line)
            let indent = text.unicodeScalars.prefix { $0 == " " || $0 == "\t" }.count
            let kind =
                signal.kind == .log
                ? Wording(en: "log line", ja: "ログ出力") : signal.kind == .metric ? Wording(en: "metric", ja: "メトリクス") : Wording(en: "span", ja: "トレース")
            let shown = String(signal.text.prefix(100))
            var match = new.match(
                at: Position(line: line, column: indent + 1),
                Wording(en: "a ", ja: "") + kind + Wording(en: " is taken away below: \(shown)", ja: "がこの下から削除されました: \(shown)"),
                hint: Wording(
                    en: "keep it, or put what tells the same in its place\n\(String(signal.text.prefix(300)))",
                    ja: "残すか、同じことが分かるものに置き換えてください\n\(String(signal.text.prefix(300)))"))
            match.key = signal.content
            match.scope = line...(line + 1)
            if !signal.function.isEmpty { match.operations = [signal.function] }
            return match
        }
    }

    private static func alertMatches(_ old: Artifact, _ new: Artifact) -> [Match] {
        guard case .manifest(let before) = old.content, case .manifest(let after) = new.content, before.problem == nil, after.problem == nil else { return [] }
        let oldAlerts = AlertRules(before.documents).alerts
        guard !oldAlerts.isEmpty else { return [] }
        let newAlerts = AlertRules(after.documents).alerts
        let names = Set(newAlerts.compactMap(\.name.text))
        let oldNames = Set(oldAlerts.compactMap(\.name.text))
        let come = newAlerts.count { !oldNames.contains($0.name.text ?? "") }
        let byName = Dictionary(newAlerts.map { ($0.name.text ?? "", $0) }) { first, _ in first }
        // Each with the one above it that is left.
        var gone: [(alert: AlertRules.Alert, above: String?)] = []
        var above: String?
        for alert in oldAlerts {
            if names.contains(alert.name.text ?? "") { above = alert.name.text } else { gone.append((alert, above)) }
        }
        return gone.dropFirst(come).map { alert, above in
            let name = alert.name.text ?? ""
            let place = above.flatMap { byName[$0] } ?? newAlerts.first
            var match = new.match(
                at: place?.name.position ?? Position(line: 1), to: place?.name.keyEnd,
                Wording(en: "the alert \(name) is taken away", ja: "アラート \(name) が削除されました"),
                hint: Wording(
                    en: "keep it, or put one that notices the same in its place\n- alert: \(name)\n  expr: \(alert.expression?.text ?? "")",
                    ja: "残すか、同じ異常に気づけるものに置き換えてください\n- alert: \(name)\n  expr: \(alert.expression?.text ?? "")"))
            match.key = name
            match.operations = [name]
            match.scope = place?.lines
            return match
        }
    }
}

extension String {
    /// Without white space at its ends.
    fileprivate var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
