extension CheckReport {
    /// JUnit XML: a suite an invariant (of findings without one: a rule), a case a finding; open ones are failures,
    /// excused ones are skipped. A check that found nothing is one case that passed, since servers take an empty
    /// report for a broken one.
    package var jUnit: String {
        var suites: [(name: String, findings: [Finding])] = []
        var indices: [String: Int] = [:]
        for finding in findings {
            let name = finding.suite
            if let index = indices[name] {
                suites[index].findings.append(finding)
            } else {
                indices[name] = suites.count
                suites.append((name, [finding]))
            }
        }
        suites.sort { $0.name < $1.name }
        let elements =
            findings.isEmpty
            ? [suite("invar", tests: 1, failures: 0, skipped: 0, [XML("testcase", [("classname", "invar"), ("name", summarySentence)])])]
            : suites.map { item in
                suite(
                    item.name, tests: item.findings.count, failures: item.findings.count { $0.state == .open },
                    skipped: item.findings.count { $0.state != .open }, item.findings.map { $0.jUnitCase(language) })
            }
        let attributes = [
            ("name", "invar"), ("tests", String(max(1, findings.count))), ("failures", String(summary.open)), ("errors", "0"),
            ("skipped", String(summary.excepted + summary.baselined)),
        ]
        return XML("testsuites", attributes.map { (name: $0, value: $1) }, elements).document
    }

    private func suite(_ name: String, tests: Int, failures: Int, skipped: Int, _ cases: [XML]) -> XML {
        XML(
            "testsuite",
            [
                ("name", name), ("tests", String(tests)), ("failures", String(failures)), ("errors", "0"), ("skipped", String(skipped)), ("time", "0"),
                ("timestamp", "\(asOf)T00:00:00"),
            ], cases)
    }
}

extension Finding {
    /// The invariant's id and title, else the rule.
    fileprivate var suite: String {
        invariant.map { id in basis.map { "\(id) \($0.title)" } ?? id } ?? rule
    }

    fileprivate func jUnitCase(_ language: Language) -> XML {
        let words = FindingWords(self, language)
        let outcome =
            switch state {
            case .open: XML("failure", [("message", message), ("type", severity.rawValue)], text: jUnitText(words))
            case .excepted, .baselined: XML("skipped", [("message", words.excuse ?? state.rawValue)])
            }
        return XML(
            "testcase",
            [
                ("classname", rule), ("name", "\(place.path):\(place.line):\(place.column) \(message)"), ("file", place.path), ("line", String(place.line)),
                ("time", "0"),
            ], [outcome])
    }

    private func jUnitText(_ words: FindingWords) -> [String] {
        var lines = ["\(place.path):\(place.line):\(place.column)"]
        if !excerpt.isEmpty { lines.append("\(place.line) | \(ReportText.excerpt(self).text)") }
        lines += words.explanation.flatMap { ReportText.block($0) }
        lines += related.map { "\($0.place.path):\($0.place.line): \($0.message)" }
        return lines
    }
}
