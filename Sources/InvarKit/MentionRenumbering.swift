import InvarCore
import InvarSyntax

/// Finds what names a record in one file, and rewrites what certainly means it.
struct MentionRenumbering {
    private let rename: RecordRename
    let path: String
    private let bytes: [UInt8]
    private let lines: LineTable
    private(set) var splices: [Splice] = []
    private(set) var changes: [RenumberReport.Change] = []
    private(set) var left: [RenumberReport.Left] = []
    /// Which bytes are settled, one way or the other.
    private var settled: [Bool]
    /// No name of a file, no text of a link is longer: what stands farther away is not looked at.
    private static let farthest = 1_000

    init(_ rename: RecordRename, path: String, bytes: [UInt8]) {
        self.rename = rename
        self.path = path
        self.bytes = bytes
        lines = LineTable(bytes)
        settled = [Bool](repeating: false, count: bytes.count)
    }

    var original: [UInt8] { bytes }
    var edited: [UInt8] { bytes.splicing(splices) }

    private var isOwn: Bool { path == rename.oldPath }

    // MARK: Markdown

    /// - Parameter links: those that the reader of a knowledge file found; bare numbers are records only there.
    mutating func readMarkdown(links: [Link], decision: Decision?) {
        let file = MarkdownFile(path: path, bytes: bytes)
        if let decision { readOwn(decision, file) }
        readPaths(isMarkdown: true)
        let code = Set(file.markdown.blocks.filter { $0.kind == .code }.flatMap { Array($0.line...max($0.line, $0.endLine)) })
        readAllowances(isMarkdown: true)
        for mention in MentionScanner.mentions(in: file, lines: lines.count > 0 ? [1...lines.count] : []) where mention.key == rename.key {
            let offset = lines.offset(of: mention.position, in: bytes)
            guard let digits = number(at: offset, named: true) else {
                leave(offset..<min(bytes.count, offset + 3), mention.target, Wording(en: "written in wide characters", ja: "全角で書かれています"))
                continue
            }
            let isCode = code.contains(mention.position.line)
            change(digits, shown: offset, isCertain: isOwn && !isCode, isCode: isCode)
        }
        if !links.isEmpty { readFields(file.frontMatter.yaml) }
        for link in links where link.key == rename.key {
            guard let digits = bareNumber(from: lines.offset(of: link.position, in: bytes)) else { continue }
            change(digits, shown: digits.lowerBound, isCertain: false, isCode: false)
        }
    }

    /// The record's own heading and the fields that carry its number.
    private mutating func readOwn(_ decision: Decision, _ file: MarkdownFile) {
        let heading = lines.range(ofLine: decision.position.line)
        if let digits = firstNumber(in: heading) { change(digits, shown: digits.lowerBound, isCertain: true, isCode: false) }
        for (key, value) in file.frontMatter.yaml?.members ?? [] where ["number", "id", "adr", "title"].contains(key.text?.lowercased() ?? "") {
            guard value.text != nil else { continue }
            let start = lines.offset(of: value.position, in: bytes)
            let end = lines.range(ofLine: value.position.line).upperBound
            guard start < end, let digits = firstNumber(in: start..<end) else { continue }
            // `title: 7 reasons` is a title; `title: ADR-0007: …` and `title: 0007. …` carry the number.
            if key.text?.lowercased() == "title", !isNumbered(digits) { continue }
            change(digits, shown: digits.lowerBound, isCertain: true, isCode: false)
        }
    }

    /// Fields of front matter that name records by bare numbers, as `supersedes: [3, 7]`: where two say the same, the reader
    /// has a link for the first alone.
    private mutating func readFields(_ yaml: YAML?) {
        let stems = ["supersede", "replace", "amend", "relat", "link", "decision", "depend", "extend", "refine", "obsolete"]
        for (key, value) in yaml?.members ?? [] {
            guard let name = key.text?.lowercased(), stems.contains(where: { name.contains($0) }) else { continue }
            for item in value.items {
                guard let text = item.text, EntryName.key(decision: text) == rename.key else { continue }
                let start = lines.offset(of: item.position, in: bytes)
                guard let digits = firstNumber(in: start..<min(bytes.count, start + text.utf8.count + 2)) else { continue }
                change(digits, shown: digits.lowerBound, isCertain: false, isCode: false)
            }
        }
    }

