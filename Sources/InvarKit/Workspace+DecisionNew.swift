package import InvarCore
import InvarStore
import InvarSyntax

extension Workspace {
    /// Writes a new decision as the collection names and writes its own, with links in both files or none at all.
    ///
    /// Two processes at once get two numbers, and nothing that stands there is overwritten.
    package func newDecision(_ draft: DecisionDraft) throws -> (report: ChangeReport, language: Language) {
        let title = DisplayText.safe(draft.title.trimmingBlanks)
        guard !title.isEmpty else { throw Failure("a decision needs a title", hint: "invar adr new \"Use X\"") }
        guard title.utf8.count <= 400 else { throw Failure("the title is longer than 400 bytes", hint: "say it in a line; the rest belongs into the text") }
        let folder = knowledgeFolders.folder(for: .decisions)
        try FileSystem.makeFolder(root + "/" + folder)
        let (created, edits, language) = try FileSystem.locking(root + "/" + folder) {
            try withStoreOrNothing { synced in try write(draft, title, folder, synced) }
        }
        var report = ChangeReport(edits, try decisionJSON(created.path, created.id))
        report.changes.insert(ChangeReport.Change(.created, created.path), at: 0)
        if !draft.supersedes.isEmpty, (draft.status ?? .proposed) != .accepted {
            report.remarks.append(
                Wording(
                    en: "\(created.id) is not accepted yet; what it supersedes is no longer in force all the same",
                    ja: "\(created.id) はまだ承認されていませんが、置き換えられた決定はこの時点で効力を失います"))
        }
        return (report, language)
    }

    private typealias Written = (created: (path: String, id: String), edits: [DecisionFiles.Edit], language: Language)

    private func write(_ draft: DecisionDraft, _ title: String, _ folder: String, _ synced: SyncedStore) throws -> Written {
        let store = synced.store
        let files = DecisionFiles(self, store)
        let paths = try store.decisions().map(\.path).filter { $0.hasPrefix(folder + "/") }
        let style = try files.style(besides: folder + "/~")
        let usual = try language(store)
        let spoken = title.unicodeScalars.contains(where: \.isCJK) ? Language.japanese : style.language ?? usual
        // Before anything is written: everything that is named must be there.
        var others: [(FoundEntry, RelationPhrase, RelationPhrase?)] = []
        for name in draft.supersedes { others.append((try resolvedDecision(name, store), .supersedes, .supersededBy)) }
        for link in draft.links {
            others.append((try resolvedDecision(link.target, store), try Workspace.phrase(link.type), try link.back.map(Workspace.phrase)))
        }
        let templates = DecisionTemplates(workspace: self, folder: folder, language: spoken)
        let template = DecisionTemplate(try templates.template(draft.template, style, isEmpty: paths.isEmpty))
        let number = NumberSeries(try numberedRecords(in: folder, synced).map(\.name), today: today).next(configuration.numbering, title: title)
        let slug = DecisionFileSlug(paths)
        let stem = number.fileNameStart + slug.slug(title)
        let path = folder + "/" + (number.isFolder ? stem + "/" + slug.fileName : stem + ".md")
        guard !slug.slug(title).isEmpty || number.number != nil else { throw Failure("the title has neither letters nor digits", hint: "give it words") }
        let filled = template.filled(
            DecisionTemplate.Facts(number: number.number, title: title, date: today, status: "proposed"),
            heading: style.heading ?? (number.number == nil ? .bare : .numbered))
        let (bytes, edits, id) = try linked(filled, path, draft.status ?? .proposed, others, files, style, store)
        try FileSystem.makeFolder(root + "/" + RelativePath.folder(path))
        guard try FileSystem.create(root + "/" + path, bytes) else {
            throw Failure("\(path) stands already", hint: "choose another title; nothing was written")
        }
        do {
            try files.write(edits)
        } catch {
            FileSystem.remove(root + "/" + path)
            throw error
        }
        return ((path, id), edits, usual)
    }

    /// The new record with its status and links, and the records that it is linked with.
    private func linked(
        _ filled: [UInt8], _ path: String, _ status: Decision.Status, _ others: [(FoundEntry, RelationPhrase, RelationPhrase?)], _ files: DecisionFiles,
        _ style: DecisionStyle, _ store: Store
    ) throws -> (bytes: [UInt8], edits: [DecisionFiles.Edit], id: String) {
        func read(_ bytes: [UInt8]) throws(Failure) -> Decision {
            let entries = KnowledgeReader(vocabulary: files.vocabulary).read(bytes, path: path, role: .decisions).entries
            guard entries.count == 1, case .decision(let decision)? = entries.first?.content else {
                throw Failure("the template does not make a record that can be read", hint: "try --template nygard; nothing was written")
            }
            return decision
        }
        func edit(_ bytes: [UInt8]) throws(Failure) -> DecisionEdit {
            let decision = try read(bytes)
            return try DecisionEdit(
                bytes, path: path, id: decision.id, line: decision.position.line, style: style, vocabulary: files.vocabulary, today: today)
        }
        var bytes = filled
        if try read(bytes).status != status { bytes = try edit(bytes).settingStatus(status) }
        let decision = try read(bytes)
        let own = DecisionTarget(id: decision.id, number: decision.number, title: decision.title, path: path)
        var edits: [DecisionFiles.Edit] = []
        for (found, phrase, back) in others {
            guard let item = try store.decisions(entries: [found.row]).first else { continue }
            bytes = try edit(bytes).linking(phrase, found.target(item.decision))
            guard let back else { continue }
            let index = edits.firstIndex { $0.path == found.path }
            let before = try index.map { edits[$0].after } ?? files.read(found.path)
            let editing = try files.edit(before, found, try files.style(besides: found.path))
            let after = try back == .supersededBy ? editing.superseded(by: own) : editing.linking(back, own)
            if let index { edits[index].after = after } else { edits.append(DecisionFiles.Edit(path: found.path, before: before, after: after)) }
        }
        return (bytes, edits, decision.id)
    }
}
