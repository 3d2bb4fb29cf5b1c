extension CheckReport {
    /// `invar.check/1`.
    package var json: JSON {
        .object([
            "schema": .string("invar.check/1"), "asOf": .string(asOf.description), "base": JSON(base), "touched": touched.map { .integer($0) } ?? .null,
            "remark": JSON(idleSentence?[language]),
            "findings": .array(findings.map(\.checkJSON)), "summary": summary.json,
        ])
    }
}

extension CheckReport.Summary {
    var json: JSON {
        .object([
            "files": .integer(files), "open": .integer(open), "excepted": .integer(excepted), "baselined": .integer(baselined),
            "unreadable": .integer(unreadable), "byInvariant": .object(byInvariant.mapValues { .integer($0) }),
            "bySeverity": .object(Dictionary(uniqueKeysWithValues: Severity.allCases.map { ($0.rawValue, .integer(bySeverity[$0] ?? 0)) })),
        ])
    }
}

extension Finding {
    /// With everything that judging adds.
    package var checkJSON: JSON {
        .object([
            "rule": .string(rule), "invariant": JSON(invariant), "clause": JSON(clause), "severity": .string(severity.rawValue),
            "state": .string(state.rawValue), "decision": JSON(decision), "reason": JSON(reason), "message": .string(message),
            "path": .string(place.path), "line": .integer(place.line), "column": .integer(place.column),
            "endLine": .integer(end?.line ?? place.line), "endColumn": .integer(end?.column ?? place.column),
            "excerpt": .string(ReportText.excerpt(self).text), "excerptColumn": .integer(ReportText.excerpt(self).column),
            "hint": JSON(hint), "remarks": JSON(remarks), "fingerprint": .string(fingerprint),
            "basis": basis.map { basis in
                .object([
                    "title": .string(basis.title), "text": .string(basis.text), "path": .string(basis.place.path), "line": .integer(basis.place.line),
                ])
            } ?? .null,
            "related": .array(
                related.map { related in
                    .object(["path": .string(related.place.path), "line": .integer(related.place.line), "message": .string(related.message)])
                }),
        ])
    }
}
