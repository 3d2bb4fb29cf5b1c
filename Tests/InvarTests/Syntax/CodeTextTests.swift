import Foundation
import InvarSyntax
import Testing

struct CodeTextTests {
    @Test("interpolations are code, the rest of a literal is text")
    func interpolations() {
        #expect(words("log(f\"mail {user.email} {{x}}\")", .python) == ["log", "user", "email"])
        #expect(words("log(`to ${a.b} $c`)", .javascript) == ["log", "a", "b"])
        #expect(words("log(\"to $name, ${a.b}\")", .kotlin) == ["log", "name", "a", "b"])
        #expect(words("log \"to #{a} #b\"", .ruby) == ["log", "a"])
        #expect(words("log(\"to \\(a.b) \\\"c\")", .swift) == ["log", "a", "b"])
        #expect(words("info!(\"to {name:?} {}\", other)", .rust) == ["info", "name", "other"])
        #expect(words("Log($\"to {user.Name}\", @\"c:\\dir\")", .csharp) == ["Log", "user", "Name"])
    }

    @Test("comments are left out, quotes in them too")
    func comments() {
        #expect(words("a // don't b\n/* \"c */ d", .go) == ["a", "d"])
        #expect(words("a # don't b\nd", .python) == ["a", "d"])
        #expect(words("=begin\nb\n=end\nd", .ruby) == ["d"])
        #expect(words("<p>it's</p><?php a(); ?> b <?php c();", .php) == ["a", "c"])
    }

    @Test("a call knows what it is called on and its arguments")
    func calls() throws {
        let code = CodeText(Array("x = this.logger?.info(`a`, f(b, c), { d: [1, 2] })".utf8), language: .javascript)
        let name = try #require(code.tokens.indices.first { code.isToken($0, "info") })
        let call = try #require(code.call(at: name))
        #expect(call.chain == ["this", "logger", "info"])
        #expect(
            call.arguments.map { range in code.text(in: code.tokens[range.lowerBound].start..<code.tokens[range.upperBound - 1].end) } == [
                "`a`", "f(b, c)", "{ d: [1, 2] }",
            ])
    }

    @Test("SQL in literals is read where it stands, joined and interpolated")
    func sql() {
        let text = "db.run(\"DELETE FROM \" + table)\ndb.run(f\"INSERT INTO {schema}.t \" \"VALUES (1)\")\nsay(\"Delete it\")\n"
        let code = CodeText(Array(text.utf8), language: .python)
        let actions = EmbeddedSQL(code).pieces.flatMap(\.script.actions)
        #expect(actions.map { "\($0.kind) \($0.table)" } == ["delete table", "insert _schema_.t"])
        #expect(actions.map { code.text(in: $0.span.lowerBound..<($0.span.lowerBound + 6)) } == ["DELETE", "INSERT"])
    }

    @Test(
        "functions are the outermost bodies",
        arguments: [
            (CodeLanguage.python, "def a():\n    def b():\n        pass\n\nclass C:\n    async def d(self):\n        pass\nx = 1\n", ["a", "d"]),
            (CodeLanguage.java, "class C { void a() { if (x) { b(); } } int d(int e) throws F { } }", ["a", "d"]),
            (CodeLanguage.javascript, "const a = async (x) => { y(); };\nif (b) { c(); }\nfunction d() {}", ["a", "d"]),
            (CodeLanguage.go, "type T struct { a int }\nfunc (t T) b(c int) (int, error) { return 1, nil }", ["b"]),
        ])
    func functions(language: CodeLanguage, text: String, names: [String]) {
        #expect(CodeText(Array(text.utf8), language: language).functions.map(\.name) == names)
    }

    @Test("no cut of odd text breaks the reader", arguments: CodeLanguage.allCases)
    func oddText(language: CodeLanguage) {
        let text = Array(
            "a('\\'', \"${b(\"c\", `d${e}`)}\", f\"{g!r}{{\", #{h}) <<~X <<'Y' %w[i] /j/ r#\"k\"# $\"{l}\" @\"m\"\" \\(n) '\\u{1F600} ))]}{[( <?php ?> <!-- \nX\nY\n"
                .utf8)
        for start in stride(from: 0, to: text.count, by: 11) {
            for end in stride(from: start, through: text.count, by: 3) {
                let code = CodeText(Array(text[start..<end]), language: language)
                _ = code.functions
                _ = EmbeddedSQL(code)
                for index in code.tokens.indices { _ = code.call(at: index) }
            }
        }
        let deep = CodeText([UInt8](repeating: 0x28, count: 200_000) + Array("\"${".utf8) + [UInt8](repeating: 0x7B, count: 200_000), language: language)
        #expect(deep.tokens.isEmpty == (language == .php))
    }

    private func words(_ text: String, _ language: CodeLanguage) -> [String] {
        let code = CodeText(Array(text.utf8), language: language)
        return code.tokens.indices.filter { code.kind($0) == .word }.map { code.text($0) }
    }
}
