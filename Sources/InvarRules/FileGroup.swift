import InvarCore
package import InvarSyntax

/// Files that rules look at together: the migrations of a directory, the manifests of a folder.
package struct FileGroup: Sendable {
    /// The folder they have in common, relative to the root; "" is the root.
    package let folder: String
    /// By path.
    package let artifacts: [Artifact]

    package init(folder: String, artifacts: [Artifact]) {
        self.folder = folder
        self.artifacts = artifacts
    }

    /// What makes files belong together; a file belongs to one group at most, and its path alone says to which.
    package enum Kind: String, Sendable, CaseIterable {
        case manifests

        /// The folder of the group that a path belongs to; nil when it belongs to none of this kind.
        package func folder(of path: String) -> String? {
            switch self {
            case .manifests: ArtifactReader.Language(path: path) == .yaml ? RelativePath.folder(path) : nil
            }
        }
    }
}
