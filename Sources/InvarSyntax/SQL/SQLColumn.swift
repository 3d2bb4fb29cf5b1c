/// A column as a definition writes it.
package struct SQLColumn: Hashable, Sendable {
    package struct Traits: OptionSet, Hashable, Sendable {
        package let rawValue: UInt16
        package init(rawValue: UInt16) { self.rawValue = rawValue }

        package static let notNull = Traits(rawValue: 1)
        package static let hasDefault = Traits(rawValue: 1 << 1)
        /// Computed from other columns and stored.
        package static let generatedStored = Traits(rawValue: 1 << 2)
        /// Computed when read: dropping it loses nothing.
        package static let generatedVirtual = Traits(rawValue: 1 << 3)
        /// Numbers itself: `SERIAL`, `AUTO_INCREMENT`.
        package static let serial = Traits(rawValue: 1 << 4)
        /// Numbers itself: `GENERATED … AS IDENTITY`, `IDENTITY(1, 1)`.
        package static let identity = Traits(rawValue: 1 << 11)
        package static let primaryKey = Traits(rawValue: 1 << 5)
        package static let unique = Traits(rawValue: 1 << 6)
        package static let check = Traits(rawValue: 1 << 7)
        /// An explicit `NULL`.
        package static let null = Traits(rawValue: 1 << 8)
        /// The default is the word `NULL`.
        package static let defaultsToNull = Traits(rawValue: 1 << 9)
        /// The default is computed anew for every row (`now()` is not, `random()` is).
        package static let defaultsToCall = Traits(rawValue: 1 << 10)
    }

    package var name: String
    /// Absent in SQLite's untyped columns.
    package var type: SQLType?
    package var traits: Traits
    /// The table of an inline `REFERENCES`.
    package var references: SQLName?

    package init(_ name: String, _ type: SQLType? = nil, _ traits: Traits = [], references: SQLName? = nil) {
        self.name = name
        self.type = type
        self.traits = traits
        self.references = references
    }

    /// A writer that does not know the column fails: required, and nothing fills it in.
    package var isRequired: Bool {
        traits.contains(.notNull) && traits.isDisjoint(with: [.hasDefault, .generatedStored, .generatedVirtual, .identity])
    }
}
