package import InvarCore
package import InvarRules
import InvarStore
package import InvarSyntax

/// `invar.yml`: every key has a default, an unknown one is an error with its line.
package struct Configuration: Sendable {
    /// The file's name at the root.
    package static let fileName = "invar.yml"

    /// Folders, files or globs; nil where the key is absent and the default folders are looked for.
    package var invariants: [String]?
    package var adrs: [String]?
    package var notes: [String]?
    package var templates = "Templates"
    package var proposals = "Invariants/Proposals"
    package var include = ["**"]
    package var exclude: [String] = []
    package var language: Language?
    /// Encoding names by glob, the first that matches counts.
    package var encodings: [(glob: Glob, name: String)] = []
    package var statusWords: [Decision.Status: [String]] = [:]
    package var glossary: String?
    package var sprints = SprintCalendar.none
    package var timeZone = "UTC"
    package var baseline = "invar-baseline.json"
    /// How new decisions are numbered; nil goes on as the collection does.
    package var numbering: DecisionNumbering?
    /// What `rules:` and `text:` say.
    package var checking = CheckSettings()
    /// SQL dialects by globs (none is everywhere), the first that matches counts.
    package var dialects: [(globs: [Glob], dialect: SQLDialect)] = []
    /// Where `rules:` names them, to say which does not exist.
    package var ruleIDs: [(id: String, place: Place)] = []

    package init() {}

    /// Reads the text of `invar.yml`.
    ///
    /// - Throws: ``Failure`` with the line of a key that is unknown or a value that cannot be read.
    package init(yaml text: String, path: String = Configuration.fileName) throws(Failure) {
        let parsed: YAML?
        do {
            parsed = try YAML.parse(text)
        } catch {
            throw Failure(error.message, at: Place(path: path, position: Position(line: error.line)), hint: "the file must be YAML")
        }
        guard let parsed else { return }
        try ConfigurationReader(path: path).read(parsed, into: &self)
    }

    /// Raised whenever a reader comes to understand a file differently: an index filled by older ones is then stale.
    static let readersVersion = 5

    /// Tells this build of the program from any other, so that no index outlives the code that filled it.
    static let build: String = {
        var info = FileSystem.stamp(of: "/proc/self/exe") ?? .unsettled
        info.inode = 0
        return "\(info.size) \(info.modifiedAt)"
    }()

    /// What the readers' output depends on beside the files; a change makes every file be read again.
    var readingFingerprint: String {
        let words = statusWords.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue)=\($0.value.joined(separator: ","))" }
        return (["readers=\(Configuration.readersVersion)", Configuration.build] + words + encodings.map { "\($0.glob.pattern)=\($0.name)" }).joined(
            separator: "\n")
    }
}

/// Reads the keys one by one.
private struct ConfigurationReader {
    let path: String

    private static let keys = [
        "invariants", "adrs", "notes", "templates", "proposals", "include", "exclude", "language", "rules", "text", "sql", "encoding", "status",
        "glossary", "sprints", "baseline", "numbering",
    ]

    func read(_ yaml: YAML, into configuration: inout Configuration) throws(Failure) {
        guard case .map(let members) = yaml.content else { throw failure("must be a mapping of keys", yaml) }
        for (key, value) in members {
            try read(key, value, into: &configuration)
        }
    }

    private func read(_ key: YAML, _ value: YAML, into configuration: inout Configuration) throws(Failure) {
        switch key.text ?? "" {
        case "invariants": configuration.invariants = try paths(value)
        case "adrs": configuration.adrs = try paths(value)
        case "notes": configuration.notes = try paths(value)
        case "templates": configuration.templates = try path(value)
        case "proposals": configuration.proposals = try path(value)
        case "include": configuration.include = try paths(value)
        case "exclude": configuration.exclude = try paths(value)
        case "language":
            guard let language = Language(rawValue: try text(value)) else { throw failure("language is ja or en", value) }
            configuration.language = language
        case "rules": try rules(value, into: &configuration)
        case "text": try conventions(value, into: &configuration)
        case "sql": try sql(value, into: &configuration)
        case "encoding":
            for (glob, name) in try members(value, of: "encoding") { configuration.encodings.append((Glob(try text(glob)), try text(name))) }
        case "status":
            for (status, words) in try members(value, of: "status") {
                guard let known = Decision.Status(rawValue: try text(status)), known != .unknown else {
                    throw failure("status knows proposed, accepted, rejected, deprecated and superseded", status)
                }
                configuration.statusWords[known, default: []] += try texts(words)
            }
        case "glossary": configuration.glossary = try path(value)
        case "sprints": try sprints(value, into: &configuration)
        case "baseline": configuration.baseline = try path(value)
        case "numbering":
            guard let numbering = DecisionNumbering(rawValue: try text(value)) else { throw failure("numbering is sequential, date or hash", value) }
            configuration.numbering = numbering
        case let unknown: throw failure("unknown key \(unknown)", key, hint: Nearest.hint(for: unknown, among: ConfigurationReader.keys))
        }
    }

