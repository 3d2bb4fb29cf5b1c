import Testing

@testable import InvarSyntax

@Suite struct MigrationFileTests {
    private func read(_ path: String, _ text: String) -> MigrationFile? { MigrationFile.read(path: path, bytes: Array(text.utf8)) }

    private func sketch(_ file: MigrationFile?) -> String {
        guard let file else { return "none" }
        return "\(file.layout.rawValue) \(file.transaction.rawValue) \(file.wayBack.rawValue) | \(outline(file.up).joined(separator: ", "))"
            + " | \(outline(file.down).joined(separator: ", "))"
    }

    @Test func sectionsTellTheWays() {
        #expect(
            sketch(
                read("db/1_x.sql", "-- +goose Up\n-- +goose StatementBegin\nDROP TABLE a;\n-- +goose StatementEnd\n-- +goose Down\nCREATE TABLE a (x int);\n"))
                == "goose wrapped given | dropTable a | createTable a")
        #expect(sketch(read("db/1_x.sql", "-- +goose NO TRANSACTION\n-- +goose Up\nDROP TABLE a;\n")) == "goose unwrapped missing | dropTable a | ")
        #expect(
            sketch(read("x.sql", "-- +migrate Up notransaction\r\nDROP TABLE a;\r\n-- +migrate Down\r\nDROP TABLE b;\r\n-- +migrate Up\r\nDROP TABLE c;"))
                == "sqlMigrate unwrapped given | dropTable a, dropTable c | dropTable b")
        #expect(
            sketch(read("x.sql", "-- migrate:up transaction:false\nDROP TABLE a;\n-- migrate:down\n")) == "dbmate unwrapped given | dropTable a | ")
        #expect(
            sketch(read("conf/evolutions/1.sql", "# --- !Ups\nDROP TABLE a;\n# --- !Downs\nDROP TABLE b;"))
                == "evolutions wrapped given | dropTable a | dropTable b")
    }

    @Test func aFileOfTheWayBackHasNoWayForth() {
        #expect(sketch(read("m/1_x/down.sql", "DROP TABLE a;")) == "diesel wrapped given |  | dropTable a")
        #expect(sketch(read("db/migrations/1_x_rollback.sql", "DROP TABLE a;")) == "plain unknown given |  | dropTable a")
        #expect(read("revert/x.sql", "DROP TABLE a;")?.isForth == false)
    }

    @Test func scriptsOutsideMigrationsAreNone() {
        #expect(sketch(read("queries/report.sql", "DROP TABLE a;")) == "none")
        #expect(sketch(read("conf/app.xml", "<beans/>")) == "none")
        #expect(sketch(read("conf/app.yaml", "a: 1")) == "none")
        #expect(sketch(read("app/migrations/helpers.py", "def f(): pass")) == "none")
    }

    @Test func aFirstLineCanForbidTheTransaction() {
        #expect(read("m/1_x.up.sql", "-- no-transaction\nDROP TABLE a;")?.transaction == .unwrapped)
        #expect(read("m/20200402142539_x.postgres.autocommit.up.sql", "DROP TABLE a;")?.transaction == .unwrapped)
    }

    @Test func changeLogsInSQLKeepTheirWayBackInComments() {
        let text = """
            --liquibase formatted sql
            --changeset me:1 dbms:postgresql runInTransaction:false
            ALTER TABLE t DROP COLUMN c;
            --rollback ALTER TABLE t ADD COLUMN c int;
            --changeset me:2
            DROP TABLE u;
            --changeset me:3 runOnChange:true
            DELETE FROM v;
            --rollback not required
            """
        let file = read("db/a.sql", text)
        #expect(sketch(file) == "liquibase wrapped missing | dropColumn t.c, dropTable u, delete v | addColumn t.c")
        #expect(
            file?.changeSets.map { "\($0.id) \($0.wayBack.rawValue) \($0.isRepeatable) \($0.isUnwrapped)" } == [
                "me:1 given false true", "me:2 missing false false", "me:3 declaredEmpty true false",
            ])
        let span = file?.changeSets.first?.down.actions.first?.span ?? 0..<0
        #expect(String(decoding: Array(text.utf8)[span], as: UTF8.self) == "ADD COLUMN c")
    }

    @Test func changeLogsInXMLAreRead() {
        let file = read(
            "db/a.xml",
            """
            <?xml version="1.0"?>
            <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
              <!-- <changeSet id="0"><dropTable tableName="no"/></changeSet> -->
              <changeSet id="1" author="me">
                <addColumn tableName="T"><column name="A" type="varchar(20)"><constraints nullable="false"/></column></addColumn>
              </changeSet>
              <changeSet id="2" author="me" runInTransaction="false">
                <dropColumn tableName="t" columnName="b"/><rollback><addColumn tableName="t"><column name="b" type="int"/></addColumn></rollback>
              </changeSet>
              <changeSet id="3" author="me"><sql>DELETE FROM t WHERE a &lt; 1; <![CDATA[DROP TABLE u;]]></sql><rollback/></changeSet>
              <changeSet id="4" author="me"><dropTable tableName="v"/></changeSet>
            </databaseChangeLog>
            """)
        #expect(sketch(file) == "liquibase wrapped missing | addColumn t.a, dropColumn t.b, delete t, dropTable u, dropTable v | addColumn t.b")
        #expect(file?.changeSets.map { "\($0.id) \($0.wayBack.rawValue)" } == ["me:1 derived", "me:2 given", "me:3 declaredEmpty", "me:4 missing"])
        #expect(file?.up.actions.first?.column == SQLColumn("a", SQLType("varchar", [20]), .notNull))
    }

    @Test func changeLogsInYAMLAreRead() {
        let file = read(
            "db/a.yaml",
            """
            databaseChangeLog:
              - changeSet:
                  id: 1
                  author: me
                  changes:
                    - renameColumn: {tableName: t, oldColumnName: a, newColumnName: b}
                    - addColumn:
                        tableName: t
                        columns:
                          - column: {name: c, type: int, constraints: {nullable: false}}
              - changeSet:
                  id: 2
                  author: me
                  changes:
                    - sql: {sql: "DROP TABLE u"}
                  rollback:
                    - sql: {sql: "CREATE TABLE u (a int)"}
            """)
        #expect(sketch(file) == "liquibase wrapped given | renameColumn t.a → b, addColumn t.c, dropTable u | createTable u")
        #expect(file?.changeSets.map { "\($0.id) \($0.wayBack.rawValue)" } == ["me:1 derived", "me:2 given"])
        #expect(file?.up.actions.map { $0.column?.isRequired ?? false } == [false, true, false])
    }

    @Test(arguments: ["<databaseChangeLog><changeSet id='1'", "<databaseChangeLog><!--", "<databaseChangeLog><a b=<c", "<databaseChangeLog></x></y>"])
    func brokenXMLNeverCrashes(text: String) {
        _ = read("a.xml", text)
    }

    @Test func anActionRunsInTheTransactionOfItsToolOrItsScript() {
        func inTransaction(_ path: String, _ text: String) -> [Bool] {
            guard let file = read(path, text) else { return [] }
            return file.up.actions.map(file.runsInTransaction)
        }
        #expect(inTransaction("m/1_x/up.sql", "CREATE INDEX CONCURRENTLY i ON t (a);") == [true])
        #expect(inTransaction("m/1_x.up.sql", "CREATE INDEX CONCURRENTLY i ON t (a);") == [false])
        #expect(inTransaction("m/1_x.up.sql", "CREATE INDEX i ON t (a); CREATE INDEX j ON t (b);") == [true, true])
        #expect(inTransaction("db/V1__x.sql", "BEGIN; CREATE INDEX i ON t (a); COMMIT; CREATE INDEX j ON t (b);") == [true, false])
    }
}
