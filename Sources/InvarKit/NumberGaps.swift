import InvarCore
import InvarStore

/// Finds the numbers that a collection of decisions leaves out: a record deleted, or one that was never merged.
enum NumberGaps {
    /// A note at each record that comes after a gap; folders and prefixes such as `Operator-0007` count by themselves.
    ///
    /// - Parameter paths: the paths of all documents in a folder. A file that has the number is there, record or not.
    static func findings(_ decisions: [NumberedDecision], paths: (String) throws -> [String]) throws -> [Finding] {
        var series: [Series: [Int: NumberedDecision]] = [:]
        for decision in decisions {
            guard let (prefix, value) = split(decision.number) else { continue }
            let key = Series(folder: RelativePath.folder(decision.place.path), prefix: prefix)
            if series[key]?[value] == nil { series[key, default: [:]][value] = decision }
        }
        var findings: [Finding] = []
        for (key, members) in series {
            let values = members.keys.sorted()
            for (before, after) in zip(values, values.dropFirst()) where after - before > 1 {
                guard let decision = members[after] else { continue }
                let width = decision.number.utf8.count - key.prefix.utf8.count
                let first = NumberSeries.padded(before + 1, width)
                if after - before == 2, names(first, try paths(key.folder)) { continue }
                let missing = after - before == 2 ? "ADR-\(key.prefix)\(first) is" : "ADR-\(key.prefix)\(first) to \(NumberSeries.padded(after - 1, width)) are"
                let gap = "ADR-\(key.prefix)\(first)" + (after - before == 2 ? "" : "〜\(NumberSeries.padded(after - 1, width))")
                findings.append(
                    Finding(
                        rule: "knowledge/missing-number", severity: .note,
                        message: Wording(en: "\(missing) missing before this record", ja: "この前の番号（\(gap)）の記録がありません"), place: decision.place,
                        hint: Wording(en: "keep rejected and superseded records, too; a number is never used again", ja: "却下・置き換え済みの記録も残してください。番号は二度と使いません")))
            }
        }
        return findings
    }

    private struct Series: Hashable {
        var folder: String
        var prefix: String
    }

    /// The letters in front and the number; nil for dates and for numbers with a letter behind.
    private static func split(_ number: String) -> (prefix: String, value: Int)? {
        let digits = number.reversed().prefix { $0.isASCII && $0.isNumber }.count
        guard (1...6).contains(digits), let value = Int(number.suffix(digits)) else { return nil }
        let prefix = String(number.dropLast(digits))
        return prefix.contains { $0.isNumber } ? nil : (prefix, value)
    }

    private static func names(_ number: String, _ paths: [String]) -> Bool {
        paths.contains { path in
            RelativePath.name(path).split { !($0.isASCII && $0.isNumber) }.contains { $0 == number }
        }
    }
}
