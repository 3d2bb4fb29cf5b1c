package import InvarCore

extension ProposalsFile {
    /// The file with a decision that it did not hold yet, first among its decisions.
    ///
    /// - Throws: ``Failure`` when the front matter is written in a way that cannot be added to.
    package func recording(_ record: ProposalRecord) throws(Failure) -> [UInt8] {
        let file = FrontMatterEdit(bytes)
        let lines = ProposalsFile.lines(record)
        let member = file.members.first { $0.key.text == ProposalRecordReader.key }
        let splice: Splice
        if let member, case .list(let items) = member.value.content, let first = items.first {
            let line = file.lines.range(ofLine: first.position.line)
            let offset = file.lines.offset(of: first.position, in: bytes)
            guard let dash = bytes[line.lowerBound..<offset].lastIndex(of: 0x2D), bytes[line.lowerBound..<dash].allSatisfy({ $0 == 0x20 }) else { throw unsafe }
            let indent = String(repeating: " ", count: dash - line.lowerBound)
            splice = Splice(at: line.lowerBound, lines.map { indent + $0 + file.newline }.joined())
        } else if let member {
            guard member.value.items.isEmpty, let range = file.valueRange(of: member.key) else { throw unsafe }
            splice = Splice(range, file.newline + lines.map { "  " + $0 }.joined(separator: file.newline))
        } else {
            splice = file.appending(["\(ProposalRecordReader.key):"] + lines.map { "  " + $0 })
        }
        return try proven(bytes.splicing([splice]), [record] + records)
    }

    /// The file with some keys of a decision set: its state, and what came with it.
    package func setting(_ values: [(key: String, value: String)], of record: ProposalRecord, to changed: ProposalRecord) throws(Failure) -> [UInt8] {
        var edited = bytes
        for (key, value) in values {
            let file = FrontMatterEdit(edited)
            let list = file.frontMatter.yaml?[ProposalRecordReader.key]?.items ?? []
            guard let item = list.first(where: { $0["id"]?.text == record.id }), let splices = MappingEdit.set(key, value, in: item, named: nil, file) else {
                throw unsafe
            }
            edited = edited.splicing(splices)
        }
        return try proven(edited, records.map { $0.id == record.id ? changed : $0 })
    }

    /// The file with a decision's name in the log line of a diff that is to be applied.
    package func naming(_ adr: String, inDiffOf section: Section) -> [UInt8] {
        let diff = diff(section)
        guard !diff.isEmpty, !diff.contains(adr) else { return bytes }
        let lines = LineTable(bytes)
        var line = lines.line(at: section.range.lowerBound)
        let end = lines.line(at: max(section.range.lowerBound, section.range.upperBound - 1))
        while line <= end {
            let range = lines.content(ofLine: line, in: bytes)
            let text = String(decoding: bytes[range], as: UTF8.self)
            if text.hasPrefix("+"), text.contains(section.id) {
                if text.hasSuffix("）") { return bytes.splicing([Splice(at: range.upperBound - 3, "、\(adr)")]) }
                if text.hasSuffix(")") { return bytes.splicing([Splice(at: range.upperBound - 1, ", \(adr)")]) }
            }
            line += 1
        }
        return bytes
    }

    private var unsafe: Failure {
        Failure(
            "the front matter cannot be edited safely", at: Place(path: path),
            hint: "write \(ProposalRecordReader.key): as a list of indented items; nothing was written")
    }

    /// Nothing is handed out that does not read as it was meant.
    private func proven(_ edited: [UInt8], _ wanted: [ProposalRecord]) throws(Failure) -> [UInt8] {
        let file = try ProposalsFile(path: path, bytes: edited)
        guard file.records == wanted, file.sections.map(\.id) == sections.map(\.id), file.sprint == sprint else { throw unsafe }
        return edited
    }

    private static func lines(_ record: ProposalRecord) -> [String] {
        let decision = record.decision
        var lines = ["- id: \(YAMLText.scalar(record.id))", "  kind: \(decision.kind.rawValue)", "  invariant: \(YAMLText.scalar(decision.invariant))"]
        func add(_ key: String, _ value: String?) {
            if let value { lines.append("  \(key): \(value)") }
        }
        add("clause", decision.clause.map(YAMLText.scalar))
        add("scope", decision.scope.map(YAMLText.scalar))
        add("state", decision.state.rawValue)
        add("on", decision.on?.description)
        add("applied", record.applied?.description)
        add("adr", record.adr.map(YAMLText.scalar))
        add("reason", decision.reason.map(YAMLText.scalar))
        add("until", decision.until?.description)
        add("basis", decision.basis.map { JSON.string($0).compactText })
        add("evidence", decision.evidence.isEmpty ? nil : "[" + decision.evidence.map { JSON.string($0.record).compactText }.joined(separator: ", ") + "]")
        return lines
    }
}
