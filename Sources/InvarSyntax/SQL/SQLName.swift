/// The name of a table or another object: unquoted, lower case, without the default schema.
package struct SQLName: Hashable, Sendable {
    /// The last segment of the path.
    package var name: String
    /// The segment before it; nil when absent or a default (`public`, `dbo`, `main`).
    package var schema: String?

    package init(_ name: String, schema: String? = nil) {
        self.name = name
        self.schema = schema.flatMap { SQLName.defaultSchemas.contains($0) ? nil : $0 }
    }

    /// Whether both can be the same object: a name without a schema may be in any.
    package func denotes(_ other: SQLName) -> Bool {
        name == other.name && (schema == nil || other.schema == nil || schema == other.schema)
    }

    private static let defaultSchemas: Set<String> = ["public", "dbo", "main"]
}

extension SQLName: CustomStringConvertible {
    package var description: String { schema.map { "\($0).\(name)" } ?? name }
}
