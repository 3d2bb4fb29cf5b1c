import InvarCore
import InvarSyntax

extension Rule {
    package static let jobGHAScheduleConcurrency = Rule(
        id: "job/gha-schedule-concurrency",
        title: Wording(en: "a scheduled workflow that changes something may overlap itself", ja: "定期実行のワークフローが自分自身と重なりうる"),
        why: Wording(
            en:
                "A run that takes longer than its interval, or one started by hand beside it, pushes, publishes or applies at the same time as the other. `concurrency` (GitHub) or `resource_group` (GitLab) lets one wait. Only workflows that change something are found; reading, scanning and linting twice is no harm.",
            ja:
                "実行間隔より長引いた回や手動で起動した回が、別の回と同時に push・公開・適用を行ってしまいます。`concurrency`（GitHub）や `resource_group`（GitLab）を指定すれば順番に待ちます。何かを変更するワークフローだけを検出し、読み取り・スキャン・リントは対象外です。"
        ),
        invariant: "INV-OPS-004", severity: .warning,
        violating: [
            Example(
                """
                name: 夜間のデータ更新
                on:
                  workflow_dispatch:
                  ↓schedule:
                    - cron: "30 17 * * *"
                jobs:
                  update:
                    runs-on: ubuntu-latest
                    steps:
                      - uses: actions/checkout@v4
                      - run: |
                          ./tools/update.sh
                          git commit -am "update" && git -C . push origin HEAD

                """, at: ".github/workflows/nightly.yml"),
            Example(
                """
                stages: [batch]
                close-month:
                  stage: batch
                  rules:
                    - if: ↓$CI_PIPELINE_SOURCE == "schedule"
                  script:
                    - terraform apply -auto-approve

                """, at: ".gitlab-ci.yml"),
        ],
        conforming: [
            Example(
                """
                name: nightly
                on:
                  schedule: [{ cron: "0 3 * * *" }]
                concurrency:
                  group: nightly
                  cancel-in-progress: false
                jobs:
                  update: { runs-on: ubuntu-latest, steps: [{ run: "git push" }] }

                """, at: ".github/workflows/nightly.yml"),
            Example(
                """
                name: 脆弱性スキャン
                "on": { schedule: [{ cron: "0 3 * * *" }] }
                jobs:
                  scan:
                    runs-on: ubuntu-latest
                    steps:
                      - run: |
                          # git push is left to people
                          npm audit
                      - run: echo "kubectl apply"

                """, at: ".github/workflows/scan.yml"),
            Example(
                """
                on:
                  push: { branches: [main] }
                  schedule: [{ cron: "0 3 * * 1" }]
                jobs:
                  check: { runs-on: ubuntu-latest, steps: [{ run: "npm test" }] }
                  release:
                    if: github.event_name == 'push'
                    runs-on: ubuntu-latest
                    steps: [{ run: "npm publish" }]

                """, at: ".github/workflows/ci.yml"),
            Example(
                """
                .locked: { resource_group: production }
                nightly:
                  extends: .locked
                  only: [schedules]
                  script: ["kubectl apply -f deploy/"]

                """, at: ".gitlab-ci.yml"),
        ],
        matcher: .file(.manifest) { artifact, surroundings in
            if let workflow = GitHubWorkflow(artifact) { return matches(workflow, artifact, surroundings) }
            return GitLabPipeline(artifact).map { matches($0, artifact) } ?? []
        })

    private static func matches(_ workflow: GitHubWorkflow, _ artifact: Artifact, _ surroundings: FileSurroundings) -> [Match] {
        guard let schedule = workflow.schedule, !workflow.hasConcurrency else { return [] }
        var changing: [(job: String, what: String)] = []
        var causes: [String] = []
        for job in workflow.jobs where !job.hasConcurrency && !excludesSchedule(job.condition) {
            if let what = change(of: job) {
                changing.append((job.id, what))
            } else if let path = job.calls.flatMap(localPath), let called = surroundings.artifact(at: path).flatMap(GitHubWorkflow.init), !called.hasConcurrency
            {
                let inner = called.jobs.filter { !$0.hasConcurrency && !excludesSchedule($0.condition) }
                guard let what = inner.lazy.compactMap(change).first else { continue }
                changing.append((job.id, what))
                causes.append(path)
            }
        }
        guard let first = changing.first else { return [] }
        let name = workflow.name ?? RelativePath.stem(artifact.path)
        var match = artifact.match(
            at: schedule.position, to: schedule.keyEnd,
            Wording(
                en: "\(name) runs on a schedule, does \(first.what) in the job \(first.job), and nothing keeps two runs apart",
                ja: "\(name) は定期実行され、ジョブ \(first.job) で \(first.what) を行いますが、2 つの実行が重なるのを防ぐものがありません"),
            hint: Wording(
                en: "let one run wait for the other\n", ja: "前の実行が終わるまで次を待たせてください\n")
                + Wording("concurrency:\n  group: ${{ github.workflow }}\n  cancel-in-progress: false"))
        match.operations = ([name, RelativePath.stem(artifact.path), RelativePath.name(artifact.path)] + changing.map(\.job)).reduce(into: []) { list, item in
            if !list.contains(item) { list.append(item) }
        }
        match.key = name
        match.scope = 1...max(1, artifact.lines.count)
        match.causes = causes
        return [match]
    }

    private static func change(of job: GitHubWorkflow.Job) -> String? {
        for step in job.steps where !excludesSchedule(step.condition) {
            if let what = MutatingCommand.action(step) ?? step.run.flatMap(MutatingCommand.first) { return what }
        }
        return nil
    }

    /// Whether a condition keeps scheduled runs out.
    private static func excludesSchedule(_ condition: String?) -> Bool {
        guard let condition else { return false }
        let text = condition.replacing("\"", with: "'")
        if text.contains("github.event_name != 'schedule'") { return true }
        if text.contains("github.event_name == '"), !text.contains("'schedule'"), !text.contains("||") { return true }
        return text == "false" || text.hasPrefix("startsWith(github.ref, 'refs/tags") || text.contains("github.event.pull_request.merged")
    }

    private static func localPath(_ uses: String) -> String? {
        uses.hasPrefix("./") ? String(uses.dropFirst(2)) : nil
    }

    private static func matches(_ pipeline: GitLabPipeline, _ artifact: Artifact) -> [Match] {
        pipeline.jobs.compactMap { job in
            guard !job.hasResourceGroup, let what = job.script.lazy.compactMap(MutatingCommand.first).first else { return nil }
            var match = artifact.match(
                at: job.schedule.position,
                Wording(
                    en: "\(job.name) runs on a schedule, does \(what), and nothing keeps two runs apart",
                    ja: "\(job.name) は定期実行され、\(what) を行いますが、2 つの実行が重なるのを防ぐものがありません"),
                hint: Wording(en: "let one run wait for the other\n", ja: "前の実行が終わるまで次を待たせてください\n")
                    + Wording("\(job.name):\n  resource_group: \(job.name)"))
            match.operations = [job.name]
            match.key = job.name
            match.scope = min(job.key.position.line, job.schedule.position.line)...max(job.key.position.line, job.schedule.position.line)
            return match
        }
    }
}
