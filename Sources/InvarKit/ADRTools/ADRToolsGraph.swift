import InvarCore

extension ADRTools {
    /// `adr generate graph [-p LINK_PREFIX] [-e LINK-EXTENSION]`: the records in their order and their links, for Graphviz.
    func graph(_ arguments: [String]) throws -> Answer {
        let options = try ADRToolsOptions(arguments, "ep", command: "adr-generate-graph")
        let prefix = options.all("p").last ?? ""
        let ending = options.all("e").last ?? ".html"
        let folder = try folder()
        var answer = Answer()
        var nodes: [UInt8] = []
        var edges: [UInt8] = []
        for name in try records(in: folder) {
            let record = read(folder, name, &answer)
            let number = String(name.prefix { $0 != "-" }.drop { $0 == "0" })
            let page = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
            nodes += Array("    _\(number) [label=\"".utf8) + ADRTools.quoted(record.title)
            nodes += Array("\"; URL=\"".utf8) + ADRTools.quoted(Array("\(prefix)\(page)\(ending)".utf8)) + Array("\"];\n".utf8)
            if let value = Int(number), value > 1 {
                nodes += Array("    _\(value - 1) -> _\(number) [style=\"dotted\", weight=1];\n".utf8)
            }
            for link in record.links {
                edges += Array("  _\(number) -> _".utf8) + link.number + Array(" [label=\"".utf8) + ADRTools.quoted(link.label)
                edges += Array("\", weight=0]\n".utf8)
            }
        }
        let start = Array("digraph {\n  node [shape=plaintext];\n  subgraph {\n".utf8)
        answer.output = start + nodes + Array("  }\n".utf8) + edges + Array("}\n".utf8)
        return answer
    }

    /// With each quotation mark escaped: it would end the string.
    private static func quoted(_ text: [UInt8]) -> [UInt8] {
        text.contains(UInt8(ascii: "\"")) ? text.flatMap { $0 == UInt8(ascii: "\"") ? [UInt8(ascii: "\\"), $0] : [$0] } : text
    }
}
