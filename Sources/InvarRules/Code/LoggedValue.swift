import InvarCore
import InvarSyntax

/// The personal values among the arguments of a log call.
struct LoggedValue {
    /// As it is written.
    var expression: String
    /// What it is called: `email`.
    var name: String
    /// In bytes of the file.
    var span: Range<Int>

    static func personal(in log: LogCall, _ code: CodeText, isLanguageTool: Bool) -> [LoggedValue] {
        var reader = LoggedValueReader(code: code, isLanguageTool: isLanguageTool)
        for content in log.contents { reader.read(content) }
        return reader.found
    }
}

private struct LoggedValueReader {
    let code: CodeText
    let isLanguageTool: Bool
    var found: [LoggedValue] = []
    private var depth = 0

    /// More than a message can name, and than code nests.
    private static let limit = 32

    init(code: CodeText, isLanguageTool: Bool) {
        self.code = code
        self.isLanguageTool = isLanguageTool
    }

    /// A value reached by names: `user.email.lower()`.
    private struct Path {
        var names: [String] = []
        var last: Int
        /// The tokens of the arguments of a call that is not a part of the path.
        var arguments: Range<Int>?
        var isNeutral = false
    }

    mutating func read(_ range: Range<Int>) {
        guard depth < LoggedValueReader.limit else { return }
        depth += 1
        defer { depth -= 1 }
        var index = range.lowerBound
        while index < range.upperBound, found.count < LoggedValueReader.limit {
            switch code.kind(index) {
            case .word:
                if let value = labelled(index, range) {
                    index = value
                    continue
                }
                index = readPath(index, range)
            case .quoteOpen:
                if let value = named(index, range) { index = value } else { index += 1 }
            default: index += 1
            }
        }
    }

    // MARK: Labels

    private func isArgumentStart(_ index: Int, _ range: Range<Int>) -> Bool {
        if index == range.lowerBound { return true }
        return code.isToken(index - 1, ",") || code.kind(index - 1) == .open || (code.isToken(index - 1, ":") && code.language == .ruby)
    }

    /// `email: value` and `email=value`: the token from which to read on.
    private mutating func labelled(_ index: Int, _ range: Range<Int>) -> Int? {
        guard isArgumentStart(index, range), !code.isToken(index - 1, ":") else { return nil }
        let argument = argument(from: index, range)
        guard let (name, value) = code.label(of: argument) else { return nil }
        take(name, value, at: index)
        return argument.upperBound
    }

    /// `"email": value`, `'email' => value`, and `zap.String("email", value)`.
    private mutating func named(_ index: Int, _ range: Range<Int>) -> Int? {
        guard isArgumentStart(index, range), let literal = code.literal(index) else { return nil }
        let argument = argument(from: index, range)
        if let (name, value) = code.label(of: argument) {
            take(name, value, at: index)
            return argument.upperBound
        }
        // A key before its value: two arguments of a call.
        guard literal.utf8.allSatisfy(LoggedValueReader.isNamePart), index != range.lowerBound || isKeyed(range), code.after(index) == argument.upperBound,
            PersonalData.isPersonal([literal], isLanguageTool: true),
            code.isToken(argument.upperBound, ",")
        else { return nil }
        let next = self.argument(from: argument.upperBound + 1, range)
        take(literal, next, at: index)
        return next.upperBound
    }

    /// Whether the arguments are those of `Str("k", v)`, not of the log call itself with its message.
    private func isKeyed(_ range: Range<Int>) -> Bool {
        var open = range.lowerBound - 1
        if code.isToken(open, "(") { open -= 1 }
        return ["String", "Str", "Any", "kv", "keyValue", "addKeyValue", "WithField", "Interface", "Stringer", "with", "bind", "field", "With", "entry"]
            .contains(code.text(open))
    }

    private func argument(from index: Int, _ range: Range<Int>) -> Range<Int> {
        var end = index
        while end < range.upperBound, !code.isToken(end, ","), code.kind(end) != .close, code.kind(end) != .insertClose { end = code.after(end) }
        return index..<max(index, min(end, range.upperBound))
    }

    /// A value with a name: its own parts first, then the name itself.
    private mutating func take(_ name: String, _ value: Range<Int>, at index: Int) {
        guard !LoggedValueReader.isOther(name) else { return }
        let before = found.count
        read(value)
        // Of a plural the value is often something about them.
        guard found.count == before, !name.hasSuffix("s"), PersonalData.isPersonal([name], isLanguageTool: isLanguageTool), isRevealing(value),
            let first = value.first,
            let last = value.last
        else { return }
        let span = code.tokens[first].start..<code.tokens[last].end
        found.append(LoggedValue(expression: code.text(in: span), name: name, span: span))
    }

