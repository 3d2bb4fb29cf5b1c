package import InvarCore

/// A GitHub Actions workflow.
package struct GitHubWorkflow: Sendable {
    package var name: String?
    /// The key `schedule` under `on`, which YAML 1.1 reads as the boolean true.
    package var schedule: YAML?
    package var crons: [String]
    package var hasConcurrency: Bool
    package var jobs: [Job]

    package struct Job: Sendable {
        package var id: String
        package var hasConcurrency: Bool
        package var condition: String?
        /// A reusable workflow that the job calls.
        package var calls: String?
        package var steps: [Step]
    }

    package struct Step: Sendable {
        package var name: String?
        package var condition: String?
        package var run: String?
        package var uses: String?
        package var inputs: [(key: YAML, value: YAML)]
        package var position: Position
    }

    /// nil for a file that is no workflow, by its path and content.
    package init?(_ artifact: Artifact) {
        guard case .manifest(let stream) = artifact.content, artifact.path.contains(".github/workflows/"), let root = stream.documents.first,
            let jobs = root["jobs"]
        else { return nil }
        name = root["name"]?.text
        let events = root.members.first { member in
            let key = member.key.keyText.lowercased()
            return key == "on" || key == "true"
        }?.value
        let member = events?.members.first { $0.key.keyText == "schedule" }
        schedule = member?.key
        crons = (member?.value.items ?? []).compactMap { $0["cron"]?.text }
        hasConcurrency = root["concurrency"] != nil
        self.jobs = jobs.members.map { GitHubWorkflow.job($0.key.keyText, $0.value) }
    }

    private static func job(_ id: String, _ value: YAML) -> Job {
        Job(
            id: id, hasConcurrency: value["concurrency"] != nil, condition: value["if"]?.text, calls: value["uses"]?.text,
            steps: (value["steps"]?.items ?? []).map { step in
                Step(
                    name: step["name"]?.text, condition: step["if"]?.text, run: step["run"]?.text, uses: step["uses"]?.text,
                    inputs: step["with"]?.members ?? [], position: step.position)
            })
    }
}
