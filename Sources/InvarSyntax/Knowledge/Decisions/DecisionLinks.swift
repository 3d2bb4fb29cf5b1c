import InvarCore

/// The typed links of a record: what it supersedes, amends and relates to, and what does so to it.
struct DecisionLinks {
    private let file: MarkdownFile
    private let blocks: Range<Int>
    private(set) var links: [Link] = []
    private var seen: Set<Seen> = []

    private struct Seen: Hashable {
        var kind: Link.Kind
        var isInverse: Bool
        var key: String
    }

    init(_ file: MarkdownFile, _ blocks: Range<Int>, readsFrontMatter: Bool) {
        self.file = file
        self.blocks = blocks
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

    private static let linkSections: Set<String> = [
        "links", "link", "related", "related decisions", "related adrs", "related adr", "related records", "see also", "references", "more information",
        "関連", "関連adr", "関連するadr", "関連する決定", "関連リンク", "関連文書", "関連資料", "リンク", "参照", "参考",
    ]

    private mutating func read(_ statements: [DecisionStatement], default relation: RelationWords.Relation?) {
        for statement in statements where !Placeholder.isEmpty(statement.text) {
            if let labelled = RelationWords.label(statement.label) {
                guard !DecisionLinks.isDenied(statement.text) else { continue }
                let partial = DecisionLinks.isPartial(statement.text) ? labelled.ofPart : labelled
                for name in RecordName.names(in: statement.source, statement.value, numbers: .all, path: file.path) {
                    add(partial, name, nil, statement.source)
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
        for sentence in DecisionLinks.sentences(source, range ?? source.all) {
            if !statusLine, !DecisionLinks.mayBeAboutThis(source.folded[sentence]) { continue }
            if !statusLine, !RelationWords.mayOccur(in: source.text(sentence)) || !DecisionLinks.isAboutThis(source, sentence) { continue }
            let verbs = RelationWords.verbs(in: source.folded, sentence)
            let isASCII = source.folded[sentence].allSatisfy(\.isASCII)
            if (verbs.isEmpty && isASCII) || DecisionLinks.isDenied(source.text(sentence)) { continue }
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
            let before = source.text(max(sentence.lowerBound, verb.range.lowerBound - 24)..<verb.range.upperBound)
            let after = source.text(verb.range.upperBound..<min(end, verb.range.upperBound + 24))
            let isOfPart =
                DecisionLinks.isPartial(before) || DecisionLinks.isPartial(after) || DecisionLinks.namesAPart(source.text(verb.range.upperBound..<end))
            let relation = isOfPart ? verb.relation.ofPart : verb.relation
            for name in names { add(relation, name, position, source) }
        }
    }

    /// `ADR-0056 supersedes …` speaks of what another record does; a lower-case verb that begins a line goes on with
    /// the line before, which may deny it.
    private func isOfAnother(_ verb: RelationWords.Verb, _ source: InlineSource, _ sentence: Range<Int>) -> Bool {
        if verb.range.lowerBound == sentence.lowerBound, sentence.lowerBound > 0 || source.scalars.count > sentence.count {
            return source.scalars[verb.range.lowerBound].properties.isLowercase
        }
        guard !verb.relation.isInverse else { return false }
        let before = sentence.lowerBound..<verb.range.lowerBound
        return source.folded[before].contains { $0.isASCIIDigit } && !RecordName.names(in: source, before, numbers: .padded, path: file.path).isEmpty
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

    /// `Superseded by 9. Use X` does not end at the number.
    private static func isNumberDot(_ source: InlineSource, _ index: Int) -> Bool {
        source.folded[index] == "." && index > 0 && source.folded[index - 1].isASCIIDigit
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

    private static func isDenied(_ text: String) -> Bool {
        let folded = " " + Folding.searchable(text) + " "
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
        guard seen.insert(Seen(kind: relation.kind, isInverse: relation.isInverse, key: name.key)).inserted else { return }
        let place = position ?? file.lines.position(at: min(name.offset, file.bytes.count), in: file.bytes)
        links.append(Link(relation.kind, isInverse: relation.isInverse, target: name.target, key: name.key, position: place))
    }
}
