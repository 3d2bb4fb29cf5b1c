package import InvarCore
import InvarStore

extension Workspace {
    /// Takes over folders of decisions that another tool or a template made, as they are: reads them, says what it read,
    /// and writes the keys of `invar.yml` that they need. No record is moved or changed; the same again changes nothing.
    ///
    /// - Parameters:
    ///   - folders: relative to the working folder; none looks for what adr-tools and log4brains name, or the usual ones.
    ///   - words: what the project's own status words mean.
    /// - Throws: ``Failure`` when there is no such folder, or no record in it.
    package func importDecisions(
        from folders: [String] = [], words: [(status: Decision.Status, word: String)] = []
    ) throws -> (report: ImportReport, language: Language) {
        let known = DecisionFolders(root: root)
        let chosen = try folders.isEmpty ? known.found(configured: configuration.adrs ?? []) : folders.map { try known.named($0) }
        guard !chosen.isEmpty else {
            let lost = known.lost.first.map { "\($0.setting) names \($0.path), which is not a folder" }
            throw Failure(
                lost ?? "there is no folder of decisions in \(root)",
                hint: known.likely().map { "perhaps `invar adr import \(Workspace.word($0))`" } ?? "name it, as in `invar adr import docs/decisions`")
        }
        var edit = ConfigurationEdit(try configurationBytes())
        edit.setDecisions(chosen.map(\.path))
        if !words.isEmpty { edit.addStatusWords(words) }
        let templates = chosen.map { $0.path + "/templates" }.first { FileSystem.kind(root + "/" + $0) == .folder }
        if let templates, FileSystem.kind(root + "/" + configuration.templates) == nil { edit.setTemplates(templates) }

        var read = configuration
        // What else `adrs:` names counts where it is a folder: a link may lead there.
        let others = (configuration.adrs ?? []).filter { FileSystem.kind(root + "/" + $0) == .folder }
        read.adrs = others + chosen.map(\.path).filter { !others.contains($0) }
        for (status, word) in words { read.statusWords[status, default: []].append(word) }
        if let templates { read.templates = templates }
        var (report, language) = try Workspace(self, configuration: read).reading(chosen)
        guard report.folders.contains(where: { !$0.records.isEmpty }) else {
            throw Failure("there is no record in \(chosen.map(\.path).joined(separator: ", "))", hint: "a record has a number, a date or a status")
        }
        report.changes = [try write(edit)]
        report.written = edit.written
        report.missing = edit.missing
        report.advice = advice(report)
        language = configuration.language ?? language
        return (report, language)
    }

    private func configurationBytes() throws(Failure) -> [UInt8]? {
        let file = root + "/" + Configuration.fileName
        return FileSystem.kind(file) == nil ? nil : try FileSystem.read(file, limit: 1 << 20)
    }

    private func write(_ edit: ConfigurationEdit) throws(Failure) -> ChangeReport.Change {
        let file = root + "/" + Configuration.fileName
        guard !edit.written.isEmpty else { return ChangeReport.Change(.unchanged, Configuration.fileName) }
        guard let original = edit.original else {
            guard try FileSystem.create(file, edit.bytes) else {
                throw Failure("\(Configuration.fileName) was made by somebody else meanwhile", hint: "run it again")
            }
            return ChangeReport.Change(.created, Configuration.fileName)
        }
        try FileSystem.replace(file, expected: original, with: edit.bytes)
        return ChangeReport.Change(.edited, Configuration.fileName)
    }

