import Foundation
import InvarCore
import InvarSyntax
import Testing

/// The labelled sentences of `Fixtures/prose-sentences.tsv`, each read as a document of its own.
@Suite struct ProseVerdictTests {
    struct Labelled {
        var language: String
        var states: Bool
        var code: String
        var text: String
    }

    private func labelled() throws -> [Labelled] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appendingPathComponent("Fixtures/prose-sentences.tsv"), encoding: .utf8)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
            let cells = line.split(separator: "\t")
            guard cells.count == 4 else { return nil }
            return Labelled(language: String(cells[0]), states: cells[1] == "yes", code: String(cells[2]), text: String(cells[3]))
        }
    }

    private func statements(_ text: String) -> [ProseStatement] {
        ProseReader.statements(in: MarkdownFile(path: "docs/design.md", bytes: Array("# 設計\n\n\(text)\n".utf8)))
    }

    @Test func everyLabelledSentenceIsJudgedAsLabelled() throws {
        let all = try labelled()
        #expect(all.count >= 150)
        for language in ["ja", "en"] {
            var counts = (right: 0, wrong: 0, missed: 0)
            for sentence in all where sentence.language == language {
                let fires = !statements(sentence.text).isEmpty
                #expect(fires == sentence.states, "\(sentence.code): \(sentence.text)")
                if fires && sentence.states { counts.right += 1 }
                if fires && !sentence.states { counts.wrong += 1 }
                if !fires && sentence.states { counts.missed += 1 }
            }
            let precision = Double(counts.right) / Double(max(1, counts.right + counts.wrong))
            let recall = Double(counts.right) / Double(max(1, counts.right + counts.missed))
            print("prose \(language): precision \(precision), recall \(recall), \(counts)")
            #expect(precision >= 0.95)
            #expect(recall >= 0.95)
        }
    }

    @Test func theReasonCodesTellTheKindAndTheStrength() throws {
        let kinds: [String: ProseStatement.Kind] = ["retry": .notRetryable, "irreversible": .irreversible, "once": .atMostOnce, "harm": .nonIdempotent]
        for sentence in try labelled() where sentence.states {
            guard let found = statements(sentence.text).first else { continue }
            if let kind = kinds[sentence.code] {
                // A sentence that also says why is a statement about idempotence first.
                #expect(found.kind == kind || found.kind == .nonIdempotent, "\(sentence.text)")
                if sentence.code != "irreversible", found.kind == kind { #expect(found.strength == .weak, "\(sentence.text)") }
            } else {
                #expect(found.kind == .nonIdempotent, "\(sentence.text)")
                #expect(found.strength == .strict, "\(sentence.text)")
            }
            #expect(found.hasContract == (sentence.code == "contract"), "\(sentence.text)")
        }
    }
}
