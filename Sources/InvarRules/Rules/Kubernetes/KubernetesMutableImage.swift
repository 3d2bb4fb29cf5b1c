import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesMutableImage = Rule(
        id: "kubernetes/mutable-image",
        title: Wording(en: "an image that changes under its name", ja: "同じ名前のまま中身が変わるイメージ"),
        why: Wording(
            en:
                "An image without a tag, or with `latest`, is whatever was pushed last: going back to an older revision of the manifest does not bring the older program back. A digest, a tag that the kustomization sets, and names that a tool fills in are left out.",
            ja: "タグのないイメージや `latest` は、最後に push されたものを指します。マニフェストを以前の版に戻しても、プログラムは元に戻りません。ダイジェスト付き、kustomization がタグを入れるもの、ツールが名前を埋めるものは対象外です。"),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: storefront }
                spec:
                  template:
                    spec:
                      initContainers: [{ name: 準備, image: ↓busybox }]
                      containers:
                        - name: web
                          image: ↓registry.example.com:5000/shop/storefront:latest

                """, at: "deploy/storefront.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: { name: 集計 }
                spec:
                  schedule: "0 1 * * *"
                  jobTemplate: { spec: { template: { spec: { containers: [{ name: sum, image: ↓"sum:latest" }] } } } }

                """, at: "base/sum.yaml",
                with: [
                    ("base/kustomization.yaml", "resources: [sum.yaml]\n"),
                    ("prod/kustomization.yaml", "resources: [../base]\nimages: [{ name: sum, newTag: '1.8' }]\n"),
                    ("dev/kustomization.yaml", "resources: [../base]\n"),
                ]),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: {{ .Release.Name }}
                spec:
                  template:
                    spec:
                      {{- with .Values.pull }}
                      {{- end }}
                      containers:
                        - image: "{{ .Values.image }}"
                        - image: ↓curl:latest # 疎通確認用

                """, at: "charts/web/templates/deployment.yaml"),
            Example(
                """
                {
                  "apiVersion": "v1", "kind": "List",
                  "items": [
                    { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "集計" },
                      "spec": { "containers": [{ "name": "sum", "image": ↓"sum:latest" }] } }
                  ]
                }

                """, at: "deploy/sum.json", skipping: [.comment: "JSON has no comments", .preamble: "JSON has no comments"]),
        ],
        conforming: [
            Example(
                """
                { "name": "lint", "container": { "image": "ghcr.io/example/lint:latest" }, "about": "JSON that declares nothing" }

                """, at: ".config/lint.json", skipping: [.comment: "JSON has no comments"]),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: storefront }
                spec:
                  template:
                    spec:
                      containers:
                        - { name: web, image: "registry.example.com:5000/shop/storefront:4.1" }
                        - { name: helper, image: "helper@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }
                        - { name: later, image: "${HELPER_IMAGE}" }

                """, at: "deploy/storefront.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: controller }
                spec:
                  selector: { matchLabels: { app: controller } }
                  template: { metadata: { labels: { app: controller } }, spec: { containers: [{ name: manager, image: "controller:latest" }] } }

                """, at: "config/manager/manager.yaml",
                with: [
                    ("config/manager/kustomization.yaml", "resources: [manager.yaml]\n"),
                    (
                        "config/default/kustomization.yaml",
                        "resources: [../manager]\nimages:\n  - name: controller # 実際の名前\n    newName: registry.example.com/controller\n    newTag: v0.3.1\n"
                    ),
                ]),
            Example(
                """
                apiVersion: apps.openshift.io/v1
                kind: DeploymentConfig
                metadata: { name: 受付 }
                spec:
                  triggers: [{ type: ImageChange, imageChangeParams: { automatic: true, containerNames: [web] } }]
                  template: { spec: { containers: [{ name: web, image: intake }] } }

                """, at: "deploy/intake.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.workloads { workload in
                guard workload.isJudged, !isTriggered(workload) else { return [] }
                return workload.containers.compactMap { container in
                    guard let value = container.imageValue, let text = value.text, !ImageReference.isPlaceholder(text), let image = container.image,
                        isMutable(image)
                    else { return nil }
                    return run.match(workload.object, at: value, part: container.name, message(image), hint: hint(image))
                }
            }
                + TemplateScan.lines(of: ["image"], in: group).compactMap { line in
                    guard KubernetesRun.runsPods(line.kind), !ImageReference.isPlaceholder(line.value), let image = ImageReference(line.value), isMutable(image)
                    else { return nil }
                    return line.match(message(image), hint: hint(image))
                }
        })

    private static func isMutable(_ image: ImageReference) -> Bool {
        image.digest == nil && (image.tag ?? "latest") == "latest" && !image.basename.isEmpty
    }

    /// Whether a push of the image changes the manifest, so that a revision names one build.
    private static func isTriggered(_ workload: KubernetesWorkload) -> Bool {
        workload.object.annotations["image.openshift.io/triggers"] != nil
            || (workload.object.spec?.value("triggers")?.items ?? []).contains { $0.value("type")?.text == "ImageChange" }
    }

    private static func message(_ image: ImageReference) -> Wording {
        Wording(
            en: "\(image.text) is whatever was pushed last: going back does not bring the old program back",
            ja: "\(image.text) は最後に push されたものを指します。マニフェストを戻しても、以前のプログラムには戻りません")
    }

    private static func hint(_ image: ImageReference) -> Wording {
        Advice.write(en: "name one build, by a tag that is never moved or by its digest", ja: "動かさないタグかダイジェストで、1 つのビルドを指してください", "image: \(image.name):1.0.0")
    }
}

extension KubernetesRun {
    static func runsPods(_ kind: String) -> Bool {
        ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod", "Rollout", "DeploymentConfig", "ReplicationController"].contains(kind)
    }
}
