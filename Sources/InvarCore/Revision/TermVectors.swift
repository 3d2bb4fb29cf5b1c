/// Texts as vectors of length one, each term weighted by how often it occurs and how few texts have it (TF-IDF).
struct TermVectors: Sendable {
    /// Term numbers, ascending, with their weights.
    private(set) var vectors: [[(term: Int, weight: Double)]]

    /// Terms are numbered in the order of their spelling, so that every sum is formed in one order.
    init(_ counts: [[String: Double]]) {
        var documents: [String: Int] = [:]
        for count in counts { for term in count.keys { documents[term, default: 0] += 1 } }
        let sorted = documents.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let numbers = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($0.element, $0.offset) })
        let rarity = sorted.map { (StableLog.ln(Double(counts.count + 1) / Double((documents[$0] ?? 0) + 1)) + 1) * GroupingTerms.weight(of: $0) }
        vectors = counts.map { count in
            var vector = count.compactMap { term, times in numbers[term].map { (term: $0, weight: times / (times + 1) * rarity[$0]) } }
            vector.sort { $0.term < $1.term }
            let length = vector.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
            guard length > 0 else { return [] }
            return vector.map { ($0.term, $0.weight / length) }
        }
    }

    /// The cosine of the angle between two texts, 0 to 1.
    func similarity(_ a: Int, _ b: Int) -> Double {
        let (left, right) = (vectors[a], vectors[b])
        var (i, j) = (0, 0)
        var sum = 0.0
        while i < left.count, j < right.count {
            if left[i].term == right[j].term {
                sum += left[i].weight * right[j].weight
                i += 1
                j += 1
            } else if left[i].term < right[j].term {
                i += 1
            } else {
                j += 1
            }
        }
        return sum
    }
}

/// The natural logarithm by four operations alone, so that every machine comes to the same bits.
enum StableLog {
    private static let ln2 = 0.693147180559945309417232121458

    /// - Parameter value: positive.
    static func ln(_ value: Double) -> Double {
        guard value > 0 else { return 0 }
        var rest = value
        var halves = 0.0
        while rest >= 1.5 {
            rest = rest / 2
            halves = halves + 1
        }
        while rest < 0.75 {
            rest = rest * 2
            halves = halves - 1
        }
        // 2 artanh((x − 1) / (x + 1)); the ratio is at most 1/5, so that twelve terms exhaust a double.
        let ratio = (rest - 1) / (rest + 1)
        let square = ratio * ratio
        var power = ratio
        var sum = 0.0
        for index in 0..<12 {
            sum = sum + power / Double(2 * index + 1)
            power = power * square
        }
        return 2 * sum + halves * ln2
    }
}
