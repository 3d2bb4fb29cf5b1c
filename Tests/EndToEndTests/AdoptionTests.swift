import Foundation
import InvarSyntax
import Testing

/// What others copy to put invar to work: each file is well formed, and every command in it is run by the built binary
/// on a copy of the example service.
@Suite struct AdoptionTests {
    /// A git repository with two commits.
    private func repository() throws -> Shell {
        let shell = try Shell()
        let lines = try run(
            shell,
            """
            cp -R "$REPOSITORY/Examples/." . && git init -q -b main . && git add -A
            git -c user.name=a -c user.email=a@example.com commit -q -m one
            echo '- 冪等でない。リトライしない。' >> docs/design/refund-api.md
            git -c user.name=a -c user.email=a@example.com commit -q -a -m two
            """)
        #expect(lines.isEmpty)
        return shell
    }

    /// The lines that a script prints, an exit code other than 0 in brackets last.
    private func run(_ shell: Shell, _ script: String) throws -> [String] {
        try shell.run(Transcript.Command(script: script, expected: [], line: 1, range: 0..<0, isTerminal: false))
    }

    /// Runs a step of a CI system; it must do its work, whatever it finds.
    private func runStep(_ script: String, _ variables: [String: String] = [:]) throws {
        let shell = try repository()
        // What a step keeps in the system's temporary folder must not meet another test's.
        try shell.write("../step.sh", Array(script.replacingOccurrences(of: "/tmp/", with: "../").utf8))
        let exports = variables.sorted { $0.key < $1.key }.map { "export \($0.key)=\($0.value); " }.joined()
        let lines = try run(shell, exports + "bash -eo pipefail ../step.sh")
        #expect(lines.last.map { !$0.hasPrefix("[") || $0 == "[1]" } ?? true, "\(script)\n\(lines.suffix(5).joined(separator: "\n"))")
        #expect(!lines.contains { $0.hasPrefix("2> ") && ($0.contains("Usage:") || $0.contains("invar: ")) }, "\(script)\n\(lines)")
    }

    private func yaml(_ path: String) throws -> YAML {
        let text = try String(contentsOf: Shell.repository.appendingPathComponent(path), encoding: .utf8)
        return try #require(try YAML.parse(text))
    }

    @Test func theHooksRun() throws {
        let hooks = try yaml(".pre-commit-hooks.yaml").items
        #expect(hooks.compactMap { $0["id"]?.text } == ["invar-check", "invar-check-all"])
        for hook in hooks {
            #expect(hook["name"]?.text != nil && hook["description"]?.text != nil)
            #expect(hook["language"]?.text == "system")
            #expect(hook["pass_filenames"]?.bool == false)
            try runStep(try #require(hook["entry"]?.text))
        }
    }

    @Test func theActionRuns() throws {
        let action = try yaml("action.yml")
        #expect(action["name"]?.text != nil && action["description"]?.text != nil)
        let inputs = try #require(action["inputs"]).members
        #expect(
            inputs.compactMap { $0.key.text } == ["base", "fail-on", "format", "binary", "root", "sarif", "upload-sarif", "summary"])
        for input in inputs { #expect(input.value["description"]?.text != nil, "\(input.key)") }
        let runs = try #require(action["runs"])
        #expect(runs["using"]?.text == "composite")
        let steps = try #require(runs["steps"]).items
        let step = try #require(steps.first)
        #expect(step["shell"]?.text == "bash" && step["run"]?.text == "\"$GITHUB_ACTION_PATH/scripts/github-action.sh\"")
        let script = try String(contentsOf: Shell.repository.appendingPathComponent("scripts/github-action.sh"), encoding: .utf8)
        for variable in try #require(step["env"]).members { #expect(script.contains("${\(variable.key.text ?? "?"):-"), "\(variable.key)") }
        #expect(steps.dropFirst().map { $0["uses"]?.text } == ["github/codeql-action/upload-sarif@v3"])

        let shell = try repository()
        let lines = try run(
            shell,
            """
            export GITHUB_STEP_SUMMARY=../summary.md INVAR_BASE=HEAD~1 INVAR_SARIF=../invar.sarif INVAR_FAIL_ON=note
            "$REPOSITORY/scripts/github-action.sh" > ../log; echo "exit $?"; head -1 ../summary.md; grep -c '"version": "2.1.0"' ../invar.sarif; tail -1 ../log | cut -c1-7
            INVAR_BASE=nowhere "$REPOSITORY/scripts/github-action.sh" > ../log; echo "exit $?"
            INVAR=nowhere "$REPOSITORY/scripts/github-action.sh"
            """)
        #expect(["exit 0", "exit 1"].contains(lines.first))
        #expect(
            lines.dropFirst().filter { !$0.contains("2>   →") } == [
                "<!-- invar:check -->", "1", "invar: ", "exit 2", "2> invar: git knows no revision nowhere",
                "2> invar is not on the PATH: build it with 'make install', or name it with the input 'binary'", "[2]",
            ])
    }

