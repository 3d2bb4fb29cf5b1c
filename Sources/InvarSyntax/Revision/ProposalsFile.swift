package import InvarCore

/// A proposals file: the decisions in its front matter, the proposals between its markers, and everything else, which is
/// somebody's own.
package struct ProposalsFile: Sendable {
    package let path: String
    package let bytes: [UInt8]
    package private(set) var sprint: String?
    /// In the order of the file.
    package private(set) var records: [ProposalRecord] = []
    package private(set) var sections: [Section] = []
    /// Between the two markers; nil in a file that is none of ours.
    private var written: Range<Int>?

    /// One proposal between its own markers.
    package struct Section: Sendable {
        package var id: String
        /// What stands in its opening marker.
        package var proposal: ProposalDecision
        package var partner: String?
        package var score: Int
        /// From the opening to the end of the closing marker's line.
        package var range: Range<Int>
        /// Of an external writer's draft, its markers included.
        package var draft: Range<Int>?
        package var line: Int
    }

    /// Reads a file.
    ///
    /// - Throws: ``Failure`` with the line of what is damaged: nothing may be written into such a file, and what was decided
    ///   in it is not known.
    package init(path: String, bytes: [UInt8]) throws(Failure) {
        self.path = path
        self.bytes = bytes
        if let invalid = UTF8Check.firstInvalid(bytes) {
            throw Failure(
                "is not valid UTF-8", at: Place(path: path, position: Position(line: LineTable(bytes).line(at: invalid))),
                hint: "save it as UTF-8; nothing was written")
        }
        let lines = LineTable(bytes)
        let frontMatter = FrontMatter(bytes, lines: lines)
        if let problem = frontMatter.problem {
            throw Failure(
                "front matter: \(problem.message)", at: Place(path: path, position: Position(line: problem.line)),
                hint: "mend it, or take it back with git; nothing was written")
        }
        sprint = frontMatter.yaml?["sprint"]?.text
        records = try ProposalRecordReader(path: path).records(frontMatter.yaml)
        try readMarkers(lines, from: frontMatter.bodyStart)
    }

    /// Whether it is a page of ours at all; other documents may lie in the folder.
    package var isPage: Bool { written != nil || sprint != nil || !records.isEmpty }

    package func record(_ id: String) -> ProposalRecord? { records.first { $0.id == id } }

    package func section(_ id: String) -> Section? { sections.first { $0.id == id } }

    /// The Markdown of a proposal without its markers.
    package func text(_ section: Section) -> String {
        let lines = String(decoding: bytes[section.range], as: UTF8.self).utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        return lines.dropFirst().dropLast(2).filter { !ProposalsFile.isMarker($0) }.map { String(Substring($0)) }.joined(separator: "\n") + "\n"
    }

    /// The diff of a proposal, as the fence holds it; "" without one.
    package func diff(_ section: Section) -> String {
        guard let range = fence(section) else { return "" }
        return String(decoding: bytes[range], as: UTF8.self)
    }

    /// The bytes inside the first fence of a diff.
    private func fence(_ section: Section) -> Range<Int>? {
        let lines = LineTable(bytes)
        var line = lines.line(at: section.range.lowerBound)
        let end = lines.line(at: max(section.range.lowerBound, section.range.upperBound - 1))
        var start: (offset: Int, ticks: Int)?
        while line <= end {
            let content = bytes[lines.content(ofLine: line, in: bytes)]
            let ticks = content.prefix { $0 == 0x60 }.count
            if let open = start {
                if ticks >= open.ticks, content.dropFirst(ticks).allSatisfy({ $0 == 0x20 }) { return open.offset..<lines.range(ofLine: line).lowerBound }
            } else if ticks >= 3, content.dropFirst(ticks).elementsEqual(Array("diff".utf8)) {
                start = (lines.range(ofLine: line).upperBound, ticks)
            }
            line += 1
        }
        return nil
    }

    private static func isMarker(_ line: Substring.UTF8View) -> Bool { line.starts(with: Array("<!-- invar:".utf8)) }
}

extension ProposalsFile {
    private mutating func readMarkers(_ lines: LineTable, from bodyStart: Int) throws(Failure) {
        var begin: Int?
        var end: Int?
        var open: (id: String, facts: String, start: Int, line: Int)?
        var draft: (start: Int, range: Range<Int>?)?
        let first = lines.line(at: bodyStart)
        for line in first...max(first, lines.count) {
            let range = lines.content(ofLine: line, in: bytes)
            guard bytes[range].starts(with: Array("<!-- invar:".utf8)) else { continue }
            let text = String(decoding: bytes[range], as: UTF8.self)
            let whole = lines.range(ofLine: line)
            if text == ProposalMarker.begin {
                guard begin == nil else { throw damaged("the marker `\(ProposalMarker.begin)` stands twice", line) }
                begin = whole.upperBound
            } else if text == ProposalMarker.end {
                guard begin != nil, open == nil else { throw damaged("the end marker stands where nothing began", line) }
                guard end == nil else { throw damaged("the marker `\(ProposalMarker.end)` stands twice", line) }
                end = whole.lowerBound
            } else if let (id, facts) = ProposalsFile.opened(text) {
                guard begin != nil, end == nil, open == nil else { throw damaged("the marker of \(id) stands outside of its place", line) }
                guard !sections.contains(where: { $0.id == id }) else { throw damaged("the proposal \(id) stands twice", line) }
                open = (id, facts, whole.lowerBound, line)
                draft = nil
            } else if let current = open, text == ProposalMarker.openDraft(current.id), draft == nil {
                draft = (whole.lowerBound, nil)
            } else if let current = open, text == ProposalMarker.closeDraft(current.id), let started = draft, started.range == nil {
                draft = (started.start, started.start..<whole.upperBound)
            } else if let current = open, text == ProposalMarker.close(current.id) {
                // The empty line behind belongs to it, so that parts can be put one after the other.
                let next = lines.range(ofLine: line + 1)
                let isBlank = bytes[next].allSatisfy { $0 == 0x0A || $0 == 0x0D }
                sections.append(try section(current, whole.upperBound..<(isBlank ? next.upperBound : whole.upperBound), draft?.range))
                open = nil
            }
        }
        if let open { throw damaged("the marker of \(open.id) is not closed", open.line) }
        switch (begin, end) {
        case (let begin?, let end?): written = begin..<end
        case (_?, nil): throw damaged("the marker `\(ProposalMarker.end)` is missing", lines.count)
        default: written = nil
        }
    }

