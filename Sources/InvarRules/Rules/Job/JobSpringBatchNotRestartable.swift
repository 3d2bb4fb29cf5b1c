import InvarCore
import InvarSyntax

extension Rule {
    package static let jobSpringBatchNotRestartable = Rule(
        id: "job/spring-batch-not-restartable",
        title: Wording(en: "a Spring Batch job that cannot go on where it failed", ja: "失敗した所から再開できない Spring Batch ジョブ"),
        why: Wording(
            en:
                "`preventRestart` makes a failed run final; a step with a writer that may start again when complete writes again; a reader that saves no state begins at the first item again. Each is right only with something that tells what is done: a process indicator column, a writer that replaces. Then record it as an exception.",
            ja:
                "`preventRestart` を指定すると失敗した実行はやり直せません。完了後も再実行できる書き込みステップは二重に書き込み、状態を保存しない reader は先頭から読み直します。いずれも、処理済みを示す列や上書きする writer など、何が済んだかを見分ける仕組みがあって初めて成り立ちます。ある場合は例外として記録してください。"
        ),
        invariant: "INV-OPS-004", severity: .warning,
        violating: [
            Example(
                """
                class Jobs {
                    // 月次の締め処理
                    Job closeMonth() {
                        return new JobBuilder("closeMonth", repository).↓preventRestart().start(load()).build();
                    }

                    Step load() {
                        return new StepBuilder("load", repository)
                            .<In, Out>chunk(100, manager)
                            .reader(reader())
                            .writer(writer())
                            .↓allowStartIfComplete(true)
                            .build();
                    }
                }

                """, at: "src/main/java/Jobs.java"),
            Example(
                """
                <beans:beans>
                  <job id="closeMonth" ↓restartable="false"><step id="load" parent="base"/></job>
                  <!-- <job id="old" restartable="false"/> -->
                </beans:beans>

                """, at: "src/main/resources/jobs.xml"),
            Example(
                "fun reader() = JdbcCursorItemReaderBuilder<Row>().name(\"r\").sql(\"SELECT id FROM orders\").↓saveState(false).build()\n",
                at: "src/main/kotlin/Reader.kt"),
        ],
        conforming: [
            Example(
                """
                class Jobs {
                    Job closeMonth() { return new JobBuilder("closeMonth", repository).start(load()).build(); }

                    // .preventRestart() は使わない
                    Step check() {
                        return new StepBuilder("check", repository).tasklet(check, manager).allowStartIfComplete(true).build();
                    }
                }

                """, at: "src/main/java/Jobs.java"),
            Example(
                """
                class Reader {
                    ItemReader<Row> reader() {
                        return new JdbcCursorItemReaderBuilder<Row>().sql("SELECT id FROM orders WHERE processed_ind = 'N'").saveState(false).build();
                    }
                }

                """, at: "src/main/java/Reader.java"),
            Example("<job id=\"closeMonth\" restartable=\"true\"><step id=\"load\" parent=\"base\"/></job>\n", at: "src/main/resources/jobs.xml"),
        ],
        matcher: .file(.text) { artifact, _ in
            guard !ExemptPath.isTest(artifact.path), cues.occur(in: artifact.bytes) else { return [] }
            if artifact.path.hasSuffix(".xml") { return xmlMatches(in: artifact) }
            guard let language = CodeLanguage(path: artifact.path), [.java, .kotlin, .scala].contains(language) else { return [] }
            return codeMatches(in: artifact, CodeText(artifact.bytes, language: language))
        })

    private static let cues = CueSet(["preventRestart", "allowStartIfComplete", "saveState", "restartable=", "allow-start-if-complete", "setRestartable"])

    private static func codeMatches(in artifact: Artifact, _ code: CodeText) -> [Match] {
        let functions = code.functions
        return code.tokens.indices.compactMap { index in
            guard code.kind(index) == .word, code.isToken(index - 1, "."), let call = code.call(at: index) else { return nil }
            let argument = call.content.first.map { code.text($0) }
            let kind: Restart
            switch code.text(index) {
            case "preventRestart": kind = .prevented
            case "setRestartable" where argument == "false": kind = .prevented
            case "allowStartIfComplete" where argument == "true", "setAllowStartIfComplete" where argument == "true":
                guard let scope = statement(code, index, functions), words(code, scope).contains(where: { $0 == "writer" || $0 == "chunk" }) else { return nil }
                kind = .again
            case "saveState" where argument == "false", "setSaveState" where argument == "false":
                guard !hasIndicator(artifact.bytes) else { return nil }
                kind = .stateless
            default: return nil
            }
            let span = code.tokens[index].start..<code.tokens[call.last].end
            return match(kind, over: span, name: name(code, index, functions), artifact)
        }
    }

