import Foundation
import InvarCore
import InvarSyntax
import Testing

/// An edit changes the bytes that state what is changed, and no other; what then reads otherwise is not done.
@Suite struct DecisionEditTests {
    static let path = "ADRs/0007-use-x.md"

    static func decision(_ bytes: [UInt8], _ path: String = path) -> (decision: Decision, entry: Entry)? {
        let entries = KnowledgeReader(vocabulary: StatusVocabulary()).read(bytes, path: path, role: .decisions).entries
        guard let entry = entries.first, case .decision(let decision) = entry.content else { return nil }
        return (decision, entry)
    }

    static func edit(_ bytes: [UInt8], _ path: String = path, style: DecisionStyle = DecisionStyle()) throws -> DecisionEdit {
        let found = try #require(decision(bytes, path)).decision
        return try DecisionEdit(
            bytes, path: path, id: found.id, line: found.position.line, style: style, vocabulary: StatusVocabulary(),
            today: try #require(Day(iso: "2026-11-23")))
    }

    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func thereAreManyOddities() {
        #expect(DecisionOddity.all.count >= 60)
    }

    @Test(arguments: DecisionOddity.all)
    func aStatusChangesWhereTheFileKeepsIt(oddity: DecisionOddity) throws {
        let edited = try DecisionEditTests.edit(oddity.before).settingStatus(oddity.status)
        #expect(
            DecisionEditTests.text(edited).unicodeScalars.map(\.value) == DecisionEditTests.text(oddity.after).unicodeScalars.map(\.value),
            "\(DecisionEditTests.text(edited))")
        #expect(DecisionEditTests.decision(edited)?.decision.status == oddity.status)
        #expect(try DecisionEditTests.edit(edited).settingStatus(oddity.status) == edited)
    }

    private static let statuses: [Decision.Status] = [.proposed, .accepted, .rejected, .deprecated, .superseded]

    @Test(arguments: DecisionOddity.all)
    func everyStatusCanBeGivenToEveryOddity(oddity: DecisionOddity) throws {
        for status in DecisionEditTests.statuses {
            try DecisionEditTests.check(oddity.before, try DecisionEditTests.edit(oddity.before).settingStatus(status), status)
        }
    }

    /// Damaged records are edited so that they say just that, or refused.
    @Test(arguments: 0..<400)
    func damagedRecordsAreEditedOrRefused(seed: Int) throws {
        let all = DecisionOddity.all
        let oddity = all[seed % all.count]
        var generator = SeededGenerator(oddity.name, seed)
        let before = Mutation.apply(oddity.before, &generator)
        guard let found = DecisionEditTests.decision(before) else { return }
        for status in DecisionEditTests.statuses where status != found.decision.status {
            guard let edited = try? DecisionEditTests.edit(before).settingStatus(status) else { continue }
            try DecisionEditTests.check(before, edited, status)
        }
        let target = DecisionTarget(id: "ADR-0031", number: "0031", title: "Use Z", path: "ADRs/0031-use-z.md")
        guard let linked = try? DecisionEditTests.edit(before).superseded(by: target) else { return }
        let after = try #require(DecisionEditTests.decision(linked))
        #expect(after.decision.status == .superseded)
        #expect(after.entry.links.contains { $0.kind == .supersedes && $0.isInverse && target.isNamed(by: $0.key) })
    }

    /// By other means than the editor's own: the record says the same but for its status, and all lines but a few are the same.
    static func check(_ before: [UInt8], _ edited: [UInt8], _ status: Decision.Status, _ path: String = path) throws {
        let old = try #require(decision(before, path)).decision
        let new = try #require(decision(edited, path)).decision
        #expect(new.status == status)
        #expect(new.id == old.id && new.title == old.title && new.number == old.number)
        #expect(new.date == old.date || new.date?.description == "2026-11-23")
        #expect(new.exceptions.map(\.invariant) == old.exceptions.map(\.invariant))
        let lines = LineChange.all(from: before, to: edited)
        #expect(lines.reduce(0) { $0 + $1.removed.count } <= 8 && lines.reduce(0) { $0 + $1.added.count } <= 8)
        let kept = zip(before, edited).prefix { $0 == $1 }.count
        let tail = zip(before.reversed(), edited.reversed()).prefix { $0 == $1 }.count
        #expect(kept + tail >= min(before.count, edited.count) / 4 || before.count < 400)
    }
}
