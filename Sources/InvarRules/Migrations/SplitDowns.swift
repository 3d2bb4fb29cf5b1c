import InvarSyntax

/// One change that its author split over several versions of one title, as pop does statement by statement: their ways
/// back undo it together, each in its own order.
struct SplitDowns {
    /// What the ways back leave undone: the indices of actions, by the index of their pair.
    private(set) var leftOver: [Int: [Int]] = [:]
    /// The indices of pairs that share their change with others.
    private(set) var shared: Set<Int> = []
    /// Empty ways back of ways forth that do something, and all ways back.
    private(set) var emptyCount = 0
    private(set) var count = 0

    /// So many empty ones are a habit rather than oversights.
    var isHabit: Bool { emptyCount >= 4 && 10 * emptyCount >= 3 * count }

    /// - Parameter pairs: those of one folder, in the order of the versions.
    init(in pairs: [MigrationPair]) {
        for pair in pairs where pair.wayBack != .missing {
            count += 1
            if pair.wayBack == .empty, !pair.up.isNoOp { emptyCount += 1 }
        }
        var start = 0
        while start < pairs.count {
            var end = start + 1
            while end < pairs.count, SplitDowns.isOne(pairs[start], pairs[end]) { end += 1 }
            judge(pairs, start..<end)
            start = end
        }
        if isHabit { keepWhatNoneUndoes(pairs) }
    }

    private static func isOne(_ first: MigrationPair, _ other: MigrationPair) -> Bool {
        first.unit == nil && other.unit == nil && first.file.name.version != nil && other.file.name.version != nil && !first.file.name.title.isEmpty
            && first.file.name.title == other.file.name.title
    }

    /// Judges the versions of one change, each dialect with what is generic for the rest.
    private mutating func judge(_ pairs: [MigrationPair], _ range: Range<Int>) {
        var byVersion: [(version: MigrationVersion?, members: [Int])] = []
        for index in range {
            if byVersion.last?.version == pairs[index].file.name.version, byVersion.last != nil, pairs[index].unit == nil {
                byVersion[byVersion.count - 1].members.append(index)
            } else {
                byVersion.append((pairs[index].file.name.version, [index]))
            }
        }
        if byVersion.count > 1 {
            // Versions that happen to have one title, each with its own way back.
            if range.allSatisfy({ SplitDowns.standsAlone(pairs[$0]) }) { return }
            shared.formUnion(range)
        }
        for variant in Set(range.map { MigrationVariant(pairs[$0].file) }) {
            let members = byVersion.compactMap { version in
                version.members.first { MigrationVariant(pairs[$0].file) == variant } ?? version.members.first { pairs[$0].file.name.dialect == nil }
                    ?? version.members.first
            }
            note(pairs, members, variant)
        }
    }

    private static func standsAlone(_ pair: MigrationPair) -> Bool {
        pair.wayBack == .given && SQLUndo(down: pair.down).missing(in: pair.up).isEmpty
    }

    private mutating func note(_ pairs: [MigrationPair], _ members: [Int], _ variant: MigrationVariant) {
        guard members.contains(where: { pairs[$0].wayBack == .given }), !members.contains(where: { pairs[$0].wayBack == .opaque }) else {
            if members.count > 1, members.allSatisfy({ pairs[$0].wayBack != .opaque }) {
                // Nobody undoes anything of it: each empty way back speaks for itself.
                shared.subtract(members)
            }
            return
        }
        var up = SQLScript()
        var down = SQLScript()
        var ends: [Int] = []
        for member in members {
            up.append(pairs[member].up)
            ends.append(up.actions.count)
        }
        for member in members.reversed() { down.append(pairs[member].down) }
        for index in SQLUndo(down: down).missing(in: up) where !SplitDowns.isRemade(index, in: up) {
            guard let place = ends.firstIndex(where: { index < $0 }) else { continue }
            let member = members[place]
            guard MigrationVariant(pairs[member].file) == variant else { continue }
            leftOver[member, default: []].append(index - (place > 0 ? ends[place - 1] : 0))
        }
    }

    /// What stands there once more after the script dropped the old one: its name was there before.
    private static func isRemade(_ index: Int, in up: SQLScript) -> Bool {
        let action = up.actions[index]
        guard action.kind == .addColumn || action.kind == .createTable else { return false }
        let drop: SQLAction.Kind = action.kind == .addColumn ? .dropColumn : .dropTable
        return up.actions[..<index].suffix(400).contains { $0.kind == drop && $0.table.denotes(action.table) && $0.name == action.name }
    }

    /// Where most ways back are empty, one may undo what another version did.
    private mutating func keepWhatNoneUndoes(_ pairs: [MigrationPair]) {
        var all = SQLScript()
        for pair in pairs where pair.wayBack == .given { all.append(pair.down) }
        let undo = SQLUndo(down: all)
        for (ordinal, indices) in leftOver {
            let missing = Set(undo.missing(in: pairs[ordinal].up))
            leftOver[ordinal] = indices.filter(missing.contains)
        }
    }
}
