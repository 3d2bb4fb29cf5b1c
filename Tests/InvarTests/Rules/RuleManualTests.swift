import Foundation
import InvarCore
import InvarRules
import Testing

/// The manual is made from the rules; `RECORD=1 swift test --filter RuleManual` writes it anew.
struct RuleManualTests {
    @Test("docs/rules says what the rules say", arguments: [("docs/rules.md", Language.english), ("docs/rules.ja.md", Language.japanese)])
    func manual(path: String, language: Language) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../" + path).standardized
        let text = RuleReport(rules: RuleList.all.sorted { $0.id < $1.id }).markdown(language)
        if ProcessInfo.processInfo.environment["RECORD"] != nil { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "\(path) is stale: RECORD=1 swift test --filter RuleManual")
    }
}
