import Testing

@testable import InvarSyntax

@Suite struct SQLHistoryTests {
    private func script(_ sql: String) -> SQLScript { SQLScript.read(Array(sql.utf8)) }

    @Test func whatAScriptCreatesIsItsOwn() {
        let script = script("CREATE TABLE a (x int); ALTER TABLE a DROP COLUMN x; ALTER TABLE b ADD y int; ALTER TABLE b DROP y; ALTER TABLE b DROP z;")
        let lifespan = SQLLifespan(script)
        let own = script.actions.enumerated().map { lifespan.isNew($1.name, of: $1.table, before: $0) }
        #expect(own == [false, true, false, true, false])
    }

    @Test func droppingBeforeCreatingDropsWhatWasThere() {
        let script = script("DROP TABLE a; CREATE TABLE a (x int); DROP TABLE a;")
        let lifespan = SQLLifespan(script)
        #expect(script.actions.indices.map { lifespan.isNew(SQLName("a"), before: $0) } == [false, false, true])
    }

    @Test func ownTablesStayOwnUnderAnotherName() {
        let script = script("CREATE TEMP TABLE a (x int); ALTER TABLE a RENAME TO b; DROP TABLE b;")
        let lifespan = SQLLifespan(script)
        #expect(lifespan.isNew(SQLName("b"), before: 2))
        #expect(lifespan.isTemporary(SQLName("b"), before: 2))
        #expect(!lifespan.isNew(SQLName("a"), before: 2))
    }

    @Test(arguments: [
        "DROP VIEW v; CREATE VIEW v AS SELECT 1;", "ALTER TABLE t DROP COLUMN c; ALTER TABLE t ADD COLUMN c int;",
        "ALTER TABLE t RENAME a TO b; ALTER TABLE t ADD a int;", "ALTER TABLE t RENAME TO u; CREATE VIEW t AS SELECT * FROM u;",
        "ALTER TABLE t DROP CONSTRAINT c; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);", "DROP INDEX i; CREATE INDEX i ON t (a);",
        "DROP TRIGGER tr ON t; CREATE TRIGGER tr AFTER INSERT ON t EXECUTE FUNCTION f();",
    ])
    func whatIsPutBackIsKnown(sql: String) {
        #expect(SQLLifespan(script(sql)).isPutBack(0))
    }

    @Test(arguments: [
        "DROP VIEW v; CREATE VIEW w AS SELECT 1;", "DROP VIEW v; CREATE FUNCTION v() RETURNS int AS 'SELECT 1';",
        "ALTER TABLE t DROP COLUMN c; ALTER TABLE u ADD COLUMN c int;", "CREATE VIEW v AS SELECT 1; DROP VIEW v;",
    ])
    func whatOnlyLooksLikeItIsNotPutBack(sql: String) {
        #expect(!SQLLifespan(script(sql)).isPutBack(0))
    }

    @Test(arguments: [
        "CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;",
        "ALTER TABLE t RENAME TO o; CREATE TABLE t (a int); INSERT INTO t (a) SELECT a FROM o; DROP TABLE o;",
        "PRAGMA foreign_keys=OFF; CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t; ALTER TABLE t RENAME TO o; ALTER TABLE n RENAME TO t; DROP TABLE o;",
        "CREATE TEMPORARY TABLE b AS SELECT * FROM t; DROP TABLE t; CREATE TABLE t (a int); INSERT INTO t SELECT a FROM b; DROP TABLE b;",
    ])
    func aTableThatIsBuiltAnewIsRecognized(sql: String) {
        var history = SchemaHistory()
        history.apply(script("CREATE TABLE t (a int, b int);"))
        let rebuilds = SQLRebuild.all(in: script(sql))
        #expect(rebuilds.map(\.table) == [SQLName("t")])
        #expect(rebuilds.map { $0.actions.count } == [2])
        #expect(rebuilds.map { $0.lostColumns(history) } == [["b"]])
    }

    @Test func aTableThatIsReplacedWithoutItsRowsIsNotRebuilt() {
        #expect(SQLRebuild.all(in: script("CREATE TABLE n (a int); DROP TABLE t; ALTER TABLE n RENAME TO t;")) == [])
    }

    @Test func historyFollowsColumnsConstraintsAndIndexes() {
        var history = SchemaHistory()
        history.apply(script("CREATE TABLE t (a varchar(20), b int); CREATE UNIQUE INDEX i ON t (a);"))
        history.apply(
            script(
                """
                ALTER TABLE t RENAME a TO c; ALTER TABLE t ALTER c TYPE text; ALTER TABLE t RENAME TO u;
                ALTER TABLE u ADD CONSTRAINT n CHECK (b IS NOT NULL) NOT VALID;
                """))
        #expect(history.column("c", of: SQLName("u"))?.type == SQLType("text"))
        #expect(history.table(SQLName("t")) == nil)
        #expect(history.index("i")?.index == SQLIndex(columns: ["a"], isUnique: true))
        #expect(!history.isKnownNotNull("b", of: SQLName("u")))
        history.apply(script("ALTER TABLE u VALIDATE CONSTRAINT n;"))
        #expect(history.isKnownNotNull("b", of: SQLName("u")))
    }

    @Test(arguments: [
        ("CREATE TABLE t (a int);", "DROP TABLE t;"), ("CREATE TABLE app.t (a int);", "DROP SCHEMA app CASCADE;"),
        ("CREATE TABLE p PARTITION OF t DEFAULT;", "DROP TABLE t CASCADE;"), ("ALTER TABLE t ADD a int;", "ALTER TABLE t DROP a;"),
        ("ALTER TABLE t DROP a;", "ALTER TABLE t ADD a int;"), ("DROP TABLE t;", "CREATE TABLE t (a int);"),
        ("ALTER TABLE t RENAME TO u;", "ALTER TABLE u RENAME TO t;"), ("ALTER TABLE t RENAME a TO b;", "ALTER TABLE t RENAME b TO a;"),
        ("CREATE TABLE t (a int); DROP TABLE t;", "SELECT 1;"), ("CREATE TABLE t (a int); ALTER TABLE t RENAME TO u;", "DROP TABLE u;"),
        ("ALTER TABLE t ADD a int;", "DO $$ BEGIN ALTER TABLE t DROP a; END $$;"),
        ("ALTER TABLE t ADD a int;", "CREATE TABLE n (b int); INSERT INTO n SELECT b FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;"),
        ("ALTER TABLE t ADD a int; ALTER TABLE t RENAME a TO b;", "ALTER TABLE t DROP b;"), ("DROP TABLE t;", "{{ .Undo }}"),
    ])
    func aWayBackUndoes(up: String, down: String) {
        #expect(SQLUndo(down: script(down)).missing(in: script(up)) == [])
    }

    @Test(arguments: [
        ("CREATE TABLE t (a int); CREATE TABLE u (a int);", "DROP TABLE t;", [1]), ("ALTER TABLE t ADD a int, ADD b int;", "ALTER TABLE t DROP b;", [0]),
        ("ALTER TABLE t DROP a;", "ALTER TABLE t ADD b int;", [0]), ("DROP TABLE t;", "SELECT 1;", [0]),
        ("ALTER TABLE t RENAME a TO b;", "ALTER TABLE u RENAME b TO a;", [0]),
    ])
    func aWayBackThatForgetsSomethingIsToldWhat(up: String, down: String, missing: [Int]) {
        #expect(SQLUndo(down: script(down)).missing(in: script(up)) == missing)
    }
}
