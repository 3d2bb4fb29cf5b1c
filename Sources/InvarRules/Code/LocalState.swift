import InvarCore
import InvarSyntax

/// A file on the machine's own disk that a program remembers something in: it writes it and reads it back.
struct LocalState {
    /// As it is written.
    var path: String
    /// Of the literal that names it.
    var span: Range<Int>
    /// Of the first call that writes it.
    var write: Int

    static let cues = CueSet(["checkpoint", "cursor", "offset", "last", "state", ".lock", ".pid", "watermark", "bookmark"])

    static func all(in code: CodeText) -> [LocalState] {
        guard cues.occur(in: code.bytes) else { return [] }
        var found: [LocalState] = []
        var tried: Set<String> = []
        // Each name is looked for in the whole file, so only so many are.
        for index in code.tokens.indices where tried.count < 24 {
            guard let path = statePath(code, index), tried.insert(path).inserted else { continue }
            let uses = LocalStateUses(code, path: path, at: index)
            guard let write = uses.write, uses.isRead else { continue }
            let end = code.tokens[index].kind == .quoteOpen ? code.closing(of: index) : index
            found.append(LocalState(path: path, span: code.tokens[index].start..<code.tokens[end].end, write: write))
        }
        return found
    }

    /// The path that a literal, or a word of a shell script, names, if it is such a file.
    private static func statePath(_ code: CodeText, _ index: Int) -> String? {
        let path: String
        if code.language == .shell {
            guard code.kind(index) == .word else { return nil }
            path = code.text(index)
        } else {
            guard let literal = code.literal(index) else { return nil }
            path = literal
        }
        guard path.utf8.count < 200, path.utf8.count > 3, !path.contains(" "), !path.contains("\n"), isLocal(path, code, index),
            isState(RelativePath.name(path))
        else { return nil }
        return path
    }

    /// In `/tmp`, in the folder it is started in, or joined to one of those.
    private static func isLocal(_ path: String, _ code: CodeText, _ index: Int) -> Bool {
        if path.hasPrefix("/tmp/") || path.hasPrefix("/var/tmp/") || path.hasPrefix("./") { return true }
        if path.hasPrefix("/") || path.contains("://") || path.hasPrefix("~") || path.hasPrefix("$") || path.hasPrefix("../") { return false }
        // `os.path.join(tempfile.gettempdir(), "cursor.json")`.
        var place = index - 1
        var steps = 0
        while place >= 0, steps < 12, !code.tokens[place + 1].startsLine {
            if ["gettempdir", "tmpdir", "getcwd", "cwd", "TempDir", "tempdir", "NSTemporaryDirectory"].contains(code.text(place)) { return true }
            if ["join", "Path", "resolve"].contains(code.text(place)), path.contains(".") { return joinsNothingElse(code, place, index) }
            place -= 1
            steps += 1
        }
        // A bare name with an ending: relative to wherever it is started, unless something stands before it.
        if code.language != .shell, code.isToken(index - 1, ",") || code.isToken(index - 1, "+") || code.isToken(index - 1, "/") { return false }
        let ending = RelativePath.name(path).split(separator: ".").last.map(String.init) ?? ""
        return endings.contains(ending.lowercased()) && path.contains(".") && !path.contains("*") && !path.contains("{")
    }

    /// `Path("cursor.json")`: the literal is the first argument.
    private static func joinsNothingElse(_ code: CodeText, _ name: Int, _ index: Int) -> Bool { index == name + 2 }

    private static let endings: Set<String> = [
        "txt", "json", "lock", "pid", "state", "dat", "pkl", "pickle", "yaml", "yml", "csv", "checkpoint", "cursor", "offset",
    ]

    private static func isState(_ name: String) -> Bool {
        let lower = name.lowercased()
        if lower.hasSuffix(".lock") || lower.hasSuffix(".pid") { return !notStates.contains(lower) }
        let words = CodeWords.of(name.split(separator: ".").first.map(String.init) ?? name)
        if words.contains(where: { ["cache", "cached", "test", "mock"].contains($0) }) { return false }
        if lower.hasSuffix(".tsx") || lower.hasSuffix(".ts") || lower.hasSuffix(".css") || lower.hasSuffix(".py") { return false }
        for (index, word) in words.enumerated() {
            if ["checkpoint", "checkpoints", "cursor", "cursors", "offset", "offsets", "state", "watermark", "bookmark"].contains(word) { return true }
            let next = index + 1 < words.count ? words[index + 1] : ""
            if word == "last",
                ["run", "id", "sync", "synced", "processed", "seen", "import", "update", "updated", "time", "timestamp", "success", "fetch", "modified"]
                    .contains(next)
            {
                return true
            }
            if ["lastrun", "lastid", "lastsync"].contains(word) { return true }
        }
        return lower.hasSuffix(".state") || lower.hasSuffix(".checkpoint") || lower.hasSuffix(".cursor") || lower.hasSuffix(".offset")
    }

    /// Lock files of package managers are no state.
    private static let notStates: Set<String> = [
        "package.lock", "yarn.lock", "gemfile.lock", "poetry.lock", "cargo.lock", "composer.lock", "pipfile.lock", "bun.lock", "uv.lock", "flake.lock",
        "podfile.lock",
        "mix.lock", "pubspec.lock", ".terraform.lock", "pdm.lock", "deno.lock",
    ]
}

