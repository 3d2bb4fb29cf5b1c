import InvarCore

/// Findings that an old repository starts with: they are counted, and only new ones fail.
package struct Baseline: Sendable {
    package var entries: [Entry]

    package init(entries: [Entry]) {
        self.entries = entries.sorted { ($0.path, $0.rule, $0.fingerprint) < ($1.path, $1.rule, $1.fingerprint) }
    }

    package struct Entry: Hashable, Sendable {
        package var fingerprint: String
        package var rule: String
        package var path: String
        package var message: String
        /// Where it stands in the baseline file, once read from it.
        package var line: Int

        package init(fingerprint: String, rule: String, path: String, message: String, line: Int = 1) {
            self.fingerprint = fingerprint
            self.rule = rule
            self.path = path
            self.message = message
            self.line = line
        }
    }

    package static let schema = "invar.baseline/1"

    /// The file's text: an entry a line, sorted, so that two branches merge well.
    package var text: String {
        let lines = entries.map { entry in
            "    "
                + JSON.object([
                    "fingerprint": .string(entry.fingerprint), "rule": .string(entry.rule), "path": .string(entry.path), "message": .string(entry.message),
                ]).compactText
        }
        return "{\n  \"schema\": \"\(Baseline.schema)\",\n  \"findings\": [\n\(lines.joined(separator: ",\n"))\(lines.isEmpty ? "" : "\n")  ]\n}\n"
    }
}
