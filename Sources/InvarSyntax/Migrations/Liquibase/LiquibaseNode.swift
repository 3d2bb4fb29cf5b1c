/// An element of a change log, from XML or YAML, in a flat list in the order of the text.
struct LiquibaseNode {
    var name: String
    var attributes: [String: String]
    var parent: Int?
    /// The start tag, or the key.
    var span: Range<Int>
    /// Where its text stands in the (masked) bytes; nil for YAML.
    var content: Range<Int>?
    /// Its text where it has no place of its own in the bytes.
    var text: String?

    subscript(_ attribute: String) -> String? { attributes[attribute] }
}
