/// The kinds that are judged once per invariant, pair of invariants or exception.
enum StructureTriggers {
    /// `split`: two clauses or more, each with two incidents, of different dominant causes.
    static func split(_ file: CaseFile) -> Proposal? {
        var parts: [(clause: Invariant.Clause, family: CauseFamily, incidents: [Incident])] = []
        for clause in file.invariant.clauses {
            let own = file.incidents.filter { $0.clauses.contains(clause.id) }
            for family in CauseFamily.allCases {
                let caused = own.filter { $0.families.contains(family) }
                if caused.count >= 2, 5 * caused.count >= 3 * own.count {
                    parts.append((clause, family, caused))
                    break
                }
            }
        }
        guard Set(parts.map(\.family)).count >= 2 else { return nil }
        let incidents = distinct(parts.flatMap(\.incidents))
        guard incidents.contains(where: \.isNow) else { return nil }
        let evidence = FamilyEvidence(incidents, of: file.incidents.count, clauses: file.invariant.clauses.map(\.id))
        var proposal = made(.split, file, evidence)
        // What is told apart from the first clause's cause moves.
        let stays = parts[0].family
        proposal.material.clauses = parts.filter { $0.family != stays }.map(\.clause.id)
        let told = parts.map { part in
            Wording(
                en: "\(part.clause.id): \(part.incidents.count) (\(part.family.words.en))",
                ja: "\(part.clause.id) は \(part.incidents.count) 件（\(part.family.words.ja)）")
        }
        proposal.why =
            Wording(en: "its clauses fail for different reasons: ", ja: "条項ごとに守れない理由が違います。")
            + Wording(en: told.map(\.en).joined(separator: ", "), ja: told.map(\.ja).joined(separator: "、")) + Wording(en: ".", ja: "。")
        proposal.against = Wording(
            en: "two ids are more to know than one; every link to the old one must say which is meant",
            ja: "ID が二つになると覚えることが増え、古い ID へのリンクはどちらを指すのか書き分けが必要になります")
        proposal.considered = [
            Wording(en: "one answer for all of it: what helps one clause does not help the other", ja: "まとめて一つの対策: 片方の条項に効くことが、もう片方には効きません")
        ]
        return proposal
    }

    /// `merge`: pairs that share three incidents and 60 % of both, and say much the same.
    static func merges(_ files: [CaseFile]) -> [Proposal] {
        var shared: [Pair: [Incident]] = [:]
        var byKey: [String: [Int]] = [:]
        for (place, file) in files.enumerated() { for incident in file.incidents { byKey[incident.key, default: []].append(place) } }
        for (place, file) in files.enumerated() {
            for incident in file.incidents {
                // An incident that concerns a dozen invariants says nothing of any two of them.
                guard let others = byKey[incident.key], others.count <= 12 else { continue }
                for other in others where other > place { shared[Pair(a: place, b: other), default: []].append(incident) }
            }
        }
        let pairs = shared.filter { pair, incidents in
            incidents.count >= 3 && 5 * incidents.count >= 3 * files[pair.a].incidents.count && 5 * incidents.count >= 3 * files[pair.b].incidents.count
                && incidents.contains { isNow($0, files[pair.b]) }
        }
        guard !pairs.isEmpty, let facts = files.first?.facts else { return [] }
        let likeness = Likeness(files.map(\.invariant), facts.glossary)
        return pairs.sorted { ($0.key.a, $0.key.b) < ($1.key.a, $1.key.b) }.compactMap { pair, incidents in
            let similarity = likeness.between(pair.a, pair.b)
            guard similarity >= 0.5 else { return nil }
            return merge(files[pair.a], files[pair.b], incidents, similarity)
        }
    }

    private struct Pair: Hashable {
        var a: Int
        var b: Int
    }

    private static func isNow(_ incident: Incident, _ other: CaseFile) -> Bool {
        incident.isNow || other.incidents.contains { $0.key == incident.key && $0.isNow }
    }

