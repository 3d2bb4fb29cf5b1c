import Testing

@testable import InvarSyntax

@Suite struct SQLObjectTests {
    @Test func everyKindOfObjectIsDropped() {
        #expect(
            outline(
                """
                DROP VIEW a, b; DROP MATERIALIZED VIEW c; DROP TYPE d; DROP SCHEMA e CASCADE; DROP SEQUENCE f; DROP FUNCTION g(int), h(text, text);
                DROP PROCEDURE i; DROP DOMAIN j; DROP EXTENSION k; DROP TRIGGER l ON m; DROP POLICY n ON o; DROP DATABASE p; DROP EVENT q; DROP ROLE r;
                """) == [
                    "dropObject view a", "dropObject view b", "dropObject materializedView c", "dropObject type d", "dropObject schema e",
                    "dropObject sequence f", "dropObject function g", "dropObject function h", "dropObject procedure i", "dropObject domain j",
                    "dropObject extension k", "dropObject trigger m.l", "dropObject policy o.n", "dropObject database p", "dropObject event q",
                    "dropObject role r",
                ])
    }

    @Test func indexesAreCreatedAndDropped() {
        let script = SQLScript.read(
            Array(
                """
                CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY app.t USING btree (a, lower(b) DESC, c(10)); CREATE INDEX ON u (d);
                DROP INDEX CONCURRENTLY i, j; DROP INDEX k ON v; REINDEX TABLE w; REINDEX INDEX CONCURRENTLY x;
                REINDEX (VERBOSE, CONCURRENTLY) TABLE y; REINDEX SYSTEM z;
                CREATE INDEX m ON n (o) ALGORITHM=COPY;
                """.utf8))
        #expect(
            outline(script) == [
                "createIndex app.t.i", "createIndex u", "dropIndex.i", "dropIndex.j", "dropIndex v.k", "reindex w", "reindex.x", "reindex y",
                "createIndex n.m",
            ])
        #expect(
            script.actions.compactMap(\.index) == [
                SQLIndex(columns: ["a", "c"], isUnique: true), SQLIndex(columns: ["d"]), SQLIndex(columns: ["o"], blocksByOption: true),
            ])
        #expect(script.actions.map { $0.flags.contains(.concurrently) } == [true, false, true, true, false, false, true, true, false])
    }

    @Test func creationsOfObjectsAreNamed() {
        #expect(
            outline(
                """
                CREATE OR REPLACE VIEW a AS SELECT 1; CREATE TYPE b AS ENUM ('x'); CREATE DEFINER = `r`@`%` TRIGGER c BEFORE INSERT ON d FOR EACH ROW SET @x = 1;
                CREATE POLICY e ON f USING (true); CREATE SCHEMA IF NOT EXISTS g; CREATE EXTENSION "uuid-ossp"; CREATE MATERIALIZED VIEW h AS SELECT 1;
                """) == [
                    "createObject view a", "createObject type b", "createObject trigger d.c", "createObject policy f.e", "createObject schema g",
                    "createObject extension uuid-ossp", "createObject materializedView h",
                ])
    }

    @Test func sqlServerNeedsNoSemicolons() {
        #expect(
            outline("CREATE TABLE a (x int)\nALTER TABLE b\n  DROP COLUMN c\nIF EXISTS (SELECT 1)\n  DROP TABLE d\nEXEC p\n", .sqlserver) == [
                "createTable a", "dropColumn b.c", "dropTable d",
            ])
    }

    @Test func dialectsAreToldByTheirWords() {
        func dialect(_ sql: String) -> SQLDialect { SQLDialect.Cues(Array(sql.utf8)).dialect }
        #expect(dialect("CREATE TABLE `t` (`a` INT AUTO_INCREMENT) ENGINE=InnoDB") == .mysql)
        #expect(dialect("CREATE TABLE t (a bigserial, b jsonb)") == .postgresql)
        #expect(dialect("DO $$ BEGIN END $$") == .postgresql)
        #expect(dialect("CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)") == .sqlite)
        #expect(dialect("CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a") == .clickhouse)
        #expect(dialect("CREATE TABLE [t] ([a] nvarchar(20))\nGO\n") == .sqlserver)
        #expect(dialect("CREATE TABLE t (a int)") == .unknown)
        #expect(dialect("-- `x` `y` jsonb '`'\nSELECT 1") == .unknown)
        #expect(SQLDialect.named(inPath: "db/mysql/migrations/1_x.sql") == .mysql)
        #expect(SQLDialect.named(inPath: "db/1_x.sqlite3.up.sql") == .sqlite)
        #expect(SQLDialect.named(inPath: "db/page/1_x.sql") == nil)
    }
}
