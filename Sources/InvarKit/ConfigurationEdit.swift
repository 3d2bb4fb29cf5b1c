import InvarCore
import InvarSyntax

/// Adds keys to `invar.yml` without touching what stands there: every byte stays, a line comes in.
struct ConfigurationEdit: Sendable {
    /// nil where there is no file yet.
    let original: [UInt8]?
    private(set) var bytes: [UInt8]
    /// The lines that came in.
    private(set) var written: [String] = []
    /// The lines that could not.
    private(set) var missing: [(line: String, reason: Wording)] = []

    init(_ original: [UInt8]?) {
        self.original = original
        bytes = original ?? []
    }

    /// The folders of decisions.
    mutating func setDecisions(_ folders: [String]) {
        let now = configuration?.adrs
        if let now, folders.allSatisfy(now.contains) { return }
        let wanted = (now ?? []) + folders.filter { !(now ?? []).contains($0) }
        let value = wanted.count == 1 ? YAMLText.scalar(wanted[0]) : YAMLText.list(wanted)
        add("adrs", value) { $0.adrs == wanted }
    }

    /// A project's own words for a status.
    mutating func addStatusWords(_ words: [(status: Decision.Status, word: String)]) {
        let now = configuration?.statusWords ?? [:]
        guard words.contains(where: { !(now[$0.status] ?? []).contains($0.word) }) else { return }
        var all = now
        for (status, word) in words where !(all[status] ?? []).contains(word) { all[status, default: []].append(word) }
        let members = Decision.Status.allCases.compactMap { status in all[status].map { "\(status.rawValue): \(YAMLText.list($0))" } }
        add("status", "{ \(members.joined(separator: ", ")) }") { $0.statusWords == all }
    }

    /// Where the project's templates are.
    mutating func setTemplates(_ folder: String) {
        if configuration?.templates == folder { return }
        add("templates", YAMLText.scalar(folder)) { $0.templates == folder }
    }

    /// What the file says as it is now; nil when it cannot be read.
    private var configuration: Configuration? {
        String(validating: bytes, as: UTF8.self).flatMap { try? Configuration(yaml: $0) }
    }

    private var keys: [String] {
        let yaml = String(validating: bytes, as: UTF8.self).flatMap { try? YAML.parse($0) } ?? nil
        return yaml?.members.compactMap(\.key.text) ?? []
    }

    /// Puts a line below the one that shows the key as a comment, or at the end, and reads the result: unless it says what
    /// it should and the rest as before, the file stays and the line is asked for.
    private mutating func add(_ key: String, _ value: String, _ isRight: (Configuration) -> Bool) {
        let line = "\(key): \(value)"
        guard !keys.contains(key) else {
            missing.append(
                (
                    line,
                    Wording(
                        en: "\(Configuration.fileName) has the key \(key) already, with another value", ja: "\(Configuration.fileName) にはすでに別の値の \(key): があります")
                ))
            return
        }
        let newline = LineEnding.of(bytes)
        let before = keys
        for place in [afterComment(key), bytes.count].compactMap({ $0 }) {
            let lead = place > 0 && bytes[place - 1] != 0x0A ? newline : ""
            let edited = bytes.splicing([Splice(at: place, lead + line + newline)])
            var candidate = self
            candidate.bytes = edited
            guard let read = candidate.configuration, isRight(read), candidate.keys.sorted() == (before + [key]).sorted() else { continue }
            bytes = edited
            written.append(line)
            return
        }
        missing.append((line, Wording(en: "\(Configuration.fileName) cannot take a line safely", ja: "\(Configuration.fileName) に安全に行を加えられません")))
    }

    /// The offset behind the line `# key: …` that stands at a margin.
    private func afterComment(_ key: String) -> Int? {
        let mark = Array("# \(key):".utf8)
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
            if bytes[start..<end].starts(with: mark) { return end }
            start = end
        }
        return nil
    }
}
