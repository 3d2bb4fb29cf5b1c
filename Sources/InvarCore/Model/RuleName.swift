/// The ids of rules, `subject/bad-thing`.
package enum RuleName {
    /// What the first part of an id may be.
    package static let subjects: Set<String> = [
        "adr", "allow", "api", "asyncapi", "baseline", "compose", "deploy", "design", "exception", "file", "job",
        "knowledge", "kubernetes", "markdown", "migration", "observability", "sql", "text", "yaml",
    ]

    /// Whether a text has the form of a rule's id with a known subject; `db/migrations` is a path, not a rule.
    package static func isRule(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, subjects.contains(String(parts[0])), let first = parts[1].utf8.first else { return false }
        return IdentifierScanner.isLower(first)
            && parts[1].utf8.allSatisfy { IdentifierScanner.isLower($0) || IdentifierScanner.isDigit($0) || $0 == 0x2D }
    }
}
