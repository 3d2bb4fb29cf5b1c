import InvarCore
import InvarSyntax

/// Reads files of the repository as artifacts.
struct FileReader: Sendable {
    let root: String
    let encodings: [(glob: Glob, name: String)]
    var dialects: [(globs: [Glob], dialect: SQLDialect)] = []
    /// Files as a patch would leave them, read instead of those on disk.
    var overlay: [String: [UInt8]] = [:]
    /// The part of the knowledge base that a file is.
    let roles: [String: Document.Role]

    func role(of path: String) -> Document.Role? { roles[path] }

    /// The bytes of a file as UTF-8, whatever it holds; nil when it cannot be read.
    func text(of path: String) -> SourceText? {
        guard let bytes = try? bytes(of: path, limit: ArtifactReader.Language(path: path).maximumBytes) else { return nil }
        return SourceText(bytes)
    }

    private func bytes(of path: String, limit: Int) throws(Failure) -> [UInt8] {
        if let patched = overlay[path] { return patched }
        let bytes = try FileSystem.read(root + "/" + path, limit: limit)
        guard let encoding = encodings.first(where: { $0.glob.matches(path) }) else { return bytes }
        return try Transcoding.utf8(bytes, from: encoding.name)
    }

    func artifact(at path: String) -> Artifact {
        let language = ArtifactReader.Language(path: path)
        do {
            return ArtifactReader.read(
                try bytes(of: path, limit: language.maximumBytes), path: path,
                dialect: dialects.first { $0.globs.isEmpty || $0.globs.contains { $0.matches(path) } }?.dialect)
        } catch {
            guard language.isExpected else { return ArtifactReader.skipped(path: path) }
            let message = error.message.replacing(root + "/", with: "")
            return ArtifactReader.unreadable(
                path: path, Wording(en: message, ja: "読めません: \(message)"),
                hint: Wording(
                    en: error.hint ?? "nothing in it is checked: mend it, or keep it out with exclude: in invar.yml",
                    ja: "中身は検査されていません。直すか、invar.yml の exclude: で対象から外してください"))
        }
    }
}
