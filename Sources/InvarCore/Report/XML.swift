/// An XML element to be written; texts are made safe on the way.
package struct XML: Sendable {
    private var name: String
    private var attributes: [(name: String, value: String)]
    private var children: [XML]
    private var text: [String]

    /// - Parameters:
    ///   - attributes: in the order in which they are written.
    ///   - text: lines of text, written before the children.
    package init(_ name: String, _ attributes: [(name: String, value: String)] = [], text: [String] = [], _ children: [XML] = []) {
        self.name = name
        self.attributes = attributes
        self.children = children
        self.text = text
    }

    /// A whole document.
    package var document: String {
        var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        write(to: &out, indent: "")
        return out
    }

    private func write(to out: inout String, indent: String) {
        out += indent + "<" + name
        for attribute in attributes { out += " \(attribute.name)=\"\(ReportText.xml(attribute.value))\"" }
        if children.isEmpty && text.isEmpty {
            out += "/>\n"
            return
        }
        out += ">" + text.map { ReportText.xml(ReportText.withoutCommands($0)) }.joined(separator: "\n")
        if !children.isEmpty {
            out += "\n"
            for child in children { child.write(to: &out, indent: indent + "  ") }
            out += indent
        }
        out += "</\(name)>\n"
    }
}
