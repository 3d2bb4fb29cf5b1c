/// A premise that must never break, as its document states it.
package struct Invariant: Hashable, Sendable {
    /// `INV-OPS-002`, in upper-case ASCII whatever the file's width.
    package var id: String
    package var title: String
    /// The heading it stands under, without its number; nil at the top of a file.
    package var area: String?
    package var status: Status
    package var owner: String?
    /// False where no exception may be granted.
    package var waivable: Bool
    /// Fields that every exception must have beside a reason, as `exception-requires` or the clauses demand.
    package var requires: Set<ExceptionField>
    /// Globs of the files it is about; empty means it does not say.
    package var paths: [String]
    package var aliases: [String]
    package var mergedInto: String?
    package var clauses: [Clause]
    package var checks: [Check]
    package var position: Position

    package init(id: String, title: String, position: Position) {
        self.id = id
        self.title = title
        self.area = nil
        self.status = .accepted
        self.owner = nil
        self.waivable = true
        self.requires = []
        self.paths = []
        self.aliases = []
        self.mergedInto = nil
        self.clauses = []
        self.checks = []
        self.position = position
    }

    package enum Status: String, Sendable, CaseIterable {
        case accepted, probation, retired
    }

    /// One of its bullet statements; `INV-OPS-002.1` is the first.
    package struct Clause: Hashable, Sendable {
        package var id: String
        package var text: String
        package var line: Int

        package init(id: String, text: String, line: Int) {
            self.id = id
            self.text = text
            self.line = line
        }
    }

    /// A question that shows whether it holds; `INV-OPS-002.C1` is the first.
    package struct Check: Hashable, Sendable {
        package var id: String
        package var text: String
        package var audience: [Audience]
        /// Ids of rules named in inline code, which the check binds to the invariant.
        package var rules: [String]
        package var line: Int

        package init(id: String, text: String, audience: [Audience], rules: [String], line: Int) {
            self.id = id
            self.text = text
            self.audience = audience
            self.rules = rules
            self.line = line
        }
    }

    /// Who answers a check.
    package enum Audience: String, Sendable, CaseIterable {
        case ci, ai, human
    }

    /// Eight hex digits over title and clauses: changed words change it, re-wrapping does not.
    ///
    /// FNV-1a (64 bits, folded to 32) over the unwrapped title and clauses, each followed by a line feed.
    package var fingerprint: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for text in [title] + clauses.map(\.text) {
            for byte in Folding.unwrapped(text).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = (hash ^ 0x0A) &* 0x100_0000_01b3
        }
        let folded = String(UInt32(truncatingIfNeeded: hash ^ (hash >> 32)), radix: 16)
        return String(repeating: "0", count: 8 - folded.count) + folded
    }

    /// The letters of an id before its number: `INV-OPS` of `INV-OPS-002`.
    package static func family(of id: String) -> String {
        id.lastIndex(of: "-").map { String(id[..<$0]) } ?? id
    }
}
