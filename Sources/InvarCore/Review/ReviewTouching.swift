/// Joins everything that makes a change concern an invariant: findings, paths, mentions, words.
package struct ReviewTouching: Sendable {
    private let patch: Patch
    private let knowledge: Knowledge
    private let paths: ChangedPaths
    private var reasons: [String: Reasons] = [:]
    private var speaking: [String: Set<String>] = [:]

    /// What was gathered about one invariant.
    private struct Reasons {
        var because: [ReviewReport.Because] = []
        var irreversibility = 3
        var score = 0.0
    }

    /// - Parameters:
    ///   - findings: what the change brings about, judged.
    ///   - role: the part of the knowledge base that a path is.
    ///   - text: a changed document after the change; nil when there is none.
    package init(
        patch: Patch, knowledge: Knowledge, relevance: Relevance, findings: [Finding], role: (String) -> Document.Role?, text: (String) -> String?
    ) {
        self.patch = patch
        self.knowledge = knowledge
        paths = ChangedPaths(
            patch,
            patterns: knowledge.invariants.flatMap(\.invariant.paths) + knowledge.exceptions.flatMap(\.exception.paths) + knowledge.notes.flatMap(\.note.paths))
        addFindings(findings)
        addPaths()
        addMentions(role, text)
        addWords(relevance)
    }

    private mutating func add(_ id: String, _ because: ReviewReport.Because, irreversibility: Int = 3, score: Double = 0) {
        var known = reasons[id] ?? Reasons()
        known.because.append(because)
        known.irreversibility = min(known.irreversibility, irreversibility)
        known.score = max(known.score, score)
        reasons[id] = known
        if RelativePath.suffix(because.path) == "md" || RelativePath.suffix(because.path) == "markdown" { speaking[because.path, default: []].insert(id) }
    }

    private mutating func addFindings(_ findings: [Finding]) {
        for finding in findings {
            guard let id = finding.invariant else { continue }
            let topic = Topic(ruleSubject: finding.rule.prefix { $0 != "/" })
            let state = finding.state == .open ? "" : " (\(finding.state.rawValue))"
            let detail = Wording("[\(finding.rule)] \(finding.message)\(state)")
            add(
                id, ReviewReport.Because(.finding, detail, path: finding.place.path, line: finding.place.line), irreversibility: topic?.irreversibility ?? 3,
                score: finding.severity == .error ? 3 : finding.severity == .warning ? 2 : 1)
        }
    }

    private mutating func addPaths() {
        for item in knowledge.invariants where item.invariant.status != .retired {
            guard let found = paths.first(matching: item.invariant.paths) else { continue }
            add(item.invariant.id, ReviewReport.Because(.path, Wording(en: "its paths: \(found.pattern)", ja: "対象パス: \(found.pattern)"), path: found.path))
        }
        for item in knowledge.exceptions where item.state != .void {
            guard let invariant = knowledge.invariant(item.exception.invariant), invariant.invariant.status != .retired,
                let found = paths.firstLoud(matching: item.exception.paths)
            else { continue }
            let detail = Wording(en: "\(item.decision) excepts \(found.pattern) from it", ja: "\(item.decision) が \(found.pattern) を例外としている")
            add(invariant.invariant.id, ReviewReport.Because(.path, detail, path: found.path))
        }
        for item in knowledge.notes where item.note.kind.isViolation {
            guard let found = paths.firstLoud(matching: item.note.paths) else { continue }
            for id in Set(
                item.note.invariants.compactMap { knowledge.invariant(Identifier($0)?.id ?? $0)?.invariant }.filter { $0.status != .retired }.map(\.id)
            ).sorted() {
                let detail = Wording(en: "it was not kept in \(found.pattern) (\(item.note.id))", ja: "\(found.pattern) で守れなかった記録がある（\(item.note.id)）")
                add(id, ReviewReport.Because(.path, detail, path: found.path))
            }
        }
    }

    private mutating func addWords(_ relevance: Relevance) {
        var best: [Int: Relevance.Touch] = [:]
        for touch in relevance.touches(of: patch) {
            if let known = best[touch.invariant], (known.irreversibility, -known.score) <= (touch.irreversibility, -touch.score) { continue }
            best[touch.invariant] = touch
        }
        for (index, touch) in best.sorted(by: { $0.key < $1.key }) {
            let id = knowledge.invariants[index].invariant.id
            let quote = ReportText.line(touch.statement, limit: 120)
            let name = touch.topic?.name ?? Wording(en: "the same subject", ja: "同じ対象")
            add(
                id,
                ReviewReport.Because(
                    .text, Wording(en: "\(name.en): “\(quote)”", ja: "\(name.ja):「\(quote)」"), path: touch.path, line: touch.line.flatMap { $0.new ?? $0.old },
                    side: touch.line?.kind == .removed ? .old : .new),
                irreversibility: touch.irreversibility, score: touch.score)
        }
    }

    /// Touched invariants, the most irreversible first, then the surest, then by id.
    package var touched: [ReviewReport.Touched] {
        let sorted = reasons.sorted { a, b in
            (a.value.irreversibility, -a.value.score, a.key) < (b.value.irreversibility, -b.value.score, b.key)
        }
        return sorted.compactMap { id, reasons in
            guard let item = knowledge.invariant(id) else { return nil }
            var seen = Set<String>()
            let because = reasons.because.filter { seen.insert("\($0.kind) \($0.detail.en) \($0.path) \($0.line ?? 0)").inserted }
                .enumerated().sorted { ($0.element.kind, $0.offset) < ($1.element.kind, $1.offset) }.map(\.element)
            return ReviewReport.Touched(
                item: item, irreversibility: reasons.irreversibility, because: because, exceptions: exceptions(of: id), violations: violations(of: id))
        }
    }

    package var others: [ReviewReport.Other] {
        knowledge.invariants.filter { reasons[$0.invariant.id] == nil && $0.invariant.status != .retired }
            .map { ReviewReport.Other(id: $0.invariant.id, title: $0.invariant.title) }.sorted { $0.id < $1.id }
    }

    private func exceptions(of id: String) -> [ExceptionItem] {
        knowledge.exceptions.filter { item in
            (item.state == .active || item.state == .expired) && knowledge.invariant(item.exception.invariant)?.invariant.id == id
                && !patch.isEmpty && (item.exception.paths.isEmpty || paths.first(matching: item.exception.paths) != nil)
        }
    }

    private func violations(of id: String) -> [NoteItem] {
        knowledge.notes.filter { item in
            item.note.kind.isViolation && item.note.invariants.contains { knowledge.invariant(Identifier($0)?.id ?? $0)?.invariant.id == id }
                && (item.note.paths.isEmpty || paths.first(matching: item.note.paths) != nil)
        }.sorted { ($1.note.date?.ordinal ?? 0, $0.note.id) < ($0.note.date?.ordinal ?? 0, $1.note.id) }
    }

    /// Changed Markdown files that are designs or decisions, by path.
    package var documents: [ReviewReport.Document] {
        let decisions = Dictionary(knowledge.decisions.map { ($0.path, $0.decision) }) { first, _ in first }
        return patch.files.filter { ["document", "guide"].contains(ChangedFileKind(path: $0.path).rawValue) || decisions[$0.path] != nil }.map { file in
            let decision = decisions[file.path]
            return ReviewReport.Document(
                path: file.path, id: decision?.id, title: decision?.title ?? ReviewTouching.title(file), kind: file.kind,
                invariants: (speaking[file.path] ?? []).sorted())
        }.sorted { $0.path < $1.path }
    }

    /// The first heading that the patch shows.
    private static func title(_ file: Patch.File) -> String {
        for hunk in file.hunks {
            for line in hunk.lines where line.kind != .removed && line.plain.hasPrefix("# ") { return ReportText.line(line.plain.dropFirst(2), limit: 200) }
        }
        return ""
    }
}

