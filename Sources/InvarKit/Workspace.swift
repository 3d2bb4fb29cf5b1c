package import InvarCore
import InvarStore

/// One repository as invar sees it: its root, its settings and the day. Every verb is a method of it.
package struct Workspace: Sendable {
    /// Absolute, without a trailing slash and without links.
    package let root: String
    package let configuration: Configuration
    package private(set) var today: Day
    /// A hash of the text of `invar.yml`, 0 without one.
    let configurationHash: Int64

    /// The same workspace on another day.
    func on(_ day: Day) -> Workspace {
        var other = self
        other.today = day
        return other
    }

    /// Finds the root and reads its `invar.yml`.
    ///
    /// - Parameters:
    ///   - root: the folder to use as it is; nil looks upwards from the working folder.
    ///   - today: nil reads the clock, in the configured time zone.
    /// - Throws: ``Failure`` for a folder that does not exist and for a configuration that cannot be read.
    package init(root: String? = nil, today: Day? = nil) throws(Failure) {
        let named = root ?? Workspace.findRoot(from: FileSystem.workingFolder)
        guard let real = FileSystem.realPath(named), FileSystem.kind(real) == .folder else {
            throw Failure("\(named) is not a folder", hint: "--root names the folder that holds Invariants/, ADRs/ and RawNotes/")
        }
        self.root = real
        let file = real + "/" + Configuration.fileName
        if FileSystem.kind(file) != nil {
            guard FileSystem.kind(file) == .file else { throw Failure("is not a regular file", at: Place(path: Configuration.fileName)) }
            let bytes = try FileSystem.read(file, limit: 1 << 20)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw Failure("is not valid UTF-8", at: Place(path: Configuration.fileName), hint: "save the file as UTF-8")
            }
            self.configuration = try Configuration(yaml: text)
            self.configurationHash = ContentHash.of(bytes)
        } else {
            self.configuration = Configuration()
            self.configurationHash = 0
        }
        self.today = today ?? Clock.today(in: configuration.timeZone)
    }

    /// The same repository as it would be read with other settings.
    init(_ workspace: Workspace, configuration: Configuration) {
        root = workspace.root
        today = workspace.today
        configurationHash = workspace.configurationHash
        self.configuration = configuration
    }

    /// The nearest folder upwards, up to the top of the git repository, with `invar.yml`, `.invar/` or knowledge
    /// folders; else that top; else `folder` itself. The search never enters a folder that anybody may write to.
    static func findRoot(from folder: String) -> String {
        var current = folder
        while true {
            let marks = [Configuration.fileName, ".invar", ".adr-dir"] + Document.Role.allCases.flatMap(KnowledgeFolders.candidates)
            if marks.contains(where: { FileSystem.kind(current + "/" + $0) != nil }) { return current }
            if FileSystem.kind(current + "/.git") != nil { return current }
            guard current != "/", current.hasPrefix("/") else { return folder }
            let parent = RelativePath.folder(current).isEmpty ? "/" : RelativePath.folder(current)
            // What anybody may have put into a shared folder such as /tmp decides nothing here.
            guard !FileSystem.isWritableByAnybody(parent) else { return folder }
            current = parent
        }
    }

    /// Where `init` begins a knowledge base: at the `invar.yml` or the top of the git repository around the working folder,
    /// else in that folder itself, whatever lies above it.
    package static var rootToBegin: String {
        let folder = FileSystem.workingFolder
        var current = folder
        while true {
            if FileSystem.kind(current + "/" + Configuration.fileName) != nil || FileSystem.kind(current + "/.git") != nil { return current }
            guard current != "/", current.hasPrefix("/") else { return folder }
            let parent = RelativePath.folder(current)
            current = parent.isEmpty ? "/" : parent
        }
    }

    /// The root's path from the top of its git repository, with a trailing slash; empty at the top and without one.
    package var repositoryPrefix: String {
        var folder = root
        while FileSystem.kind(folder + "/.git") == nil {
            guard folder.contains("/"), folder != "/" else { return "" }
            folder = RelativePath.folder(folder)
        }
        return folder == root ? "" : String(root.dropFirst(folder.count + 1)) + "/"
    }

    var knowledgeFolders: KnowledgeFolders {
        KnowledgeFolders(root: root, configuration: configuration)
    }

    /// - Throws: ``Failure`` for a path that leads out of the repository by a link: nothing there is read or written.
    func confirmInside(_ path: String) throws(Failure) {
        guard !FileSystem.leaves(root, path) else {
            throw Failure("is a link out of the repository", at: Place(path: path), hint: "put the file or folder itself there, or remove the link")
        }
    }

    /// Where the index lives.
    var indexFolder: String { root + "/.invar" }
}
