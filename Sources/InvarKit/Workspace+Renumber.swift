package import InvarCore
import InvarStore
import InvarSyntax

extension Workspace {
    /// Gives a decision another number: renames its file, and rewrites its heading and whatever certainly names it in Markdown
    /// and in `invar:allow` comments. All of it or nothing is written.
    ///
    /// - Parameters:
    ///   - name: number, id or path; the path where two files have the number.
    ///   - wanted: the new number; nil takes the next that is free on every branch.
    /// - Throws: ``Failure`` for a number that is taken, here or on a branch.
    package func renumber(_ name: String, to wanted: String?) throws -> (report: RenumberReport, language: Language) {
        try withDecisions { synced in
            let store = synced.store
            let found = try resolvedDecision(name, store)
            let item = try decisionItem(found, store)
            guard let oldNumber = item.decision.number else {
                throw Failure(
                    "\(found.id) has no number", at: Place(path: found.path), hint: "rename the file; `invar list links --dangling` then shows what to mend")
            }
            let spoken = try language(store)
            let newNumber = try freeNumber(wanted, item, oldNumber, synced)
            let twins = try store.decisions().filter { other in
                other.path != found.path && other.decision.number.map { EntryName.key(decision: $0) == EntryName.key(decision: oldNumber) } ?? false
            }.map(\.path)
            let files = RepositoryFiles(root: root, configuration: Configuration())
            let paths = files.files(of: try files.listing()).map(\.path)
            let rename = RecordRename(path: found.path, oldNumber: oldNumber, newNumber: newNumber, twins: twins, allPaths: paths)
            let scans = try scan(paths, rename, item)
            try write(scans, rename, item)
            let after = try moved(item, rename)
            let report = RenumberReport(
                oldID: found.id, newID: after.decision.id, oldPath: found.path, newPath: rename.newPath,
                changes: scans.flatMap(\.changes).sorted { ($0.place.path, $0.place.position) < ($1.place.path, $1.place.position) },
                left: scans.flatMap(\.left).sorted { ($0.place.path, $0.place.position) < ($1.place.path, $1.place.position) }, entry: after.json)
            return (report, spoken)
        }
    }

