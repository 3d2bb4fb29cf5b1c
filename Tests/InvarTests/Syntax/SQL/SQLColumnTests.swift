import Testing

@testable import InvarSyntax

@Suite struct SQLColumnTests {
    private func column(_ definition: String, _ dialect: SQLDialect = .unknown) -> SQLColumn? {
        SQLScript.read(Array("ALTER TABLE t ADD COLUMN \(definition);".utf8), dialect: dialect).actions.first?.column
    }

    @Test func typesKeepTheirWordsAndNumbers() {
        #expect(column("a character varying(20)")?.type == SQLType("character varying", [20]))
        #expect(column("a timestamp(3) with time zone NOT NULL")?.type == SQLType("timestamp with time zone", [3]))
        #expect(column("a numeric(10, 2)[]")?.type == SQLType("numeric", [10, 2], isArray: true))
        #expect(column("a bigint unsigned COMMENT 'x'")?.type == SQLType("bigint unsigned"))
        #expect(column("a enum('x', 'y')")?.type == SQLType("enum", text: "'x','y'"))
        #expect(column("a LowCardinality(Nullable(String))")?.type == SQLType("lowcardinality", text: "Nullable(String)"))
        #expect(column("a app.\"Mood\"")?.type == SQLType("mood"))
        #expect(column("a")?.type == nil)
    }

    @Test func aColumnIsRequiredIfNothingFillsItIn() {
        #expect(column("a int NOT NULL")?.isRequired == true)
        #expect(column("a serial NOT NULL")?.isRequired == true)
        #expect(column("a int NOT NULL DEFAULT 0")?.isRequired == false)
        #expect(column("a int DEFAULT (1 + 2) NOT NULL")?.isRequired == false)
        #expect(column("a int GENERATED ALWAYS AS IDENTITY NOT NULL")?.isRequired == false)
        #expect(column("a int NOT NULL GENERATED ALWAYS AS (b * 2) STORED")?.isRequired == false)
        #expect(column("a int CHECK (a IS NOT NULL)")?.isRequired == false)
        #expect(column("a int REFERENCES u (id) ON DELETE SET NULL")?.isRequired == false)
    }

    @Test func whatAColumnBringsAlongIsNoted() {
        #expect(column("a bigserial PRIMARY KEY") == SQLColumn("a", SQLType("bigserial"), [.serial, .primaryKey]))
        #expect(column("a int UNIQUE REFERENCES app.u ON DELETE CASCADE") == SQLColumn("a", SQLType("int"), .unique, references: SQLName("u", schema: "app")))
        #expect(column("a int AUTO_INCREMENT NOT NULL") == SQLColumn("a", SQLType("int"), [.serial, .notNull]))
        #expect(column("a uuid NOT NULL DEFAULT gen_random_uuid()") == SQLColumn("a", SQLType("uuid"), [.notNull, .hasDefault, .defaultsToCall]))
        #expect(column("a int DEFAULT NULL") == SQLColumn("a", SQLType("int"), [.hasDefault, .defaultsToNull]))
        #expect(column("a int AS (b + 1) VIRTUAL", .mysql) == SQLColumn("a", SQLType("int"), .generatedVirtual))
        #expect(column("a int GENERATED ALWAYS AS (b) STORED") == SQLColumn("a", SQLType("int"), .generatedStored))
    }

    @Test func wideningIsToldFromNarrowing() {
        func widens(_ old: SQLType, _ new: SQLType, _ dialect: SQLDialect = .postgresql) -> Bool { old.isWidened(by: new, dialect: dialect) }
        #expect(widens(SQLType("varchar", [20]), SQLType("character varying", [40])))
        #expect(!widens(SQLType("varchar", [40]), SQLType("varchar", [20])))
        #expect(widens(SQLType("varchar", [40]), SQLType("text")))
        #expect(!widens(SQLType("text"), SQLType("varchar", [40])))
        #expect(widens(SQLType("numeric", [10, 2]), SQLType("decimal", [12, 2])))
        #expect(!widens(SQLType("numeric", [10, 2]), SQLType("numeric", [12, 3])))
        #expect(!widens(SQLType("int"), SQLType("bigint")))
        #expect(widens(SQLType("cidr"), SQLType("inet")))
        #expect(widens(SQLType("timestamp", [3]), SQLType("timestamp", [6])))
        #expect(widens(SQLType("varchar", [20]), SQLType("varchar", [63]), .mysql))
        #expect(!widens(SQLType("varchar", [20]), SQLType("varchar", [64]), .mysql))
        #expect(widens(SQLType("varchar", [64]), SQLType("varchar", [255]), .mysql))
    }

    @Test func aTableIsReadWithItsColumnsAndConstraints() {
        let sql = """
            CREATE TABLE IF NOT EXISTS app.t (
              id bigint PRIMARY KEY, name varchar(20) NOT NULL DEFAULT 'a,b)', -- , c int
              KEY by_name (name), CONSTRAINT n UNIQUE (name), FOREIGN KEY (id) REFERENCES u (id), LIKE v INCLUDING ALL
            ) ENGINE = InnoDB;
            """
        #expect(
            SQLScript.read(Array(sql.utf8)).actions.first?.createdTable
                == SQLTable(
                    columns: [SQLColumn("id", SQLType("bigint"), .primaryKey), SQLColumn("name", SQLType("varchar", [20]), [.notNull, .hasDefault])],
                    constraints: [
                        SQLConstraint(.unique, name: "n", columns: ["name"]), SQLConstraint(.foreignKey, columns: ["id"], references: SQLName("u")),
                    ],
                    sources: [SQLName("v")]))
    }

    @Test func tablesAreBornFromQueriesToo() {
        let sources = ["CREATE TABLE a AS SELECT * FROM b", "CREATE TEMP TABLE a AS (SELECT * FROM b)", "SELECT * INTO a FROM b"].map {
            SQLScript.read(Array($0.utf8)).actions.first?.createdTable
        }
        #expect(
            sources == [
                SQLTable(sources: [SQLName("b")], isFilled: true), SQLTable(isTemporary: true, sources: [SQLName("b")], isFilled: true),
                SQLTable(sources: [SQLName("b")], isFilled: true),
            ])
    }
}
