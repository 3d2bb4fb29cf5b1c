package import InvarCore
package import InvarRules
import InvarStore
import InvarSyntax

/// What `check` is asked to do.
package struct CheckOptions: Sendable {
    /// Files and folders, as typed; empty is the whole repository.
    package var paths: [String] = []
    /// Only what the diff against this revision brings about.
    package var base: String?
    /// Only these rules, opt-in ones among them.
    package var rules: [String] = []
    /// Looks at the SQL of ways back, too.
    package var checksDown = false
    package var baseline: BaselineUse = .match
    /// Called now and then with the number of files done and to do.
    package var progress: @Sendable (Int, Int) -> Void = { _, _ in }

    package init() {}

    package enum BaselineUse: Sendable {
        /// Only read it.
        case match
        /// Make a new one of all that is open.
        case write
        /// Take out what is solved.
        case shrink
    }
}

extension Workspace {
    /// Runs the rules over the repository, some paths, or a diff, and judges what they find.
    ///
    /// - Throws: ``Failure`` for an unknown rule, a path that does not exist, a revision that git does not know, no files.
    package func check(_ options: CheckOptions = CheckOptions()) throws -> (report: CheckReport, changes: ChangeReport?, language: Language) {
        let catalogue = RuleCatalogue(conventions: configuration.checking.conventions)
        let settings = try settings(options, catalogue)
        let wanted = try options.paths.map(checkedPath)
        return try withStoreOrNothing { synced in
            let files = RepositoryFiles(root: root, configuration: configuration)
            return try check(synced, files.files(of: files.listing()), options, catalogue, settings, wanted)
        }
    }

    /// What a check of the whole repository prints.
    package struct Answer: Sendable {
        package var output: String
        /// For standard error.
        package var notice: String
        package var fails: Bool

        package init(output: String, notice: String = "", fails: Bool) {
            self.output = output
            self.notice = notice
            self.fails = fails
        }
    }

    /// Like ``check(_:)``, told by `tell`; when nothing changed since the last time, what was told then.
    ///
    /// - Parameter manner: names everything that `tell` depends on beside the report.
    package func answer(_ options: CheckOptions, in manner: String, tell: (CheckReport, ChangeReport?, Language) -> Answer) throws -> Answer {
        guard options.paths.isEmpty, options.base == nil, options.rules.isEmpty, options.baseline == .match, !options.checksDown else {
            let (report, changes, language) = try check(options)
            return tell(report, changes, language)
        }
        let files = RepositoryFiles(root: root, configuration: configuration)
        // git is asked while the index is opened and the knowledge folders are walked.
        let early = Parallel.Task { () -> Result<RepositoryFiles.Listing, Failure> in Result { () throws(Failure) in try files.listing() } }
        let catalogue = RuleCatalogue(conventions: configuration.checking.conventions)
        let settings = try settings(options, catalogue)
        return try withStoreOrNothing { synced in
            let listing = try early.value.get()
            let state = try answerState(listing, synced)
            if let kept = try synced.store.answer(to: manner, in: state) { return Answer(output: kept.output, notice: kept.notice, fails: kept.fails) }
            let (report, changes, language) = try check(synced, files.files(of: listing), options, catalogue, settings, [])
            let answer = tell(report, changes, language)
            // A file that changed just now may change again without its times telling.
            if listing.changedAt < FileSystem.now - SyncPlan.settling {
                do {
                    try synced.store.keepAnswer(StoredAnswer(output: answer.output, notice: answer.notice, fails: answer.fails), to: manner, in: state)
                } catch let error where Store.isUnwritable(error) {
                    // The next run will look again.
                }
            }
            return answer
        }
    }

    /// Everything that a check of the whole repository depends on.
    private func answerState(_ listing: RepositoryFiles.Listing, _ synced: SyncedStore) throws -> String {
        let baseline = FileSystem.stamp(of: root + "/" + configuration.baseline)
        return [
            String(listing.fingerprint), try synced.store.property("generation") ?? "0", today.description, String(configurationHash), Configuration.build,
            baseline.map { "\($0.size) \($0.modifiedAt) \($0.changedAt) \($0.inode)" } ?? "", synced.findings.map(\.message).joined(separator: "|"),
        ].joined(separator: ";")
    }

