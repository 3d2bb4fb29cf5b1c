import InvarCore
import InvarSyntax

/// The proposals files of a workspace.
struct ProposalFolder {
    let workspace: Workspace

    /// Pages larger than this are no pages.
    private static let longestFile = 8 << 20

    var path: String { workspace.configuration.proposals }

    private var absolute: String { workspace.root + "/" + path }

    func path(of sprint: Sprint) -> String { path + "/" + ProposalPage.fileName(sprint.name) }

    /// All pages, sorted by path; other documents in the folder are left out.
    ///
    /// - Throws: ``Failure`` for a page that is damaged: what was decided in it is not known.
    func pages() throws(Failure) -> [ProposalsFile] {
        var pages: [ProposalsFile] = []
        for name in (FolderListing(absolute)?.texts ?? []).filter({ $0.hasSuffix(".md") && !$0.hasPrefix(".") }).sorted() {
            guard let page = try page(path + "/" + name), page.isPage else { continue }
            pages.append(page)
        }
        return pages
    }

    /// One page, nil when there is no such file.
    func page(_ path: String) throws(Failure) -> ProposalsFile? {
        let file = workspace.root + "/" + path
        guard FileSystem.kind(file) != nil else { return nil }
        guard let real = FileSystem.realPath(file), real.hasPrefix(workspace.root + "/") else {
            throw Failure("is a link out of the repository", at: Place(path: path), hint: "keep the page in the repository itself")
        }
        do {
            return try ProposalsFile(path: path, bytes: try FileSystem.read(file, limit: ProposalFolder.longestFile))
        } catch {
            guard error.place == nil else { throw error }
            throw Failure(error.message.replacing(workspace.root + "/", with: ""), at: Place(path: path), hint: error.hint)
        }
    }

    /// Runs one process after the other: what one decides the next must see.
    func locked<T>(_ body: () throws -> T) throws -> T {
        try FileSystem.makeFolder(absolute)
        return try FileSystem.locking(absolute, body)
    }
}
