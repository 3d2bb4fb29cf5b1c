import InvarCore
import InvarSyntax

extension Rule {
    package static let migrationDjangoDestructive = Rule(
        id: "migration/django-destructive",
        title: Wording(en: "a Django operation that the running application does not survive", ja: "稼働中のアプリが耐えられない Django の操作"),
        why: Wording(
            en: """
                During the rollout the older application still selects every field of its model and writes rows without the new one: a field or model that is removed \
                or renamed, and a required field without a default, make it fail, and a rollback of the code does not bring the data back. \
                Inside SeparateDatabaseAndState(state_operations=…) nothing happens to the database.
                """,
            ja: """
                リリースの途中では、旧バージョンのアプリがモデルの全フィールドを SELECT し、新しいフィールドを知らないまま行を書きます。フィールドやモデルの削除・改名、\
                デフォルトのない必須フィールドの追加で失敗し、コードを切り戻してもデータは戻りません。SeparateDatabaseAndState(state_operations=…) の中はデータベースに触れないため対象外です。
                """),
        invariant: "INV-OPS-003", severity: .error,
        violating: [
            Example(
                """
                from django.db import migrations, models

                class Migration(migrations.Migration):
                    operations = [
                        ↓migrations.RemoveField(model_name="customer", name="fax"),
                        ↓migrations.RenameField("customer", "name", "full_name"),
                        ↓migrations.AddField("customer", "rank", models.IntegerField()),
                    ]

                """, at: "shop/migrations/0020_customer.py"),
            Example(
                """
                from django.db import migrations, models

                class Migration(migrations.Migration):
                    # クーポンの廃止
                    operations = [
                        ↓migrations.DeleteModel(name="Coupon"),
                        ↓migrations.RenameModel("Cart", "Basket"),
                        ↓migrations.AlterField("order", "note", models.TextField(null=False)),
                    ]

                """, at: "shop/migrations/0021_coupon.py"),
        ],
        conforming: [
            Example(
                """
                from django.db import migrations

                class Migration(migrations.Migration):
                    operations = [
                        migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("customer", "fax")]),
                    ]

                """, at: "shop/migrations/0022_state.py"),
            Example(
                """
                from django.db import migrations, models

                class Migration(migrations.Migration):
                    operations = [
                        migrations.AddField("customer", "rank", models.IntegerField(default=0)),
                        migrations.AddField("customer", "memo", models.TextField(null=True)),
                        migrations.AddField("customer", "tags", models.ManyToManyField("Tag")),
                        migrations.AlterField("customer", "memo", models.CharField(max_length=200)),
                    ]

                """, at: "shop/migrations/0023_add.py"),
            Example(
                """
                from django.db import migrations, models

                class Migration(migrations.Migration):
                    # 同じ版で作る表に足すだけ
                    operations = [
                        migrations.CreateModel("Point", [("id", models.AutoField(primary_key=True))]),
                        migrations.AddField("point", "owner", models.IntegerField()),
                        migrations.RemoveField("point", "owner"),
                    ]

                """, at: "shop/migrations/0024_point.py"),
        ],
        matcher: .file(.migration) { artifact, _ in
            guard case .migration(let file) = artifact.content, case .django(let program) = file.program else { return [] }
            if ExemptPath.isTest(RelativePath.folder(artifact.path) + "/x") { return [] }
            let actions = Dictionary(grouping: file.up.actions.indices) { file.up.actions[$0].span.lowerBound }
            let lifespan = SQLLifespan(file.up)
            return program.operations.compactMap { operation in
                guard !operation.isStateOnly, let index = actions[operation.span.lowerBound]?.first else { return nil }
                return destructive(operation, file.up.actions[index], at: index, lifespan, artifact)
            }
        })

