package import InvarCore
package import InvarSyntax

/// Compiled-in code that finds matches, with what it is for and the examples that are its tests and its manual.
///
/// A rule's id is its path: `sql/drop-column` stands in `Rules/SQL/SQLDropColumn.swift` as `Rule.sqlDropColumn`.
package struct Rule: Sendable {
    /// `subject/bad-thing`.
    package let id: String
    /// What it finds, in a phrase.
    package let title: Wording
    /// What breaks when nobody looks, and when it is no harm.
    package let why: Wording
    /// The invariant it is about when no check binds it to another.
    package let invariant: String?
    package let severity: Severity
    /// Runs only when `invar.yml` or `--rule` asks for it.
    package let isOptIn: Bool
    package let violating: [Example]
    package let conforming: [Example]
    package let matcher: Matcher

    package init(
        id: String, title: Wording, why: Wording, invariant: String? = nil, severity: Severity, isOptIn: Bool = false,
        violating: [Example], conforming: [Example], matcher: Matcher
    ) {
        self.id = id
        self.title = title
        self.why = why
        self.invariant = invariant
        self.severity = severity
        self.isOptIn = isOptIn
        self.violating = violating
        self.conforming = conforming
        self.matcher = matcher
    }

    /// What a rule looks at, from one file to everything that was judged.
    package enum Matcher: Sendable {
        /// Files of one kind, one by one.
        case file(Artifact.Kind, @Sendable (Artifact, FileSurroundings) -> [Match])
        /// Files of several kinds, one by one.
        case files(Set<Artifact.Kind>, @Sendable (Artifact, FileSurroundings) -> [Match])
        /// Files that belong together, such as the migrations of a folder.
        case group(FileGroup.Kind, @Sendable (FileGroup, FileSurroundings) -> [Match])
        /// The way forth of migrations, one file at a time in the order of their versions.
        case migration(@Sendable (MigrationStep) -> [Match])
        /// The same, and SQL that is no migration: jobs, seeds, scripts; each a step without a history.
        case statements(@Sendable (MigrationStep) -> [Match])
        /// The knowledge base as a whole.
        case knowledge(@Sendable (Knowledge, KnowledgeSurroundings) -> [Match])
        /// What a diff changes; runs only with `--base`.
        case change(@Sendable (ChangeView) -> [Match])
        /// What reading a file brings to light; the readers themselves report it.
        case reading
        /// What shows only once every other finding is judged.
        case judgement(@Sendable (Judgement) -> [Match])
    }

    /// The first part of the id.
    package var subject: String { id.split(separator: "/").first.map(String.init) ?? id }
}

extension Rule.Matcher {
    /// What looks at single files of a kind; nil when it does not look at those.
    package func finder(of kind: Artifact.Kind) -> (@Sendable (Artifact, FileSurroundings) -> [Match])? {
        switch self {
        case .file(kind, let find): find
        case .files(let kinds, let find) where kinds.contains(kind): find
        default: nil
        }
    }
}

/// What a file rule may know beside its file.
package struct FileSurroundings: Sendable {
    /// Which part of the knowledge base the file is, if any.
    package let role: Document.Role?
    private let reading: @Sendable (String) -> Artifact?
    private let kustomizing: @Sendable () -> KustomizationIndex

    package init(
        role: Document.Role?, reading: @escaping @Sendable (String) -> Artifact?,
        kustomizing: @escaping @Sendable () -> KustomizationIndex = { KustomizationIndex() }
    ) {
        self.role = role
        self.reading = reading
        self.kustomizing = kustomizing
    }

    /// Another file of the repository, by its path from the root; nil when there is none. What is read here is
    /// remembered: the file is looked at again when the other one changes.
    package func artifact(at path: String) -> Artifact? { reading(path) }

    /// Every kustomization of the repository; the file is looked at again when one of them changes, comes or goes.
    package var kustomizations: KustomizationIndex { kustomizing() }
}

/// What a knowledge rule may know beside the knowledge base.
package struct KnowledgeSurroundings: Sendable {
    /// All files that are checked, sorted.
    package let files: [String]
    /// The ids of all rules, the project's own conventions among them.
    package let rules: [String]
    private let source: @Sendable (String) -> SourceText?

    package init(files: [String], rules: [String], source: @escaping @Sendable (String) -> SourceText?) {
        self.files = files
        self.rules = rules
        self.source = source
    }

    /// Whether some file matches; only those below the pattern's fixed folder are tried.
    package func hasFile(matching glob: Glob) -> Bool {
        let prefix = glob.fixedPrefix
        guard !prefix.isEmpty else { return files.contains { glob.matches($0) } }
        var low = 0
        var high = files.count
        while low < high {
            let middle = (low + high) / 2
            if files[middle].utf8.lexicographicallyPrecedes(prefix.utf8) { low = middle + 1 } else { high = middle }
        }
        return files[low...].prefix { $0.hasPrefix(prefix) }.contains { glob.matches($0) }
    }

    /// A line of a file, to look at its words; "" when it cannot be read.
    package func text(ofLine line: Int, of path: String) -> String {
        source(path)?.text(ofLine: line) ?? ""
    }

    /// A file of the knowledge base as Markdown; nil when it cannot be read.
    package func document(at path: String) -> MarkdownFile? {
        guard let bytes = source(path)?.bytes else { return nil }
        if case .document(let file) = ArtifactReader.read(bytes, path: path).content { return file }
        return nil
    }

    /// Any file, read in its language; nil when it cannot be read.
    package func artifact(at path: String) -> Artifact? {
        source(path).map { ArtifactReader.read($0.bytes, path: path) }
    }

    /// Where a word stands in a line; the line's start when it does not.
    package func position(of word: String, inLine line: Int, of path: String) -> Position {
        let text = text(ofLine: line, of: path)
        guard let found = text.firstRange(of: word) else { return Position(line: line) }
        return Position(line: line, column: text.unicodeScalars.distance(from: text.startIndex, to: found.lowerBound) + 1)
    }

    /// A match on an entry of the knowledge base, from its position to the end of that line.
    package func match(at place: Place, _ message: Wording, hint: Wording? = nil) -> Match {
        let line = text(ofLine: place.line, of: place.path)
        let end = Position(line: place.line, column: line.unicodeScalars.count + 1)
        var match = Match(path: place.path, start: place.position, end: max(place.position, end), message: message, hint: hint)
        match.excerpt = line
        return match
    }
}
