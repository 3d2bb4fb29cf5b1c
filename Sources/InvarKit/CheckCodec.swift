import InvarCore
import InvarRules
import InvarSyntax

/// What a check found ↔ the text that the index keeps: fields behind their lengths, so that a thousand findings are
/// written and read about as fast as they are copied.
enum CheckCodec {
    static func text(of result: FileChecks.Result) -> String {
        var fields = FieldWriter()
        fields.add(result.matches) { fields, item in
            fields.add(item.rule)
            fields.add(item.isOnWayBack ? 1 : 0)
            add(item.match, to: &fields)
        }
        fields.add(result.allowances) { fields, item in
            fields.add(item.path)
            fields.add(item.allowance.line)
            fields.add(item.allowance.position)
            fields.add(item.allowance.decision)
            fields.add(item.excerpt)
        }
        return fields.text
    }

    /// nil for what another build wrote otherwise.
    static func result(of text: String) -> FileChecks.Result? {
        var fields = FieldReader(text)
        var result = FileChecks.Result()
        result.matches = fields.list { fields in
            let rule = fields.string()
            let isOnWayBack = fields.integer() == 1
            return Checker.RuleMatch(rule: rule, match: match(&fields), isOnWayBack: isOnWayBack)
        }
        result.allowances = fields.list { fields in
            let path = fields.string()
            let line = fields.integer()
            let position = fields.position()
            let allowance = Allowance(line: line, position: position, decision: fields.string())
            return PlacedAllowance(path: path, allowance: allowance, excerpt: fields.string())
        }
        return fields.isWhole ? result : nil
    }

    private static func add(_ match: Match, to fields: inout FieldWriter) {
        fields.add(match.path)
        fields.add(match.start)
        fields.add(match.end)
        fields.add(match.message)
        fields.add(optional: match.hint) { $0.add($1) }
        fields.add(optional: match.severity) { $0.add($1.rawValue) }
        fields.add(optional: match.invariant) { $0.add($1) }
        fields.add(optional: match.clause) { $0.add($1) }
        fields.add(match.isOptIn ? 1 : 0)
        fields.add(match.operations) { $0.add($1) }
        fields.add(match.key)
        fields.add(optional: match.scope) { fields, scope in
            fields.add(scope.lowerBound)
            fields.add(scope.upperBound)
        }
        fields.add(match.causes) { $0.add($1) }
        fields.add(match.related) { fields, related in
            fields.add(related.place.path)
            fields.add(related.place.position)
            fields.add(related.message)
        }
        fields.add(match.decisions) { $0.add($1) }
        fields.add(match.excerpt)
        fields.add(match.excerptColumn)
    }

    private static func match(_ fields: inout FieldReader) -> Match {
        let path = fields.string()
        let start = fields.position()
        let end = fields.position()
        let message = fields.wording()
        var match = Match(path: path, start: start, end: end, message: message, hint: fields.optional { $0.wording() })
        match.severity = fields.optional { $0.string() }.flatMap(Severity.init)
        match.invariant = fields.optional { $0.string() }
        match.clause = fields.optional { $0.string() }
        match.isOptIn = fields.integer() == 1
        match.operations = fields.list { $0.string() }
        match.key = fields.string()
        match.scope = fields.optional { fields in
            let first = fields.integer()
            return first...max(first, fields.integer())
        }
        match.causes = fields.list { $0.string() }
        match.related = fields.list { fields in
            let path = fields.string()
            let position = fields.position()
            return Match.Related(place: Place(path: path, position: position), message: fields.wording())
        }
        match.decisions = fields.list { $0.string() }
        match.excerpt = fields.string()
        match.excerptColumn = fields.integer()
        return match
    }
}

/// Numbers end with a space; a text stands behind its length in UTF-8 bytes.
private struct FieldWriter {
    private var bytes: [UInt8] = []

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func add(_ value: Int) {
        bytes += String(value).utf8
        bytes.append(0x20)
    }

    mutating func add(_ text: String) {
        add(text.utf8.count)
        bytes += text.utf8
    }

    mutating func add(_ position: Position) {
        add(position.line)
        add(position.column)
    }

    mutating func add(_ wording: Wording) {
        add(wording.en)
        add(wording.ja)
    }

    mutating func add<T>(optional value: T?, _ each: (inout FieldWriter, T) -> Void) {
        add(value == nil ? 0 : 1)
        if let value { each(&self, value) }
    }

    mutating func add<T>(_ items: [T], _ each: (inout FieldWriter, T) -> Void) {
        add(items.count)
        for item in items { each(&self, item) }
    }
}

/// Reads what ``FieldWriter`` wrote; of anything else it gives empty fields and is not whole.
private struct FieldReader {
    private let bytes: [UInt8]
    private var at = 0
    private var isBroken = false

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Whether every field was found, and nothing else.
    var isWhole: Bool { !isBroken && at == bytes.count }

    mutating func integer() -> Int {
        var value = 0
        let isNegative = at < bytes.count && bytes[at] == 0x2D
        if isNegative { at += 1 }
        let start = at
        while at < bytes.count, at - start < 18, (0x30...0x39).contains(bytes[at]) {
            value = value * 10 + Int(bytes[at] - 0x30)
            at += 1
        }
        guard at > start, at < bytes.count, bytes[at] == 0x20 else {
            isBroken = true
            at = bytes.count
            return 0
        }
        at += 1
        return isNegative ? -value : value
    }

    mutating func string() -> String {
        let count = integer()
        guard count >= 0, count <= bytes.count - at else {
            isBroken = true
            return ""
        }
        defer { at += count }
        return String(decoding: bytes[at..<at + count], as: UTF8.self)
    }

    mutating func position() -> Position {
        let line = integer()
        return Position(line: line, column: integer())
    }

    mutating func wording() -> Wording {
        let en = string()
        return Wording(en: en, ja: string())
    }

    mutating func optional<T>(_ each: (inout FieldReader) -> T) -> T? {
        integer() == 1 ? each(&self) : nil
    }

    mutating func list<T>(_ each: (inout FieldReader) -> T) -> [T] {
        var items: [T] = []
        let count = integer()
        while items.count < count, !isBroken { items.append(each(&self)) }
        return items
    }
}
