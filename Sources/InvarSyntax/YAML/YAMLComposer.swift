import CYaml
import InvarCore

/// Builds YAML values straight from the parser's events, without recursion and without a tree in between.
struct YAMLComposer {
    /// What a text holds.
    struct Outcome {
        var documents: [YAML] = []
        /// What each broken document was left for; the first hundred.
        var problems: [YAMLProblem] = []
        /// The lines that nothing was read of, one range a problem.
        var unread: [ClosedRange<Int>] = []
        /// Keys that stand twice in one mapping; the first hundred.
        var repeatedKeys: [RepeatedKey] = []
    }

    /// A list or a mapping that is being filled.
    private struct Open {
        var items: [YAML] = []
        var members: [(key: YAML, value: YAML)] = []
        /// A mapping's key whose value has not come yet.
        var key: YAML?
        let isMap: Bool
        let position: Position
        let anchor: String?
        /// Values within, and levels below, aliases expanded.
        var size = 1
        var height = 1
    }

    private struct Anchored {
        var value: YAML
        var size: Int
        var height: Int
    }

    /// A key that its mapping has already, and where it stands again.
    typealias RepeatedKey = YAMLStream.RepeatedKey

    private static let maximumRepetitions = 100
    private static let maximumProblems = 100

    private var outcome = Outcome()
    private var open: [Open] = []
    private var anchors: [String: Anchored] = [:]
    /// What stopped the reading of the document at hand.
    private var problem: YAMLProblem?
    /// Lines of the file before the text that the parser was given.
    private var shift: Int
    /// The line on which the document at hand begins.
    private var start: Int
    /// Values left, aliases expanded, over all documents.
    private var budget: Int

    /// Reads all documents of a text whose first line has the 1-based number `firstLine` in its file. What is broken costs
    /// the document that it stands in, and not those after it.
    static func outcome(of bytes: [UInt8], firstLine: Int) -> Outcome {
        // Without aliases a value takes a byte at least, so only aliases can exceed this.
        var composer = YAMLComposer(shift: firstLine - 1, budget: max(YAML.maximumNodes, bytes.count))
        bytes.withUnsafeBufferPointer { composer.read($0) }
        return composer.outcome
    }

    private init(shift: Int, budget: Int) {
        self.shift = shift
        self.budget = budget
        start = shift + 1
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
        var from = hasMark ? 3 : 0
        while true {
            parse(UnsafeBufferPointer(rebasing: bytes[from...]))
            guard let problem else { return }
            outcome.problems.append(problem)
            let goesOn = budget >= 0 && outcome.problems.count < YAMLComposer.maximumProblems
            let next = goesOn ? separator(in: bytes, from: from, notBefore: max(problem.line, start + 1)) : nil
            let last = next.map { $0.line - 1 } ?? shift + bytes[from...].count { $0 == 0x0A } + 1
            outcome.unread.append(min(start, last)...last)
            guard let next else { return }
            (from, shift, start) = (next.offset, next.line - 1, next.line)
            self.problem = nil
            open.removeAll()
        }
    }

