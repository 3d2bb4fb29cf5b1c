import InvarCore
import InvarSyntax

/// The scripts of the repository that a command runs, found by the ends of their paths.
enum ScriptLookup {
    private static let endings = [".sh", ".py", ".rb", ".sql", ".js", ".ts", ".php", ".pl", ".bash"]

    /// Occur in every text that names a script.
    static let cues = CueSet(endings + ["-m "])

    /// - Parameter caller: the file that the command stands in; a script beside it, or beside a folder above it, comes
    ///   before one at the root.
    static func scripts(named command: String, from caller: String = "", _ surroundings: FileSurroundings) -> [Artifact] {
        var found: [Artifact] = []
        let folders = folders(around: caller)
        var isModule = false
        for word in command.split(whereSeparator: { " \t\n\"'=;|&()<>[],".contains($0) }).prefix(maximumWords) {
            let path = isModule ? word.replacing(".", with: "/") + ".py" : String(word)
            isModule = word == "-m"
            guard endings.contains(where: { path.hasSuffix($0) }), path.utf8.count < 300 else { continue }
            guard let script = script(at: path, folders, surroundings), !found.contains(where: { $0.path == script.path }) else { continue }
            found.append(script)
        }
        return found
    }

    /// In a container a path begins elsewhere: its ends are tried, the longest first.
    private static func script(at path: String, _ folders: [String], _ surroundings: FileSurroundings) -> Artifact? {
        var segments = path.split(separator: "/").filter { $0 != "." && $0 != ".." }[...]
        var tries = 0
        while !segments.isEmpty, tries < maximumTries {
            let end = segments.joined(separator: "/")
            for folder in folders { if let artifact = surroundings.artifact(at: folder + end) { return artifact } }
            segments.removeFirst()
            tries += 1
        }
        return nil
    }

    /// Where a file stands, the folders above it, and the root; each "" or with a slash at its end.
    private static func folders(around path: String) -> [String] {
        var folders: [String] = []
        var folder = RelativePath.folder(path)
        while !folder.isEmpty, folders.count < maximumTries {
            folders.append(folder + "/")
            folder = RelativePath.folder(folder)
        }
        return folders + [""]
    }

    private static let maximumWords = 400
    private static let maximumTries = 6
}
