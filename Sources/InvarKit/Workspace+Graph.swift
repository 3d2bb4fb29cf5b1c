package import InvarCore
import InvarStore

extension Workspace {
    /// Which entries a graph shows.
    package enum GraphScope: Sendable {
        case everything
        /// Decisions and the links between them.
        case decisions
    }

    /// The graph of entries, or the part of it within `depth` links of one entry.
    package func graph(_ scope: GraphScope = .everything, around name: String? = nil, depth: Int = 1) throws -> GraphReport {
        try withStore { synced in
            let store = synced.store
            let links = try store.links().filter { $0.isResolved || !$0.target.contains("/") }
            let dangling = Set(try store.links(.dangling))
            let center = try name.map { try entry($0, store).id }
            var edges = links.filter { $0.isResolved || dangling.contains($0) }.map { link in
                GraphReport.Edge(source: Workspace.whole(link.source), kind: link.kind, target: Workspace.whole(link.target))
            }
            var decisions: Set<String>?
            if scope == .decisions {
                if let name { _ = try resolvedDecision(name, store) }
                let known = Set(try store.decisions().map(\.decision.id))
                edges = edges.filter { known.contains($0.source) && (known.contains($0.target) || $0.target.hasPrefix("ADR-")) }
                // "Superseded by X" mentions X as well, which says no more.
                let joined = Set(edges.filter { $0.kind != .mentions }.map { [$0.source, $0.target].sorted() })
                edges = edges.filter { $0.kind != .mentions || !joined.contains([$0.source, $0.target].sorted()) }
                decisions = known
            }
            if let center { edges = Workspace.neighbourhood(of: center, edges, depth) }
            let named = Set(edges.flatMap { [$0.source, $0.target] }).union(center.map { [$0] } ?? [])
            var nodes: [String: GraphReport.Node] = [:]
            try store.forEachEntry { found in
                guard center == nil || named.contains(found.id), nodes[found.id] == nil, decisions?.contains(found.id) ?? true else { return }
                nodes[found.id] = GraphReport.Node(id: found.id, kind: found.kind, title: found.title, path: found.path)
            }
            for id in named where nodes[id] == nil { nodes[id] = GraphReport.Node(id: id, kind: nil, title: "", path: nil) }
            return GraphReport(nodes: Array(nodes.values), edges: edges)
        }
    }

    /// A clause is drawn as its invariant.
    private static func whole(_ id: String) -> String {
        Identifier(id)?.id ?? id
    }

    private static func neighbourhood(of center: String, _ edges: [GraphReport.Edge], _ depth: Int) -> [GraphReport.Edge] {
        var reached: Set<String> = [center]
        var kept: Set<GraphReport.Edge> = []
        for _ in 0..<max(0, depth) {
            let touching = edges.filter { reached.contains($0.source) || reached.contains($0.target) }
            kept.formUnion(touching)
            let next = reached.union(touching.flatMap { [$0.source, $0.target] })
            if next == reached { break }
            reached = next
        }
        return Array(kept)
    }
}
