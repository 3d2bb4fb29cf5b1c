import InvarSyntax

extension MigrationFile {
    /// The way forth as rules about statements judge it: of a Django migration the SQL that somebody wrote, since
    /// `migration/django-destructive` judges its operations.
    var judgedUp: SQLScript {
        guard case .django(let program) = program else { return up }
        let written = program.operations.filter { $0.name == "RunSQL" }.map(\.span)
        var script = up
        script.actions = up.actions.filter { action in written.contains { $0.lowerBound < action.span.lowerBound && action.span.lowerBound < $0.upperBound } }
        return script
    }
}
