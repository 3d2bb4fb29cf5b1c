import InvarCore

extension ADRTools {
    /// `adr init [DIRECTORY]`: makes the folder, says in `.adr-dir` where it is, and writes the first record.
    func initialise(_ arguments: [String]) throws -> Answer {
        if let directory = arguments.first, !directory.isEmpty {
            guard !directory.hasPrefix("-"), !directory.contains(where: \.isNewline) else {
                throw Stop(errors: "ERROR: \(DisplayText.safe(directory)) is no name for a directory\n")
            }
            try FileSystem.makeFolder(absolute(ADRTools.trimmed(directory)))
            try writeSetting(directory)
        }
        return try create(title: "record-architecture-decisions", template: PackageResources.init_md)
    }

    /// Without slashes at the end.
    private static func trimmed(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    private func writeSetting(_ directory: String) throws(Failure) {
        let path = absolute(".adr-dir")
        let bytes = Array((directory + "\n").utf8)
        if try FileSystem.create(path, bytes) { return }
        let old = try FileSystem.read(path, limit: 65_536)
        if old != bytes { try FileSystem.replace(path, expected: old, with: bytes) }
    }
}