    private static func destructive(
        _ operation: DjangoMigration.Operation, _ action: SQLAction, at index: Int, _ lifespan: SQLLifespan, _ artifact: Artifact
    ) -> Match? {
        let model = action.table.name
        let field = "\(model).\(action.name)"
        let isNew = lifespan.isNew(action.table, before: index)
        let isNewField = isNew || lifespan.isNew(action.name, of: action.table, before: index)
        let called = String(decoding: artifact.bytes[operation.span], as: UTF8.self)
        let message: Wording
        let hint: Wording
        switch (operation.name, action.kind) {
        case ("RemoveField", .dropColumn) where !isNewField && !lifespan.isPutBack(index):
            message = Wording(en: "removes field \(field): the older application still reads it", ja: "フィールド \(field) を削除します。旧バージョンのアプリはまだ読んでいます")
            hint = stateFirst(called)
        case ("DeleteModel", .dropTable) where !isNew && !lifespan.isPutBack(index):
            message = Wording(en: "deletes model \(model): the older application still uses its table", ja: "モデル \(model) を削除します。旧バージョンのアプリはまだ使っています")
            hint = stateFirst(called)
        case ("RenameField", .renameColumn) where !isNewField, ("RenameModel", .renameTable) where !isNew:
            let name = operation.name == "RenameField" ? field : model
            message = Wording(
                en: "renames \(name) to \(action.newName ?? "…"): the older application asks for the old name",
                ja: "\(name) を \(action.newName ?? "…") に改名します。旧バージョンのアプリは古い名前を探します")
            hint =
                operation.name == "RenameField"
                ? Wording(
                    en: "keep the column's name, and rename it in the code alone\nmodels.…Field(db_column=\"\(action.name)\")",
                    ja: "列名はそのままにし、コード側の名前だけを変えてください\nmodels.…Field(db_column=\"\(action.name)\")")
                : Wording(
                    en: "keep the table's name, and rename the model in the code alone\nclass Meta:\n    db_table = \"…_\(model)\"",
                    ja: "テーブル名はそのままにし、コード側の名前だけを変えてください\nclass Meta:\n    db_table = \"…_\(model)\"")
        case ("AddField", .addColumn) where !isNew && action.column?.isRequired ?? false:
            message = Wording(
                en: "adds the required field \(field) without a default: the older application inserts rows without it",
                ja: "デフォルトのない必須フィールド \(field) を追加します。旧バージョンのアプリはこの値なしで行を追加し、失敗します")
            hint = Wording(
                en: "add it with null=True or db_default, fill it, and require it a release later\nmodels.…Field(null=True)",
                ja: "null=True か db_default を付けて追加し、値を入れ終えた次のリリースで必須にしてください\nmodels.…Field(null=True)")
        case ("AlterField", .changeType) where !isNewField && OperationText.says("null=False", in: called):
            message = Wording(
                en: "makes field \(field) required: the older application may still write NULL", ja: "フィールド \(field) を必須にします。旧バージョンのアプリは NULL を書く可能性があります")
            hint = Wording(
                en: "give it a value everywhere first, and require it a release later\nmodels.…Field(null=True, default=…)",
                ja: "先にすべての書き込みで値を入れるようにし、次のリリースで必須にしてください\nmodels.…Field(null=True, default=…)")
        default: return nil
        }
        var match = artifact.match(over: operation.span, message, hint: hint)
        match.key = called
        match.scope = match.start.line...max(match.start.line, match.end.line)
        return match
    }

    /// Out of the model now, out of the database a release later.
    private static func stateFirst(_ called: String) -> Wording {
        let call = called.split { $0.isWhitespace }.joined(separator: " ").replacing("( ", with: "(").replacing(", )", with: ")")
        let snippet = "migrations.SeparateDatabaseAndState(state_operations=[\(call.count < 200 ? call : "…")])"
        return Wording(
            en: "take it out of the code and the state now, out of the database a release later\n\(snippet)",
            ja: "今回はコードと state からだけ外し、データベースからは次のリリースで削除してください\n\(snippet)")
    }
}
