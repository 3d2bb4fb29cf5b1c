/// Turns the elements of a change log into changesets.
struct LiquibaseReader {
    let nodes: [LiquibaseNode]
    /// What the contents of the nodes are read from.
    let masked: [UInt8]
    private let children: [Int: [Int]]
    private(set) var changeSets: [MigrationFile.ChangeSet] = []

    init(_ nodes: [LiquibaseNode], masked: [UInt8]) {
        self.nodes = nodes
        self.masked = masked
        var children: [Int: [Int]] = [:]
        for (index, node) in nodes.enumerated() { if let parent = node.parent { children[parent, default: []].append(index) } }
        self.children = children
        for (index, node) in nodes.enumerated() where node.name == "changeSet" { read(index) }
    }

    private mutating func read(_ index: Int) {
        let node = nodes[index]
        let dialect = (node["dbms"]?.split(separator: ",").first).flatMap { SQLDialect(word: $0.trimmingSpaces) } ?? .unknown
        var set = MigrationFile.ChangeSet(
            id: "\(node["author"] ?? ""):\(node["id"] ?? "")", span: node.span, up: SQLScript(dialect: dialect), down: SQLScript(dialect: dialect),
            wayBack: .derived, isRepeatable: node["runOnChange"] == "true" || node["runAlways"] == "true", isUnwrapped: node["runInTransaction"] == "false")
        var rollbacks: [Int] = []
        var derives = true
        for child in children[index] ?? [] {
            switch nodes[child].name {
            case "rollback": rollbacks.append(child)
            case "preConditions", "comment", "validCheckSum", "modifySql": continue
            default:
                if !LiquibaseReader.isDerived(nodes[child].name) { derives = false }
                act(child, into: &set.up)
            }
        }
        for rollback in rollbacks { readRollback(rollback, into: &set) }
        if rollbacks.isEmpty { set.wayBack = derives ? .derived : .missing }
        changeSets.append(set)
    }

    private mutating func readRollback(_ index: Int, into set: inout MigrationFile.ChangeSet) {
        let inner = children[index] ?? []
        set.wayBack = .given
        for child in inner { act(child, into: &set.down) }
        if inner.isEmpty { readText(index, into: &set.down) }
        let isReference = nodes[index]["changeSetId"] != nil
        if set.down.statements.isEmpty, !isReference { set.wayBack = .declaredEmpty }
    }

    /// Whether Liquibase knows the inverse of a change by itself.
    private static func isDerived(_ name: String) -> Bool {
        switch name {
        case "addColumn", "addDefaultValue", "addForeignKeyConstraint", "addLookupTable", "addNotNullConstraint", "addPrimaryKey",
            "addUniqueConstraint", "addAutoIncrement", "createIndex", "createSequence", "createTable", "createView", "dropNotNullConstraint",
            "renameColumn", "renameSequence", "renameTable", "renameView", "setColumnRemarks", "setTableRemarks", "tagDatabase", "empty", "output",
            "include", "includeAll", "property", "stop", "alterSequence":
            true
        default: false
        }
    }

    private func readText(_ index: Int, into script: inout SQLScript) {
        if let content = nodes[index].content {
            script.append(SQLScript.read(masked, range: content, dialect: script.dialect))
        } else if let text = nodes[index].text {
            // Folded YAML text has no place of its own: what is found in it stands at the key.
            var read = SQLScript.read(Array(text.utf8), dialect: script.dialect)
            let span = nodes[index].span
            read.actions = read.actions.map { $0.moved(to: span) }
            for statement in read.statements.indices { read.statements[statement].span = span }
            for problem in read.problems.indices { read.problems[problem].offset = span.lowerBound }
            script.append(read)
        }
    }

    // MARK: The model's terms

    private func act(_ index: Int, into script: inout SQLScript) {
        let node = nodes[index]
        switch node.name {
        case "sql", "createProcedure", "createView":
            if node.name == "createView" { note(.createObject, node, node["viewName"], object: .view, into: &script) } else { readText(index, into: &script) }
        case "sqlFile", "customChange", "executeCommand", "loadUpdateData":
            script.statements.append(SQLStatement(kind: .call, span: node.span))
        case "addColumn", "createTable": readColumns(index, into: &script)
        case "dropColumn":
            let names = node["columnName"].map { [$0] } ?? (children[index] ?? []).compactMap { nodes[$0]["name"] }
            for name in names { note(.dropColumn, node, node["tableName"], name, into: &script) }
        case "renameColumn": note(.renameColumn, node, node["tableName"], node["oldColumnName"], newName: node["newColumnName"], into: &script)
        case "renameTable": note(.renameTable, node, node["oldTableName"], newName: node["newTableName"], into: &script)
        case "modifyDataType":
            let name = folded(node["columnName"])
            let column = SQLColumn(name, node["newDataType"].map(LiquibaseReader.type))
            note(.changeType, node, node["tableName"], name, detail: .column(column), into: &script)
        case "insert", "loadData": note(.insert, node, node["tableName"], detail: .data(SQLData(source: .values)), into: &script)
        case "update", "delete": readRows(index, into: &script)
        default: readOther(index, into: &script)
        }
    }

