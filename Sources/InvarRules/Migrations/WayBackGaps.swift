import InvarCore
import InvarSyntax

/// What a way back does not put right, each with where a person mends it and what is to be written.
struct WayBackGaps {
    enum Place: Hashable {
        /// The index of an action of the way forth, or of the way back.
        case forth(Int), back(Int)
    }

    struct Gap {
        var place: Place
        var message: Wording
        /// What to do, before the name of the way back.
        var advice: Wording
        /// What to write there.
        var statements: Wording
    }

    private(set) var found: [Gap] = []

    private let pair: MigrationPair
    private let history: SchemaHistory

    /// - Parameters:
    ///   - leftOver: the indices of the actions whose inverse is missing.
    ///   - isShared: the change is cut over several versions, so that this way back alone need not undo it.
    ///   - history: the schema before.
    init(_ pair: MigrationPair, leftOver: [Int], isShared: Bool, dialect: SQLDialect, _ history: SchemaHistory) {
        self.pair = pair
        self.history = history
        guard !isShared, pair.downArtifacts.count == 1 else {
            found = leftOver.map(leftBehind)
            return
        }
        let trip = SQLRoundTrip(up: pair.up, down: pair.down, dialect: dialect, before: history)
        let open = leftOver.filter { !trip.isSettled(pair.up.actions[$0].table) && !isOptional($0) }
        found = open.map(leftBehind)
        if let refusal = trip.refusal { found.append(refused(refusal)) }
        for difference in trip.differences { add(difference, beside: open) }
    }

    /// A drop just in case, of a table that no earlier version made.
    private func isOptional(_ index: Int) -> Bool {
        let action = pair.up.actions[index]
        guard action.kind == .dropTable, history.table(action.table) == nil else { return false }
        return action.context == .block || action.flags.contains(.ifExists) && !history.isEmpty
    }

    // MARK: Differences of a table

    private mutating func add(_ difference: SQLRoundTrip.Difference, beside open: [Int]) {
        let table = difference.table
        let told = open.map { pair.up.actions[$0] }.filter { $0.table.denotes(table) || $0.newName == table.name }
        if difference.isGone {
            guard !told.contains(where: { $0.kind == .dropTable || $0.kind == .renameTable }) else { return }
            guard let place = place(of: table, [.dropTable, .renameTable, .createTable]) else { return }
            found.append(
                Gap(
                    place: place,
                    message: Wording(
                        en: "the way back does not bring table \(table) back as it was: the earlier application does not find it",
                        ja: "戻しても、元の表 \(table) が復元されません。前の版のアプリが読めずに失敗します"),
                    advice: Wording(en: "create it again", ja: "元の定義で作り直す文が必要です"), statements: undo([SQLAction(.dropTable, table: table, span: 0..<0)])))
            return
        }
        func isTold(_ column: SQLColumn) -> Bool { told.contains { $0.name == column.name || $0.newName == column.name } }
        let missing = difference.missing.filter { !isTold($0) }
        let extra = difference.extra.filter { !isTold($0) }
        if let first = missing.first, let place = place(of: table, column: first.name, [.dropColumn, .renameColumn]) {
            found.append(
                Gap(
                    place: place,
                    message: Wording(
                        en: "the way back does not bring \(named(missing).en) of \(table) back: the earlier application does not find it",
                        ja: "戻しても \(table) の \(named(missing).ja) が復元されません。前の版のアプリが読めずに失敗します"),
                    advice: Wording(en: "give the table all columns that it had", ja: "元の列をすべて戻す文が必要です"),
                    statements: undo(missing.map { SQLAction(.dropColumn, table: table, name: $0.name, span: 0..<0) })))
        }
        if let first = extra.first, let place = place(of: table, column: first.name, [.addColumn, .renameColumn]) {
            found.append(
                Gap(
                    place: place,
                    message: Wording(
                        en: "the way back gives \(table) \(named(extra).en), which it did not have: going back further, or forth again, fails on it",
                        ja: "戻すと \(table) に、元は無かった \(named(extra).ja) が加わります。さらに前の版へ戻すときや、もう一度進めるときに失敗します"),
                    advice: Wording(en: "leave out what the earlier version does not have", ja: "前の版に無い列は作らないようにします"),
                    statements: undo(extra.map { SQLAction(.addColumn, table: table, name: $0.name, span: 0..<0) })))
        }
    }

    private func named(_ columns: [SQLColumn]) -> Wording {
        let names = columns.prefix(3).map(\.name).joined(separator: ", ")
        let rest = columns.count > 3 ? ", …" : ""
        return Wording(en: (columns.count == 1 ? "column " : "columns ") + names + rest, ja: "列 " + names + rest)
    }

