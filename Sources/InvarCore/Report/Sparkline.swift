/// A row of counts as small bars: `▁▃█`.
package enum Sparkline {
    private static let bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// One bar a count, the highest for the greatest of them, the lowest for zero alone.
    package static func text(_ counts: [Int]) -> String {
        let most = max(1, counts.max() ?? 1)
        return counts.map { count in
            count <= 0 ? bars[0] : bars[max(1, (min(count, most) * 7 + most - 1) / most)]
        }.joined()
    }
}
