/// What programming assistants are told of the invariants: as much as they read, the most severe first.
package struct AgentsText: Sendable {
    /// What is told of one invariant.
    package struct Item: Sendable {
        package var id: String
        package var title: String
        package var clauses: [String]
        package var questions: [String]
        /// Decisions with active exceptions, each with what it covers.
        package var exceptions: [String]

        package init(id: String, title: String, clauses: [String], questions: [String], exceptions: [String]) {
            self.id = id
            self.title = title
            self.clauses = clauses
            self.questions = questions
            self.exceptions = exceptions
        }
    }

    /// Characters of a file that the common assistants read for certain.
    package static let longestFile = 4_000

    package static let block = MarkedBlock(opening: "<!-- invar:begin", closing: "<!-- invar:end -->")

    private let language: Language

    package init(_ language: Language) {
        self.language = language
    }

    /// The block in at most so many characters, where that is possible at all: entries whole, then by title, then by id, then counted.
    package func block(_ items: [Item], within room: Int) -> String {
        let head = heading
        let last = AgentsText.block.closing
        var lines: [String] = []
        var used = (head + [last]).reduce(0) { $0 + $1.unicodeScalars.count + 1 }
        var index = 0
        // What comes behind must have room to be named.
        func restLength(from next: Int) -> Int { min(260, items[next...].reduce(0) { $0 + $1.id.unicodeScalars.count + 2 } + 60) }
        for form in [entry, name] {
            while index < items.count {
                let added = form(items[index])
                let length = added.reduce(0) { $0 + $1.unicodeScalars.count + 1 }
                let rest = index + 1 < items.count ? restLength(from: index + 1) : 0
                guard used + length + rest <= room else { break }
                lines += added
                used += length
                index += 1
            }
        }
        if index < items.count { lines += rest(items[index...].map(\.id), within: room - used) }
        return (head + lines + [last]).joined(separator: "\n")
    }

    private var heading: [String] {
        [
            AgentsText.block.opening
                + language.pick(en: ": written by `invar agents`; edit the invariants instead -->", ja: ": `invar agents` が書いています。直すときはインバリアントを直してください -->"),
            language.pick(en: "## Operational invariants", ja: "## 運用上のインバリアント"), "",
            language.pick(
                en:
                    "These must never break. Answer the questions of those that a change touches. Only an active exception of an accepted ADR releases from one: `invar why ID`. `invar review --base main` says which a change touches.",
                ja: "決して破ってはいけない前提です。変更が触れるものは、その質問に答えてください。例外を認めるのは承認済み ADR の有効な例外だけです（`invar why ID`）。`invar review --base main` で、変更がどれに触れるか分かります。"),
            "",
        ]
    }

    private func entry(_ item: Item) -> [String] {
        var lines = ["- **\(item.id)** \(safe(item.title))"]
        lines += item.clauses.map { "  - " + safe($0) }
        lines += item.questions.map { "  - " + language.pick(en: "Ask: ", ja: "確認: ") + safe($0) }
        lines += item.exceptions.map { "  - " + language.pick(en: "Exception: ", ja: "例外: ") + safe($0) }
        return lines
    }

    private func name(_ item: Item) -> [String] { ["- **\(item.id)** \(safe(item.title))"] }

    /// Ids in the room that is left, the others counted.
    private func rest(_ ids: [String], within room: Int) -> [String] {
        var line = language.pick(en: "- More (`invar show ID`): ", ja: "- ほか（`invar show ID`）: ")
        var shown = 0
        for id in ids {
            let piece = (shown == 0 ? "" : ", ") + id
            guard line.unicodeScalars.count + piece.unicodeScalars.count + 20 <= room else { break }
            line += piece
            shown += 1
        }
        let left = ids.count - shown
        if left > 0 { line += language.pick(en: " and \(left) more", ja: " ほか \(left) 件") }
        return [line]
    }

    /// One line that can neither end the block nor begin a comment.
    private func safe(_ text: String) -> String { ReportText.line(text, limit: 400).replacing("<!--", with: "&lt;!--").replacing("-->", with: "--&gt;") }
}
