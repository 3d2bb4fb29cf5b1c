import InvarCore

/// The jobs of a GitLab CI file that run on a schedule.
package struct GitLabPipeline: Sendable {
    package var jobs: [Job]

    package struct Job: Sendable {
        package var name: String
        package var key: YAML
        /// What says that it runs on a schedule.
        package var schedule: YAML
        package var hasResourceGroup: Bool
        package var script: [String]
    }

    /// nil for a file that is no pipeline, by its name.
    package init?(_ artifact: Artifact) {
        guard case .manifest(let stream) = artifact.content, let root = stream.documents.first else { return nil }
        let name = RelativePath.name(artifact.path)
        guard
            name.hasSuffix(".gitlab-ci.yml") || name.hasSuffix(".gitlab-ci.yaml") || artifact.path.contains(".gitlab/ci/")
                || artifact.path.hasPrefix(".gitlab-ci/")
        else { return nil }
        jobs = []
        for (key, value) in root.members where !key.keyText.hasPrefix(".") && !["default", "workflow", "variables", "include", "stages"].contains(key.keyText) {
            var parts = [value]
            // `extends` from the same file, a few steps up.
            var parent = value["extends"]?.texts.first
            while let name = parent, parts.count < 6, let base = root.member(name)?.value {
                parts.append(base)
                parent = base["extends"]?.texts.first
            }
            guard let schedule = parts.lazy.compactMap(GitLabPipeline.schedule).first else { continue }
            let script = parts.lazy.compactMap { $0["script"] }.first
            jobs.append(
                Job(
                    name: key.keyText, key: key, schedule: schedule, hasResourceGroup: parts.contains { $0["resource-group"] != nil },
                    script: (script?.items ?? []).flatMap { $0.texts }))
        }
    }

    /// `only: [schedules]`, `rules: [{ if: $CI_PIPELINE_SOURCE == "schedule" }]`.
    private static func schedule(_ job: YAML) -> YAML? {
        if let only = job["only"] {
            let refs = only["refs"] ?? only
            if let item = refs.items.first(where: { $0.text == "schedules" }) { return item }
        }
        for rule in job["rules"]?.items ?? [] {
            guard let condition = rule["if"], let text = condition.text, rule["when"]?.text != "never", text.contains("CI_PIPELINE_SOURCE"),
                text.contains("schedule"), !text.contains("!=")
            else { continue }
            return condition
        }
        return nil
    }
}
