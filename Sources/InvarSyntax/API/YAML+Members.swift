package import InvarCore

extension YAML {
    /// A mapping's member by its exact name, as API descriptions compare names; `<<` merges count after its own.
    package func member(_ name: String) -> (key: YAML, value: YAML)? {
        guard case .map(let members) = content else { return nil }
        if let own = members.first(where: { $0.key.isNamed(name) }) { return own }
        for merge in members where merge.key.isNamed("<<") {
            for source in merge.value.items {
                guard case .map(let merged) = source.content else { continue }
                if let found = merged.first(where: { $0.key.isNamed(name) }) { return found }
            }
        }
        return nil
    }

    /// The value of ``member(_:)``; nil for null.
    package func value(_ name: String) -> YAML? {
        member(name).flatMap { $0.value.isNull ? nil : $0.value }
    }

    private func isNamed(_ name: String) -> Bool {
        if case .scalar(let text, _) = content { text == name } else { false }
    }

    /// A scalar's text even where YAML would read it as null: keys are texts.
    package var keyText: String {
        if case .scalar(let text, _) = content { text } else { "" }
    }

    /// Where a key ends: on its line, after its closing quote.
    package var keyEnd: Position {
        guard case .scalar(let text, let isQuoted) = content else { return position }
        return Position(line: position.line, column: position.column + text.unicodeScalars.count + (isQuoted ? 2 : 0))
    }
}
