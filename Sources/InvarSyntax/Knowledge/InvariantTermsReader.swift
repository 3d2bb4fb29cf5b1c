import InvarCore

/// What front matter adds to the invariants of a file: owner, aliases, whether it may be waived …
///
/// Three spellings are read: the keys themselves (a file that is one invariant), a mapping per id, and
/// `invariants:` with a mapping or a list of `{id: …}`.
struct InvariantTermsReader {
    private let path: String
    private let yaml: YAML?
    /// What front matter says of single invariants, by their ids, in its order.
    private let perID: [String: [YAML]]
    private(set) var findings: [Finding] = []

    init(_ file: MarkdownFile) {
        path = file.path
        yaml = file.frontMatter.yaml
        perID = yaml.map(InvariantTermsReader.perID) ?? [:]
    }

    mutating func apply(to invariant: inout Invariant, isWholeFile: Bool) {
        guard let yaml else { return }
        if isWholeFile { read(yaml, into: &invariant) }
        for terms in perID[invariant.id] ?? [] { read(terms, into: &invariant) }
    }

    private static func perID(_ yaml: YAML) -> [String: [YAML]] {
        var found: [String: [YAML]] = [:]
        for table in [yaml] + (yaml["invariants"].map { [$0] } ?? []) {
            for (key, value) in table.members {
                if let id = key.text.flatMap({ Identifier($0)?.id }) { found[id, default: []].append(value) }
            }
            guard case .list(let items) = table.content else { continue }
            for item in items {
                if let id = item["id"]?.text.flatMap({ Identifier($0)?.id }) { found[id, default: []].append(item) }
            }
        }
        return found
    }

    private mutating func read(_ terms: YAML, into invariant: inout Invariant) {
        invariant.aliases += terms["aliases"]?.items.compactMap { $0.text.flatMap { Identifier($0)?.id } } ?? []
        if let merged = terms["merged-into"] { invariant.mergedInto = merged.text.flatMap { Identifier($0)?.id } }
        if let owner = terms["owner"]?.text { invariant.owner = owner }
        if let area = terms["area"]?.text, invariant.area == nil { invariant.area = area }
        invariant.paths += terms["paths"]?.texts ?? []
        if let value = terms["waivable"] {
            if let waivable = value.bool {
                invariant.waivable = waivable
            } else {
                // Whoever wrote it meant to restrict exceptions.
                invariant.waivable = false
                report(
                    Wording(
                        en: "waivable of \(invariant.id) is \(value.text ?? "a list"), not true or false",
                        ja: "\(invariant.id) の waivable「\(value.text ?? "リスト")」が true でも false でもありません"), value)
            }
        }
        if let value = terms["status"] { readStatus(value, into: &invariant) }
        for item in terms["exception-requires"]?.items ?? [] {
            if let field = item.text.flatMap({ ExceptionField(rawValue: $0.lowercased()) }) {
                invariant.requires.insert(field)
            } else {
                report(
                    Wording(
                        en: "exception-requires of \(invariant.id) names \(item.text ?? "a list"); it knows reason, retry and until",
                        ja: "\(invariant.id) の exception-requires に「\(item.text ?? "リスト")」は書けません（reason・retry・until のいずれか）"), item)
            }
        }
    }

    private mutating func readStatus(_ value: YAML, into invariant: inout Invariant) {
        // `retired: reason` and `{retired: …}` both name the status first.
        let word = value.text ?? value.members.first?.key.text ?? ""
        let name = Folding.searchable(word).split { ":( ".contains($0) }.first.map(String.init) ?? ""
        if let status = Invariant.Status(rawValue: name) {
            invariant.status = status
        } else {
            report(
                Wording(
                    en: "status of \(invariant.id) is \(word); it is accepted, probation or retired",
                    ja: "\(invariant.id) の status「\(word)」を読み取れません（accepted・probation・retired のいずれか）"), value)
        }
    }

    private mutating func report(_ message: Wording, _ value: YAML) {
        findings.append(
            Finding(rule: "knowledge/unread-field", severity: .warning, message: message, place: Place(path: path, position: value.position)))
    }
}
