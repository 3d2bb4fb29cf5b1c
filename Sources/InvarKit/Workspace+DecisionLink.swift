package import InvarCore
import InvarStore
import InvarSyntax

extension Workspace {
    /// Marks a decision as superseded by another one, in both files or in none.
    ///
    /// - Throws: ``Failure`` when that would close a circle, and when one of the files cannot be edited safely.
    package func supersede(_ old: String, by new: String) throws -> (report: ChangeReport, language: Language) {
        try relate(new, .supersedes, old, .supersededBy)
    }

    /// Notes that a decision changes a part of another one, which stays in force; in both files or in none.
    package func amend(_ old: String, by new: String) throws -> (report: ChangeReport, language: Language) {
        try relate(new, .amends, old, .amendedBy)
    }

    /// Writes a link from one decision to another, and one back when it has a name; in both files or in none.
    ///
    /// - Parameters:
    ///   - type: what the source does, in words of a person: `Amends`.
    ///   - back: what the target says of it; nil writes nothing into the other file.
    package func link(_ source: String, _ type: String, _ target: String, back: String?) throws -> (report: ChangeReport, language: Language) {
        try relate(source, try Workspace.phrase(type), target, try back.map(Workspace.phrase))
    }

    /// The type of a link as it is typed: one line of words without marks.
    static func phrase(_ text: String) throws(Failure) -> RelationPhrase {
        let words = text.trimmingBlanks
        guard !words.isEmpty, words.utf8.count <= 80, !words.unicodeScalars.contains(where: { $0.value < 0x20 || "[]()|<>`:".unicodeScalars.contains($0) })
        else {
            throw Failure("\"\(DisplayText.truncated(DisplayText.safe(text), to: 60))\" cannot be the type of a link", hint: "a few words, such as \"Amends\"")
        }
        return RelationPhrase(words)
    }

    private func relate(
        _ name: String, _ phrase: RelationPhrase, _ other: String, _ back: RelationPhrase?
    ) throws -> (report: ChangeReport, language: Language) {
        let (edits, from, remarks, language): ([DecisionFiles.Edit], FoundEntry, [Wording], Language) = try withDecisions { synced in
            let store = synced.store
            let files = DecisionFiles(self, store)
            let (from, to) = (try resolvedDecision(name, store), try resolvedDecision(other, store))
            guard from.row != to.row else {
                throw Failure(
                    "\(from.id) cannot be linked to itself", at: Place(path: from.path, position: Position(line: from.line)), hint: "name two decisions")
            }
            if phrase == .supersedes || back == .supersededBy { try checkCircle(from, supersedes: to, store) }
            if phrase == .supersededBy || back == .supersedes { try checkCircle(to, supersedes: from, store) }
            let items = try store.decisions(entries: [from.row, to.row])
            guard let source = items.first(where: { $0.path == from.path && $0.decision.id == from.id }),
                let target = items.first(where: { $0.path == to.path && $0.decision.id == to.id })
            else { throw Failure("\(from.id) vanished while it was read", hint: "run the command again") }
            var edits: [DecisionFiles.Edit] = []
            func edit(_ found: FoundEntry, _ phrase: RelationPhrase, _ target: DecisionTarget) throws {
                let index = edits.firstIndex { $0.path == found.path }
                let bytes = try index.map { edits[$0].after } ?? files.read(found.path)
                // In a file of several records the first edit moved the second record's lines.
                let edit = try files.edit(bytes, found, try files.style(besides: found.path))
                let after = try phrase == .supersededBy ? edit.superseded(by: target) : edit.linking(phrase, target)
                if let index { edits[index].after = after } else { edits.append(DecisionFiles.Edit(path: found.path, before: bytes, after: after)) }
            }
            if let back { try edit(to, back, from.target(source.decision)) }
            try edit(from, phrase, to.target(target.decision))
            try files.write(edits)
            return (edits, from, self.remarks(phrase, source, target, back), try self.language(store))
        }
        var report = ChangeReport(edits, try decisionJSON(from.path, from.id))
        report.remarks = remarks
        return (report, language)
    }

    private func remarks(_ phrase: RelationPhrase, _ source: DecisionItem, _ target: DecisionItem, _ back: RelationPhrase?) -> [Wording] {
        var remarks: [Wording] = []
        if phrase == .supersedes, source.decision.status != .accepted {
            let (id, status) = (source.decision.id, source.decision.status.rawValue)
            remarks.append(
                Wording(
                    en: "\(id) is \(status), not accepted; what \(target.decision.id) decided and excused is no longer in force all the same",
                    ja: "\(id) のステータスは \(status) で、承認済みではありません。それでも \(target.decision.id) の決定と例外は、この時点で効力を失います"))
        }
        for words in [phrase, back].compactMap({ $0 }) where words.link == nil {
            guard case .words(let text) = words else { continue }
            remarks.append(
                Wording(
                    en: "\"\(text)\" is none of the known relations, so it is read as a mention (known: supersedes, amends, relates to, and their kin)",
                    ja: "「\(text)」は既知の関係ではないため、単なる言及として読まれます（supersedes・amends・relates to など）"))
        }
        return remarks
    }

    /// - Throws: ``Failure`` that shows the way when the older decision comes after the newer one already.
    private func checkCircle(_ new: FoundEntry, supersedes old: FoundEntry, _ store: Store) throws {
        var successors: [String: [String]] = [:]
        for link in try store.links() where link.kind == .supersedes { successors[link.target, default: []].append(link.source) }
        // From the newer one on: does the older one supersede it, over however many steps?
        var came: [String: String] = [:]
        var open = [new.id]
        while let current = open.popLast() {
            for next in successors[current] ?? [] where came[next] == nil && next != new.id {
                came[next] = current
                open.append(next)
            }
        }
        guard came[old.id] != nil else { return }
        var way = [old.id]
        while let last = way.last, let before = came[last] { way.append(before) }
        throw Failure(
            "\(new.id) cannot supersede \(old.id): that closes a circle, \(way.joined(separator: " supersedes "))",
            at: Place(path: new.path, position: Position(line: new.line)), hint: "`invar adr graph --around \(old.id) --depth 9` draws it; nothing was written")
    }
}