    private func readOther(_ index: Int, into script: inout SQLScript) {
        let node = nodes[index]
        let table = node["tableName"] ?? node["baseTableName"]
        let name = node["constraintName"] ?? node["indexName"] ?? node["columnName"] ?? ""
        if let kind = LiquibaseReader.constraints[node.name] {
            let columns = (node["columnNames"] ?? node["baseColumnNames"] ?? "").split(separator: ",").map { folded($0.trimmingSpaces) }
            let isAdded = node.name.hasPrefix("add")
            let isNotValid = isAdded && node["validate"] == "false"
            let constraint = SQLConstraint(
                kind, name: folded(node["constraintName"]), columns: columns, references: node["referencedTableName"].map { SQLName(folded($0)) },
                isNotValid: isNotValid)
            note(isAdded ? .addConstraint : .dropConstraint, node, table, constraint.name, detail: .constraint(constraint), into: &script)
            return
        }
        switch node.name {
        case "dropTable": note(.dropTable, node, table, into: &script)
        case "addNotNullConstraint": note(.setNotNull, node, table, name, into: &script)
        case "dropNotNullConstraint": note(.dropNotNull, node, table, name, into: &script)
        case "addDefaultValue": note(.setDefault, node, table, name, into: &script)
        case "dropDefaultValue": note(.dropDefault, node, table, name, into: &script)
        case "createIndex":
            let columns = (children[index] ?? []).compactMap { nodes[$0]["name"] }.map { folded($0) }
            note(.createIndex, node, table, name, detail: .index(SQLIndex(columns: columns, isUnique: node["unique"] == "true")), into: &script)
        case "dropIndex": note(.dropIndex, node, table, name, into: &script)
        case "dropView": note(.dropObject, node, node["viewName"], object: .view, into: &script)
        case "dropProcedure": note(.dropObject, node, node["procedureName"], object: .procedure, into: &script)
        case "createSequence": note(.createObject, node, node["sequenceName"], object: .sequence, into: &script)
        case "dropSequence": note(.dropObject, node, node["sequenceName"], object: .sequence, into: &script)
        case "renameView": note(.renameObject, node, node["oldViewName"], newName: node["newViewName"], object: .view, into: &script)
        case "renameSequence": note(.renameObject, node, node["oldSequenceName"], newName: node["newSequenceName"], object: .sequence, into: &script)
        case "mergeColumns":
            for attribute in ["column1Name", "column2Name"] {
                guard let dropped = node[attribute], dropped != node["finalColumnName"] else { continue }
                note(.dropColumn, node, table, dropped, into: &script)
            }
        case "dropAllForeignKeyConstraints": note(.dropConstraint, node, table, detail: .constraint(SQLConstraint(.foreignKey)), into: &script)
        default: break
        }
    }

    private static let constraints: [String: SQLConstraint.Kind] = [
        "addForeignKeyConstraint": .foreignKey, "dropForeignKeyConstraint": .foreignKey, "addUniqueConstraint": .unique,
        "dropUniqueConstraint": .unique, "addPrimaryKey": .primaryKey, "dropPrimaryKey": .primaryKey,
    ]

    private func readColumns(_ index: Int, into script: inout SQLScript) {
        let node = nodes[index]
        let columns = (children[index] ?? []).filter { nodes[$0].name == "column" }.map(column)
        guard node.name == "addColumn" else {
            return note(.createTable, node, node["tableName"], detail: .table(SQLTable(columns: columns)), into: &script)
        }
        for column in columns { note(.addColumn, node, node["tableName"], column.name, detail: .column(column), into: &script) }
    }

    private func column(_ index: Int) -> SQLColumn {
        let node = nodes[index]
        var column = SQLColumn(folded(node["name"]), node["type"].map(LiquibaseReader.type))
        if node.attributes.keys.contains(where: { $0.hasPrefix("defaultValue") || $0.hasPrefix("value") }) { column.traits.insert(.hasDefault) }
        if node["autoIncrement"] == "true" { column.traits.insert(.serial) }
        for child in children[index] ?? [] where nodes[child].name == "constraints" {
            if nodes[child]["nullable"] == "false" { column.traits.insert(.notNull) }
            if nodes[child]["unique"] == "true" { column.traits.insert(.unique) }
            if nodes[child]["primaryKey"] == "true" { column.traits.insert(.primaryKey) }
            column.references = nodes[child]["referencedTableName"].map { SQLName(folded($0)) }
        }
        return column
    }

    /// `varchar(20)` and the like.
    private static func type(_ text: String) -> SQLType {
        let name = text.prefix { $0 != "(" }.lowercased()
        return SQLType(name, text.dropFirst(name.count).prefix(40).split { !$0.isNumber }.compactMap { Int($0) })
    }

    private func readRows(_ index: Int, into script: inout SQLScript) {
        let node = nodes[index]
        var data = SQLData()
        for child in children[index] ?? [] {
            if nodes[child].name == "where" { data.whereColumns = [] }
            if nodes[child].name == "column" { data.assignments.append(SQLData.Assignment(folded(nodes[child]["name"]))) }
        }
        if node["where"] != nil { data.whereColumns = [] }
        note(node.name == "update" ? .update : .delete, node, node["tableName"], detail: .data(data), into: &script)
    }

    private func note(
        _ kind: SQLAction.Kind, _ node: LiquibaseNode, _ table: String?, _ name: String? = nil, newName: String? = nil,
        object: SQLAction.Object? = nil, detail: SQLAction.Detail = .none, into script: inout SQLScript
    ) {
        script.note(
            SQLAction(
                kind, object: object, table: SQLName(folded(table)), name: folded(name), newName: newName.map { folded($0) }, detail: detail,
                span: node.span))
    }

    private func folded(_ name: String?) -> String { name?.lowercased() ?? "" }
}

extension StringProtocol {
    /// Without spaces at both ends.
    fileprivate var trimmingSpaces: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