/// How a file of this name is used: by the literal itself or by the variable that holds it.
private struct LocalStateUses {
    var write: Int?
    var isRead = false

    init(_ code: CodeText, path: String, at literal: Int) {
        let variable = LocalStateUses.variable(code, holding: literal)
        for index in code.tokens.indices {
            let isMention: Bool
            switch code.tokens[index].kind {
            case .quoteOpen: isMention = code.literal(index) == path
            case .word: isMention = (variable.map { code.text(index) == $0 } ?? false) || (code.language == .shell && code.text(index) == path)
            default: isMention = false
            }
            guard isMention else { continue }
            if code.language == .shell { lookInShell(code, index) } else { look(code, index) }
        }
    }

    /// `NAME = "…"`, `NAME = Path("…")`, `NAME=…`.
    private static func variable(_ code: CodeText, holding literal: Int) -> String? {
        var place = literal - 1
        var steps = 0
        while place > 0, steps < 14 {
            if code.isToken(place, "="), !code.isToken(place + 1, "="), !code.isToken(place - 1, "=") {
                var name = place - 1
                // `path: str = …`
                if code.isWord(name), code.isToken(name - 1, ":"), code.isWord(name - 2) { name -= 2 }
                if code.isToken(name, ":") { name -= 1 }
                return code.isWord(name) ? code.text(name) : nil
            }
            if code.isToken(place, ";") || (code.tokens[place + 1].startsLine && code.tokens[place + 1].parent < 0) { return nil }
            place -= 1
            steps += 1
        }
        return nil
    }

    private mutating func look(_ code: CodeText, _ index: Int) {
        // `PATH.write_text(…)`
        if code.isWord(index), code.isToken(index + 1, "."), code.isWord(index + 2), code.isToken(index + 3, "(") {
            take(code, index, code.text(index + 2), code.call(at: index + 2))
        }
        guard let call = code.enclosingCall(of: index) else { return }
        take(code, index, call.method, call)
        // `fs.existsSync(path.join(dir, "x"))`: the call around it.
        if ["join", "Path", "resolve", "File", "of", "get"].contains(call.method) {
            if code.isToken(call.last + 1, "."), code.isWord(call.last + 2) { take(code, index, code.text(call.last + 2), code.call(at: call.last + 2)) }
            if let outer = code.enclosingCall(of: call.first) { take(code, index, outer.method, outer) }
        }
    }

    private mutating func take(_ code: CodeText, _ index: Int, _ method: String, _ call: CodeCall?) {
        let name = method.lowercased()
        if name == "open" || name == "openfile" || name == "fopen" {
            let modes = call?.content.filter { code.kind($0) == .quoteOpen }.compactMap { code.literal($0) } ?? []
            let writes =
                modes.contains { ["w", "a", "x", "wb", "ab", "w+", "a+", "wt", "xb"].contains($0) }
                || (call?.content.contains { ["O_CREATE", "O_WRONLY", "O_CREAT", "O_RDWR"].contains(code.text($0)) } ?? false)
            if writes { write = write ?? index } else { isRead = true }
            return
        }
        if LocalStateUses.writing.contains(name) { write = write ?? index }
        if LocalStateUses.reading.contains(name) { isRead = true }
    }

    private static let writing: Set<String> = [
        "write_text", "write_bytes", "writefile", "writefilesync", "appendfile", "appendfilesync", "write", "create", "writestring", "filewriter",
        "file_put_contents",
        "writealltext", "touch", "fileoutputstream", "writetext", "printwriter", "writejson", "writejsonsync", "outputjson", "createnewfile",
        "newbufferedwriter", "dump", "binwrite",
    ]
    private static let reading: Set<String> = [
        "read_text", "read_bytes", "readfile", "readfilesync", "read", "readstring", "filereader", "file_get_contents", "readalltext", "fileinputstream",
        "readtext",
        "readjson", "readjsonsync", "exists", "existssync", "exist?", "isfile", "is_file", "file_exists", "stat", "statsync", "readalllines", "readlines",
        "load", "access",
        "isexist", "newbufferedreader", "scanner", "file?", "require", "readable?",
    ]

    private mutating func lookInShell(_ code: CodeText, _ index: Int) {
        var place = index - 1
        // The `$` and `{` and quotes before a name.
        while place >= 0,
            code.isToken(place, "$") || code.kind(place) == .insertOpen || code.kind(place) == .quoteOpen
                || code.kind(place) == .open && code.isToken(place, "{")
        {
            place -= 1
        }
        if code.isToken(place, ">") {
            write = write ?? index
            return
        }
        if code.isToken(place, "<") {
            isRead = true
            return
        }
        var steps = 0
        while place >= 0, steps < 6 {
            let word = code.text(place)
            if word == "flock" || word == "lockfile" || word == "lockf" || word == "setlock" { return }
            if word == "touch" || word == "tee" || word == "mkdir" { write = write ?? index }
            if ["cat", "-f", "-e", "-s", "-d", "-r", "source", "head", "tail", "read", "grep", "jq", "stat"].contains(word) { isRead = true }
            if code.tokens[place].startsLine || code.isToken(place, ";") || code.isToken(place, "|") || code.isToken(place, "&") { break }
            place -= 1
            steps += 1
        }
    }
}
