import InvarCore

/// The typed links of a record: what it supersedes, amends and relates to, and what does so to it.
struct DecisionLinks {
    private let file: MarkdownFile
    private let blocks: Range<Int>
    /// The key of the record itself, nil without a number.
    private let own: String?
    /// What a record says it does upon acceptance holds once it is accepted.
    private let isAccepted: Bool
    private(set) var links: [Link] = []
    private var seen: Set<Seen> = []

    private struct Seen: Hashable {
        var kind: Link.Kind
        var isInverse: Bool
        var key: String
    }

    init(_ file: MarkdownFile, _ blocks: Range<Int>, number: String?, isAccepted: Bool, readsFrontMatter: Bool) {
        self.file = file
        self.blocks = blocks
        self.own = number.map { EntryName.key(decision: $0) }
        self.isAccepted = isAccepted
        if readsFrontMatter, let yaml = file.frontMatter.yaml { read(yaml) }
        readBody()
    }

    // MARK: Front matter

    private mutating func read(_ yaml: YAML) {
        for (key, value) in yaml.members {
            guard let name = key.text else { continue }
            let label = FieldLabel.comparable(name)
            if label == "status", let text = value.text {
                readSentences(InlineSource(text), at: value.position, statusLine: true)
            } else if let relation = RelationWords.label(label) {
                for item in value.items { read(item, relation) }
            } else if label == "links" {
                for item in value.items { readTyped(item) }
            }
        }
    }

    private mutating func read(_ value: YAML, _ relation: RelationWords.Relation) {
        guard let text = value.text ?? (value["id"] ?? value["target"] ?? value["path"] ?? value["adr"])?.text, !Placeholder.isEmpty(text) else { return }
        let source = InlineSource(text)
        for name in RecordName.names(in: source, source.all, numbers: .all, path: file.path) { add(relation, name, value.position) }
    }

    /// `links: [{type: supersedes, target: ADR-3}]`, or `- supersedes: ADR-3`.
    private mutating func readTyped(_ item: YAML) {
        if let kind = (item["type"] ?? item["kind"] ?? item["relation"])?.text, let relation = RelationWords.label(FieldLabel.comparable(kind)) {
            read(item, relation)
            return
        }
        for (key, value) in item.members {
            guard let relation = key.text.flatMap({ RelationWords.label(FieldLabel.comparable($0)) }) else { continue }
            for target in value.items { read(target, relation) }
        }
    }

    // MARK: Text

    private enum Region {
        /// The header and the status section: verbs count, bare numbers after them are records.
        case header
        /// A section such as Links or 関連: every record named there is at least related.
        case links(RelationWords.Relation)
        /// Anywhere else only a sentence about this record itself.
        case prose
    }

    private mutating func readBody() {
        var region = Region.header
        var index = blocks.lowerBound
        let reader = StatementReader(file: file)
        while index < blocks.upperBound {
            let block = file.markdown.blocks[index]
            if let level = block.headingLevel, block.quoteDepth == 0 {
                region = self.region(FieldLabel.comparable(block.text), level, region)
                index += 1
                continue
            }
            var end = index + 1
            while end < blocks.upperBound, file.markdown.blocks[end].headingLevel == nil { end += 1 }
            switch region {
            case .prose:
                for position in index..<end where file.markdown.blocks[position].isText && RelationWords.mayOccur(in: file.markdown.blocks[position].text) {
                    readSentences(reader.source(of: position), at: nil, statusLine: false)
                }
            case .header: read(reader.statements(index..<end), default: nil)
            case .links(let relation): read(reader.statements(index..<end), default: relation)
            }
            index = end
        }
    }

    private func region(_ label: String, _ level: Int, _ current: Region) -> Region {
        if FieldLabel.isStatus(label) || FieldLabel.matches(label, FieldLabel.metadata) || FieldLabel.matches(label, FieldLabel.history) { return .header }
        if let relation = RelationWords.label(label) { return .links(relation) }
        if DecisionLinks.linkSections.contains(label) { return .links(.relates) }
        if level == 1, case .header = current { return .header }
        return .prose
    }

    /// Whether a heading is that of a section where other records are named.
    static func isLinkSection(_ label: String) -> Bool { linkSections.contains(label) }

    private static let linkSections: Set<String> = [
        "links", "link", "related", "related decisions", "related adrs", "related adr", "related records", "see also", "references", "more information",
        "関連", "関連adr", "関連するadr", "関連する決定", "関連リンク", "関連文書", "関連資料", "リンク", "参照", "参考",
    ]

