package import InvarCore
import Yams

/// A YAML value with the place it stands at.
package struct YAML: Sendable {
    package indirect enum Content: Sendable {
        /// A scalar as written, without quotes; `isQuoted` tells `"null"` from `null`.
        case scalar(String, isQuoted: Bool)
        case list([YAML])
        case map([(key: YAML, value: YAML)])
    }

    package var content: Content
    /// 1-based line and column in the whole file.
    package var position: Position

    package init(content: Content, position: Position) {
        self.content = content
        self.position = position
    }

    /// Parses one YAML document that begins on the 1-based `firstLine` of its file; nil for an empty one.
    ///
    /// - Throws: ``YAMLProblem`` with the line, also for nesting over ``maximumDepth`` and for alias bombs.
    package static func parse(_ text: String, firstLine: Int = 1) throws(YAMLProblem) -> YAML? {
        if let line = lineNestedTooDeep(text) {
            throw YAMLProblem(message: "nested deeper than \(maximumDepth) levels", line: line + firstLine - 1)
        }
        let node: Node?
        do {
            // Scalars are read as written, so nothing has to be resolved; the encoding would be looked up in the environment.
            node = try Yams.compose(yaml: text, .basic, .default, .utf8)
        } catch let error as YamlError {
            throw YAMLProblem(error, firstLine: firstLine)
        } catch {
            throw YAMLProblem(message: "cannot be read as YAML", line: firstLine)
        }
        guard let node else { return nil }
        var budget = maximumNodes
        return try YAML(node, firstLine: firstLine, depth: 0, budget: &budget)
    }

    /// Deeper nesting is refused before the recursive composer sees it.
    package static let maximumDepth = 100
    /// More values than this, counted with aliases expanded, are an alias bomb.
    package static let maximumNodes = 200_000

    init(_ node: Node, firstLine: Int, depth: Int, budget: inout Int) throws(YAMLProblem) {
        position = Position(line: (node.mark?.line ?? 1) + firstLine - 1, column: node.mark?.column ?? 1)
        budget -= 1
        if budget < 0 || depth > YAML.maximumDepth {
            throw YAMLProblem(message: "aliases expand to more than \(YAML.maximumNodes) values", line: position.line)
        }
        switch node {
        case .scalar(let scalar):
            content = .scalar(scalar.string, isQuoted: scalar.style == .singleQuoted || scalar.style == .doubleQuoted)
        case .sequence(let sequence):
            var items: [YAML] = []
            for item in sequence { items.append(try YAML(item, firstLine: firstLine, depth: depth + 1, budget: &budget)) }
            content = .list(items)
        case .mapping(let mapping):
            var members: [(key: YAML, value: YAML)] = []
            for (key, value) in mapping {
                let key = try YAML(key, firstLine: firstLine, depth: depth + 1, budget: &budget)
                members.append((key, try YAML(value, firstLine: firstLine, depth: depth + 1, budget: &budget)))
            }
            content = .map(members)
        case .alias:
            throw YAMLProblem(message: "an alias without its anchor", line: position.line)
        }
    }

    /// A quick bound on nesting: open brackets outside quotes and comments are not told apart, since only absurd
    /// input comes near the limit; indentation and `- - -` count too.
    static func lineNestedTooDeep(_ text: String) -> Int? {
        var open = 0
        var line = 1
        var dashes = 0
        var indent = 0
        var atStart = true
        for byte in text.utf8 {
            switch byte {
            case 0x0A:
                line += 1
                dashes = 0
                indent = 0
                atStart = true
            case 0x5B, 0x7B:
                open += 1
                atStart = false
            case 0x5D, 0x7D:
                open = max(0, open - 1)
                atStart = false
            case 0x2D where atStart, 0x3F where atStart: dashes += 1
            case 0x20 where atStart, 0x09 where atStart: indent += 1
            default: atStart = false
            }
            if open > maximumDepth || dashes > maximumDepth || indent > 20 * maximumDepth { return line }
        }
        return nil
    }
}

/// Why a text is not YAML, and on which line.
package struct YAMLProblem: Error, Hashable, Sendable {
    package var message: String
    package var line: Int

    package init(message: String, line: Int) {
        self.message = message
        self.line = line
    }

    init(_ error: YamlError, firstLine: Int) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            self.init(message: problem, line: mark.line + firstLine - 1)
        case .reader(let problem, _, _, _):
            self.init(message: problem, line: firstLine)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.sorted().joined(separator: ", ")
            self.init(message: "the key \(keys) stands twice", line: context.mark.line + firstLine - 1)
        default:
            self.init(message: "cannot be read as YAML", line: firstLine)
        }
    }
}

extension YAML {
    /// The value of a mapping's key, compared without case, `_` as `-`; nil for null and for anything but a mapping.
    package subscript(key: String) -> YAML? {
        guard case .map(let members) = content else { return nil }
        return members.first { $0.key.text.map { YAML.isSame($0, key) } ?? false }.flatMap { $0.value.isNull ? nil : $0.value }
    }

    /// The scalar's text, nil for null, a list or a mapping.
    package var text: String? {
        if case .scalar(let text, _) = content, !isNull { text } else { nil }
    }

    package var isNull: Bool {
        if case .scalar(let text, false) = content { ["", "~", "null", "Null", "NULL"].contains(text) } else { false }
    }

    /// The items of a list; a scalar or a mapping is a list of one, null an empty one.
    package var items: [YAML] {
        switch content {
        case .list(let items): items
        case .scalar, .map: isNull ? [] : [self]
        }
    }

    /// The scalars among the items; a scalar with commas stays one.
    package var texts: [String] { items.compactMap(\.text) }

    package var members: [(key: YAML, value: YAML)] {
        if case .map(let members) = content { members } else { [] }
    }

    package var bool: Bool? {
        switch text?.lowercased() {
        case "true", "yes", "on": true
        case "false", "no", "off": false
        default: nil
        }
    }

    private static func isSame(_ a: String, _ b: String) -> Bool {
        var (left, right) = (a.utf8.makeIterator(), b.utf8.makeIterator())
        while true {
            switch (left.next(), right.next()) {
            case (nil, nil): return true
            case (let one?, let other?) where one < 0x80 && other < 0x80:
                if folded(one) != folded(other) { return false }
            case (let one?, nil) where one < 0x80, (nil, let one?) where one < 0x80: return false
            default: return comparable(a) == comparable(b)
            }
        }
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x41...0x5A: byte | 0x20
        case 0x5F, 0x20: 0x2D
        default: byte
        }
    }

    private static func comparable(_ key: String) -> String {
        String(key.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 })
    }
}
