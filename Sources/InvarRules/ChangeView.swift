package import InvarCore
package import InvarSyntax

/// What a rule about a change may look at: the diff, and every changed file before and after.
package struct ChangeView: Sendable {
    package let change: Change
    /// All files that are checked now, sorted.
    package let files: [String]
    /// The words by which decisions state their status here.
    package let vocabulary: StatusVocabulary
    private let reading: @Sendable (String, Side) -> Artifact?
    private let roles: @Sendable (String) -> Document.Role?

    package init(
        change: Change, files: [String], vocabulary: StatusVocabulary, roles: @escaping @Sendable (String) -> Document.Role?,
        reading: @escaping @Sendable (String, Side) -> Artifact?
    ) {
        self.change = change
        self.files = files
        self.vocabulary = vocabulary
        self.roles = roles
        self.reading = reading
    }

    /// Which part of the knowledge base a path belongs to, whether or not the file is still there.
    package func role(of path: String) -> Document.Role? { roles(path) }

    package enum Side: Sendable {
        case before, after
    }

    /// A changed file as it was, by its present path; nil for one that is new or that git cannot show.
    package func before(_ path: String) -> Artifact? {
        guard let file = change.files[path], file.kind != .added else { return nil }
        return reading(file.oldPath ?? path, .before)
    }

    /// A file as it is now; nil when it was deleted.
    package func after(_ path: String) -> Artifact? {
        reading(path, .after)
    }
}