    private mutating func read(_ statements: [DecisionStatement], default relation: RelationWords.Relation?) {
        for statement in statements where !Placeholder.isEmpty(statement.text) {
            if let labelled = RelationWords.label(statement.label) {
                guard !isDenied(statement.text) else { continue }
                let isOfPart = DecisionLinks.isPartial(statement.text) || DecisionLinks.limits(statement.source, statement.value)
                let partial = isOfPart ? labelled.ofPart : labelled
                for name in RecordName.names(in: statement.source, statement.value, numbers: .all, path: file.path) {
                    add(DecisionLinks.isPossessive(name, statement.source) ? partial.ofPart : partial, name, nil, statement.source)
                }
                continue
            }
            let before = links.count
            readArrow(statement)
            readSentences(statement.source, statement.value, at: nil, statusLine: true)
            if links.count == before, let relation {
                for name in RecordName.names(in: statement.source, statement.value, numbers: .none, path: file.path)
                where !name.isFile || relation.kind != .relates {
                    add(relation, name, nil, statement.source)
                }
            }
        }
    }

    /// `廃止 → [0105](…)`: a status that points at what came after.
    private mutating func readArrow(_ statement: DecisionStatement) {
        guard FieldLabel.isStatus(statement.label),
            let arrow = statement.source.scalars[statement.value].firstIndex(where: { "→⇒➡".unicodeScalars.contains($0) })
        else { return }
        for name in RecordName.names(in: statement.source, arrow..<statement.value.upperBound, numbers: .padded, path: file.path) {
            add(.supersededBy, name, nil, statement.source)
        }
    }

    private mutating func readSentences(_ source: InlineSource, _ range: Range<Int>? = nil, at position: Position?, statusLine: Bool) {
        var previous: Range<Int>?
        for sentence in DecisionLinks.sentences(source, range ?? source.all) {
            defer { previous = sentence }
            if !statusLine, !DecisionLinks.mayBeAboutThis(source.folded[sentence]) { continue }
            // `… while ADR-0031 was proposed; it is now superseded by …` goes on about the other record.
            if let previous, Folding.searchable(source.text(sentence)).hasPrefix("it "),
                !RecordName.names(in: source, previous, numbers: .padded, path: file.path).isEmpty
            {
                continue
            }
            if !statusLine, !RelationWords.mayOccur(in: source.text(sentence)) || !DecisionLinks.isAboutThis(source, sentence) { continue }
            let verbs = RelationWords.verbs(in: source.folded, sentence)
            let isASCII = source.folded[sentence].allSatisfy(\.isASCII)
            if (verbs.isEmpty && isASCII) || isDenied(source.text(sentence)) { continue }
            readEnglish(verbs, source, sentence, position, isProse: !statusLine)
            if !isASCII { readJapanese(source, sentence, position) }
        }
    }

    private mutating func readEnglish(
        _ verbs: [RelationWords.Verb], _ source: InlineSource, _ sentence: Range<Int>, _ position: Position?, isProse: Bool
    ) {
        for (index, verb) in verbs.enumerated() {
            let end = index + 1 < verbs.count ? verbs[index + 1].range.lowerBound : sentence.upperBound
            if index == 0, isOfAnother(verb, source, sentence) { continue }
            let names = RecordName.names(
                in: source, verb.range.upperBound..<end, numbers: verb.relation.kind == .relates || isProse ? .none : .all, path: file.path)
            // What stands far from its verb is not its object.
            guard let first = names.first, first.range.lowerBound - verb.range.upperBound <= 120 else { continue }
            let before = source.text(max(sentence.lowerBound, verb.range.lowerBound - 24)..<verb.range.upperBound)
            let after = source.text(verb.range.upperBound..<min(end, verb.range.upperBound + 24))
            let isOfPart =
                DecisionLinks.isPartial(before) || DecisionLinks.isPartial(after) || DecisionLinks.namesAPart(source.text(verb.range.upperBound..<end))
                || DecisionLinks.limits(source, verb.range.upperBound..<end) || (verb.relation.isInverse && isPartOfThis(verb, source, sentence))
            let relation = isOfPart ? verb.relation.ofPart : verb.relation
            for name in names { add(DecisionLinks.isPossessive(name, source) ? relation.ofPart : relation, name, position, source) }
        }
    }

    /// `ADR-0010's framing`: something of the record, not the record.
    private static func isPossessive(_ name: RecordName, _ source: InlineSource) -> Bool {
        let next = source.folded[name.range.upperBound...].prefix(2)
        return next.count == 2 && (next.first == "'" || next.first == "’") && next.last == "s"
    }

