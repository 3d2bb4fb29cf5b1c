/// Agglomerative clustering by average similarity (UPGMA), by chains of nearest neighbours: quadratic in the number of
/// texts, and the same result whatever the order of equal similarities, since ties go to the lower number.
enum AverageLink {
    /// Groups the numbers below `count`; each group ascending, the groups by their first members.
    ///
    /// - Parameter threshold: two groups become one while the mean similarity between their members is at least that.
    static func groups(count: Int, threshold: Double, similarity: (Int, Int) -> Double) -> [[Int]] {
        guard count > 0 else { return [] }
        var matrix = Array(repeating: 0.0, count: count * count)
        for a in 0..<count {
            for b in 0..<a {
                let value = similarity(a, b)
                matrix[a * count + b] = value
                matrix[b * count + a] = value
            }
        }
        return groups(&matrix, count: count, threshold: threshold)
    }

    private static func groups(_ matrix: inout [Double], count: Int, threshold: Double) -> [[Int]] {
        var members = (0..<count).map { [$0] }
        var isAlive = Array(repeating: true, count: count)
        var chain: [Int] = []
        var start = 0
        while true {
            if chain.isEmpty {
                while start < count, !isAlive[start] { start += 1 }
                guard start < count else { break }
                chain.append(start)
            }
            let top = chain[chain.count - 1]
            let before = chain.count > 1 ? chain[chain.count - 2] : nil
            // The one before wins a tie, else a chain could go round in circles.
            var best = before
            var nearest = before.map { matrix[top * count + $0] } ?? -1
            for other in 0..<count where isAlive[other] && other != top && matrix[top * count + other] > nearest {
                nearest = matrix[top * count + other]
                best = other
            }
            guard let best, nearest >= threshold else {
                // Average similarities never grow by joining others, so that this group is done.
                isAlive[top] = false
                chain.removeLast()
                continue
            }
            guard best == before else {
                chain.append(best)
                continue
            }
            chain.removeLast(2)
            let (kept, gone) = (min(top, best), max(top, best))
            join(&matrix, count, kept, gone, isAlive, Double(members[kept].count), Double(members[gone].count))
            members[kept] += members[gone]
            members[gone] = []
            isAlive[gone] = false
        }
        return members.filter { !$0.isEmpty }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    }

    /// The mean similarity of a joined group to every other (Lance and Williams 1967).
    private static func join(_ matrix: inout [Double], _ count: Int, _ kept: Int, _ gone: Int, _ isAlive: [Bool], _ a: Double, _ b: Double) {
        for other in 0..<count where isAlive[other] && other != kept && other != gone {
            let mean = (a * matrix[kept * count + other] + b * matrix[gone * count + other]) / (a + b)
            matrix[kept * count + other] = mean
            matrix[other * count + kept] = mean
        }
    }
}
