import InvarCore
import InvarSyntax
import Testing

struct KustomizeTests {
    private static let base = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: web, labels: { app: web } }
        spec:
          replicas: 1
          template:
            spec:
              containers:
                - name: web
                  image: web
                - { name: log, image: "log:1" }

        """

    private static func built(_ files: [String: String]) -> [KustomizeBuild] {
        var artifacts: [String: Artifact] = [:]
        for (path, text) in files { artifacts[path] = ArtifactReader.read(Array(text.utf8), path: path) }
        let kustomizations = artifacts.keys.sorted().filter(Kustomization.isName).compactMap { artifacts[$0].flatMap(Kustomization.init) }
        let folder = KubernetesFolder([artifacts["base/web.yaml"]].compactMap { $0 }, KustomizationIndex(kustomizations), reading: { artifacts[$0] })
        return folder.items.first?.builds ?? []
    }

    private static func facts(_ build: KustomizeBuild) -> [String] {
        guard let workload = KubernetesWorkload(build.object) else { return [] }
        return [workload.replicas.map(String.init) ?? "?"] + workload.containers.map { "\($0.name)=\($0.imageValue?.text ?? "-")" }
    }

    @Test("each overlay builds its own object, and positions stay in the base")
    func overlays() {
        let builds = KustomizeTests.built([
            "base/web.yaml": KustomizeTests.base, "base/kustomization.yaml": "resources: [web.yaml]\n",
            "dev/kustomization.yaml": "resources: [../base]\n",
            "prod/kustomization.yaml": """
            resources: [../base]
            namePrefix: prod-
            images: [{ name: web, newName: registry.example.com/web, newTag: "2" }]
            replicas: [{ name: web, count: 3 }]
            patches:
              - path: patch.yaml
              - target: { kind: Deployment, name: prod-web }
                patch: "[{ op: remove, path: /spec/replicas }]"
            """,
            "prod/patch.yaml": """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              template:
                spec:
                  containers:
                    - { name: log, $patch: delete }
                    - { name: 追加, image: "added:1" }
            """,
        ])
        #expect(builds.map(KustomizeTests.facts) == [["1", "web=web", "log=log:1"], ["3", "web=registry.example.com/web:2", "追加=added:1"]])
        #expect(builds.map(\.object.roots) == [["dev/kustomization.yaml"], ["prod/kustomization.yaml"]])
        let added = builds.last.flatMap { KubernetesWorkload($0.object) }?.containers.last
        #expect(added?.value.position == Position(line: 9, column: 9))
    }

    @Test("components, replacements and deleting patches have their say")
    func components() {
        let files = [
            "base/web.yaml": KustomizeTests.base, "base/kustomization.yaml": "resources: [web.yaml]\n",
            "mix/kustomization.yaml": "kind: Component\npatches: [{ patch: '[{op: replace, path: /spec/replicas, value: 5}]', target: { name: 'we.*' } }]\n",
            "prod/kustomization.yaml": """
            resources: [../base]
            components: [../mix]
            replacements:
              - targets: [{ select: { kind: Deployment }, fieldPaths: ["spec.template.spec.containers.[name=web].image"] }]
            """,
        ]
        #expect(KustomizeTests.built(files).map(KustomizeTests.facts) == [["5", "web=${replacement}", "log=log:1"]])
        var gone = files
        gone["prod/kustomization.yaml"] =
            "resources: [../base]\npatchesStrategicMerge:\n  - |\n    kind: Deployment\n    metadata: { name: web }\n    $patch: delete\n"
        #expect(KustomizeTests.built(gone).isEmpty)
    }

    @Test("kustomizations that take each other in, or far too many of them, end")
    func hostile() {
        var files = [
            "base/web.yaml": KustomizeTests.base, "base/kustomization.yaml": "resources: [web.yaml, ../a]\n", "a/kustomization.yaml": "resources: [../base]\n",
        ]
        #expect(KustomizeTests.built(files).count == 1)
        files["base/kustomization.yaml"] = "resources: [web.yaml]\n"
        for level in 0..<12 {
            let below = level == 0 ? "[../base]" : "[../l\(level - 1)a, ../l\(level - 1)b]"
            for side in ["a", "b"] { files["l\(level)\(side)/kustomization.yaml"] = "resources: \(below)\n" }
        }
        #expect(KustomizeTests.built(files).count == 1)
    }
}
