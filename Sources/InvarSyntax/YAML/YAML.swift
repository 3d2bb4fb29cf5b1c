package import InvarCore

/// A YAML value with the place it stands at.
package struct YAML: Sendable {
    package enum Content: Sendable {
        /// A scalar as written, without quotes; `isQuoted` tells `"null"` from `null`.
        case scalar(String, isQuoted: Bool)
        case list([YAML])
        case map([(key: YAML, value: YAML)])
    }

    package var content: Content
    // Half the width: a file has far more values than lines.
    private var line: UInt32
    private var column: UInt32

    package init(content: Content, position: Position) {
        self.content = content
        self.line = UInt32(clamping: position.line)
        self.column = UInt32(clamping: position.column)
    }

    /// 1-based line and column in the whole file.
    package var position: Position {
        get { Position(line: Int(line), column: Int(column)) }
        set {
            line = UInt32(clamping: newValue.line)
            column = UInt32(clamping: newValue.column)
        }
    }

    /// Parses one YAML document that begins on the 1-based `firstLine` of its file; nil for an empty one.
    ///
    /// - Throws: ``YAMLProblem`` with the line, also for a second document, a repeated key, nesting over
    ///   ``maximumDepth`` and alias bombs.
    package static func parse(_ text: String, firstLine: Int = 1) throws(YAMLProblem) -> YAML? {
        let outcome = YAMLComposer.outcome(of: Array(text.utf8), firstLine: firstLine)
        if let problem = outcome.problems.first { throw problem }
        if let key = outcome.repeatedKeys.first {
            throw YAMLProblem(message: "the key \(key.name) stands twice", line: key.position.line)
        }
        if outcome.documents.count > 1 {
            throw YAMLProblem(message: "a second document begins", line: outcome.documents[1].position.line)
        }
        return outcome.documents.first
    }

    /// Deeper nesting is refused: whoever walks a value may use recursion.
    package static let maximumDepth = 100
    /// More values than this, counted with aliases expanded, are an alias bomb.
    package static let maximumNodes = 200_000
}

/// Why a text is not YAML, and on which line.
package struct YAMLProblem: Error, Hashable, Sendable {
    package var message: String
    package var line: Int

    package init(message: String, line: Int) {
        self.message = message
        self.line = line
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
