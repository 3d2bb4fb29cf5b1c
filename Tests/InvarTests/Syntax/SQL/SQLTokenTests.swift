import Testing

@testable import InvarSyntax

@Suite struct SQLTokenTests {
    @Test(arguments: [
        "-- DROP TABLE t;", "/* DROP TABLE t; */", "SELECT 'DROP TABLE t;'", "SELECT 'it''s; DROP TABLE t;'", "SELECT $$; DROP TABLE t; $$",
        "SELECT $q$ $$; DROP TABLE t; $q$", "# DROP TABLE t;", "\\echo DROP TABLE t;", "{# DROP TABLE t; #}", "{{/* DROP TABLE t; */}}",
        "COMMENT ON TABLE t IS '; DROP TABLE t;'", "INSERT INTO \"; DROP TABLE t;\" VALUES (1)", "SELECT 1 -- it's; DROP TABLE t;",
    ])
    func nothingInACommentStringOrClientCommandIsAStatement(sql: String) {
        #expect(outline(sql).filter { $0.hasPrefix("drop") } == [])
        #expect(problems(sql) == [])
    }

    @Test func commentsEndAtALoneCarriageReturnWhereTheServerSaysSo() {
        let text = "-- note\rDROP TABLE a;"
        #expect(outline(text, .postgresql) == ["dropTable a"])
        #expect(outline(text) == ["dropTable a"])
        #expect(outline(text, .mysql) == [])
        #expect(outline(text, .sqlite) == [])
    }

    @Test func commentsNestInPostgreSQLOnly() {
        let sql = "/* a /* b */ DROP TABLE inner_; */ DROP TABLE t;"
        #expect(outline(sql, .postgresql) == ["dropTable t"])
        #expect(outline(sql, .mysql) == ["dropTable inner_", "dropTable t"])
    }

    @Test func aBackslashEscapesOnlyWhereTheDialectSaysSo() {
        #expect(outline("SELECT 'a\\'; DROP TABLE t; -- '", .mysql) == [])
        #expect(outline("SELECT 'a\\'; DROP TABLE t; -- '", .postgresql) == ["dropTable t"])
        #expect(outline("SELECT E'a\\'; DROP TABLE t; -- '; DROP TABLE u", .postgresql) == ["dropTable u"])
    }

    @Test func anUnknownDialectIsReadWithEscapesIfOnlyThenItsStringsEnd() {
        #expect(outline("INSERT INTO t VALUES ('it\\'s'); DROP TABLE u;") == ["insert t", "dropTable u"])
        #expect(problems("INSERT INTO t VALUES ('it\\'s'); DROP TABLE u;") == [])
    }

    @Test func whatMySQLExecutesInACommentIsRead() {
        #expect(outline("/*!40000 DROP TABLE t */;", .mysql) == ["dropTable t"])
        #expect(outline("/*!40000 DROP TABLE t */;", .postgresql) == [])
    }

    @Test func dashesNeedASpaceInMySQL() {
        #expect(outline("--split\nDROP TABLE t;\n--split\nDROP TABLE u;", .mysql) == ["dropTable t", "dropTable u"])
        #expect(outline("UPDATE t SET a = 5--1; DROP TABLE u;", .mysql) == ["update t", "dropTable u"])
    }

    @Test func aDelimiterEndsStatementsInsteadOfTheSemicolon() {
        #expect(
            outline("DELIMITER //\nCREATE PROCEDURE p() BEGIN DELETE FROM a; DROP TABLE b; END//\nDELIMITER ;\nDROP TABLE c;", .mysql) == [
                "createObject procedure p", "delete a [routine]", "dropTable b [routine]", "dropTable c",
            ])
        #expect(outline("DELIMITER $$\nDROP TABLE a$$\nDROP TABLE b$$", .mysql) == ["dropTable a", "dropTable b"])
    }

    @Test func theDelimiterOfCopyIsNoClientCommand() {
        #expect(outline("COPY t FROM '/f'\n  DELIMITER ','\n  CSV;\nDROP TABLE u;") == ["insert t", "dropTable u"])
    }

    @Test func rowsOfCopyAreNoStatements() {
        #expect(outline("COPY t (a) FROM stdin;\nDROP TABLE x;\nit's\n\\.\nDROP TABLE u;") == ["insert t", "dropTable u"])
    }

    @Test func copyRowsWithoutTheirEndAreAProblemButTheRestIsRead() {
        #expect(outline("COPY t FROM stdin;\nDROP TABLE u;") == ["insert t", "dropTable u"])
        #expect(problems("COPY t FROM stdin;\nDROP TABLE u;") == [SQLProblem(kind: .unterminatedCopy, offset: 0)])
    }

    @Test func templatesStandForNames() {
        #expect(outline("DROP TABLE {{ index .Options \"Namespace\" }}.users;") == ["dropTable {{ index .options \"namespace\" }}.users"])
        #expect(outline("DROP TABLE {{prefix}}_users; DROP TABLE ${schema}.b;") == ["dropTable {{prefix}}_users", "dropTable ${schema}.b"])
        #expect(SQLScript.read(Array("SELECT {{ x }}".utf8)).hasTemplates)
    }

    @Test func templateControlTagsAreWhiteSpace() {
        #expect(
            outline("{{ if .X }}DROP TABLE a;{{ else }}DROP TABLE b;{{- end }}{% if y %}DROP TABLE c;{% endif %}") == [
                "dropTable a", "dropTable b", "dropTable c",
            ])
    }

    @Test func goAloneOnALineEndsAStatement() {
        #expect(outline("DROP TABLE a\nGO\nDROP TABLE b\ngo") == ["dropTable a", "dropTable b"])
    }

    @Test func bracketsQuoteNamesButAlsoMakeArrays() {
        #expect(outline("ALTER TABLE [a b] DROP COLUMN [c d];") == ["dropColumn a b.c d"])
        #expect(outline("ALTER TABLE t ADD c int[] DEFAULT ARRAY['x']; SELECT a[1]; DROP TABLE u;", .postgresql) == ["addColumn t.c", "dropTable u"])
    }

    @Test func whatNeverEndsIsAProblemWhereItBegins() {
        #expect(problems("SELECT 1; SELECT 'abc") == [SQLProblem(kind: .unterminatedString, offset: 17)])
        #expect(problems("SELECT \"abc") == [SQLProblem(kind: .unterminatedString, offset: 7)])
        #expect(problems("SELECT `abc") == [SQLProblem(kind: .unterminatedName, offset: 7)])
        #expect(problems("SELECT 1 /* abc") == [SQLProblem(kind: .unterminatedComment, offset: 9)])
        #expect(problems("DO $x$ BEGIN END $y$") == [SQLProblem(kind: .unterminatedDollarQuote, offset: 3)])
        #expect(problems("SELECT {{ abc") == [SQLProblem(kind: .unterminatedTemplate, offset: 7)])
    }
}
