import InvarSyntax

/// Which objects beside tables a script makes, and which of those it takes away stand again when it is done.
struct ObjectLifespan {
    private struct Key: Hashable {
        var object: String
        var name: String
        var table: String
    }

    private let actions: [SQLAction]
    private var makers: [Key: [Int]] = [:]
    /// The old name of each object that the script renamed, by its new one.
    private var renamed: [Key: Key] = [:]
    private var droppedTables: Set<String> = []

    init(_ script: SQLScript) {
        actions = script.actions
        for (index, action) in actions.enumerated() where action.context != .routine {
            switch action.kind {
            case .createObject:
                var key = ObjectLifespan.key(action)
                makers[key, default: []].append(index)
                guard !key.table.isEmpty else { continue }
                // MySQL names no table when it drops a trigger.
                key.table = ""
                makers[key, default: []].append(index)
            case .createTable: makers[Key(object: "view", name: action.table.name, table: ""), default: []].append(index)
            case .dropTable: droppedTables.insert(action.table.name)
            case .renameObject:
                guard let newName = action.newName else { continue }
                var key = ObjectLifespan.key(action)
                renamed[Key(object: key.object, name: newName, table: key.table)] = key
                key.name = newName
                makers[key, default: []].append(index)
            default: break
            }
        }
    }

    /// Whether the object was made by the script before the action at `index`, under this name or, if that one stands
    /// again, under another.
    func isOwn(_ index: Int) -> Bool {
        let key = ObjectLifespan.key(actions[index])
        guard let first = makers[key]?.first, first < index else { return false }
        guard actions[first].kind == .renameObject, let old = renamed[key] else { return true }
        return makers[old] != nil
    }

    /// Whether an object of that name is made again later.
    func standsAgain(_ index: Int) -> Bool {
        (makers[ObjectLifespan.key(actions[index])]?.last ?? 0) > index
    }

    /// Whether the script makes a type of that name: what bears it before is another one.
    func makesType(_ name: String) -> Bool { makers[Key(object: "type", name: name, table: "")] != nil }

    /// Whether the script makes a view of that name.
    func makesView(_ name: SQLName) -> Bool { makers[Key(object: "view", name: name.name, table: "")] != nil }

    func dropsTable(of action: SQLAction) -> Bool { droppedTables.contains(action.table.name) }

    /// Views read the same whether they keep their rows or not; functions are called like procedures.
    private static func key(_ action: SQLAction) -> Key {
        if action.kind == .renameEnumValue { return Key(object: "type", name: action.table.name, table: "") }
        let object: String =
            switch action.object {
            case .view, .materializedView: "view"
            case .function, .procedure, .aggregate: "function"
            default: action.object?.rawValue ?? ""
            }
        return action.name.isEmpty
            ? Key(object: object, name: action.table.name, table: "") : Key(object: object, name: action.name, table: action.table.name)
    }
}
