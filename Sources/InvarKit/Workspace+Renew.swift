package import InvarCore
import InvarStore
import InvarSyntax

/// Which exceptions of a decision are meant.
package struct ExceptionChoice: Sendable {
    /// An invariant or clause.
    package var invariant: String
    package var decision: String
    /// Its globs, where the decision has several exceptions to the invariant.
    package var paths: [String] = []
    package var operations: [String] = []

    package init(invariant: String, decision: String) {
        self.invariant = invariant
        self.decision = decision
    }

    func fits(_ exception: Exception, _ id: String) -> Bool {
        let key = EntryName.key(id: id)
        guard EntryName.key(id: exception.clause ?? exception.invariant) == key || EntryName.key(id: exception.invariant) == key else { return false }
        return (paths.isEmpty || Set(paths) == Set(exception.paths)) && (operations.isEmpty || Set(operations) == Set(exception.operations))
    }
}

extension Workspace {
    /// Extends an exception and keeps what was before in its history.
    ///
    /// - Throws: ``Failure`` for a day that is past or no later than the last one, a placeholder for a reason, an exception
    ///   that the decision does not grant or grants several times.
    package func renew(_ choice: ExceptionChoice, until: Day, reason: String) throws -> (report: ExceptionChangeReport, language: Language) {
        try withDecisions { synced in
            let store = synced.store
            let (id, invariant) = try excepted(choice.invariant, store)
            guard !Placeholder.isEmpty(reason) else {
                throw Failure("--reason \"\(DisplayText.truncated(reason, to: 40))\" is only a placeholder", hint: "say why it takes longer")
            }
            guard until >= today else { throw Failure("\(until) is past", hint: "--until names the last day on which the exception holds") }
            let found = try resolvedDecision(choice.decision, store)
            let spoken = try language(store)
            let decision = try decisionItem(found, store)
            try confirmHolds(decision)
            var file = try ExceptionFile(found, self)
            let index = try only(choice, id, in: file)
            let exception = file.current.decision.exceptions[index]
            let place = Place(path: file.path, position: exception.position)
            let words = ExceptionFile.line(reason)
            guard let last = exception.until else {
                throw Failure(
                    exception.unreadUntil.map { "until is \($0), not a day" } ?? "the exception has no end to extend", at: place,
                    hint: exception.unreadUntil == nil ? nil : "write YYYY-MM-DD there first")
            }
            if last == until, exception.renewals.last?.until == until, exception.renewals.last?.reason.map({ ExceptionFile.line($0) }) == words {
                return (report(.unchanged, file, [exception], decision, invariant, []), spoken)
            }
            guard until > last else { throw Failure("it holds until \(last) already", at: place, hint: "--until names a later day") }
            try file.renew(index, until: until, Exception.Renewal(on: today, until: until, reason: words))
            try file.write()
            let renewed = file.current.decision.exceptions[index]
            var remarks: [Wording] = []
            if renewed.isSuspect(invariant.invariant.terms) {
                remarks.append(
                    Wording(
                        en: "\(id) has changed since it was granted: read it again, then `invar adr confirm \(id) --adr \(found.id)`",
                        ja: "承認後に \(id) の文面が変わっています。読み直してから `invar adr confirm \(id) --adr \(found.id)` で確認してください"))
            }
            return (report(.edited, file, [renewed], decision, invariant, remarks), spoken)
        }
    }

    /// The index of the one exception that is meant.
    func only(_ choice: ExceptionChoice, _ id: String, in file: ExceptionFile) throws(Failure) -> Int {
        let indices = try all(choice, id, in: file)
        let exceptions = file.current.decision.exceptions
        guard indices.count == 1, let index = indices.first else {
            let places = indices.map {
                "\(file.path):\(exceptions[$0].position.line) (\((exceptions[$0].paths + exceptions[$0].operations).joined(separator: ", ")))"
            }
            throw Failure(
                "\(choice.decision) excepts \(id) \(indices.count) times: \(places.joined(separator: "; "))",
                hint: "say which one with its --path or --operation")
        }
        return index
    }

    func all(_ choice: ExceptionChoice, _ id: String, in file: ExceptionFile) throws(Failure) -> [Int] {
        let exceptions = file.current.decision.exceptions
        let exact = exceptions.indices.filter {
            choice.fits(exceptions[$0], id) && EntryName.key(id: exceptions[$0].clause ?? exceptions[$0].invariant) == EntryName.key(id: id)
        }
        let indices = exact.isEmpty ? exceptions.indices.filter { choice.fits(exceptions[$0], id) } : exact
        guard !indices.isEmpty else {
            let granted = exceptions.map { $0.clause ?? $0.invariant }
            throw Failure(
                "\(file.current.decision.id) grants no such exception to \(id)", at: Place(path: file.path, position: file.current.decision.position),
                hint: granted.isEmpty ? "grant one with `invar adr except \(id) --adr \(choice.decision)`" : "it excepts \(granted.joined(separator: ", "))")
        }
        return indices
    }
}
