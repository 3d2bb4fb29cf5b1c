import InvarCore
import InvarSyntax

/// The scripts of the repository that a command runs, found by the ends of their paths.
enum ScriptLookup {
    private static let endings = [".sh", ".py", ".rb", ".sql", ".js", ".ts", ".php", ".pl", ".bash"]

    static func scripts(named command: String, _ surroundings: FileSurroundings) -> [Artifact] {
        var found: [Artifact] = []
        for word in command.split(whereSeparator: { " \t\n\"'=;|&()<>".contains($0) }).prefix(40) {
            guard endings.contains(where: { word.hasSuffix($0) }), word.utf8.count < 300 else { continue }
            var segments = word.split(separator: "/").filter { $0 != "." && $0 != ".." }[...]
            var tries = 0
            while !segments.isEmpty, tries < 6 {
                if let artifact = surroundings.artifact(at: segments.joined(separator: "/")) {
                    if !found.contains(where: { $0.path == artifact.path }) { found.append(artifact) }
                    break
                }
                segments.removeFirst()
                tries += 1
            }
        }
        return found
    }
}
