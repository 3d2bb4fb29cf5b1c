/// The smallest difference between two short stretches of lines (Myers, "An O(ND) difference algorithm", 1986).
enum LineMatch {
    /// Lines that differ above which a stretch is replaced whole: time and memory grow with the square of it.
    private static let mostDifferences = 300

    static func changes(in gap: UnifiedDiff.LineChange, _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [UnifiedDiff.LineChange] {
        guard !gap.old.isEmpty || !gap.new.isEmpty else { return [] }
        guard !gap.old.isEmpty, !gap.new.isEmpty, let rounds = rounds(gap, old, new) else { return [gap] }
        return merged(steps(back: rounds, gap))
    }

    /// For each number of differences how far each diagonal reaches (the difference of x and y plus `mostDifferences` + 1).
    private static func rounds(_ gap: UnifiedDiff.LineChange, _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [[Int]]? {
        let (width, height) = (gap.old.count, gap.new.count)
        let limit = min(width + height, mostDifferences)
        let middle = limit + 1
        var reach = [Int](repeating: 0, count: 2 * middle + 1)
        var rounds: [[Int]] = []
        for count in 0...limit {
            rounds.append(reach)
            for diagonal in stride(from: -count, through: count, by: 2) {
                let isDown = diagonal == -count || (diagonal != count && reach[middle + diagonal - 1] < reach[middle + diagonal + 1])
                var x = isDown ? reach[middle + diagonal + 1] : reach[middle + diagonal - 1] + 1
                while x < width, x - diagonal < height, x - diagonal >= 0, old[gap.old.lowerBound + x] == new[gap.new.lowerBound + x - diagonal] { x += 1 }
                reach[middle + diagonal] = x
                if x >= width, x - diagonal >= height {
                    rounds.append(reach)
                    return rounds
                }
            }
        }
        return nil
    }

    /// Lines taken out and put in, from the first on, each as a stretch of one line.
    private static func steps(back rounds: [[Int]], _ gap: UnifiedDiff.LineChange) -> [UnifiedDiff.LineChange] {
        let middle = (rounds[0].count - 1) / 2
        var x = gap.old.count
        var y = gap.new.count
        var steps: [UnifiedDiff.LineChange] = []
        for count in stride(from: rounds.count - 2, to: 0, by: -1) {
            let reach = rounds[count]
            let diagonal = x - y
            let isDown = diagonal == -count || (diagonal != count && reach[middle + diagonal - 1] < reach[middle + diagonal + 1])
            let before = isDown ? diagonal + 1 : diagonal - 1
            x = reach[middle + before]
            y = x - before
            let (left, top) = (gap.old.lowerBound + x, gap.new.lowerBound + y)
            steps.append(isDown ? .init(old: left..<left, new: top..<(top + 1)) : .init(old: left..<(left + 1), new: top..<top))
        }
        return steps.reversed()
    }

    /// Neighbours become one stretch.
    private static func merged(_ steps: [UnifiedDiff.LineChange]) -> [UnifiedDiff.LineChange] {
        var out: [UnifiedDiff.LineChange] = []
        for step in steps {
            if let last = out.last, last.old.upperBound == step.old.lowerBound, last.new.upperBound == step.new.lowerBound {
                out[out.count - 1] = .init(old: last.old.lowerBound..<step.old.upperBound, new: last.new.lowerBound..<step.new.upperBound)
            } else {
                out.append(step)
            }
        }
        return out
    }
}
