/// The triggers of one invariant, family by family: the first kind that matches within a family is the one.
struct FamilyTriggers: Sendable {
    let file: CaseFile
    private(set) var proposals: [Proposal] = []
    /// What came near and why it is not proposed, in the order of the families.
    private(set) var misses: [Wording] = []
    /// The keys of proposals that give way where the other invariant of the conflict asks the same.
    private(set) var yields: Set<String> = []

    init(_ file: CaseFile) {
        self.file = file
        slip()
        understanding()
        feasibilityAndCost()
        conflict()
        falseAlarm()
        obsolete()
    }

    /// {slip, undetected}
    private mutating func slip() {
        let evidence = file.evidence(.slip)
        guard evidence.isNow else { return }
        let kind: Proposal.Kind = file.hasCICheck ? .tighten : .addCheck
        guard evidence.count >= 2 || evidence.hasS1 else { return miss(kind, .slip, evidence, needed: 2) }
        if kind == .tighten, !file.signal.isSignal, !file.signal.isChronic, !evidence.hasS1 {
            misses.append(
                Wording(
                    en:
                        "tighten: \(Scoring.counted(evidence.count, "incident")), but neither more than its baseline (P \(Scoring.percent(file.signal.chance))), nor in 3 of the last 4 sprints, nor an S1",
                    ja: "tighten: \(evidence.count) 件ありますが、基準より多いとは言えず（P \(Scoring.percent(file.signal.chance))）、直近 4 スプリント中 3 つ以上でも S1 でもありません"))
            return
        }
        propose(kind, evidence)
    }

    /// {ambiguous, unaware}
    private mutating func understanding() {
        let evidence = file.evidence(.understanding)
        guard evidence.isNow else { return }
        guard evidence.count >= 2, evidence.isDominant else { return miss(.clarify, .understanding, evidence, needed: 2) }
        propose(.clarify, evidence)
    }

    /// {infeasible, emergency}, and {cost}, to which `infeasible` falls where it is not localised.
    private mutating func feasibilityAndCost() {
        let feasibility = file.evidence(.feasibility)
        let scope = ScopePath.common(to: feasibility.incidents)
        if feasibility.isNow {
            if feasibility.count >= 3, feasibility.isDominant, let scope {
                weaken(.carveOut, feasibility, scope: scope)
            } else if feasibility.count < 3 || !feasibility.isDominant {
                miss(.carveOut, .feasibility, feasibility, needed: 3)
            }
        }
        let cost = file.evidence(scope == nil ? [.cost, .infeasible] : [.cost])
        guard cost.isNow else { return }
        if cost.count >= 3, cost.isDominant {
            weaken(.relax, cost, scope: nil)
        } else if cost.incidents.contains(where: { $0.causes.contains(.cost) }) {
            miss(.relax, .cost, cost, needed: 3)
        }
    }

    private mutating func weaken(_ kind: Proposal.Kind, _ evidence: FamilyEvidence, scope: String?) {
        let clause = evidence.focus
        let exceptions = file.facts.activeExceptions(file.place, clause: clause, scope: scope)
        let weakening = Weakening(evidence, file, exceptions: exceptions)
        guard !weakening.isAllowed else { return propose(kind, evidence, scope: scope, decisions: weakening.decisions) }
        propose(.enforce, evidence, scope: scope, insteadOf: kind, obstacles: weakening.obstacles)
    }

    /// {conflict}
    private mutating func conflict() {
        let evidence = file.evidence(.conflict)
        guard evidence.isNow else { return }
        guard evidence.count >= 2, evidence.isDominant else { return miss(.precedence, .conflict, evidence, needed: 2) }
        guard let partner = Partner(evidence, file) else {
            misses.append(
                Wording(
                    en: "precedence: no note names a second invariant, the one it conflicts with", ja: "precedence: 衝突した相手のインバリアントを挙げたメモがありません"))
            return
        }
        propose(.precedence, evidence, partner: partner.id)
        // The notes that name both are one question; the invariant that they name first asks it.
        if !partner.isAsker, let last = proposals.last { yields.insert(last.key) }
    }

    /// {false-alarm}
    private mutating func falseAlarm() {
        let evidence = file.evidence(.falseAlarm)
        guard evidence.isNow else { return }
        guard evidence.count >= 2, evidence.isDominant else { return miss(.fixCheck, .falseAlarm, evidence, needed: 2) }
        propose(.fixCheck, evidence)
    }

    /// {obsolete}
    private mutating func obsolete() {
        let evidence = file.evidence(.obsolete)
        guard evidence.isNow else { return }
        guard evidence.count >= 3 else { return miss(.retire, .obsolete, evidence, needed: 3) }
        let weakening = Weakening(evidence, file, exceptions: file.facts.activeExceptions(file.place, clause: nil, scope: nil))
        guard !weakening.isAllowed else { return propose(.retire, evidence, decisions: weakening.decisions) }
        propose(.enforce, evidence, insteadOf: .retire, obstacles: weakening.obstacles)
    }

