/// A pattern as steps for the matcher, with what spares it most lines.
struct PatternProgram: Sendable {
    private(set) var steps: [Step] = []
    private(set) var sets: [ScalarSet] = []
    /// Bytes that every match holds; empty when none are certain.
    private(set) var required: [UInt8] = []
    /// Bytes that a match can begin with; nil when it can be empty or begin with anything.
    private(set) var firstBytes: [Bool]?
    /// Whether a match can only begin where the line does.
    private(set) var isAnchored = false

    /// More steps than this are an error: nested counts multiply.
    static let maximumSteps = 20_000

    enum Step: Sendable {
        /// One character of `sets[index]`, then the next step.
        case take(Int)
        case split(Int, Int)
        case jump(Int)
        case assert(PatternNode.Assertion)
        case match
    }

    init(_ node: PatternNode) throws(LinearPattern.Problem) {
        try add(node)
        try append(.match)
        required = PatternProgram.required(node)
        (firstBytes, isAnchored) = PatternProgram.beginnings(of: self)
    }

    private mutating func append(_ step: Step) throws(LinearPattern.Problem) {
        guard steps.count < PatternProgram.maximumSteps else {
            throw LinearPattern.Problem(message: "expands to more than \(PatternProgram.maximumSteps) steps: use smaller counts in {…}")
        }
        steps.append(step)
    }

    /// Nesting is bounded by the parser.
    private mutating func add(_ node: PatternNode) throws(LinearPattern.Problem) {
        switch node {
        case .empty: break
        case .scalars(let set):
            let index: Int
            if let known = sets.firstIndex(of: set) {
                index = known
            } else {
                index = sets.count
                sets.append(set)
            }
            try append(.take(index))
        case .sequence(let nodes): for node in nodes { try add(node) }
        case .assertion(let kind): try append(.assert(kind))
        case .choice(let branches): try add(choice: branches)
        case .repetition(let node, let least, let most): try add(node, least: least, most: most)
        }
    }

    private mutating func add(choice branches: [PatternNode]) throws(LinearPattern.Problem) {
        var ends: [Int] = []
        for (number, branch) in branches.enumerated() {
            guard number + 1 < branches.count else {
                try add(branch)
                break
            }
            let split = steps.count
            try append(.split(split + 1, 0))
            try add(branch)
            ends.append(steps.count)
            try append(.jump(0))
            steps[split] = .split(split + 1, steps.count)
        }
        for end in ends { steps[end] = .jump(steps.count) }
    }

    private mutating func add(_ node: PatternNode, least: Int, most: Int?) throws(LinearPattern.Problem) {
        for _ in 0..<least { try add(node) }
        guard let most else {
            let split = steps.count
            try append(.split(split + 1, 0))
            try add(node)
            try append(.jump(split))
            steps[split] = .split(split + 1, steps.count)
            return
        }
        var splits: [Int] = []
        for _ in least..<max(least, most) {
            splits.append(steps.count)
            try append(.split(steps.count + 1, 0))
            try add(node)
        }
        for split in splits { steps[split] = .split(split + 1, steps.count) }
    }

    /// The longest run of single characters that stand one after the other in every match.
    private static func required(_ node: PatternNode) -> [UInt8] {
        var best: [UInt8] = []
        var run: [UInt8] = []
        func end() {
            if run.count > best.count { best = run }
            run = []
        }
        func visit(_ node: PatternNode) {
            switch node {
            case .empty, .assertion: break
            case .scalars(let set):
                guard let value = set.single, let scalar = Unicode.Scalar(value) else { return end() }
                run += Array(String(scalar).utf8)
            case .sequence(let nodes): nodes.forEach(visit)
            case .choice: end()
            case .repetition(let node, let least, let most):
                guard least > 0 else { return end() }
                visit(node)
                if most != 1 || least != 1 { end() }
            }
        }
        visit(node)
        end()
        return best
    }

    /// The first bytes of every character that the steps reachable from the start take, and whether `^` stands before all.
    private static func beginnings(of program: PatternProgram) -> (bytes: [Bool]?, isAnchored: Bool) {
        var bytes = [Bool](repeating: false, count: 256)
        var isAnything = false
        var isAnchored = true
        var seen = [Bool](repeating: false, count: program.steps.count)
        var pending = [0]
        while let index = pending.popLast() {
            guard !seen[index] else { continue }
            seen[index] = true
            switch program.steps[index] {
            case .assert(.lineStart): isAnything = true
            case .match, .assert:
                isAnything = true
                isAnchored = false
            case .jump(let to): pending.append(to)
            case .split(let a, let b): pending += [a, b]
            case .take(let set):
                isAnchored = false
                mark(program.sets[set], in: &bytes)
            }
        }
        return (isAnything ? nil : bytes, isAnchored)
    }

    /// Characters beyond ASCII begin with a byte of 0xC2 or more; which ones is told only where there is a single one.
    private static func mark(_ set: ScalarSet, in bytes: inout [Bool]) {
        for value in UInt32(0)..<128 where set.contains(value) { bytes[Int(value)] = true }
        guard let single = set.single, let scalar = Unicode.Scalar(single) else {
            for byte in 0x80..<256 { bytes[byte] = true }
            return
        }
        if let first = String(scalar).utf8.first { bytes[Int(first)] = true }
    }
}