    /// `ADR-0056 supersedes …` speaks of what another record does; a lower-case verb that begins a line goes on with
    /// the line before, which may deny it.
    private func isOfAnother(_ verb: RelationWords.Verb, _ source: InlineSource, _ sentence: Range<Int>) -> Bool {
        if verb.range.lowerBound == sentence.lowerBound, sentence.lowerBound > 0 || source.scalars.count > sentence.count {
            return source.scalars[verb.range.lowerBound].properties.isLowercase
        }
        let before = sentence.lowerBound..<verb.range.lowerBound
        if verb.relation.isInverse {
            let clause = DecisionLinks.clause(source, before)
            return RecordName.names(in: source, clause, numbers: .padded, path: file.path).contains { !$0.isFile && $0.key != own }
        }
        return source.folded[before].contains { $0.isASCIIDigit } && !RecordName.names(in: source, before, numbers: .padded, path: file.path).isEmpty
    }

    /// `Mechanism superseded by ADR-9`: what was superseded is named, and it is not the record.
    private func isPartOfThis(_ verb: RelationWords.Verb, _ source: InlineSource, _ sentence: Range<Int>) -> Bool {
        let clause = DecisionLinks.clause(source, sentence.lowerBound..<verb.range.lowerBound)
        let words = Folding.searchable(source.text(clause)).split { !$0.isLetter }.map(String.init)
        return !words.isEmpty && !words.contains(where: DecisionLinks.wholes.contains)
    }

    /// Words before `superseded by` that speak of the record as a whole, or only join.
    private static let wholes: Set<String> = [
        "this", "adr", "record", "decision", "document", "it", "is", "was", "been", "has", "now", "later", "then", "and", "but", "also", "since", "fully",
        "wholly", "entirely", "completely", "subsequently", "finally", "already", "eventually", "recently", "status", "accepted", "approved", "adopted",
        "implemented", "proposed", "draft", "rejected", "deprecated", "superseded", "obsolete", "previously", "formerly", "originally", "by", "on", "to",
    ]

    /// The end of a range after its last comma, dash, bracket or colon; no clause is longer than two hundred scalars.
    private static func clause(_ source: InlineSource, _ range: Range<Int>) -> Range<Int> {
        let range = max(range.lowerBound, range.upperBound - 200)..<range.upperBound
        let stop = source.folded[range].lastIndex { ",;:()—–―|\n".unicodeScalars.contains($0) }
        return (stop.map { $0 + 1 } ?? range.lowerBound)..<range.upperBound
    }

    /// `ADR-0034, Components 1 and 2 only`, `ADR-0042 on this point`: words behind the name, outside parentheses, that leave
    /// the rest of the record in force.
    private static func limits(_ source: InlineSource, _ range: Range<Int>) -> Bool {
        var depth = 0
        var words = String.UnicodeScalarView()
        for index in range.prefix(400) {
            let scalar = source.folded[index]
            if scalar == "(" { depth += 1 }
            if depth == 0 { words.append(scalar == "\n" ? " " : scalar) }
            if scalar == ")" { depth = max(0, depth - 1) }
            let isEnd = ".;".unicodeScalars.contains(scalar) && (index + 1 >= range.upperBound || source.folded[index + 1].isBlank)
            if depth == 0, isEnd, !isNumberDot(source, index) { break }
        }
        let text = " " + String(words) + " "
        return [
            " only ", " only.", " component ", " components ", " section ", " sections ", " clause ", " clauses ", " on this point", " on that point",
            " in this respect", " in that respect", " in this regard",
        ].contains { text.holds($0) }
    }

    /// `ADR-0003 を置き換える`, `ADR-0009 により置換`, `ADR-0009 に置き換えられた`, `ADR-0003 を改訂する`.
    private mutating func readJapanese(_ source: InlineSource, _ sentence: Range<Int>, _ position: Position?) {
        let text = source.text(sentence)
        let isReplacing = ["置換", "置き換", "差し替", "上書き"].contains { text.holds($0) }
        let isAmending = ["改訂", "改定", "一部変更", "一部更新", "修正する"].contains { text.holds($0) }
        guard isReplacing || isAmending else { return }
        let names = RecordName.names(in: source, sentence, numbers: .padded, path: file.path)
        for name in names {
            let rest = source.text(name.range.upperBound..<min(sentence.upperBound, name.range.upperBound + 24)).drop { " )）」]".contains($0) }
            var relation: RelationWords.Relation
            if rest.hasPrefix("を") || rest.hasPrefix("の一部を") || rest.hasPrefix("、") {
                relation = isReplacing ? .supersedes : .amends
            } else if rest.hasPrefix("の"), rest.contains("を") {
                relation = .amends
            } else if rest.hasPrefix("によ") || rest.hasPrefix("に") || rest.hasPrefix("で") {
                relation = isReplacing ? .supersededBy : .amendedBy
            } else if source.text(sentence.lowerBound..<name.range.lowerBound).contains("置") {
                // 「置換: ADR-0009」: the name follows the word.
                relation = .supersededBy
            } else {
                continue
            }
            if DecisionLinks.isPartial(text) { relation = relation.ofPart }
            add(relation, name, position, source)
        }
    }

