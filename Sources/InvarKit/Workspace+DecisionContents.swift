package import InvarCore
import InvarStore

extension Workspace {
    /// The decisions as a table of contents.
    ///
    /// - Parameter page: the file where it will stand, relative to the root; nil is one in the decisions' own folder.
    package func contents(page: String? = nil) throws -> ContentsReport {
        try withStore { synced in
            let items = try synced.store.decisions()
            let page = page ?? knowledgeFolders.folder(for: .decisions) + "/README.md"
            return ContentsReport(items: items, page: page, language: try language(synced.store))
        }
    }

    /// What superseded what: the chain of one decision, or all of them.
    package func succession(of name: String? = nil) throws -> (items: [DecisionItem], here: String?, language: Language) {
        try withStore { synced in
            let store = synced.store
            guard let name else { return (try store.decisions(), nil, try language(store)) }
            let found = try resolvedDecision(name, store)
            guard let item = try store.decisions(entries: [found.row]).first else {
                throw Failure("\(found.id) vanished while it was read", hint: "run the command again")
            }
            return (try chain(of: item, store), found.id, try language(store))
        }
    }
}
