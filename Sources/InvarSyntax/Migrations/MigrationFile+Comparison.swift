extension MigrationFile {
    /// What an edit of a migration comes to.
    package enum Edit: Hashable, Sendable {
        /// The way forth reads the same, byte for byte but for line ends.
        case none
        /// Only comments, white space or the case of words differ.
        case textOnly
        /// It does something else; where that begins, as a byte offset of the newer file, if it is not something taken away.
        case statements(at: Int?)
    }

    /// How this file's way forth differs from what it was.
    package func edit(since before: MigrationFile, bytes: [UInt8], oldBytes: [UInt8]) -> Edit {
        if layout == .liquibase { return changeSetEdit(since: before, bytes, oldBytes) }
        if program != nil || before.program != nil { return programEdit(since: before) }
        let words = StatementWords(up, bytes)
        if let index = words.firstDifference(from: StatementWords(before.up, oldBytes)) {
            return .statements(at: index < up.statements.count ? up.statements[index].span.lowerBound : nil)
        }
        return bytes.filter { $0 != 0x0D } == oldBytes.filter { $0 != 0x0D } ? .none : .textOnly
    }

    /// Changesets are known by their ids; new ones behind the others are what a change log is for.
    private func changeSetEdit(since before: MigrationFile, _ bytes: [UInt8], _ oldBytes: [UInt8]) -> Edit {
        let now = Dictionary(changeSets.map { ($0.id, $0) }) { first, _ in first }
        for old in before.changeSets where !old.isRepeatable {
            guard let new = now[old.id] else { return .statements(at: nil) }
            let words = StatementWords(new.up, bytes)
            guard let index = words.firstDifference(from: StatementWords(old.up, oldBytes)) else { continue }
            return .statements(at: index < new.up.statements.count ? new.up.statements[index].span.lowerBound : new.span.lowerBound)
        }
        return .none
    }

    /// Frameworks keep no checksum: what is done to the schema is compared, not how it is written.
    private func programEdit(since before: MigrationFile) -> Edit {
        let old = before.up.actions.map(MigrationFile.placeless)
        let new = up.actions.map(MigrationFile.placeless)
        guard old != new else { return .none }
        let index = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
        return .statements(at: index < new.count ? up.actions[index].span.lowerBound : nil)
    }

    private static func placeless(_ action: SQLAction) -> SQLAction {
        var action = action.moved(to: 0..<0)
        action.statement = 0
        return action
    }
}

/// The statements of a script as their words.
private struct StatementWords {
    let script: SQLScript
    let bytes: [UInt8]

    init(_ script: SQLScript, _ bytes: [UInt8]) {
        self.script = script
        self.bytes = bytes
    }

    /// The index of the first statement that says something else than in the other script; nil when all say the same.
    func firstDifference(from other: StatementWords) -> Int? {
        for index in script.statements.indices {
            guard index < other.script.statements.count, words(index) == other.words(index) else { return index }
        }
        return script.statements.count == other.script.statements.count ? nil : script.statements.count
    }

    private func words(_ index: Int) -> [[UInt8]] {
        var lexer = SQLLexer(bytes: bytes, range: script.statements[index].span, dialect: script.dialect)
        var words: [[UInt8]] = []
        while let token = lexer.next() {
            let text = bytes[token.start..<token.end]
            words.append(token.kind == .word ? text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } : Array(text))
        }
        return words
    }
}
