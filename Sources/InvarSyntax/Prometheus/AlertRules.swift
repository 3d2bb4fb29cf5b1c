import InvarCore

/// The alerting rules of a Prometheus rule file, a PrometheusRule object, or the values of a chart.
package struct AlertRules: Sendable {
    package var alerts: [Alert]

    package struct Alert: Sendable {
        package var name: YAML
        package var expression: YAML?
        package var hold: String?
        package var keepFiring: String?
        /// The keys of its annotations.
        package var annotations: [String]
        package var severity: String?
        package var group: String?
        /// From its first line to its last.
        package var lines: ClosedRange<Int>
    }

    /// Every mapping with an `alert` and an `expr` in a list `rules`, wherever the list stands.
    package init(_ documents: [YAML]) {
        alerts = []
        // A stack of its own: YAML is at most ``YAML/maximumDepth`` deep.
        var waiting: [(value: YAML, group: String?)] = documents.reversed().map { ($0, nil) }
        while let (value, group) = waiting.popLast() {
            switch value.content {
            case .scalar: break
            case .list(let items): waiting += items.reversed().map { ($0, group) }
            case .map(let members):
                let name = members.first { $0.key.keyText == "name" }?.value.text
                for (key, member) in members.reversed() {
                    if key.keyText == "rules", case .list(let items) = member.content {
                        for item in items { if let alert = AlertRules.alert(item, group: name ?? group) { alerts.append(alert) } }
                    } else {
                        waiting.append((member, group))
                    }
                }
            }
        }
        alerts.sort { $0.name.position < $1.name.position }
    }

    private static func alert(_ item: YAML, group: String?) -> Alert? {
        guard let name = item.value("alert"), name.text != nil, item.value("expr") != nil else { return nil }
        return Alert(
            name: name, expression: item.value("expr"), hold: item.value("for")?.text,
            keepFiring: (item.value("keep_firing_for") ?? item.value("keepFiringFor"))?.text,
            annotations: (item.value("annotations")?.members ?? []).map(\.key.keyText), severity: item.value("labels")?["severity"]?.text, group: group,
            lines: lines(of: item))
    }

    private static func lines(of item: YAML) -> ClosedRange<Int> {
        var first = item.position.line
        var last = first
        var waiting = [item]
        while let value = waiting.popLast() {
            first = min(first, value.position.line)
            last = max(last, value.position.line)
            switch value.content {
            case .scalar: break
            case .list(let items): waiting += items
            case .map(let members): for (key, member) in members { waiting += [key, member] }
            }
        }
        return first...last
    }
}
