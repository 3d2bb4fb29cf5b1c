import InvarCore

/// A record as adr-tools sees it: bytes in lines, the first of which is the title, with a section `## Status`.
///
/// Lines end at line feeds; a carriage return before one belongs to the break, so that CRLF files are edited, too.
struct ADRToolsRecord: Sendable {
    private(set) var bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A line without its break, and where the next one begins.
    private struct Line {
        var text: Range<Int>
        var end: Int
    }

    private var lines: [Line] {
        var lines: [Line] = []
        var start = 0
        while start < bytes.count {
            let feed = bytes[start...].firstIndex(of: 0x0A)
            var end = feed ?? bytes.count
            if feed != nil, end > start, bytes[end - 1] == 0x0D { end -= 1 }
            lines.append(Line(text: start..<end, end: feed.map { $0 + 1 } ?? bytes.count))
            start = feed.map { $0 + 1 } ?? bytes.count
        }
        return lines
    }

    // MARK: Reading

    /// The first line from its third character on, `7. Use queues` of `# 7. Use queues`; a byte order mark is not part of it.
    var title: [UInt8] {
        var line = bytes[..<(bytes.firstIndex(of: 0x0A) ?? bytes.count)]
        if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
        if line.last == 0x0D { line = line.dropLast() }
        for _ in 0..<2 where !line.isEmpty {
            line = line.dropFirst()
            while let next = line.first, next & 0xC0 == 0x80 { line = line.dropFirst() }
        }
        return Array(line)
    }

    /// A link in the status section.
    struct Link: Hashable, Sendable {
        /// Of the record it leads to, without leading zeros.
        var number: [UInt8]
        /// What stands before the link, and behind its last parenthesis.
        var label: [UInt8]
    }

    /// The links below `## Status`, except those whose label ends in ` by`: the other record states them the other way round.
    var links: [Link] {
        var links: [Link] = []
        var isStatus = false
        for line in lines {
            let text = bytes[line.text]
            let isHeading = text.first == 0x23
            if text.starts(with: "## Status".utf8) {
                isStatus = true
            } else if isHeading {
                isStatus = false
            } else if isStatus, let link = ADRToolsRecord.link(text), !link.label.reversed().starts(with: " by".utf8.reversed()) {
                links.append(link)
            }
        }
        return links
    }

    /// `Amends [3. Use queues](0003-use-queues.md)`: of several readings the one that ends last, with the longest label.
    private static func link(_ line: ArraySlice<UInt8>) -> Link? {
        guard let close = line.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        var index = close - 1
        while index > line.startIndex + 3 {
            index -= 1
            guard line[index] == UInt8(ascii: "]"), line[index + 1] == UInt8(ascii: "(") else { continue }
            let number = line[(index + 2)..<close].drop { $0 == UInt8(ascii: "0") }.prefix { isDigit($0) }
            guard !number.isEmpty else { continue }
            guard let open = lastOpening(line[..<index]) else { return nil }
            return Link(number: Array(number), label: Array(line[..<open] + line[(close + 1)...]))
        }
        return nil
    }

    /// Where the last ` [` begins that has something before it.
    private static func lastOpening(_ line: ArraySlice<UInt8>) -> Int? {
        var index = line.endIndex - 2
        while index > line.startIndex {
            if line[index] == 0x20, line[index + 1] == UInt8(ascii: "[") { return index }
            index -= 1
        }
        return nil
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    // MARK: Editing

    /// Puts a line at the end of the status section, a blank line after it. A status section that no heading follows gets
    /// it at the end of the file.
    ///
    /// - Returns: false, with no byte changed, when there is no line `## Status`.
    mutating func add(_ link: [UInt8]) -> Bool {
        var out: [UInt8] = []
        var isStatus = false
        var isAdded = false
        var lastBreak: [UInt8] = [0x0A]
        var isBlank = false
        for line in lines {
            let text = bytes[line.text]
            lastBreak = line.text.upperBound < line.end ? Array(bytes[line.text.upperBound..<line.end]) : lastBreak
            if text.starts(with: "##".utf8) {
                if isStatus {
                    out += link + lastBreak + lastBreak
                    isAdded = true
                }
                isStatus = text.elementsEqual("## Status".utf8)
            }
            isBlank = text.isEmpty
            out += text + (line.text.upperBound < line.end ? bytes[line.text.upperBound..<line.end] : lastBreak[...])
        }
        if isStatus {
            out += (isBlank ? [] : lastBreak) + link + lastBreak
            isAdded = true
        }
        if isAdded { bytes = out }
        return isAdded
    }

    /// Takes the lines that say only `status` out of the status section and leaves one empty line where several meet.
    mutating func remove(status: String) {
        var out: [UInt8] = []
        var isStatus = false
        var isAfterBlank = false
        for line in lines {
            let text = bytes[line.text]
            if text.starts(with: "##".utf8) { isStatus = text.elementsEqual("## Status".utf8) }
            if isStatus {
                if text.isEmpty {
                    if isAfterBlank { continue }
                    isAfterBlank = true
                } else {
                    if text.elementsEqual(status.utf8) { continue }
                    isAfterBlank = false
                }
            }
            out += bytes[line.text.lowerBound..<line.end]
        }
        bytes = out
    }

    /// `Date: 31/12/2016` becomes `Date: 2016-12-31`, at most one a line.
    mutating func upgradeDates() {
        let label = Array("Date: ".utf8)
        for line in lines {
            var start = line.text.lowerBound
            while let found = ByteSearch.firstIndex(of: label, in: bytes, from: start), found + label.count + 10 <= line.text.upperBound {
                let date = Array(bytes[(found + label.count)..<(found + label.count + 10)])
                let isOld = date.indices.allSatisfy { $0 == 2 || $0 == 5 ? date[$0] == UInt8(ascii: "/") : ADRToolsRecord.isDigit(date[$0]) }
                if isOld {
                    let new = date[6...] + [UInt8(ascii: "-")] + date[3...4] + [UInt8(ascii: "-")] + date[0...1]
                    bytes.replaceSubrange((found + label.count)..<(found + label.count + 10), with: new)
                    break
                }
                start = found + 1
            }
        }
    }

}
