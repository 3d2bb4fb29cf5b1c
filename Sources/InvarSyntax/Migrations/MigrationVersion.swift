/// A migration's version: numbers, compared as numbers of any length.
package struct MigrationVersion: Hashable, Sendable, Comparable {
    /// Decimal digits without leading zeros.
    package let parts: [String]

    package init(_ parts: [String]) {
        self.parts = parts.map { part in
            let digits = part.drop { $0 == "0" }
            return digits.isEmpty ? "0" : String(digits)
        }
    }

    /// Without the zeros at its end: `1.0` is `1`.
    package var withoutTrailingZeros: MigrationVersion {
        var parts = parts
        while parts.count > 1, parts.last == "0" { parts.removeLast() }
        return MigrationVersion(parts)
    }

    package static func < (a: MigrationVersion, b: MigrationVersion) -> Bool {
        for (left, right) in zip(a.parts, b.parts) where left != right {
            return left.utf8.count == right.utf8.count ? left < right : left.utf8.count < right.utf8.count
        }
        return a.parts.count < b.parts.count
    }
}

extension MigrationVersion: CustomStringConvertible {
    package var description: String { parts.joined(separator: ".") }
}
