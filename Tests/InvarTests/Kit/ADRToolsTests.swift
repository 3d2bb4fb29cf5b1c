import Foundation
import InvarKit
import Testing

/// The interface of adr-tools, in a folder of its own.
@Suite struct ADRToolsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func run(_ words: String..., environment: [String: String] = [:], below: String = "") -> ADRTools.Answer {
        var environment = environment
        environment["ADR_DATE"] = environment["ADR_DATE"] ?? "2026-03-01"
        return ADRTools(ADRTools.Surroundings(environment: environment, workingFolder: folder.path + below)).run(words)
    }

    private func text(_ answer: ADRTools.Answer) -> String { String(decoding: answer.output, as: UTF8.self) }

    private func file(_ name: String) throws -> String {
        String(decoding: try FileSystem.read(folder.path + "/" + name), as: UTF8.self)
    }

    private func record(_ number: Int, _ title: String, status: String = "Accepted\n\n", end: String = "## Context\n") -> String {
        "# \(number). \(title)\n\nDate: 2026-01-01\n\n## Status\n\n\(status)\(end)"
    }

    @Test func aRecordIsFoundAsGrepWouldFindIt() throws {
        for (number, name) in [(1, "use-http2"), (2, "b"), (12, "c")] {
            try folder.write("doc/adr/00\(number < 10 ? "0" : "")\(number)-\(name).md", record(number, name))
        }
        // The first in the list that holds the words anywhere, also in its name.
        for (reference, found) in [("2", "0001-use-http2"), ("0002", "0002-b"), ("12", "0012-c"), ("adr/0.*-b", "0002-b"), ("^doc.*c\\.md$", "0012-c")] {
            let answer = run("link", reference, "See", "12", "Seen by")
            #expect(answer.status == 0 && answer.errors.isEmpty)
            #expect(
                try file("doc/adr/\(found).md").hasSuffix("See [12. c](0012-c.md)\n\n\(found == "0012-c" ? "Seen by [12. c](0012-c.md)\n\n" : "")## Context\n"))
        }
        for reference in ["9", "a\\(b", "[", "x\\1", "*"] { #expect(run("link", reference, "See", "12", "Seen by").status == 1) }
    }

    @Test func linksMayGoRoundAndBackToThemselves() throws {
        for number in 1...3 { try folder.write("doc/adr/000\(number)-r.md", record(number, "R\(number)")) }
        for (source, target) in [("1", "0002"), ("0002", "0003"), ("0003", "1"), ("1", "1")] {
            #expect(run("link", source, "Needs", target, "Needed by").status == 0)
        }
        #expect(
            text(run("generate", "graph")).components(separatedBy: "  }\n").last == """
                  _1 -> _2 [label="Needs", weight=0]
                  _1 -> _1 [label="Needs", weight=0]
                  _2 -> _3 [label="Needs", weight=0]
                  _3 -> _1 [label="Needs", weight=0]
                }

                """)
    }

    @Test func ofSeveralReadingsOfALinkTheLongestCounts() throws {
        let lines = [
            "Amends [3. A](0003-a.md)", "see [1. x](0001-x.md), amends [4. B (old)](0004-b.md) (partly)", "Amended by [5. C](0005-c.md)", "[6. D](0006-d.md)",
            "of [none](http://example.com/7)", "zero [z](0000.md)", "# not [8. E](0008-e.md)",
        ]
        try folder.write("doc/adr/0002-x.md", record(2, "X", status: lines.joined(separator: "\n") + "\n\n"))
        #expect(
            text(run("generate", "graph", "-p", "p/", "-e", ".txt")) == """
                digraph {
                  node [shape=plaintext];
                  subgraph {
                    _2 [label="2. X"; URL="p/0002-x.txt"];
                    _1 -> _2 [style="dotted", weight=1];
                  }
                  _2 -> _3 [label="Amends", weight=0]
                  _2 -> _4 [label="see [1. x](0001-x.md), amends", weight=0]
                }

                """)
    }

    @Test(arguments: ["\n", "\r\n"])
    func aSupersededRecordLosesItsStatusAndNothingElse(newline: String) throws {
        let old = record(
            1, "Old", status: "\n\nAccepted\n\nAccepted with care\n\n  \n\n\nAccepted\n", end: "### Notes\n\n    kept\n\n\n## Context\n\nkept\n\n\n\n")
        try folder.write("doc/adr/0001-old.md", old.replacingOccurrences(of: "\n", with: newline))
        #expect(text(run("new", "-s", "1", "New")) == "doc/adr/0002-new.md\n")
        let expected =
            record(
                1, "Old", status: "Accepted with care\n\n  \n\n",
                end: "Superceded by [2. New](0002-new.md)\n\n### Notes\n\n    kept\n\n\n## Context\n\nkept\n\n\n\n")
        #expect(try file("doc/adr/0001-old.md") == expected.replacingOccurrences(of: "\n", with: newline))
    }

    @Test func whereOneFileCannotBeWrittenNoneIs() throws {
        try folder.write("doc/adr/0001-a.md", record(1, "A"))
        try folder.write("doc/adr/0002-b.md", record(2, "B"))
        chmod(folder.path + "/doc/adr/0002-b.md", 0o444)
        #expect(run("link", "1", "Amends", "2", "Amended by").errors == "ERROR: doc/adr/0002-b.md is read-only: nothing was written\n")
        #expect(run("new", "-s", "1", "-s", "2", "C").status == 1)
        #expect(try file("doc/adr/0001-a.md") == record(1, "A"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/doc/adr").sorted() == ["0001-a.md", "0002-b.md"])
    }

    @Test func theFolderIsWhereTheNearestSettingSays() throws {
        try folder.write("a/.adr-dir", "  records here \r\n")
        try folder.write("a/b/c/x.txt", "")
        #expect(text(run("new", "One", below: "/a/b/c")) == "../../records here/0001-one.md\n")
        try folder.write("a/b/.adr-dir", folder.path + "/elsewhere\n")
        #expect(text(run("new", "Two", below: "/a/b/c")) == folder.path + "/elsewhere/0001-two.md\n")
        #expect(text(run("list", below: "/a")) == "records here/0001-one.md\n")
        let nowhere = run("generate", "toc", below: "/a/b/../..")
        #expect(text(nowhere) == "The doc/adr directory does not exist\n" && nowhere.status == 1)
    }

    @Test func numbersGoOnWhateverBearsThem() throws {
        try folder.write("doc/adr/0007-gap.md", record(7, "Gap"))
        try folder.write("doc/adr/00011-notes.txt", "")
        #expect(text(run("new", "Twelfth")) == "doc/adr/0012-twelfth.md\n")
        try folder.write("doc/adr/9999-last.md", record(9999, "Last"))
        #expect(text(run("new", "-l", "9999:Follows:Followed by", "Beyond")) == "doc/adr/10000-beyond.md\n")
        #expect(try file("doc/adr/10000-beyond.md").hasPrefix("# 10000. Beyond\n"))
        try folder.write("doc/adr/99999999999999999999-far.md", "")
        #expect(run("new", "Too far").errors == "ERROR: doc/adr holds the number 99999999999999999999, no number can follow it\n")
    }

    @Test(arguments: [
        ("Something About Node.JS", "something-about-node-js"), ("--a__b--", "a-b"), ("冪等キーを必須にする", ""), ("Redis を使う 2", "redis-2"),
        ("Émile's café", "mile-s-caf"),
    ])
    func namesKeepLettersAndDigitsOfASCII(title: String, slug: String) throws {
        #expect(text(run("new", "--", title)) == "doc/adr/0001-\(slug).md\n")
        #expect(try file("doc/adr/0001-\(slug).md").hasPrefix("# 1. \(title)\n"))
    }

    @Test func aTemplatesWordsAreFilledInOnceALine() throws {
        try folder.write("t.md", "# NUMBER NUMBER TITLE\r\nSTATUS DATE TITLE DATE\n\nend without break NUMBER")
        #expect(run("new", "The STATUS & | \\1 of TITLE on DATE NUMBER", environment: ["ADR_TEMPLATE": "t.md"]).status == 0)
        #expect(
            try file("doc/adr/0001-the-status-1-of-title-on-date-number.md")
                == "# 1 NUMBER The STATUS & | \\1 of TITLE on DATE NUMBER\r\nAccepted 2026-03-01 The STATUS & | \\1 of TITLE on DATE NUMBER DATE\n\nend without break 1"
        )
    }

    @Test func optionsOfTheTableOfContentsStandAnywhere() throws {
        try folder.write("doc/adr/0001-a.md", "\u{FEFF}# 1. A\r\n")
        try folder.write("doc/adr/0002-empty.md", "")
        try folder.write("doc/adr/0003-日本語.md", "題\n")
        try folder.write("doc/adr/0004-old.md.bak", "# 4. Kept")
        try folder.write("doc/adr/0005-folder.md/x.md", "")
        try folder.write("doc/adr/notes.md", "")
        try folder.write("in.md", "before")
        #expect(
            text(run("generate", "toc", "word", "-px/", "more", "-o", "in.md", "-i", "in.md", "--", "-p", "y/")) == """
                # Architecture Decision Records

                before
                * [1. A](x/0001-a.md)
                * [](x/0002-empty.md)
                * [](x/0003-日本語.md)
                * [4. Kept](x/0004-old.md.bak)

                before
                """)
        #expect(run("generate", "toc", "-p").errors == "getopt: option requires an argument -- 'p'\n")
        #expect(run("generate", "toc", "--prefix").errors == "getopt: unrecognized option '--prefix'\n")
    }

    @Test func oldDatesAreUpgradedOnceALine() throws {
        let old = "Date: 31/12/2016 Date: 01/02/2017\r\nDate: 1/2/2017\nDate:  01/02/2017\nx Date: aa/bb/cccc Date: 01/02/2017\nDate: 01/02/201"
        try folder.write("doc/adr/0001-a.md", old)
        #expect(run("upgrade-repository").status == 0)
        #expect(
            try file("doc/adr/0001-a.md")
                == "Date: 2016-12-31 Date: 01/02/2017\r\nDate: 1/2/2017\nDate:  01/02/2017\nx Date: aa/bb/cccc Date: 2017-02-01\nDate: 01/02/201")
    }

    @Test func aTitleOfSeveralLinesIsRefused() throws {
        #expect(run("new", "two\nlines").errors == "ERROR: a title is one line\n")
        #expect(run("init", "--help").status == 1 && run("init", "a\nb").status == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
}