    private func check(
        _ synced: SyncedStore, _ files: [RepositoryFiles.File], _ options: CheckOptions, _ catalogue: RuleCatalogue, _ settings: CheckSettings,
        _ wanted: [String]
    ) throws -> (report: CheckReport, changes: ChangeReport?, language: Language) {
        let git = GitChange(git: Git(root: root))
        let since = try options.base.map { base throws(Failure) in try git.since(base) }
        try confirmFiles(files, wanted)
        let examination = try examine(
            synced, files, options, catalogue, settings,
            since.map { Since(change: $0.change, commit: $0.commit, before: .commit($0.commit)) })
        let baseline = try Baseline.read(root: root, path: configuration.baseline)
        let outcome = examination.run.judged(baseline: baseline)
        let changes = try use(options, baseline, outcome)
        var findings =
            changes == nil ? outcome.findings : examination.run.judged(baseline: try Baseline.read(root: root, path: configuration.baseline)).findings
        let knowledge = examination.knowledge
        let change = since?.change
        if let since { findings = try brought(findings, by: since.change, since.commit, git, knowledge) }
        func isWanted(_ path: String) -> Bool { wanted.isEmpty || wanted.contains { Workspace.isWithin(path, $0) } }
        findings = findings.filter { isWanted($0.match.path) }
        let counted = files.count { isWanted($0.path) }
        let report = CheckReport(
            asOf: today, findings: findings.map(\.finding), files: counted, base: options.base,
            touched: change.map { change in files.count { change.files[$0.path] != nil && isWanted($0.path) } },
            rules: catalogue.descriptions(of: findings.map(\.finding.rule), knowledge.language), language: knowledge.language)
        return (report, changes, knowledge.language)
    }

    /// A change that a check is about, and where its files are as they were before.
    struct Since: Sendable {
        var change: Change
        /// The commit that it starts from; nil for a patch.
        var commit: String?
        var before: Before
        /// Files as a patch would leave them.
        var overlay: [String: [UInt8]] = [:]

        enum Before: Sendable {
            case commit(String)
            case contents([String: [UInt8]])
        }
    }

    /// Everything that the rules found, ready to be judged.
    struct Examination {
        var run: CheckRun
        var knowledge: Knowledge
    }

    /// Lets all rules look.
    ///
    /// - Parameter remarks: what others found, told when the knowledge base is there, to be judged with the rest.
    func examine(
        _ synced: SyncedStore, _ files: [RepositoryFiles.File], _ options: CheckOptions, _ catalogue: RuleCatalogue, _ settings: CheckSettings, _ since: Since?,
        remarks: (Knowledge) throws -> [Checker.RuleMatch] = { _ in [] }
    ) throws -> Examination {
        let git = GitChange(git: Git(root: root))
        let overlay = since?.overlay ?? [:]
        let checks = try fileChecks(files, catalogue, synced, settings, options, overlay)
        let knowledge = try knowledge(synced)
        var changed = try remarks(knowledge)
        if let since {
            changed += try changeMatches(since, git, files, catalogue, settings)
            if let commit = since.commit, let base = options.base {
                changed += try collisions(base, commit, git, knowledge, files) + versionCollisions(base, commit, git, files, catalogue, settings)
            }
        }
        let run = CheckRun(
            workspace: self, catalogue: catalogue, settings: settings, files: files, checks: checks, knowledge: knowledge, changed: changed,
            checksDown: options.checksDown, isWhole: options.paths.isEmpty && since == nil && options.rules.isEmpty, overlay: overlay)
        return Examination(run: run, knowledge: knowledge)
    }

    /// The findings that a change brings about, also by what it no longer excuses.
    func brought(
        _ findings: [Checker.Judged], by change: Change, _ commit: String?, _ git: GitChange, _ knowledge: Knowledge
    ) throws(Failure) -> [Checker.Judged] {
        guard let commit else { return findings.filter { change.brings($0.match) } }
        let lost = try LostExcuses(change: change, commit: commit, git: git, workspace: self, knowledge: knowledge)
        return findings.filter { change.brings($0.match) || lost.concern($0) }
    }

    /// The rules that `invar rules` lists: the built-in ones and the project's own conventions.
    package func rules() throws -> (rules: [Rule], language: Language) {
        let catalogue = RuleCatalogue(conventions: configuration.checking.conventions)
        let spoken = try withStoreOrNothing { try language($0.store) }
        return (catalogue.rules, spoken)
    }

    func settings(_ options: CheckOptions, _ catalogue: RuleCatalogue) throws(Failure) -> CheckSettings {
        for (id, place) in configuration.ruleIDs where !catalogue.contains(id) {
            throw Failure("there is no rule \(id)", at: place, hint: Nearest.hint(for: id, among: catalogue.ids) ?? "`invar rules` lists them")
        }
        for id in options.rules where !catalogue.contains(id) {
            throw Failure("there is no rule \(id)", hint: Nearest.hint(for: id, among: catalogue.ids) ?? "`invar rules` lists them")
        }
        var settings = configuration.checking
        settings.onlyRules = Set(options.rules)
        guard catalogue.rules.contains(where: { settings.isEnabled($0) && !$0.id.hasSuffix("/unreadable") }) else {
            throw Failure("no rule is enabled", hint: "a check without rules passes on everything: enable some in \(Configuration.fileName)")
        }
        if options.baseline != .match, !options.paths.isEmpty || options.base != nil || !options.rules.isEmpty {
            throw Failure("a baseline is made of the whole repository", hint: "leave out paths, --base and --rule")
        }
        return settings
    }

