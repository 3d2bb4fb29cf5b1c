package import InvarCore

/// What `adr new` is told, before it is a file.
package struct DecisionDraft: Sendable {
    package var title: String
    /// `nygard`, `madr`, `invar`, the name of a file in the project's templates, or a path; nil takes what the collection has.
    package var template: String?
    package var status: Decision.Status?
    /// Decisions that the new one supersedes.
    package var supersedes: [String] = []
    package var links: [Link] = []

    /// `7:Amends:Amended by`.
    package struct Link: Hashable, Sendable {
        package var target: String
        package var type: String
        package var back: String?

        /// - Throws: ``Failure`` when there are not two or three parts.
        package init(_ text: String) throws(Failure) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { String($0).trimmingBlanks }
            guard (2...3).contains(parts.count), !parts[0].isEmpty, !parts[1].isEmpty else {
                throw Failure("--link \(text) is no link", hint: "--link NUMBER:TYPE:BACK, as in --link \"7:Amends:Amended by\"")
            }
            (target, type) = (parts[0], parts[1])
            back = parts.count == 3 && !parts[2].isEmpty ? parts[2] : nil
        }
    }

    package init(title: String) {
        self.title = title
    }
}
