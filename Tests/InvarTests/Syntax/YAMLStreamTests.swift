import InvarCore
import InvarSyntax
import Testing

struct YAMLStreamTests {
    @Test("every document keeps its lines, and what comes before a broken one is kept")
    func documents() {
        let stream = YAMLStream("a: 1\n---\nb:\n  - 二\n---\nc: [1, 2\n")
        #expect(stream.documents.count == 2)
        #expect(stream.documents.last?.value("b")?.items.first?.position == Position(line: 4, column: 5))
        #expect(stream.problem?.line == 7)
    }

    @Test("a broken document costs itself alone, and its lines are told")
    func brokenDocuments() {
        let stream = YAMLStream("a: 1\n---\nb: [1,\n  2\n---\nc: 三\n---\nd: \"open\n---\ne: *nobody\n--- # 五\nf: 5\n")
        #expect(stream.documents.map { $0.members.first?.value.text } == ["1", "三", "5"])
        #expect(stream.documents.map(\.position.line) == [1, 6, 12])
        #expect(stream.problems.map(\.line) == [5, 9, 10])
        #expect(stream.unread == [2...4, 7...8, 9...10])
    }

    @Test("after an alias bomb nothing more is read")
    func budget() {
        let bomb =
            "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
            + (1...8).map { n in
                "k\(n): &b\(n) [\(Array(repeating: n == 1 ? "*a" : "*b\(n - 1)", count: 10).joined(separator: ", "))]\n"
            }.joined()
        let stream = YAMLStream(bomb + "---\nrest: 1\n")
        #expect(stream.documents.isEmpty)
        #expect(stream.unread == [1...12])
    }

    @Test("JSON is read with its tabs, pairs of escapes and several values, each at its place")
    func json() {
        let stream = JSONText.stream(Array("{\t\"a\": \"\\ud83d\\ude00}{\" }\n\n{\"b\":\t[1]}\n{\"c\" 1}".utf8))
        #expect(stream.documents.compactMap { $0.value("b")?.items.first?.position } == [Position(line: 3, column: 8)])
        #expect(stream.documents.count == 2)
        #expect(stream.problems.map(\.line) == [4])
    }

    @Test("a repeated key is named with its line, and nothing is lost")
    func repeatedKeys() {
        let stream = YAMLStream("name: a\nspec:\n  image: x\n  port: 1\n  image: y\n")
        #expect(stream.repeatedKeys == [YAMLStream.RepeatedKey(name: "image", position: Position(line: 5, column: 3))])
        #expect(stream.problem == nil)
        #expect(stream.documents.first?.value("spec")?.members.count == 3)
    }

    @Test("an alias bomb, aliases nested too deep and a tab are problems with a line")
    func hostile() {
        let bomb =
            "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
            + (1...8).map { "k\($0): &b\($0) [\(Array(repeating: "*\($0 == 1 ? "a" : "b\($0 - 1)")", count: 10).joined(separator: ", "))]\n" }.joined()
        #expect(YAMLStream(bomb).problem == YAMLProblem(message: "aliases expand to more than 200000 values", line: 6))
        let deep = "a0: &a0 x\n" + (1...120).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined()
        #expect(YAMLStream(deep).problem == YAMLProblem(message: "nested deeper than 100 levels", line: 101))
        #expect(YAMLStream(String(repeating: "[", count: 5000)).problem?.message == "nested deeper than 100 levels")
        #expect(YAMLStream("a:\n\tb: 1\n").problem?.line == 2)
        #expect(YAMLStream("a: *nobody\n").problem == YAMLProblem(message: "an alias without its anchor", line: 1))
    }

    @Test("merge keys are put in place: own keys first, then earlier sources")
    func merges() {
        let stream = YAMLStream("one: &one { a: 1, b: 1 }\ntwo: &two { <<: *one, b: 2, c: 2 }\nall: { <<: [*two, *one], c: 3, on: push }\n")
        let all = stream.documents.first?.merged.value("all")
        #expect(["a", "b", "c", "on"].map { all?.value($0)?.text } == ["1", "2", "3", "push"])
    }
}
