/// The context for a GenAI reviewer: the same bytes for the same change, never more than were allowed, and what was left
/// out named.
///
/// Taken in while there is room, in this order: what matters most comes first and is dropped last.
/// 1. the task, the rules of evidence and the shape of the answer (always);
/// 2. touched invariants in full, in the report's order;
/// 3. the diff of files that show why one is touched, hunk by hunk;
/// 4. exceptions in force for touched invariants;
/// 5. findings of the rules;
/// 6. the diff of all other text files;
/// 7. ids and titles of untouched invariants.
///
/// It is printed in the order of the task, invariants, exceptions, findings, diff, what was left out.
package struct ReviewPrompt: Sendable {
    private let report: ReviewReport
    private let budget: Int

    /// Bytes of a prompt when nobody says otherwise: what common models read with room to answer.
    package static let usualBudget = 200_000

    package init(_ report: ReviewReport, budget: Int = usualBudget) {
        self.report = report
        self.budget = budget
    }

    /// A part of the prompt that is there as a whole or not at all.
    private struct Piece {
        var section: Section
        /// Its place within the section.
        var order: Int
        var text: String
        /// What to call it when it is left out.
        var name: String
    }

    private enum Section: Int, CaseIterable {
        case invariants, others, exceptions, findings, diff
    }

    /// What is added when a first answer could not be believed; a few thousand bytes at most, beside the budget.
    package static func again(_ complaint: String) -> String {
        let lines = complaint.split(separator: "\n").prefix(20).map { PromptText.line($0.prefix(400)) }
        return "\n" + PromptText.block("## Your first answer was refused for these reasons; answer once more, whole", lines)
    }

    /// - Throws: ``Failure`` when not even the task has room.
    package func text() throws(Failure) -> String {
        let pieces = invariantPieces + diffPieces(isRelevant: true) + exceptionPieces + findingPieces + diffPieces(isRelevant: false) + otherPieces
        let head = ReviewPromptText.task
        let headings = Section.allCases.reduce(0) { $0 + heading($1).utf8.count }
        let tail = ReviewPromptText.shape
        let fixed = head.utf8.count + headings + tail.utf8.count + ReviewPromptText.leftOut.utf8.count
        // The list of what is left out gets a share of its own; of it all that is not needed goes to the rest.
        let least = fixed + 200
        guard budget >= least else {
            throw Failure("a prompt of \(budget) bytes has no room for the task", hint: "--budget takes at least \(least) bytes")
        }
        let total = pieces.reduce(0) { $0 + $1.text.utf8.count }
        let reserve = fixed + total <= budget ? 0 : max(200, min(budget / 10, 8_000))
        var room = budget - fixed - reserve
        var taken: [Piece] = []
        var dropped: [Piece] = []
        for piece in pieces {
            if piece.text.utf8.count <= room {
                room -= piece.text.utf8.count
                taken.append(piece)
            } else {
                dropped.append(piece)
            }
        }
        let body = Section.allCases.map { section in
            let texts = taken.filter { $0.section == section }.sorted { $0.order < $1.order }.map(\.text)
            return texts.isEmpty && section != .diff ? "" : heading(section) + texts.joined()
        }
        return head + body.joined() + leftOut(dropped.map(\.name) + silent, within: reserve + room) + tail
    }

    private func heading(_ section: Section) -> String {
        switch section {
        case .invariants: "\n## Invariants that the change may touch\n\n"
        case .others: "\n## All other invariants, by id and title\n\n"
        case .exceptions: "\n## Exceptions in force\n\n"
        case .findings: "\n## What static rules found\n\n"
        case .diff: "\n## The change\n\nEach line: number in the old file, number in the new file, mark (`-` removed, `+` added), `|`, text.\n\n"
        }
    }

    /// Names in as many bytes as there are; the last line counts those that had no room.
    private func leftOut(_ names: [String], within room: Int) -> String {
        guard !names.isEmpty else { return "" }
        var text = ReviewPromptText.leftOut
        var room = room - 80
        var shown = 0
        for name in names {
            let line = "- " + name + "\n"
            guard line.utf8.count <= room else { break }
            room -= line.utf8.count
            text += line
            shown += 1
        }
        if shown < names.count { text += "- and \(names.count - shown) more, for want of room\n" }
        return text
    }

    private var invariantPieces: [Piece] {
        report.touched.enumerated().map { index, touched in
            let invariant = touched.item.invariant
            var lines = ["\(invariant.id): \(invariant.title)"]
            lines += invariant.clauses.map { "clause \($0.id): \($0.text)" }
            lines += invariant.checks.map { "question \($0.id): \($0.text)" }
            lines += touched.because.prefix(5).map { "touched by \($0.kind.rawValue): \($0.detail.en) (\($0.path)\($0.line.map { ":\($0)" } ?? ""))" }
            lines += touched.violations.prefix(3).map { "violated before: \($0.note.date?.description ?? "") \($0.note.id) \($0.note.title)" }
            let text = PromptText.block("### \(PromptText.name(invariant.id))", lines.map { PromptText.line($0[...]) }) + "\n"
            return Piece(section: .invariants, order: index, text: text, name: "the text of \(PromptText.name(invariant.id))")
        }
    }

    private var otherPieces: [Piece] {
        report.others.enumerated().map { index, item in
            let line = "- \(PromptText.name(item.id)): \(PromptText.name(item.title))\n"
            return Piece(section: .others, order: index, text: line, name: "the title of \(PromptText.name(item.id))")
        }
    }

    private var exceptionPieces: [Piece] {
        var order = 0
        return report.touched.flatMap(\.exceptions).filter { $0.state == .active }.map { item in
            let exception = item.exception
            var lines = ["\(item.decision) excepts from \(exception.clause ?? exception.invariant)"]
            lines.append("covers: " + (exception.paths + exception.operations).joined(separator: ", "))
            if exception.paths.isEmpty, exception.operations.isEmpty { lines[1] = "covers: everything" }
            if let reason = exception.reason { lines.append("reason: " + reason) }
            if let retry = exception.retry { lines.append("retry: " + retry) }
            if let until = exception.until { lines.append("until: \(until)") }
            order += 1
            let name = "the exception of \(PromptText.name(item.decision)) from \(PromptText.name(exception.invariant))"
            return Piece(
                section: .exceptions, order: order, text: PromptText.block("### \(PromptText.name(item.decision))", lines.flatMap(split)) + "\n", name: name)
        }
    }

    private func split(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { PromptText.line($0) }
    }

    private var findingPieces: [Piece] {
        report.check.findings.enumerated().map { index, finding in
            let excuse = finding.decision.map { " excused by \($0)" } ?? ""
            let line =
                "\(finding.place.path):\(finding.place.line): \(finding.severity.rawValue) [\(finding.rule)] \(finding.invariant ?? "-") \(finding.state.rawValue)\(excuse): \(finding.message)"
            return Piece(
                section: .findings, order: index, text: PromptText.block("### finding \(index + 1)", split(line)) + "\n",
                name: "a finding of \(finding.rule) at \(PromptText.name(finding.place.path)) line \(finding.place.line)")
        }
    }

    private func diffPieces(isRelevant: Bool) -> [Piece] {
        let relevant = Set(report.touched.flatMap(\.because).map(\.path))
        var pieces: [Piece] = []
        for (index, file) in report.patch.files.enumerated() where relevant.contains(file.path) == isRelevant {
            let name = PromptText.name(file.path)
            let renamed = file.oldPath.map { ", before: \(PromptText.name($0))" } ?? ""
            guard file.content == .text, !file.hunks.isEmpty else {
                pieces.append(
                    Piece(
                        section: .diff, order: index * 10_000, text: "### file \(name) (\(file.kind.rawValue), \(file.content.rawValue)\(renamed))\n\n",
                        name: "file \(name)"))
                continue
            }
            for (number, hunk) in file.hunks.enumerated() {
                let label = "### file \(name) (\(file.kind.rawValue)\(renamed)), part \(number + 1) of \(file.hunks.count)"
                let text = PromptText.block(label, ReviewPromptText.lines(of: hunk)) + "\n"
                pieces.append(
                    Piece(section: .diff, order: index * 10_000 + number, text: text, name: "the diff of \(name), part \(number + 1) of \(file.hunks.count)"))
            }
        }
        return pieces
    }

    /// What no prompt can show.
    private var silent: [String] {
        report.patch.files.filter { $0.content == .binary || $0.content == .submodule }.map {
            "the content of \(PromptText.name($0.path)) (\($0.content.rawValue))"
        }
    }
}
