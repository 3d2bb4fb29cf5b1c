package import InvarCore
import InvarStore
import InvarSyntax

extension Workspace {
    /// All proposals that are written down, with what became of them.
    package func proposals() throws -> (listing: ProposalListing, language: Language) {
        let pages = try ProposalFolder(workspace: self).pages()
        let effects = try effects(of: pages)
        let items = pages.flatMap { page in self.items(page, pages, effects) }
        return (ProposalListing(items: items), try proposalLanguage())
    }

    /// One proposal by its id, its key, or the beginning of its key, with its text.
    ///
    /// - Throws: ``Failure`` with the nearest id when there is none.
    package func proposal(_ name: String) throws -> (item: ProposalItem, text: String, language: Language) {
        let pages = try ProposalFolder(workspace: self).pages()
        let (page, id) = try found(name, pages)
        guard let item = items(page, pages, try effects(of: pages)).first(where: { $0.id == id }) else { throw Failure("there is no proposal \(name)") }
        return (item, page.section(id).map(page.text) ?? "", try proposalLanguage())
    }

    func proposalLanguage() throws -> Language {
        try configuration.language ?? (knowledgeFolders.isEmpty ? .english : withStore { try language($0.store) })
    }

    /// The page that holds a proposal.
    func found(_ name: String, _ pages: [ProposalsFile]) throws(Failure) -> (page: ProposalsFile, id: String) {
        let wanted = Folding.identifier(name)
        var candidates: [(page: ProposalsFile, id: String)] = []
        for page in pages {
            for id in Set(page.sections.map(\.id) + page.records.map(\.id)).sorted() {
                if id == name || Folding.identifier(id) == wanted { return (page, id) }
                if name.utf8.count >= 4, id.hasSuffix("-" + name) || ProposalRecord.key(ofID: id).map({ $0.hasPrefix(name) }) ?? false {
                    candidates.append((page, id))
                }
            }
        }
        if candidates.count > 1 {
            throw Failure(
                "\(name) is the name of \(candidates.count) proposals: \(candidates.map { $0.id }.joined(separator: ", "))", hint: "write the whole id")
        }
        if let only = candidates.first { return only }
        let ids = pages.flatMap { $0.sections.map(\.id) + $0.records.map(\.id) }
        throw Failure(
            "there is no proposal \(name)",
            hint: Nearest.hint(for: name, among: ids)
                ?? (ids.isEmpty ? "`invar propose --write` writes the sprint's proposals down" : "`invar proposal list` shows them"))
    }

    /// What revisions brought, as of the sprint that ended last.
    private func effects(of pages: [ProposalsFile]) throws -> [RevisionEffect] {
        guard pages.contains(where: { $0.records.contains { $0.revision != nil } }), configuration.sprints != .none, !knowledgeFolders.isEmpty else {
            return []
        }
        do {
            return try propose().metrics.effects
        } catch is Failure {
            // No sprint has ended yet: there is nothing to measure.
            return []
        }
    }

    private func items(_ page: ProposalsFile, _ pages: [ProposalsFile], _ effects: [RevisionEffect]) -> [ProposalItem] {
        var items = page.sections.map { section in
            item(section.id, page.record(section.id), section.proposal, Place(path: page.path, position: Position(line: section.line)), page, section, effects)
        }
        for record in page.records where page.section(record.id) == nil {
            items.append(item(record.id, record, record.decision, Place(path: page.path), page, nil, effects))
        }
        let later = pages.filter { order($0) > order(page) }
        for index in items.indices where items[index].state == .proposed || items[index].state == .stale {
            guard page.record(items[index].id) == nil else { continue }
            let key = items[index].decision.key
            if later.contains(where: { page in page.sections.contains { $0.proposal.key == key } }) { items[index].state = .superseded }
        }
        return items
    }

    /// Pages by the beginning of their sprint, those of none first.
    private func order(_ page: ProposalsFile) -> Int {
        page.sprint.flatMap { configuration.sprints.sprint(named: $0) }?.start.ordinal ?? Int.min
    }

    private func item(
        _ id: String, _ record: ProposalRecord?, _ proposal: ProposalDecision, _ place: Place, _ page: ProposalsFile, _ section: ProposalsFile.Section?,
        _ effects: [RevisionEffect]
    ) -> ProposalItem {
        var item = ProposalItem(id: id, decision: record?.decision ?? proposal, state: record?.decision.state ?? .proposed, place: place)
        item.sprint = page.sprint
        item.score = section?.score
        item.adr = record?.adr
        item.applied = record?.applied
        item.diff = section.map(page.diff) ?? ""
        item.effect = effects.first { $0.revision.proposal == id }
        if item.state == .applied, item.effect != nil { item.state = .measured }
        if item.state == .proposed || item.state == .accepted, !item.diff.isEmpty, (try? RevisionPatch(workspace: self, item, section).replacements()) == nil {
            item.state = .stale
        }
        return item
    }
}
