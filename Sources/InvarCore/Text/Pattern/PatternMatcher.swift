/// Runs all possible matches of a line side by side (Thompson, Pike): each step of the program at most once a character.
struct PatternMatcher {
    private let program: PatternProgram
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Steps that wait for a character, with where their match began, in the order of these.
    private var threads: [(step: Int, start: Int)] = []
    private var following: [(step: Int, start: Int)] = []
    /// For each step the last offset at which it was reached.
    private var reached: [Int]
    private var pending: [Int] = []
    private var best: Range<Int>?

    init(_ program: PatternProgram, _ bytes: UnsafeBufferPointer<UInt8>) {
        self.program = program
        self.bytes = bytes
        reached = [Int](repeating: -1, count: program.steps.count)
    }

    mutating func firstMatch() -> Range<Int>? {
        var offset = 0
        var previous: UInt32?
        while true {
            if threads.isEmpty {
                if best != nil || (program.isAnchored && offset > 0) { return best }
                if let first = program.firstBytes {
                    let from = offset
                    while offset < bytes.count, !first[Int(bytes[offset])] { offset += 1 }
                    if offset == bytes.count { return nil }
                    if offset != from { previous = scalarBefore(offset) }
                }
            }
            let (next, length) = scalar(at: offset)
            // Once something matched, only matches that began as early can be longer.
            if best == nil, !program.isAnchored || offset == 0 { reach(0, start: offset, at: offset, previous, next) }
            // Threads of this offset were added by the step before; the new one comes last, being the youngest.
            guard let next else { return best }
            swap(&threads, &following)
            threads.removeAll(keepingCapacity: true)
            let after = offset + length
            let (ahead, _) = scalar(at: after)
            for thread in following {
                if let best, thread.start > best.lowerBound { break }
                guard case .take(let set) = program.steps[thread.step], program.sets[set].contains(next) else { continue }
                reach(thread.step + 1, start: thread.start, at: after, next, ahead)
            }
            previous = next
            offset = after
        }
    }

    /// Follows the steps that take nothing.
    private mutating func reach(_ step: Int, start: Int, at offset: Int, _ previous: UInt32?, _ next: UInt32?) {
        pending.append(step)
        while let step = pending.popLast() {
            guard reached[step] != offset else { continue }
            reached[step] = offset
            switch program.steps[step] {
            case .take: threads.append((step, start))
            case .jump(let to): pending.append(to)
            case .split(let a, let b):
                pending.append(b)
                pending.append(a)
            case .assert(let kind): if holds(kind, previous, next) { pending.append(step + 1) }
            case .match:
                if let known = best, known.lowerBound < start { continue }
                best = start..<max(offset, best?.lowerBound == start ? best?.upperBound ?? offset : offset)
            }
        }
    }

    private func holds(_ assertion: PatternNode.Assertion, _ previous: UInt32?, _ next: UInt32?) -> Bool {
        switch assertion {
        case .lineStart: previous == nil
        case .lineEnd: next == nil
        case .wordBoundary: isWord(previous) != isWord(next)
        case .noWordBoundary: isWord(previous) == isWord(next)
        }
    }

    private func isWord(_ value: UInt32?) -> Bool {
        guard let value, value < 128 else { return false }
        return (0x30...0x39).contains(value) || (0x61...0x7A).contains(value | 0x20) && value >= 0x41 || value == 0x5F
    }

    /// The character at an offset, nil at the end; a byte that begins none counts as one.
    private func scalar(at offset: Int) -> (UInt32?, Int) {
        guard offset < bytes.count else { return (nil, 0) }
        let first = bytes[offset]
        if first < 0x80 { return (UInt32(first), 1) }
        let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard length > 1, offset + length <= bytes.count else { return (0xFFFD, 1) }
        var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for index in 1..<length { value = value << 6 | UInt32(bytes[offset + index] & 0x3F) }
        return (value, length)
    }

    private func scalarBefore(_ offset: Int) -> UInt32? {
        guard offset > 0 else { return nil }
        var start = offset - 1
        while start > 0, offset - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return scalar(at: start).0
    }
}
