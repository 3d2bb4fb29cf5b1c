/// The entries and the links between them, whole or around one entry.
package struct GraphReport: Sendable {
    package struct Node: Hashable, Sendable {
        package var id: String
        /// nil for something that is named but does not exist.
        package var kind: Entry.Kind?
        package var title: String
        package var path: String?

        package init(id: String, kind: Entry.Kind?, title: String, path: String?) {
            self.id = id
            self.kind = kind
            self.title = title
            self.path = path
        }
    }

    package struct Edge: Hashable, Sendable {
        package var source: String
        package var kind: Link.Kind
        package var target: String

        package init(source: String, kind: Link.Kind, target: String) {
            self.source = source
            self.kind = kind
            self.target = target
        }
    }

    /// Sorted by id.
    package var nodes: [Node]
    /// Sorted by source, kind, target; each once.
    package var edges: [Edge]

    package init(nodes: [Node], edges: [Edge]) {
        self.nodes = nodes.sorted { $0.id < $1.id }
        self.edges = Array(Set(edges)).sorted { ($0.source, $0.kind.rawValue, $0.target) < ($1.source, $1.kind.rawValue, $1.target) }
    }

    package var json: JSON {
        .object([
            "schema": .string("invar.graph/1"),
            "nodes": .array(
                nodes.map {
                    .object(["id": .string($0.id), "kind": JSON($0.kind?.rawValue), "title": .string($0.title), "path": JSON($0.path)])
                }),
            "edges": .array(
                edges.map { .object(["source": .string($0.source), "type": .string($0.kind.rawValue), "target": .string($0.target)]) }),
        ])
    }

    /// Graphviz; mentions are dotted, exceptions red.
    package var dot: String {
        var lines = ["digraph invar {", "  rankdir=LR;", "  node [shape=box, fontname=\"sans-serif\"];"]
        for node in nodes {
            let shape =
                switch node.kind {
                case .invariant?: ", style=bold"
                case .decision?: ""
                case .note?: ", shape=note"
                case nil: ", style=dashed"
                }
            lines.append("  \(GraphReport.quoted(node.id)) [label=\(GraphReport.quoted(GraphReport.label(node)))\(shape)];")
        }
        for edge in edges {
            let look =
                switch edge.kind {
                case .excepts: ", color=red"
                case .violates: ", color=orange"
                case .mentions, .relates: ", style=dotted"
                case .supersedes, .amends: ""
                }
            lines.append("  \(GraphReport.quoted(edge.source)) -> \(GraphReport.quoted(edge.target)) [label=\"\(edge.kind.rawValue)\"\(look)];")
        }
        return (lines + ["}"]).joined(separator: "\n") + "\n"
    }

    /// A Mermaid flow chart, as GitHub and GitLab render it.
    package var mermaid: String {
        let names = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.id, "n\($0 + 1)") })
        var lines = ["flowchart LR"]
        for node in nodes {
            let label = GraphReport.mermaidText(GraphReport.label(node))
            let name = names[node.id] ?? "n0"
            switch node.kind {
            case .invariant?: lines.append("  \(name)[[\"\(label)\"]]")
            case .decision?: lines.append("  \(name)[\"\(label)\"]")
            case .note?: lines.append("  \(name)([\"\(label)\"])")
            case nil: lines.append("  \(name){{\"\(label)\"}}")
            }
        }
        for edge in edges {
            let arrow = edge.kind == .mentions || edge.kind == .relates ? "-." : "--"
            let head = arrow == "-." ? ".->" : "-->"
            lines.append("  \(names[edge.source] ?? "n0") \(arrow) \(edge.kind.rawValue) \(head) \(names[edge.target] ?? "n0")")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func label(_ node: Node) -> String {
        let title = DisplayText.truncated(DisplayText.safe(node.title), to: 50)
        return title.isEmpty ? DisplayText.safe(node.id) : DisplayText.safe(node.id) + ": " + title
    }

    private static func quoted(_ text: String) -> String {
        "\"" + DisplayText.safe(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private static func mermaidText(_ text: String) -> String {
        text.replacing("&", with: "#amp;").replacing("\"", with: "#quot;").replacing("<", with: "#lt;").replacing(">", with: "#gt;")
            .replacing("[", with: "#91;").replacing("]", with: "#93;").replacing("`", with: "#96;")
    }
}
