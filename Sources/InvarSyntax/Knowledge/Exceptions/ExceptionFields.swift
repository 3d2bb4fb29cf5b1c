package import InvarCore

/// An exception's fields as YAML, in the order of the format.
enum ExceptionFields {
    static func members(of exception: Exception) -> [(key: String, value: String)] {
        var members = [(key: "invariant", value: exception.clause ?? exception.invariant)]
        if !exception.paths.isEmpty { members.append(("paths", YAMLText.list(exception.paths))) }
        if !exception.operations.isEmpty { members.append(("operations", YAMLText.list(exception.operations))) }
        if let reason = exception.reason { members.append(("reason", YAMLText.scalar(reason))) }
        if let retry = exception.retry { members.append(("retry", YAMLText.scalar(retry))) }
        if let until = exception.until { members.append(("until", until.description)) }
        if let seen = exception.seen { members.append(("seen", fingerprint(seen))) }
        return members
    }

    /// Plain unless another reader might take it for a number: `12345678`, `1234e567`.
    static func fingerprint(_ text: String) -> String {
        text.allSatisfy { $0.isNumber || $0 == "e" || $0 == "E" } ? JSON.string(text).compactText : text
    }

    static func flow(_ members: [(key: String, value: String)]) -> String {
        "{" + members.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    }

    static func flow(_ renewal: Exception.Renewal) -> String { flow(members(of: renewal)) }

    static func members(of renewal: Exception.Renewal) -> [(key: String, value: String)] {
        [("on", renewal.on?.description), ("until", renewal.until?.description), ("reason", renewal.reason.map(YAMLText.scalar))].compactMap { key, value in
            value.map { (key, $0) }
        }
    }
}

/// The ways in which an edit may be written, the most natural first. Whoever edits takes the first after which the file
/// reads as wanted, and none when there is none.
package struct EditChoices: Sendable {
    package var choices: [[Splice]]

    package init(_ choices: [[Splice]] = []) {
        self.choices = choices
    }
}
