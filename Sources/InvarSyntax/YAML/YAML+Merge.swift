package import InvarCore

extension YAML {
    /// The value with `<<` merges put in place: a mapping's own keys win over merged ones, earlier sources over later ones.
    package var merged: YAML {
        switch content {
        case .scalar: return self
        case .list(let items): return YAML(content: .list(items.map(\.merged)), position: position)
        case .map(let members):
            var own: [(key: YAML, value: YAML)] = []
            var sources: [YAML] = []
            for member in members {
                if case .scalar("<<", false) = member.key.content {
                    sources += member.value.items.map(\.merged)
                } else {
                    own.append((member.key, member.value.merged))
                }
            }
            guard !sources.isEmpty else { return YAML(content: .map(own), position: position) }
            var names = Set(own.map(\.key.keyText))
            for source in sources {
                for member in source.members where names.insert(member.key.keyText).inserted { own.append(member) }
            }
            return YAML(content: .map(own), position: position)
        }
    }

    /// The same value as if all of it stood at one place: what a patch brings in is shown where it goes.
    package func placed(at place: Position) -> YAML {
        switch content {
        case .scalar: return YAML(content: content, position: place)
        case .list(let items): return YAML(content: .list(items.map { $0.placed(at: place) }), position: place)
        case .map(let members):
            return YAML(content: .map(members.map { ($0.key.placed(at: place), $0.value.placed(at: place)) }), position: place)
        }
    }

    /// Whether two values say the same, wherever they stand and whatever the order of their keys.
    package func isSame(as other: YAML) -> Bool {
        switch (content, other.content) {
        case (.scalar(let one, _), .scalar(let two, _)): return one == two
        case (.list(let one), .list(let two)): return one.count == two.count && zip(one, two).allSatisfy { $0.isSame(as: $1) }
        case (.map(let one), .map(let two)):
            return one.count == two.count && one.allSatisfy { member in other.member(member.key.keyText)?.value.isSame(as: member.value) ?? false }
        default: return false
        }
    }

    /// The value at the end of a path of exact names; nil for null.
    package func value(_ first: String, _ rest: String...) -> YAML? {
        var value = value(first)
        for name in rest { value = value?.value(name) }
        return value
    }

    /// A whole number, also when it is quoted.
    package var number: Int? { text.flatMap(Int.init) }

    /// Where a scalar on one line ends; nil for what takes several lines or another shape.
    package var end: Position? {
        guard case .scalar(let text, _) = content, !text.isEmpty, !text.utf8.contains(0x0A) else { return nil }
        return keyEnd
    }
}
