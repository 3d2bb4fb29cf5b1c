import InvarCore

/// Bytes of HCL → blocks and attributes. Not recursive; what it does not understand it steps over.
struct TerraformReader {
    private let artifact: Artifact
    private let bytes: [UInt8]
    private var index = 0
    private var open: [TerraformFile.Block] = []
    private var finished: [TerraformFile.Block] = []
    private static let maximumDepth = 100

    init(_ artifact: Artifact) {
        self.artifact = artifact
        bytes = artifact.bytes
    }

    mutating func read() -> [TerraformFile.Block] {
        while index < bytes.count {
            skipBlanks()
            guard index < bytes.count else { break }
            switch bytes[index] {
            case 0x7D:
                close()
                index += 1
            case let byte where isName(byte): readStatement()
            default: index += 1
            }
        }
        while !open.isEmpty { close() }
        return finished
    }

    private mutating func close() {
        guard var block = open.popLast() else { return }
        block.lines = block.lines.lowerBound...max(block.lines.lowerBound, artifact.lines.line(at: min(index, max(0, bytes.count - 1))))
        if open.isEmpty { finished.append(block) } else { open[open.count - 1].blocks.append(block) }
    }

    /// `name = expression`, or `name "label" … {`.
    private mutating func readStatement() {
        let start = index
        let name = readName()
        var place = start..<index
        var labels: [String] = []
        while true {
            skipSpaces()
            guard index < bytes.count else { return }
            if bytes[index] == 0x22 {
                let from = index
                skipString()
                place = from..<index
                labels.append(String(decoding: bytes[(from + 1)..<max(from + 1, index - 1)], as: UTF8.self))
            } else if isName(bytes[index]), labels.isEmpty || open.isEmpty {
                let from = index
                labels.append(readName())
                place = from..<index
            } else {
                break
            }
        }
        switch bytes[index] {
        case 0x7B:
            index += 1
            begin(name, labels, place)
        case 0x3D where labels.isEmpty && !isNext(0x3D):
            index += 1
            readAttribute(name)
        default: index += 1
        }
    }

    private func isNext(_ byte: UInt8) -> Bool { index + 1 < bytes.count && bytes[index + 1] == byte }

    private mutating func begin(_ type: String, _ labels: [String], _ place: Range<Int>) {
        let position = artifact.lines.position(at: place.lowerBound, in: bytes)
        let end = artifact.lines.position(at: place.upperBound, in: bytes)
        guard open.count < TerraformReader.maximumDepth else {
            skipBrackets(depth: 1)
            return
        }
        open.append(
            TerraformFile.Block(
                type: type, labels: labels, position: position, end: end, attributes: [], blocks: [], lines: position.line...position.line))
    }

    private mutating func readAttribute(_ name: String) {
        skipSpaces()
        let start = index
        var end = min(skipExpression(), bytes.count)
        while end > start, [0x20, 0x09, 0x0D, 0x0A].contains(bytes[end - 1]) { end -= 1 }
        guard !open.isEmpty else { return }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        open[open.count - 1].attributes.append(
            TerraformFile.Attribute(name: name, text: text, position: artifact.lines.position(at: start, in: bytes)))
    }

    /// To the end of the line on which all brackets are closed again, or to the brace that closes the block.
    ///
    /// - Returns: where the expression ends, before a comment on its line.
    private mutating func skipExpression() -> Int {
        var depth = 0
        while index < bytes.count {
            let isComment = bytes[index] == 0x23 || (bytes[index] == 0x2F && (isNext(0x2F) || isNext(0x2A)))
            if depth == 0, isComment {
                let end = index
                skipLine()
                return end
            }
            switch bytes[index] {
            case 0x0A where depth == 0: return index
            case 0x22: skipString()
            case 0x23: skipLine()
            case 0x2F where isNext(0x2F): skipLine()
            case 0x2F where isNext(0x2A): skipComment()
            case 0x3C where isNext(0x3C): skipHeredoc()
            case 0x28, 0x5B, 0x7B:
                depth += 1
                index += 1
            case 0x29, 0x5D, 0x7D:
                if depth == 0 { return index }
                depth -= 1
                index += 1
            default: index += 1
            }
        }
        return index
    }

    private mutating func skipBrackets(depth start: Int) {
        var depth = start
        while index < bytes.count, depth > 0 {
            switch bytes[index] {
            case 0x22: skipString()
            case 0x7B:
                depth += 1
                index += 1
            case 0x7D:
                depth -= 1
                index += 1
            default: index += 1
            }
        }
    }

    /// Past a quoted text; `${ … }` within may hold further texts and braces.
    private mutating func skipString() {
        // Of each level, -1 for a text, else the braces that are open in an expression.
        var levels = [-1]
        index += 1
        while index < bytes.count, let top = levels.last {
            let byte = bytes[index]
            index += 1
            if top < 0 {
                switch byte {
                case 0x5C: index += 1
                case 0x24 where index < bytes.count && bytes[index] == 0x7B, 0x25 where index < bytes.count && bytes[index] == 0x7B:
                    index += 1
                    levels.append(0)
                case 0x22: levels.removeLast()
                case 0x0A: return
                default: break
                }
            } else {
                switch byte {
                case 0x22: levels.append(-1)
                case 0x7B: levels[levels.count - 1] += 1
                case 0x7D where top == 0: levels.removeLast()
                case 0x7D: levels[levels.count - 1] -= 1
                default: break
                }
            }
        }
        index = min(index, bytes.count)
    }

    /// `<<EOT` or `<<-EOT` up to a line that holds the word alone.
    private mutating func skipHeredoc() {
        index += 2
        if index < bytes.count, bytes[index] == 0x2D { index += 1 }
        let word = readName()
        skipLine()
        guard !word.isEmpty else { return }
        while index < bytes.count {
            index += 1
            let start = index
            skipLine()
            let line = bytes[start..<index].drop { $0 == 0x20 || $0 == 0x09 }
            let bare = line.last == 0x0D ? line.dropLast() : line
            if bare.elementsEqual(word.utf8) { return }
        }
    }

    private mutating func skipLine() {
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
    }

    private mutating func skipComment() {
        index = ByteSearch.firstIndex(of: [0x2A, 0x2F], in: bytes, from: index + 2).map { $0 + 2 } ?? bytes.count
    }

    private mutating func skipSpaces() {
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    }

    /// Blanks, line ends and comments.
    private mutating func skipBlanks() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            case 0x23: skipLine()
            case 0x2F where isNext(0x2F): skipLine()
            case 0x2F where isNext(0x2A): skipComment()
            default: return
            }
        }
    }

    private mutating func readName() -> String {
        let start = index
        while index < bytes.count, isName(bytes[index]) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x80...: true
        default: false
        }
    }
}
