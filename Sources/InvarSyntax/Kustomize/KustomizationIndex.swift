import InvarCore

/// Every kustomization of a repository, and which of them take in a file.
package struct KustomizationIndex: Sendable {
    private let all: [Kustomization]
    /// By folder.
    private let byFolder: [String: Int]
    /// The kustomizations that take in a file or a folder.
    private let takers: [String: [Int]]
    /// Files that some kustomization lays over others.
    private let patchFiles: Set<String>

    package init(_ kustomizations: [Kustomization] = []) {
        all = kustomizations
        byFolder = Dictionary(kustomizations.enumerated().map { ($0.element.folder, $0.offset) }) { first, _ in first }
        var takers: [String: [Int]] = [:]
        var patchFiles: Set<String> = []
        for (index, kustomization) in kustomizations.enumerated() {
            for path in kustomization.resources + kustomization.components where takers[path]?.last != index { takers[path, default: []].append(index) }
            patchFiles.formUnion(kustomization.patchFiles)
        }
        self.takers = takers
        self.patchFiles = patchFiles
    }

    /// The kustomization of a path.
    func kustomization(at path: String) -> Kustomization? {
        byFolder[RelativePath.folder(path)].map { all[$0] }.flatMap { $0.path == path ? $0 : nil }
    }

    package var isEmpty: Bool { all.isEmpty }

    package func isPatch(_ path: String) -> Bool { patchFiles.contains(path) }

    /// Whether a file stands beside a kustomization that neither takes it in nor lays it over anything.
    package func isLeftOut(_ path: String) -> Bool {
        byFolder[RelativePath.folder(path)] != nil && takers[path] == nil
    }

    /// How a file comes into what is finally built: each list goes from the kustomization that takes it in to one that
    /// nobody takes in. Empty when no kustomization does. At most ``maximumChains``.
    package func chains(of path: String) -> [[Kustomization]] {
        var finished: [[Int]] = []
        var growing = (takers[path] ?? []).reversed().map { [$0] }
        var steps = 0
        while let chain = growing.popLast(), finished.count < KustomizationIndex.maximumChains, steps < KustomizationIndex.maximumSteps {
            steps += 1
            guard let last = chain.last else { continue }
            let next = (takers[all[last].folder] ?? []).filter { !chain.contains($0) }
            if next.isEmpty { finished.append(chain) } else { growing += next.reversed().map { chain + [$0] } }
        }
        return finished.map { $0.map { all[$0] } }
    }

    /// The components that a kustomization mixes in, those of components first.
    package func components(of kustomization: Kustomization) -> [Kustomization] {
        var found: [Kustomization] = []
        var waiting = Array(kustomization.components.reversed())
        var seen: Set<String> = []
        while let folder = waiting.popLast() {
            guard seen.insert(folder).inserted, let index = byFolder[folder] else { continue }
            found.append(all[index])
            waiting += all[index].components.reversed()
        }
        return found
    }

    /// The files that a kustomization takes in, also by way of others; at most ``maximumFiles``.
    package func files(of kustomization: Kustomization) -> [String] {
        var found: [String] = []
        var seen: Set<String> = [kustomization.folder]
        var waiting = (kustomization.resources + kustomization.components).reversed().map { $0 }
        while let path = waiting.popLast(), found.count < KustomizationIndex.maximumFiles {
            guard seen.insert(path).inserted else { continue }
            if let index = byFolder[path] {
                waiting += (all[index].resources + all[index].components).reversed()
            } else {
                found.append(path)
            }
        }
        return found
    }

    package static let maximumChains = 32
    package static let maximumFiles = 500
    private static let maximumSteps = 10_000
}
