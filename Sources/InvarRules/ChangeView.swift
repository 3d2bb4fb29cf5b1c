package import InvarCore
package import InvarSyntax

/// What a rule about a change may look at: the diff, and every changed file before and after.
package struct ChangeView: Sendable {
    package let change: Change
    /// All files that are checked now, sorted.
    package let files: [String]
    private let reading: @Sendable (String, Side) -> Artifact?

    package init(change: Change, files: [String], reading: @escaping @Sendable (String, Side) -> Artifact?) {
        self.change = change
        self.files = files
        self.reading = reading
    }

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
