import InvarCore
import InvarKit
import Testing

@Suite struct ExternalCommandTests {
    private func shell(_ script: String) -> [String] { ["/bin/sh", "-c", script] }

    @Test func `the question goes to standard input and the answer comes from standard output, however long`() throws {
        let question = [UInt8](repeating: UInt8(ascii: "q"), count: 3_000_000)
        #expect(try ExternalCommand(["cat"]).run(input: question) == question)
        #expect(try ExternalCommand(["echo", "$HOME; ls", "*"]).run(input: question) == Array("$HOME; ls *\n".utf8))
    }

    @Test func `only the usual variables and those asked for are seen`() throws {
        let printed = String(decoding: try ExternalCommand(["env"]).run(input: []), as: UTF8.self)
        let names = Set(printed.split(separator: "\n").compactMap { $0.split(separator: "=").first.map(String.init) })
        #expect(names.isSubset(of: ["PATH", "HOME", "LANG", "TMPDIR"]))
        #expect(names.contains("PATH"))
    }

    @Test func `one that takes too long is stopped with all that it started`() {
        let command = ExternalCommand(shell("sleep 60 & sleep 60; echo never"), timeout: 1)
        #expect(throws: Failure("/bin/sh took longer than 1 s and was stopped", hint: "allow it more time, or ask less")) { try command.run(input: []) }
    }

    @Test func `what it leaves running does not hold us up`() throws {
        #expect(try ExternalCommand(shell("sleep 60 & echo done"), timeout: 30).run(input: []) == Array("done\n".utf8))
    }

    @Test func `one that prints too much is stopped`() {
        let command = ExternalCommand(["yes"], longestOutput: 1000)
        #expect(throws: Failure("yes printed more than 1000 bytes and was stopped", hint: "it must print the answer and nothing else")) {
            try command.run(input: [])
        }
    }

    @Test func `a bad end and a missing program are failures with their reasons`() {
        #expect(throws: Failure("/bin/sh ended with status 3: no key")) { try ExternalCommand(shell("echo no key >&2; exit 3")).run(input: []) }
        #expect(throws: Failure("/bin/sh ended with signal 9")) { try ExternalCommand(shell("kill -9 $$")).run(input: []) }
        #expect(
            throws: Failure(
                "cannot run no-such-program-here: no such file or directory", hint: "the command behind -- is a program and its arguments, no shell line")
        ) { try ExternalCommand(["no-such-program-here"]).run(input: []) }
    }
}