    /// The next line `---` on or after a line of the file.
    private func separator(in bytes: UnsafeBufferPointer<UInt8>, from: Int, notBefore first: Int) -> (offset: Int, line: Int)? {
        var line = shift + 1
        var offset = from
        while offset + 2 < bytes.count {
            if line >= first, bytes[offset] == 0x2D, bytes[offset + 1] == 0x2D, bytes[offset + 2] == 0x2D,
                offset + 3 == bytes.count || [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset + 3])
            {
                return (offset, line)
            }
            guard let end = bytes[offset...].firstIndex(of: 0x0A) else { return nil }
            offset = end + 1
            line += 1
        }
        return nil
    }

    private mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>) {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            problem = YAMLProblem(message: "cannot be read as YAML", line: shift + 1)
            return
        }
        defer { yaml_parser_delete(&parser) }
        // The encoding is known, so a byte order mark is no reason to guess.
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
        while problem == nil {
            var event = yaml_event_t()
            guard yaml_parser_parse(&parser, &event) == 1 else {
                problem = problem(of: parser, bytes)
                return
            }
            defer { yaml_event_delete(&event) }
            if event.type == YAML_STREAM_END_EVENT { return }
            take(event)
        }
    }

    private mutating func take(_ event: yaml_event_t) {
        let mark = event.start_mark
        let position = Position(line: Int(mark.line) + 1 + shift, column: Int(mark.column) + 1)
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: Int(scalar.length)), as: UTF8.self)
            let isQuoted = scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE || scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE
            let value = YAML(content: .scalar(text, isQuoted: isQuoted), position: position)
            if let name = name(scalar.anchor) { anchors[name] = Anchored(value: value, size: 1, height: 0) }
            add(value, size: 1, height: 0, at: position)
        case YAML_SEQUENCE_START_EVENT: begin(Open(isMap: false, position: position, anchor: name(event.data.sequence_start.anchor)))
        case YAML_MAPPING_START_EVENT: begin(Open(isMap: true, position: position, anchor: name(event.data.mapping_start.anchor)))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: close()
        case YAML_ALIAS_EVENT:
            guard let name = name(event.data.alias.anchor), let anchored = anchors[name] else {
                problem = YAMLProblem(message: "an alias without its anchor", line: position.line)
                return
            }
            add(anchored.value, size: anchored.size, height: anchored.height, at: position)
        case YAML_DOCUMENT_START_EVENT:
            anchors.removeAll(keepingCapacity: true)
            start = position.line
        default: break
        }
    }

    private mutating func begin(_ value: Open) {
        if open.count >= YAML.maximumDepth {
            problem = YAMLProblem(message: "nested deeper than \(YAML.maximumDepth) levels", line: value.position.line)
            return
        }
        open.append(value)
    }

    private mutating func close() {
        guard let last = open.popLast() else { return }
        if last.isMap { noteRepetitions(last.members) }
        let value = YAML(content: last.isMap ? .map(last.members) : .list(last.items), position: last.position)
        if let anchor = last.anchor { anchors[anchor] = Anchored(value: value, size: last.size, height: last.height) }
        add(value, size: last.size, height: last.height, isCounted: true, at: last.position)
    }

    /// Puts a finished value where it belongs.
    ///
    /// - Parameter isCounted: the budget has been charged for what is inside.
    private mutating func add(_ value: YAML, size: Int, height: Int, isCounted: Bool = false, at position: Position) {
        budget -= isCounted ? 1 : size
        if budget < 0 {
            problem = YAMLProblem(message: "aliases expand to more than \(YAML.maximumNodes) values", line: position.line)
            return
        }
        guard let top = open.indices.last else {
            outcome.documents.append(value)
            return
        }
        if open.count + height > YAML.maximumDepth {
            problem = YAMLProblem(message: "nested deeper than \(YAML.maximumDepth) levels", line: position.line)
            return
        }
        open[top].size += size
        open[top].height = max(open[top].height, height + 1)
        guard open[top].isMap else {
            open[top].items.append(value)
            return
        }
        if let key = open[top].key {
            open[top].members.append((key, value))
            open[top].key = nil
        } else {
            open[top].key = value
        }
    }

    private mutating func noteRepetitions(_ members: [(key: YAML, value: YAML)]) {
        guard members.count > 1, outcome.repeatedKeys.count < YAMLComposer.maximumRepetitions else { return }
        if members.count <= 8 {
            for index in 1..<members.count {
                guard case .scalar(let text, _) = members[index].key.content, text != "<<" else { continue }
                let isRepeated = members[..<index].contains { if case .scalar(text, _) = $0.key.content { true } else { false } }
                if isRepeated { noteRepetition(text, members[index].key.position) }
            }
            return
        }
        var seen = Set<String>(minimumCapacity: members.count)
        for member in members {
            guard case .scalar(let text, _) = member.key.content, text != "<<" else { continue }
            if !seen.insert(text).inserted { noteRepetition(text, member.key.position) }
        }
    }

    private mutating func noteRepetition(_ key: String, _ position: Position) {
        guard outcome.repeatedKeys.count < YAMLComposer.maximumRepetitions else { return }
        outcome.repeatedKeys.append(RepeatedKey(name: key, position: position))
    }

    private func name(_ anchor: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        anchor.map { String(cString: $0) }
    }

    private func problem(of parser: yaml_parser_t, _ bytes: UnsafeBufferPointer<UInt8>) -> YAMLProblem {
        var message = parser.problem.map { String(cString: $0) } ?? "cannot be read as YAML"
        // The library has a limit of its own, met while it looks ahead.
        if message.hasPrefix("Maximum nesting level") { message = "nested deeper than \(YAML.maximumDepth) levels" }
        guard parser.error == YAML_READER_ERROR else {
            return YAMLProblem(message: message, line: Int(parser.problem_mark.line) + 1 + shift)
        }
        let end = min(bytes.count, Int(parser.problem_offset))
        return YAMLProblem(message: message, line: bytes[..<end].count { $0 == 0x0A } + 1 + shift)
    }
}
