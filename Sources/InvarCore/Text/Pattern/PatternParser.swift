/// Reads a pattern; what it does not understand is an error that says so.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var depth = 0
    private var ignoresCase = false

    /// Deeper nesting of groups is an error.
    static let maximumDepth = 100
    /// Higher counts in `{m,n}` are an error.
    static let maximumCount = 1000

    init(_ source: String) {
        scalars = Array(source.unicodeScalars)
    }

    mutating func parse() throws(LinearPattern.Problem) -> PatternNode {
        guard !scalars.isEmpty else { throw problem("is empty and would match every line") }
        let node = try choice()
        guard index == scalars.count else { throw problem("a ) without its (") }
        return node
    }

    private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private func isNext(_ text: String) -> Bool {
        scalars[index...].starts(with: text.unicodeScalars)
    }

    private mutating func skip(_ text: String) -> Bool {
        guard isNext(text) else { return false }
        index += text.unicodeScalars.count
        return true
    }

    private func problem(_ message: String) -> LinearPattern.Problem {
        LinearPattern.Problem(message: message)
    }

    private mutating func choice() throws(LinearPattern.Problem) -> PatternNode {
        var branches = [try sequence()]
        while skip("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(LinearPattern.Problem) -> PatternNode {
        var nodes: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            nodes.append(try quantified(try atom()))
        }
        return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .empty : .sequence(nodes)
    }

    private mutating func quantified(_ atom: PatternNode) throws(LinearPattern.Problem) -> PatternNode {
        var node = atom
        var isQuantified = false
        while let (least, most) = try quantifier() {
            guard !isQuantified else { throw problem("a quantifier after a quantifier: put the first into a group") }
            isQuantified = true
            node = .repetition(node, least: least, most: most)
            // Lazy forms match the same lines; only where a match ends would differ, and the longest counts here.
            if skip("?") { continue }
            if isNext("+") { throw problem("possessive quantifiers such as *+ are not supported") }
        }
        return node
    }

    private mutating func quantifier() throws(LinearPattern.Problem) -> (Int, Int?)? {
        switch next {
        case "*":
            index += 1
            return (0, nil)
        case "+":
            index += 1
            return (1, nil)
        case "?":
            index += 1
            return (0, 1)
        case "{":
            return try counted()
        default: return nil
        }
    }

    /// `{3}`, `{2,}`, `{2,5}`; any other `{` is a literal one.
    private mutating func counted() throws(LinearPattern.Problem) -> (Int, Int?)? {
        guard let close = scalars[index...].prefix(12).firstIndex(of: "}") else { return nil }
        let parts = scalars[(index + 1)..<close].split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.map { part in part.allSatisfy { ("0"..."9").contains($0) } ? String(String.UnicodeScalarView(part)) : "x" }
        guard numbers.count == 1 || numbers.count == 2, let first = numbers.first, let least = Int(first) else { return nil }
        var most: Int? = least
        if numbers.count == 2 {
            guard numbers[1].isEmpty || Int(numbers[1]) != nil else { return nil }
            most = Int(numbers[1])
        }
        guard max(least, most ?? 0) <= PatternParser.maximumCount else { throw problem("a count in {…} may be at most \(PatternParser.maximumCount)") }
        if let most, most < least { throw problem("{\(least),\(most)} counts down") }
        index = close + 1
        return (least, most)
    }

    private mutating func atom() throws(LinearPattern.Problem) -> PatternNode {
        guard let scalar = next else { return .empty }
        index += 1
        switch scalar {
        case "(": return try group()
        case "[": return try PatternClassParser.parse(scalars, &index, ignoresCase: ignoresCase)
        case ".": return .scalars(ScalarSet([0...ScalarSet.greatest]))
        case "^": return .assertion(.lineStart)
        case "$": return .assertion(.lineEnd)
        case "\\": return try escape()
        case "*", "+", "?": throw problem("\(scalar) repeats nothing")
        case "{":
            if try isCount() { throw problem("{ repeats nothing") }
            return literal(scalar.value)
        default: return literal(scalar.value)
        }
    }

    private func isCount() throws(LinearPattern.Problem) -> Bool {
        var copy = self
        copy.index -= 1
        return try copy.counted() != nil
    }

    private func literal(_ value: UInt32) -> PatternNode {
        .scalars(ScalarSet([value...value], ignoresCase: ignoresCase))
    }

    private mutating func group() throws(LinearPattern.Problem) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= PatternParser.maximumDepth else { throw problem("groups are nested deeper than \(PatternParser.maximumDepth)") }
        let outer = ignoresCase
        if skip("?") {
            for (mark, name) in [("=", "look-ahead"), ("!", "look-ahead"), ("<=", "look-behind"), ("<!", "look-behind"), (">", "atomic groups")]
            where isNext(mark) {
                throw problem("\(name) (?\(mark) is not supported: it cannot be matched in linear time")
            }
            if skip("i)") {
                // From here to the end of the group that it stands in.
                ignoresCase = true
                return .empty
            }
            if skip("i:") {
                ignoresCase = true
            } else if isNext("<") || isNext("P<") {
                guard let close = scalars[index...].firstIndex(of: ">") else { throw problem("a group's name without its >") }
                index = close + 1
            } else if !skip(":") {
                throw problem("(?\(next.map { String($0) } ?? "") is not understood")
            }
        }
        let node = try choice()
        guard skip(")") else { throw problem("a ( without its )") }
        ignoresCase = outer
        return node
    }

    private mutating func escape() throws(LinearPattern.Problem) -> PatternNode {
        switch next {
        case "b", "A", "B", "z", "Z":
            let kinds: [Unicode.Scalar: PatternNode.Assertion] = ["b": .wordBoundary, "B": .noWordBoundary, "A": .lineStart, "z": .lineEnd, "Z": .lineEnd]
            let kind = next.flatMap { kinds[$0] } ?? .lineStart
            index += 1
            return .assertion(kind)
        case let digit? where ("1"..."9").contains(digit):
            throw problem("back-references such as \\\(digit) are not supported: they cannot be matched in linear time")
        default:
            let ranges = try PatternEscape.ranges(scalars, &index)
            return .scalars(ScalarSet(ranges, ignoresCase: ignoresCase))
        }
    }
}
