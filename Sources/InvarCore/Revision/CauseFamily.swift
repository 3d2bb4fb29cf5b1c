/// Causes that call for the same kind of answer.
enum CauseFamily: Int, Sendable, CaseIterable {
    /// {slip, undetected}: the rule is right, the work went wrong.
    case slip
    /// {ambiguous, unaware}: the rule is not understood or not known.
    case understanding
    /// {infeasible, emergency}: the rule cannot be kept there, or then.
    case feasibility
    case cost
    case conflict
    /// The check is wrong.
    case falseAlarm
    case obsolete

    var causes: [Note.Cause] {
        switch self {
        case .slip: [.slip, .undetected]
        case .understanding: [.ambiguous, .unaware]
        case .feasibility: [.infeasible, .emergency]
        case .cost: [.cost]
        case .conflict: [.conflict]
        case .falseAlarm: [.falseAlarm]
        case .obsolete: [.obsolete]
        }
    }

    /// nil for `deliberate` and `unknown`, which call for no answer by themselves.
    init?(_ cause: Note.Cause) {
        guard let family = CauseFamily.allCases.first(where: { $0.causes.contains(cause) }) else { return nil }
        self = family
    }

    var words: Wording {
        switch self {
        case .slip: Wording(en: "slip or undetected", ja: "うっかり・見落とし")
        case .understanding: Wording(en: "ambiguous or unaware", ja: "曖昧・知らなかった")
        case .feasibility: Wording(en: "infeasible or emergency", ja: "実現不能・緊急対応")
        case .cost: Wording(en: "cost", ja: "コスト")
        case .conflict: Wording(en: "conflict", ja: "他の規則との衝突")
        case .falseAlarm: Wording(en: "false alarm", ja: "誤検知")
        case .obsolete: Wording(en: "obsolete", ja: "形骸化")
        }
    }
}
