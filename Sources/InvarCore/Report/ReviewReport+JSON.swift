extension ReviewReport {
    /// `invar.review/1`.
    package var json: JSON {
        .object([
            "schema": .string("invar.review/1"), "base": .string(base), "head": .string(head), "asOf": .string(asOf.description),
            "invariants": .array(touched.map { $0.json(language, asOf) }), "untouched": JSON(untouched),
            "documents": .array(documents.map(\.json)),
            "files": .array(patch.files.map(\.json)), "unchecked": JSON(unchecked),
            "problems": .array(patch.problems.map { .object(["line": .integer($0.line), "message": .string($0.message)]) }),
            "findings": .array(check.findings.map(\.checkJSON)), "summary": check.summary.json,
            "answer": answer.map(\.json) ?? .null,
        ])
    }
}

extension ReviewReport.Touched {
    fileprivate func json(_ language: Language, _ today: Day) -> JSON {
        .object([
            "id": .string(item.invariant.id), "title": .string(item.invariant.title), "area": JSON(item.invariant.area),
            "path": .string(item.path), "line": .integer(item.invariant.position.line),
            "irreversibility": .integer(irreversibility), "because": .array(because.map { $0.json(language) }),
            "exceptions": .array(exceptions.map { $0.json(expiringFrom: today) }),
            "questions": JSON(item.invariant.checks.map(\.text)),
            "checks": .array(
                item.invariant.checks.map { check in
                    .object([
                        "id": .string(check.id), "text": .string(check.text), "audience": JSON(check.audience.map(\.rawValue)), "rules": JSON(check.rules),
                        "line": .integer(check.line),
                    ])
                }),
            "violations": JSON(violations.map(\.note.id)),
        ])
    }
}

extension ReviewReport.Because {
    fileprivate func json(_ language: Language) -> JSON {
        .object([
            "kind": .string(kind.rawValue), "detail": .string(detail[language]), "path": .string(path), "line": line.map { .integer($0) } ?? .null,
            "side": .string(side.rawValue),
        ])
    }
}

extension ReviewReport.Document {
    fileprivate var json: JSON {
        .object([
            "path": .string(path), "id": JSON(id), "title": .string(title), "change": .string(kind.rawValue), "invariants": JSON(invariants),
        ])
    }
}

extension Patch.File {
    fileprivate var json: JSON {
        .object([
            "path": .string(path), "oldPath": JSON(oldPath), "change": .string(kind.rawValue), "content": .string(content.rawValue),
        ])
    }
}

extension ExceptionItem {
    /// With whether it ends soon.
    fileprivate func json(expiringFrom today: Day) -> JSON {
        guard case .object(var members) = json else { return json }
        members["expiring"] = .bool(isExpiring(today))
        return .object(members)
    }

    func isExpiring(_ today: Day) -> Bool {
        state == .active && exception.until.map { $0.ordinal - today.ordinal <= ReviewReport.expiring } ?? false
    }
}

extension ReviewAnswer {
    package var json: JSON {
        .object([
            "accepted": .array(accepted.map(\.json)),
            "rejected": .array(rejected.map { .object(["item": $0.item, "why": .string($0.why)]) }),
        ])
    }
}

extension ReviewAnswer.Comment {
    fileprivate var json: JSON {
        .object([
            "invariant": .string(invariant), "clause": JSON(clause), "verdict": .string(verdict.rawValue), "decision": JSON(decision), "path": .string(path),
            "side": .string(side.rawValue), "line": .integer(line), "endLine": .integer(endLine), "quote": .string(quote), "why": .string(why),
            "confidence": confidence.map { .number($0) } ?? .null,
        ])
    }
}
