/// What a proposal on the incidents of one invariant says: why, what speaks against it, what else was considered.
struct ProposalWords {
    let file: CaseFile
    let evidence: FamilyEvidence
    let kind: Proposal.Kind
    var scope: String?
    var partner: String?
    /// Of `enforce` the weakening that is not allowed.
    var insteadOf: Proposal.Kind?
    var obstacles: [Wording] = []

    var why: Wording {
        let reason =
            switch kind {
            case .tighten:
                Wording(en: "it was broken although a check stands; the words ask too little", ja: "CI のチェックがあるのに破られており、文言の求める水準が足りません")
            case .addCheck:
                Wording(en: "nothing checks it, so that slips pass", ja: "確かめるチェックがないため、うっかりがそのまま通っています")
            case .fixCheck:
                Wording(en: "the check objects to what is right; people learn to ignore it", ja: "チェックが正しいものまで指摘しており、このままでは無視されるようになります")
            case .clarify:
                Wording(en: "it was not known or not understood; an example says more than a stronger word", ja: "知られていないか、意味が伝わっていません。強い言葉よりも具体例が必要です")
            case .precedence:
                Wording(en: "it conflicts with \(partner ?? ""), and nothing says which of the two yields", ja: "\(partner ?? "") と衝突していますが、どちらを優先するか決まっていません")
            case .carveOut:
                Wording(en: "it cannot be kept in \(scope ?? ""), and elsewhere it can", ja: "\(scope ?? "") では守れませんが、ほかでは守れています")
            case .relax:
                Wording(en: "keeping it costs more than people pay, and not in one place alone", ja: "守るための負担が見合わず、しかも一か所だけの話ではありません")
            case .retire:
                Wording(en: "those who met it say that it has no object any more", ja: "対象がもう存在しないと、現場で記録されています")
            case .enforce:
                Wording(
                    en: "it asks for \(insteadOf?.rawValue ?? "weakening"), which is not allowed here: change the work, not the rule",
                    ja: "\(insteadOf?.rawValue ?? "緩和") に当たる状況ですが、ここでは緩められません。規則ではなく作業のほうを改めます")
            case .codifyException, .split, .merge, .promote:
                Wording("")
            }
        return counted + reason + Wording(en: ".", ja: "。")
    }

    /// `4 incidents in 4 sprints (slip or undetected), 2 of them now: `
    private var counted: Wording {
        let now = evidence.incidents.count(where: \.isNow)
        let sprints = file.facts.timeline.now - file.facts.timeline.windowStart + 1
        let causes = Set(evidence.incidents.flatMap(\.causes)).intersection(kind.considers(insteadOf)).map(\.rawValue).sorted().joined(separator: ", ")
        return Wording(
            en:
                "\(Scoring.counted(evidence.count, "incident")) in \(Scoring.counted(sprints, "sprint")) (\(causes)), \(now) of them in \(file.facts.sprint.name): ",
            ja: "直近 \(sprints) スプリントで \(evidence.count) 件（\(causes)）、うち \(file.facts.sprint.name) に \(now) 件。")
    }

    /// Why not stronger.
    var against: Wording {
        var reasons = obstacles
        if evidence.authors.count < 2 {
            reasons.append(Wording(en: "no second person noted it", ja: "2 人目の記録者がいません"))
        }
        if !file.signal.isSignal {
            let chance = Scoring.percent(file.signal.chance)
            reasons.append(
                file.signal.baseline == 0
                    ? Wording(en: "there is no baseline to compare with yet", ja: "比べるための基準期間がまだありません")
                    : Wording(en: "chance alone would bring so many incidents with P \(chance)", ja: "この件数は偶然でも起こりえます（P \(chance)）"))
        }
        let others = evidence.total - evidence.count
        if others > 0 {
            reasons.append(
                Wording(
                    en: "\(others) of \(evidence.total) incidents have other causes", ja: "インシデント \(evidence.total) 件のうち \(others) 件は別の原因です"))
        }
        let stale = notes.count { $0.note.seen.map { Folding.searchable($0) != file.invariant.fingerprint } ?? false }
        if stale > 0 {
            reasons.append(
                Wording(en: "\(Scoring.counted(stale, "note")) saw an older text", ja: "\(stale) 件のメモは改訂前の文言に対するものです"))
        }
        if file.isOnProbation { reasons.append(Wording(en: "the invariant is on probation", ja: "このインバリアントは試行中です")) }
        if let own = kindsOwn { reasons.append(own) }
        return ProposalWords.joined(reasons)
    }

