import Testing

@testable import InvarSyntax

@Suite struct SQLDataTests {
    private func data(_ sql: String, _ dialect: SQLDialect = .unknown) -> SQLData? {
        SQLScript.read(Array(sql.utf8), dialect: dialect).actions.first?.data
    }

    @Test func deletesSayWhatNarrowsThem() {
        #expect(data("DELETE FROM t")?.touchesAllRows == true)
        #expect(data("DELETE FROM t WHERE a = 1 AND u.b IN (SELECT c FROM d)")?.whereColumns == ["a", "b", "c", "d"])
        #expect(data("DELETE FROM t USING u WHERE t.id = u.id")?.isNarrowed == true)
        #expect(data("DELETE FROM t LIMIT 10", .mysql)?.touchesAllRows == false)
        #expect(data("DELETE t FROM t JOIN u ON t.a = u.a", .mysql)?.touchesAllRows == false)
        #expect(data("DELETE FROM t WHERE 1 = 0")?.constantCondition == false)
        #expect(data("DELETE FROM t WHERE true")?.touchesAllRows == true)
        #expect(data("DELETE FROM t WHERE type = 'x'")?.whereColumns == ["type"])
    }

    @Test func updatesSayWhatTheySet() {
        #expect(
            data("UPDATE t AS x SET a = 1, b = NULL, c = c + 1, d = x.d || 'y', e = lower(e), f = other.f, g = now() WHERE h IS NULL")
                == SQLData(
                    whereColumns: ["h"], whereNullColumns: ["h"],
                    assignments: [
                        .init("a"), .init("b", isNull: true), .init("c", readsItself: true, isRelative: true, isConstant: false),
                        .init("d", readsItself: true, isRelative: true, isConstant: false), .init("e", readsItself: true, isConstant: false),
                        .init("f", isConstant: false), .init("g", isConstant: false),
                    ]))
        #expect(data("UPDATE t SET done = NOT done")?.assignments == [.init("done", readsItself: true, isRelative: true, isConstant: false)])
        #expect(data("UPDATE t SET a = u.a FROM u WHERE t.id = u.id")?.isNarrowed == true)
        #expect(data("UPDATE t JOIN u ON t.id = u.id SET t.a = 1", .mysql)?.isNarrowed == true)
    }

    @Test(arguments: [
        ("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING", SQLData.Conflict.skips),
        ("INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = excluded.a", .updates),
        ("INSERT IGNORE INTO t VALUES (1)", .skips), ("INSERT OR IGNORE INTO t VALUES (1)", .skips),
        ("INSERT OR REPLACE INTO t VALUES (1)", .replaces), ("REPLACE INTO t VALUES (1)", .replaces),
        ("INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = 1", .updates),
        ("INSERT INTO t SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM t)", .guarded),
        ("INSERT INTO t SELECT a FROM u EXCEPT SELECT a FROM t", .guarded),
    ])
    func insertsSayWhatTheyDoWithARowThatIsThere(sql: String, conflict: SQLData.Conflict) {
        #expect(data(sql)?.conflict == conflict)
    }

    @Test func plainInsertsHaveNoGuard() {
        #expect(data("INSERT INTO t (a, \"B\") VALUES (1, 'ON CONFLICT')") == SQLData(source: .values, columns: ["a", "b"]))
        #expect(data("INSERT INTO t (a) SELECT x FROM u JOIN v ON true") == SQLData(source: .query, reads: [SQLName("u"), SQLName("v")], columns: ["a"]))
        #expect(data("COPY t FROM '/data.csv'") == SQLData(source: .file))
        #expect(data("LOAD DATA LOCAL INFILE 'f' INTO TABLE t", .mysql) == SQLData(source: .file))
    }

    @Test func queriesThatWriteBelowACommonTableExpressionAreActions() {
        #expect(outline("WITH gone AS (DELETE FROM a RETURNING *), x AS MATERIALIZED (SELECT 1) INSERT INTO b SELECT * FROM gone") == ["delete a", "insert b"])
        #expect(outline("WITH x AS (SELECT 1) SELECT * FROM x") == [])
    }

    @Test func truncateNamesSeveralTables() {
        let script = SQLScript.read(Array("TRUNCATE TABLE ONLY a, b RESTART IDENTITY CASCADE".utf8))
        #expect(outline(script) == ["truncate a", "truncate b"])
        #expect(script.actions.map(\.flags) == [.cascade, .cascade])
    }

    @Test func copyToAFileChangesNothing() {
        #expect(outline("COPY t TO '/x'; COPY (SELECT 1) TO stdout;") == [])
    }
}
