package import InvarCore
import InvarStore
import InvarSyntax

/// What is decided about a proposal.
package struct ProposalVerdict: Sendable {
    package var reason: String?
    /// The decision that justifies a weakening.
    package var adr: String?
    /// The day after which a rejected proposal may return.
    package var until: Day?

    package init(reason: String? = nil, adr: String? = nil, until: Day? = nil) {
        self.reason = reason
        self.adr = adr
        self.until = until
    }
}

extension Workspace {
    /// Records that a proposal is to be carried out.
    ///
    /// - Throws: ``Failure`` for one that was decided otherwise, and for a weakening without an accepted decision.
    package func accept(_ name: String, _ verdict: ProposalVerdict) throws -> (report: ChangeReport, language: Language) {
        try decide(name, .accepted, verdict) { section, record in
            guard section.proposal.kind.isWeakening || verdict.adr != nil else { return }
            guard let named = verdict.adr else {
                throw Failure(
                    "\(section.id) weakens \(section.proposal.clause ?? section.proposal.invariant): accepting it needs an accepted ADR",
                    hint: "write one with `invar adr new`, then say --adr N")
            }
            record.adr = try self.acceptedDecision(named)
        }
    }

    /// Records that a proposal is not to be carried out; it returns only with new evidence, or after a day.
    package func reject(_ name: String, _ verdict: ProposalVerdict) throws -> (report: ChangeReport, language: Language) {
        guard let reason = verdict.reason, !Placeholder.isEmpty(reason) else {
            throw Failure("a rejection needs a reason", hint: "--reason says why, so that nobody has to ask again")
        }
        return try decide(name, .rejected, verdict) { _, record in record.decision.until = verdict.until }
    }

    private func acceptedDecision(_ name: String) throws -> String {
        try withStore { synced in
            let found = try resolvedDecision(name, synced.store)
            let item = try synced.store.decisions(entries: [found.row]).first
            guard let item, item.status == .accepted else {
                throw Failure(
                    "\(found.id) is \(item?.status.rawValue ?? "unknown"), not accepted", at: Place(path: found.path),
                    hint: "accept it first: `invar adr status \(name) accepted`")
            }
            return found.id
        }
    }

    private func decide(
        _ name: String, _ state: Proposal.State, _ verdict: ProposalVerdict, _ fill: (ProposalsFile.Section, inout ProposalRecord) throws -> Void
    ) throws -> (report: ChangeReport, language: Language) {
        if let reason = verdict.reason, reason.utf8.count > 4_000 { throw Failure("a reason is at most 4,000 bytes") }
        let folder = ProposalFolder(workspace: self)
        let language = try proposalLanguage()
        return try folder.locked {
            let (page, id) = try found(name, try folder.pages())
            if let record = page.record(id) { return (try again(record, state, verdict, page), language) }
            guard let section = page.section(id) else { throw Failure("there is no proposal \(name)") }
            var decision = section.proposal
            decision.state = state
            decision.on = today
            decision.reason = verdict.reason.map { ReportText.line($0) }
            var record = ProposalRecord(id: id, decision: decision)
            try fill(section, &record)
            var bytes = page.bytes
            if let adr = record.adr { bytes = page.naming(adr, inDiffOf: section) }
            bytes = try ProposalsFile(path: page.path, bytes: bytes).recording(record)
            try FileSystem.replace(root + "/" + page.path, expected: page.bytes, with: bytes)
            return (ChangeReport(changes: [.init(.edited, page.path)], entry: entry(id, bytes, page.path)), language)
        }
    }

    /// The same decision twice changes nothing; another one is for a person to take back first.
    private func again(_ record: ProposalRecord, _ state: Proposal.State, _ verdict: ProposalVerdict, _ page: ProposalsFile) throws -> ChangeReport {
        let isDone = record.decision.state == state || (state == .accepted && record.revision != nil)
        guard isDone, verdict.reason == nil || verdict.reason.map({ ReportText.line($0) }) == record.decision.reason else {
            throw Failure(
                "\(record.id) was \(record.decision.state.rawValue)\(record.decision.on.map { " on \($0)" } ?? "") already", at: Place(path: page.path),
                hint: "take its entry out of the front matter to decide anew")
        }
        return ChangeReport(changes: [.init(.unchanged, page.path)], entry: entry(record.id, page.bytes, page.path))
    }