    /// Whether a value may tell what its name says: no constant, no condition, nothing masked.
    private func isRevealing(_ value: Range<Int>) -> Bool {
        guard let first = value.first,
            code.kind(first) == .word || code.isToken(first, "$") || code.isToken(first, "%") || code.isToken(first, "*") || code.isToken(first, "&")
        else { return false }
        if ["true", "false", "null", "None", "nil", "undefined", "True", "False", "typeof", "not", "await", "new", "list", "len"].contains(code.text(first)) {
            return false
        }
        for index in value {
            switch code.kind(index) {
            case .open where code.isToken(index, "(") || code.isToken(index, "{"): return false
            case .mark where code.isToken(index, "?") && !code.isToken(index + 1, ".") && !code.isToken(index + 1, "?") && !code.isToken(index - 1, "?"):
                return false
            case .mark
            where code.isToken(index, "!") || code.isToken(index, "=") || code.isToken(index, ">") && !code.isToken(index - 1, "-") || code.isToken(index, "<"):
                return false
            case .word where PersonalData.masks(code.text(index)): return false
            case .word where ["if", "is", "in", "and", "or"].contains(code.text(index)): return false
            default: break
            }
        }
        // `emails.length`: the last word must not be a number about it.
        return value.last.map { !LoggedValueReader.isOther(code.text($0)) } ?? false
    }