    private func isNumbered(_ digits: Range<Int>) -> Bool {
        let before = digits.lowerBound > 3 ? String(decoding: bytes[(digits.lowerBound - 4)..<digits.lowerBound], as: UTF8.self).uppercased() : ""
        let after = digits.upperBound < bytes.count ? bytes[digits.upperBound] : 0
        return before.hasPrefix("ADR") || after == 0x2E || after == 0x3A
    }

    // MARK: Other files

    /// Comments that name the decision are rewritten; whatever else looks like it is told.
    mutating func readCode() {
        readAllowances(isMarkdown: false)
        readPaths(isMarkdown: false)
        var offset = 0
        while let start = ByteSearch.firstIndex(of: Array("ADR".utf8), in: bytes, from: offset) {
            offset = start + 3
            guard start == 0 || !isWord(bytes[start - 1]), let digits = number(at: start, named: true), isKey(digits), !isSettled(digits) else { continue }
            leave(start..<digits.upperBound, nil, Wording(en: "no comment `invar:allow`", ja: "`invar:allow` コメントではありません"))
        }
    }

    private mutating func readAllowances(isMarkdown: Bool) {
        for allowance in AllowanceScanner.allowances(in: bytes, lines: lines, isMarkdown: isMarkdown)
        where EntryName.key(decision: allowance.decision) == rename.key {
            let line = lines.range(ofLine: allowance.line)
            let start = lines.offset(of: allowance.position, in: bytes)
            guard let found = ByteSearch.firstIndex(of: Array(allowance.decision.utf8), in: bytes, from: start), found < line.upperBound,
                let digits = number(at: found, named: true) ?? number(at: found, named: false)
            else { continue }
            change(digits, shown: found, isCertain: false, isCode: false)
        }
    }

    // MARK: Paths

    /// Every occurrence of the file's name that leads to it.
    private mutating func readPaths(isMarkdown: Bool) {
        guard !rename.oldName.isEmpty else { return }
        for (old, new) in [(rename.oldName, rename.newName), (MentionRenumbering.encoded(rename.oldName), MentionRenumbering.encoded(rename.newName))] {
            let wanted = Array(old.utf8)
            var offset = 0
            while let start = ByteSearch.firstIndex(of: wanted, in: bytes, from: offset) {
                offset = start + wanted.count
                let range = start..<offset
                guard start == 0 || !isWord(bytes[start - 1]) && bytes[start - 1] != 0x2D, !isSettled(range), let kind = kind(of: range) else { continue }
                guard isMarkdown else {
                    leave(range, nil, Wording(en: "a path in a file that is no Markdown", ja: "Markdown 以外のファイルにあるパスです"))
                    continue
                }
                switch kind {
                case .leadsHere:
                    renameText(range, new)
                    readLinkText(before: range)
                case .leadsElsewhere: settle(around: range)
                case .unclear(let why): leave(range, nil, why)
                }
            }
        }
    }

    private enum Path {
        case leadsHere, leadsElsewhere
        case unclear(Wording)
    }

