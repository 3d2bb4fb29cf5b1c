import InvarCore
import InvarSyntax

extension MigrationStep {
    /// A step of a schema's history: it runs once.
    var runsOnce: Bool { file.map { $0.name.role != .repeatable } ?? false }

    /// SQL that is made to run again: repeatable migrations, seeds, jobs.
    var runsAgain: Bool {
        guard !runsOnce else { return false }
        if file != nil { return true }
        let words = CodeWords.of(RelativePath.stem(artifact.path))
        if words.contains("seed") || words.contains("seeds") { return true }
        return JobPath.isScheduled(artifact.path)
    }

    /// A table that is filled anew for each run, by the usual names or the configuration's.
    func isStaging(_ table: SQLName) -> Bool {
        if StagingName.isStaging(table.name) || table.schema.map(StagingName.isStaging) ?? false { return true }
        return stagingTables.contains { Glob($0).matches(table.name) }
    }

    /// Whether every row of a table goes that was there before and is not made to be emptied: the index of the action.
    func wipes(_ action: SQLAction, at index: Int) -> Bool {
        switch action.kind {
        case .delete:
            guard let data = action.data, data.touchesAllRows, data.constantCondition != false, !hasTemplate(behind: action) else { return false }
        case .truncate: break
        default: return false
        }
        return !isOnNewTable(action, at: index) && !lifespan.isTemporary(action.table, before: index)
    }

    /// The action that fills a table again after the one at `index` emptied it.
    func refill(after index: Int) -> SQLAction? {
        let action = script.actions[index]
        for later in script.actions[(index + 1)...].prefix(MigrationStep.refillsWithin) {
            // Another routine begins: what follows is not run with this one.
            if action.context == .routine, later.context != .routine || later.kind == .createObject { return nil }
            guard later.table.denotes(action.table), later.context == action.context || action.context != .routine && later.context != .routine else {
                continue
            }
            if later.kind == .insert || later.kind == .merge { return later }
            if later.kind == .dropTable { return nil }
        }
        return nil
    }

    /// So many actions are looked at for a refill, that a long script stays linear.
    private static let refillsWithin = 2_000
}
