import InvarSyntax

extension MigrationFile {
    /// The way forth as rules about statements judge it: of a Django migration the SQL that somebody wrote, since
    /// `migration/django-destructive` judges its operations.
    var judgedUp: SQLScript {
        guard case .django(let program) = program else { return up }
        let own = Set(program.operations.filter { $0.name != "RunSQL" }.map(\.span.lowerBound))
        var script = up
        script.actions = up.actions.filter { !own.contains($0.span.lowerBound) }
        return script
    }
}