    private func section(
        _ open: (id: String, facts: String, start: Int, line: Int), _ end: Range<Int>, _ draft: Range<Int>?
    ) throws(Failure) -> Section {
        guard let yaml = JSONText.stream(Array(open.facts.utf8)).documents.first, let key = ProposalRecord.key(ofID: open.id),
            let kind = yaml["kind"]?.text.flatMap({ Proposal.Kind(rawValue: $0) }), let invariant = yaml["invariant"]?.text
        else { throw damaged("the marker of \(open.id) cannot be read", open.line) }
        var proposal = ProposalDecision(
            key: key, kind: kind, invariant: invariant, clause: yaml["clause"]?.text, scope: yaml["scope"]?.text, state: .proposed, on: nil)
        proposal.basis = yaml["basis"]?.text.flatMap { $0.isEmpty ? nil : $0 }
        proposal.evidence = (yaml["evidence"]?.texts ?? []).compactMap { Proposal.Evidence(record: $0, path: path) }
        return Section(
            id: open.id, proposal: proposal, partner: yaml["partner"]?.text, score: yaml["score"]?.text.flatMap { Int($0) } ?? 0,
            range: open.start..<end.upperBound, draft: draft, line: open.line)
    }

    /// `<!-- invar:proposal PROP-S22-3f9a1c {…} -->`.
    private static func opened(_ line: String) -> (id: String, facts: String)? {
        let prefix = "<!-- invar:proposal "
        guard line.hasPrefix(prefix), line.hasSuffix(" -->"), let brace = line.firstRange(of: " {") else { return nil }
        let start = line.index(line.startIndex, offsetBy: prefix.count)
        guard start < brace.lowerBound else { return nil }
        return (String(line[start..<brace.lowerBound]), String(line[line.index(after: brace.lowerBound)...].dropLast(4)))
    }

    private func damaged(_ message: String, _ line: Int) -> Failure {
        Failure(message, at: Place(path: path, position: Position(line: line)), hint: "mend the markers, or take the file back with git; nothing was written")
    }
}

extension ProposalsFile {
    /// A new file of a sprint.
    package static func made(_ page: ProposalPage) -> [UInt8] {
        let text = "---\nsprint: \(YAMLText.scalar(page.sprint.name))\n---\n\n\(ProposalMarker.begin)\n\(page.text)\(ProposalMarker.end)\n"
        return Array(text.utf8)
    }

    /// The file with a new page between its markers: decided proposals stay as they are, byte for byte, and so do drafts of
    /// the others.
    ///
    /// - Throws: ``Failure`` when the file has no markers.
    package func rewritten(_ page: ProposalPage) throws(Failure) -> [UInt8] {
        guard let written else {
            throw Failure(
                "has no markers of invar", at: Place(path: path),
                hint: "add a line `\(ProposalMarker.begin)` and a line `\(ProposalMarker.end)` where the proposals belong; nothing was written")
        }
        let newline = LineEnding.of(bytes) == "\r\n" ? "\r\n" : "\n"
        var kept = Dictionary(sections.filter { record($0.id) != nil }.map { ($0.id, bytes[$0.range]) }) { first, _ in first }
        let later = Set(
            page.parts.compactMap { part -> String? in
                if case .proposal(let id, _) = part { id } else { nil }
            })
        var out: [UInt8] = []
        for part in page.parts {
            switch part {
            case .lines(let lines): out += ProposalsFile.bytes(lines, newline)
            case .proposal(let id, let lines):
                if let own = kept.removeValue(forKey: id) { out += own } else { out += ProposalsFile.bytes(withDraft(lines, id), newline) }
            case .decided:
                for section in sections where !later.contains(section.id) {
                    if let own = kept.removeValue(forKey: section.id) { out += own }
                }
            }
        }
        return bytes.splicing([Splice(written, String(decoding: out, as: UTF8.self))])
    }

    /// Keeps a draft that stands in the file where the new text has none.
    private func withDraft(_ lines: [String], _ id: String) -> [String] {
        guard let draft = section(id)?.draft, !lines.contains(ProposalMarker.openDraft(id)), let close = lines.lastIndex(of: ProposalMarker.close(id)) else {
            return lines
        }
        var own = bytes[draft].split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
        if own.last == "" { own.removeLast() }
        return Array(lines[..<close]) + [""] + own + Array(lines[close...])
    }

    /// Lines in the file's own manner; those of a diff that end in CR keep just that one.
    private static func bytes(_ lines: [String], _ newline: String) -> [UInt8] {
        lines.flatMap { line in Array(line.utf8) + Array((newline == "\r\n" && line.utf8.last == 0x0D ? "\n" : newline).utf8) }
    }
}