    /// Where the table, or its column, is changed: by the way forth, else by the way back.
    private func place(of table: SQLName, column: String? = nil, _ kinds: [SQLAction.Kind]) -> Place? {
        func isAbout(_ action: SQLAction) -> Bool { action.table.denotes(table) && action.context != .routine }
        func isExact(_ action: SQLAction) -> Bool {
            kinds.contains(action.kind) && isAbout(action) && (column == nil || action.name == column || action.newName == column)
        }
        func isWhole(_ action: SQLAction) -> Bool { isAbout(action) && (action.kind == .dropTable || action.kind == .createTable) }
        if let index = pair.up.actions.firstIndex(where: isExact) ?? pair.up.actions.firstIndex(where: isWhole) { return .forth(index) }
        if let index = pair.down.actions.firstIndex(where: isExact) ?? pair.down.actions.firstIndex(where: isWhole) { return .back(index) }
        return pair.up.actions.firstIndex(where: isAbout).map(Place.forth)
    }

    private func undo(_ actions: [SQLAction]) -> Wording {
        var script = SQLScript(dialect: pair.up.dialect)
        script.actions = actions.reversed()
        return UndoStatements(of: script, in: [], history: history, only: Array(script.actions.indices)).text
    }

    // MARK: A statement that is refused

    private func refused(_ refusal: SQLRoundTrip.Refusal) -> Gap {
        let action = pair.down.actions[refusal.index]
        let isColumn = action.kind == .dropColumn
        let kind: SQLAction.Kind = isColumn ? .addColumn : .createTable
        let made = pair.up.actions.firstIndex { $0.kind == kind && $0.table.denotes(refusal.table) && (!isColumn || $0.name == action.name) }
        let what = isColumn ? "\(refusal.table).\(action.name)" : "\(refusal.table)"
        return Gap(
            place: made.map(Place.forth) ?? .back(refusal.index),
            message: isColumn
                ? Wording(
                    en: "the way back fails when it drops \(what): index \(refusal.dependent) is still on it",
                    ja: "戻す途中、\(what) の削除で失敗します。インデックス \(refusal.dependent) がまだその列を使っています")
                : Wording(
                    en: "the way back fails when it drops \(what): a foreign key of \(refusal.dependent) still points to it",
                    ja: "戻す途中、\(what) の削除で失敗します。\(refusal.dependent) の外部キーがまだ参照しています"),
            advice: isColumn ? Wording(en: "drop the index first", ja: "先にインデックスを削除します") : Wording(en: "drop what refers to it first", ja: "参照する側を先に削除します"),
            statements: isColumn
                ? Wording("DROP INDEX \(refusal.dependent);\nALTER TABLE \(refusal.table) DROP COLUMN \(action.name);")
                : Wording("DROP TABLE \(refusal.dependent);\nDROP TABLE \(refusal.table);"))
    }

    // MARK: An action whose inverse is missing

    private func leftBehind(_ index: Int) -> Gap {
        let action = pair.up.actions[index]
        return Gap(
            place: .forth(index), message: WayBackGaps.message(action), advice: Wording(en: "add what undoes it", ja: "元へ戻す文が必要です"),
            statements: UndoStatements(of: pair.up, in: pair.artifact.bytes, history: history, only: [index]).text)
    }

    private static func message(_ action: SQLAction) -> Wording {
        let table = action.table.name
        switch action.kind {
        case .createTable:
            return Wording(
                en: "the way back leaves table \(table) behind: going forth again fails on it", ja: "戻しても表 \(table) が残ります。もう一度進めると、ここで失敗します")
        case .addColumn:
            return Wording(
                en: "the way back leaves column \(action.name) of \(table) behind: going forth again fails on it",
                ja: "戻しても \(table) の列 \(action.name) が残ります。もう一度進めると、ここで失敗します")
        case .dropTable:
            return Wording(
                en: "the way back does not bring table \(table) back: the earlier application does not find it",
                ja: "戻しても表 \(table) が復元されません。前の版のアプリが読めずに失敗します")
        case .dropColumn:
            return Wording(
                en: "the way back does not bring column \(action.name) of \(table) back: the earlier application does not find it",
                ja: "戻しても \(table) の列 \(action.name) が復元されません。前の版のアプリが読めずに失敗します")
        case .renameTable:
            return Wording(
                en: "the way back does not name \(action.newName ?? "it") \(table) again: the earlier application does not find it",
                ja: "戻しても表の名前が \(action.newName ?? "") から \(table) に戻りません。前の版のアプリが読めずに失敗します")
        default:
            return Wording(
                en: "the way back does not name column \(action.newName ?? "it") of \(table) \(action.name) again: the earlier application does not find it",
                ja: "戻しても \(table) の列名が \(action.newName ?? "") から \(action.name) に戻りません。前の版のアプリが読めずに失敗します")
        }
    }
}
