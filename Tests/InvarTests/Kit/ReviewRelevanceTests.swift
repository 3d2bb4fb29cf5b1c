import Foundation
import InvarCore
import InvarKit
import Testing

/// Whether a review names the invariants that a change touches, and no others: measured on small changes that are
/// labelled by hand, half of which touch none.
@Suite struct ReviewRelevanceTests {
    /// One labelled change.
    private struct Case {
        var name: String
        var knowledge: String
        var touches: Set<String>
        var patch: String
    }

    private struct Score {
        var right = 0
        var wrong = 0
        var missed = 0
        var mistakes: [String] = []

        var precision: Double { Double(right) / Double(max(1, right + wrong)) }
        var recall: Double { Double(right) / Double(max(1, right + missed)) }
    }

    @Test func `precision and recall are at least what was promised`() throws {
        var all = Score()
        for set in ["tuning", "held-out"] {
            let score = try score(of: ReviewRelevanceTests.cases(set))
            print("review relevance, \(set): precision \(score.precision), recall \(score.recall); \(score.mistakes)")
            all.right += score.right
            all.wrong += score.wrong
            all.missed += score.missed
        }
        print("review relevance: precision \(all.precision), recall \(all.recall)")
        #expect(all.precision >= 0.7)
        #expect(all.recall >= 0.9)
    }

    @Test func `the set is large enough, and half of it touches nothing`() throws {
        let cases = try ReviewRelevanceTests.cases("tuning") + ReviewRelevanceTests.cases("held-out")
        #expect(cases.count >= 60)
        #expect(Set(cases.map(\.name)).count == cases.count)
        let quiet = cases.count { $0.touches.isEmpty }
        #expect((0.4...0.6).contains(Double(quiet) / Double(cases.count)))
    }

    private func score(of cases: [Case]) throws -> Score {
        var folders: [String: TemporaryFolder] = [:]
        var score = Score()
        for item in cases {
            let folder = try folders[item.knowledge] ?? TemporaryFolder(["Invariants/all.md": ReviewRelevanceTests.knowledge(item.knowledge)])
            folders[item.knowledge] = folder
            let report = try folder.workspace().review(ReviewOptions(.patch(Array(item.patch.utf8))))
            let found = Set(report.touched.map(\.item.invariant.id))
            score.right += found.intersection(item.touches).count
            score.wrong += found.subtracting(item.touches).count
            score.missed += item.touches.subtracting(found).count
            if found != item.touches { score.mistakes.append("\(item.name): \(found.sorted()) instead of \(item.touches.sorted())") }
        }
        return score
    }

    private static var folder: URL { URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Fixtures").standardized }

    private static func knowledge(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name == "seed" ? "ops_invariants.md" : "Review/\(name).md"), encoding: .utf8)
    }

    /// `== name`, `kb:`, `touches:`, then `file: path [new]` and hunks whose numbers are filled in here.
    private static func cases(_ set: String) throws -> [Case] {
        let text = try String(contentsOf: folder.appendingPathComponent("Review/\(set).txt"), encoding: .utf8)
        return ("\n" + text).components(separatedBy: "\n== ").dropFirst().map { part in
            let lines = part.components(separatedBy: "\n")
            var item = Case(name: lines[0], knowledge: "", touches: [], patch: "")
            var heading: String?
            var hunk: [String] = []
            func flush() {
                guard let known = heading else { return }
                while hunk.last == "" { hunk.removeLast() }
                let old = hunk.count { !$0.hasPrefix("+") }
                let new = hunk.count { !$0.hasPrefix("-") }
                item.patch += "@@ -\(old == 0 ? 0 : 10),\(old) +\(new == 0 ? 0 : old == 0 ? 1 : 10),\(new) @@\(known)\n" + hunk.joined(separator: "\n") + "\n"
                heading = nil
                hunk = []
            }
            for line in lines.dropFirst() {
                if line.hasPrefix("kb: ") {
                    item.knowledge = String(line.dropFirst(4))
                } else if line.hasPrefix("touches: ") {
                    item.touches = Set(line.dropFirst(9).split(separator: " ").map(String.init)).subtracting(["-"])
                } else if line.hasPrefix("file: ") {
                    flush()
                    let words = line.dropFirst(6).split(separator: " ")
                    let isNew = words.last == "new"
                    item.patch +=
                        "diff --git a/\(words[0]) b/\(words[0])\n" + (isNew ? "new file mode 100644\n--- /dev/null\n" : "--- a/\(words[0])\n")
                        + "+++ b/\(words[0])\n"
                } else if line.hasPrefix("@@") {
                    flush()
                    heading = String(line.dropFirst(2))
                } else if heading != nil {
                    hunk.append(line)
                }
            }
            flush()
            return item
        }
    }
}