    /// nil when it is only the beginning of a longer name.
    private func kind(of range: Range<Int>) -> Path? {
        var end = range.upperBound
        while end < bytes.count, isPath(bytes[end]), end - range.upperBound < MentionRenumbering.farthest { end += 1 }
        while end > range.upperBound, bytes[end - 1] == 0x2E { end -= 1 }
        let rest = String(decoding: bytes[range.upperBound..<end], as: UTF8.self)
        guard rest.isEmpty || rest.hasPrefix(".") || rest.hasPrefix("/") || rest.hasPrefix("#") else { return nil }
        var start = range.lowerBound
        let first = max(0, start - MentionRenumbering.farthest)
        while start > first, isPath(bytes[start - 1]) || bytes[start - 1] >= 0x80 || bytes[start - 1] == 0x3A { start -= 1 }
        let whole = String(decoding: bytes[start..<end], as: UTF8.self)
        if whole.contains("://") { return .unclear(Wording(en: "part of a URL", ja: "URL の一部です")) }
        var plain = range.lowerBound
        while plain > first, isPath(bytes[plain - 1]) { plain -= 1 }
        let ascii = String(decoding: bytes[plain..<end], as: UTF8.self)
        let bare = rest.isEmpty || rest.hasPrefix("#")
        for text in whole == ascii ? [whole] : [whole, ascii] {
            for candidate in [RelativePath.resolve(text, from: path), text.contains("/") ? RelativePath.resolve(text, from: "x") : nil].compactMap({ $0 }) {
                if candidate == rename.oldPath || Workspace.isWithin(candidate, rename.source) { return .leadsHere }
                if bare, !rename.isFolder, candidate == rename.oldPath.prefix(stemEnd) { return .leadsHere }
            }
        }
        // Only the name, in a file elsewhere: certain while no other file has it.
        if !whole.contains("/"), !ascii.contains("/") {
            return rename.hasNamesake ? .unclear(Wording(en: "several files have this name", ja: "同名のファイルが複数あります")) : .leadsHere
        }
        return rest.isEmpty || rest.hasPrefix(".md") ? .leadsElsewhere : nil
    }

    /// Characters of the old path up to its ending.
    private var stemEnd: Int { rename.oldPath.count - (RelativePath.name(rename.oldPath).count - RelativePath.stem(rename.oldPath).count) }

    private mutating func renameText(_ range: Range<Int>, _ new: String) {
        let before = String(decoding: bytes[range], as: UTF8.self)
        splices.append(Splice(range, new))
        settle(range)
        changes.append(RenumberReport.Change(place: place(range.lowerBound), before: before, after: new))
    }

    /// `[7. Use X](0007-x.md)`: the text of a link to the record carries its number as surely as the destination.
    private mutating func readLinkText(before range: Range<Int>) {
        guard let (open, close) = linkText(before: range) else { return }
        var start = open + 1
        while start < close, [0x20, 0x2A, 0x5F, 0x60, 0x23].contains(bytes[start]) { start += 1 }
        guard let digits = number(at: start, named: true) ?? number(at: start, named: false), digits.upperBound <= close, isKey(digits) else { return }
        change(digits, shown: start, isCertain: true, isCode: false)
    }

    /// What stands around a path to another file with the number is that file's.
    private mutating func settle(around range: Range<Int>) {
        settle(range)
        if let (open, close) = linkText(before: range) { settle(open..<close) }
    }

    /// The brackets of an inline link whose destination holds a range, on one line.
    private func linkText(before range: Range<Int>) -> (open: Int, close: Int)? {
        let line = max(lines.range(ofLine: lines.line(at: range.lowerBound)).lowerBound, range.lowerBound - MentionRenumbering.farthest)
        var index = range.lowerBound
        while index > line, bytes[index - 1] != 0x28 { index -= 1 }
        guard index >= line + 2, bytes[index - 2] == 0x5D else { return nil }
        let close = index - 2
        var depth = 1
        index = close
        while index > line, depth > 0 {
            index -= 1
            if bytes[index] == 0x5D { depth += 1 } else if bytes[index] == 0x5B { depth -= 1 }
        }
        return depth == 0 ? (index, close) : nil
    }

    /// Whether a text stands in the brackets of a link to another record of the same number.
    private func leadsToTwin(from offset: Int) -> Bool {
        guard !rename.twins.isEmpty else { return false }
        let end = min(lines.range(ofLine: lines.line(at: offset)).upperBound, offset + MentionRenumbering.farthest)
        var index = offset
        while index + 1 < end, bytes[index] != 0x5B, !(bytes[index] == 0x5D && bytes[index + 1] == 0x28) { index += 1 }
        guard index + 1 < end, bytes[index] == 0x5D else { return false }
        let start = index + 2
        index = start
        while index < end, ![0x29, 0x20, 0x23].contains(bytes[index]) { index += 1 }
        let destination = String(decoding: bytes[start..<index], as: UTF8.self)
        return RelativePath.resolve(destination, from: path).map { rename.twins.contains($0) } ?? false
    }

    // MARK: Numbers

