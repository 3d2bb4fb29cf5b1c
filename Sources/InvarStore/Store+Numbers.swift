import GRDB
package import InvarCore

/// A decision's number with the place it stands at.
package struct NumberedDecision: Hashable, Sendable {
    package var number: String
    package var place: Place
}

extension Store {
    /// The decisions that have a number, by path.
    package func numberedDecisions() throws -> [NumberedDecision] {
        try queue.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT number, path, line FROM decision JOIN entry ON entry.id = entryId JOIN document ON document.id = documentId
                    WHERE number IS NOT NULL ORDER BY path, line
                    """
            ).map { NumberedDecision(number: $0[0], place: Place(path: $0[1], position: Position(line: $0[2]))) }
        }
    }

    /// The paths of all documents below a folder, records or not.
    package func documentPaths(in folder: String) throws -> [String] {
        try queue.read { db in
            let prefix = folder.isEmpty ? "" : folder + "/"
            return try String.fetchAll(db, sql: "SELECT path FROM document WHERE substr(path, 1, ?) = ?", arguments: [prefix.unicodeScalars.count, prefix])
        }
    }
}
