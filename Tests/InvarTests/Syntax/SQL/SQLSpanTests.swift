import Testing

@testable import InvarSyntax

@Suite struct SQLSpanTests {
    @Test func anActionReachesFromItsKeywordToTheEndOfWhatItNames() {
        #expect(
            story("ALTER TABLE app.users\n  DROP COLUMN IF EXISTS \"eMail\" CASCADE,\n  ADD note text NOT NULL;\nDROP TABLE a, b CASCADE;") == [
                "dropColumn app.users.email «DROP COLUMN IF EXISTS \"eMail\"»",
                "addColumn app.users.note «ADD note»",
                "dropTable a «DROP TABLE a»",
                "dropTable b «DROP TABLE a, b»",
            ])
    }

    @Test func offsetsCountBytesAlsoBehindJapaneseAndCarriageReturns() {
        #expect(story("-- 列を消す\r\nALTER TABLE 顧客 DROP COLUMN 氏名;\r\n") == ["dropColumn 顧客.氏名 «DROP COLUMN 氏名»"])
    }

    @Test func aByteOrderMarkAndFullWidthSpacesAreWhiteSpace() {
        #expect(story("\u{FEFF}DROP\u{3000}TABLE\u{A0}t;") == ["dropTable t «DROP\u{3000}TABLE\u{A0}t»"])
    }

    @Test func aRangeOfAFileKeepsThePositionsOfTheFile() {
        let bytes = Array("DROP TABLE a; DROP TABLE b; DROP TABLE c;".utf8)
        let script = SQLScript.read(bytes, range: 14..<27)
        #expect(script.actions.map(\.span) == [14..<26])
    }

    @Test func namesLoseQuotesCaseAndTheDefaultSchema() {
        #expect(
            outline("DROP TABLE public.\"Users\", `Db`.`T`, [dbo].[My Table], \"a\"\"b\";") == [
                "dropTable users", "dropTable db.t", "dropTable my table", "dropTable a\"b",
            ])
    }

    @Test func aNameWithoutASchemaDenotesTheSameInAnySchema() {
        #expect(SQLName("t").denotes(SQLName("t", schema: "app")))
        #expect(!SQLName("t", schema: "a").denotes(SQLName("t", schema: "b")))
        #expect(SQLName("t", schema: "public") == SQLName("t"))
    }

    @Test func editsOfSpaceCommentsAndCaseChangeNoTokens() {
        func same(_ a: String, _ b: String) -> Bool { SQLScript.haveSameTokens(Array(a.utf8), Array(b.utf8)) }
        #expect(same("DROP TABLE t; -- old", "drop\n  table t /* new */;"))
        #expect(!same("DROP TABLE t;", "DROP TABLE t, u;"))
        #expect(!same("SELECT 'a'", "SELECT 'A'"))
        #expect(!same("SELECT a", "SELECT a;"))
    }
}
