/// The arithmetic: whole numbers, one line each.
enum Scoring {
    /// From here on it is proposed.
    static let proposed = 40
    /// From here on it is watched.
    static let watched = 25

    /// The lines for a proposal on some incidents; those that are zero are left out.
    static func points(_ evidence: FamilyEvidence, _ file: CaseFile, exceptions: Int, focuses: Bool) -> [Proposal.Point] {
        var points = [volume(evidence.count)]
        points += severity(evidence.severity)
        if file.signal.isSignal {
            let signal = file.signal
            points.append(
                Proposal.Point(
                    .signal, 10,
                    Wording(
                        en:
                            "\(signal.recent) incidents in \(signal.exposure) sprints against \(signal.earlier) in \(signal.baseline) before (P \(percent(signal.chance)))",
                        ja: "直近 \(signal.exposure) スプリントで \(signal.recent) 件、基準 \(signal.baseline) スプリントでは \(signal.earlier) 件（P \(percent(signal.chance))）")))
        }
        points += chronic(file.signal.isChronic)
        if focuses, let focus = evidence.focus {
            points.append(Proposal.Point(.focus, 10, Wording(en: "at least 60 % of it in \(focus)", ja: "60% 以上が \(focus)")))
        }
        if exceptions > 0 {
            let count = min(3, exceptions)
            points.append(
                Proposal.Point(
                    .decisions, 5 * count, Wording(en: "5 × \(counted(exceptions, "active exception"))", ja: "5 × 有効な例外 \(exceptions) 件") + cap(exceptions, 3)))
        }
        points += sources(evidence.authors.count)
        if file.isOnProbation { points.append(Proposal.Point(.probation, -10, Wording(en: "on probation", ja: "試行中"))) }
        return points
    }

    static func volume(_ incidents: Int) -> Proposal.Point {
        Proposal.Point(
            .volume, 10 * min(4, incidents), Wording(en: "10 × \(counted(incidents, "incident"))", ja: "10 × インシデント \(incidents) 件") + cap(incidents, 4))
    }

    static func severity(_ severity: Note.Severity?) -> [Proposal.Point] {
        guard let severity else { return [] }
        let weight =
            switch severity {
            case .s1: 3
            case .s2: 2
            case .s3: 1
            case .s4: 0
            }
        guard weight > 0 else { return [] }
        return [
            Proposal.Point(
                .severity, 8 * weight, Wording(en: "8 × \(weight), the gravest is \(severity.rawValue)", ja: "8 × \(weight)（最も重いのは \(severity.rawValue)）"))
        ]
    }

    static func chronic(_ isChronic: Bool) -> [Proposal.Point] {
        isChronic ? [Proposal.Point(.chronic, 5, Wording(en: "noted in at least 3 of the last 4 sprints", ja: "直近 4 スプリントのうち 3 つ以上で記録"))] : []
    }

    static func sources(_ authors: Int) -> [Proposal.Point] {
        authors >= 2 ? [Proposal.Point(.sources, 5, Wording(en: "\(authors) people noted it", ja: "\(authors) 人が記録"))] : []
    }

    /// A probability in hundredths of a percent, rounded to the nearest by whole numbers.
    static func percent(_ chance: Double) -> String {
        let hundredths = Int(chance * 10_000 + 0.5)
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) %"
    }

    static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    private static func cap(_ count: Int, _ limit: Int) -> Wording {
        count > limit ? Wording(en: ", \(limit) at most", ja: "（\(limit) 件まで）") : Wording("")
    }
}