    @Test(arguments: ["docs/ci/github-pull-request.yml", "docs/ci/github-review.yml", "docs/ci/github-scheduled.yml"])
    func theWorkflowsRun(path: String) throws {
        let workflow = try yaml(path)
        #expect(workflow["name"]?.text != nil && workflow["on"] != nil && workflow["permissions"] != nil)
        var commands = 0
        for job in try #require(workflow["jobs"]).members {
            #expect(job.value["runs-on"]?.text != nil)
            for step in try #require(job.value["steps"]).items {
                #expect((step["uses"] == nil) != (step["run"] == nil))
                guard let script = step["run"]?.text else { continue }
                #expect(!script.contains("${{"), "text from outside must not become part of a script")
                guard ["check", "list", "review"].contains(where: { script.contains("invar " + $0) }) else { continue }
                commands += 1
                try runStep(script, ["BASE": "HEAD~1", "GITHUB_STEP_SUMMARY": "../summary.md"])
            }
        }
        #expect(commands > 0)
        if path.contains("scheduled") {
            #expect(workflow["on"]?["schedule"]?.items.first?["cron"]?.text != nil)
            let text = try String(contentsOf: Shell.repository.appendingPathComponent(path), encoding: .utf8)
            #expect(text.contains("invar list exceptions --expiring 30") && text.contains("invar check --format github"))
        }
    }

    @Test func theGitLabJobsRun() throws {
        let file = try yaml("docs/ci/gitlab-ci.yml")
        let shared = try #require(file[".invar"])
        #expect(shared["image"]?.text != nil && shared["before_script"] != nil)
        #expect(shared["artifacts"]?["reports"]?.members.compactMap { $0.key.text } == ["codequality", "junit"])
        for name in ["invar", "invar-weekly"] {
            let job = try #require(file[name])
            #expect(job["extends"]?.text == ".invar" && job["rules"]?.items.isEmpty == false)
            let after = try #require(shared["after_script"]).texts
            let lines = try #require(job["script"]).texts
            // The last command decides; the reports are there by then.
            let script = (lines.dropLast() + after + lines.suffix(1)).joined(separator: "\n")
            try runStep(script, ["CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD~1"])
        }
    }

    /// A copy of the example service with a remote, in which a step runs as the scheduled job does.
    private func runSprintJob(_ script: String, _ variables: String) throws -> [String] {
        let shell = try repository()
        try shell.write("../step.sh", Array(script.utf8))
        return try run(
            shell,
            """
            git init -q --bare ../origin.git && git remote add origin "$PWD/../origin.git" && git push -q origin main
            export \(variables)
            for day in 1 2; do bash -eo pipefail ../step.sh > ../log 2>&1; echo "exit $?"; git switch -q main; done
            git -C ../origin.git branch --format '%(refname:short)'
            git -C ../origin.git diff --stat main invar/proposals-S23 | cat
            git -C ../origin.git log --format=%s invar/proposals-S23 | head -2
            git -C ../origin.git show invar/proposals-S23:Invariants/Proposals/S23.md | grep -c '^<!-- invar:proposals'
            """)
    }

    private func isLeft(_ lines: [String]) -> Bool {
        lines.count == 9 && lines[0...3] == ["exit 0", "exit 0", "invar/proposals-S23", "main"] && lines[4].contains("Invariants/Proposals/S23.md")
            && lines[5].contains("1 file changed") && lines[6] == "Propose revisions of the invariants after S23" && lines[7] == "two" && lines[8] == "2"
    }

    @Test func theSprintJobsLeaveABranch() throws {
        let workflow = try yaml("docs/ci/github-sprint.yml")
        #expect(workflow["permissions"]?["contents"]?.text == "write" && workflow["on"]?["schedule"] != nil)
        let steps = workflow["jobs"]?["propose"]?["steps"]?.items ?? []
        let scripts = steps.compactMap { $0["run"]?.text }
        let script = try #require(scripts.last)
        #expect(!script.contains("${{"))
        let gitHub = try runSprintJob(script, "GITHUB_STEP_SUMMARY=../summary.md")
        #expect(isLeft(gitHub), "\(gitHub)")

        let job = try #require(try yaml("docs/ci/gitlab-ci.yml")["invar-sprint"])
        #expect(job["extends"]?.text == ".invar" && job["rules"] != nil && job["variables"]?["INVAR_PUSH_URL"]?.text?.hasPrefix("https://") == true)
        let gitLab = try runSprintJob(try #require(job["script"]).texts.joined(separator: "\n"), "INVAR_PUSH_URL=\"$PWD/../origin.git\"")
        #expect(isLeft(gitLab), "\(gitLab)")
    }

    @Test(arguments: ["docs/adopt.md", "docs/adopt.ja.md"])
    func theGuidesCommandsRun(path: String) throws {
        let text = try String(contentsOf: Shell.repository.appendingPathComponent(path), encoding: .utf8)
        let commands = text.split(separator: "\n").filter { $0.hasPrefix("invar ") }.map(String.init)
        #expect(commands.count == 3)
        try runStep(commands.map { $0 + "\n" }.joined().replacingOccurrences(of: "#", with: " || test $? -eq 1 #"))
        for file in [
            "docs/ci/github-pull-request.yml", "docs/ci/github-review.yml", "docs/ci/github-scheduled.yml", "docs/ci/github-sprint.yml",
            "docs/ci/gitlab-ci.yml",
            ".pre-commit-hooks.yaml", "action.yml",
        ] {
            #expect(FileManager.default.fileExists(atPath: Shell.repository.appendingPathComponent(file).path), "\(file)")
        }
    }
}
