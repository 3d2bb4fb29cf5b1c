import InvarCore
import InvarSyntax

/// The code of jobs: what stands where jobs stand, Airflow's DAGs, and what something that makes jobs run calls.
enum JobCode {
    /// The kinds of file that are code of jobs, or that call some.
    static let kinds: Set<Artifact.Kind> = [.text, .manifest]

    /// Judges a file that is the code of a job, or the code that a job declared in it calls, wherever that stands.
    static func matches(in artifact: Artifact, _ surroundings: FileSurroundings, cues: CueSet, _ judge: (Artifact, CodeText) -> [Match]) -> [Match] {
        let callees = ScheduledCommands.all(in: artifact, surroundings).flatMap { ScriptLookup.scripts(named: $0, from: artifact.path, surroundings) }
        var found: [Match] = []
        for script in callees where script.path != artifact.path && !JobPath.isJob(script.path) && isOperated(script, cues) {
            guard let code = CodeText(script), !JobPath.isDAG(code) else { continue }
            found += judge(script, code).map { match in
                var match = match
                match.causes.append(artifact.path)
                return match
            }
        }
        guard artifact.kind == .text, isOperated(artifact, cues), let language = CodeLanguage(path: artifact.path) else { return found }
        let isJob = JobPath.isJob(artifact.path)
        guard isJob || language == .python, let code = CodeText(artifact), isJob || JobPath.isDAG(code) else { return found }
        return found + judge(artifact, code)
    }

    private static func isOperated(_ artifact: Artifact, _ cues: CueSet) -> Bool {
        !ExemptPath.isExempt(artifact.path) && !ExemptPath.isForeign(artifact.path) && cues.occur(in: artifact.bytes)
    }
}
