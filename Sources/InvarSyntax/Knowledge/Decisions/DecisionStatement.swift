import InvarCore

/// One thing that a record's header, list or table says: a label and its value, or a line without label.
struct DecisionStatement: Sendable {
    /// Comparable, "" without label.
    var label: String
    var source: InlineSource
    /// The scalars of the source after the label.
    var value: Range<Int>
    var line: Int
    /// The whole row or item it stands in, to find a date beside a status.
    var context: String
    /// For an item of a task list, whether it is ticked.
    var isTicked: Bool?
    var listDepth: Int
    /// The index of its block.
    var block: Int

    /// The words as a reader sees them.
    var text: String { source.text(value) }

    /// The first source line of the value.
    var firstLine: String {
        var start = value.lowerBound
        while start < value.upperBound, source.scalars[start].isBlank { start += 1 }
        let end = source.scalars[start..<value.upperBound].firstIndex(of: "\n") ?? value.upperBound
        return source.text(start..<end)
    }

    /// The value with the names of other records left out, so that a title's own words are not taken for a status.
    var withoutReferences: String {
        var out = String.UnicodeScalarView()
        spoken { scalar, _ in out.append(scalar) }
        return String(out)
    }

    /// Hands out the scalars of ``withoutReferences``, each with those of the source that it stands for.
    func spoken(_ body: (Unicode.Scalar, Range<Int>) -> Void) {
        var index = value.lowerBound
        let skipped = source.anchors.filter { RecordName.isRecordLike($0, in: source) }.map(\.range)
        var next = skipped.startIndex
        func skip(to end: Int) {
            for scalar in " x9 ".unicodeScalars { body(scalar, index..<end) }
            index = end
        }
        while index < value.upperBound {
            while next < skipped.endIndex, skipped[next].lowerBound < index { next += 1 }
            if next < skipped.endIndex, skipped[next].lowerBound == index, !skipped[next].isEmpty {
                skip(to: skipped[next].upperBound)
                continue
            }
            if source.folded[index].isASCIIWord, index == value.lowerBound || !source.folded[index - 1].isASCIIWord,
                let end = RecordName.fileNameEnd(source, at: index, limit: value.upperBound)
            {
                skip(to: end)
                continue
            }
            body(source.scalars[index], index..<(index + 1))
            index += 1
        }
    }
}

/// The words that stand before a colon, a cell or a section, made comparable.
enum FieldLabel {
    /// `1. Status`, `**Status:**`, `ステータス（Status）`, `関連 ADR` → `status`, `status`, `ステータス`, `関連adr`.
    static func comparable(_ text: String) -> String {
        var folded = Folding.searchable(text)
        if let plain = folded.withUTF8({ comparable(ascii: $0) }) { return plain }
        var scalars = Array(folded.unicodeScalars)
        if let open = scalars.firstIndex(where: { $0 == "(" || $0 == "[" }), open > 0 { scalars.removeSubrange(open...) }
        while let first = scalars.first, !first.properties.isAlphabetic { scalars.removeFirst() }
        while let last = scalars.last, !last.properties.isAlphabetic { scalars.removeLast() }
        var out = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let isSpace = scalar == " " || scalar == "_" || scalar == "-" || scalar == "\u{3000}"
            if isSpace {
                let touchesCJK = scalars[index - 1].isCJK || scalars[index + 1].isCJK
                if !touchesCJK, out.last != " " { out.append(" ") }
            } else {
                out.append(scalar)
            }
        }
        return String(out)
    }

    /// The same of folded text; nil when it is not all ASCII.
    private static func comparable(ascii text: UnsafeBufferPointer<UInt8>) -> String? {
        var end = text.count
        for index in 0..<text.count {
            if text[index] >= 0x80 { return nil }
            if index > 0, index < end, text[index] == 0x28 || text[index] == 0x5B { end = index }
        }
        var start = 0
        while start < end, !IdentifierScanner.isLower(text[start]) { start += 1 }
        while end > start, !IdentifierScanner.isLower(text[end - 1]) { end -= 1 }
        return String(unsafeUninitializedCapacity: end - start) { out in
            var count = 0
            for byte in text[start..<end] {
                let isSpace = byte == 0x20 || byte == 0x5F || byte == 0x2D
                if isSpace, count > 0, out[count - 1] == 0x20 { continue }
                out[count] = isSpace ? 0x20 : byte
                count += 1
            }
            return count
        }
    }

    /// Whether the label, or one side of `Status / ステータス`, is among the names.
    static func matches(_ label: String, _ names: Set<String>) -> Bool {
        if names.contains(label) { return true }
        guard label.utf8.contains(0x2F) else { return false }
        return label.split(separator: "/").contains { names.contains(comparable(String($0))) }
    }

    static let status: Set<String> = [
        "status", "adr status", "decision status", "current status", "document status", "record status", "state",
        "approval status", "lifecycle", "life cycle", "status of this adr", "ステータス", "ステイタス", "状態", "状況",
        "現在のステータス", "現在の状態", "adrステータス", "adrのステータス", "adrの状態", "決定状況", "決定ステータス", "承認状況", "承認状態",
        "承認ステータス", "採否", "状态",
    ]

    static let history: Set<String> = [
        "status history", "history of status", "status log", "status changes", "ステータス履歴", "ステータスの履歴", "状態履歴",
        "ステータス変更履歴", "状態の履歴", "ステータス遷移",
    ]

    /// Labels of dates, the most telling first: when it was decided, written, last touched.
    static let dates: [Set<String>] = [
        [
            "date", "decided", "decision date", "date decided", "date of decision", "decided on", "decided at",
            "adr date", "accepted", "accepted on", "approved on", "approval date", "date accepted", "date approved",
            "日付", "日時", "決定日", "決定日時", "決定", "承認日", "採用日", "採択日", "制定日", "決裁日", "合意日", "年月日", "日期",
        ],
        [
            "created", "created on", "created at", "creation date", "date created", "started", "proposed on", "published",
            "date proposed", "proposal date", "proposed", "written", "authored", "issued", "作成日", "作成日時", "作成", "起票日",
            "起案日", "提案日", "記載日", "記録日", "登録日", "初版", "発行日", "公開日",
        ],
    ]

    static let updates: Set<String> = [
        "updated", "last updated", "last update", "update", "updated on", "updated at", "last modified", "modified",
        "last reviewed", "date updated", "revised", "last revised", "更新日", "更新日時", "最終更新", "最終更新日", "改訂日", "改定日", "変更日",
        "最終改訂日", "修正日",
    ]

    /// Sections that hold what others write above the first section.
    static let metadata: Set<String> = [
        "metadata", "meta", "meta data", "meta information", "info", "information", "document information", "details",
        "header", "adr information", "adr metadata", "record", "メタ", "メタ情報", "メタデータ", "基本情報", "文書情報", "情報", "属性",
        "ヘッダ", "ヘッダー", "adr情報", "概要", "管理情報", "書誌情報",
    ]

    static func isStatus(_ label: String) -> Bool { matches(label, status) }

    static func isDate(_ label: String) -> Bool {
        dates.contains { matches(label, $0) } || matches(label, updates)
    }

    static func isKnown(_ label: String) -> Bool {
        !label.isEmpty && (isStatus(label) || isDate(label) || RelationWords.label(label) != nil)
    }
}
