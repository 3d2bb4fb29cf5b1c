/// What taking over somebody's folders of decisions read there, and what it wrote for that.
package struct ImportReport: Sendable {
    /// One folder of records.
    package struct Folder: Sendable {
        /// Relative to the root.
        package var path: String
        /// Which tool or template it comes from.
        package var format: String
        package var records: [DecisionItem]
        /// Markdown files that hold no record, such as a README.
        package var otherFiles: [String]

        package init(path: String, format: String, records: [DecisionItem], otherFiles: [String]) {
            self.path = path
            self.format = format
            self.records = records
            self.otherFiles = otherFiles
        }
    }

    package var folders: [Folder]
    /// Supersessions that name a record which is not there.
    package var brokenSupersessions: [LinkItem]
    /// What could not be read, numbers that stand twice or are missing, statuses in unknown words.
    package var findings: [Finding]
    package var changes: [ChangeReport.Change]
    /// Lines that were written into `invar.yml`.
    package var written: [String]
    /// Lines for `invar.yml` that could not be written without touching what stands there, each with the reason.
    package var missing: [(line: String, reason: Wording)]
    /// What may be done next.
    package var advice: [Wording]

    package init(
        folders: [Folder], brokenSupersessions: [LinkItem], findings: [Finding], changes: [ChangeReport.Change], written: [String],
        missing: [(line: String, reason: Wording)], advice: [Wording]
    ) {
        self.folders = folders
        self.brokenSupersessions = brokenSupersessions
        self.findings = findings
        self.changes = changes
        self.written = written
        self.missing = missing
        self.advice = advice
    }

    package var json: JSON {
        .object([
            "schema": .string("invar.import/1"), "folders": .array(folders.map(\.json)),
            "supersessions": .object([
                "total": .integer(folders.reduce(0) { $0 + $1.supersessions }), "dangling": .array(brokenSupersessions.map(\.json)),
            ]),
            "findings": .array(findings.map(\.json)),
            "changes": .array(changes.map { .object(["action": .string($0.action.rawValue), "path": .string($0.path)]) }),
            "written": JSON(written),
            "missing": .array(missing.map { .object(["line": .string($0.line), "reason": .string($0.reason.en)]) }),
        ])
    }

    package func terminal(_ style: TerminalStyle) -> String {
        var lines = folders.flatMap { $0.terminal(style) }
        if !brokenSupersessions.isEmpty {
            lines.append(style.yellow(style.pick(en: "supersessions by or of a record that is not there:", ja: "存在しない記録との置き換えの関係:")))
            lines += brokenSupersessions.map { link in
                let pair = style.pick(en: "\(link.source) supersedes \(link.target)", ja: "\(link.source) が \(link.target) を置き換え")
                return "  \(style.place(link.place.path, link.place.line)): " + style.safe(pair)
            }
        }
        // Records without a status are counted above.
        lines += ImportReport.shown(findings.filter { $0.severity > .note || $0.rule != "knowledge/unread-status" }, style)
        for change in changes {
            let word =
                switch change.action {
                case .created: style.green(style.pick(en: "created  ", ja: "作成    "))
                case .edited: style.yellow(style.pick(en: "edited   ", ja: "編集    "))
                case .unchanged: style.dim(style.pick(en: "unchanged", ja: "変更なし"))
                }
            lines.append(word + "  " + style.safe(change.path) + (written.isEmpty ? "" : ": " + written.map { style.safe($0) }.joined(separator: " · ")))
        }
        for (line, reason) in missing {
            lines.append(style.yellow(style.safe(reason[style.language]) + style.pick(en: "; write there yourself:", ja: "。次のように書いてください:")))
            lines.append("  " + style.safe(line))
        }
        return (lines + advice.map { "→ " + style.safe($0[style.language]) }).joined(separator: "\n") + "\n"
    }

    /// The gravest first, at most twenty; the rest is counted.
    private static func shown(_ findings: [Finding], _ style: TerminalStyle) -> [String] {
        let graver = findings.sorted { ($1.severity, $0.place.path, $0.place.line) < ($0.severity, $1.place.path, $1.place.line) }
        let limit = 20
        var lines = style.findings(
            graver.prefix(limit).map { finding in
                var finding = finding
                if style.language == .japanese, let japanese = finding.japanese { (finding.message, finding.hint) = (japanese.message, japanese.hint) }
                return finding
            })
        if graver.count > limit {
            lines.append(
                style.pick(en: "… and \(graver.count - limit) more (`invar index --verbose`)", ja: "…ほか \(graver.count - limit) 件（`invar index --verbose` で全件）")
            )
        }
        return lines
    }
}

extension ImportReport.Folder {
    /// Statuses that occur with their number, in the order of a decision's life.
    private var statuses: [(status: Decision.Status, count: Int)] {
        Decision.Status.allCases.map { status in (status, records.count { $0.status == status }) }.filter { $0.count > 0 }
    }

    fileprivate var supersessions: Int { records.reduce(0) { $0 + $1.supersedes.count } }

    fileprivate var json: JSON {
        .object([
            "path": .string(path), "format": .string(format), "records": .integer(records.count),
            "statuses": .object(Dictionary(uniqueKeysWithValues: statuses.map { ($0.status.rawValue, JSON.integer($0.count)) })),
            "supersessions": .integer(supersessions), "otherFiles": JSON(otherFiles),
        ])
    }

    fileprivate func terminal(_ style: TerminalStyle) -> [String] {
        let count = style.pick(en: "\(records.count) record\(records.count == 1 ? "" : "s")", ja: "記録 \(records.count) 件")
        var lines = [style.bold(style.safe(path)) + style.pick(en: " (\(format)): \(count)", ja: "（\(format)）: \(count)")]
        let silent = records.filter { $0.status == .unknown && $0.decision.statusText.isEmpty }
        let counts =
            statuses.compactMap { status, count in
                let stated = status == .unknown ? count - silent.count : count
                return stated > 0 ? "\(status.rawValue) \(stated)" : nil
            } + (silent.isEmpty ? [] : [style.pick(en: "without a status \(silent.count)", ja: "ステータスの記載なし \(silent.count)")])
        if !counts.isEmpty { lines.append("  " + counts.joined(separator: style.pick(en: ", ", ja: "・"))) }
        if supersessions > 0 {
            lines.append("  " + style.pick(en: "\(supersessions) supersession\(supersessions == 1 ? "" : "s")", ja: "置き換えの関係 \(supersessions) 件"))
        }
        let orphans = records.filter { $0.status == .superseded && $0.supersededBy.isEmpty }.map { style.safe($0.decision.id) }
        if !orphans.isEmpty {
            lines.append("  " + style.pick(en: "superseded, by which record is not said: ", ja: "置き換え済みだが、後継が書かれていない: ") + ImportReport.Folder.named(orphans))
        }
        if !otherFiles.isEmpty {
            let names = otherFiles.map { style.safe($0.hasPrefix(path + "/") ? String($0.dropFirst(path.count + 1)) : $0) }
            lines.append("  " + style.pick(en: "no records: ", ja: "記録ではないファイル: ") + ImportReport.Folder.named(names))
        }
        return lines
    }

    /// The first eight of a list.
    private static func named(_ names: [String]) -> String {
        names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", … (\(names.count))" : "")
    }
}
