/// A column's type: `varchar(20)`, `timestamp with time zone`, `numeric(10, 2)[]`.
package struct SQLType: Hashable, Sendable {
    /// Lower case, one space between words, without arguments: `character varying`.
    package var name: String
    /// The numbers in its parentheses; empty also for those that are no numbers (`enum('a')`).
    package var arguments: [Int]
    package var isArray: Bool
    /// What stood in the parentheses, if anything but numbers: an enumeration's values.
    package var text: String

    package init(_ name: String, _ arguments: [Int] = [], isArray: Bool = false, text: String = "") {
        self.name = name
        self.arguments = arguments
        self.isArray = isArray
        self.text = text
    }

    /// Numbers itself: PostgreSQL's serial types.
    package var isSerial: Bool {
        ["serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"].contains(name)
    }
}

extension SQLType: CustomStringConvertible {
    package var description: String {
        var result = name
        if !arguments.isEmpty { result += "(" + arguments.map(String.init).joined(separator: ",") + ")" }
        if !text.isEmpty { result += "(" + text + ")" }
        return isArray ? result + "[]" : result
    }
}
