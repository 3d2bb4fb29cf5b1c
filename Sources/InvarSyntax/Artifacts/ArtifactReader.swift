package import InvarCore

/// Bytes of any file → ``Artifact``, in the language that name and content show.
package enum ArtifactReader {
    /// What the name alone tells, to know whether a file that cannot be read is missed.
    package enum Language: Sendable {
        case markdown, yaml, json, sql, code, other

        package init(path: String) {
            switch RelativePath.suffix(path) {
            case "md", "markdown", "mdx": self = .markdown
            case "yaml", "yml": self = .yaml
            case "json": self = .json
            case "sql": self = .sql
            case "tf": self = .code
            default: self = CodeLanguage(path: path) == nil ? .other : .code
            }
        }

        /// Bytes above which a file is reported instead of read: no person wrote it.
        package var maximumBytes: Int {
            switch self {
            case .markdown: 1 << 20
            case .yaml, .json: 16 << 20
            case .sql: 64 << 20
            case .code, .other: 4 << 20
            }
        }

        /// Whether rules miss something when it cannot be read; pictures and archives are nobody's loss.
        package var isExpected: Bool { self != .other }
    }

    /// Reads one file, whatever it holds.
    ///
    /// - Parameter dialect: what the configuration says of SQL there; nil to go by the tool's marks and the words.
    package static func read(_ bytes: [UInt8], path: String, dialect: SQLDialect? = nil) -> Artifact {
        let language = Language(path: path)
        if let nul = bytes.prefix(language == .other ? 8192 : bytes.count).firstIndex(of: 0) {
            guard language.isExpected else { return nothing(path) }
            let message = Wording(en: "holds a NUL byte: not text", ja: "NUL バイトを含むため、テキストとして読めません")
            let hint = Wording(en: "remove the byte, or keep the file out with exclude: in invar.yml", ja: "そのバイトを取り除くか、invar.yml の exclude: で対象から外してください")
            return nothing(path, "file/unreadable", .error, message, hint, line: LineTable(bytes).line(at: nul))
        }
        guard let invalid = UTF8Check.firstInvalid(bytes) else { return read(valid: bytes, path: path, language, dialect, []) }
        guard language != .other else { return nothing(path) }
        let problem = Artifact.Problem(
            rule: "file/unreadable", severity: .error,
            message: Wording(en: "is not valid UTF-8; the bad bytes are read as �", ja: "UTF-8 として正しくありません（不正なバイトは � として読みます）"),
            hint: Wording(en: "save it as UTF-8, or name its encoding: in invar.yml", ja: "UTF-8 で保存し直すか、invar.yml の encoding: に文字コードを書いてください"),
            position: LineTable(bytes).position(at: invalid, in: bytes))
        return read(valid: Array(String(decoding: bytes, as: UTF8.self).utf8), path: path, language, dialect, [problem])
    }

    /// A file that could not be opened or is too large.
    package static func unreadable(path: String, _ message: Wording, hint: Wording?) -> Artifact {
        nothing(path, "file/unreadable", .error, message, hint, line: 1)
    }

    private static func read(
        valid bytes: [UInt8], path: String, _ language: Language, _ dialect: SQLDialect?, _ problems: [Artifact.Problem]
    ) -> Artifact {
        if language == .markdown {
            if let problem = markdownProblem(bytes) { return nothing(path, problem) }
            let file = MarkdownFile(path: path, bytes: bytes)
            return artifact(path, bytes, file.lines, .document(file), problems + frontMatterProblems(file))
        }
        let lines = LineTable(bytes)
        if language != .json, let migration = MigrationFile.read(path: path, bytes: bytes, dialect: dialect) {
            let scripts = [migration.up, migration.down]
            return artifact(path, bytes, lines, .migration(migration), problems + scripts.flatMap { sqlProblems($0, bytes, lines) })
        }
        switch language {
        case .yaml:
            let stream = YAMLStream(bytes)
            return artifact(
                path, bytes, lines, stream.isAPIDescription ? .apiDescription(stream) : .manifest(stream), problems + yamlProblems(stream, bytes, path))
        case .json:
            let isAPI = mayDescribeAPI(bytes)
            guard isAPI || mayDeclareObjects(bytes) else { return artifact(path, bytes, lines, .text, problems) }
            let stream = JSONText.stream(bytes)
            let isBroken = stream.problem != nil
            guard isBroken || stream.isAPIDescription || stream.declaresObjects else { return artifact(path, bytes, lines, .text, problems) }
            let content: Artifact.Content = stream.isAPIDescription || (isBroken && isAPI) ? .apiDescription(stream) : .manifest(stream)
            return artifact(path, bytes, lines, content, problems + yamlProblems(stream, bytes, path))
        case .sql:
            let script = SQLScript.read(bytes, dialect: dialect ?? SQLDialect.Cues(bytes).dialect)
            return artifact(path, bytes, lines, .script(script), problems + sqlProblems(script, bytes, lines))
        case .code, .other, .markdown:
            return artifact(path, bytes, lines, .text, problems)
        }
    }

    private static func artifact(
        _ path: String, _ bytes: [UInt8], _ lines: LineTable, _ content: Artifact.Content, _ problems: [Artifact.Problem]
    ) -> Artifact {
        var allowances: [Allowance] = []
        if case .document(let file) = content {
            // A comment in a code block is an example of one.
            let code = file.markdown.blocks.filter { $0.kind == .code }.map { $0.line...max($0.line, $0.endLine) }
            allowances = AllowanceScanner.allowances(in: bytes, lines: lines, isMarkdown: true).filter { found in
                !code.contains { $0.contains(found.line) }
            }
        } else {
            allowances = AllowanceScanner.allowances(in: bytes, lines: lines, isMarkdown: false)
        }
        return Artifact(path: path, bytes: bytes, lines: lines, content: content, problems: problems, allowances: allowances)
    }

    private static func markdownProblem(_ bytes: [UInt8]) -> Artifact.Problem? {
        let exclusion = Wording(en: "or keep the file out with exclude: in invar.yml", ja: "invar.yml の exclude: で対象から外してください")
        if let line = MarkdownLimits.lineTooLong(bytes) {
            return Artifact.Problem(
                rule: "markdown/unreadable", severity: .error,
                message: Wording(
                    en: "a line is longer than \(MarkdownLimits.maximumLine) bytes", ja: "1 行が \(MarkdownLimits.maximumLine) バイトを超えています"),
                hint: Wording(en: "break the line, ", ja: "改行を入れるか、") + exclusion, position: Position(line: line))
        }
        return MarkdownLimits.lineBeyond(bytes).map { line in
            Artifact.Problem(
                rule: "markdown/unreadable", severity: .error, message: Wording(en: "nested too deep to read", ja: "入れ子が深すぎて読めません"),
                hint: Wording(
                    en: "no line may nest more than \(MarkdownLimits.maximumNesting) quotes, lists or brackets, ",
                    ja: "引用・リスト・括弧の入れ子を 1 行 \(MarkdownLimits.maximumNesting) 段以下にするか、") + exclusion,
                position: Position(line: line))
        }
    }

    private static func frontMatterProblems(_ file: MarkdownFile) -> [Artifact.Problem] {
        file.frontMatter.problem.map { problem in
            [
                Artifact.Problem(
                    rule: "yaml/unreadable", severity: .warning,
                    message: Wording(en: "front matter: \(problem.message)", ja: "フロントマターを読めません: \(problem.message)"), position: Position(line: problem.line))
            ]
        } ?? []
    }

    /// What stopped the scanner: an end that never came.
    private static func sqlProblems(_ script: SQLScript, _ bytes: [UInt8], _ lines: LineTable) -> [Artifact.Problem] {
        script.problems.map { problem in
            Artifact.Problem(
                rule: "sql/unreadable", severity: script.hasTemplates ? .note : .warning,
                message: problem.message,
                hint: Wording(en: "mend it; what stands behind it may not be checked", ja: "直してください。この後ろは検査されていない可能性があります"),
                position: lines.position(at: problem.offset, in: bytes))
        }
    }

    /// Templates are recognised and weigh less: their YAML shows only after rendering.
    private static func yamlProblems(_ stream: YAMLStream, _ bytes: [UInt8], _ path: String) -> [Artifact.Problem] {
        let repetitions = stream.repeatedKeys.map { key in
            Artifact.Problem(
                rule: "yaml/unreadable", severity: .warning,
                message: Wording(en: "the key \(key.name) stands twice", ja: "キー \(key.name) が 2 回書かれています"),
                hint: Wording(en: "readers differ in which one they take: remove one", ja: "どちらが採られるかは読み手によって変わります。片方を削除してください"),
                position: key.position)
        }
        guard let first = stream.problem else { return repetitions }
        if TemplateMarks.occur(in: bytes) {
            let message = Wording(en: "is a template, read line by line: \(first.message)", ja: "テンプレートのため行単位で読みます: \(first.message)")
            let hint = Wording(en: "check what it renders to as well", ja: "展開後のファイルも検査対象にしてください")
            return repetitions + [
                Artifact.Problem(rule: "yaml/unreadable", severity: .note, message: message, hint: hint, position: Position(line: first.line))
            ]
        }
        let format = path.hasSuffix(".json") ? "JSON" : "YAML"
        return repetitions
            + zip(stream.problems, stream.unread).map { problem, unread in
                Artifact.Problem(
                    rule: "yaml/unreadable", severity: .warning,
                    message: Wording(en: "is not \(format) from here on: \(problem.message)", ja: "ここから先を \(format) として読めません: \(problem.message)"),
                    hint: Wording(
                        en: "mend the syntax; lines \(unread.lowerBound) to \(unread.upperBound) are not checked",
                        ja: "構文を直してください。\(unread.lowerBound)〜\(unread.upperBound) 行目は検査されていません"),
                    position: Position(line: problem.line))
            }
    }

    /// Parsing every lock file would take longer than all the rest.
    private static func mayDescribeAPI(_ bytes: [UInt8]) -> Bool {
        ["\"openapi\"", "\"swagger\"", "\"asyncapi\""].contains { holds(bytes, $0) }
    }

    /// Kubernetes objects or the resources of a CloudFormation template.
    private static func mayDeclareObjects(_ bytes: [UInt8]) -> Bool {
        (holds(bytes, "\"apiVersion\"") && holds(bytes, "\"kind\"")) || (holds(bytes, "\"Resources\"") && holds(bytes, "\"AWS::"))
    }

    private static func holds(_ bytes: [UInt8], _ text: String) -> Bool {
        ByteSearch.firstIndex(of: Array(text.utf8), in: bytes) != nil
    }

    /// A file that no rule misses.
    package static func skipped(path: String) -> Artifact { nothing(path) }

    private static func nothing(_ path: String) -> Artifact {
        Artifact(path: path, bytes: [], lines: LineTable([]), content: .nothing, problems: [], allowances: [])
    }

    private static func nothing(_ path: String, _ problem: Artifact.Problem) -> Artifact {
        Artifact(path: path, bytes: [], lines: LineTable([]), content: .nothing, problems: [problem], allowances: [])
    }

    private static func nothing(
        _ path: String, _ rule: String, _ severity: Severity, _ message: Wording, _ hint: Wording?, line: Int
    ) -> Artifact {
        nothing(path, Artifact.Problem(rule: rule, severity: severity, message: message, hint: hint, position: Position(line: line)))
    }
}

/// Marks of template languages in a text that is meant to become YAML or SQL.
package enum TemplateMarks {
    package static func occur(in bytes: [UInt8]) -> Bool {
        ["{{", "{%", "<%"].contains { ByteSearch.firstIndex(of: Array($0.utf8), in: bytes) != nil }
    }
}

extension YAMLStream {
    /// Whether its first document declares an API.
    var isAPIDescription: Bool {
        guard let first = documents.first else { return false }
        return ["openapi", "swagger", "asyncapi"].contains { first[$0]?.text != nil }
    }

    /// Whether its first document is a Kubernetes object or a CloudFormation template.
    var declaresObjects: Bool {
        guard let first = documents.first else { return false }
        if first.value("apiVersion")?.text != nil, first.value("kind")?.text != nil { return true }
        return (first.value("Resources")?.members ?? []).contains { $0.value.value("Type")?.text?.holds("::") ?? false }
    }
}