    private func rules(_ value: YAML, into configuration: inout Configuration) throws(Failure) {
        for (rule, settings) in try members(value, of: "rules") {
            let id = try text(rule)
            guard RuleName.isRule(id) else { throw failure("\(id) is no rule id", rule, hint: "write subject/name, such as sql/drop-column") }
            try keys(of: settings, within: "rules", known: ["enabled", "severity", "invariant"])
            var override = CheckSettings.Override()
            if let enabled = settings["enabled"] {
                guard let flag = enabled.bool else { throw failure("enabled is true or false", enabled) }
                override.isEnabled = flag
            }
            override.severity = try severity(settings["severity"])
            override.invariant = try settings["invariant"].map(identifier)
            configuration.checking.overrides[id] = override
            configuration.ruleIDs.append((id, Place(path: path, position: rule.position)))
        }
    }

    private func severity(_ value: YAML?) throws(Failure) -> Severity? {
        guard let value else { return nil }
        guard let severity = Severity(rawValue: try text(value)) else { throw failure("severity is error, warning or note", value) }
        return severity
    }

    private func identifier(_ value: YAML) throws(Failure) -> String {
        guard let id = Identifier(try text(value))?.text else { throw failure("\(try text(value)) is no id of an invariant", value) }
        return id
    }

    private func conventions(_ value: YAML, into configuration: inout Configuration) throws(Failure) {
        for item in value.items {
            try keys(of: item, within: "text", known: ["id", "pattern", "paths", "except", "invariant", "message", "severity"])
            guard let id = item["id"], let written = item["pattern"] else {
                throw failure("a text convention needs \(item["id"] == nil ? "id" : "pattern")", item)
            }
            let ruleID = "text/" + (try text(id))
            guard RuleName.isRule(ruleID) else { throw failure("\(try text(id)) is no name", id, hint: "lower-case letters, digits and hyphens") }
            guard !configuration.checking.conventions.contains(where: { $0.ruleID == ruleID }) else { throw failure("\(try text(id)) stands twice", id) }
            let pattern: LinearPattern
            do {
                pattern = try LinearPattern(try text(written))
            } catch let problem as LinearPattern.Problem {
                throw failure("pattern: \(problem.message)", written)
            } catch {
                throw failure("pattern cannot be read", written)
            }
            configuration.checking.conventions.append(
                TextConvention(
                    id: try text(id), pattern: pattern, paths: try item["paths"].map(paths) ?? [], except: try item["except"].map(paths) ?? [],
                    invariant: try item["invariant"].map(identifier), message: try item["message"].map(text),
                    severity: try severity(item["severity"]) ?? .error, place: Place(path: path, position: id.position)))
        }
    }

    private func sql(_ value: YAML, into configuration: inout Configuration) throws(Failure) {
        for item in value.items {
            try keys(of: item, within: "sql", known: ["dialect", "staging", "paths"])
            let paths = try item["paths"].map(paths) ?? []
            if let written = item["dialect"] {
                guard let dialect = SQLDialect(word: try text(written)) else {
                    throw failure("\(try text(written)) is no dialect", written, hint: "postgresql, mysql, sqlite or clickhouse")
                }
                configuration.dialects.append((paths.map { Glob($0) }, dialect))
            }
            configuration.checking.stagingTables += try item["staging"].map(texts) ?? []
        }
    }

