extension SQLStatementReader {
    /// `ALTER …`.
    mutating func readAlter() {
        let start = cursor.offset
        cursor.at += 1
        _ = cursor.take(.foreign)
        while [.materialized, .ignore, .external, .procedural].contains(cursor.keyword) { cursor.at += 1 }
        switch cursor.keyword {
        case .table: readAlterTable()
        case .type, .domain: readAlterType(from: start)
        case .index: readAlterIndex(from: start)
        default: readAlterObject(from: start)
        }
    }

    /// `ALTER TYPE x RENAME VALUE …`, `ADD VALUE`, `DROP ATTRIBUTE`; domains rename and constrain the same way.
    private mutating func readAlterType(from start: Int) {
        let object: SQLAction.Object = cursor.keyword == .domain ? .domain : .type
        cursor.at += 1
        _ = cursor.takeIfExists()
        guard let type = cursor.takeName() else { return }
        while !cursor.isAtEnd {
            readAlterTypeAction(type, object, from: start)
            cursor.skipToComma()
            cursor.at += 1
        }
    }

    private mutating func readAlterTypeAction(_ type: SQLName, _ object: SQLAction.Object, from start: Int) {
        let from = cursor.offset
        switch cursor.keyword {
        case .rename:
            cursor.at += 1
            if cursor.take(.to), let new = cursor.takeIdentifier() {
                add(.renameObject, from: from, object: object, table: type, newName: new)
            } else if cursor.take(.value) {
                renameWithin(type, .renameEnumValue, from: from)
            } else if cursor.take(.attribute) || cursor.take(.constraint) {
                renameWithin(type, .changeAttribute, from: from)
            }
        case .add:
            cursor.at += 1
            if cursor.take(.value) {
                let flags: SQLAction.Flags = cursor.takeIfNotExists() ? .ifNotExists : []
                if let value = cursor.takeIdentifier() { add(.addEnumValue, from: from, table: type, name: value, flags: flags) }
            } else if cursor.take(.attribute), let name = cursor.takeIdentifier() {
                add(.addAttribute, from: from, table: type, name: name)
            } else {
                add(.alterObject, from: from, object: object, table: type)
            }
        case .drop where cursor.keyword(ahead: 1) == .attribute:
            cursor.at += 2
            let flags: SQLAction.Flags = cursor.takeIfExists() ? .ifExists : []
            if let name = cursor.takeIdentifier() { add(.dropAttribute, from: from, table: type, name: name, flags: flags) }
        case .drop where cursor.keyword(ahead: 1) == .constraint:
            cursor.at += 2
            let flags: SQLAction.Flags = cursor.takeIfExists() ? .ifExists : []
            guard let name = cursor.takeIdentifier() else { return }
            add(.dropConstraint, from: from, object: object, table: type, name: name, flags: flags, detail: .constraint(SQLConstraint(.unknown, name: name)))
        case .alter where cursor.keyword(ahead: 1) == .attribute:
            cursor.at += 2
            if let name = cursor.takeIdentifier() { add(.changeAttribute, from: from, table: type, name: name) }
        default:
            cursor.skipToComma()
            add(.alterObject, from: from, object: object, table: type)
        }
    }

    private mutating func renameWithin(_ type: SQLName, _ kind: SQLAction.Kind, from: Int) {
        guard let old = cursor.takeIdentifier(), cursor.take(.to), let new = cursor.takeIdentifier() else { return }
        add(kind, from: from, table: type, name: old, newName: new)
    }

    /// `ALTER INDEX i RENAME TO j`; in SQL Server also `ON t`.
    private mutating func readAlterIndex(from start: Int) {
        cursor.at += 1
        _ = cursor.takeIfExists()
        guard let index = cursor.takeName() else { return }
        let from = cursor.offset
        if cursor.take(.rename), cursor.take(.to), let new = cursor.takeIdentifier() {
            add(.renameIndex, from: from, table: SQLName(""), name: index.name, newName: new)
        } else {
            add(.alterObject, from: start, object: .other, table: index)
        }
    }

    /// `ALTER VIEW|SEQUENCE|SCHEMA|FUNCTION|… x RENAME TO y` and whatever else is altered.
    private mutating func readAlterObject(from start: Int) {
        let object = takeObject()
        _ = cursor.takeIfExists()
        guard let name = cursor.takeName() else {
            add(.alterObject, from: start, object: object, table: SQLName(""))
            return
        }
        if cursor.kind == .open { cursor.skipParentheses() }
        if object == .policy || object == .trigger || object == .rule, cursor.take(.on), let table = cursor.takeName() {
            let from = cursor.offset
            if cursor.take(.rename, .to), let new = cursor.takeIdentifier() {
                add(.renameObject, from: from, object: object, table: table, name: name.name, newName: new)
            } else {
                add(.alterObject, from: start, object: object, table: table, name: name.name)
            }
            return
        }
        let from = cursor.offset
        if cursor.take(.rename, .to), let new = cursor.takeIdentifier() {
            add(.renameObject, from: from, object: object, table: name, newName: new)
        } else if object == .view || object == .materializedView, cursor.keyword == .rename {
            cursor.at += 1
            _ = cursor.take(.column)
            renameWithin(name, .renameColumn, from: from)
        } else {
            add(.alterObject, from: start, object: object, table: name)
            if object == .view || object == .materializedView { cursor.at = cursor.end }
        }
    }

    /// The words for a kind of object, with those that only qualify it.
    mutating func takeObject() -> SQLAction.Object {
        while [.procedural, .recursive, .constraint, .event].contains(cursor.keyword), cursor.keyword(ahead: 1) != .none, cursor.keyword(ahead: 1) != .on {
            if cursor.keyword == .event, cursor.keyword(ahead: 1) != .trigger { break }
            cursor.at += 1
        }
        let keyword = cursor.keyword
        cursor.at += 1
        switch keyword {
        case .view: return cursor.at >= 2 && cursor.tokens[cursor.at - 2].keyword == .materialized ? .materializedView : .view
        case .materialized where cursor.take(.view): return .materializedView
        case .type: return .type
        case .domain: return .domain
        case .schema: return .schema
        case .database: return .database
        case .sequence: return .sequence
        case .function, .routine: return .function
        case .procedure: return .procedure
        case .aggregate: return .aggregate
        case .trigger: return .trigger
        case .policy: return .policy
        case .extension: return .extension
        case .event: return .event
        case .role, .user, .group: return .role
        case .rule: return .rule
        case .dictionary: return .dictionary
        default: return .other
        }
    }
}