    private func checkedPath(_ written: String) throws(Failure) -> String {
        guard let path = relativePath(written) else { throw Failure("\(written) is outside \(root)", hint: "name paths below the root") }
        guard FileSystem.kind(path.isEmpty ? root : root + "/" + path) != nil else {
            throw Failure("there is no file or folder \(written)", hint: "paths are relative to the working folder")
        }
        return path
    }

    private func confirmFiles(_ files: [RepositoryFiles.File], _ wanted: [String]) throws(Failure) {
        guard !files.isEmpty else {
            throw Failure("there is no file to check in \(root)", hint: "mend include: and exclude: in \(Configuration.fileName), or name another --root")
        }
        for path in wanted where !files.contains(where: { Workspace.isWithin($0.path, path) }) {
            throw Failure("there is no file to check under \(path)", hint: "git ignores it, or exclude: leaves it out")
        }
    }

    static func isWithin(_ path: String, _ folder: String) -> Bool {
        folder.isEmpty || path == folder || path.hasPrefix(folder + "/")
    }

    private func fileChecks(
        _ files: [RepositoryFiles.File], _ catalogue: RuleCatalogue, _ synced: SyncedStore, _ settings: CheckSettings, _ options: CheckOptions,
        _ overlay: [String: [UInt8]]
    ) throws -> FileChecks {
        let roles = Dictionary((0..<synced.files.count).map { (synced.files[$0].path, synced.files[$0].role) }, uniquingKeysWith: { first, _ in first })
        let reader = FileReader(root: root, encodings: configuration.encodings, dialects: configuration.dialects, overlay: overlay, roles: roles)
        // What is asked for only now and then is looked at afresh, and the index keeps what every day asks for.
        let daily = configuration.checking
        let isDaily = !options.checksDown && catalogue.rules.allSatisfy { !$0.isOptIn || !settings.isEnabled($0) || daily.isEnabled($0) }
        let rules = catalogue.rules.filter { !$0.isOptIn || daily.isEnabled($0) || settings.isEnabled($0) }
        let fingerprint = checkingFingerprint + "\n" + rules.filter(\.isOptIn).map(\.id).joined(separator: ",")
        let stored = isDaily ? try synced.store.checks(under: fingerprint) : [:]
        let checks = FileChecks(
            files: files, stored: stored, reader: reader, rules: rules, conventions: TextConventions(configuration.checking.conventions),
            stagingTables: configuration.checking.stagingTables, checksDown: options.checksDown, progress: options.progress)
        if isDaily, overlay.isEmpty, !checks.fresh.isEmpty || !checks.gone.isEmpty || (stored.isEmpty && files.isEmpty) {
            do {
                try synced.store.keep(checks.fresh, forgetting: checks.gone, under: fingerprint)
            } catch let error where Store.isUnwritable(error) {
                // The next run will look again.
            }
        }
        return checks
    }

    /// What the rules about a change find; their matches are brought about by the diff by themselves.
    private func changeMatches(
        _ since: Since, _ git: GitChange, _ files: [RepositoryFiles.File], _ catalogue: RuleCatalogue, _ settings: CheckSettings
    ) throws(Failure) -> [Checker.RuleMatch] {
        let rules = catalogue.rules.filter(settings.isEnabled)
        let change = since.change
        guard rules.contains(where: { if case .change = $0.matcher { true } else { false } }) else { return [] }
        let before = try contents(since, git)
        let present = Set(files.map(\.path))
        let reader = FileReader(
            root: root, encodings: configuration.encodings, dialects: configuration.dialects, overlay: since.overlay, roles: [:])
        let folders = knowledgeFolders
        let view = ChangeView(
            change: change, files: files.map(\.path), vocabulary: StatusVocabulary(adding: configuration.statusWords), roles: { folders.role(of: $0) }
        ) { path, side in
            switch side {
            case .before: before[path].map { ArtifactReader.read($0, path: path) }
            case .after: present.contains(path) ? reader.artifact(at: path) : nil
            }
        }
        return rules.flatMap { rule -> [Checker.RuleMatch] in
            guard case .change(let find) = rule.matcher else { return [] }
            return find(view).map { match in
                var match = match
                match.causes.append(contentsOf: change.files.keys.filter { $0 == match.path })
                return Checker.RuleMatch(rule: rule.id, match: match)
            }
        }
    }

