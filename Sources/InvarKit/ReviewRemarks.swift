import InvarCore
import InvarRules

/// What a reviewer's comments become once they are checked: findings like those of rules, marked as a reviewer's.
enum ReviewRemarks {
    static func rule(_ verdict: ReviewAnswer.Verdict) -> String { "review/" + verdict.rawValue }

    static func isRemark(_ rule: String) -> Bool { rule.hasPrefix("review/") }

    /// To be judged with everything else: only an active exception excuses them, too.
    static func matches(_ comments: [ReviewAnswer.Comment]) -> [Checker.RuleMatch] {
        comments.map { comment in
            let isOld = comment.side == .old
            let text = String(comment.shown.plain)
            let end =
                isOld || comment.endLine > comment.line
                ? Position(line: isOld ? comment.newLine : comment.endLine + 1, column: 1) : Position(line: comment.line, column: text.unicodeScalars.count + 1)
            let start = Position(line: isOld ? comment.newLine : comment.line)
            var match = Match(path: comment.path, start: start, end: max(start, end), message: message(comment))
            match.severity = comment.verdict == .threatens ? .warning : .note
            match.invariant = comment.invariant
            match.clause = comment.clause
            match.excerpt = isOld ? "" : text
            match.key = comment.invariant + " " + comment.quote
            match.decisions = comment.decision.map { [$0] } ?? []
            return Checker.RuleMatch(rule: rule(comment.verdict), match: match)
        }
    }

    private static func message(_ comment: ReviewAnswer.Comment) -> Wording {
        let why = ReportText.line(comment.why.trimmingBlanks, limit: 600)
        guard comment.side == .old else { return Wording(en: "reviewer: \(why)", ja: "レビュアー: \(why)") }
        let quote = ReportText.line(comment.quote.trimmingBlanks, limit: 200)
        return Wording(
            en: "reviewer: \(why) (line \(comment.line) before the change: “\(quote)”)", ja: "レビュアー: \(why)（変更前の \(comment.line) 行目「\(quote)」）")
    }

    /// One list, in order: a remark about the same invariant at the same place as a rule's finding is noted there instead
    /// of being told twice. What weighs more than that finding, or says that it is justified, stands by itself.
    static func merged(_ findings: [Finding], _ remarks: [Finding], _ language: Language) -> [Finding] {
        var findings = findings
        for remark in remarks {
            let same = findings.firstIndex { finding in
                !isRemark(finding.rule) && finding.invariant == remark.invariant && finding.place.path == remark.place.path
                    && finding.place.line <= max(remark.end?.line ?? remark.place.line, remark.place.line)
                    && remark.place.line <= max(finding.end?.line ?? finding.place.line, finding.place.line)
            }
            guard let same, remark.rule == rule(.threatens), findings[same].state == .open, findings[same].severity >= remark.severity else {
                findings.append(remark)
                continue
            }
            findings[same].remarks.append(language.pick(en: "a reviewer says so, too: ", ja: "レビュアーも同じ点を挙げています: ") + remark.message)
        }
        return findings.sorted(by: Finding.inOrder)
    }

    /// What could not be read of a patch was not reviewed: no gate passes over it.
    static func unread(_ patch: Patch, _ language: Language) -> [Finding] {
        patch.problems.map { problem in
            let message = Wording(en: "the patch cannot be read here: \(problem.message)", ja: "パッチのこの箇所を読めません: \(problem.message)")
            let hint = Wording(en: "make it anew with `git diff`; what stands here was not reviewed", ja: "`git diff` で作り直してください。この箇所は確認されていません")
            var finding = Finding(
                rule: unreadable, severity: .error, message: message[language], place: Place(path: "-", position: Position(line: max(1, problem.line))),
                hint: hint[language])
            finding.fingerprint = FindingFingerprint.of(rule: unreadable, path: "-", key: problem.message, ordinal: problem.line)
            return finding
        }
    }

    private static let unreadable = "review/unreadable"

    static func descriptions(of findings: [Finding], _ language: Language) -> [RuleDescription] {
        let used = Set(findings.map(\.rule))
        let broken = Wording(en: "a part of the patch cannot be read", ja: "パッチに読めない箇所がある")
        let reason = Wording(en: "What cannot be read was not reviewed.", ja: "読めない箇所は確認されていません。")
        let unread = RuleDescription(
            id: unreadable, title: broken[language], why: reason[language], invariant: nil, severity: .error,
            page: "# \(unreadable)\n\n\(broken[language])\n\n\(reason[language])\n")
        return (used.contains(unreadable) ? [unread] : [])
            + ReviewAnswer.Verdict.allCases.filter { used.contains(rule($0)) }.map { verdict in
                let title =
                    switch verdict {
                    case .threatens: Wording(en: "a reviewer sees an invariant threatened", ja: "レビュアーがインバリアントへの脅威を指摘した")
                    case .justified: Wording(en: "a reviewer sees a decision justify it", ja: "レビュアーが ADR による正当化を認めた")
                    case .unclear: Wording(en: "a reviewer cannot tell", ja: "レビュアーには判断できなかった")
                    }
                let why = Wording(
                    en: "It is an opinion: that the invariant, the lines and the quotation exist was checked, that it is right was not.",
                    ja: "意見です。インバリアント・行・引用が実在することは確かめてありますが、内容の正しさまでは確かめていません。")
                return RuleDescription(
                    id: rule(verdict), title: title[language], why: why[language], invariant: nil, severity: verdict == .threatens ? .warning : .note,
                    page: "# \(rule(verdict))\n\n\(title[language])\n\n\(why[language])\n")
            }
    }
}
