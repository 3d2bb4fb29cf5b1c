import InvarCore
import InvarSyntax

extension Rule {
    package static let migrationDjangoNoReverse = Rule(
        id: "migration/django-no-reverse",
        title: Wording(en: "a Django operation that cannot be reversed", ja: "逆操作のない Django の操作"),
        why: Wording(
            en: """
                `migrate app 0012` stops with IrreversibleError at a RunPython without reverse_code or a RunSQL without reverse_sql, and no version before it can be \
                reached. A declared noop lets it pass and is only noted: the rows stay as the way forth left them. `elidable=True` is no way back.
                """,
            ja: """
                reverse_code のない RunPython や reverse_sql のない RunSQL があると、`migrate app 0012` は IrreversibleError で止まり、それより前の版へ戻れません。noop を明示すれば\
                通りますが、データは戻らないため note とします。`elidable=True` は戻し方になりません。
                """),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example(
                """
                from django.db import migrations

                def 埋める(apps, schema_editor):
                    apps.get_model("shop", "Order").objects.update(kind="web")

                class Migration(migrations.Migration):
                    operations = [
                        ↓migrations.RunPython(埋める, elidable=True),
                        ↓migrations.RunSQL("CREATE INDEX orders_at ON shop_order (made_at)"),
                    ]

                """, at: "shop/migrations/0012_kind.py"),
            Example(
                """
                from django.db import migrations

                class Migration(migrations.Migration):
                    operations = [↓migrations.RunPython(code=fill, reverse_code=migrations.RunPython.noop)]

                """, at: "shop/migrations/0013_fill.py"),
        ],
        conforming: [
            Example(
                """
                from django.db import migrations

                class Migration(migrations.Migration):
                    operations = [
                        migrations.RunPython(fill, empty),
                        migrations.RunPython(code=fill, reverse_code=empty),
                        migrations.RunSQL("CREATE VIEW v AS SELECT 1", reverse_sql="DROP VIEW v"),
                    ]

                """, at: "shop/migrations/0014_both.py"),
            Example(
                """
                from django.db import migrations, models

                class Migration(migrations.Migration):
                    # migrations.RunPython(fill) は別の版に分けた
                    operations = [migrations.AddField("order", "note", models.TextField(null=True))]

                """, at: "shop/migrations/0015_note.py"),
            Example("def RunPython(code):\n    return code\n\nRunPython(print)\n", at: "shop/tools/run.py"),
        ],
        matcher: .file(.migration) { artifact, _ in
            guard case .migration(let file) = artifact.content, case .django(let program) = file.program else { return [] }
            if ExemptPath.isTest(RelativePath.folder(artifact.path) + "/x") { return [] }
            return program.operations.compactMap { operation in
                operation.isStateOnly ? nil : irreversible(operation, file, artifact)
            }
        })

    private static func irreversible(_ operation: DjangoMigration.Operation, _ file: MigrationFile, _ artifact: Artifact) -> Match? {
        guard operation.reverse == .missing || operation.reverse == .noop else { return nil }
        let isPython = operation.name == "RunPython"
        let called = String(decoding: artifact.bytes[operation.span], as: UTF8.self)
        let forward = OperationText.firstArgument(of: called) ?? "forwards"
        let message =
            operation.reverse == .missing
            ? Wording(
                en: "\(operation.name) has no \(isPython ? "reverse_code" : "reverse_sql"): migrating back stops here with IrreversibleError",
                ja: "\(operation.name) に \(isPython ? "reverse_code" : "reverse_sql") がありません。戻そうとすると IrreversibleError で止まります")
            : Wording(
                en: "\(operation.name) is declared a noop on the way back: the schema goes back, what it changed stays",
                ja: "\(operation.name) の逆操作は noop と宣言されています。戻しても、変更した内容はそのまま残ります")
        let hint =
            isPython
            ? Wording(
                en:
                    "write the function that undoes it, or record why it cannot be undone as an exception in an ADR\nmigrations.RunPython(\(forward), reverse_\(forward))",
                ja: "元へ戻す関数を書くか、戻せない理由を ADR の例外に書いてください\nmigrations.RunPython(\(forward), reverse_\(forward))")
            : Wording(
                en: "write the SQL that undoes it, or record why it cannot be undone as an exception in an ADR\n",
                ja: "元へ戻す SQL を書くか、戻せない理由を ADR の例外に書いてください\n") + OperationText.reverseSQL(of: operation, in: file, artifact.bytes)
        var match = artifact.match(over: operation.span, message, hint: hint)
        match.key = called
        let start = match.start.line
        match.scope = start...max(start, match.end.line)
        if operation.reverse == .noop { match.severity = .note }
        return match
    }
}
