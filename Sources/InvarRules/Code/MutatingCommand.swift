import InvarCore
import InvarSyntax

/// Commands and actions that change something others see: done twice at once, they collide or double.
enum MutatingCommand {
    /// The first of a script, as it would be called; nil if there is none.
    static func first(in script: String) -> String? {
        for command in ShellCommands.commands(in: script) {
            if let name = name(of: command.words) { return name }
        }
        return nil
    }

    static func name(of words: [String]) -> String? {
        guard let program = words.first.map({ RelativePath.name($0) }) else { return nil }
        let plain = arguments(words, of: program)
        let first = plain.first ?? ""
        let second = plain.count > 1 ? plain[1] : ""
        if words.contains("--dry-run") || words.contains("--dry-run=client") || words.contains("--dryrun") || words.contains("-n") && program == "git" {
            return nil
        }
        switch program {
        case "git": return first == "push" ? "git push" : nil
        case "gh":
            if ["issue", "pr", "release"].contains(first), ["create", "comment"].contains(second) { return "gh \(first) \(second)" }
            if first == "workflow", second == "run" { return "gh workflow run" }
            guard first == "api" else { return nil }
            return words.contains { ["POST", "-XPOST", "--method=POST", "-X=POST"].contains($0) } ? "gh api -X POST" : nil
        case "npm", "yarn", "pnpm", "lerna", "bun": return plain.prefix(2).contains("publish") ? "\(program) publish" : nil
        case "docker", "podman", "crane", "skopeo", "buildah":
            if first == "push" || (["image", "compose", "manifest"].contains(first) && second == "push") { return "\(program) push" }
            return first == "buildx" && words.contains("--push") ? "docker buildx --push" : nil
        case "terraform", "tofu", "terragrunt": return first == "apply" || first == "destroy" ? "\(program) \(first)" : nil
        case "kubectl", "oc": return ["apply", "create", "delete", "replace"].contains(first) ? "\(program) \(first)" : nil
        case "helm": return first == "upgrade" || first == "install" ? "helm \(first)" : nil
        case "aws":
            let action = plain.first { word in
                ["put", "create", "delete"].contains { word == $0 || word.hasPrefix($0 + "-") }
                    || (plain.first == "s3" && ["cp", "sync", "rm", "mv"].contains(word))
            }
            return action.map { "aws \(first) \($0)" }
        case "twine": return first == "upload" ? "twine upload" : nil
        case "cargo": return first == "publish" ? "cargo publish" : nil
        case "gem": return first == "push" ? "gem push" : nil
        case "pulumi": return first == "up" ? "pulumi up" : nil
        default: return nil
        }
    }

    /// An action that pushes, publishes or releases by itself.
    static func action(_ step: GitHubWorkflow.Step) -> String? {
        guard let uses = step.uses?.lowercased().split(separator: "@").first.map(String.init) else { return nil }
        if pushing.contains(uses) { return uses }
        if uses == "docker/build-push-action" {
            return step.inputs.contains { $0.key.keyText == "push" && $0.value.bool == true } ? uses : nil
        }
        return nil
    }

    private static let pushing: Set<String> = [
        "stefanzweifel/git-auto-commit-action", "ad-m/github-push-action", "endbug/add-and-commit", "softprops/action-gh-release", "ncipollo/release-action",
        "actions/create-release", "pypa/gh-action-pypi-publish", "jamesives/github-pages-deploy-action", "peaceiris/actions-gh-pages",
    ]

    /// The words without options and what options of the program take.
    private static func arguments(_ words: [String], of program: String) -> [String] {
        let taking: Set<String> =
            switch program {
            case "git": ["-C", "-c", "--git-dir", "--work-tree"]
            case "kubectl", "oc", "helm": ["-n", "--namespace", "--context", "--kubeconfig"]
            case "aws": ["--profile", "--region", "--endpoint-url"]
            case "npm", "yarn", "pnpm": ["--prefix", "--cwd", "-C", "-w", "--filter", "-r"]
            case "gh": ["-R", "--repo"]
            case "docker": ["--context", "-H"]
            default: []
            }
        var plain: [String] = []
        var skips = false
        for word in words.dropFirst() {
            if skips {
                skips = false
            } else if word.hasPrefix("-") {
                skips = taking.contains(word)
            } else {
                plain.append(word)
            }
        }
        return plain
    }
}
