import InvarCore

/// The verbs and labels by which one record relates to another.
enum RelationWords {
    struct Relation: Hashable, Sendable {
        var kind: Link.Kind
        var isInverse: Bool

        static let supersedes = Relation(kind: .supersedes, isInverse: false)
        static let supersededBy = Relation(kind: .supersedes, isInverse: true)
        static let amends = Relation(kind: .amends, isInverse: false)
        static let amendedBy = Relation(kind: .amends, isInverse: true)
        static let relates = Relation(kind: .relates, isInverse: false)

        /// Superseding a part leaves the other record in force: that is an amendment.
        var ofPart: Relation { kind == .supersedes ? Relation(kind: .amends, isInverse: isInverse) : self }
    }

    /// What a label, a heading or a YAML key made comparable stands for; nil when it names no relation.
    static func label(_ label: String) -> Relation? {
        if label.isEmpty { return nil }
        if let known = labels[label] { return known }
        guard mayQualify(label) else { return nil }
        for part in ["partially ", "partly ", "in part "] where label.hasPrefix(part) {
            return labels[String(label.dropFirst(part.count))]?.ofPart
        }
        for part in [" in part", " partially", " partly"] where label.hasSuffix(part) {
            return labels[String(label.dropLast(part.count))]?.ofPart
        }
        for part in ["一部", "部分的に", "部分"] where label.hasPrefix(part) {
            return labels[String(label.dropFirst(part.count))]?.ofPart
        }
        if label.hasSuffix("を一部改訂") || label.hasSuffix("を一部置換") || label.hasSuffix("を一部改定") { return .amends }
        guard label.utf8.contains(0x2F) else { return nil }
        return label.split(separator: "/").lazy.compactMap { labels[FieldLabel.comparable(String($0))] }.first
    }

    /// Whether one of the words that speak of a part, or a slash, may be in a label; nearly none has any.
    private static func mayQualify(_ label: String) -> Bool {
        label.utf8.contains(0x2F) || ["part", "一部", "部分"].contains { label.holds($0) }
    }

    private static let labels: [String: Relation] = {
        let lists: [(Relation, String)] = [
            (
                .supersedes,
                """
                supersedes,supersede,supercedes,superseeds,replaces,replace,obsoletes,overrides,supersedes adr,replaces adr,\
                supersedes decision,supersedes adrs,置換対象,置換対象adr,置換元,置換元adr,置き換え対象,置き換え元,置き換えるadr,置換するadr,\
                旧決定,旧adr,旧決定を置換,旧adrを置換,廃止対象,廃止対象adr,上書き対象,上書きするadr,廃止するadr,差し替え対象,前身,前身adr
                """
            ),
            (
                .supersededBy,
                """
                superseded by,superceded by,superseeded by,superceeded by,superseded,superseded with,replaced by,\
                obsoleted by,overridden by,succeeded by,successor,successors,superseding adr,superseded by adr,replacement,\
                置換,置換先,置換先adr,置換adr,置き換え,置き換え先,置き換えadr,後継,後継adr,後継決定,代替,代替adr,代替決定,上書き,上書き元,\
                新決定,新adr,差し替え先
                """
            ),
            (
                .amends,
                """
                amends,amend,amended adr,amendment to,amendment of,updates,modifies,revises,changes,改訂対象,改定対象,修正対象,\
                変更対象,更新対象,改訂元,改訂するadr,修正するadr,旧決定を改訂,旧決定を一部改訂,旧決定を改定,旧決定を修正,補正対象
                """
            ),
            (
                .amendedBy,
                """
                amended by,updated by,modified by,revised by,改訂,改定,一部改訂,一部改定,改訂先,改訂adr,一部置換,一部変更,部分改訂,修正adr
                """
            ),
            (
                .relates,
                """
                relates to,relates,related to,related,related adr,related adrs,related decision,related decisions,\
                related records,related documents,related links,depends on,dependency,dependencies,depended on by,\
                required by,requires,clarifies,clarified by,refines,refined by,extends,extended by,builds on,built on by,\
                see also,links,link,links to,linked,linked adrs,linked decisions,follows,followed by,follow up,follow up to,\
                implements,implemented by,enables,enabled by,complements,complemented by,parent,parent adr,references,\
                reference,more information,further information,further reading,related information,relations,\
                relationships,related architecture decisions,adr references,derived from,based on,関連,関連adr,関連する,関連するadr,\
                関連決定,関連する決定,関連文書,関連ドキュメント,関連資料,関連情報,関連リンク,関連項目,関連記録,関係,関係するadr,参照,参照adr,\
                参考,参考adr,参考資料,参考情報,参考リンク,参考文献,前提,前提adr,前提となるadr,依存,依存adr,依存先,依存するadr,親adr,子adr,派生元,\
                派生元adr,派生,先行adr,後続adr,兄弟adr,姉妹adr,統治adr,上位adr,下位adr,リンク,備考,詳細情報,追加情報,補足情報,拡張,明確化,関連決定記録
                """
            ),
        ]
        var labels: [String: Relation] = [:]
        for (relation, list) in lists {
            for word in list.split(separator: ",") { labels[String(word)] = relation }
        }
        return labels
    }()

    // MARK: Verbs

    /// A verb in a text and what it does.
    struct Verb {
        var range: Range<Int>
        var relation: Relation
    }