    /// The number that the record is to have.
    private func freeNumber(_ wanted: String?, _ item: DecisionItem, _ old: String, _ synced: SyncedStore) throws -> String {
        let name = RecordFileName(path: item.path)
        let own = RelativePath.folder(item.path)
        let folder = name.isFolder ? RelativePath.folder(own) : own
        let collection = knowledgeFolders.folder(for: .decisions)
        let records = try numberedRecords(in: Workspace.isWithin(folder, collection) ? collection : folder, synced)
        guard let wanted else {
            // What is named after a number that only branches know would meet it again there.
            let prefix = NumberSeries.split(old)?.prefix
            let numbering: DecisionNumbering? = NumberSeries.split(old) == nil ? configuration.numbering : .sequential
            guard let next = NumberSeries(records.map(\.name), today: today).next(numbering, prefix: prefix, title: item.decision.title).number else {
                throw Failure("the collection has no numbers", at: Place(path: item.path), hint: "name one: invar adr renumber \(old) NEW")
            }
            return next
        }
        var number = Folding.identifier(wanted)
        if number.hasPrefix("ADR-") { number = String(number.dropFirst(4)) }
        guard !number.isEmpty, number.utf8.count <= 32, number.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }),
            number.contains(where: \.isNumber)
        else {
            throw Failure("\(wanted) is no number", hint: "a number such as 9 or 0009")
        }
        if number.allSatisfy(\.isNumber), let (prefix, value) = NumberSeries.split(number), let split = NumberSeries.split(old), prefix.isEmpty {
            number = split.prefix + NumberSeries.padded(value, old.utf8.count - split.prefix.utf8.count)
        }
        let key = EntryName.key(decision: number)
        guard key != EntryName.key(decision: old) else {
            throw Failure("\(item.decision.id) has that number", at: Place(path: item.path), hint: "name another, or none for the next free one")
        }
        if let taken = records.first(where: { $0.name.number.map { EntryName.key(decision: $0) } == key }) {
            throw Failure(
                "\(number) is \(taken.path)\(taken.branch.map { " on \($0)" } ?? "")",
                hint: "leave the number out to take the next that is free on every branch")
        }
        return number
    }

    private func scan(_ paths: [String], _ rename: RecordRename, _ item: DecisionItem) throws -> [MentionRenumbering] {
        let reader = KnowledgeReader(vocabulary: StatusVocabulary(adding: configuration.statusWords))
        let folders = knowledgeFolders
        let digits = Array(rename.oldNumber.drop { $0 == "0" }.utf8)
        var scans: [MentionRenumbering] = []
        for path in paths {
            let isMarkdown = path.hasSuffix(".md") || path.hasSuffix(".markdown") || path.hasSuffix(".MD")
            // What is too large or unreadable names nothing that anybody follows.
            guard let bytes = try? FileSystem.read(root + "/" + path, limit: isMarkdown ? KnowledgeReader.maximumBytes : 8 << 20),
                path == rename.oldPath || ByteSearch.firstIndex(of: digits, in: bytes) != nil
            else { continue }
            if configuration.encodings.contains(where: { $0.glob.matches(path) }) { continue }
            var scan = MentionRenumbering(rename, path: path, bytes: bytes)
            if isMarkdown, String(validating: bytes, as: UTF8.self) != nil, KnowledgeReader.isReasonable(bytes) {
                let document = folders.role(of: path).map { reader.read(bytes, path: path, role: $0) }
                scan.readMarkdown(links: document.map { $0.links + $0.entries.flatMap(\.links) } ?? [], decision: path == item.path ? item.decision : nil)
            } else if !isMarkdown, bytes.prefix(8_000).firstIndex(of: 0) == nil {
                scan.readCode()
            }
            if !scan.changes.isEmpty || !scan.left.isEmpty || path == rename.oldPath { scans.append(scan) }
        }
        return scans
    }

    private func write(_ scans: [MentionRenumbering], _ rename: RecordRename, _ item: DecisionItem) throws {
        let source = root + "/" + rename.source
        let target = root + "/" + rename.target
        guard rename.source == rename.target || FileSystem.kind(target, followingLinks: false) == nil else {
            throw Failure("\(rename.target) stands already", hint: "name another number")
        }
        let replacements = scans.filter { !$0.splices.isEmpty }.map { scan in
            FileSystem.Replacement(path: root + "/" + scan.path, expected: scan.original, bytes: scan.edited)
        }
        try confirm(scans, rename, item)
        try FileSystem.replace(replacements)
        guard rename.source != rename.target else { return }
        do {
            try FileSystem.move(source, to: target)
        } catch {
            try FileSystem.replace(replacements.map { FileSystem.Replacement(path: $0.path, expected: $0.bytes, bytes: $0.expected) })
            throw error
        }
    }

    /// Reads everything again before it is written: the record has its new number, and no other file reads otherwise.
    private func confirm(_ scans: [MentionRenumbering], _ rename: RecordRename, _ item: DecisionItem) throws(Failure) {
        let reader = KnowledgeReader(vocabulary: StatusVocabulary(adding: configuration.statusWords))
        for scan in scans where !scan.splices.isEmpty || scan.path == rename.oldPath {
            guard let role = knowledgeFolders.role(of: scan.path) else { continue }
            let isOwn = scan.path == rename.oldPath
            let before = reader.read(scan.original, path: scan.path, role: role).entries.map(\.id)
            let after = reader.read(scan.edited, path: isOwn ? rename.newPath : scan.path, role: role).entries.map(\.id)
            let expected =
                isOwn
                ? before.map { EntryName.key(id: $0) == rename.key ? EntryName.key(decision: rename.newNumber) : EntryName.key(id: $0) }
                : before.map { EntryName.key(id: $0) }
            guard expected == after.map({ EntryName.key(id: $0) }) else {
                throw Failure("cannot be renumbered safely", at: Place(path: scan.path), hint: "edit it yourself; nothing was written")
            }
        }
    }

    private func moved(_ item: DecisionItem, _ rename: RecordRename) throws(Failure) -> DecisionItem {
        let reader = KnowledgeReader(vocabulary: StatusVocabulary(adding: configuration.statusWords))
        let entries = reader.read(try FileSystem.read(root + "/" + rename.newPath), path: rename.newPath, role: .decisions).entries
        var moved = item
        moved.path = rename.newPath
        for entry in entries {
            if case .decision(let decision) = entry.content,
                decision.number.map({ EntryName.key(decision: $0) == EntryName.key(decision: rename.newNumber) }) ?? false
            {
                moved.decision = decision
            }
        }
        return moved
    }
}
