package import InvarCore
import InvarStore
import InvarSyntax

extension Workspace {
    /// Changes what a decision says of its status, in every place where it says so, and no other byte.
    ///
    /// - Throws: ``Failure`` with the place and the way out when that cannot be had; nothing is written then.
    package func setStatus(_ name: String, _ status: Decision.Status) throws -> (report: ChangeReport, language: Language) {
        let (edits, found, language) = try withDecisions { synced in
            let files = DecisionFiles(self, synced.store)
            let found = try resolvedDecision(name, synced.store)
            try checkSuccessors(of: found, status, synced.store)
            let bytes = try files.read(found.path)
            let edit = try files.edit(bytes, found, try files.style(besides: found.path))
            let edits = [DecisionFiles.Edit(path: found.path, before: bytes, after: try edit.settingStatus(status))]
            try files.write(edits)
            return (edits, found, try self.language(synced.store))
        }
        var report = ChangeReport(edits, try decisionJSON(found.path, found.id))
        if status == .superseded, edits.contains(where: { $0.before != $0.after }) {
            report.remarks.append(
                Wording(en: "say by which one: `invar adr supersede \(found.id) NEW`", ja: "後継を書くには: `invar adr supersede \(found.id) 新しいADR`"))
        }
        return (report, language)
    }

    /// A record whose accepted successor says that it supersedes it stays superseded, whatever it says itself.
    private func checkSuccessors(of found: FoundEntry, _ status: Decision.Status, _ store: Store) throws {
        guard status != .superseded else { return }
        let saying = try store.links(.touching(found.row)).filter { $0.kind == .supersedes && $0.target == found.id && $0.place.path != found.path }
        guard let link = saying.first else { return }
        throw Failure(
            "\(link.source) says that it supersedes \(found.id)", at: link.place, hint: "take that out there first; nothing was written")
    }

    /// Like ``withStore(rebuild:_:)``, while no other invar process changes decisions.
    func withDecisions<T>(_ body: (SyncedStore) throws -> T) throws -> T {
        try FileSystem.locking(root + "/" + knowledgeFolders.folder(for: .decisions)) { try withStore(body) }
    }

    /// A decision as it is listed now, null when it is not to be found.
    func decisionJSON(_ path: String, _ id: String) throws -> JSON {
        try withStore { synced in
            let rows = try synced.store.entries(inFile: path).filter { $0.id == id }.map(\.row)
            return try synced.store.decisions(entries: rows).first?.json ?? .null
        }
    }
}