    // MARK: Words

    private static func sentences(_ source: InlineSource, _ range: Range<Int>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = range.lowerBound
        for index in range {
            let scalar = source.folded[index]
            let next: Unicode.Scalar? = index + 1 < range.upperBound ? source.folded[index + 1] : nil
            switch scalar {
            case "。", "！", "？": break
            case ".", "!", "?", ";": guard next?.isBlank ?? true, !isNumberDot(source, index) else { continue }
            default: continue
            }
            found.append(start..<(index + 1))
            start = index + 1
        }
        if start < range.upperBound { found.append(start..<range.upperBound) }
        return found
    }

    /// `Superseded by 9. Use X` does not end at the number; `Supersedes ADR-0001. See …` does.
    private static func isNumberDot(_ source: InlineSource, _ index: Int) -> Bool {
        guard source.folded[index] == "." else { return false }
        var start = index
        while start > 0, source.folded[start - 1].isASCIIDigit { start -= 1 }
        guard start < index else { return false }
        return start < 2 || source.folded[start - 1] != "-" || !source.folded[start - 2].isASCIILetter
    }

    /// Whether a sentence has what every phrase of ``isAboutThis(_:_:)`` has: a test without making a text of it. What
    /// NFKC could still turn into one of these counts as having it.
    private static func mayBeAboutThis(_ folded: ArraySlice<Unicode.Scalar>) -> Bool {
        var previous: (Unicode.Scalar, Unicode.Scalar) = (" ", " ")
        for scalar in folded {
            switch (previous.0, previous.1, scalar) {
            case ("a", "d", "r"), ("r", "e", "c"), ("d", "e", "c"), ("d", "o", "c"), ("s", "u", "p"), ("a", "m", "e"), (_, _, "決"), (_, _, "記"), (_, _, "文"):
                return true
            default: break
            }
            // Beyond ASCII, kana, kanji, and common punctuation anything may be a compatibility form.
            let isPlain =
                scalar.isASCII || (0x3001...0x3098).contains(scalar.value) || (0x309D...0x30FE).contains(scalar.value)
                || (0x4E00...0x9FFF).contains(scalar.value) || (0x2014...0x201D).contains(scalar.value)
                || (0x2190...0x21FF).contains(scalar.value) || (0xFF01...0xFF60).contains(scalar.value)
            if !isPlain { return true }
            previous = (previous.1, scalar)
        }
        return false
    }

    private static func isAboutThis(_ source: InlineSource, _ sentence: Range<Int>) -> Bool {
        let text = String(Folding.searchable(source.text(sentence)).prefix(80))
        return ["this adr", "this decision", "this record", "this document", "本adr", "このadr", "本決定", "この決定", "本記録", "本文書", "当adr"].contains {
            text.holds($0)
        }
            || ["supersedes ", "superseded by ", "amends ", "amended by "].contains { text.hasPrefix($0) }
    }

    private func isDenied(_ text: String) -> Bool {
        var folded = " " + Folding.searchable(text) + " "
        for condition in ["upon acceptance", "on acceptance", "once accepted", "when accepted", "after acceptance"] where folded.holds(condition) {
            guard isAccepted else { return true }
            folded = folded.replacing(condition, with: "")
        }
        let words = [
            " not ", "n't ", " would ", " could ", " may ", " might ", " if ", " when ", " unless ", " should ", " nothing", " none ", " no adr", " until ",
            " never ",
            "ではない", "しない", "なければ", "場合", "検討", "予定", "可能性", "かもしれ",
        ]
        return words.contains { folded.holds($0) }
    }

    /// `supersedes the retry rule of ADR-3`, `supersedes only decision 4 in ADR-3`.
    private static func namesAPart(_ text: String) -> Bool {
        let folded = Folding.searchable(text)
        return folded.hasPrefix("only ") || folded.holds(" half of ") || (folded.hasPrefix("the ") && folded.holds(" of "))
    }

    private static func isPartial(_ text: String) -> Bool {
        let folded = Folding.searchable(text)
        return ["partial", "partly", "in part", "parts of", "part of", "一部", "部分"].contains { folded.holds($0) }
    }

    private mutating func add(_ relation: RelationWords.Relation, _ name: RecordName, _ position: Position?, _ source: InlineSource? = nil) {
        if relation.kind != .relates, !name.isRecord(besides: file.path) { return }
        guard seen.insert(Seen(kind: relation.kind, isInverse: relation.isInverse, key: name.key)).inserted else { return }
        let place = position ?? file.lines.position(at: min(name.offset, file.bytes.count), in: file.bytes)
        links.append(Link(relation.kind, isInverse: relation.isInverse, target: name.target, key: name.key, position: place))
    }
}