    /// What the folders hold, as every other command will read them.
    private func reading(_ folders: [DecisionFolders.Folder]) throws -> (report: ImportReport, language: Language) {
        try withStore { synced in
            let paths = (0..<synced.files.count).map { synced.files[$0] }.filter { $0.role == .decisions }.map(\.path)
            let decisions = try synced.store.decisions()
            // A file of a folder within another belongs to the inner one.
            func folder(of path: String) -> String? {
                folders.map(\.path).filter { path.hasPrefix($0 + "/") }.max { $0.utf8.count < $1.utf8.count }
            }
            let inside = Set(paths.filter { folder(of: $0) != nil })
            let found = try self.findings(synced).filter { inside.contains($0.place.path) || folder(of: $0.place.path) != nil }
            let unread = Set(found.filter { $0.rule == "file/unreadable" && $0.severity == .error }.map(\.place.path))
            let report = ImportReport(
                folders: folders.map { item in
                    let records = decisions.filter { folder(of: $0.path) == item.path }
                    let recorded = Set(records.map(\.path))
                    return ImportReport.Folder(
                        path: item.path, format: format(item, records), records: records,
                        otherFiles: paths.filter { folder(of: $0) == item.path && !recorded.contains($0) && !unread.contains($0) })
                },
                brokenSupersessions: try synced.store.links(.dangling).filter { $0.kind == .supersedes && inside.contains($0.place.path) },
                findings: found, changes: [],
                written: [], missing: [], advice: [])
            return (report, try language(synced.store))
        }
    }

    private func format(_ folder: DecisionFolders.Folder, _ records: [DecisionItem]) -> String {
        if let tool = folder.tool { return tool }
        return DecisionFolders.template(of: records.compactMap { try? FileSystem.read(root + "/" + $0.path, limit: 1 << 20) })
    }

    private func advice(_ report: ImportReport) -> [Wording] {
        var advice: [Wording] = []
        let unknown = report.folders.flatMap(\.records).first { $0.status == .unknown && !$0.decision.statusText.isEmpty }
        if let word = unknown.map({ DisplayText.truncated($0.decision.statusText, to: 40) }) {
            let option = Workspace.word("proposed=" + word)
            advice.append(
                Wording(
                    en: "tell what \"\(word)\" means, as in `invar adr import --status \(option)`",
                    ja: "「\(word)」の意味は `invar adr import --status \(option)` のように登録できます"))
        }
        if report.folders.contains(where: { $0.format == "adr-tools" }), report.findings.contains(where: { $0.rule == "knowledge/unread-date" }) {
            advice.append(
                Wording(
                    en: "`invar adr --compat upgrade-repository` rewrites dates such as 31/12/2016 as 2016-12-31",
                    ja: "31/12/2016 のような日付は `invar adr --compat upgrade-repository` で 2016-12-31 の形に直せます"))
        }
        advice += template(report.folders)
        advice.append(Wording(en: "`invar list decisions` shows the records", ja: "記録の一覧は `invar list decisions` で見られます"))
        if FileSystem.kind(root + "/" + knowledgeFolders.folder(for: .invariants)) == nil {
            advice.append(
                Wording(
                    en: "`invar init` adds Invariants/ and RawNotes/, and leaves what there is",
                    ja: "`invar init` で Invariants/ と RawNotes/ を追加できます（既存のファイルは変わりません）"))
        }
        return advice
    }

    /// Which template `adr new` takes, or how to name one that it does not know.
    private func template(_ folders: [ImportReport.Folder]) -> [Wording] {
        let found = folders.flatMap { folder in DecisionTemplates.ownNames.map { folder.path + "/" + $0 } }.first { FileSystem.kind(root + "/" + $0) == .file }
        if let found { return [Wording(en: "`invar adr new` begins with your template \(found)", ja: "`invar adr new` は既存のテンプレート \(found) から始めます")] }
        guard let other = folders.flatMap(\.otherFiles).first(where: { $0.lowercased().contains("template") }) else { return [] }
        return [
            Wording(
                en: "`invar adr new --template \(Workspace.word(other))` begins with your template",
                ja: "`invar adr new --template \(Workspace.word(other))` で既存のテンプレートから始められます")
        ]
    }

    /// Text from files as one word of a command that somebody may paste into a shell.
    private static func word(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_./=".unicodeScalars.contains($0) }
        return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