    private static let active: [([Unicode.Scalar], Relation)] = verbs([
        ("supersedes", .supersedes), ("supersede", .supersedes), ("supercedes", .supersedes), ("supercede", .supersedes),
        ("superseeds", .supersedes), ("replaces", .supersedes), ("replace", .supersedes), ("obsoletes", .supersedes),
        ("overrides", .supersedes), ("amends", .amends), ("amend", .amends), ("revises", .amends),
        ("modifies", .amends), ("updates", .amends), ("relates to", .relates), ("related to", .relates),
        ("depends on", .relates), ("clarifies", .relates), ("refines", .relates), ("extends", .relates),
        ("builds on", .relates), ("complements", .relates), ("refined by", .relates), ("clarified by", .relates),
        ("extended by", .relates),
    ])

    /// These want a `by`, close behind.
    private static let passive: [([Unicode.Scalar], Relation)] = verbs([
        ("superseded", .supersededBy), ("superceded", .supersededBy), ("superseeded", .supersededBy),
        ("replaced", .supersededBy), ("obsoleted", .supersededBy), ("overridden", .supersededBy),
        ("succeeded", .supersededBy), ("amended", .amendedBy), ("revised", .amendedBy), ("modified", .amendedBy),
        ("updated", .amendedBy),
    ])

    private static func verbs(_ list: [(String, Relation)]) -> [([Unicode.Scalar], Relation)] {
        list.map { (Array($0.0.unicodeScalars), $0.1) }
    }

    /// The English verbs of a range, in their order; a passive one includes its `by`.
    static func verbs(in text: [Unicode.Scalar], _ range: Range<Int>) -> [Verb] {
        var found: [Verb] = []
        var index = range.lowerBound
        while index < range.upperBound {
            // `0011-deny-overrides-x` is a name, not a verb.
            guard text[index].isASCIILetter, index == 0 || !(text[index - 1].isASCIIWord || text[index - 1] == "-") else {
                index += 1
                continue
            }
            if let verb = verb(in: text, at: index, limit: range.upperBound) {
                found.append(verb)
                index = verb.range.upperBound
            } else {
                while index < range.upperBound, text[index].isASCIIWord { index += 1 }
            }
        }
        return found
    }

    private static func verb(in text: [Unicode.Scalar], at index: Int, limit: Int) -> Verb? {
        switch text[index] {
        case "s", "r", "o", "a", "m", "u", "d", "c", "e", "b": break
        default: return nil
        }
        for (word, relation) in passive {
            guard let end = matchEnd(word, text, index, limit), let by = byEnd(text, from: end, limit: limit) else { continue }
            return Verb(range: index..<by, relation: relation)
        }
        for (word, relation) in active {
            if let end = matchEnd(word, text, index, limit) { return Verb(range: index..<end, relation: relation) }
        }
        return nil
    }

    private static func matchEnd(_ word: [Unicode.Scalar], _ text: [Unicode.Scalar], _ index: Int, _ limit: Int) -> Int? {
        let end = index + word.count
        guard end <= limit else { return nil }
        for (offset, scalar) in word.enumerated() where text[index + offset] != scalar { return nil }
        if end + 1 < limit, text[end] == "-", text[end + 1].isASCIIWord { return nil }
        return end == limit || !text[end].isASCIIWord ? end : nil
    }

    /// `by` after `in part`, an adverb or a remark in parentheses.
    private static func byEnd(_ text: [Unicode.Scalar], from start: Int, limit: Int) -> Int? {
        var index = start
        var words = 0
        while index < limit, index - start < 80, words < 4 {
            if text[index] == "(" {
                while index < limit, index - start < 80, text[index] != ")" { index += 1 }
                index += 1
                continue
            }
            if text[index].isASCIILetter {
                let word = index
                while index < limit, text[index].isASCIIWord { index += 1 }
                if index - word == 2, text[word] == "b", text[word + 1] == "y" { return index }
                words += 1
                continue
            }
            if ".;:,".unicodeScalars.contains(text[index]) { return nil }
            index += 1
        }
        return nil
    }

    /// Whether a text may hold a verb of superseding or amending at all: a test that is cheap for most paragraphs.
    static func mayOccur(in text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { bytes in
            let stems = RelationWords.stems
            for index in 0..<max(0, bytes.count - 1) where mayBegin(bytes[index], bytes[index + 1]) {
                if stems.contains(where: { holds(bytes, $0, at: index) }) { return true }
            }
            return false
        }
    }

    /// Whether two bytes are those that some stem begins with.
    @inline(__always)
    private static func mayBegin(_ first: UInt8, _ second: UInt8) -> Bool {
        switch first {
        case 0x61, 0x41, 0x6F, 0x4F, 0x72, 0x52, 0x73, 0x53:
            switch (first | 0x20, second | 0x20) {
            case (0x61, 0x6D), (0x6F, 0x62), (0x6F, 0x76), (0x72, 0x65), (0x73, 0x75): true
            default: false
            }
        case 0xE4: second == 0xB8 || second == 0xBF
        case 0xE5: second == 0xB7 || second == 0xA4
        case 0xE6: second == 0x94 || second == 0x9B
        case 0xE7: second == 0xBD
        default: false
        }
    }

    private static func holds(_ bytes: UnsafeBufferPointer<UInt8>, _ stem: [UInt8], at index: Int) -> Bool {
        guard index + stem.count <= bytes.count else { return false }
        for offset in 0..<stem.count {
            let byte = bytes[index + offset]
            if (byte < 0x80 ? byte | 0x20 : byte) != stem[offset] { return false }
        }
        return true
    }

    /// Whose first two bytes ``mayBegin(_:_:)`` knows.
    private static let stems: [[UInt8]] = [
        "supersed", "superced", "superseed", "replace", "amend", "obsolet", "overrid", "revise", "置換", "置き換", "上書き", "差し替",
        "改訂", "改定", "更新する", "修正する", "変更する",
    ].map { Array($0.utf8) }
}
