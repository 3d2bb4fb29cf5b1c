import InvarCore
import Testing

@Suite struct SpliceTests {
    @Test func splicesStandInAnyOrderAndKeepEveryOtherByte() {
        let bytes = Array("status: proposed\r\n日本\n".utf8)
        let edited = bytes.splicing([Splice(18..<24, "語"), Splice(8..<16, "accepted"), Splice(at: 0, "# "), Splice(at: 0, "x ")])
        #expect(String(decoding: edited, as: UTF8.self) == "# x status: accepted\r\n語\n")
    }

    @Test func aFileSaysHowItsLinesEnd() {
        #expect(LineEnding.of(Array("a\r\nb\n".utf8)) == "\r\n")
        #expect(LineEnding.of(Array("a\rb\n".utf8)) == "\r")
        #expect(LineEnding.of(Array("a".utf8)) == "\n")
        #expect(LineEnding.of(Array("\nb\r\n".utf8)) == "\n")
    }
}
