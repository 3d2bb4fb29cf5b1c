import Testing

@testable import InvarSyntax

@Suite struct SQLBodyTests {
    @Test func doBodiesAreReadInPlace() {
        let sql = """
            DO $$
            DECLARE r record;
            BEGIN
              IF EXISTS (SELECT 1 FROM pg_class) THEN
                ALTER TABLE t DROP COLUMN c;
              ELSE
                DELETE FROM u;
              END IF;
              FOR r IN SELECT * FROM v LOOP UPDATE w SET a = CASE WHEN b THEN 1 ELSE 2 END WHERE d = r.d; END LOOP;
            EXCEPTION WHEN others THEN DROP TABLE x;
            END $$;
            DROP TABLE y;
            """
        #expect(
            story(sql, .postgresql) == [
                "dropColumn t.c [block] «DROP COLUMN c»", "delete u [block] «DELETE FROM u»", "update w [block] «UPDATE w»",
                "dropTable x [block] «DROP TABLE x»", "dropTable y «DROP TABLE y»",
            ])
    }

    @Test func aRoutineHappensWhenItIsCalled() {
        let body = "CREATE OR REPLACE FUNCTION f() RETURNS void AS $$ BEGIN DELETE FROM t; END $$ LANGUAGE plpgsql;"
        #expect(outline(body) == ["createObject function f", "delete t [routine]"])
        #expect(outline(body + " SELECT f();") == ["createObject function f", "delete t [block]"])
        #expect(outline("CREATE PROCEDURE p() BEGIN DELETE FROM t; END; CALL p();", .mysql) == ["createObject procedure p", "delete t [block]"])
    }

    @Test func bodiesInOtherLanguagesAreNotSQL() {
        #expect(outline("CREATE FUNCTION f() RETURNS int AS $$ DELETE FROM t; $$ LANGUAGE plpython3u;") == ["createObject function f"])
        #expect(outline("DO LANGUAGE plperl $$ DROP TABLE t; $$;") == [])
    }

    @Test func triggersEndWhereTheirBlockEnds() {
        let sql = """
            CREATE TRIGGER tr AFTER INSERT ON t BEGIN
              UPDATE t SET a = CASE WHEN new.b THEN 1 ELSE 0 END;
              DELETE FROM u WHERE id = new.id;
            END;
            DROP TABLE v;
            """
        #expect(outline(sql, .sqlite) == ["createObject trigger t.tr", "update t [routine]", "delete u [routine]", "dropTable v"])
    }

    @Test func blocksInBlocksAreCounted() {
        let sql = """
            CREATE PROCEDURE p() BEGIN
              IF a THEN BEGIN DELETE FROM b; END; END IF;
              CASE c WHEN 1 THEN DELETE FROM d; END CASE;
              l: LOOP LEAVE l; END LOOP;
              WHILE e DO DELETE FROM f; END WHILE;
            END;
            DROP TABLE g;
            """
        #expect(
            outline(sql, .mysql) == [
                "createObject procedure p", "delete b [routine]", "delete d [routine]", "delete f [routine]", "dropTable g",
            ])
    }

    @Test func textThatIsExecutedIsRead() {
        #expect(outline("DO $$ BEGIN EXECUTE 'ALTER TABLE t DROP COLUMN c'; END $$") == ["dropColumn t.c [block]"])
        #expect(outline("DO $$ BEGIN EXECUTE format('DROP TABLE %I.%I', a, 'b'); END $$") == ["dropTable %i.%i [block]"])
        #expect(outline("SET @s = IF(1, 'ALTER TABLE t DROP COLUMN c', 'SELECT 1'); PREPARE p FROM @s; EXECUTE p;", .mysql) == ["dropColumn t.c [block]"])
        #expect(problems("DO $$ BEGIN EXECUTE format('UPDATE %I SET a = b #- ''{%s,c}'' ', t, u); END $$") == [])
        #expect(outline("DO $$ BEGIN RAISE NOTICE 'DROP TABLE t'; END $$") == [])
    }

    @Test func bodiesInBodiesEndSomewhere() {
        var sql = "DROP TABLE t"
        for depth in 0..<10 { sql = "DO $a\(depth)$ BEGIN \(sql); END $a\(depth)$" }
        #expect(outline(sql, .postgresql) == [])
        #expect(problems(sql, .postgresql) == [])
    }

    @Test func transactionsAreFollowed() {
        let script = SQLScript.read(Array("CREATE INDEX a ON t (x); BEGIN; CREATE INDEX b ON t (x); COMMIT; CREATE INDEX CONCURRENTLY c ON t (x);".utf8))
        #expect(script.actions.map(\.inTransaction) == [false, true, false])
        #expect(script.statements.map(\.kind) == [.schema, .begin, .schema, .commit, .schema])
        #expect(script.actions.last?.flags == .concurrently)
    }

    @Test func theEndOfABlockIsNoCommit() {
        let script = SQLScript.read(Array("BEGIN; DO $$ BEGIN NULL; END $$; DROP TABLE t; END;".utf8))
        #expect(script.actions.map(\.inTransaction) == [true])
        #expect(script.statements.filter { $0.kind == .commit }.count == 1)
    }

    @Test func scriptsThatDoNothingAreKnown() {
        #expect(SQLScript.read(Array("-- nothing\nSELECT 1; SET x = 1; BEGIN; COMMIT; COMMENT ON TABLE t IS 'x'; GRANT ALL ON t TO u;".utf8)).isNoOp)
        #expect(!SQLScript.read(Array("DO $$ BEGIN END $$;".utf8)).isNoOp)
        #expect(SQLScript.read([]).isNoOp)
    }
}
