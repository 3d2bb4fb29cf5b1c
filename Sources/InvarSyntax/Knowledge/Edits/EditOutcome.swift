import InvarCore

/// What a record is to say after an edit: that, all it said before, and nothing else.
struct Outcome {
    struct Added {
        var phrase: RelationPhrase
        var target: DecisionTarget
    }

    /// nil keeps the status.
    var status: Decision.Status?
    /// A history that goes on may date the record anew.
    var isStepped = false
    var added: Added?

    typealias Reading = (document: Document, file: MarkdownFile)

    func isReached(from before: Reading, to after: Reading, index: Int, today: Day) -> Bool {
        let (old, new) = (before.document.entries, after.document.entries)
        guard old.count == new.count, before.document.title == after.document.title else { return false }
        for (position, (a, b)) in zip(old, new).enumerated() where position != index {
            guard Outcome.plain(a.content) == Outcome.plain(b.content), Set(a.links.map(Outcome.plain)) == Set(b.links.map(Outcome.plain)) else { return false }
        }
        guard case .decision(let a) = Outcome.plain(old[index].content), case .decision(let b) = Outcome.plain(new[index].content) else { return false }
        return isWanted(a, b, today) && areWanted(old[index].links, new[index].links, from: a.status) && hasNoNewFinding(before.document, after.document)
            && Outcome.isSameMetadata(before.file.frontMatter, after.file.frontMatter, except: changedKeys) && isSameOutline(before.file, after.file)
    }

    // MARK: Fields

    private func isWanted(_ before: Decision, _ after: Decision, _ today: Day) -> Bool {
        var wanted = before
        wanted.status = status ?? before.status
        wanted.statusText = after.statusText
        if isStepped, after.date == today { wanted.date = today }
        return after == wanted
    }

    /// Without positions, which move when lines are added.
    private static func plain(_ content: Entry.Content) -> Content {
        switch content {
        case .decision(var decision):
            decision.position = Position(line: 1)
            decision.statusLine = nil
            for index in decision.exceptions.indices { decision.exceptions[index].position = Position(line: 1) }
            return .decision(decision)
        case .invariant, .note: return .other
        }
    }

    private enum Content: Equatable {
        case decision(Decision)
        case other
    }

    // MARK: Links

    private static func plain(_ link: Link) -> Link {
        var link = link
        link.position = Position(line: 1)
        return link
    }

    private func areWanted(_ before: [Link], _ after: [Link], from former: Decision.Status) -> Bool {
        let old = Set(before.map(Outcome.plain))
        let new = Set(after.map(Outcome.plain))
        // What a record does "when accepted" it does from then on, to records that it named already.
        let isAcceptance = status != nil && (status == .accepted) != (former == .accepted)
        let named = Set(old.map(\.key))
        let stillNamed = Set(new.map(\.key))
        var isFound = added == nil
        for link in new.subtracting(old) {
            if isAcceptance, link.kind != .mentions, named.contains(link.key), !(added?.target.isNamed(by: link.key) ?? false) { continue }
            guard let added, added.target.isNamed(by: link.key) else { return false }
            if let wanted = added.phrase.link {
                guard link.kind == .mentions || (link.kind == wanted.kind && link.isInverse == wanted.isInverse) else { return false }
                isFound = isFound || link.kind == wanted.kind
            } else {
                isFound = true
            }
        }
        if let added, added.phrase.link == nil { isFound = isFound || new.contains { added.target.isNamed(by: $0.key) } }
        // "Superseded by X" is the status itself: a record that is no longer superseded says no more by what.
        let isFreed = (former == .superseded || former == .unknown) && status != nil && status != .superseded
        // The same words may name it twice, by number and by path.
        let lines = isFreed ? Set(before.filter { $0.kind == .supersedes && $0.isInverse }.map(\.position.line)) : []
        let freed = Set(before.filter { lines.contains($0.position.line) && ($0.kind == .mentions || $0.isInverse) }.map(\.key))
        return isFound
            && old.subtracting(new).allSatisfy { link in
                if freed.contains(link.key) || (isAcceptance && stillNamed.contains(link.key)) { return true }
                return added?.target.isNamed(by: link.key) ?? false
            }
    }

    // MARK: The rest

    private func hasNoNewFinding(_ before: Document, _ after: Document) -> Bool {
        Set(after.findings.map(\.rule)).subtracting(before.findings.map(\.rule)).isEmpty && after.findings.count <= before.findings.count
    }

    private var changedKeys: (String) -> Bool {
        { label in
            if label == "status" || label == "state" { return true }
            guard let relation = added?.phrase.relation else { return false }
            return RelationWords.label(label) == relation
        }
    }

    /// Whether every other key of the front matter says the same.
    private static func isSameMetadata(_ before: FrontMatter, _ after: FrontMatter, except isChanged: (String) -> Bool) -> Bool {
        func kept(_ frontMatter: FrontMatter) -> [String] {
            (frontMatter.yaml?.members ?? []).filter { !isChanged(FieldLabel.comparable($0.key.text ?? "")) }.map {
                signature($0.key) + "=" + signature($0.value)
            }
        }
        return kept(before) == kept(after) && (before.problem == nil) == (after.problem == nil)
    }

    /// A value without its place; values are no deeper than ``YAML/maximumDepth``.
    private static func signature(_ value: YAML) -> String {
        switch value.content {
        case .scalar(let text, let isQuoted): "\(isQuoted)\(text.utf8.count):\(text)"
        case .list(let items): "[" + items.map(signature).joined(separator: ",") + "]"
        case .map(let members): "{" + members.map { signature($0.key) + ":" + signature($0.value) }.joined(separator: ",") + "}"
        }
    }

    /// Whether every block is still there: at most the lines of the edit come or go, and no fence or heading opens or closes.
    private func isSameOutline(_ before: MarkdownFile, _ after: MarkdownFile) -> Bool {
        let (old, new) = (Outcome.counts(before), Outcome.counts(after))
        let gone = old.filter { new[$0.key, default: 0] < $0.value }.count
        let come = new.filter { old[$0.key, default: 0] < $0.value }.count
        let codes = { (file: MarkdownFile) in file.markdown.blocks.filter { $0.kind == .code || $0.kind == .html }.map(\.text) }
        return gone <= Outcome.mostBlocks && come <= Outcome.mostBlocks && codes(before) == codes(after)
    }

    /// A header line, its item and a heading at three places.
    private static let mostBlocks = 6

    private static func counts(_ file: MarkdownFile) -> [String: Int] {
        var counts: [String: Int] = [:]
        for block in file.markdown.blocks where block.kind != .item { counts["\(block.kind) \(block.text)\(block.cells)", default: 0] += 1 }
        return counts
    }
}
