package import InvarCore

/// Bytes of a knowledge file → ``Document``. The one place that knows which reader a folder's files need.
package struct KnowledgeReader: Sendable {
    private let vocabulary: StatusVocabulary

    package init(vocabulary: StatusVocabulary) {
        self.vocabulary = vocabulary
    }

    /// Larger files are not documents that people wrote; they are reported instead of read.
    package static let maximumBytes = 1 << 20

    /// Whether the reader reads every byte of a file as it stands, so that an editor can tell where what was read stands.
    package static func isEditable(_ bytes: [UInt8]) -> Bool {
        bytes.count <= maximumBytes && !bytes.contains(0) && UTF8Check.firstInvalid(bytes) == nil && MarkdownLimits.lineTooLong(bytes) == nil
            && MarkdownLimits.lineBeyond(bytes) == nil
    }

    /// Whether a text is one that people write: no line beyond all measure, nothing nested too deep to be parsed in time.
    package static func isReasonable(_ bytes: [UInt8]) -> Bool {
        MarkdownLimits.lineTooLong(bytes) == nil && MarkdownLimits.lineBeyond(bytes) == nil
    }

    /// Reads one file, whatever it holds: what cannot be read becomes a finding on the document.
    package func read(_ bytes: [UInt8], path: String, role: Document.Role) -> Document {
        if bytes.count > KnowledgeReader.maximumBytes {
            return unreadable(
                path, role, Wording(en: "larger than \(KnowledgeReader.maximumBytes >> 20) MiB", ja: "\(KnowledgeReader.maximumBytes >> 20) MiB を超えるため読みません"),
                line: 1,
                hint: Wording(en: "split it, or keep it out with exclude: in invar.yml", ja: "分割するか、invar.yml の exclude: で対象から外してください"))
        }
        if let nul = bytes.withUnsafeBufferPointer({ $0.firstIndex(of: 0) }) {
            return unreadable(
                path, role, Wording(en: "holds a NUL byte: not text", ja: "NUL バイトを含むため、テキストとして読めません"), line: LineTable(bytes).line(at: nul),
                hint: Wording(en: "remove the byte, or keep the file out with exclude: in invar.yml", ja: "そのバイトを取り除くか、invar.yml の exclude: で対象から外してください"))
        }
        var findings: [Finding] = []
        var text = bytes
        if let invalid = UTF8Check.firstInvalid(bytes) {
            findings.append(
                Finding(
                    rule: "file/unreadable", severity: .error,
                    message: Wording(en: "is not valid UTF-8; the bad bytes are read as �", ja: "UTF-8 として正しくありません（不正なバイトは � として読みます）"),
                    place: Place(path: path, position: LineTable(bytes).position(at: invalid, in: bytes)),
                    hint: Wording(en: "save it as UTF-8, or name its encoding: in invar.yml", ja: "UTF-8 で保存し直すか、invar.yml の encoding: に文字コードを書いてください")))
            text = Array(String(decoding: bytes, as: UTF8.self).utf8)
        }
        if let line = MarkdownLimits.lineTooLong(text) {
            findings.append(
                Finding(
                    rule: "file/unreadable", severity: .warning,
                    message: Wording(
                        en: "a line is longer than \(MarkdownLimits.maximumLine) bytes, its end is not read",
                        ja: "1 行が \(MarkdownLimits.maximumLine) バイトを超えるため、行末まで読めません"),
                    place: Place(path: path, position: Position(line: line)),
                    hint: Wording(en: "keep pictures in files of their own, or break the line", ja: "画像は別ファイルにするか、改行を入れてください")))
            MarkdownLimits.blankLongLines(&text)
        }
        if let line = MarkdownLimits.lineBeyond(text) {
            return unreadable(
                path, role, Wording(en: "nested too deep to read", ja: "入れ子が深すぎて読めません"), line: line,
                hint: Wording(
                    en: "no line may nest more than \(MarkdownLimits.maximumNesting) quotes, lists or brackets",
                    ja: "引用・リスト・括弧の入れ子は 1 行 \(MarkdownLimits.maximumNesting) 段までにしてください")
            )
        }
        return read(MarkdownFile(path: path, bytes: text), role: role, findings: findings)
    }

    private func read(_ file: MarkdownFile, role: Document.Role, findings: [Finding]) -> Document {
        var document = Document(path: file.path, role: role, language: .english, title: RelativePath.stem(file.path))
        document.findings = findings
        let blocks = file.markdown.blocks
        if let heading = file.markdown.headings.first(where: { blocks[$0].headingLevel == 1 }) { document.title = blocks[heading].text }
        if let problem = file.frontMatter.problem {
            document.findings.append(
                Finding(
                    rule: "yaml/unreadable", severity: .warning,
                    message: Wording(en: "front matter: \(problem.message)", ja: "フロントマターを読めません: \(problem.message)"),
                    place: Place(path: file.path, position: Position(line: problem.line))))
        }
        let (entries, found) = entries(of: file, role)
        document.entries = entries
        document.findings += found
        finish(&document, file)
        return document
    }

    private func entries(of file: MarkdownFile, _ role: Document.Role) -> (entries: [Entry], findings: [Finding]) {
        switch role {
        case .invariants: return InvariantReader.read(file)
        case .notes: return NoteReader.read(file)
        case .decisions:
            var (entries, findings) = DecisionReader.read(file, vocabulary: vocabulary)
            for index in entries.indices {
                guard case .decision(var decision) = entries[index].content else { continue }
                let lines = entries[index].firstLine...max(entries[index].firstLine, entries[index].endLine)
                let (exceptions, found) = ExceptionReader.read(file, lines: lines)
                decision.exceptions = exceptions
                findings += found
                entries[index].content = .decision(decision)
            }
            return (entries, findings)
        }
    }

    /// Links, search text and language, which are read the same way in every document.
    private func finish(_ document: inout Document, _ file: MarkdownFile) {
        let mentions = DocumentLinks(file)
        var covered: [ClosedRange<Int>] = []
        for index in document.entries.indices {
            let first = document.entries[index].firstLine
            let lines = first...max(first, document.entries[index].endLine)
            covered.append(lines)
            document.entries[index].links = mentions.links(of: document.entries[index], lines: lines)
            let span = document.entries[index].span
            document.entries[index].searchText = file.bytes.withUnsafeBufferPointer { Folding.searchable(utf8: UnsafeBufferPointer(rebasing: $0[span])) }
        }
        let loose = looseLines(file, besides: covered)
        if !loose.isEmpty {
            document.links = mentions.links(lines: loose)
            document.looseText = looseText(file, loose)
        }
        document.language = file.bytes.withUnsafeBufferPointer { bytes in
            Language.of(utf8: UnsafeBufferPointer(rebasing: bytes[file.frontMatter.bodyStart...].prefix(30_000)))
        }
    }

    /// The stretches of lines that belong to no entry.
    private func looseLines(_ file: MarkdownFile, besides covered: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        let last = max(1, file.lines.count)
        var loose: [ClosedRange<Int>] = []
        var next = 1
        for lines in covered.sorted(by: { $0.lowerBound < $1.lowerBound }) where next <= last {
            if lines.lowerBound > next { loose.append(next...min(last, lines.lowerBound - 1)) }
            next = max(next, lines.upperBound + 1)
        }
        if next <= last { loose.append(next...last) }
        return loose
    }

    /// The lines that belong to no entry, with an empty line for each of the others so that line numbers stay.
    private func looseText(_ file: MarkdownFile, _ loose: [ClosedRange<Int>]) -> String {
        var bytes: [UInt8] = []
        var isBlank = true
        var next = 1
        for lines in loose {
            bytes.append(contentsOf: repeatElement(0x0A, count: lines.lowerBound - next))
            let text = file.bytes[file.lines.range(ofLine: lines.lowerBound).lowerBound..<file.lines.range(ofLine: lines.upperBound).upperBound]
            bytes += text
            isBlank = isBlank && text.allSatisfy { $0 <= 0x20 }
            next = lines.upperBound + 1
        }
        bytes.append(contentsOf: repeatElement(0x0A, count: max(0, max(1, file.lines.count) + 1 - next)))
        return isBlank ? "" : bytes.withUnsafeBufferPointer { Folding.searchable(utf8: $0) }
    }

    private func unreadable(_ path: String, _ role: Document.Role, _ message: Wording, line: Int, hint: Wording) -> Document {
        var document = Document(path: path, role: role, language: .english, title: RelativePath.stem(path))
        document.findings = [
            Finding(rule: "file/unreadable", severity: .error, message: message, place: Place(path: path, position: Position(line: line)), hint: hint)
        ]
        return document
    }
}

