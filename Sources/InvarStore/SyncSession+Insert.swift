import GRDB
package import InvarCore

extension SyncSession {
    package mutating func insert(_ document: Document, stamp: FileStamp, contentHash: Int64) throws {
        nextDocument += 1
        let id = nextDocument
        written.append(id)
        try RowWriter(db, "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .integer(id).text(document.path).text(document.role.rawValue).text(document.language.rawValue).text(document.title)
            .integer(stamp.size).integer(stamp.modifiedAt).integer(stamp.changedAt).integer(stamp.inode).integer(contentHash).run()
        for (index, entry) in document.entries.enumerated() { try insert(entry, of: document, id, isFirst: index == 0) }
        for link in document.links { try insert(link, document: id, entry: nil) }
        if !document.looseText.isEmpty { try RowWriter(db, "INSERT INTO documentText VALUES (?, ?)").integer(id).text(document.looseText).run() }
        for finding in document.findings {
            try RowWriter(db, "INSERT INTO finding VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .integer(id).text(finding.rule).text(finding.severity.rawValue).text(finding.message).text(finding.hint)
                .text(finding.japanese?.message).text(finding.japanese?.hint)
                .integer(finding.place.line).integer(finding.place.column).run()
        }
    }

    private mutating func insert(_ entry: Entry, of document: Document, _ documentID: Int64, isFirst: Bool) throws {
        nextEntry += 1
        let id = nextEntry
        try RowWriter(db, "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .integer(id).integer(documentID).text(entry.kind.rawValue).text(entry.id).text(entry.title).integer(entry.position.line)
            .integer(entry.position.column).integer(entry.firstLine).integer(entry.endLine).run()
        try RowWriter(db, "INSERT INTO entryText VALUES (?, ?)").integer(id).text(entry.searchText).run()
        var keys: Set<String> = [EntryName.key(id: entry.id)]
        if isFirst { keys.insert(EntryName.key(path: document.path)) }
        switch entry.content {
        case .invariant(let invariant): try insert(invariant, id, &keys)
        case .decision(let decision): try insert(decision, id)
        case .note(let note): try insert(note, id)
        }
        for key in keys.sorted() { try RowWriter(db, "INSERT INTO name VALUES (?, ?)").text(key).integer(id).run() }
        changedKeys.formUnion(keys)
        for link in entry.links { try insert(link, document: documentID, entry: id) }
    }

    private func insert(_ invariant: Invariant, _ id: Int64, _ keys: inout Set<String>) throws {
        try RowWriter(db, "INSERT INTO invariant VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .integer(id).text(invariant.area).text(invariant.status.rawValue).text(invariant.owner).integer(invariant.waivable ? 1 : 0)
            .text(TextList.encode(invariant.requires.map(\.rawValue).sorted())).text(TextList.encode(invariant.paths))
            .text(TextList.encode(invariant.aliases)).text(invariant.mergedInto).text(invariant.fingerprint).run()
        keys.formUnion(invariant.aliases.map { EntryName.key(id: $0) })
        for (position, clause) in invariant.clauses.enumerated() {
            keys.insert(EntryName.key(id: clause.id))
            try RowWriter(db, "INSERT INTO clause VALUES (?, ?, ?, ?, ?)")
                .integer(id).integer(position + 1).text(clause.id).text(clause.text).integer(clause.line).run()
        }
        for (position, check) in invariant.checks.enumerated() {
            keys.insert(EntryName.key(id: check.id))
            try RowWriter(db, "INSERT INTO checkItem VALUES (?, ?, ?, ?, ?, ?, ?)")
                .integer(id).integer(position + 1).text(check.id).text(check.text).text(TextList.encode(check.audience.map(\.rawValue)))
                .text(TextList.encode(check.rules)).integer(check.line).run()
        }
    }

    private func insert(_ decision: Decision, _ id: Int64) throws {
        try RowWriter(db, "INSERT INTO decision VALUES (?, ?, ?, ?, ?)")
            .integer(id).text(decision.number).text(decision.status.rawValue).text(decision.statusText).text(decision.date?.description).run()
        for exception in decision.exceptions {
            let renewals = exception.renewals.map { [$0.on?.description ?? "", $0.until?.description ?? "", $0.reason ?? ""].joined(separator: "\t") }
            try RowWriter(db, "INSERT INTO exception VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .integer(id).text(exception.invariant).text(exception.clause).text(TextList.encode(exception.paths))
                .text(TextList.encode(exception.operations)).text(exception.reason).text(exception.retry).text(exception.until?.description)
                .text(exception.unreadUntil).text(TextList.encode(exception.unread)).text(exception.seen).text(TextList.encode(renewals)).integer(
                    exception.position.line
                )
                .integer(exception.position.column).run()
        }
    }

    private func insert(_ note: Note, _ id: Int64) throws {
        try RowWriter(db, "INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .integer(id).text(note.kind.rawValue).text(note.date?.description).text(TextList.encode(note.invariants)).text(note.cause?.rawValue)
            .text(note.severity?.rawValue).text(TextList.encode(note.paths)).text(note.incident).text(TextList.encode(note.decisions))
            .text(note.author).text(note.rule).text(note.seen).run()
    }

    private func insert(_ link: Link, document: Int64, entry: Int64?) throws {
        try RowWriter(db, "INSERT INTO link VALUES (NULL, ?, ?, ?, ?, ?, ?, NULL, ?, ?)")
            .integer(document).integer(entry).text(link.kind.rawValue).integer(link.isInverse ? 1 : 0).text(link.target).text(link.key)
            .integer(link.position.line).integer(link.position.column).run()
    }
}
