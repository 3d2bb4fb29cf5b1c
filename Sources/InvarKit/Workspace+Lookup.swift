import InvarCore
import InvarStore

extension Workspace {
    /// The entry that a person names: an id, a clause, `7`, `0007`, `ADR-0007`, a path.
    ///
    /// - Throws: ``Failure`` with the nearest id when there is none, and with all places when several answer.
    func entry(_ name: String, _ store: Store) throws -> FoundEntry {
        for key in Workspace.keys(name) {
            let found = try store.entries(named: key)
            if found.count > 1, Set(found.map(\.path)).count > 1 || found[0].kind != .invariant {
                let places = found.map { "\($0.path):\($0.line)" }.joined(separator: ", ")
                throw Failure("\(name) is the name of \(found.count) entries: \(places)", hint: "name the file instead")
            }
            if let entry = found.first { return entry }
        }
        throw Failure(
            "there is no entry \(name)", hint: Nearest.hint(for: Folding.identifier(name), among: try store.allIDs()) ?? "`invar list` shows what there is")
    }

    /// An invariant by its id or that of a clause, which must exist.
    func resolvedInvariant(_ name: String, _ store: Store) throws -> FoundEntry {
        let found = try entry(name, store)
        guard found.kind == .invariant else { throw Failure("\(name) is \(found.kind.phrase), not an invariant") }
        return found
    }

    /// The id of an invariant or clause as notes write it, whatever the width or case it was typed in.
    ///
    /// - Throws: ``Failure`` with the nearest id when there is none.
    package func invariantName(_ name: String) throws -> String {
        try withStore { synced in
            let found = try resolvedInvariant(name, synced.store)
            return Identifier(name)?.part ?? found.id
        }
    }

    /// A decision by number, id or path, which must exist.
    func resolvedDecision(_ name: String, _ store: Store) throws -> FoundEntry {
        let found = try entry(name, store)
        guard found.kind == .decision else { throw Failure("\(name) is \(found.kind.phrase), not a decision") }
        return found
    }

    /// The keys to try, most likely first.
    private static func keys(_ name: String) -> [String] {
        var keys = [EntryName.key(id: name)]
        let folded = Folding.identifier(name)
        if folded.first?.isNumber ?? false { keys.append(EntryName.key(decision: folded)) }
        if name.contains("/") || name.hasSuffix(".md") { keys.append(EntryName.key(path: RelativePath.resolve(name, from: "x") ?? name)) }
        return keys
    }

    /// A path given on the command line, relative to the root: it may be absolute or relative to the working folder.
    package func relativePath(_ path: String) -> String? {
        let folder = FileSystem.workingFolder
        let absolute = path.hasPrefix("/") ? path : folder + "/" + path
        var segments: [Substring] = []
        for segment in absolute.split(separator: "/") {
            switch segment {
            case ".": continue
            case "..": _ = segments.popLast()
            default: segments.append(segment)
            }
        }
        let normal = "/" + segments.joined(separator: "/")
        if normal == root { return "" }
        if normal.hasPrefix(root == "/" ? "/" : root + "/") { return String(normal.dropFirst(root == "/" ? 1 : root.utf8.count + 1)) }
        // Outside the root, as when `--root` names another repository: the path is meant relative to that.
        return path.hasPrefix("/") ? nil : RelativePath.resolve(path, from: "x")
    }
}

extension Entry.Kind {
    /// With its article.
    var phrase: String { self == .invariant ? "an invariant" : "a " + rawValue }
}
