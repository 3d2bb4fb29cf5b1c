package import InvarCore

/// What is wrong with an exception that does not hold, and what would cure it, in one sentence.
package enum ExceptionCure {
    package static func remark(_ item: ExceptionItem, today: Day) -> Wording {
        let decision = item.decision
        switch item.state {
        case .active:
            return Wording(en: "\(decision) excuses it", ja: "\(decision) が例外を認めています")
        case .expired:
            let until = item.exception.until?.description ?? ""
            return Wording(
                en: "\(decision) excused it until \(until): renew it (`\(command("renew", item))`), or mend this",
                ja: "\(decision) の例外は \(until) で切れています。延長する（`\(command("renew", item))`）か、ここを直してください")
        case .pending:
            return Wording(
                en: "\(decision) would excuse it, but is only \(item.decisionStatus.rawValue): decide it",
                ja: "\(decision) の例外は決定が \(item.decisionStatus.rawValue) のため効きません。決定を済ませてください")
        case .void:
            return Wording(en: "\(decision) does not excuse it: \(voidReason(item).en)", ja: "\(decision) では見逃せません: \(voidReason(item).ja)")
        case .incomplete:
            let fields =
                (item.missing.map(\.rawValue) + (item.exception.unreadUntil == nil ? [] : ["until"]) + item.exception.unread).joined(separator: ", ")
            return Wording(
                en: "\(decision) would excuse it, but lacks \(fields): add it at \(item.path):\(item.exception.position.line)",
                ja: "\(decision) の例外には \(fields) がありません。\(item.path):\(item.exception.position.line) に書き足してください")
        }
    }

    /// The command that renews or confirms it; on a terminal it asks for the rest.
    package static func command(_ verb: String, _ item: ExceptionItem) -> String {
        "invar adr \(verb) \(item.exception.clause ?? item.exception.invariant) --adr \(number(of: item))"
    }

    /// How a command names the decision: its number, else its id.
    package static func number(of item: ExceptionItem) -> String {
        let number = String(item.decision.drop { !$0.isNumber })
        return number.isEmpty ? item.decision : number
    }

    /// Why an exception is void.
    package static func voidReason(_ item: ExceptionItem) -> Wording {
        switch item.decisionStatus {
        case .superseded:
            let by = item.successors.joined(separator: ", ")
            return by.isEmpty
                ? Wording(en: "it is superseded", ja: "置き換えられています") : Wording(en: "it is superseded by \(by)", ja: "\(by) に置き換えられています")
        case .rejected: return Wording(en: "it was rejected", ja: "却下されています")
        case .deprecated: return Wording(en: "it is deprecated", ja: "廃止されています")
        case .accepted, .proposed, .unknown:
            return item.terms?.status == .retired
                ? Wording(en: "the invariant is retired", ja: "インバリアントが廃止されています")
                : Wording(en: "\(item.exception.invariant) allows no exception", ja: "\(item.exception.invariant) には例外を認めていません")
        }
    }
}
