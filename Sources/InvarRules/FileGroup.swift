import InvarCore
package import InvarSyntax

/// Files that rules look at together: the migrations of a directory, the manifests of a folder.
package struct FileGroup: Sendable {
    /// The folder they have in common, relative to the root; "" is the root.
    package let folder: String
    /// By path.
    package let artifacts: [Artifact]

    private let kubernetes = Once<KubernetesFolder>()
    private let ordered = Once<MigrationGroup>()
    private let paired = Once<[MigrationPairs]>()

    package init(folder: String, artifacts: [Artifact]) {
        self.folder = folder
        self.artifacts = artifacts
    }

    /// Its Kubernetes objects, read once for all rules.
    package func kubernetes(_ surroundings: FileSurroundings) -> KubernetesFolder {
        kubernetes.value {
            KubernetesFolder(artifacts, surroundings.kustomizations, reading: { surroundings.artifact(at: $0) })
        }
    }

    /// Its migrations, ordered and paired once for all rules.
    package var migrations: MigrationGroup {
        ordered.value { MigrationGroup(artifacts) }
    }

    /// Their ways forth with their ways back, folder by folder, paired once for all rules.
    var waysBack: [MigrationPairs] {
        paired.value { MigrationPairs.all(in: migrations) }
    }

    /// What makes files belong together; a path alone says to which groups it belongs, one of each kind at most.
    package enum Kind: String, Sendable, CaseIterable {
        case migrations, manifests

        /// The folder of the group that a path belongs to; nil when it belongs to none of this kind.
        package func folder(of path: String) -> String? {
            switch self {
            case .migrations: MigrationName.read(path)?.container
            case .manifests:
                switch ArtifactReader.Language(path: path) {
                case .yaml, .json: RelativePath.folder(path)
                default: path.hasSuffix(".tf") ? RelativePath.folder(path) : nil
                }
            }
        }

        /// Whether a file of the group has a say in it; most JSON declares nothing, and need not be kept.
        package func isWanted(_ artifact: Artifact) -> Bool {
            switch self {
            case .migrations: true
            case .manifests: artifact.kind != .text || !artifact.path.hasSuffix(".json")
            }
        }
    }
}