extension ReviewTouching {
    /// Ids in changed lines, links of changed documents, and the invariant's own text.
    private mutating func addMentions(_ role: (String) -> Document.Role?, _ text: (String) -> String?) {
        let linked = Dictionary(grouping: knowledge.links) { $0.place.path }
        let stated = Dictionary(grouping: knowledge.invariants) { $0.path }
        for file in patch.files where file.content == .text {
            for hunk in file.hunks { for line in hunk.lines where line.kind != .context { addMentions(in: line, of: file.path) } }
            addOwnText(file, stated[file.path] ?? [])
            switch role(file.path) {
            case .decisions, .notes: for link in linked[file.path] ?? [] { addLink(link.target, file.path, link.place.line) }
            case .invariants: continue
            case nil:
                guard ChangedFileKind(path: file.path) == .document, let text = text(file.path) else { continue }
                for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                    for id in ReviewTouching.ids(in: line) { addLink(id, file.path, number + 1) }
                }
            }
        }
    }

    private mutating func addLink(_ target: String, _ path: String, _ line: Int) {
        guard let item = knowledge.invariant(Identifier(target)?.id ?? target), item.invariant.status != .retired else { return }
        let id = item.invariant.id
        guard !(reasons[id]?.because.contains { $0.kind == .mention && $0.path == path } ?? false) else { return }
        add(id, ReviewReport.Because(.mention, Wording(en: "the changed document names it", ja: "変更された文書が言及している"), path: path, line: line))
    }

    private mutating func addMentions(in line: Patch.Line, of path: String) {
        for name in ReviewTouching.ids(in: line.plain) {
            guard let item = knowledge.invariant(name), item.invariant.status != .retired else { continue }
            let id = item.invariant.id
            guard !(reasons[id]?.because.contains { $0.kind == .mention && $0.path == path } ?? false) else { continue }
            add(
                id,
                ReviewReport.Because(
                    .mention, Wording(en: "a changed line names it", ja: "変更行が言及している"), path: path, line: line.new ?? line.old,
                    side: line.kind == .removed ? .old : .new))
        }
    }

    /// An invariant whose own lines change.
    private mutating func addOwnText(_ file: Patch.File, _ stated: [InvariantItem]) {
        let own = stated.sorted { $0.invariant.position < $1.invariant.position }
        guard !own.isEmpty else { return }
        for (index, item) in own.enumerated() {
            let first = item.invariant.position.line
            let last = index + 1 < own.count ? own[index + 1].invariant.position.line - 1 : Int.max
            for hunk in file.hunks {
                var number = hunk.before
                for line in hunk.lines {
                    number = line.new ?? number
                    guard line.kind != .context, number >= first, number <= last, !line.plain.allSatisfy({ $0 == " " }), item.invariant.status != .retired
                    else { continue }
                    let detail = Wording(en: "its own text changes", ja: "インバリアント自体の文面が変わる")
                    if !(reasons[item.invariant.id]?.because.contains { $0.detail == detail } ?? false) {
                        add(item.invariant.id, ReviewReport.Because(.mention, detail, path: file.path, line: max(1, number)))
                    }
                }
            }
        }
    }

    /// Ids of an invariant's shape in a line, full-width ones too.
    private static func ids(in line: Substring) -> [String] {
        let mayHold = line.utf8.contains(0x2D) || line.utf8.contains { $0 == 0xEF || $0 == 0xE2 }
        guard mayHold, line.utf8.contains(where: { IdentifierScanner.isUpper($0) || $0 == 0xEF }) else { return [] }
        var folded = Folding.foldingWidth(String(line.prefix(20_000)))
        return folded.withUTF8 { bytes in
            var found: [String] = []
            var index = 0
            var isInside = false
            while index < bytes.count {
                if !isInside, IdentifierScanner.isUpper(bytes[index]), let (id, end) = IdentifierScanner.identifier(in: bytes, at: index) {
                    found.append(id.id)
                    index = end
                    continue
                }
                let byte = bytes[index]
                isInside = IdentifierScanner.isUpper(byte) || IdentifierScanner.isLower(byte) || IdentifierScanner.isDigit(byte) || byte == 0x2D || byte == 0x5F
                index += 1
            }
            return found
        }
    }
}
