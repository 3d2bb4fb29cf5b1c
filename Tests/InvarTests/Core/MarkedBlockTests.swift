import InvarCore
import Testing

@Suite struct MarkedBlockTests {
    private let block = MarkedBlock(opening: "<!-- x:begin", closing: "<!-- x:end -->")
    private let text = "<!-- x:begin -->\nnew\n<!-- x:end -->"

    private func replaced(_ file: String) throws -> String { String(decoding: try block.replacing(in: Array(file.utf8), with: text), as: UTF8.self) }

    @Test func `only the block changes, and a second time nothing does`() throws {
        let files = [
            "": text + "\n", "# A\n": "# A\n\n\(text)\n", "# A": "# A\n\n\(text)\n", "# A\r\n": "# A\r\n\r\n<!-- x:begin -->\r\nnew\r\n<!-- x:end -->\r\n",
            "a\n<!-- x:begin: old -->\nold\nolder\n<!-- x:end -->\nb": "a\n\(text)\nb",
            "a\r\n<!-- x:begin -->\r\nold\r\n<!-- x:end -->": "a\r\n<!-- x:begin -->\r\nnew\r\n<!-- x:end -->",
        ]
        for (before, after) in files {
            #expect(try replaced(before) == after)
            #expect(try replaced(after) == after)
        }
    }

    @Test func `marks that do not pair are told with their line`() {
        #expect(problem("a\n<!-- x:begin -->\n") == "2: the block never ends: `<!-- x:end -->` is missing")
        #expect(problem("<!-- x:end -->\n") == "1: the block ends and never began")
        #expect(problem("<!-- x:begin -->\n<!-- x:end -->\n<!-- x:begin -->\n<!-- x:end -->\n") == "3: the block begins a second time")
    }

    private func problem(_ file: String) -> String {
        do {
            return String(decoding: try block.replacing(in: Array(file.utf8), with: text), as: UTF8.self)
        } catch {
            return "\(error.line): \(error.message)"
        }
    }

    @Test func `what assistants read stays within its room, the first in full`() {
        let items = (1...60).map { number in
            AgentsText.Item(
                id: "INV-X-\(number)", title: "Title \(number)", clauses: ["A clause of some length that says what must hold."], questions: ["Does it?"],
                exceptions: [])
        }
        for room in [900, 1500, 4000] {
            let text = AgentsText(.english).block(items, within: room)
            #expect(text.unicodeScalars.count <= room)
            #expect(text.contains("- **INV-X-1** Title 1\n  - A clause"))
            #expect(text.hasSuffix("\n<!-- invar:end -->"))
            #expect(text.contains("INV-X-60") || text.contains(" more\n"))
        }
    }
}
