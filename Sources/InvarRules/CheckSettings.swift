package import InvarCore

/// What `invar.yml` and the command line say about rules.
package struct CheckSettings: Sendable {
    /// By rule id.
    package var overrides: [String: Override]
    /// The project's own conventions.
    package var conventions: [TextConvention]
    /// Names of staging tables, with `*`, beside the usual ones.
    package var stagingTables: [String] = []
    /// When not empty, only these run, opt-in ones among them.
    package var onlyRules: Set<String>

    package init(overrides: [String: Override] = [:], conventions: [TextConvention] = [], onlyRules: Set<String> = []) {
        self.overrides = overrides
        self.conventions = conventions
        self.onlyRules = onlyRules
    }

    package struct Override: Hashable, Sendable {
        package var isEnabled: Bool?
        package var severity: Severity?
        package var invariant: String?

        package init(isEnabled: Bool? = nil, severity: Severity? = nil, invariant: String? = nil) {
            self.isEnabled = isEnabled
            self.severity = severity
            self.invariant = invariant
        }
    }

    /// Whether a rule's findings are wanted.
    package func isEnabled(_ rule: Rule) -> Bool {
        // What could not be read is always said: a gate must not pass because it did not look.
        if rule.id.hasSuffix("/unreadable") { return true }
        if !onlyRules.isEmpty { return onlyRules.contains(rule.id) }
        return overrides[rule.id]?.isEnabled ?? !rule.isOptIn
    }

    /// Whether somebody named the rule: then it also says what it otherwise keeps to itself.
    package func asksFor(_ rule: String) -> Bool {
        onlyRules.contains(rule) || overrides[rule]?.isEnabled == true
    }
}

/// A convention of the project's own: a pattern that must not occur in some files; the rule `text/<id>`.
package struct TextConvention: Hashable, Sendable {
    package var id: String
    package var pattern: LinearPattern
    /// Globs of the files it is about.
    package var paths: [String]
    package var except: [String]
    package var invariant: String?
    package var message: String?
    package var severity: Severity
    /// Where `invar.yml` states it.
    package var place: Place

    package init(
        id: String, pattern: LinearPattern, paths: [String], except: [String], invariant: String?, message: String?, severity: Severity, place: Place
    ) {
        self.id = id
        self.pattern = pattern
        self.paths = paths
        self.except = except
        self.invariant = invariant
        self.message = message
        self.severity = severity
        self.place = place
    }

    package var ruleID: String { "text/" + id }
}
