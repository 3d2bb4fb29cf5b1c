package import InvarCore
import InvarRules
import InvarStore
import InvarSyntax

/// What `review` is asked to do.
package struct ReviewOptions: Sendable {
    package var source: Source
    /// What a reviewer said of the same change.
    package var answer: [UInt8]?

    package init(_ source: Source, answer: [UInt8]? = nil) {
        self.source = source
        self.answer = answer
    }

    package enum Source: Sendable {
        /// What the work tree changes since it left a revision.
        case base(String)
        /// What was committed or merged in a sprint.
        case sprint(String)
        /// A unified diff.
        case patch([UInt8])
    }
}

extension Workspace {
    /// Which invariants a change touches and why, what excuses it, what to ask, and what rules and a reviewer found in it.
    ///
    /// - Throws: ``Failure`` for an unknown revision or sprint, for what is no patch, for an answer that is not JSON.
    package func review(_ options: ReviewOptions) throws -> ReviewReport {
        let reader = ReviewSourceReader(self)
        let source =
            switch options.source {
            case .base(let base): try reader.since(base)
            case .sprint(let name): try reader.sprint(name)
            case .patch(let bytes): try reader.patch(bytes)
            }
        let catalogue = RuleCatalogue(conventions: configuration.checking.conventions)
        var checkOptions = CheckOptions()
        if case .base(let base) = options.source { checkOptions.base = base }
        let settings = try settings(checkOptions, catalogue)
        let glossary = try glossaryText()
        return try withStore { synced in
            let files = try reviewedFiles(source)
            var answer: ReviewAnswer?
            let examination = try examine(synced, files, checkOptions, catalogue, settings, source.since) { knowledge in
                answer = try options.answer.map { try verified($0, source.patch, knowledge) }
                return answer.map { ReviewRemarks.matches($0.accepted) } ?? []
            }
            let knowledge = examination.knowledge
            let judged = examination.run.judged(baseline: try Baseline.read(root: root, path: configuration.baseline)).findings
            let change = source.since?.change ?? Change(base: source.base, files: [:])
            let remarks = judged.filter { ReviewRemarks.isRemark($0.finding.rule) }
            let brought = try brought(
                judged.filter { !ReviewRemarks.isRemark($0.finding.rule) }, by: change, source.since?.commit, GitChange(git: Git(root: root)), knowledge)
            let findings =
                ReviewRemarks.merged(brought.map(\.finding), remarks.map(\.finding), knowledge.language)
                + ReviewRemarks.unread(source.patch, knowledge.language)
            let check = CheckReport(
                asOf: today, findings: findings, files: files.count, base: source.base, touched: change.files.count,
                rules: catalogue.descriptions(of: findings.map(\.rule), knowledge.language) + ReviewRemarks.descriptions(of: findings, knowledge.language),
                language: knowledge.language)
            let touching = ReviewTouching(
                patch: source.patch, knowledge: knowledge, relevance: Relevance(knowledge.invariants.map(\.invariant), glossary: glossary),
                findings: findings, role: { knowledgeFolders.role(of: $0) }, text: { self.text(of: $0, source) })
            return ReviewReport(
                base: source.base, head: source.head, asOf: today, touched: touching.touched, others: touching.others, documents: touching.documents,
                patch: source.patch, unchecked: source.unchecked, check: check, answer: answer, language: knowledge.language)
        }
    }

    private func verified(_ bytes: [UInt8], _ patch: Patch, _ knowledge: Knowledge) throws(Failure) -> ReviewAnswer {
        guard bytes.count <= ReviewAnswer.longest else {
            throw Failure("the answer is larger than \(ReviewAnswer.longest) bytes", hint: "an answer is one JSON object with its comments")
        }
        do {
            return try ReviewAnswer.verified(bytes, patch: patch, knowledge: knowledge)
        } catch {
            throw Failure("the answer, line \(error.line): \(error.message)", hint: "it must be the JSON that the prompt describes: {\"comments\": […]}")
        }
    }

    /// The files that rules look at: those of the repository, as the patch would leave them.
    private func reviewedFiles(_ source: ReviewSource) throws -> [RepositoryFiles.File] {
        let repository = RepositoryFiles(root: root, configuration: configuration)
        var files = repository.files(of: try repository.listing())
        guard let overlay = source.since?.overlay, !overlay.isEmpty || !source.removed.isEmpty else { return files }
        files.removeAll { source.removed.contains($0.path) }
        for index in files.indices where overlay[files[index].path] != nil { files[index].stamp = .unsettled }
        let known = Set(files.map(\.path))
        files += source.added.filter { repository.isWanted($0) && !known.contains($0) }.map { RepositoryFiles.File(path: $0, stamp: .unsettled) }
        return files.sorted { RepositoryFiles.inOrder($0.path, $1.path) }
    }

    /// A changed document as it is after the change.
    private func text(of path: String, _ source: ReviewSource) -> String? {
        if let patched = source.since?.overlay[path] { return String(validating: patched, as: UTF8.self) }
        guard !source.unchecked.contains(path), let real = FileSystem.realPath(root + "/" + path), real.hasPrefix(root + "/"),
            let bytes = try? FileSystem.read(root + "/" + path, limit: 1 << 20)
        else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
