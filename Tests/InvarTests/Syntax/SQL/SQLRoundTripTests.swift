import Testing

@testable import InvarSyntax

@Suite struct SQLRoundTripTests {
    private func script(_ sql: String, _ dialect: SQLDialect = .postgresql) -> SQLScript { SQLScript.read(Array(sql.utf8), dialect: dialect) }

    private func trip(before: String, up: String, down: String, _ dialect: SQLDialect = .postgresql) -> SQLRoundTrip {
        var history = SchemaHistory()
        history.apply(script(before, dialect))
        return SQLRoundTrip(up: script(up, dialect), down: script(down, dialect), dialect: dialect, before: history)
    }

    private func told(_ trip: SQLRoundTrip) -> [String] {
        trip.differences.map { difference in
            let missing = difference.missing.map { " -" + $0.name }.joined()
            return "\(difference.table)" + (difference.isGone ? " gone" : missing + difference.extra.map { " +" + $0.name }.joined())
        } + (trip.refusal.map { ["\($0.table) held by \($0.dependent)"] } ?? [])
    }

    @Test(
        arguments: [
            ("ALTER TABLE t ADD c int;", "ALTER TABLE t DROP c;", []), ("DROP TABLE t; CREATE TABLE t (z int);", "DROP TABLE t;", ["t gone"]),
            ("DROP TABLE t;", "CREATE TABLE t (a int, b int, c int);", ["t +c"]), ("DROP TABLE t;", "CREATE TABLE t (a int);", ["t -b"]),
            ("ALTER TABLE t RENAME TO u; ALTER TABLE u ADD c int;", "ALTER TABLE u DROP c; ALTER TABLE u RENAME TO t;", []),
            ("ALTER TABLE t DROP COLUMN IF EXISTS c;", "ALTER TABLE t ADD c int;", []),
            ("ALTER TABLE t ADD c int;", "ALTER TABLE t DROP c; ALTER TABLE t ADD d int;", ["t +d"]),
            ("ALTER TABLE t ADD c int;", "DO $$ BEGIN ALTER TABLE t DROP b; END $$;", []),
            ("ALTER TABLE t ADD c int;", "{{ if .Old }} SELECT 1; {{ end }}", []),
            ("ALTER TYPE k RENAME TO k_old;", "DROP TYPE k_old CASCADE;", []), ("DROP SCHEMA app CASCADE;", "DROP TABLE t;", []),
        ] as [(String, String, [String])])
    func whatIsDifferentAfterwardsIsTold(up: String, down: String, expected: [String]) {
        #expect(told(trip(before: "CREATE TABLE t (a int, b int);", up: up, down: down)) == expected)
    }

    @Test func whatHasATypeGoesWithIt() {
        #expect(
            told(
                trip(
                    before: "CREATE TYPE k AS ENUM ('x'); CREATE TABLE t (a int, b k);", up: "ALTER TABLE t ADD c int;",
                    down: "ALTER TABLE t DROP c; DROP TYPE k CASCADE;"))
                == ["t -b"])
    }

    @Test(
        arguments: [
            ("DROP TABLE p; DROP TABLE c;", .postgresql, ["p held by c"]), ("DROP TABLE p CASCADE; DROP TABLE c;", .postgresql, []),
            ("DROP TABLE c, p;", .postgresql, []),
            ("DROP TABLE c; DROP TABLE p;", .postgresql, []), ("ALTER TABLE c DROP CONSTRAINT c_p_fkey; DROP TABLE p; DROP TABLE c;", .postgresql, []),
            ("ALTER TABLE c DROP COLUMN p; DROP TABLE p; DROP TABLE c;", .postgresql, []), ("DROP TABLE p; DROP TABLE c;", .sqlite, []),
            ("SET FOREIGN_KEY_CHECKS = 0; DROP TABLE p; DROP TABLE c;", .mysql, []), ("DROP TABLE p; DROP TABLE c;", .mysql, ["p held by c"]),
        ] as [(String, SQLDialect, [String])])
    func dropsAreRefusedByForeignKeys(down: String, dialect: SQLDialect, expected: [String]) {
        let up = "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int, p int REFERENCES p (id));"
        #expect(told(trip(before: "", up: up, down: down, dialect)) == expected)
    }

    @Test func foreignKeysFollowATableThatIsRenamed() {
        let before = "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE c (a int REFERENCES a (id));"
        let up = "ALTER TABLE a RENAME TO z; CREATE TABLE a (id int); ALTER TABLE c ADD b int;"
        #expect(told(trip(before: before, up: up, down: "ALTER TABLE c DROP b; DROP TABLE a; ALTER TABLE z RENAME TO a;")) == [])
    }

    @Test func dropsAreRefusedByIndexesInSQLite() {
        let up = "ALTER TABLE t ADD c int; CREATE INDEX t_c ON t (a, c);"
        let before = "CREATE TABLE t (a int, b int);"
        #expect(told(trip(before: before, up: up, down: "ALTER TABLE t DROP COLUMN c;", .sqlite)) == ["t held by t_c"])
        #expect(told(trip(before: before, up: up, down: "DROP INDEX t_c; ALTER TABLE t DROP COLUMN c;", .sqlite)) == [])
        #expect(told(trip(before: before, up: up, down: "ALTER TABLE t DROP COLUMN c;")) == [])
    }

    @Test func aPartOfTheHistoryHoldsWhatAScriptNames() {
        var history = SchemaHistory()
        history.apply(script("CREATE TABLE a (x int); CREATE TABLE b (x int); CREATE INDEX b_x ON b (x); CREATE TABLE c (x int);"))
        let part = history.restricted(to: script("ALTER TABLE a RENAME TO d; DROP INDEX b_x;"), and: ["c"])
        #expect(part.tableNames == ["a", "b", "c"])
        #expect(part.indexes(on: "x", of: SQLName("b")) == ["b_x"])
        #expect(history.restricted(to: script("SELECT 1;")).isEmpty)
    }
}
