package import InvarSyntax

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

    /// Every script of the ways forth, in the order of the versions, and of the ways back where they are asked for.
    package func forEachStep(
        stagingTables: [String], surroundings: FileSurroundings, goingBack: Bool, _ body: (MigrationStep) -> Void
    ) {
        for directory in directories {
            let dialects = FolderDialect(directory, files)
            let renames = SplitRebuild.Renames(directory.orderedUps(in: files).map { files[$0.file] })
            var ordinal = 0
            func step(_ index: Int, _ script: SQLScript, isWayBack: Bool, _ history: SchemaHistory) {
                guard goingBack || !isWayBack, !script.statements.isEmpty || !script.actions.isEmpty else { return }
                let rebuilds = isWayBack ? [] : SplitRebuild(script, history) { renames.next(to: $0, after: ordinal, in: files[index]) }.found
                body(
                    MigrationStep(
                        artifact: artifacts[index], file: files[index], script: script, isWayBack: isWayBack, dialect: dialects.dialect(of: files[index]),
                        history: history, splitRebuilds: rebuilds, stagingTables: stagingTables, surroundings: surroundings))
            }
            directory.forEachUp(in: files) { index, history in
                step(index, files[index].judgedUp, isWayBack: false, history)
                step(index, files[index].down, isWayBack: true, history)
                ordinal += 1
            }
            for index in directory.repeatables { step(index, files[index].up, isWayBack: false, SchemaHistory()) }
            for index in directory.steps.flatMap(\.downs) { step(index, files[index].down, isWayBack: true, SchemaHistory()) }
        }
    }
}