    /// Whether a name says that it is not the value itself: `email_id`, `tokenCount`, `email_filepath`.
    private static func isOther(_ name: String) -> Bool {
        CodeWords.of(name).last.map { derived.contains($0) } ?? false
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        byte == 0x5F || byte == 0x2D || byte == 0x2E || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    // MARK: Paths

    /// Reads the value that begins at a word; the token from which to read on.
    private mutating func readPath(_ start: Int, _ range: Range<Int>) -> Int {
        let path = path(from: start, range)
        let next = path.last + 1
        if let arguments = path.arguments {
            if passesThrough(path.names.last ?? "") { read(arguments) }
            return max(start + 1, arguments.upperBound + 1)
        }
        if !path.isNeutral, PersonalData.isPersonal(path.names, isLanguageTool: isLanguageTool), !isCondition(start, next) {
            let first = code.isToken(start - 1, "$") && code.language == .php ? start - 1 : start
            let span = code.tokens[first].start..<code.tokens[path.last].end
            if !found.contains(where: { $0.span.overlaps(span) }) {
                found.append(LoggedValue(expression: code.text(in: span), name: path.names.last ?? "", span: span))
            }
        }
        return max(start + 1, next)
    }

    private func path(from start: Int, _ range: Range<Int>) -> Path {
        var path = Path(names: [code.text(start)], last: start)
        var index = start
        while true {
            // A call: `getEmail()`, `get("email")`, `lower()`; with other arguments it is a function of them.
            if code.isToken(index + 1, "("), code.kind(index + 1) == .open, index + 1 < range.upperBound {
                let close = code.closing(of: index + 1)
                let arguments = (index + 2)..<max(index + 2, close)
                let name = path.names.removeLast()
                if arguments.isEmpty {
                    if !LoggedValueReader.keeping.contains(name.lowercased()) { path.names.append(unprefixed(name)) }
                } else if let key = code.literal(arguments.lowerBound), LoggedValueReader.getters.contains(name.lowercased()) {
                    path.names.append(key)
                } else if LoggedValueReader.keeping.contains(name.lowercased()), !path.names.isEmpty {
                    // `trim(…)`: what it was called on.
                } else {
                    path.names.append(name)
                    path.arguments = arguments.clamped(to: arguments.lowerBound..<max(arguments.lowerBound, range.upperBound))
                    path.last = close
                    return path
                }
                path.last = min(close, range.upperBound - 1)
                index = close
            } else if code.isToken(index + 1, "["), code.kind(index + 1) == .open, !code.tokens[index + 1].startsLine, index + 1 < range.upperBound {
                let close = code.closing(of: index + 1)
                if let key = code.literal(index + 2) {
                    path.names.append(key)
                } else if code.isToken(index + 2, ":"), code.isWord(index + 3) {
                    path.names.append(code.text(index + 3))
                } else if close > index + 3 {
                    // A slice is a part of the value: it masks.
                    path.isNeutral = path.isNeutral || ((index + 2)..<close).contains { code.isToken($0, ":") || code.isToken($0, ".") }
                }
                path.last = min(close, range.upperBound - 1)
                index = close
            } else if let word = memberWord(after: index), word < range.upperBound {
                path.names.append(code.text(word))
                path.last = word
                index = word
            } else {
                break
            }
        }
        while path.names.count > 1, let name = path.names.last, LoggedValueReader.keeping.contains(name.lowercased()) { path.names.removeLast() }
        return path
    }

    /// The word after `.`, `?.`, `!!.`, `&.`, `->`, `::`.
    private func memberWord(after index: Int) -> Int? {
        var place = index + 1
        while code.isToken(place, "?") || code.isToken(place, "!") || code.isToken(place, "&"), place < index + 4 { place += 1 }
        if code.isToken(place, ".") {
            place += 1
        } else if place == index + 1, code.isToken(place, "-"), code.isToken(place + 1, ">") {
            place += 2
        } else if place == index + 1, code.isToken(place, ":"), code.isToken(place + 1, ":") {
            place += 2
        } else {
            return nil
        }
        return code.isWord(place) ? place : nil
    }

    /// `getEmail` → `Email`.
    private func unprefixed(_ name: String) -> String {
        for prefix in ["get", "Get"] where name.hasPrefix(prefix) && name.count > 3 { return String(name.dropFirst(3)) }
        return name
    }

    /// Whether the value is only asked about: compared, negated, tested.
    private func isCondition(_ start: Int, _ next: Int) -> Bool {
        if code.isToken(start - 1, "!") || code.isToken(start - 1, "not") || code.isToken(start - 1, "typeof") || code.isToken(start - 1, "defined") {
            return true
        }
        if code.isToken(start - 1, "if"), code.language == .python || code.language == .ruby { return true }
        if code.isToken(next, "?") { return !code.isToken(next + 1, "?") && !code.isToken(next + 1, ":") && !code.isToken(next + 1, ".") }
        if code.isToken(next, "="), code.isToken(next + 1, "=") { return true }
        if code.isToken(next, "!"), code.isToken(next + 1, "=") { return true }
        if code.isToken(next, "&"), code.isToken(next + 1, "&") { return true }
        if code.isToken(next, ">") || code.isToken(next, "<") { return true }
        return code.isToken(next, "is") || code.isToken(next, "in") || code.isToken(next, "instanceof")
    }

    /// Whether a function's result tells what its arguments are: formatting, not masking, not asking.
    private func passesThrough(_ name: String) -> Bool {
        guard !PersonalData.masks(name) else { return false }
        let words = CodeWords.of(name)
        return words.contains { LoggedValueReader.formatting.contains($0) }
    }

    private static let formatting: Set<String> = [
        "str", "string", "strings", "repr", "format", "formatted", "sprintf", "printf", "stringify", "inspect", "concat", "join", "dumps", "dict", "map", "of",
        "kv", "any", "sanitize", "sanitized", "clean", "cleaned", "escape", "trim", "lower", "upper", "quote", "value", "field", "fields", "json", "pair",
        "arg", "with", "reflect", "interface", "hash?", "object", "keyvalue", "h", "entries", "unwrap", "list", "entry", "error", "errorf",
    ]
    private static let keeping: Set<String> = [
        "tostring", "tolowercase", "touppercase", "lower", "upper", "strip", "trim", "downcase", "upcase", "value", "getvalue", "orelse", "to_s", "inspect",
        "tolower", "toupper", "trimmed", "lowercased", "lowercase", "uppercase", "as_str", "to_string", "clone", "unwrap", "string", "text", "normalize",
        "get", "orelsethrow", "ornull", "or_default", "unwrap_or_default", "display", "as_deref", "first", "last", "join", "description", "rawvalue", "!",
    ]
    private static let getters: Set<String> = [
        "get", "getstring", "fetch", "getparameter", "getattribute", "getproperty", "optstring", "dig", "header", "param", "query", "getheader", "formvalue",
        "post", "input", "getclaim", "claim", "getasstring", "value", "postform", "getorelse", "getordefault", "read_attribute", "required",
    ]
    private static let derived: Set<String> = [
        "length", "size", "count", "id", "ids", "type", "kind", "path", "filepath", "file", "hash", "template", "domain", "exists", "verified", "len",
    ]
}
