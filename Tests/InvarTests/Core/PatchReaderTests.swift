import InvarCore
import Testing

@Suite struct PatchReaderTests {
    private func read(_ text: String) -> Patch { PatchReader.read(Array(text.utf8)) }

    /// `old new mark text` of every line.
    private func lines(_ file: Patch.File) -> [String] {
        file.hunks.flatMap(\.lines).map { line in
            let mark = line.kind == .added ? "+" : line.kind == .removed ? "-" : " "
            return "\(line.old.map(String.init) ?? "_") \(line.new.map(String.init) ?? "_") \(mark)\(line.text)"
        }
    }

    @Test func `a hunk gives every line its number on both sides`() {
        let patch = read(
            """
            diff --git a/x.sql b/x.sql
            index 1..2 100644
            --- a/x.sql
            +++ b/x.sql
            @@ -3,4 +3,3 @@ CREATE TABLE t (
               a int,
            -  b int,
            --- c
            +  b bigint,
               d int

            """)
        #expect(patch.problems == [])
        #expect(patch.files.map(\.path) == ["x.sql"])
        #expect(lines(patch.files[0]) == ["3 3    a int,", "4 _ -  b int,", "5 _ --- c", "_ 4 +  b bigint,", "6 5    d int"])
        #expect(patch.files[0].hunks[0].heading == "CREATE TABLE t (")
        let change = patch.change(base: "main").files["x.sql"]
        #expect(change == Change.FileChange(kind: .modified, lines: [4...4], deletedAfter: [3]))
    }

    @Test func `without context the line after which something went is known from the header`() {
        let patch = read("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -5,2 +4,0 @@\n-a\n-b\n@@ -9 +6 @@\n-c\n+d\n")
        #expect(patch.change(base: "").files["x"] == Change.FileChange(kind: .modified, lines: [6...6], deletedAfter: [4, 5]))
    }

    @Test func `new, deleted, renamed, binary, empty and mode-only files and submodules are told apart`() {
        let patch = read(
            """
            diff --git a/new b/new
            new file mode 100644
            --- /dev/null
            +++ b/new
            @@ -0,0 +1 @@
            +x
            \\ No newline at end of file
            diff --git a/old b/old
            deleted file mode 100644
            --- a/old
            +++ /dev/null
            @@ -1 +0,0 @@
            -x
            diff --git a/a.txt b/b.txt
            similarity index 90%
            rename from a.txt
            rename to b.txt
            --- a/a.txt
            +++ b/b.txt
            @@ -1 +1 @@
            -x
            +y
            diff --git a/p.png b/p.png
            index 1..2 100644
            Binary files a/p.png and b/p.png differ
            diff --git a/run.sh b/run.sh
            old mode 100644
            new mode 100755
            diff --git a/empty b/empty
            new file mode 100644
            index 0000000..e69de29
            diff --git a/lib b/lib
            index 1..2 160000
            --- a/lib
            +++ b/lib
            @@ -1 +1 @@
            -Subproject commit 1
            +Subproject commit 2

            """)
        #expect(patch.problems == [])
        #expect(
            patch.files.map { "\($0.path) \($0.oldPath ?? "-") \($0.kind) \($0.content)" } == [
                "new - added text", "old - deleted text", "b.txt a.txt renamed text", "p.png - modified binary", "run.sh - modified mode",
                "empty - added nothing",
                "lib - modified submodule",
            ])
        #expect(patch.change(base: "").files["lib"] == nil)
    }

    @Test func `a file that several patches in a row change is a problem, not a pass`() {
        let once = "diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+x\n"
        let patch = PatchReader.read(Array((once + once).utf8))
        #expect(patch.files.map(\.path) == ["n", "n"])
        #expect(patch.problems.map(\.message) == ["n is changed more than once; give one diff of it all"])
        #expect(PatchReader.read(Array(once.utf8)).problems.isEmpty)
    }

    @Test func `quoted paths, plain diffs, CRLF and lost blanks are read`() {
        #expect(
            read(
                "diff --git \"a/\\345\\217\\260\\t.sql\" \"b/\\345\\217\\260\\t.sql\"\n--- \"a/\\345\\217\\260\\t.sql\"\n+++ \"b/\\345\\217\\260\\t.sql\"\n@@ -1 +1 @@\n-a\n+b\n"
            ).files.map(\.path) == ["台\t.sql"])
        #expect(
            read("--- old/x.txt\t2026-01-01 00:00:00\n+++ new/x.txt\t2026-01-02 00:00:00\n@@ -1 +1 @@\n-a\n+b\n--- y\n+++ y\n@@ -1 +1 @@\n-a\n+b\n").files.map(
                \.path) == ["new/x.txt", "y"])
        let patch = read("diff --git a/x b/x\r\n--- a/x\r\n+++ b/x\r\n@@ -1,3 +1,3 @@\r\n a\r\n\r\n-b\r\n+c\r\n")
        #expect(patch.problems == [])
        #expect(lines(patch.files[0]) == ["1 1  a\r", "2 2  ", "3 _ -b\r", "_ 3 +c\r"])
    }

    @Test func `a merge's combined diff has the new side's numbers`() {
        let patch = read(
            """
            diff --cc x.py
            index 1,2..3
            --- a/x.py
            +++ b/x.py
            @@@ -1,3 -1,2 +1,4 @@@ def f():
              a
            - b
            ++c
            ++d
              e

            """)
        #expect(patch.problems == [])
        #expect(lines(patch.files[0]) == ["1 1  a", "2 _ -b", "_ 2 +c", "_ 3 +d", "3 4  e"])
    }

    @Test func `what is malformed is reported with its line, and the rest is read`() {
        let patch = read(
            """
            @@ -1 +1 @@
            diff --git a/x b/x
            --- a/x
            +++ b/x
            @@ -1,99999999999999999999 +1 @@
            @@ -1,3 +1,3 @@
             a
            diff --git a/../../etc/passwd b/../../etc/passwd
            --- a/../../etc/passwd
            +++ b/../../etc/passwd
            @@ -1 +1 @@
            -a
            +b
            diff --git a/y b/y
            --- a/y
            +++ b/y
            @@ -1 +1 @@
            -a
            +b

            """)
        #expect(patch.files.map(\.path) == ["x", "y"])
        #expect(
            patch.problems == [
                Patch.Problem(line: 1, message: "a hunk belongs to no file"), Patch.Problem(line: 5, message: "the header of a hunk cannot be read"),
                Patch.Problem(line: 8, message: "a hunk ends before all its lines are there"),
                Patch.Problem(line: 0, message: "a file's name cannot be read, or leads out of the root"),
            ])
    }

    @Test func `a patch is put on and taken off, also where lines have moved`() throws {
        let file = try #require(read("--- a/x\n+++ b/x\n@@ -2,2 +2,2 @@\n b\n-c\n+C\n").files.first)
        #expect(PatchApplication.apply(file, to: Array("a\nb\nc\nd".utf8), .forth) == Array("a\nb\nC\nd".utf8))
        #expect(PatchApplication.apply(file, to: Array("0\n0\na\nb\nc\n".utf8), .forth) == Array("0\n0\na\nb\nC\n".utf8))
        #expect(PatchApplication.apply(file, to: Array("a\nb\nC\n".utf8), .back) == Array("a\nb\nc\n".utf8))
        #expect(PatchApplication.apply(file, to: Array("a\nB\nc\n".utf8), .forth) == nil)
    }
}
