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
        folder.items.flatMap { item in
            var found: [(match: Match, builds: [KustomizeBuild])] = []
            for build in item.builds {
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
            guard !found.isEmpty, item.builds.contains(where: { $0.root != nil }) else { return found.map(\.match) }
            let own = find(item.object)
            return found.map { match, builds in
                let isCommon = builds.count == item.builds.count && own.contains { $0.isSame(as: match) }
                return isCommon ? match : KubernetesRun.naming(builds, match)
            }
        }
    }

    /// The same for objects that run pods.
    func workloads(_ find: (KubernetesWorkload) -> [Match]) -> [Match] {
        objects { object in KubernetesWorkload(object).map(find) ?? [] }
    }

    /// Says which kustomizations build what was found, where the file alone or others do not.
    private static func naming(_ builds: [KustomizeBuild], _ match: Match) -> Match {
        var match = match
        for root in builds.compactMap(\.root).sorted() {
            match.related.append(
                Match.Related(place: Place(path: root, position: Position(line: 1)), message: Wording(en: "as built from here", ja: "ここからビルドした結果です")))
        }
        return match
    }

    /// A match on a value of an object.
    ///
    /// - Parameter part: which part of the object, when several may have the same fault.
    func match(_ object: KubernetesObject, at value: YAML, part: String = "", _ message: Wording, hint: Wording? = nil) -> Match {
        var match =
            folder.artifacts[object.path]?.match(at: value.position, to: value.end, message, hint: hint)
            ?? Match(path: object.path, start: value.position, end: value.end ?? value.position, message: message, hint: hint)
        match.operations = object.name.isEmpty ? [] : [object.name]
        match.key = object.title + (part.isEmpty ? "" : "/" + part)
        match.scope = object.lines
        return match
    }

    /// The objects that can meet one: those of its folder, then those that its kustomizations take in.
    func peers(of object: KubernetesObject, where isWanted: (KubernetesObject) -> Bool) -> [KubernetesObject] {
        let here = folder.items.compactMap { item in
            item.builds.lazy.map(\.object).first { isWanted($0) && $0.sharesNamespace(with: object) }
        }
        if !here.isEmpty { return here }
        return folder.companions(of: object.path, reading: { surroundings.artifact(at: $0) }).filter { isWanted($0) && $0.sharesNamespace(with: object) }
    }

    /// How many pods of a workload there are at least and at most, by its own number or its autoscaler's; nil where a
    /// placeholder stands.
    func replicas(of workload: KubernetesObject) -> ClosedRange<Int>? {
        let scaler = peers(of: workload) { object in
            guard object.kind == "HorizontalPodAutoscaler" || object.kind == "ScaledObject", let target = object.spec?.value("scaleTargetRef") else {
                return false
            }
            return (target.value("kind")?.text ?? "Deployment") == workload.kind && target.value("name")?.text == workload.name
        }.first
        guard let scaler, let spec = scaler.spec else { return workload.replicas.map { $0...$0 } }
        let isKEDA = scaler.kind == "ScaledObject"
        let least = spec.value(isKEDA ? "minReplicaCount" : "minReplicas")?.number ?? (isKEDA ? 0 : 1)
        return least...max(least, spec.value(isKEDA ? "maxReplicaCount" : "maxReplicas")?.number ?? (isKEDA ? 100 : least))
    }
}

extension KubernetesWorkload {
    /// Whether what is written in it counts: it is whole, or a template of something whole.
    var isJudged: Bool { isComplete || (object.isTemplate && !object.isPatch) }

    /// `Deployment web`, for messages.
    var title: String { object.kind + " " + (object.name.isEmpty ? "?" : object.name) }
}
