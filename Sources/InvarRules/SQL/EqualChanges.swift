import InvarSyntax

/// Type changes of a script, those of a mass migration told as one.
enum EqualChanges {
    struct Change {
        var action: SQLAction
        /// nil where no earlier migration tells it.
        var old: SQLType?
        var new: SQLType
    }

    /// More equal changes of one file than this are one finding: nobody reads 884 times the same.
    static let toldOneByOne = 10

    /// In the order of the first of each group; a group of one stands for itself.
    static func grouped(_ changes: [Change]) -> [[Change]] {
        var counts: [String: Int] = [:]
        for change in changes { counts[change.new.description, default: 0] += 1 }
        var places: [String: Int] = [:]
        var result: [[Change]] = []
        for change in changes {
            let type = change.new.description
            if counts[type, default: 0] > toldOneByOne {
                if let place = places[type] {
                    result[place].append(change)
                    continue
                }
                places[type] = result.count
            }
            result.append([change])
        }
        return result
    }
}
