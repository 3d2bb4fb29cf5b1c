import Testing

@testable import InvarSyntax

/// Input that is made to hurt. That a test ends at all is part of what it says.
@Suite struct SQLTortureTests {
    @Test func twentyThousandParenthesesHideNothing() {
        let nest = String(repeating: "(", count: 20_000) + "1" + String(repeating: ")", count: 20_000)
        #expect(outline("SELECT \(nest); ALTER TABLE t DROP COLUMN c;") == ["dropColumn t.c"])
        #expect(outline("ALTER TABLE t ALTER a SET DEFAULT \(nest), DROP COLUMN c;") == ["setDefault t.a", "dropColumn t.c"])
        #expect(outline("SELECT " + String(repeating: "(", count: 20_000) + "; DROP TABLE t;") == ["dropTable t"])
    }

    @Test func aLongLiteralAndALongStatementHideNothing() {
        let literal = String(repeating: "x", count: 1_000_000)
        #expect(outline("INSERT INTO t VALUES ('\(literal)'); DROP TABLE u;") == ["insert t", "dropTable u"])
        let rows = String(repeating: "(1,'a'),", count: 200_000)
        let script = SQLScript.read(Array("INSERT INTO t VALUES \(rows)(1,'b') ON CONFLICT DO NOTHING; DROP TABLE u;".utf8))
        #expect(outline(script) == ["insert t", "dropTable u"])
        #expect(script.actions.first?.data?.conflict == .skips)
    }

    @Test func aStatementOfTooManyTokensSaysSo() {
        let script = SQLScript.read(Array(("SELECT " + String(repeating: "a,", count: 600_000) + "b; DROP TABLE t;").utf8))
        #expect(script.problems.map(\.kind) == [.statementTooLong])
        #expect(outline(script) == ["dropTable t"])
    }

    @Test(arguments: ["/*", "$a", "$a$", "{{", "[", "(", ")", "'", "\"", "`", "\\", "BEGIN ", "CASE ", "END ", "DO $$", ":a", ";", "\0", "-", "#", "E'"])
    func manyOfOneMarkDoNoHarm(mark: String) {
        for dialect in SQLDialect.allCases {
            _ = SQLScript.read(Array(String(repeating: mark, count: 20_000).utf8), dialect: dialect)
        }
    }

    @Test func bytesThatAreNoTextDoNoHarm() {
        #expect(outline(SQLScript.read([0xFF, 0x00, 0x80] + Array("; DROP TABLE t;".utf8) + [0xC3])) == ["dropTable t"])
        let invalid = Array("ALTER TABLE t DROP COLUMN ".utf8) + [0xFF, 0xFE] + Array(";".utf8)
        #expect(outline(SQLScript.read(invalid)) == ["dropColumn t.\u{FFFD}\u{FFFD}"])
    }

    /// Cuts, doubles and swaps pieces of valid scripts; the seed makes every run the same.
    @Test func brokenScriptsNeverCrash() {
        let seeds = [
            "ALTER TABLE IF EXISTS ONLY a.\"b\" ADD COLUMN IF NOT EXISTS c numeric(10,2)[] NOT NULL DEFAULT (1+2), DROP CONSTRAINT x, RENAME TO y;",
            "CREATE TABLE t (a int PRIMARY KEY, CONSTRAINT c FOREIGN KEY (a) REFERENCES u (b) ON DELETE SET NULL, CHECK ((a IS NOT NULL)));",
            "WITH x AS (DELETE FROM t USING u WHERE a = 1 RETURNING *) INSERT INTO v (a, b) SELECT * FROM x ON CONFLICT (a) DO UPDATE SET b = v.b + 1;",
            "DO $q$ BEGIN IF a THEN EXECUTE format('DROP TABLE %I', 'x'); END IF; END $q$; CREATE TRIGGER t BEGIN UPDATE a SET b = CASE c WHEN 1 THEN 2 END; END;",
            "DELIMITER //\nCREATE PROCEDURE p() BEGIN DROP TABLE a; END//\nDELIMITER ;\nCOPY t FROM stdin;\n1\n\\.\nEXEC sp_rename 'a.b', 'c', 'COLUMN'",
            "MERGE INTO t USING u ON (a) WHEN MATCHED THEN UPDATE SET b = 1; RENAME TABLE a TO b; TRUNCATE a, b CASCADE; {{ if x }} DROP VIEW v {{ end }};",
        ].map { Array($0.utf8) }
        var state: UInt64 = 20_261_124
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(truncatingIfNeeded: state >> 33) % max(1, bound)
        }
        for _ in 0..<20_000 {
            var bytes = seeds[random(seeds.count)]
            for _ in 0..<1 + random(4) {
                let at = random(bytes.count)
                switch random(4) {
                case 0: bytes.removeSubrange(at..<min(bytes.count, at + random(12)))
                case 1: bytes.insert(contentsOf: seeds[random(seeds.count)].prefix(random(40)), at: at)
                case 2: bytes.insert(UInt8(truncatingIfNeeded: random(256)), at: at)
                default: bytes = Array(bytes.prefix(at))
                }
            }
            let script = SQLScript.read(bytes, dialect: SQLDialect.allCases[random(SQLDialect.allCases.count)])
            let isInside = script.actions.allSatisfy { $0.span.lowerBound >= 0 && $0.span.upperBound <= bytes.count }
            #expect(isInside)
            _ = SQLUndo(down: script).missing(in: script)
        }
    }
}