    /// The changed files as they were.
    private func contents(_ since: Since, _ git: GitChange) throws(Failure) -> [String: [UInt8]] {
        switch since.before {
        case .contents(let contents): return contents
        case .commit(let commit):
            let wanted = RepositoryFiles(root: root, configuration: configuration)
            let paths = since.change.files.filter { $0.value.kind != .added }.map { $0.value.oldPath ?? $0.key }
            return try git.contents(of: paths.filter(wanted.isWanted).sorted(by: RepositoryFiles.inOrder), in: commit)
        }
    }

    private func collisions(
        _ base: String, _ parted: String, _ git: GitChange, _ knowledge: Knowledge, _ files: [RepositoryFiles.File]
    ) throws(Failure) -> [Checker.RuleMatch] {
        let reader = KnowledgeReader(vocabulary: StatusVocabulary(adding: configuration.statusWords))
        let sources = FileReader(root: root, encodings: configuration.encodings, dialects: configuration.dialects, roles: [:])
        let surroundings = KnowledgeSurroundings(files: files.map(\.path), rules: []) { sources.text(of: $0) }
        return try BaseCollisions(git: git, folders: knowledgeFolders, reader: reader)
            .matches(base: base, parted: parted, ours: knowledge.decisions, surroundings)
    }

    private func versionCollisions(
        _ base: String, _ parted: String, _ git: GitChange, _ files: [RepositoryFiles.File], _ catalogue: RuleCatalogue, _ settings: CheckSettings
    ) throws(Failure) -> [Checker.RuleMatch] {
        guard catalogue.rule("sql/version-collision").map(settings.isEnabled) ?? false else { return [] }
        let reader = FileReader(root: root, encodings: configuration.encodings, dialects: configuration.dialects, roles: [:])
        return try MigrationCollisions(git: git, reader: reader).matches(base: base, parted: parted, ours: files.map(\.path))
    }

    /// What the file rules' output depends on beside the files: the build, the conventions, the encodings, which files
    /// are knowledge.
    private var checkingFingerprint: String {
        let conventions = configuration.checking.conventions.map { convention in
            [
                convention.id, convention.pattern.source, convention.paths.joined(separator: ","), convention.except.joined(separator: ","),
                convention.message ?? "", convention.severity.rawValue,
            ].joined(separator: "\t")
        }
        let dialects = configuration.dialects.map { "\($0.dialect.rawValue)=\($0.globs.map(\.pattern).joined(separator: ","))" }.joined(separator: ";")
        return
            ([
                Configuration.build, configuration.readingFingerprint, "\(knowledgeFolders.description)", dialects,
                configuration.checking.stagingTables.joined(separator: ","),
            ] + conventions).joined(separator: "\n")
    }

    func knowledge(_ synced: SyncedStore) throws -> Knowledge {
        let store = synced.store
        return Knowledge(
            asOf: today, language: try language(store), invariants: try store.invariants(), decisions: try store.decisions(),
            exceptions: try store.exceptions(today: today), notes: try store.notes(sprints: configuration.sprints), links: try store.links(),
            danglingLinks: try store.links(.dangling),
            findings: try findings(synced))
    }

    private func use(_ options: CheckOptions, _ baseline: Baseline?, _ outcome: CheckRun.Outcome) throws(Failure) -> ChangeReport? {
        let path = configuration.baseline
        switch options.baseline {
        case .match: return nil
        case .write:
            let entries = outcome.findings.map(\.finding).filter { $0.state == .open && !$0.rule.hasPrefix("baseline/") }.map { finding in
                Baseline.Entry(fingerprint: finding.fingerprint, rule: finding.rule, path: finding.place.path, message: finding.message)
            }
            guard try FileSystem.create(root + "/" + path, Array(Baseline(entries: entries).text.utf8)) else {
                throw Failure(
                    "\(path) stands already", at: Place(path: path), hint: "take out what is solved with --update-baseline, or delete it to start anew")
            }
            return ChangeReport(changes: [ChangeReport.Change(.created, path)])
        case .shrink:
            guard let baseline else { throw Failure("there is no \(path)", hint: "make one with --write-baseline") }
            var solved = Dictionary(outcome.solved.map { ($0.fingerprint, 1) }, uniquingKeysWith: +)
            guard !solved.isEmpty else { return ChangeReport(changes: [ChangeReport.Change(.unchanged, path)]) }
            // An entry that stands twice loses as many as are solved.
            let kept = Baseline(
                entries: baseline.entries.filter { entry in
                    guard let left = solved[entry.fingerprint], left > 0 else { return true }
                    solved[entry.fingerprint] = left - 1
                    return false
                })
            let bytes = try FileSystem.read(root + "/" + path)
            try FileSystem.replace(root + "/" + path, expected: bytes, with: Array(kept.text.utf8))
            return ChangeReport(changes: [ChangeReport.Change(.edited, path)])
        }
    }
}
