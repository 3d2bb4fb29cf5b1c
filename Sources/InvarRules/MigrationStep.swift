package import InvarCore
package import InvarSyntax

/// One migration script with everything around it that decides what its statements mean.
package struct MigrationStep: Sendable {
    package let artifact: Artifact
    package let file: MigrationFile
    /// The statements to look at: those of the way forth, or of the way back when that is asked for.
    package let script: SQLScript
    package let isWayBack: Bool
    /// What the script itself creates and takes back.
    package let lifespan: SQLLifespan
    /// SQLite's way of changing a table: the actions that belong to one are not judged by themselves.
    package let rebuilds: [SQLRebuild]
    /// The schema as the folder's earlier files leave it.
    package let history: SchemaHistory
    /// Table name patterns that hold nothing of value, from the configuration.
    package let stagingTables: [String]

    package init(
        artifact: Artifact, file: MigrationFile, script: SQLScript, isWayBack: Bool, history: SchemaHistory, stagingTables: [String]
    ) {
        self.artifact = artifact
        self.file = file
        self.script = script
        self.isWayBack = isWayBack
        self.lifespan = SQLLifespan(script)
        self.rebuilds = SQLRebuild.all(in: script)
        self.history = history
        self.stagingTables = stagingTables
    }

    /// A match from the action's keyword to the end of what it names, found again when lines shift by its words.
    package func match(_ action: SQLAction, _ message: Wording, hint: Wording? = nil) -> Match {
        var match = artifact.match(over: action.span, message, hint: hint)
        match.key = String(decoding: artifact.bytes[action.span.clamped(to: 0..<artifact.bytes.count)], as: UTF8.self)
        match.operations = []
        return match
    }
}

/// The migrations of a folder, ordered and paired, with the artifacts they come from.
package struct MigrationGroup: Sendable {
    package let files: [MigrationFile]
    /// By the index of their file.
    package let artifacts: [Artifact]
    package let directories: [MigrationDirectory]

    package init(_ artifacts: [Artifact]) {
        var files: [MigrationFile] = []
        var sources: [Artifact] = []
        for artifact in artifacts {
            guard case .migration(let file) = artifact.content else { continue }
            files.append(file)
            sources.append(artifact)
        }
        self.files = files
        self.artifacts = sources
        directories = MigrationDirectory.group(files)
    }

    /// Every script of the ways forth and back, in the order of the versions.
    package func forEachStep(stagingTables: [String], _ body: (MigrationStep) -> Void) {
        for directory in directories {
            directory.forEachUp(in: files) { index, history in
                let file = files[index]
                for (script, isWayBack) in [(file.judgedUp, false), (file.down, true)] where !script.actions.isEmpty || !script.statements.isEmpty {
                    body(
                        MigrationStep(
                            artifact: artifacts[index], file: file, script: script, isWayBack: isWayBack, history: history, stagingTables: stagingTables))
                }
            }
            for index in directory.repeatables + directory.steps.flatMap(\.downs) {
                let file = files[index]
                let isWayBack = !directory.repeatables.contains(index)
                body(
                    MigrationStep(
                        artifact: artifacts[index], file: file, script: isWayBack ? file.down : file.up, isWayBack: isWayBack, history: SchemaHistory(),
                        stagingTables: stagingTables))
            }
        }
    }
}
