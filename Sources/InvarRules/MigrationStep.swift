package import InvarCore
package import InvarSyntax

/// One script with everything around it that decides what its statements mean: a migration's way forth or back, or SQL
/// that is no migration, which has no history.
package struct MigrationStep: Sendable {
    package let artifact: Artifact
    /// nil for SQL that is no migration.
    package let file: MigrationFile?
    /// The statements to look at: those of the way forth, or of the way back when that is asked for.
    package let script: SQLScript
    package let isWayBack: Bool
    /// The file's own, or that of most files of its folder.
    package let dialect: SQLDialect
    /// What the script itself creates and takes back.
    package let lifespan: SQLLifespan
    /// SQLite's way of changing a table: the actions that belong to one are not judged by themselves.
    package let rebuilds: [SQLRebuild]
    /// The schema as the folder's earlier files leave it, as far as the script names it.
    package let history: SchemaHistory
    /// Table name patterns that hold nothing of value, from the configuration.
    package let stagingTables: [String]
    /// Tests, fixtures, seeds and examples: their tables hold nothing that anybody misses.
    package let isExempt: Bool
    /// Actions that a rebuild as a whole answers for.
    private let settled: Set<Int>
    /// Tables that bodies of routines create: they live as long as a call.
    private let routineTables: Set<String>
    private let surroundings: FileSurroundings

    package init(
        artifact: Artifact, file: MigrationFile?, script: SQLScript, isWayBack: Bool = false, dialect: SQLDialect, history: SchemaHistory = SchemaHistory(),
        splitRebuilds: [SQLRebuild] = [], stagingTables: [String], surroundings: FileSurroundings
    ) {
        self.artifact = artifact
        self.file = file
        self.script = script
        self.isWayBack = isWayBack
        self.dialect = dialect
        self.lifespan = SQLLifespan(script)
        let own = SQLRebuild.all(in: script)
        let told = Set(own.flatMap(\.actions))
        self.rebuilds = own + splitRebuilds.filter { told.isDisjoint(with: $0.actions) }
        self.history = history.restricted(to: script)
        self.stagingTables = stagingTables
        self.surroundings = surroundings
        settled = Set(rebuilds.flatMap(\.actions))
        routineTables = Set(script.actions.filter { $0.context == .routine && $0.kind == .createTable }.map(\.table.name))
        isExempt = ExemptPath.isExempt(artifact.path)
    }

    /// SQL that is no migration.
    package init?(_ artifact: Artifact, stagingTables: [String], surroundings: FileSurroundings) {
        guard case .script(let script) = artifact.content, !script.statements.isEmpty else { return nil }
        self.init(artifact: artifact, file: nil, script: script, dialect: script.dialect, stagingTables: stagingTables, surroundings: surroundings)
    }

    /// Another file of the repository; the folder is looked at again when that one changes.
    package func artifact(at path: String) -> Artifact? { surroundings.artifact(at: path) }

    // MARK: What rules ask

    /// A match for each action of some kinds that nobody else answers for.
    package func matches(_ kinds: SQLAction.Kind..., make: (Int, SQLAction) -> Match?) -> [Match] {
        script.actions.indices.compactMap { index in
            let action = script.actions[index]
            return kinds.contains(action.kind) && !settled.contains(index) ? make(index, action) : nil
        }
    }

    /// The same, with the schema as it stands right before the action.
    package func matchesWithSchema(_ kinds: SQLAction.Kind..., make: (Int, SQLAction, SchemaHistory) -> Match?) -> [Match] {
        guard script.actions.contains(where: { kinds.contains($0.kind) }) else { return [] }
        var schema = history
        var found: [Match] = []
        for (index, action) in script.actions.enumerated() {
            if kinds.contains(action.kind), !settled.contains(index), let match = make(index, action, schema) { found.append(match) }
            if action.context != .routine { schema.apply(action) }
        }
        return found
    }

    /// Whether the action's table is the script's own, so that no version of the application knows it.
    package func isOnNewTable(_ action: SQLAction, at index: Int) -> Bool {
        if action.context == .routine, routineTables.contains(action.table.name) { return true }
        return lifespan.isNew(action.table, before: index)
    }

    /// What was found in a body happens only when that runs: one step less.
    package func weight(_ severity: Severity, of action: SQLAction) -> Severity {
        guard action.inBody else { return severity }
        return severity == .error ? .warning : .note
    }

    /// Whether template tags stand behind what the action names, in the same statement: what is absent may come from them.
    package func hasTemplate(behind action: SQLAction) -> Bool {
        guard script.hasTemplates, script.statements.indices.contains(action.statement) else { return false }
        let end = script.statements[action.statement].span.upperBound
        let rest = artifact.bytes[min(action.span.upperBound, end)..<end]
        return zip(rest, rest.dropFirst()).contains { $0 == 0x7B && ($1 == 0x7B || $1 == 0x25 || $1 == 0x23) || $0 == 0x24 && $1 == 0x7B }
    }

    /// A place of the same file that a finding rests on.
    package func related(_ action: SQLAction, _ message: Wording) -> Match.Related {
        Match.Related(place: Place(path: artifact.path, position: artifact.lines.position(at: action.span.lowerBound, in: artifact.bytes)), message: message)
    }

    /// A match from the action's keyword to the end of what it names, found again when lines shift by its words.
    package func match(_ action: SQLAction, _ severity: Severity, _ message: Wording, hint: Wording? = nil) -> Match {
        var match = artifact.match(over: action.span, message, hint: hint)
        match.key = String(decoding: artifact.bytes[action.span.clamped(to: 0..<artifact.bytes.count)], as: UTF8.self)
        match.severity = weight(severity, of: action)
        // Exceptions name a job by its script.
        if file == nil { match.operations = [RelativePath.stem(artifact.path), RelativePath.name(artifact.path)] }
        return match
    }
}
