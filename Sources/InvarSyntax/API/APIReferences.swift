import InvarCore

/// Follows `$ref`: through files, JSON pointers and further references, never in circles, and remembers what led nowhere.
package struct APIReferences: Sendable {
    private let reading: @Sendable (String) -> Artifact?
    /// Roots by path; a nil value is a file that was looked for in vain.
    private var roots: [String: Root] = [:]
    private var followed: [String: Outcome] = [:]
    private var positions: [String: [String: Int]] = [:]
    /// What could not be followed, in the order in which it was met, each reference once.
    package private(set) var unread: [APIUnreadReference] = []
    private var reported: Set<Place> = []
    private var depth = 0
    /// The files that were passed since ``forgetFiles()``.
    package private(set) var files: Set<String> = []
    /// Whether something was left unread since ``forgetFiles()``.
    package private(set) var isIncomplete = false

    /// More references in a row than this are a circle, or a maze that no person follows.
    package static let maximumHops = 32

    private enum Root {
        case value(APINode)
        case missing
        case notYAML
    }

    private enum Outcome {
        case found(APINode, files: Set<String>)
        case lost(APIUnreadReference.Reason)
    }

    package init(reading: @escaping @Sendable (String) -> Artifact?) {
        self.reading = reading
    }

    /// Begins the account of files anew, for the next operation.
    package mutating func forgetFiles() {
        files = []
        isIncomplete = false
    }

    /// The value itself, or what its `$ref` leads to; nil when it leads nowhere, which is then in ``unread``.
    package mutating func resolve(_ node: APINode) -> APINode? {
        var node = node
        var seen: Set<String> = []
        for _ in 0...APIReferences.maximumHops {
            files.insert(node.path)
            guard let reference = node.yaml.member("$ref")?.value, let text = reference.text else { return node }
            let (target, isNew) = (self.target(text, from: node.path), seen.insert("\(node.path) \(text)").inserted)
            let outcome = isNew ? target : .lost(.circle)
            switch outcome {
            case .found(let found, let passed):
                files.formUnion(passed)
                node = found
            case .lost(let reason):
                note(APIUnreadReference(text: text, place: Place(path: node.path, position: reference.position), reason: reason))
                return nil
            }
        }
        note(APIUnreadReference(text: node.text("$ref") ?? "", place: node.place, reason: .circle))
        return nil
    }

    private mutating func note(_ reference: APIUnreadReference) {
        isIncomplete = true
        if reported.insert(reference.place).inserted { unread.append(reference) }
    }

    /// One hop.
    private mutating func target(_ reference: String, from path: String) -> Outcome {
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let file = parts.first ?? ""
        let fragment = parts.count > 1 ? parts[1] : ""
        var other = path
        if !file.isEmpty {
            if file.hasPrefix("//") || APIReferences.hasScheme(file) { return .lost(.remote) }
            guard let resolved = RelativePath.resolve(file, from: path) else { return .lost(.outside) }
            other = resolved
        }
        let key = other + "#" + fragment
        if let known = followed[key] { return known }
        followed[key] = .lost(.circle)
        let outcome = follow(fragment, in: other)
        followed[key] = outcome
        return outcome
    }

    private mutating func follow(_ fragment: String, in path: String) -> Outcome {
        switch root(of: path) {
        case .missing: return .lost(.noFile(path))
        case .notYAML: return .lost(.notYAML(path))
        case .value(let root):
            // References inside a pointer make this call itself: each is marked before it is followed, so that none is
            // followed twice, and the depth is bounded.
            guard depth < APIReferences.maximumHops else { return .lost(.circle) }
            depth += 1
            defer { depth -= 1 }
            var passed: Set<String> = [path]
            guard let found = walk(fragment, from: root, &passed) else { return .lost(.noValue(path)) }
            return .found(found, files: passed)
        }
    }

    private mutating func root(of path: String) -> Root {
        if let known = roots[path] { return known }
        let root: Root
        if let artifact = reading(path) {
            root = APIFile.root(of: artifact).map { .value($0) } ?? .notYAML
        } else {
            root = .missing
        }
        roots[path] = root
        return root
    }

    /// A file that is already read.
    package mutating func know(_ root: APINode) {
        roots[root.path] = .value(root)
    }

    /// Follows a JSON pointer (RFC 6901) as a URI fragment: `%`, `~1` and `~0` are decoded. A reference met on the way is
    /// followed too.
    private mutating func walk(_ fragment: String, from root: APINode, _ passed: inout Set<String>) -> APINode? {
        guard !fragment.isEmpty else { return root }
        guard fragment.hasPrefix("/") else { return nil }
        var node = root
        var trail = root.path
        for part in fragment.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let name = APIReferences.unescaped(String(part))
            if let reference = node.yaml.member("$ref")?.value.text, child(name, of: node, trail) == nil {
                guard case .found(let target, let files) = target(reference, from: node.path) else { return nil }
                passed.formUnion(files)
                node = target
                trail = "\(node.path) \(node.yaml.position.line):\(node.yaml.position.column)"
            }
            guard let next = child(name, of: node, trail) else { return nil }
            node = next
            trail += "/" + name
        }
        return node.yaml.isNull ? nil : node
    }

    private mutating func child(_ name: String, of node: APINode, _ trail: String) -> APINode? {
        switch node.yaml.content {
        case .map(let members):
            guard members.count > 16 else { return node[name] }
            if positions[trail] == nil {
                positions[trail] = Dictionary(members.indices.map { (members[$0].key.keyText, $0) }, uniquingKeysWith: { first, _ in first })
            }
            return positions[trail]?[name].map { node.node(at: $0, of: members) } ?? node[name]
        case .list:
            let items = node.items
            guard let index = Int(name), items.indices.contains(index) else { return nil }
            return items[index]
        case .scalar: return nil
        }
    }

    /// `https:`, `urn:` and the like.
    private static func hasScheme(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else { return false }
        return text[..<colon].utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E
        }
    }

    private static func unescaped(_ part: String) -> String {
        let decoded = RelativePath.percentDecoded(part)
        guard decoded.contains("~") else { return decoded }
        return decoded.replacing("~1", with: "/").replacing("~0", with: "~")
    }
}
