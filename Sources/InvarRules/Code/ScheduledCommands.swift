import InvarCore
import InvarSyntax

/// The commands of the jobs that a file declares: a crontab, a systemd timer's unit, Kubernetes jobs, and what CI runs on a
/// schedule.
enum ScheduledCommands {
    static func all(in artifact: Artifact, _ surroundings: FileSurroundings) -> [String] {
        switch artifact.kind {
        case .text:
            if Crontab.isPath(artifact.path) { return artifact.bytes.count < 1 << 20 ? Crontab(artifact).entries.map(\.command) : [] }
            return artifact.path.hasSuffix(".timer") ? unit(of: artifact, surroundings) : []
        case .manifest:
            // Most manifests name no script.
            guard ScriptLookup.cues.occur(in: artifact.bytes) else { return [] }
            if let workflow = GitHubWorkflow(artifact) { return workflow.schedule == nil ? [] : workflow.jobs.flatMap { $0.steps.compactMap(\.run) } }
            if let pipeline = GitLabPipeline(artifact) { return pipeline.jobs.flatMap(\.script) }
            guard jobs.occur(in: artifact.bytes) else { return [] }
            return KubernetesObjectReader.objects(of: artifact, isPatch: false).compactMap(KubernetesWorkload.init).filter(\.isJob).flatMap(\.containers).map {
                $0.words.compactMap(\.text).joined(separator: " ")
            }
        default: return []
        }
    }

    private static let jobs = CueSet(["Job"])

    /// `ExecStart=` of the service that a timer starts: the one of its name, or the one that it names.
    private static func unit(of timer: Artifact, _ surroundings: FileSurroundings) -> [String] {
        let named = values(of: "Unit=", in: timer).first
        let folder = RelativePath.folder(timer.path)
        let name = named ?? RelativePath.stem(timer.path) + ".service"
        guard let service = surroundings.artifact(at: folder.isEmpty ? name : folder + "/" + name) else { return [] }
        return values(of: "ExecStart=", in: service)
    }

    private static func values(of key: String, in artifact: Artifact) -> [String] {
        guard artifact.bytes.count < 1 << 16 else { return [] }
        return (1...max(1, artifact.lines.count)).compactMap { line in
            let text = artifact.text(ofLine: line)
            return text.hasPrefix(key) ? String(text.dropFirst(key.count)) : nil
        }
    }
}