    /// Edits the documents as an accepted proposal says, all or none, and records the day, from which the invariant's
    /// baseline starts anew.
    ///
    /// - Parameter byHand: the documents were edited already; only the day is recorded.
    /// - Throws: ``Failure`` when the diff does not apply any more: the proposal is stale.
    package func apply(_ name: String, byHand: Bool) throws -> (report: ChangeReport, language: Language) {
        let folder = ProposalFolder(workspace: self)
        let language = try proposalLanguage()
        return try folder.locked {
            let (page, id) = try found(name, try folder.pages())
            let record = try applicable(id, page)
            guard record.revision == nil else {
                return (ChangeReport(changes: [.init(.unchanged, page.path)], entry: entry(id, page.bytes, page.path)), language)
            }
            var changed = record
            changed.decision.state = .applied
            changed.applied = today
            let bytes = try page.setting([("state", Proposal.State.applied.rawValue), ("applied", today.description)], of: record, to: changed)
            let section = page.section(id)
            var item = ProposalItem(
                id: id, decision: record.decision, state: .accepted, place: Place(path: page.path, position: Position(line: section?.line ?? 1)))
            item.diff = section.map(page.diff) ?? ""
            var out = RevisionPatch.Replacements()
            if !byHand {
                guard !item.diff.isEmpty else {
                    throw Failure(
                        record.decision.kind == .enforce ? "\(id) changes no text: it is an action for the team" : "\(id) has no diff", at: item.place,
                        hint: "when it is done, `invar proposal apply \(id) --by-hand` records the day")
                }
                out = try RevisionPatch(workspace: self, item, section).replacements()
            }
            try write(out, page, bytes)
            let changes =
                out.paths.map { path in ChangeReport.Change(out.made.contains { $0.path == root + "/" + path } ? .created : .edited, path) }
                + [ChangeReport.Change(.edited, page.path)]
            return (ChangeReport(changes: changes, entry: entry(id, bytes, page.path)), language)
        }
    }

    private func applicable(_ id: String, _ page: ProposalsFile) throws(Failure) -> ProposalRecord {
        guard let record = page.record(id) else {
            throw Failure("\(id) is not accepted yet", at: Place(path: page.path), hint: "`invar proposal accept \(id)` records that the team wants it")
        }
        guard record.decision.state == .accepted || record.decision.state == .stale || record.revision != nil else {
            throw Failure(
                "\(id) was \(record.decision.state.rawValue)", at: Place(path: page.path), hint: "take its entry out of the front matter to decide anew")
        }
        return record
    }

    /// New files first: they are taken back when an edit fails.
    private func write(_ out: RevisionPatch.Replacements, _ page: ProposalsFile, _ bytes: [UInt8]) throws {
        var made: [String] = []
        do {
            for file in out.made {
                try FileSystem.makeFolder(RelativePath.folder(file.path))
                guard try FileSystem.create(file.path, file.bytes) else {
                    throw Failure(
                        "\(file.path.dropFirst(root.count + 1)) was made by somebody else meanwhile", hint: "nothing was written; run the command again")
                }
                made.append(file.path)
            }
            try FileSystem.replace(out.edited + [FileSystem.Replacement(path: root + "/" + page.path, expected: page.bytes, bytes: bytes)])
        } catch {
            for path in made { FileSystem.remove(path) }
            throw error
        }
    }

    /// A proposal as it is listed, from the bytes of its page.
    private func entry(_ id: String, _ bytes: [UInt8], _ path: String) -> JSON {
        guard let page = try? ProposalsFile(path: path, bytes: bytes), let record = page.record(id) else { return .null }
        let section = page.section(id)
        var item = ProposalItem(
            id: id, decision: record.decision, state: record.decision.state, place: Place(path: path, position: Position(line: section?.line ?? 1)))
        item.sprint = page.sprint
        item.score = section?.score
        item.adr = record.adr
        item.applied = record.applied
        return item.json
    }
}
