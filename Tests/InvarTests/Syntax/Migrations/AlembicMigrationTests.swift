import Testing

@testable import InvarSyntax

@Suite struct AlembicMigrationTests {
    private func read(_ text: String) -> MigrationFile? {
        MigrationFile.read(path: "migrations/versions/ab_x.py", bytes: Array(("from alembic import op\nimport sqlalchemy as sa\n\n" + text).utf8))
    }

    private func downgrade(_ body: String) -> AlembicMigration.Body? {
        guard case .alembic(let migration)? = read("down_revision = 'a'\n\ndef upgrade():\n    op.drop_table('t')\n\n\(body)")?.program else { return nil }
        return migration.downgrade
    }

    @Test func downgradesAreMissingEmptyRefusedOrReal() {
        #expect(downgrade("") == .missing)
        #expect(downgrade("def downgrade():\n    pass\n") == .empty)
        #expect(downgrade("def downgrade():\n    \"\"\"Nothing\n    here.\n    \"\"\"\n") == .empty)
        #expect(downgrade("def downgrade() -> None:\n    raise NotImplementedError('x')\n") == .raises)
        #expect(downgrade("def downgrade():\n    # undo\n    op.create_table('t')\n") == .acts)
    }

    @Test func mergesAreKnown() {
        func isMerge(_ line: String) -> Bool? {
            guard case .alembic(let migration)? = read("\(line)\n\ndef upgrade():\n    pass\n")?.program else { return nil }
            return migration.isMerge
        }
        #expect(isMerge("down_revision = ('a', 'b')") == true)
        #expect(isMerge("down_revision = 'a'") == false)
        #expect(isMerge("down_revision: Union[str, None] = 'a'") == false)
    }

    @Test func operationsBecomeChanges() {
        let file = read(
            """
            down_revision = 'a'

            def upgrade():
                op.add_column("t", sa.Column("a", sa.String(length=20), nullable=False))
                op.add_column("t", sa.Column("b", sa.Integer(), server_default="0", nullable=False))
                op.drop_column("t", "c")
                op.alter_column("t", "d", new_column_name="e")
                op.alter_column("t", "f", type_=sa.Text(), existing_type=sa.String(), nullable=False)
                op.create_index("i", "t", ["a"], unique=True, postgresql_concurrently=True)
                op.create_foreign_key("k", "t", "u", ["a"], ["id"])
                op.drop_constraint("q", "t", type_="unique")
                op.execute("DELETE FROM v")
                op.execute(sa.text('''UPDATE w SET a = 1'''))
                with op.batch_alter_table("x") as batch_op:
                    batch_op.drop_column("y")

            def downgrade():
                op.create_table("z", sa.Column("id", sa.Integer()))
            """)
        #expect(
            file.map { outline($0.up) } == [
                "addColumn t.a", "addColumn t.b", "dropColumn t.c", "renameColumn t.d → e", "changeType t.f", "setNotNull t.f", "createIndex t.i",
                "addConstraint t.k", "dropConstraint t.q", "delete v", "update w", "dropColumn x.y",
            ])
        #expect(file.map { outline($0.down) } == ["createTable z"])
        #expect(file?.up.actions.prefix(2).map { $0.column?.isRequired } == [true, false])
        #expect(file?.up.actions.first?.column?.type == SQLType("varchar", [20]))
    }
}
