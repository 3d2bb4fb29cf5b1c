/// A field that an exception may have to fill in.
package enum ExceptionField: String, Sendable, CaseIterable {
    case reason, retry, until
}

/// A decision's release from an invariant, or from one clause of it, at some place.
package struct Exception: Hashable, Sendable {
    /// The invariant's id without clause.
    package var invariant: String
    /// The clause's id, `INV-OPS-002.2`, when only that one is excepted.
    package var clause: String?
    /// Globs it covers; empty covers every file.
    package var paths: [String]
    /// API operations or job names it covers; empty covers every operation.
    package var operations: [String]
    package var reason: String?
    package var retry: String?
    /// The last day on which it holds; nil is without end.
    package var until: Day?
    /// What was written for `until` when it is not a day.
    package var unreadUntil: String?
    /// Other fields that are written and cannot be read: without them nobody knows how far it was meant to reach, so it
    /// excuses nothing.
    package var unread: [String]
    /// The invariant's fingerprint when the exception was granted.
    package var seen: String?
    package var renewals: [Renewal]
    package var position: Position

    package init(invariant: String, clause: String? = nil, position: Position) {
        self.invariant = invariant
        self.clause = clause
        self.paths = []
        self.operations = []
        self.reason = nil
        self.retry = nil
        self.until = nil
        self.unreadUntil = nil
        self.unread = []
        self.seen = nil
        self.renewals = []
        self.position = position
    }

    /// One extension of the date.
    package struct Renewal: Hashable, Sendable {
        package var on: Day?
        package var until: Day?
        package var reason: String?

        package init(on: Day?, until: Day?, reason: String?) {
            self.on = on
            self.until = until
            self.reason = reason
        }
    }

    /// Whether it excuses anything today, and if not, why.
    package enum State: String, Sendable, CaseIterable {
        case active, expired, pending, void, incomplete
    }

    /// What the state follows from, beside the exception itself.
    package struct Grounds: Hashable, Sendable {
        package var decisionStatus: Decision.Status
        /// nil when the invariant does not exist.
        package var invariant: InvariantTerms?

        package init(decisionStatus: Decision.Status, invariant: InvariantTerms?) {
            self.decisionStatus = decisionStatus
            self.invariant = invariant
        }
    }

    /// What an invariant says about exceptions to it.
    package struct InvariantTerms: Hashable, Sendable {
        package var status: Invariant.Status
        package var waivable: Bool
        package var requires: Set<ExceptionField>
        package var fingerprint: String

        package init(status: Invariant.Status, waivable: Bool, requires: Set<ExceptionField>, fingerprint: String) {
            self.status = status
            self.waivable = waivable
            self.requires = requires
            self.fingerprint = fingerprint
        }
    }

    /// Fields that are required and not there, or only as a placeholder; reason always, the others where the
    /// invariant asks for them.
    package func missing(_ terms: InvariantTerms?) -> [ExceptionField] {
        let required = (terms?.requires ?? []).union([.reason])
        return ExceptionField.allCases.filter { field in
            guard required.contains(field) else { return false }
            switch field {
            case .reason: return Placeholder.isEmpty(reason)
            case .retry: return Placeholder.isEmpty(retry)
            case .until: return until == nil
            }
        }
    }

    /// The one place that decides it; when several apply: void, pending, incomplete, expired, active.
    package func state(on today: Day, _ grounds: Grounds) -> State {
        switch grounds.decisionStatus {
        case .rejected, .deprecated, .superseded: return .void
        case .accepted, .proposed, .unknown: break
        }
        if let invariant = grounds.invariant, invariant.status == .retired || !invariant.waivable { return .void }
        if grounds.decisionStatus != .accepted { return .pending }
        if !missing(grounds.invariant).isEmpty || unreadUntil != nil || !unread.isEmpty { return .incomplete }
        if let until, until < today { return .expired }
        return .active
    }

    /// Whether the invariant's words changed since it was granted; false when no fingerprint was recorded.
    package func isSuspect(_ terms: InvariantTerms?) -> Bool {
        guard let seen, let terms else { return false }
        return Folding.searchable(seen) != terms.fingerprint
    }

    /// Whether a file is within its paths.
    package func covers(path: String) -> Bool {
        paths.isEmpty || paths.contains { Glob($0).matches(path) }
    }

    /// Whether an operation is within its operations, compared without case or repeated spaces.
    package func covers(operation: String) -> Bool {
        let wanted = Folding.searchable(Folding.unwrapped(operation))
        return operations.isEmpty || operations.contains { Folding.searchable(Folding.unwrapped($0)) == wanted }
    }
}
