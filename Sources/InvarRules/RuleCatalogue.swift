package import InvarCore

/// The built-in rules and a project's own conventions, by id.
package struct RuleCatalogue: Sendable {
    /// By id.
    package let rules: [Rule]
    private let byID: [String: Rule]

    package init(conventions: [TextConvention]) {
        rules = (RuleList.all + TextConventions(conventions).rules).sorted { $0.id < $1.id }
        byID = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package var ids: [String] { rules.map(\.id) }

    package func contains(_ id: String) -> Bool { byID[id] != nil }

    package func rule(_ id: String) -> Rule? { byID[id] }

    /// The named rules, once each, by id.
    package func descriptions(of ids: [String], _ language: Language) -> [RuleDescription] {
        Set(ids).sorted().compactMap { byID[$0] }.map { rule in
            RuleDescription(
                id: rule.id, title: rule.title[language], why: rule.why[language], invariant: rule.invariant, severity: rule.severity,
                page: RulePage(rule).markdown(language))
        }
    }
}