    /// The smaller id stays.
    private static func merge(_ stays: CaseFile, _ goes: CaseFile, _ incidents: [Incident], _ similarity: Double) -> Proposal {
        let evidence = FamilyEvidence(incidents, of: stays.incidents.count, clauses: stays.invariant.clauses.map(\.id))
        var proposal = made(.merge, stays, evidence, partner: goes.invariant.id)
        let percent = Int(similarity * 100 + 0.5)
        proposal.why = Wording(
            en:
                "\(stays.invariant.id) and \(goes.invariant.id) share \(incidents.count) of \(stays.incidents.count) and \(goes.incidents.count) incidents, and their texts are alike to \(percent) %.",
            ja:
                "\(stays.invariant.id)（\(stays.incidents.count) 件）と \(goes.invariant.id)（\(goes.incidents.count) 件）は \(incidents.count) 件のインシデントを共有し、文言も \(percent)% 似ています。"
        )
        proposal.against = Wording(
            en: "what is told apart now cannot be told apart later; exceptions to either must be granted anew",
            ja: "いま区別できているものが区別できなくなり、それぞれの例外は認め直しになります")
        proposal.considered = [
            Wording(en: "precedence: the two do not contradict each other", ja: "precedence: 両者は矛盾していません")
        ]
        return proposal
    }

    /// `codify-exception`: one exception renewed twice, or three decisions that except from one clause.
    static func codified(_ file: CaseFile) -> [Proposal] {
        let active = file.facts.exceptions[file.place].filter { $0.state == .active }
        var proposals: [Proposal] = []
        var codified: Set<String> = []
        for target in Set(active.map { $0.exception.clause ?? "" }).sorted() {
            let own = active.filter { ($0.exception.clause ?? "") == target }
            guard Set(own.map(\.decision)).count >= 3 else { continue }
            codified.insert(target)
            proposals.append(codify(file, own, clause: target.isEmpty ? nil : target, scope: nil))
        }
        for item in active where item.exception.renewals.count >= 2 && !codified.contains(item.exception.clause ?? "") {
            let scope = item.exception.paths.isEmpty ? nil : item.exception.paths.sorted().joined(separator: ",")
            proposals.append(codify(file, [item], clause: item.exception.clause, scope: scope))
        }
        var seen: Set<String> = []
        return proposals.filter { seen.insert($0.key).inserted }
    }

    private static func codify(_ file: CaseFile, _ exceptions: [ExceptionItem], clause: String?, scope: String?) -> Proposal {
        let id = file.invariant.id
        let key = Proposal.key(kind: .codifyException, invariant: id, clause: clause, scope: scope)
        var proposal = Proposal(key: key, kind: .codifyException, invariant: id, clause: clause, scope: scope)
        proposal.points = [Proposal.Point(.codified, 50, Wording(en: "flat", ja: "定額"))]
        proposal.incidents = exceptions.count
        proposal.evidence = file.facts.citations([], exceptions)
        proposal.basis = file.invariant.basis(of: clause)
        proposal.material.exceptions = exceptions.map { ExceptionItem.Reference($0) }.sorted()
        proposal.material.decisions = Array(Set(exceptions.map(\.decision))).sorted()
        let renewed = exceptions.map(\.exception.renewals.count).max() ?? 0
        let named = proposal.material.decisions.joined(separator: ", ")
        proposal.why =
            exceptions.count >= 3
            ? Wording(
                en: "\(exceptions.count) exceptions (\(named)) are granted to \(clause ?? id): what is excepted so often is the rule.",
                ja: "\(clause ?? id) には例外が \(exceptions.count) 件（\(named)）あります。これほど例外になるなら、それが実際の規則です。")
            : Wording(
                en: "the exception of \(named) was renewed \(renewed) times: it is no exception any more.",
                ja: "\(named) の例外は \(renewed) 回延長されています。もはや例外ではありません。")
        proposal.against = Wording(
            en: "once it is a clause nobody has to give a reason or a date any more", ja: "条項になると、理由も期限も問われなくなります")
        proposal.considered = [
            Wording(en: "renewing once more: that puts the same question off again", ja: "もう一度の延長: 同じ問いを先送りするだけです"),
            Wording(en: "ending it: the work it waits for did not come so far", ja: "例外の解消: 待っている作業はまだ終わっていません"),
        ]
        return proposal
    }

