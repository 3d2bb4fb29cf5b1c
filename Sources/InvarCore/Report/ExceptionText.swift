/// An exception told to a person: whether it holds, what it covers, and what would cure it if not.
package struct ExceptionText {
    private let item: ExceptionItem
    private let today: Day
    private let style: TerminalStyle

    package init(_ item: ExceptionItem, today: Day, style: TerminalStyle) {
        self.item = item
        self.today = today
        self.style = style
    }

    package func lines(indent: Int) -> [String] {
        let lead = String(repeating: " ", count: indent)
        let labelWidth = style.language == .japanese ? 8 : 7
        var lines = [
            "\(lead)\(mark) \(style.bold(style.safe(item.decision)))  \(style.safe(item.decisionTitle))",
            "\(lead)    \(verdict)",
        ]
        let inner = indent + 4
        lines += style.field(style.pick(en: "covers", ja: "対象"), scope, indent: inner, labelWidth: labelWidth)
        lines += style.field(style.pick(en: "reason", ja: "理由"), item.exception.reason, indent: inner, labelWidth: labelWidth)
        lines += style.field(style.pick(en: "retry", ja: "再試行"), item.exception.retry, indent: inner, labelWidth: labelWidth)
        if let cure { lines += style.field(style.pick(en: "to do", ja: "対処"), cure, indent: inner, labelWidth: labelWidth) }
        lines.append(String(repeating: " ", count: inner) + style.dim(style.place(item.path, item.exception.position.line)))
        return lines
    }

    private var mark: String {
        switch item.state {
        case .active: item.isSuspect ? style.yellow("?") : style.green("✔")
        case .pending: style.cyan("…")
        case .expired, .incomplete: style.red("✘")
        case .void: style.dim("✘")
        }
    }

    /// One sentence: the state and what it follows from.
    private var verdict: String {
        switch item.state {
        case .active:
            let term =
                item.exception.until.map { day in
                    style.pick(
                        en: "active until \(day) (\(days(day.ordinal - today.ordinal)) left)", ja: "有効（\(day) まで、残り \(day.ordinal - today.ordinal) 日）")
                } ?? style.pick(en: "active, without an end", ja: "有効（期限なし）")
            guard item.isSuspect else { return style.green(term) }
            return style.yellow(
                term
                    + style.pick(
                        en: " — but \(item.exception.invariant) has changed since it was granted", ja: " — ただし承認後に \(item.exception.invariant) の文面が変わっています"))
        case .expired:
            let until = item.exception.until?.description ?? ""
            return style.red(style.pick(en: "expired on \(until)", ja: "\(until) で期限切れ"))
        case .pending:
            return style.cyan(
                item.decisionStatus == .unknown
                    ? style.pick(en: "pending: the status of the decision cannot be read", ja: "保留: 決定のステータスが読み取れません")
                    : style.pick(en: "pending: the decision is only proposed", ja: "保留: 決定はまだ提案段階です"))
        case .void: return style.dim(voidReason)
        case .incomplete: return style.red(style.pick(en: "incomplete: \(missingNames)", ja: "不備: \(missingNames)"))
        }
    }

    private var voidReason: String {
        switch item.decisionStatus {
        case .superseded:
            let by = item.successors.map { style.safe($0) }.joined(separator: ", ")
            return by.isEmpty
                ? style.pick(en: "void: the decision is superseded", ja: "無効: 決定は置き換えられています")
                : style.pick(en: "void: the decision is superseded by \(by)", ja: "無効: 決定は \(by) に置き換えられています")
        case .rejected: return style.pick(en: "void: the decision was rejected", ja: "無効: 決定は却下されています")
        case .deprecated: return style.pick(en: "void: the decision is deprecated", ja: "無効: 決定は廃止されています")
        case .accepted, .proposed, .unknown:
            return item.terms?.status == .retired
                ? style.pick(en: "void: the invariant is retired", ja: "無効: インバリアントは廃止されています")
                : style.pick(en: "void: this invariant allows no exception", ja: "無効: このインバリアントには例外を認めていません")
        }
    }

    private var missingNames: String {
        var names = item.missing.map { field in
            switch field {
            case .reason: style.pick(en: "no reason", ja: "理由がない")
            case .retry: style.pick(en: "no retry strategy", ja: "リトライ戦略がない")
            case .until: style.pick(en: "no date", ja: "期限がない")
            }
        }
        if !item.exception.unread.isEmpty {
            let fields = style.safe(item.exception.unread.joined(separator: ", "))
            names.append(style.pick(en: "\(fields) cannot be read", ja: "\(fields) を読み取れない"))
        }
        if let unread = item.exception.unreadUntil {
            names.append(style.pick(en: "`until` is \(style.safe(unread)), not a day", ja: "期限「\(style.safe(unread))」が日付ではない"))
        }
        return names.joined(separator: style.pick(en: ", ", ja: "、"))
    }

    private var scope: String {
        let parts = item.exception.paths + item.exception.operations
        let words = parts.isEmpty ? style.pick(en: "everything", ja: "すべて") : parts.joined(separator: style.pick(en: ", ", ja: "、"))
        guard item.exception.clause != nil else { return words }
        // A finding that names no clause may be about this one: it is excused, too.
        return words
            + style.pick(
                en: " (also findings of \(item.exception.invariant) that name no clause)", ja: "（条項を特定しない \(item.exception.invariant) の指摘も含む）")
    }

    /// What to do next; nil when it holds and nothing is stale.
    private var cure: String? {
        switch item.state {
        case .active where item.isSuspect:
            return style.pick(
                en: "read the invariant again; if the exception still stands, `invar adr confirm \(named)`",
                ja: "インバリアントを読み直し、例外のままでよければ `invar adr confirm \(named)` で確認する")
        case .active: return nil
        case .expired:
            return style.pick(
                en: "renew it (`invar adr renew \(named)`), or fix the cause and remove it",
                ja: "`invar adr renew \(named)` で延長するか、原因を直して例外を外す")
        case .pending:
            return style.pick(en: "decide: set the status of \(item.decision) to accepted or rejected", ja: "\(item.decision) を承認するか却下する")
        case .void:
            return item.successors.first.map { next in
                style.pick(en: "if it is still needed, grant it in \(next)", ja: "まだ必要なら \(next) で改めて認める")
            } ?? style.pick(en: "remove it, or grant it in a decision that holds", ja: "例外を外すか、有効な決定で改めて認める")
        case .incomplete:
            let fields = item.missing.map(\.rawValue) + (item.exception.unreadUntil == nil ? [] : ["until"])
            let names = Array(Set(fields)).sorted().map { $0 + ":" }.joined(separator: " ")
            let unread = item.exception.unread.map { $0 + ":" }.joined(separator: " ")
            let steps = [
                unread.isEmpty ? nil : style.pick(en: "mend \(unread)", ja: "\(unread) を直す"),
                names.isEmpty ? nil : style.pick(en: "fill in \(names)", ja: "\(names) を書く"),
            ]
            return steps.compactMap { $0 }.joined(separator: style.pick(en: ", ", ja: "、"))
        }
    }

    /// The exception as `renew` and `confirm` take it.
    private var named: String {
        let number = String(item.decision.drop { !$0.isNumber })
        return "\(item.exception.clause ?? item.exception.invariant) --adr \(number.isEmpty ? item.decision : number)"
    }

    private func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }
}
