package import InvarCore
import InvarStore

extension Workspace {
    /// What the notes, exceptions and decisions of a sprint say about the invariants.
    ///
    /// - Parameter name: nil is the sprint that ended last before today.
    /// - Throws: ``Failure`` when no sprints are configured, for one that does not exist, and when none has ended yet.
    package func propose(sprint name: String? = nil) throws -> ProposalReport {
        let sprint = try proposedSprint(name)
        let (loaded, found) = try withStore { synced -> (RevisionInput, [Finding]) in
            (try RevisionInputLoader(workspace: self, synced: synced, sprint: sprint).input(), try self.findings(synced))
        }
        var input = loaded
        input.unusedExceptions = try on(sprint.end).unusedExceptions(input)
        var report = RevisionEngine.report(input)
        report.findings = (unread(found, input) + report.findings).sorted(by: Finding.inOrder)
        return report
    }

    /// What could not be read of notes: it may be the one S1 that forbids to loosen a rule. Notes of later days tell nothing.
    private func unread(_ findings: [Finding], _ input: RevisionInput) -> [Finding] {
        let later = Set(input.notes.filter { $0.note.date.map { $0 > input.sprint.end } ?? false }.map(\.path))
        let folders = knowledgeFolders
        return findings.filter { finding in
            (finding.rule.hasSuffix("/unreadable") || finding.rule == "knowledge/unread-field") && folders.role(of: finding.place.path) == .notes
                && !later.contains(finding.place.path)
        }
    }

    /// The active exceptions that excuse nothing. Rules are run only where there is one, and something that it could excuse.
    private func unusedExceptions(_ input: RevisionInput) throws -> Set<ExceptionItem.Reference> {
        let exceptions = input.exceptions
        guard exceptions.contains(where: { $0.state == .active }) else { return [] }
        let settings: Set<String> = [Configuration.fileName, configuration.baseline]
        guard input.files?.contains(where: { !settings.contains($0) && !RelativePath.name($0).hasPrefix(".") }) ?? false else { return [] }
        let places = Set(try check().report.findings.filter { $0.rule == "exception/unused" }.map(\.place))
        return Set(exceptions.map { ExceptionItem.Reference($0) }.filter { places.contains($0.place) })
    }

    /// The sprint of a name, or the one that ended last.
    func proposedSprint(_ name: String?) throws(Failure) -> Sprint {
        if let name {
            let sprint = try sprint(name)
            guard sprint.start <= today else { throw Failure("sprint \(sprint.name) begins on \(sprint.start)", hint: "name one that has begun") }
            return sprint
        }
        let calendar = configuration.sprints
        guard calendar != .none else {
            throw Failure("no sprints are configured", hint: "add sprints: to \(Configuration.fileName)")
        }
        guard let sprint = calendar.ended(before: today) else {
            throw Failure("no sprint has ended before \(today)", hint: "name one with --sprint; a running sprint is reported as far as its notes go")
        }
        return sprint
    }
}
