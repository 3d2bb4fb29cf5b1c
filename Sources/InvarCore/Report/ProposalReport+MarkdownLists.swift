extension ProposalReport {
    /// Exceptions that need somebody, each kind with its three ways out.
    var exceptionLines: [String] {
        guard !exceptions.isEmpty else { return [] }
        var lines = ["## " + say(en: "Exceptions to settle", ja: "例外の棚卸し"), ""]
        lines += section(
            say(en: "Expired", ja: "期限切れ"), exceptions.expired,
            say(
                en: "Renew it with a reason (`invar adr renew`), fix what it excused, or remove it.",
                ja: "理由を添えて延長する（`invar adr renew`）、原因を直す、または例外を取り除く、のいずれかを選んでください。"))
        lines += section(
            say(en: "Ending within \(ExceptionReview.horizon) days", ja: "\(ExceptionReview.horizon) 日以内に期限"), exceptions.expiring,
            say(
                en: "Renew it in time (`invar adr renew`), fix what it excuses before that day, or let it end.",
                ja: "期限までに延長する（`invar adr renew`）、期限までに直す、またはそのまま終わらせる、のいずれかを選んでください。"))
        return lines
            + section(
                say(en: "Unused", ja: "使われていない例外"), exceptions.unused,
                say(
                    en: "Remove it, mend its paths if they miss what they meant, or confirm that it is still needed (`invar adr confirm`).",
                    ja: "例外を取り除く、対象パスの誤りを直す、または必要であることを確認する（`invar adr confirm`）、のいずれかを選んでください。"))
    }

    private func section(_ title: String, _ items: [ExceptionItem], _ ways: String) -> [String] {
        guard !items.isEmpty else { return [] }
        let lines = items.prefix(20).map { item in
            let until = item.exception.until.map { say(en: " until \($0)", ja: " 期限 \($0)") } ?? ""
            let paths = item.exception.paths.prefix(3).map { " " + code($0) }.joined()
            return
                "- \(code(item.exception.clause ?? item.exception.invariant)) \(text(item.decision)) \(text(item.decisionTitle))\(until)\(paths) (\(code("\(item.path):\(item.exception.position.line)")))"
        }
        let rest = items.count > 20 ? ["- " + say(en: "and \(items.count - 20) more", ja: "ほか \(items.count - 20) 件")] : []
        return ["**\(title)** — \(ways)", ""] + lines + rest + [""]
    }

    /// What scored too little.
    var watchLines: [String] {
        guard !watch.isEmpty else { return [] }
        let lines = watch.prefix(15).map { proposal in
            "- \(name(of: proposal.kind)) \(code(proposal.clause ?? proposal.invariant)) \(proposal.score): \(text(proposal.against[language]))"
        }
        let rest = watch.count > 15 ? ["- " + say(en: "and \(watch.count - 15) more", ja: "ほか \(watch.count - 15) 件")] : []
        return ["## " + say(en: "Watched", ja: "様子を見るもの"), ""] + lines + rest + [""]
    }

    /// What was decided before and has no new reason.
    var decidedLines: [String] {
        guard !setAside.isEmpty else { return [] }
        let lines = setAside.prefix(15).map { item in
            "- \(name(of: item.proposal.kind)) \(code(item.proposal.clause ?? item.proposal.invariant)): \(text(item.why[language]))"
        }
        let rest = setAside.count > 15 ? ["- " + say(en: "and \(setAside.count - 15) more", ja: "ほか \(setAside.count - 15) 件")] : []
        return ["## " + say(en: "Decided before", ja: "判断済みのもの"), ""] + lines + rest + [""]
    }
}
