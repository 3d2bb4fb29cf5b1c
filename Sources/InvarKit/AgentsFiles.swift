import InvarCore

/// The files that programming assistants read, as the knowledge base wants them.
struct AgentsFiles {
    private let knowledge: Knowledge
    private let ranks: [Int]

    static let folder = ".github/instructions"
    static let prefix = "invar-"
    static let suffix = ".instructions.md"
    /// What most assistants read at the top of a repository.
    private static let general = "AGENTS.md"

    init(knowledge: Knowledge, glossary: String) {
        self.knowledge = knowledge
        let relevance = Relevance(knowledge.invariants.map(\.invariant), glossary: glossary)
        ranks = knowledge.invariants.indices.map { relevance.irreversibility(of: $0) }
    }

    /// - Parameter current: a file's bytes; nil when there is none.
    func files(_ current: (String) throws -> [UInt8]?) throws -> [Workspace.AgentsFile] {
        let order = self.order
        var files = [try file(AgentsFiles.general, new: [], order, current)]
        var groups: [String: [Int]] = [:]
        for index in order where !knowledge.invariants[index].invariant.paths.isEmpty {
            groups[knowledge.invariants[index].invariant.paths.sorted().joined(separator: ","), default: []].append(index)
        }
        for (paths, indices) in groups.sorted(by: { $0.key < $1.key }) {
            let head = "---\napplyTo: \(JSON.string(paths).compactText)\n---\n"
            files.append(try file(AgentsFiles.path(paths), new: Array(head.utf8), indices, current))
        }
        return files
    }

    private func file(_ path: String, new: [UInt8], _ indices: [Int], _ current: (String) throws -> [UInt8]?) throws -> Workspace.AgentsFile {
        let old = try current(path)
        let around: Int
        do {
            around = try AgentsText.block.charactersAround(in: old ?? new)
        } catch {
            throw AgentsFiles.failure(error, path)
        }
        // Where people already wrote more than is read, the block says the least.
        let room = max(900, AgentsText.longestFile - around - 2)
        let text = AgentsText(knowledge.language).block(indices.map(item), within: room)
        return Workspace.AgentsFile(path: path, old: old, new: try AgentsFiles.replacing(old ?? new, text, path))
    }

    static func replacing(_ bytes: [UInt8], _ text: String, _ path: String) throws(Failure) -> [UInt8] {
        do {
            return try AgentsText.block.replacing(in: bytes, with: text)
        } catch {
            throw failure(error, path)
        }
    }

    private static func failure(_ problem: MarkedBlock.Problem, _ path: String) -> Failure {
        Failure(
            problem.message, at: Place(path: path, position: Position(line: problem.line)),
            hint: "leave one line that begins with \(AgentsText.block.opening) and one \(AgentsText.block.closing), or neither")
    }

    /// What cannot be taken back first, then what was violated most, then by id; retired ones left out.
    private var order: [Int] {
        knowledge.invariants.indices.filter { knowledge.invariants[$0].invariant.status != .retired }.sorted { a, b in
            let (left, right) = (knowledge.invariants[a], knowledge.invariants[b])
            return (ranks[a], -left.violations, left.invariant.id) < (ranks[b], -right.violations, right.invariant.id)
        }
    }

    private func item(_ index: Int) -> AgentsText.Item {
        let invariant = knowledge.invariants[index].invariant
        let exceptions = knowledge.exceptions.filter { $0.state == .active && knowledge.invariant($0.exception.invariant)?.invariant.id == invariant.id }.map {
            item in
            let scope = (item.exception.paths + item.exception.operations).joined(separator: ", ")
            return "\(item.decision) \(scope)\(item.exception.until.map { " (→ \($0))" } ?? "")"
        }
        return AgentsText.Item(
            id: invariant.id, title: invariant.title, clauses: invariant.clauses.map(\.text), questions: invariant.checks.map(\.text), exceptions: exceptions)
    }

    /// `db/**,migrations/**` → `.github/instructions/invar-db-migrations-1a2b.instructions.md`.
    private static func path(_ globs: String) -> String {
        var name = ""
        for scalar in globs.lowercased().unicodeScalars.prefix(200) {
            let isKept = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            if isKept { name.unicodeScalars.append(scalar) } else if !name.isEmpty, !name.hasSuffix("-") { name += "-" }
        }
        while name.hasSuffix("-") { name.removeLast() }
        let hash = FindingFingerprint.of(rule: "", path: globs, key: "", ordinal: 0).suffix(4)
        return folder + "/" + prefix + (name.isEmpty ? "" : String(name.prefix(40)) + "-") + hash + suffix
    }
}
