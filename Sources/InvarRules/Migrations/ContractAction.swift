import InvarCore
import InvarSyntax

/// A change of the schema that the application of the release before does not survive.
enum ContractAction {
    /// The actions of a way forth that take away, rename or require something that was there before it.
    static func all(in script: SQLScript) -> [SQLAction] {
        let lifespan = SQLLifespan(script)
        let rebuilt = Set(SQLRebuild.all(in: script).flatMap(\.actions))
        var defaults: Set<String> = []
        for action in script.actions where action.kind == .setDefault { defaults.insert(action.table.name + "\u{0}" + action.name) }
        return script.actions.indices.compactMap { index in
            let action = script.actions[index]
            guard action.context != .routine, !rebuilt.contains(index), !lifespan.isPutBack(index) else { return nil }
            let isNew = lifespan.isNew(action.table, before: index)
            switch action.kind {
            case .dropTable, .renameTable: return isNew || action.flags.contains(.temporary) ? nil : action
            case .dropColumn, .renameColumn: return lifespan.isNew(action.name, of: action.table, before: index) ? nil : action
            case .addColumn:
                let isRequired = action.column?.isRequired ?? false
                return isNew || !isRequired || defaults.contains(action.table.name + "\u{0}" + action.name) ? nil : action
            default: return nil
            }
        }
    }

    static func words(_ action: SQLAction) -> Wording {
        let table = action.table.name
        switch action.kind {
        case .dropTable: return Wording(en: "table \(table) is dropped", ja: "表 \(table) の削除")
        case .renameTable: return Wording(en: "table \(table) is renamed", ja: "表 \(table) の改名")
        case .dropColumn: return Wording(en: "column \(action.name) of \(table) is dropped", ja: "\(table) の列 \(action.name) の削除")
        case .renameColumn: return Wording(en: "column \(action.name) of \(table) is renamed", ja: "\(table) の列 \(action.name) の改名")
        default: return Wording(en: "the required column \(action.name) of \(table) is added", ja: "\(table) への必須の列 \(action.name) の追加")
        }
    }
}
