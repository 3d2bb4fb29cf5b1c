/// Exact tests of counts, by addition, subtraction, multiplication and division in a fixed order, so that every machine
/// comes to the same bits.
package enum ExactTest {
    /// The false discovery rate that signals are held to.
    package static let rate = 0.10

    /// P(Bin(`recent` + `earlier`, e / (e + E)) ≥ `recent`): how likely so many of all incidents fall into the recent
    /// exposure when nothing changed (Przyborowski and Wilenski 1940, one-sided). 1 without any exposure before.
    ///
    /// - Parameters:
    ///   - exposure: e, in sprints; `baseline`: E, likewise.
    package static func increase(recent: Int, exposure: Int, earlier: Int, baseline: Int) -> Double {
        guard recent > 0, exposure > 0, baseline > 0 else { return 1 }
        return tail(of: recent + earlier, chance: Double(exposure), against: Double(baseline), from: recent)
    }

    /// P(Bin(`recent` + `earlier`, e / (e + E)) ≤ `recent`): the same for a decrease.
    package static func decrease(recent: Int, exposure: Int, earlier: Int, baseline: Int) -> Double {
        increase(recent: earlier, exposure: baseline, earlier: recent, baseline: exposure)
    }

    /// P(X ≥ k) of a binomial with odds `chance` : `against`.
    ///
    /// The terms are taken relative to the likeliest one, so that no power of a small number is ever formed.
    private static func tail(of n: Int, chance: Double, against: Double, from k: Int) -> Double {
        let odds = chance / against
        let share = chance / (chance + against)
        let mode = min(n, Int(Double(n + 1) * share))
        var tail = mode >= k ? 1.0 : 0.0
        var total = 1.0
        var term = 1.0
        var index = mode
        while index < n {
            term = term * (Double(n - index) / Double(index + 1)) * odds
            index += 1
            total += term
            if index >= k { tail += term }
        }
        term = 1.0
        index = mode
        while index > 0 {
            term = term * (Double(index) / Double(n - index + 1)) / odds
            index -= 1
            total += term
            if index >= k { tail += term }
        }
        return min(1, tail / total)
    }

    /// Which hypotheses are discoveries at ``rate`` (Benjamini and Hochberg 1995).
    ///
    /// - Returns: one flag for each of `values`, in their order.
    package static func discoveries(among values: [Double]) -> [Bool] {
        let sorted = values.sorted()
        var limit = -1.0
        for (index, value) in sorted.enumerated() where value * Double(sorted.count) <= rate * Double(index + 1) { limit = value }
        return values.map { $0 <= limit }
    }
}