    private func sprints(_ value: YAML, into configuration: inout Configuration) throws(Failure) {
        if case .list = value.content {
            configuration.sprints = try sprintList(value)
            return
        }
        try keys(of: value, within: "sprints", known: ["start", "days", "name", "timezone", "list"])
        if let zone = value["timezone"] {
            configuration.timeZone = try text(zone)
            guard Clock.knows(timeZone: configuration.timeZone) else {
                throw failure("unknown time zone \(configuration.timeZone)", zone, hint: "a name such as Asia/Tokyo")
            }
        }
        if let list = value["list"] {
            guard value["start"] == nil, value["days"] == nil, value["name"] == nil else {
                throw failure("sprints are either a list or a rule", list, hint: "leave out start, days and name, or list")
            }
            configuration.sprints = try sprintList(list)
            return
        }
        guard value["start"] != nil || value["days"] != nil else { return }
        let start = try day(value["start"], within: value)
        guard let days = value["days"]?.text.flatMap({ Int($0) }) ?? (value["days"] == nil ? 14 : nil), (1...366).contains(days) else {
            throw failure("days is a number from 1 to 366", value["days"] ?? value)
        }
        let name = try value["name"].map(text) ?? "S{n}"
        guard name.contains("{n}") else { throw failure("name must hold {n}", value["name"] ?? value) }
        configuration.sprints = .rule(start: start, days: days, name: name)
    }

    private func sprintList(_ value: YAML) throws(Failure) -> SprintCalendar {
        guard case .list(let items) = value.content else { throw failure("a list of sprints is expected here", value) }
        var sprints: [Sprint] = []
        for item in items {
            try keys(of: item, within: "sprints", known: ["name", "start", "end"])
            let start = try day(item["start"], within: item)
            let end = try day(item["end"], within: item)
            guard start <= end else { throw failure("the sprint ends before it starts", item) }
            let name = try item["name"].map(text) ?? start.description
            guard !sprints.contains(where: { $0.name == name }) else { throw failure("there are two sprints \(name)", item["name"] ?? item) }
            sprints.append(Sprint(name: name, start: start, end: end))
        }
        return .list(sprints.sorted { ($0.start, $0.name) < ($1.start, $1.name) })
    }

    private func keys(of value: YAML, within parent: String, known: [String]) throws(Failure) {
        guard case .map(let members) = value.content else { throw failure("\(parent) must be a mapping", value) }
        for (key, _) in members {
            let name = try text(key)
            guard known.contains(name) else { throw failure("unknown key \(name) in \(parent)", key, hint: Nearest.hint(for: name, among: known)) }
        }
    }

    private func day(_ value: YAML?, within parent: YAML) throws(Failure) -> Day {
        guard let value, let day = value.text.flatMap({ Day(iso: $0) }) else { throw failure("a day is written YYYY-MM-DD", value ?? parent) }
        return day
    }

    private func text(_ value: YAML) throws(Failure) -> String {
        guard let text = value.text else { throw failure("a text is expected here", value) }
        return text
    }

    private func texts(_ value: YAML) throws(Failure) -> [String] {
        var texts: [String] = []
        for item in value.items { texts.append(try text(item)) }
        return texts
    }

    /// One path that stays below the root.
    private func path(_ value: YAML) throws(Failure) -> String {
        let found = try paths(value)
        guard found.count == 1, let only = found.first else { throw failure("one path is expected here", value) }
        return only
    }

    /// The members of a mapping; anything else is an error, not an empty one.
    private func members(_ value: YAML, of key: String) throws(Failure) -> [(key: YAML, value: YAML)] {
        if value.isNull { return [] }
        guard case .map(let members) = value.content else { throw failure("\(key) must be a mapping", value) }
        return members
    }

    /// Paths stay below the root.
    private func paths(_ value: YAML) throws(Failure) -> [String] {
        let found = try texts(value)
        for path in found where path.hasPrefix("/") || path.split(separator: "/").contains("..") {
            throw failure("\(path) leaves the repository", value, hint: "paths are relative to the root")
        }
        return found
    }

    private func failure(_ message: String, _ value: YAML, hint: String? = nil) -> Failure {
        Failure(message, at: Place(path: path, position: value.position), hint: hint)
    }
}
