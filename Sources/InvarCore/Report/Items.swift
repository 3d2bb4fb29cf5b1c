/// An invariant as it is listed: with its file and what refers to it.
package struct InvariantItem: Sendable {
    package var path: String
    package var invariant: Invariant
    /// Exceptions of any state granted by decisions.
    package var exceptions: Int
    /// Notes of a violation.
    package var violations: Int
    /// Entries that merely name it.
    package var mentions: Int

    package init(path: String, invariant: Invariant, exceptions: Int, violations: Int, mentions: Int) {
        self.path = path
        self.invariant = invariant
        self.exceptions = exceptions
        self.violations = violations
        self.mentions = mentions
    }

    package var json: JSON {
        .object([
            "id": .string(invariant.id), "title": .string(invariant.title), "area": JSON(invariant.area),
            "status": .string(invariant.status.rawValue), "path": .string(path), "line": .integer(invariant.position.line),
            "column": .integer(invariant.position.column), "fingerprint": .string(invariant.fingerprint), "owner": JSON(invariant.owner),
            "waivable": .bool(invariant.waivable), "aliases": JSON(invariant.aliases), "mergedInto": JSON(invariant.mergedInto),
            "paths": JSON(invariant.paths), "exceptionRequires": JSON(invariant.requires.union([.reason]).map(\.rawValue).sorted()),
            "clauses": .array(
                invariant.clauses.map { .object(["id": .string($0.id), "text": .string($0.text), "line": .integer($0.line)]) }),
            "checks": .array(
                invariant.checks.map {
                    .object([
                        "id": .string($0.id), "text": .string($0.text), "line": .integer($0.line),
                        "audience": JSON($0.audience.map(\.rawValue)), "rules": JSON($0.rules),
                    ])
                }),
            "counts": .object([
                "exceptions": .integer(exceptions), "violations": .integer(violations), "mentions": .integer(mentions),
            ]),
        ])
    }
}

/// A decision as it is listed; its status takes account of accepted successors.
package struct DecisionItem: Sendable {
    package var path: String
    package var decision: Decision
    /// Superseded also when only an accepted successor says so; else what the file states.
    package var status: Decision.Status
    package var supersedes: [String]
    package var supersededBy: [String]

    package init(path: String, decision: Decision, status: Decision.Status, supersedes: [String], supersededBy: [String]) {
        self.path = path
        self.decision = decision
        self.status = status
        self.supersedes = supersedes
        self.supersededBy = supersededBy
    }

    package var json: JSON {
        .object([
            "id": .string(decision.id), "number": JSON(decision.number), "title": .string(decision.title), "status": .string(status.rawValue),
            "statusText": .string(decision.statusText), "date": JSON(decision.date?.description), "path": .string(path),
            "line": .integer(decision.position.line), "supersedes": JSON(supersedes), "supersededBy": JSON(supersededBy),
            "exceptions": JSON(decision.exceptions.map { $0.clause ?? $0.invariant }),
        ])
    }
}

/// A note as it is listed.
package struct NoteItem: Sendable {
    package var path: String
    package var note: Note
    /// The sprint of its date, if the calendar has one.
    package var sprint: String?

    package init(path: String, note: Note, sprint: String?) {
        self.path = path
        self.note = note
        self.sprint = sprint
    }

    package var json: JSON {
        .object([
            "id": .string(note.id), "kind": .string(note.kind.rawValue), "title": .string(note.title), "date": JSON(note.date?.description),
            "sprint": JSON(sprint), "invariants": JSON(note.invariants), "cause": JSON(note.cause?.rawValue),
            "severity": JSON(note.severity?.rawValue), "paths": JSON(note.paths), "incident": JSON(note.incident),
            "decisions": JSON(note.decisions), "author": JSON(note.author), "path": .string(path), "line": .integer(note.position.line),
        ])
    }
}

/// An exception with the state it is in and what that follows from.
package struct ExceptionItem: Sendable {
    package var path: String
    package var exception: Exception
    package var decision: String
    package var decisionTitle: String
    package var decisionStatus: Decision.Status
    /// The decisions that superseded this one.
    package var successors: [String]
    package var state: Exception.State
    package var isSuspect: Bool
    package var missing: [ExceptionField]
    /// nil when the invariant does not exist.
    package var terms: Exception.InvariantTerms?

    package init(
        path: String, exception: Exception, decision: DecisionItem, terms: Exception.InvariantTerms?, today: Day
    ) {
        self.path = path
        self.exception = exception
        self.decision = decision.decision.id
        self.decisionTitle = decision.decision.title
        self.decisionStatus = decision.status
        self.successors = decision.supersededBy
        self.terms = terms
        self.state = exception.state(on: today, Exception.Grounds(decisionStatus: decision.status, invariant: terms))
        self.isSuspect = state == .active && exception.isSuspect(terms)
        self.missing = exception.missing(terms)
    }

    package var json: JSON {
        .object([
            "invariant": .string(exception.invariant), "clause": JSON(exception.clause), "decision": .string(decision),
            "decisionTitle": .string(decisionTitle), "decisionStatus": .string(decisionStatus.rawValue), "state": .string(state.rawValue),
            "suspect": .bool(isSuspect), "reason": JSON(exception.reason), "retry": JSON(exception.retry), "paths": JSON(exception.paths),
            "operations": JSON(exception.operations), "until": JSON(exception.until?.description ?? exception.unreadUntil),
            "seen": JSON(exception.seen), "unread": JSON(exception.unread), "missing": JSON(missing.map(\.rawValue)),
            "renewed": .array(
                exception.renewals.map {
                    .object(["on": JSON($0.on?.description), "until": JSON($0.until?.description), "reason": JSON($0.reason)])
                }),
            "path": .string(path), "line": .integer(exception.position.line),
        ])
    }

    /// Invariant, clause, decision, place.
    package static func inOrder(_ a: ExceptionItem, _ b: ExceptionItem) -> Bool {
        let left = (a.exception.invariant, a.exception.clause ?? "", a.decision, a.path)
        let right = (b.exception.invariant, b.exception.clause ?? "", b.decision, b.path)
        return left == right ? a.exception.position < b.exception.position : left < right
    }
}

/// A link as it is listed: from the entry that acts to the one that is acted upon.
package struct LinkItem: Hashable, Sendable {
    /// An entry's id, or the path of a document whose text belongs to no entry.
    package var source: String
    package var kind: Link.Kind
    package var target: String
    package var isResolved: Bool
    package var place: Place

    package init(source: String, kind: Link.Kind, target: String, isResolved: Bool, place: Place) {
        self.source = source
        self.kind = kind
        self.target = target
        self.isResolved = isResolved
        self.place = place
    }

    package var json: JSON {
        .object([
            "source": .string(source), "type": .string(kind.rawValue), "target": .string(target), "resolved": .bool(isResolved),
            "path": .string(place.path), "line": .integer(place.line),
        ])
    }
}

extension Finding {
    package var json: JSON {
        .object([
            "rule": .string(rule), "severity": .string(severity.rawValue), "message": .string(message), "path": .string(place.path),
            "line": .integer(place.line), "column": .integer(place.column), "hint": JSON(hint),
        ])
    }
}