    /// Rewrites a number, or tells why not.
    private mutating func change(_ digits: Range<Int>, shown: Int, isCertain: Bool, isCode: Bool) {
        guard isKey(digits), !isSettled(digits) else { return }
        let text = String(decoding: bytes[shown..<digits.upperBound], as: UTF8.self)
        if isCode { return leave(shown..<digits.upperBound, text, Wording(en: "in a code block", ja: "コードブロックの中です")) }
        if !isCertain, leadsToTwin(from: digits.upperBound) { return settle(digits) }
        guard isCertain || rename.twins.isEmpty else {
            let files = ([rename.oldPath] + rename.twins).joined(separator: ", ")
            return leave(shown..<digits.upperBound, text, Wording(en: "means one of \(files)", ja: "\(files) のどれを指すか分かりません"))
        }
        let new = rename.respelled(String(decoding: bytes[digits], as: UTF8.self))
        splices.append(Splice(digits, new))
        settle(shown..<digits.upperBound)
        let lead = String(decoding: bytes[shown..<digits.lowerBound], as: UTF8.self)
        changes.append(RenumberReport.Change(place: place(shown), before: text, after: lead + new))
    }

    private mutating func leave(_ range: Range<Int>, _ text: String?, _ why: Wording) {
        guard !isSettled(range) else { return }
        settle(range)
        left.append(RenumberReport.Left(place: place(range.lowerBound), text: text ?? String(decoding: bytes[range], as: UTF8.self), why: why))
    }

    private func isKey(_ digits: Range<Int>) -> Bool {
        EntryName.key(decision: String(decoding: bytes[digits], as: UTF8.self)) == rename.key
    }

    private func isSettled(_ range: Range<Int>) -> Bool { settled[range].contains(true) }

    private mutating func settle(_ range: Range<Int>) {
        for index in range { settled[index] = true }
    }

    private func place(_ offset: Int) -> Place { Place(path: path, position: lines.position(at: offset, in: bytes)) }

    /// The number at an offset: the old one's spelling, or digits of the same value; `ADR-` before it when it is named.
    private func number(at offset: Int, named: Bool) -> Range<Int>? {
        var start = offset
        if named {
            guard start + 3 < bytes.count, bytes[start..<(start + 3)].elementsEqual("ADR".utf8) || bytes[start..<(start + 3)].elementsEqual("adr".utf8) else {
                return nil
            }
            start += 3
            let gap = start
            while start < bytes.count, start - gap < 3, [0x20, 0x23, 0x2D, 0x5F].contains(bytes[start]) { start += 1 }
        }
        let whole = Array(rename.oldNumber.utf8)
        if bytes[start...].starts(with: whole), start + whole.count == bytes.count || !isWord(bytes[start + whole.count]) {
            return start..<(start + whole.count)
        }
        var end = start
        while end < bytes.count, (0x30...0x39).contains(bytes[end]), end - start < 12 { end += 1 }
        guard end > start, end == bytes.count || !isWord(bytes[end]) else { return nil }
        return start..<end
    }

    /// The first number of the old value in a range.
    private func firstNumber(in range: Range<Int>) -> Range<Int>? {
        var index = range.lowerBound
        while index < range.upperBound {
            let startsWord = index == 0 || !isWord(bytes[index - 1])
            if startsWord, let digits = number(at: index, named: false), digits.upperBound <= range.upperBound, isKey(digits) { return digits }
            index += 1
        }
        return nil
    }

    /// From the place of a link to the end of its line.
    private func bareNumber(from offset: Int) -> Range<Int>? {
        let end = min(lines.range(ofLine: lines.line(at: min(offset, max(0, bytes.count - 1)))).upperBound, offset + MentionRenumbering.farthest)
        return offset < end ? firstNumber(in: offset..<end) : nil
    }

    private func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }

    private func isPath(_ byte: UInt8) -> Bool {
        isWord(byte) || [0x2D, 0x2E, 0x2F, 0x25, 0x7E, 0x2B, 0x40, 0x23].contains(byte)
    }

    /// As URLs write it.
    private static func encoded(_ text: String) -> String { ReportText.uri(text) }
}
