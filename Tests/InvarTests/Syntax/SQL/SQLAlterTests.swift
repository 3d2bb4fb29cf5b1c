import Testing

@testable import InvarSyntax

@Suite struct SQLAlterTests {
    @Test func postgreSQLDropsAndRenames() {
        #expect(
            outline("ALTER TABLE IF EXISTS ONLY t DROP a, DROP COLUMN b, RENAME c TO d, RENAME TO u;", .postgresql) == [
                "dropColumn t.a", "dropColumn t.b", "renameColumn t.c → d", "renameTable t → u",
            ])
    }

    @Test func constraintsAndIndexesAreNoColumns() {
        #expect(
            outline("ALTER TABLE t DROP CONSTRAINT a, DROP INDEX b, DROP KEY c, DROP PRIMARY KEY, DROP FOREIGN KEY d, DROP CHECK e, DROP PARTITION p;", .mysql)
                == ["dropConstraint t.a", "dropIndex t.b", "dropIndex t.c", "dropConstraint t", "dropConstraint t.d", "dropConstraint t.e"])
        #expect(
            outline("ALTER TABLE t RENAME CONSTRAINT a TO b, RENAME INDEX c TO d, RENAME KEY e TO f;") == [
                "renameConstraint t.a → b", "renameIndex t.c → d", "renameIndex t.e → f",
            ])
    }

    @Test func wordsOfTheLanguageCanBeColumns() {
        #expect(
            outline("ALTER TABLE t DROP COLUMN key, DROP COLUMN type, RENAME COLUMN index TO to_, DROP value;") == [
                "dropColumn t.key", "dropColumn t.type", "renameColumn t.index → to_", "dropColumn t.value",
            ])
    }

    @Test func typesAreChangedInEveryDialect() {
        #expect(
            outline("ALTER TABLE t ALTER a TYPE text, ALTER COLUMN b SET DATA TYPE bigint USING b::bigint;", .postgresql) == [
                "changeType t.a", "changeType t.b",
            ])
        #expect(
            outline("ALTER TABLE t MODIFY a TEXT NOT NULL, CHANGE COLUMN b c INT, CHANGE d d INT;", .mysql) == [
                "changeType t.a", "renameColumn t.b → c", "changeType t.c", "changeType t.d",
            ])
        #expect(outline("ALTER TABLE t ALTER COLUMN a nvarchar(20) NOT NULL", .sqlserver) == ["changeType t.a"])
        #expect(outline("ALTER TABLE t MODIFY (a VARCHAR2(20), b NUMBER)", .oracle) == ["changeType t.a", "changeType t.b"])
        #expect(outline("ALTER TABLE t MODIFY COLUMN a UInt64, MODIFY ORDER BY a, MODIFY TTL b", .clickhouse) == ["changeType t.a"])
    }

    @Test func nullsAndDefaultsAreSetAndDropped() {
        #expect(
            outline("ALTER TABLE t ALTER a SET NOT NULL, ALTER b DROP NOT NULL, ALTER c SET DEFAULT 1, ALTER d DROP DEFAULT, ALTER e DROP EXPRESSION;") == [
                "setNotNull t.a", "dropNotNull t.b", "setDefault t.c", "dropDefault t.d", "dropExpression t.e",
            ])
    }

    @Test func columnsComeInParenthesesAndInSQLServersLists() {
        #expect(outline("ALTER TABLE t ADD (a int, b text), ADD c int;", .mysql) == ["addColumn t.a", "addColumn t.b", "addColumn t.c"])
        #expect(outline("ALTER TABLE t DROP (a, b)", .oracle) == ["dropColumn t.a", "dropColumn t.b"])
        #expect(outline("ALTER TABLE t DROP COLUMN a, b", .sqlserver) == ["dropColumn t.a", "dropColumn t.b"])
        #expect(outline("ALTER TABLE t ADD a int, b int NULL", .sqlserver) == ["addColumn t.a", "addColumn t.b"])
    }

    @Test func optionsBehindACommaAreNoColumns() {
        #expect(outline("ALTER TABLE t ON CLUSTER c ADD COLUMN a String SETTINGS x = 1, y = 2;", .clickhouse) == ["addColumn t.a"])
        #expect(outline("ALTER TABLE t ADD COLUMN a int, ALGORITHM=INPLACE, LOCK=NONE;", .mysql) == ["addColumn t.a"])
    }

    @Test func clickHouseChangesRowsInAlterTable() {
        #expect(outline("ALTER TABLE t DELETE WHERE a = 1; ALTER TABLE t UPDATE b = 2 WHERE a = 1;", .clickhouse) == ["delete t", "update t"])
    }

    @Test func constraintsSayWhetherTheyLookAtTheRows() {
        let sql = """
            ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (id) NOT VALID,
              ADD CONSTRAINT q UNIQUE USING INDEX i, ADD UNIQUE (b) USING INDEX TABLESPACE s,
              ADD CONSTRAINT n CHECK ((c IS NOT NULL)) NOT VALID, ADD CHECK (d > 0), ADD PRIMARY KEY (e), VALIDATE CONSTRAINT f;
            """
        let constraints = SQLScript.read(Array(sql.utf8), dialect: .postgresql).actions.compactMap(\.constraint)
        #expect(
            constraints == [
                SQLConstraint(.foreignKey, name: "f", columns: ["a"], references: SQLName("u"), isNotValid: true),
                SQLConstraint(.unique, name: "q", usesIndex: true),
                SQLConstraint(.unique, columns: ["b"]),
                SQLConstraint(.check, name: "n", columns: ["c"], isNotValid: true, requiredColumn: "c"),
                SQLConstraint(.check, columns: ["d"]),
                SQLConstraint(.primaryKey, columns: ["e"]),
            ])
        #expect(outline(sql).last == "validateConstraint t.f")
    }

    @Test func mySQLAddsKeysAndIndexes() {
        #expect(
            outline("ALTER TABLE t ADD INDEX i (a), ADD KEY (b), ADD UNIQUE KEY u (c), ADD FULLTEXT INDEX f (d), ADD key varchar(9);", .mysql) == [
                "createIndex t.i", "createIndex t", "addConstraint t.u", "createIndex t.f", "addColumn t.key",
            ])
    }

    @Test func typesDomainsAndOtherObjectsAreAltered() {
        #expect(
            outline(
                """
                ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'; ALTER TYPE mood ADD VALUE IF NOT EXISTS 'meh' AFTER 'ok'; ALTER TYPE mood RENAME TO mood2;
                ALTER TYPE pair DROP ATTRIBUTE x, ADD ATTRIBUTE y int; ALTER DOMAIN d DROP CONSTRAINT c; ALTER SCHEMA a RENAME TO b;
                ALTER INDEX i RENAME TO j; ALTER SEQUENCE s RENAME TO s2; ALTER FUNCTION f(int, text) RENAME TO g;
                """, .postgresql) == [
                    "renameEnumValue mood.sad → blue", "addEnumValue mood.meh", "renameObject type mood → mood2", "dropAttribute pair.x",
                    "addAttribute pair.y", "dropConstraint domain d.c", "renameObject schema a → b", "renameIndex.i → j",
                    "renameObject sequence s → s2", "renameObject function f → g",
                ])
    }

    @Test func tablesAreRenamedInOtherWaysToo() {
        #expect(outline("RENAME TABLE a TO b, c TO d;", .mysql) == ["renameTable a → b", "renameTable c → d"])
        #expect(outline("EXCHANGE TABLES a AND b;", .clickhouse) == ["renameTable a → b", "renameTable b → a"])
        #expect(
            outline("EXEC sp_rename 'dbo.a', 'b'; EXEC sp_rename '[dbo].[t].[c]', 'd', 'COLUMN';", .sqlserver) == [
                "renameTable a → b", "renameColumn t.c → d",
            ])
        #expect(outline("ALTER TABLE a RENAME b;", .mysql) == ["renameTable a → b"])
    }

    @Test func partitionsComeAndGo() {
        #expect(
            outline("ALTER TABLE t ATTACH PARTITION p DEFAULT; ALTER TABLE t DETACH PARTITION p CONCURRENTLY;") == [
                "attachPartition t.p", "detachPartition t.p",
            ])
    }
}
