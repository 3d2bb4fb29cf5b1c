/// What stands above a file's first hunk in a patch.
struct PatchHeader {
    /// From `--- ` and `rename from`; `/dev/null` is no name.
    private var oldName: String?
    /// From `+++ ` and `rename to`.
    private var newName: String?
    /// From `diff --git a/x b/x`: the only name that an empty file has.
    private var sameName: String?
    private var kind: Change.Kind?
    private var isBinary = false
    private var isSubmodule = false
    private var hasMode = false
    /// Whether its `+++ ` line was there: what follows is hunks.
    private(set) var isWhole = false

    init() {}

    /// The line that begins a file in git's diffs.
    init(_ line: String) {
        for prefix in ["diff --cc ", "diff --combined "] where line.hasPrefix(prefix) {
            sameName = PatchHeader.unquoted(String(line.dropFirst(prefix.count)))
        }
        if line.hasPrefix("diff --git ") { sameName = PatchHeader.samePath(line.dropFirst("diff --git ".count)) }
    }

    mutating func take(_ line: String) {
        if line.hasPrefix("--- ") {
            let name = PatchHeader.name(line)
            if name == nil { kind = kind ?? .added }
            oldName = oldName ?? name
        } else if line.hasPrefix("+++ ") {
            let name = PatchHeader.name(line)
            if name == nil { kind = kind ?? .deleted }
            newName = newName ?? name
            isWhole = true
        } else if line.hasPrefix("new file mode") {
            kind = .added
            isSubmodule = isSubmodule || line.hasSuffix("160000")
        } else if line.hasPrefix("deleted file mode") {
            kind = .deleted
            isSubmodule = isSubmodule || line.hasSuffix("160000")
        } else if line.hasPrefix("index "), line.hasSuffix(" 160000") {
            isSubmodule = true
        } else if line.hasPrefix("old mode") {
            hasMode = true
        } else if line.hasPrefix("Binary files ") || line.hasPrefix("GIT binary patch") {
            isBinary = true
        } else {
            takeName(line)
        }
    }

    private mutating func takeName(_ line: String) {
        for word in ["rename", "copy"] {
            if line.hasPrefix(word + " from ") {
                kind = word == "rename" ? .renamed : .added
                oldName = PatchHeader.unquoted(String(line.dropFirst(word.count + 6)))
            } else if line.hasPrefix(word + " to ") {
                newName = PatchHeader.unquoted(String(line.dropFirst(word.count + 4)))
            }
        }
    }

    /// Gives a file its names and kind; false when it has none below the root.
    func complete(_ file: inout Patch.File) -> Bool {
        file.kind = kind ?? .modified
        guard let path = (file.kind == .deleted ? oldName ?? newName : newName ?? oldName) ?? sameName else { return false }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !path.isEmpty, !segments.contains(where: { $0 == ".." || $0 == "." || $0.isEmpty }) else { return false }
        file.path = path
        file.oldPath = file.kind == .renamed || (file.kind == .added && oldName != nil) ? oldName : nil
        // Bytes that are no text came as lines, whose numbers still say where something changed.
        let holdsNul = file.hunks.contains { $0.lines.contains { $0.text.utf8.contains(0) } }
        if isBinary || holdsNul { file.content = .binary }
        if isSubmodule { file.content = .submodule }
        if file.content == .nothing, hasMode, kind == nil { file.content = .mode }
        return true
    }

    /// The name on a `--- ` or `+++ ` line without git's `a/` or `b/` and without a time behind a tab; nil for `/dev/null`.
    private static func name(_ line: String) -> String? {
        var rest = String(line.dropFirst(4))
        if rest.hasPrefix("\"") {
            rest = unquoted(rest)
        } else if let tab = rest.utf8.firstIndex(of: 0x09) {
            rest = String(rest[..<tab])
        }
        if rest == "/dev/null" { return nil }
        for prefix in ["a/", "b/"] where rest.hasPrefix(prefix) { return String(rest.dropFirst(2)) }
        while rest.hasPrefix("./") { rest.removeFirst(2) }
        return rest
    }

    /// `a/x b/x` of a file that was not renamed.
    private static func samePath(_ rest: Substring) -> String? {
        if rest.hasPrefix("\"") {
            guard let end = rest.dropFirst().firstRange(of: "\" ") else { return nil }
            return String(unquoted(String(rest[..<end.upperBound].dropLast())).dropFirst(2))
        }
        let half = (rest.utf8.count - 1) / 2
        guard rest.utf8.count % 2 == 1, rest.hasPrefix("a/"), let middle = rest.utf8.index(rest.startIndex, offsetBy: half, limitedBy: rest.endIndex) else {
            return nil
        }
        let (old, new) = (rest[..<middle], rest[rest.utf8.index(after: middle)...])
        guard new.hasPrefix("b/"), old.dropFirst(2) == new.dropFirst(2) else { return nil }
        return String(old.dropFirst(2))
    }

    /// A path as git writes it: in quotes, with C escapes, when it holds unusual characters.
    static func unquoted(_ text: String) -> String {
        guard text.hasPrefix("\"") else { return text }
        var bytes: [UInt8] = []
        var iterator = text.utf8.dropFirst().makeIterator()
        while let byte = iterator.next(), byte != 0x22 {
            guard byte == 0x5C, let next = iterator.next() else {
                bytes.append(byte)
                continue
            }
            switch next {
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "a"): bytes.append(0x07)
            case UInt8(ascii: "b"): bytes.append(0x08)
            case UInt8(ascii: "f"): bytes.append(0x0C)
            case UInt8(ascii: "v"): bytes.append(0x0B)
            case UInt8(ascii: "0")...UInt8(ascii: "3"):
                let digits = [next, iterator.next() ?? 0x30, iterator.next() ?? 0x30]
                bytes.append(digits.reduce(0) { $0 &* 8 &+ ($1 &- 0x30) })
            default: bytes.append(next)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
