import InvarCore
import InvarSyntax

/// Writes the calls of a framework that take a way forth back, as far as its text tells.
struct UndoCalls {
    enum Framework { case alembic, rails }

    /// What cannot be told is left open in a comment.
    let lines: [Wording]
    private static let linesAtMost = 12

    init(of script: SQLScript, in bytes: [UInt8], _ framework: Framework, only chosen: [Int]? = nil) {
        let lifespan = chosen == nil ? SQLLifespan(script) : nil
        var found: [Wording] = []
        for index in (chosen ?? Array(script.actions.indices)).reversed() where found.count < UndoCalls.linesAtMost {
            let action = script.actions[index]
            if action.kind != .createTable, lifespan?.isNew(action.table, before: index) ?? false || action.context == .routine { continue }
            let line = framework == .alembic ? UndoCalls.alembic(action) : UndoCalls.rails(action)
            if !found.contains(line) { found.append(line) }
        }
        if found.isEmpty { found = [Wording(en: "# what undoes it", ja: "# ここに元へ戻す処理を書く")] }
        lines = found
    }

    func text(indentedBy width: Int) -> Wording {
        let margin = String(repeating: " ", count: width)
        return Wording(en: lines.map { margin + $0.en }.joined(separator: "\n"), ja: lines.map { margin + $0.ja }.joined(separator: "\n"))
    }

    private static func alembic(_ action: SQLAction) -> Wording {
        let table = "\"\(action.table.name)\""
        let name = "\"\(action.name)\""
        switch action.kind {
        case .createTable: return Wording("op.drop_table(\(table))")
        case .dropTable: return Wording(en: "op.create_table(\(table), …)  # its columns as they were", ja: "op.create_table(\(table), …)  # 削除前の列")
        case .renameTable: return Wording("op.rename_table(\"\(action.newName ?? "")\", \(table))")
        case .addColumn: return Wording("op.drop_column(\(table), \(name))")
        case .dropColumn:
            return Wording(en: "op.add_column(\(table), sa.Column(\(name), …))  # its type before", ja: "op.add_column(\(table), sa.Column(\(name), …))  # 元の型")
        case .renameColumn: return Wording("op.alter_column(\(table), \"\(action.newName ?? "")\", new_column_name=\(name))")
        case .changeType:
            return Wording(en: "op.alter_column(\(table), \(name), type_=…)  # its type before", ja: "op.alter_column(\(table), \(name), type_=…)  # 元の型")
        case .setNotNull: return Wording("op.alter_column(\(table), \(name), nullable=True)")
        case .dropNotNull: return Wording("op.alter_column(\(table), \(name), nullable=False)")
        case .setDefault: return Wording("op.alter_column(\(table), \(name), server_default=None)")
        case .createIndex: return Wording("op.drop_index(\(name), table_name=\(table))")
        case .dropIndex: return Wording(en: "op.create_index(\(name), \(table), […])  # its columns", ja: "op.create_index(\(name), \(table), […])  # 元の列")
        case .addConstraint: return Wording("op.drop_constraint(\(name), \(table))")
        default: return data(action, "op.execute(\"", "\")", "# ")
        }
    }

    private static func rails(_ action: SQLAction) -> Wording {
        let table = ":" + action.table.name
        let name = ":" + action.name
        switch action.kind {
        case .createTable: return Wording("drop_table \(table)")
        case .dropTable: return Wording(en: "create_table \(table) { |t| … } # its columns as they were", ja: "create_table \(table) { |t| … } # 削除前の列")
        case .renameTable: return Wording("rename_table :\(action.newName ?? ""), \(table)")
        case .addColumn: return Wording("remove_column \(table), \(name)")
        case .dropColumn: return Wording(en: "add_column \(table), \(name), :… # its type before", ja: "add_column \(table), \(name), :… # 元の型")
        case .renameColumn: return Wording("rename_column \(table), :\(action.newName ?? ""), \(name)")
        case .changeType: return Wording(en: "change_column \(table), \(name), :… # its type before", ja: "change_column \(table), \(name), :… # 元の型")
        case .setNotNull: return Wording("change_column_null \(table), \(name), true")
        case .dropNotNull: return Wording("change_column_null \(table), \(name), false")
        case .setDefault:
            return Wording(en: "change_column_default \(table), \(name), … # its default before", ja: "change_column_default \(table), \(name), … # 元のデフォルト")
        case .createIndex: return Wording(action.name.isEmpty ? "remove_index \(table), \(columns(action))" : "remove_index \(table), name: \"\(action.name)\"")
        case .dropIndex: return Wording(en: "add_index \(table), … # its columns", ja: "add_index \(table), … # 元の列")
        case .addConstraint where action.constraint?.kind == .foreignKey:
            return Wording("remove_foreign_key \(table), :\(action.constraint?.references?.name ?? "…")")
        default: return data(action, "execute \"", "\"", "# ")
        }
    }

    private static func columns(_ action: SQLAction) -> String {
        let names = action.index?.columns ?? []
        return names.count == 1 ? ":" + names[0] : "[" + names.map { ":" + $0 }.joined(separator: ", ") + "]"
    }

    private static func data(_ action: SQLAction, _ open: String, _ close: String, _ comment: String) -> Wording {
        let table = action.table.name
        switch action.kind {
        case .insert: return Wording(en: "\(open)DELETE FROM \(table) WHERE …\(close)", ja: "\(open)DELETE FROM \(table) WHERE …\(close)")
        case .update:
            let column = action.data?.assignments.first?.column ?? "…"
            return Wording("\(open)UPDATE \(table) SET \(column) = …\(close)")
        case .delete, .truncate: return Wording(en: "\(comment)put the rows of \(table) back from a copy", ja: "\(comment)退避したコピーから \(table) の行を戻す")
        case .createObject: return Wording("\(open)DROP \(action.object?.rawValue.uppercased() ?? "") \(action.name.isEmpty ? table : action.name)\(close)")
        case .dropConstraint: return Wording(en: "\(comment)add constraint \(action.name) of \(table) again", ja: "\(comment)\(table) の制約 \(action.name) を付け直す")
        default: return Wording(en: "\(comment)undo the change of \(table) \(action.name)", ja: "\(comment)\(table) \(action.name) の変更を元に戻す")
        }
    }
}
