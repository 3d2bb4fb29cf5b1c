import Testing

@testable import InvarSyntax

@Suite struct DjangoMigrationTests {
    private func read(_ operations: String) -> MigrationFile? {
        let text = "from django.db import migrations, models\n\nclass Migration(migrations.Migration):\n    operations = [\n\(operations)\n    ]\n"
        return MigrationFile.read(path: "app/migrations/0002_x.py", bytes: Array(text.utf8))
    }

    private func operations(_ text: String) -> [String] {
        guard case .django(let migration)? = read(text)?.program else { return [] }
        return migration.operations.map { "\($0.name) \($0.reverse.rawValue)\($0.isStateOnly ? " state" : "")" }
    }

    @Test func functionsHaveAReverseOrNot() {
        #expect(
            operations(
                """
                migrations.RunPython(forth), migrations.RunPython(forth, back), migrations.RunPython(forth, reverse_code=back, elidable=True),
                migrations.RunPython(forth, migrations.RunPython.noop), migrations.RunPython(code=forth, elidable=True), migrations.RunPython(forth, None),
                migrations.RunSQL("SELECT 1"), migrations.RunSQL("SELECT 1", "SELECT 2"), migrations.RunSQL(sql="SELECT 1", reverse_sql=""),
                # migrations.RunPython(comment)
                """) == [
                    "RunPython missing", "RunPython given", "RunPython given", "RunPython noop", "RunPython missing", "RunPython missing",
                    "RunSQL missing", "RunSQL given", "RunSQL noop",
                ])
    }

    @Test func operationsBecomeChanges() {
        let file = read(
            """
            migrations.RemoveField(model_name="User", name="Email"), migrations.DeleteModel("Old"), migrations.RenameField("User", "a", "b"),
            migrations.AddField("User", "c", models.CharField(max_length=20)), migrations.AddField("User", "d", models.IntegerField(default=0)),
            migrations.AddField("User", "e", models.ManyToManyField("x.Y")), migrations.RenameModel(old_name="A", new_name="B"),
            migrations.CreateModel(name="New", fields=[("id", models.AutoField(primary_key=True)), ("f", models.TextField(null=True))]),
            migrations.RunSQL('''ALTER TABLE t DROP COLUMN c''', reverse_sql='ALTER TABLE t ADD c int'),
            """)
        #expect(
            file.map { outline($0.up) } == [
                "dropColumn user.email", "dropTable old", "renameColumn user.a → b", "addColumn user.c", "addColumn user.d", "addColumn user.e",
                "renameTable a → b", "createTable new", "dropColumn t.c",
            ])
        #expect(file.map { outline($0.down) } == ["addColumn t.c"])
        #expect(file?.up.actions.compactMap { $0.kind == .addColumn ? $0.column?.isRequired : nil } == [true, false, false])
        #expect(file?.up.actions.first { $0.kind == .createTable }?.createdTable?.columns.map(\.name) == ["id", "f"])
    }

    @Test func whatOnlyChangesTheStateIsNoChange() {
        let text = """
            migrations.SeparateDatabaseAndState(
                state_operations=[migrations.RemoveField("a", "b")], database_operations=[migrations.RunSQL("SELECT 1", "SELECT 2")],
            ),
            """
        #expect(operations(text) == ["RemoveField derived state", "RunSQL given"])
        #expect(read(text).map { outline($0.up) } == [])
    }
}