    /// `retire`: its paths match no file, and no note of the window names one of them or the invariant.
    static func orphaned(_ file: CaseFile) -> Proposal? {
        let paths = file.invariant.paths
        guard let files = file.facts.files, !paths.isEmpty, file.incidents.isEmpty else { return nil }
        let globs = paths.map { Glob($0) }
        guard !files.contains(where: { path in globs.contains { $0.matches(path) } }) else { return nil }
        let ledger = file.facts.ledger
        let scopes = paths.map(ScopePath.init)
        for note in ledger.notes where note.sprint >= ledger.timeline.windowStart {
            if note.invariants.contains(where: { $0.id == file.invariant.id }) { return nil }
            if note.note.paths.contains(where: { path in scopes.contains { $0.overlaps(ScopePath(path)) } }) { return nil }
        }
        let id = file.invariant.id
        var proposal = Proposal(key: Proposal.key(kind: .retire, invariant: id, clause: nil, scope: nil), kind: .retire, invariant: id)
        let written = paths.joined(separator: ", ")
        proposal.points = [Proposal.Point(.orphaned, Scoring.proposed, Wording(en: "no file matches \(written)", ja: "\(written) に当たるファイルがありません"))]
        if file.isOnProbation { proposal.points.append(Proposal.Point(.probation, -10, Wording(en: "on probation", ja: "試行中"))) }
        proposal.evidence = [
            Proposal.Evidence(kind: .invariant, id: id, place: Place(path: file.item.path, position: file.invariant.position), hash: file.invariant.fingerprint)
        ]
        proposal.basis = file.invariant.basis(of: nil)
        proposal.material.reasonCode = "scope-gone"
        proposal.why = Wording(
            en: "its paths (\(written)) match no file, and no note of the last sprints names one.",
            ja: "対象のパス（\(written)）に当たるファイルがなく、直近のメモにも登場しません。")
        proposal.against = Wording(
            en: "the files may have moved; then its paths are wrong, not the invariant", ja: "ファイルが移動しただけなら、直すべきはインバリアントではなく paths です")
        proposal.considered = [Wording(en: "mending its paths: do that if the object still exists", ja: "paths の修正: 対象がまだあるなら、そちらを選んでください")]
        return proposal
    }

    private static func made(_ kind: Proposal.Kind, _ file: CaseFile, _ evidence: FamilyEvidence, partner: String? = nil) -> Proposal {
        let id = file.invariant.id
        var proposal = Proposal(key: Proposal.key(kind: kind, invariant: id, clause: nil, scope: partner), kind: kind, invariant: id)
        proposal.partner = partner
        let exceptions = file.facts.activeExceptions(file.place, clause: nil, scope: nil)
        proposal.points = Scoring.points(evidence, file, exceptions: exceptions.count, focuses: false)
        proposal.incidents = evidence.count
        proposal.severity = evidence.severity
        proposal.evidence = file.facts.ledger.evidence(of: evidence.incidents) + file.facts.citations([], exceptions)
        proposal.basis = file.invariant.basis(of: nil)
        proposal.material = MaterialCollector(file, evidence, []).material(for: kind)
        return proposal
    }

    private static func distinct(_ incidents: [Incident]) -> [Incident] {
        var seen: Set<String> = []
        return incidents.filter { seen.insert($0.key).inserted }
    }
}

/// How alike the texts of invariants are, by the terms that also group notes.
struct Likeness {
    private let vectors: TermVectors

    init(_ invariants: [Invariant], _ glossary: Glossary) {
        let terms = GroupingTerms(glossary)
        vectors = TermVectors(invariants.map { invariant in terms.count(([invariant.title] + invariant.clauses.map(\.text)).map { Folding.searchable($0) }) })
    }

    func between(_ a: Int, _ b: Int) -> Double { vectors.similarity(a, b) }
}
