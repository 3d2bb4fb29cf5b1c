import InvarCore

/// Reads the decisions in the front matter of a proposals file.
struct ProposalRecordReader {
    let path: String

    /// The key that holds them.
    static let key = "decisions"

    func records(_ yaml: YAML?) throws(Failure) -> [ProposalRecord] {
        var records: [ProposalRecord] = []
        for item in yaml?[ProposalRecordReader.key]?.items ?? [] {
            let record = try record(item)
            guard !records.contains(where: { $0.id == record.id }) else { throw failure("\(record.id) is decided twice", item) }
            records.append(record)
        }
        return records
    }

    private func record(_ item: YAML) throws(Failure) -> ProposalRecord {
        guard let id = item["id"]?.text, let key = ProposalRecord.key(ofID: id) else { throw failure("a decision needs the id of a proposal", item) }
        guard let kind = item["kind"]?.text.flatMap({ Proposal.Kind(rawValue: $0) }) else {
            throw failure("\(id) needs a kind, such as carve-out", item["kind"] ?? item)
        }
        guard let invariant = item["invariant"]?.text else { throw failure("\(id) needs an invariant", item) }
        guard let word = item["state"], let state = word.text.flatMap({ Proposal.State(rawValue: $0.lowercased()) }) else {
            throw failure("\(id) needs a state: accepted, applied, rejected, superseded or stale", item["state"] ?? item)
        }
        var decision = ProposalDecision(
            key: key, kind: kind, invariant: invariant, clause: item["clause"]?.text, scope: item["scope"]?.text, state: state, on: try day("on", item))
        decision.reason = item["reason"]?.text
        decision.until = try day("until", item)
        decision.basis = item["basis"]?.text
        decision.evidence = (item["evidence"]?.texts ?? []).compactMap { Proposal.Evidence(record: $0, path: path) }
        var record = ProposalRecord(id: id, decision: decision)
        record.adr = item["adr"]?.text
        record.applied = try day("applied", item)
        return record
    }

    private func day(_ key: String, _ item: YAML) throws(Failure) -> Day? {
        guard let value = item[key] else { return nil }
        guard let day = value.text.flatMap({ Day(iso: $0) }) else { throw failure("\(key) is \(value.text ?? "a list"), not a day (YYYY-MM-DD)", value) }
        return day
    }

    private func failure(_ message: String, _ value: YAML) -> Failure {
        Failure(message, at: Place(path: path, position: value.position), hint: "mend it, or take the file back with git; nothing was written")
    }
}
