/// Which pods a budget, a service or a workload means.
package struct LabelSelector: Sendable {
    private let labels: [String: String]
    private let expressions: [(key: String, test: String, values: [String])]

    /// nil when there is none; a service's selector is the labels alone.
    package init?(_ value: YAML?) {
        guard let value, case .map(let members) = value.content else { return nil }
        if value.value("matchLabels") == nil, value.value("matchExpressions") == nil {
            // An empty selector in policy/v1 means every pod.
            labels = KubernetesObject.texts(members.contains { $0.key.keyText.hasPrefix("match") } ? nil : value)
            expressions = []
            return
        }
        labels = KubernetesObject.texts(value.value("matchLabels"))
        expressions = (value.value("matchExpressions")?.items ?? []).map { item in
            (item.value("key")?.text ?? "", item.value("operator")?.text ?? "", item.value("values")?.texts ?? [])
        }
    }

    /// A label that every pod has that it takes; nil when it asks for none by its value.
    package var anchor: String? { labels.map(LabelSelector.text).min() }

    /// `app=web`.
    static func text(_ label: (key: String, value: String)) -> String { label.key + "=" + label.value }

    package func matches(_ pod: [String: String]) -> Bool {
        labels.allSatisfy { pod[$0.key] == $0.value }
            && expressions.allSatisfy { expression in
                let label = pod[expression.key]
                return switch expression.test {
                case "In": label.map { expression.values.contains($0) } ?? false
                case "NotIn": label.map { !expression.values.contains($0) } ?? true
                case "Exists": label != nil
                case "DoesNotExist": label == nil
                default: false
                }
            }
    }
}
