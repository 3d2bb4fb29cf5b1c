import InvarCore
import InvarSyntax

extension Rule {
    package static let migrationAlembicNoDowngrade = Rule(
        id: "migration/alembic-no-downgrade",
        title: Wording(en: "an Alembic revision that cannot be downgraded", ja: "downgrade できない Alembic のリビジョン"),
        why: Wording(
            en: """
                `alembic downgrade` stops at a downgrade() that is missing or raises. At one that only passes it goes on, records the earlier revision, and leaves the \
                schema as it is. A merge of two branches, and a revision whose upgrade() does nothing, need none.
                """,
            ja: """
                downgrade() がない、または例外を投げるリビジョンで `alembic downgrade` は止まります。pass だけの場合は先へ進み、スキーマはそのままでリビジョンだけが前に戻ります。\
                マージリビジョンと、upgrade() が何もしないリビジョンは対象外です。
                """),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example(
                """
                from alembic import op
                import sqlalchemy as sa

                revision = "9a1"
                down_revision = "8f0"

                def upgrade():
                    op.add_column("orders", sa.Column("note", sa.Text()))

                ↓def downgrade():
                    \"\"\"元には戻さない\"\"\"
                    pass

                """, at: "app/migrations/versions/9a1_note.py"),
            Example(
                """
                from alembic import op

                revision = "9a2"
                down_revision = "9a1"

                def upgrade():
                    op.drop_table("coupons")

                ↓def downgrade():
                    raise RuntimeError("no way back")

                """, at: "app/migrations/versions/9a2_coupons.py"),
            Example(
                """
                ↓from alembic import op

                revision = "9a3"
                down_revision = "9a2"

                def upgrade():
                    op.execute("CREATE INDEX orders_at ON orders (made_at)")

                """, at: "app/alembic/versions/9a3_index.py"),
        ],
        conforming: [
            Example(
                """
                from alembic import op

                revision = "9b0"
                down_revision = ("9a2", "9a3")

                def upgrade():
                    pass

                def downgrade():
                    pass

                """, at: "app/migrations/versions/9b0_merge.py"),
            Example(
                """
                from alembic import op
                import sqlalchemy as sa

                revision = "9b1"
                down_revision = "9b0"

                def upgrade():
                    op.add_column("orders", sa.Column("note", sa.Text()))

                def downgrade():
                    # 備考欄を消すだけ
                    op.drop_column("orders", "note")

                """, at: "app/migrations/versions/9b1_note.py"),
            Example(
                "revision = \"9b2\"\ndown_revision = \"9b1\"\n\ndef upgrade():\n    pass\n\ndef downgrade():\n    pass\n",
                at: "app/migrations/versions/9b2_empty.py"),
        ],
        matcher: .file(.migration) { artifact, _ in
            guard case .migration(let file) = artifact.content, case .alembic(let program) = file.program else { return [] }
            if ExemptPath.isTest(RelativePath.folder(artifact.path) + "/x") { return [] }
            guard !program.isMerge, program.upgrade == .acts || program.upgrade == .raises, program.downgrade != .acts else { return [] }
            return [noDowngrade(program, file, artifact)]
        })

    private static func noDowngrade(_ program: AlembicMigration, _ file: MigrationFile, _ artifact: Artifact) -> Match {
        let message =
            switch program.downgrade {
            case .raises:
                Wording(en: "downgrade() raises: going back stops at this revision", ja: "downgrade() が例外を投げます。戻そうとすると、このリビジョンで止まります")
            case .missing:
                Wording(en: "there is no downgrade(): going back stops at this revision", ja: "downgrade() がありません。戻そうとすると、このリビジョンで止まります")
            default:
                Wording(
                    en: "downgrade() does nothing: Alembic records the earlier revision, and the schema stays as it is",
                    ja: "downgrade() が空です。Alembic の記録だけが前のリビジョンに戻り、スキーマはそのまま残ります")
            }
        let start = program.downgradeSpan.map { artifact.lines.position(at: $0.lowerBound, in: artifact.bytes) } ?? Position(line: 1)
        let last = program.downgradeSpan.map { artifact.lines.line(at: max($0.lowerBound, $0.upperBound - 1)) } ?? artifact.lines.count
        let undo = UndoCalls(of: file.up, in: artifact.bytes, .alembic).text(indentedBy: 4)
        var match = artifact.match(
            at: start, message,
            hint: Wording(
                en: "write what undoes upgrade(), or record why it cannot be undone as an exception in an ADR\ndef downgrade():\n",
                ja: "upgrade() を打ち消す処理を書くか、戻せない理由を ADR の例外に書いてください\ndef downgrade():\n") + undo)
        match.key = "downgrade"
        match.scope = start.line...max(start.line, last)
        if program.downgradeSpan == nil { match.scope = 1...max(1, artifact.lines.count) }
        return match
    }
}
