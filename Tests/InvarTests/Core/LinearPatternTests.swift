import InvarCore
import Testing

struct LinearPatternTests {
    /// The text of the first match.
    private func match(_ pattern: String, _ line: String) throws -> String? {
        let bytes = Array(line.utf8)
        return try LinearPattern(pattern).firstMatch(in: bytes[...]).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    @Test(
        "the leftmost match is found, the longest there",
        arguments: [
            ("abc", "xxabcabc", "abc"), ("a|ab|abc", "zabcd", "abc"), ("a+", "baaab", "aaa"), ("a+?b", "aaab", "aaab"), ("colou?r", "color colour", "color"),
            ("[a-c]+", "zzabcdx", "abc"), ("[^a-c ]+", "abc xyz", "xyz"), ("\\d{2,3}", "1 22 3333", "22"), ("\\d{3}", "1 22 3333", "333"), ("x{0}y", "xy", "y"),
            ("(ab){2}", "ababab", "abab"), ("(?:a|b)*c", "ababc", "ababc"), ("^import (GRDB|Yams)$", "import GRDB", "import GRDB"),
            ("\\bDROP\\b", "DROPPED DROP", "DROP"), ("\\Bb", "b ab", "b"), ("(?i)drop table", "Drop TABLE t", "Drop TABLE"), ("a(?i:b)c", "abc aBc", "abc"),
            ("(?i)ÉTÉ", "été", "été"), ("[]a]+", "x]a]", "]a]"), ("[a-]+", "x-a-", "-a-"), ("[\\w.-]+@", "a.b-c@d", "a.b-c@"), ("\\x41\\u{3042}", "Aあ", "Aあ"),
            ("冪等.ない", "これは冪等でない。", "冪等でない"), ("[ぁ-ん]+", "漢字かな交じり", "かな"), ("\\bDROP\\b", "これはDROPする", "DROP"), ("a\\s+b", "a　b", "a　b"),
            ("{x}", "a{x}", "{x}"), ("a{,2}", "a{,2}", "a{,2}"), ("(?<name>a)b", "ab", "ab"), ("\\.\\*", "a.*", ".*"), ("()", "a", ""), ("b*", "ab", ""),
            ("(a*)*b", "aaab", "aaab"), ("(|a)+b", "aab", "aab"), ("x|^y", "zy yx", "x"), ("$", "ab", ""), ("é", "é", "é"),
        ])
    func matches(pattern: String, line: String, found: String) throws {
        #expect(try match(pattern, line) == found, "\(pattern) in \(line)")
    }

    @Test(
        "what does not match is not found",
        arguments: [
            ("^b", "ab"), ("a$", "ab"), ("\\bDROP\\b", "DROPPED"), ("[^a]", "aaa"), ("a{3}", "aa"), ("\\d", "１２"), ("冪等", "べき等"), ("a.c", "ac"),
            ("\\S", " 　\t"),
        ])
    func misses(pattern: String, line: String) throws {
        #expect(try match(pattern, line) == nil, "\(pattern) in \(line)")
    }

    @Test(
        "what cannot be matched in linear time, or is not understood, is an error that says so",
        arguments: [
            ("", "is empty and would match every line"), ("(a", "a ( without its )"), ("a)", "a ) without its ("), ("[a", "a [ without its ]"),
            ("*a", "* repeats nothing"), ("a**", "a quantifier after a quantifier: put the first into a group"),
            ("(a)\\1", "back-references such as \\1 are not supported: they cannot be matched in linear time"),
            ("(?=a)", "look-ahead (?= is not supported: it cannot be matched in linear time"),
            ("(?<!a)b", "look-behind (?<! is not supported: it cannot be matched in linear time"),
            ("a++", "possessive quantifiers such as *+ are not supported"),
            ("\\q", "\\q is not understood"), ("\\p{Han}", "\\p{…} is not supported: write the characters as a class, such as [ぁ-ん]"),
            ("a\\", "ends in a backslash"),
            ("[b-a]", "a range in […] counts down"), ("[\\d-z]", "a range in […] needs a character on either side"), ("a{2,1}", "{2,1} counts down"),
            ("a{1001}", "a count in {…} may be at most 1000"), ("\\u{110000}", "\\u110000 is no character"),
            ("[[:alpha:]]", "[:…:] is not supported: write the characters, or \\d, \\w, \\s"),
            ("((a{1000}){1000}){2}", "expands to more than 20000 steps: use smaller counts in {…}"),
            (String(repeating: "(", count: 101), "groups are nested deeper than 100"),
        ])
    func errors(pattern: String, message: String) {
        #expect(throws: LinearPattern.Problem(message: message)) { try LinearPattern(pattern) }
    }

    @Test(
        "patterns that make others stand still are matched to the end",
        arguments: [
            "(a*)*b", "(a|a)*b", "(a|aa)+$", "(.*)(.*)(.*)x", "(a?){50}a{50}b", "((a*)*)*c", "[a-z]*[a-z]*1", "(x+x+)+y",
        ])
    func hostile(pattern: String) throws {
        let line = String(repeating: "a", count: 100_000) + "!"
        #expect(try match(pattern, line) == nil)
    }

    @Test("no line and no bytes make it stumble")
    func oddBytes() throws {
        let pattern = try LinearPattern("あ.$")
        #expect(pattern.firstMatch(in: [][...]) == nil)
        #expect(pattern.firstMatch(in: [0xE3, 0x81][...]) == nil)
        #expect(pattern.firstMatch(in: [0xFF, 0xE3, 0x81, 0x82, 0x80][...]) == 1..<5)
        let bytes = Array("xxあい".utf8)
        #expect(pattern.firstMatch(in: bytes[2...]) == 2..<8)
    }

    @Test("it agrees with a plain search by definition on thousands of small cases")
    func agreesWithReference() throws {
        var random = SmallRandom(seed: 20261124)
        for _ in 0..<6000 {
            let node = ReferencePattern.random(&random, depth: 3)
            let line = (0..<random.below(7)).map { _ in ["a", "b", "あ", " "][random.below(4)] }.joined()
            let expected = ReferencePattern.firstMatch(node, Array(line.unicodeScalars))
            let bytes = Array(line.utf8)
            let found = try LinearPattern(node.text).firstMatch(in: bytes[...])
            let asScalars = found.map { range in
                String(decoding: bytes[..<range.lowerBound], as: UTF8.self).unicodeScalars
                    .count..<String(decoding: bytes[..<range.upperBound], as: UTF8.self).unicodeScalars.count
            }
            #expect(asScalars == expected, "\(node.text) in «\(line)»")
            guard asScalars == expected else { return }
        }
    }
}

/// A pattern matched as its definition says, in whatever time that takes.
private indirect enum ReferencePattern {
    case scalar(Unicode.Scalar)
    case any
    case start
    case end
    case sequence(ReferencePattern, ReferencePattern)
    case choice(ReferencePattern, ReferencePattern)
    case repetition(ReferencePattern, least: Int, most: Int?)

    static func random(_ random: inout SmallRandom, depth: Int) -> ReferencePattern {
        let leaf = depth == 0 || random.below(4) == 0
        switch leaf ? random.below(8) : 8 + random.below(7) {
        case 0...2: return .scalar("a")
        case 3: return .scalar("b")
        case 4, 5: return .scalar("あ")
        case 6: return .any
        case 7: return random.below(2) == 0 ? .start : .end
        case 8, 9, 10: return .sequence(self.random(&random, depth: depth - 1), self.random(&random, depth: depth - 1))
        case 11, 12: return .choice(self.random(&random, depth: depth - 1), self.random(&random, depth: depth - 1))
        default:
            let least = random.below(3)
            let most = [nil, least, least + 1, least + 2][random.below(4)]
            return .repetition(self.random(&random, depth: depth - 1), least: least, most: most)
        }
    }

    var text: String {
        switch self {
        case .scalar(let scalar): String(scalar)
        case .any: "."
        case .start: "^"
        case .end: "$"
        case .sequence(let a, let b): "(?:\(a.text))(?:\(b.text))"
        case .choice(let a, let b): "(?:\(a.text)|\(b.text))"
        case .repetition(let node, let least, let most): "(?:\(node.text)){\(least),\(most.map(String.init) ?? "")}"
        }
    }

    static func firstMatch(_ node: ReferencePattern, _ line: [Unicode.Scalar]) -> Range<Int>? {
        for start in 0...line.count {
            if let end = node.ends(line, start).max() { return start..<end }
        }
        return nil
    }

    private func ends(_ line: [Unicode.Scalar], _ at: Int) -> Set<Int> {
        switch self {
        case .scalar(let scalar): return at < line.count && line[at] == scalar ? [at + 1] : []
        case .any: return at < line.count ? [at + 1] : []
        case .start: return at == 0 ? [at] : []
        case .end: return at == line.count ? [at] : []
        case .sequence(let a, let b): return a.ends(line, at).reduce(into: []) { $0.formUnion(b.ends(line, $1)) }
        case .choice(let a, let b): return a.ends(line, at).union(b.ends(line, at))
        case .repetition(let node, let least, let most):
            var current: Set<Int> = [at]
            for _ in 0..<least { current = current.reduce(into: []) { $0.formUnion(node.ends(line, $1)) } }
            var all = current
            for _ in 0..<(most.map { $0 - least } ?? line.count + 1) {
                current = current.reduce(into: []) { $0.formUnion(node.ends(line, $1)) }
                all.formUnion(current)
            }
            return all
        }
    }
}

/// The same numbers on every machine.
private struct SmallRandom {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func below(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % limit
    }
}