    /// What speaks against this kind by its nature.
    private var kindsOwn: Wording? {
        switch kind {
        case .tighten: Wording(en: "stronger words help only where somebody reads them", ja: "文言を強めても、読まれなければ効きません")
        case .addCheck: Wording(en: "a check costs every change, not only the wrong ones", ja: "チェックは、問題のない変更にも負担をかけます")
        case .fixCheck: Wording(en: "a narrower check may miss a true case", ja: "チェックを狭めると、本物の違反を見逃すかもしれません")
        case .clarify: Wording(en: "whoever does not read the clause does not read its example", ja: "条項を読まない人は、例も読みません")
        case .precedence: Wording(en: "a fixed order may be wrong for the next case", ja: "順位を固定すると、次の場面では合わないかもしれません")
        case .carveOut: Wording(en: "exceptions tend to stay; this one ends by itself unless it is renewed", ja: "例外は残りがちです。延長しなければ期限で切れるようにします")
        case .relax: Wording(en: "what is weakened for all is weakened where nobody asked, too", ja: "全体を緩めると、困っていない箇所まで緩みます")
        case .retire:
            Wording(en: "the absence of violations is never a reason; look for the object once more", ja: "違反がないことは廃止の理由になりません。対象が残っていないか、もう一度確かめてください")
        case .enforce, .codifyException, .split, .merge, .promote: nil
        }
    }

    private var notes: [LedgerNote] {
        let ledger = file.facts.ledger
        return Set(evidence.incidents.flatMap(\.notes)).sorted().map { ledger.notes[$0] }.filter { $0.sprint >= ledger.timeline.windowStart }
    }

    /// The alternatives within the family.
    var considered: [Wording] {
        switch kind {
        case .tighten:
            [Wording(en: "add-check: a ci check stands already", ja: "add-check: CI のチェックはすでにあります")]
        case .addCheck:
            [Wording(en: "tighten: without a ci check, stronger words would be watched by nobody", ja: "tighten: CI のチェックがないままでは、文言を強めても誰も確かめません")]
        case .fixCheck:
            [Wording(en: "relax: the check was wrong, not the invariant", ja: "relax: 誤っているのはチェックで、インバリアントではありません")]
        case .clarify:
            [Wording(en: "tighten: what is not understood is not kept for being stronger", ja: "tighten: 伝わっていないものは、強めても守られません")]
        case .precedence:
            [Wording(en: "relax: each of the two is kept by itself", ja: "relax: どちらも単独では守れています")]
        case .carveOut:
            [Wording(en: "relax: at least 60 % of it lies in one scope; the rest need not get weaker", ja: "relax: 60% 以上が一つの範囲に収まっており、全体を緩める必要はありません")]
        case .relax:
            [Wording(en: "carve-out: no scope holds 60 % of it", ja: "carve-out: 60% が収まる範囲がありません")]
        case .retire:
            [Wording(en: "relax: a rule without an object is not kept better for being weaker", ja: "relax: 対象のない規則は、緩めても意味がありません")]
        case .enforce:
            [insteadOf.map { instead in Wording("\(instead.rawValue): ") + ProposalWords.joined(obstacles) } ?? Wording("")]
        case .codifyException, .split, .merge, .promote:
            []
        }
    }

    /// Sentences in a row, each ended as its language ends them.
    static func joined(_ parts: [Wording]) -> Wording {
        Wording(en: parts.map(\.en).joined(separator: "; "), ja: parts.map { $0.ja.hasSuffix("。") ? String($0.ja.dropLast()) : $0.ja }.joined(separator: "。"))
    }
}

extension Proposal.Kind {
    /// The causes that count for it; of `enforce` those of what it stands for.
    fileprivate func considers(_ insteadOf: Proposal.Kind?) -> Set<Note.Cause> {
        self == .enforce ? insteadOf?.answers ?? [] : answers
    }
}