/// Where a byte sequence stops being UTF-8.
enum UTF8Check {
    static func firstInvalid(_ bytes: [UInt8]) -> Int? {
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return min(offset, bytes.count - 1)
            }
        }
    }
}

/// Guards in front of the Markdown parser, whose time grows with the square of absurd nesting.
enum MarkdownLimits {
    static let maximumNesting = 500

    /// No line that a person wrote comes near it; inline parsing takes more than linear time in its length.
    static let maximumLine = 1 << 16

    /// The first line over the limit.
    static func lineTooLong(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            var line = 1
            var start = 0
            for offset in 0..<bytes.count where bytes[offset] == 0x0A || bytes[offset] == 0x0D {
                if offset - start > maximumLine { return line }
                if bytes[offset] == 0x0A { line += 1 }
                start = offset + 1
            }
            return bytes.count - start > maximumLine ? line : nil
        }
    }

    /// Puts spaces over what stands beyond the limit of a line, so that every other byte keeps its place.
    static func blankLongLines(_ bytes: inout [UInt8]) {
        var start = 0
        var isBlanking = false
        for offset in bytes.indices {
            if bytes[offset] == 0x0A || bytes[offset] == 0x0D {
                start = offset + 1
                isBlanking = false
            } else if isBlanking {
                bytes[offset] = 0x20
            } else if offset - start >= maximumLine, bytes[offset] & 0xC0 != 0x80 {
                // A scalar that began within the limit stays whole.
                isBlanking = true
                bytes[offset] = 0x20
            }
        }
    }

    /// The first line whose quotes, list markers or open brackets exceed the limit.
    static func lineBeyond(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            var line = 1
            var containers = 0
            var brackets = 0
            var inContainers = true
            for byte in bytes {
                if byte > 0x5D || (byte > 0x3E && byte < 0x5B) {
                    // Letters, nearly all there is: they only end the markers.
                    inContainers = false
                    continue
                }
                switch byte {
                case 0x0A, 0x0D:
                    if byte == 0x0A { line += 1 }
                    containers = 0
                    brackets = 0
                    inContainers = true
                case 0x3E, 0x2D, 0x2A, 0x2B: if inContainers { containers += 1 }
                case 0x20, 0x09: break
                default: inContainers = false
                }
                if byte == 0x5B { brackets += 1 } else if byte == 0x5D { brackets = max(0, brackets - 1) }
                if brackets > maximumNesting || (containers > maximumNesting && !isRule(byte)) { return line }
            }
            return nil
        }
    }

    /// A long line of `-` or `*` is a thematic break or a heading underline, not nesting.
    private static func isRule(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x2A }
}
