/// What `check` found, judged, with what it looked at.
package struct CheckReport: Sendable {
    package var asOf: Day
    /// Path, line, column, rule; every state.
    package var findings: [Finding]
    package var summary: Summary
    /// The revision it was compared with; only what the diff brings about is reported.
    package var base: String?
    /// How many of the checked files the changes since `base` touch; nil without one.
    package var touched: Int?
    /// The rules that the findings name, for formats that carry their text.
    package var rules: [RuleDescription]
    /// Of what people read.
    package var language: Language

    package init(
        asOf: Day, findings: [Finding], files: Int, base: String? = nil, touched: Int? = nil, rules: [RuleDescription], language: Language
    ) {
        self.asOf = asOf
        self.findings = findings
        self.summary = Summary(findings, files: files)
        self.base = base
        self.touched = touched
        self.rules = rules
        self.language = language
    }

    /// Counts, the open ones by invariant.
    package struct Summary: Hashable, Sendable {
        package var files: Int
        package var open: Int
        package var excepted: Int
        package var baselined: Int
        /// Files of which something could not be read.
        package var unreadable: Int
        package var bySeverity: [Severity: Int]
        package var byInvariant: [String: Int]

        init(_ findings: [Finding], files: Int) {
            self.files = files
            open = findings.filter { $0.state == .open }.count
            excepted = findings.filter { $0.state == .excepted }.count
            baselined = findings.filter { $0.state == .baselined }.count
            unreadable = Set(findings.filter { $0.rule.hasSuffix("/unreadable") }.map(\.place.path)).count
            bySeverity = [:]
            byInvariant = [:]
            for finding in findings where finding.state == .open {
                bySeverity[finding.severity, default: 0] += 1
                if let invariant = finding.invariant { byInvariant[invariant, default: 0] += 1 }
            }
        }
    }

    /// Said when nothing was looked for since the changes touch no file that is checked; nil otherwise.
    package var idleSentence: Wording? {
        guard let base, touched == 0, findings.isEmpty else { return nil }
        return Wording(
            en: "the changes since \(base) touch no file that is checked: nothing to report",
            ja: "\(base) 以降の変更に検査対象のファイルはなく、報告することはありません")
    }

    /// The report with paths from the top of the repository, as the platforms that show findings beside the code want
    /// them.
    ///
    /// - Parameter prefix: the root's own path in the repository, with a trailing slash; empty at its top.
    package func inRepository(prefix: String) -> CheckReport {
        guard !prefix.isEmpty else { return self }
        var report = self
        for index in report.findings.indices {
            report.findings[index].place.path = prefix + report.findings[index].place.path
            for place in report.findings[index].related.indices {
                report.findings[index].related[place].place.path = prefix + report.findings[index].related[place].place.path
            }
        }
        return report
    }

    /// Whether an open finding weighs at least so much.
    package func fails(at severity: Severity) -> Bool {
        findings.contains { $0.state == .open && $0.severity >= severity }
    }
}

/// A rule as reports tell it.
package struct RuleDescription: Hashable, Sendable {
    package var id: String
    package var title: String
    package var why: String
    package var invariant: String?
    package var severity: Severity
    /// Its page in Markdown, examples included.
    package var page: String

    package init(id: String, title: String, why: String, invariant: String?, severity: Severity, page: String) {
        self.id = id
        self.title = title
        self.why = why
        self.invariant = invariant
        self.severity = severity
        self.page = page
    }
}
