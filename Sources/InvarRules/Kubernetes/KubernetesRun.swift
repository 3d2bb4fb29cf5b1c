import InvarCore
import InvarSyntax

/// One rule's way through the Kubernetes objects of a folder.
struct KubernetesRun {
    let folder: KubernetesFolder
    private let surroundings: FileSurroundings

    init(_ group: FileGroup, _ surroundings: FileSurroundings) {
        folder = group.kubernetes(surroundings)
        self.surroundings = surroundings
    }

    /// Asks about every object as every kustomization builds it; what several builds have in common is one match.
    func objects(_ find: (KubernetesObject) -> [Match]) -> [Match] {
        folder.items.flatMap { matches($0, $0.builds, find) }
    }

    /// The same for objects that run pods.
    func workloads(_ find: (KubernetesWorkload) -> [Match]) -> [Match] {
        objects { object in KubernetesWorkload(object).map(find) ?? [] }
    }

    /// Asks about every object in every build that it is part of, for what depends on its ``peers(of:_:)``.
    func joinedObjects(_ find: (KubernetesObject) -> [Match]) -> [Match] {
        folder.items.flatMap { matches($0, $0.builds.flatMap(\.byRoot), find) }
    }

    /// The same for objects that run pods.
    func joinedWorkloads(_ find: (KubernetesWorkload) -> [Match]) -> [Match] {
        joinedObjects { object in KubernetesWorkload(object).map(find) ?? [] }
    }

    private func matches(_ item: KubernetesFolder.Item, _ builds: [KustomizeBuild], _ find: (KubernetesObject) -> [Match]) -> [Match] {
        var found: [(match: Match, builds: [KustomizeBuild])] = []
        for build in builds {
            for var match in find(build.object) {
                match.causes = Array(Set(match.causes + build.causes)).sorted()
                if let index = found.firstIndex(where: { $0.match.isSame(as: match) }) {
                    found[index].match.absorb(match)
                    found[index].builds.append(build)
                } else {
                    found.append((match, [build]))
                }
            }
        }
        guard !found.isEmpty, builds.contains(where: { !$0.object.roots.isEmpty }) else { return found.map(\.match) }
        let own = find(item.object)
        return found.map { match, causing in
            let isCommon = causing.count == builds.count && own.contains { $0.isSame(as: match) }
            return isCommon ? match : KubernetesRun.naming(causing, match)
        }
    }

    /// Says which kustomizations build what was found, where the file alone or others do not.
    private static func naming(_ builds: [KustomizeBuild], _ match: Match) -> Match {
        var match = match
        for root in Set(builds.flatMap(\.object.roots)).sorted() {
            match.related.append(
                Match.Related(place: Place(path: root, position: Position(line: 1)), message: Wording(en: "as built from here", ja: "ここからビルドした結果です")))
        }
        return match
    }

    /// A match on a value of an object.
    ///
    /// - Parameter part: which part of the object, when several may have the same fault.
    func match(_ object: KubernetesObject, at value: YAML, part: String = "", _ message: Wording, hint: Wording? = nil) -> Match {
        let hint = Advice.fitted(hint, to: object.path)
        var match =
            folder.artifacts[object.path]?.match(at: value.position, to: value.end, message, hint: hint)
            ?? Match(path: object.path, start: value.position, end: value.end ?? value.position, message: message, hint: hint)
        match.operations = object.name.isEmpty ? [] : [object.name]
        match.key = object.title + (part.isEmpty ? "" : "/" + part)
        match.scope = object.lines
        return match
    }

    /// Where a word of a text stands: in a block of several lines, the line that has it; else the text itself.
    func place(of word: String, in value: YAML, of object: KubernetesObject) -> YAML {
        guard let text = value.text, text.utf8.contains(0x0A), let artifact = folder.artifacts[object.path] else { return value }
        let first = value.position.line + 1
        let words = word.split(separator: " ")
        for line in first..<max(first, min(object.lines.upperBound, value.position.line + KubernetesRun.longestBlock) + 1) {
            let shown = artifact.text(ofLine: line)
            let folded = Folding.searchable(shown)
            guard words.allSatisfy({ folded.holds(Folding.searchable(String($0))) }) else { continue }
            let indent = shown.unicodeScalars.prefix { $0 == " " }.count
            let content = String(shown.dropFirst(indent))
            return YAML(content: .scalar(content, isQuoted: false), position: Position(line: line, column: indent + 1))
        }
        return value
    }

    private static let longestBlock = 400

    /// The objects that can meet one in some build: those of its folder, then those that its kustomizations take in.
    func peers(of object: KubernetesObject, _ wanted: KubernetesJoins.Wanted) -> [KubernetesObject] {
        folder.peers(of: object, wanted, reading: { surroundings.artifact(at: $0) })
    }

    /// How many pods of a workload there are at least and at most, by its own number or its autoscaler's; nil where a
    /// placeholder stands.
    func replicas(of workload: KubernetesObject) -> ClosedRange<Int>? {
        guard let scaler = scaler(of: workload), let spec = scaler.spec else { return workload.replicas.map { $0...$0 } }
        let isKEDA = scaler.kind == "ScaledObject"
        // What may go down to none is asked about while it runs.
        let least = max(spec.value(isKEDA ? "minReplicaCount" : "minReplicas")?.number ?? 1, 1)
        return least...max(least, spec.value(isKEDA ? "maxReplicaCount" : "maxReplicas")?.number ?? (isKEDA ? 100 : least))
    }

    /// Whether an autoscaler decides how many pods of a workload there are.
    func isScaled(_ workload: KubernetesObject) -> Bool { scaler(of: workload) != nil }

    private func scaler(of workload: KubernetesObject) -> KubernetesObject? {
        peers(of: workload, .scaler(kind: workload.kind, name: workload.name)).first
    }
}

extension KubernetesWorkload {
    /// Whether what is written in it counts: it is whole, or a template of something whole.
    var isJudged: Bool { isComplete || (object.isTemplate && !object.isPatch) }

    /// `Deployment web`, for messages.
    var title: String { object.kind + " " + (object.name.isEmpty ? "?" : object.name) }
}
