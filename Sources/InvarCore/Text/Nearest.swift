/// Finds what somebody probably meant.
package enum Nearest {
    /// The most similar candidate, when it is similar enough to be a slip: at most a third of the letters differ.
    package static func match(for text: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(Folding.searchable(text).unicodeScalars)
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let other = Array(Folding.searchable(candidate).unicodeScalars)
            guard abs(other.count - wanted.count) <= 4, other.count < 200, wanted.count < 200 else { continue }
            let distance = distance(wanted, other)
            let current = (distance, candidate)
            if best.map({ current < $0 }) ?? true { best = current }
        }
        if let best, best.distance <= max(1, wanted.count / 3) { return best.candidate }
        // The beginning of a longer name, typed whole.
        guard wanted.count >= 4 else { return nil }
        return candidates.filter { Folding.searchable($0).unicodeScalars.starts(with: wanted) }.min()
    }

    /// `did you mean X?`
    package static func hint(for text: String, among candidates: some Sequence<String>) -> String? {
        match(for: text, among: candidates).map { "did you mean \($0)?" }
    }

    /// Edits (insert, delete, replace, swap two neighbours) between two texts: optimal string alignment.
    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var row = Array(0...b.count)
        for i in 0..<a.count {
            var next = [i + 1]
            for j in 0..<b.count {
                var cost = min(row[j + 1] + 1, next[j] + 1, row[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
                next.append(cost)
            }
            before = row
            row = next
        }
        return row[b.count]
    }
}
