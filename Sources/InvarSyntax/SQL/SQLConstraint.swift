/// A constraint of a table as a definition writes it.
package struct SQLConstraint: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case primaryKey, unique, foreignKey, check, exclude, notNull
        /// The name alone is known: `DROP CONSTRAINT c`.
        case unknown
    }

    package var kind: Kind
    /// Empty if it has none.
    package var name: String
    package var columns: [String]
    package var references: SQLName?
    /// `NOT VALID`: existing rows are not looked at.
    package var isNotValid: Bool
    /// `USING INDEX`: takes over an index that exists.
    package var usesIndex: Bool
    /// A check of the form `column IS NOT NULL`: that column.
    package var requiredColumn: String?

    package init(
        _ kind: Kind, name: String = "", columns: [String] = [], references: SQLName? = nil, isNotValid: Bool = false, usesIndex: Bool = false,
        requiredColumn: String? = nil
    ) {
        self.kind = kind
        self.name = name
        self.columns = columns
        self.references = references
        self.isNotValid = isNotValid
        self.usesIndex = usesIndex
        self.requiredColumn = requiredColumn
    }
}