    private mutating func miss(_ kind: Proposal.Kind, _ family: CauseFamily, _ evidence: FamilyEvidence, needed: Int) {
        let name = kind.rawValue
        if evidence.count < needed {
            misses.append(
                Wording(
                    en: "\(name): \(Scoring.counted(evidence.count, "incident")) (\(family.words.en)), it takes \(needed)",
                    ja: "\(name): \(family.words.ja)は \(evidence.count) 件で、\(needed) 件に足りません"))
        } else {
            misses.append(
                Wording(
                    en: "\(name): \(evidence.count) of \(evidence.total) incidents (\(family.words.en)), it takes 60 %",
                    ja: "\(name): \(family.words.ja)は \(evidence.total) 件中 \(evidence.count) 件で、60% に足りません"))
        }
    }

    private mutating func propose(
        _ kind: Proposal.Kind, _ evidence: FamilyEvidence, scope: String? = nil, partner: String? = nil, decisions: [String] = [],
        insteadOf: Proposal.Kind? = nil, obstacles: [Wording] = []
    ) {
        let id = file.invariant.id
        // To retire is to retire the whole.
        let clause = kind == .retire || insteadOf == .retire ? nil : evidence.focus
        let key = Proposal.key(kind: kind, invariant: id, clause: clause, scope: scope)
        var proposal = Proposal(key: key, kind: kind, invariant: id, clause: clause, scope: scope)
        proposal.partner = partner
        let exceptions = file.facts.activeExceptions(file.place, clause: clause, scope: scope)
        proposal.points = Scoring.points(evidence, file, exceptions: exceptions.count, focuses: true)
        proposal.incidents = evidence.count
        proposal.severity = evidence.severity
        proposal.evidence = file.facts.ledger.evidence(of: evidence.incidents) + file.facts.citations(decisions, exceptions)
        proposal.basis = file.invariant.basis(of: clause)
        proposal.material = MaterialCollector(file, evidence, decisions).material(for: kind)
        let words = ProposalWords(file: file, evidence: evidence, kind: kind, scope: scope, partner: partner, insteadOf: insteadOf, obstacles: obstacles)
        proposal.why = words.why
        proposal.against = words.against
        proposal.considered = words.considered
        proposals.append(proposal)
    }
}

/// The other invariant of a conflict.
private struct Partner {
    let id: String
    /// Whether the notes that name both name this one first at least as often; of a tie the smaller id asks.
    let isAsker: Bool

    init?(_ evidence: FamilyEvidence, _ file: CaseFile) {
        let own = file.invariant.id
        let ledger = file.facts.ledger
        var counts: [String: Int] = [:]
        var first: [String: Int] = [:]
        for incident in evidence.incidents {
            var others: [String: Bool] = [:]
            for place in incident.notes where ledger.notes[place].sprint >= ledger.timeline.windowStart && ledger.notes[place].note.cause == .conflict {
                let ids = ledger.notes[place].invariants.map(\.id)
                for id in ids where id != own { others[id] = (others[id] ?? false) || ids.first == own }
            }
            for (id, isFirst) in others {
                counts[id, default: 0] += 1
                if isFirst { first[id, default: 0] += 1 }
            }
        }
        guard let most = counts.min(by: { (-$0.value, $0.key) < (-$1.value, $1.key) }) else { return nil }
        id = most.key
        let asked = 2 * (first[id] ?? 0)
        isAsker = asked > most.value || (asked == most.value && own < id)
    }
}

extension Invariant {
    /// A hash of the words that a proposal would change: one clause, or title and clauses.
    func basis(of clause: String?) -> String {
        guard let clause, let found = clauses.first(where: { $0.id == clause }) else { return fingerprint }
        return StableHash([Folding.unwrapped(found.text)]).hex(digits: 8)
    }
}

extension RevisionFacts {
    /// Decisions and exceptions as evidence, each once, by kind and id.
    func citations(_ decisions: [String], _ exceptions: [ExceptionItem]) -> [Proposal.Evidence] {
        let cited = Set(decisions + exceptions.map(\.decision))
        let records = self.decisions.filter { cited.contains($0.decision.id) }.map { item in
            Proposal.Evidence(
                kind: .decision, id: item.decision.id, place: Place(path: item.path, position: item.decision.position),
                hash: StableHash([item.status.rawValue, item.decision.title, item.decision.date?.description ?? ""]).hex(digits: 8))
        }
        let granted = exceptions.map { item in
            Proposal.Evidence(
                kind: .exception, id: "\(item.decision) \(item.exception.clause ?? item.exception.invariant)",
                place: Place(path: item.path, position: item.exception.position),
                hash: StableHash(
                    [item.exception.reason ?? "", item.exception.retry ?? "", item.exception.until?.description ?? ""] + item.exception.paths
                        + [String(item.exception.renewals.count)]
                ).hex(digits: 8))
        }
        return records + granted
    }
}