    /// The tokens of the statement around a call in a chain.
    private static func statement(_ code: CodeText, _ index: Int, _ functions: [CodeFunction]) -> Range<Int>? {
        let (_, first) = code.chain(endingAt: index)
        var start = first
        var steps = 0
        while start > 0, steps < 400, !code.isToken(start, ";"), !code.isToken(start, "{"), !code.isToken(start, "}") || code.kind(start) != .close {
            start -= 1
            steps += 1
        }
        var end = index
        while end < code.tokens.count, steps < 800, !code.isToken(end, ";"), code.kind(end) != .close {
            end = code.after(end)
            steps += 1
        }
        return start..<max(start, min(end, code.tokens.count))
    }

    private static func words(_ code: CodeText, _ range: Range<Int>) -> Set<String> {
        Set(range.filter { code.kind($0) == .word }.map { code.text($0) })
    }

    /// The job's or step's name as it is built, else the method's.
    private static func name(_ code: CodeText, _ index: Int, _ functions: [CodeFunction]) -> String? {
        guard let scope = statement(code, index, functions) else { return nil }
        for token in scope
        where code.kind(token) == .word && (code.text(token).hasSuffix("Builder") || code.isToken(token, "get") || code.isToken(token, "name")) {
            if let call = code.call(at: token), let first = call.content.first, let literal = code.literal(first) { return literal }
        }
        return functions.index(holding: index).map { functions[$0].name }
    }

    private static func xmlMatches(in artifact: Artifact) -> [Match] {
        var job: String?
        var tasklet: XMLTags.Attribute?
        var found: [Match] = []
        for tag in XMLTags(artifact.bytes).tags {
            func attribute(_ name: String) -> XMLTags.Attribute? { tag.attributes.first { $0.name == name } }
            switch tag.name {
            case "job" where !tag.isClosing:
                job = attribute("id")?.value
                if let restartable = attribute("restartable"), restartable.value == "false" {
                    found.append(match(.prevented, over: restartable.start..<restartable.end, name: job, artifact))
                }
            case "tasklet": tasklet = tag.isClosing ? nil : attribute("allow-start-if-complete").flatMap { $0.value == "true" ? $0 : nil }
            case "chunk" where !tag.isClosing:
                if let again = tasklet { found.append(match(.again, over: again.start..<again.end, name: job, artifact)) }
                tasklet = nil
            case "property" where attribute("name")?.value == "saveState":
                if let value = attribute("value"), value.value == "false", !hasIndicator(artifact.bytes) {
                    found.append(match(.stateless, over: value.start..<value.end, name: job, artifact))
                }
            default: break
            }
        }
        return found
    }

    private static let indicators = CueSet([
        "processed", "process_ind", "process_indicator", "status =", "status=", "処理済", "done_flag", "is_done", "imported_at",
    ])

    private static func hasIndicator(_ bytes: [UInt8]) -> Bool { indicators.occur(in: bytes) }

    private enum Restart { case prevented, again, stateless }

    private static func match(_ kind: Restart, over span: Range<Int>, name: String?, _ artifact: Artifact) -> Match {
        let job = name ?? RelativePath.stem(artifact.path)
        let isXML = artifact.path.hasSuffix(".xml")
        let message: Wording
        let hint: Wording
        switch kind {
        case .prevented:
            message = Wording(en: "\(job) may not be restarted after a failure", ja: "\(job) は失敗しても再開できません")
            hint =
                Wording(
                    en: "leave it restartable and make its steps repeatable\n", ja: "再開できるままにし、各ステップを繰り返し可能にしてください\n")
                + Wording(isXML ? "<job id=\"\(job)\" restartable=\"true\">" : "new JobBuilder(\"\(job)\", jobRepository)  // without preventRestart()")
        case .again:
            message = Wording(en: "a step of \(job) writes again although it was complete", ja: "\(job) のステップは完了済みでももう一度書き込みます")
            hint =
                Wording(
                    en: "let a complete step stay complete, or let its writer replace what it wrote\n", ja: "完了したステップは再実行しないか、writer を上書きにしてください\n")
                + Wording(isXML ? "<tasklet allow-start-if-complete=\"false\">" : ".allowStartIfComplete(false)")
        case .stateless:
            message = Wording(
                en: "a reader of \(job) saves no state: restarted, it reads from the first item again", ja: "\(job) の reader は状態を保存しません。再開すると先頭から読み直します")
            hint =
                Wording(
                    en: "save the state, or read only rows that a process indicator column marks as open\n", ja: "状態を保存するか、処理済みを示す列で未処理の行だけを読んでください\n")
                + Wording(isXML ? "<property name=\"saveState\" value=\"true\"/>" : ".sql(\"SELECT … WHERE processed_ind = 'N'\").saveState(false)")
        }
        var match = artifact.match(over: span, message, hint: hint)
        match.operations = [job]
        match.key = "\(kind) \(job)"
        return match
    }
}
