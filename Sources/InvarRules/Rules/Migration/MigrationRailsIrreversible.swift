import InvarCore
import InvarSyntax

extension Rule {
    package static let migrationRailsIrreversible = Rule(
        id: "migration/rails-irreversible",
        title: Wording(en: "a Rails migration that cannot be rolled back", ja: "ロールバックできない Rails のマイグレーション"),
        why: Wording(
            en: """
                `rails db:rollback` stops at `up` without `down`, at IrreversibleMigration, and at calls in `change` that Rails cannot turn round: `execute`, \
                `change_column`, `remove_column` without the type, `drop_table` without a block. `create_table force: true` drops the table that is there.
                """,
            ja: """
                `down` のない `up`、IrreversibleMigration、`change` の中で Rails が逆にできない呼び出し（`execute`、`change_column`、型のない `remove_column`、ブロックのない `drop_table`）で \
                `rails db:rollback` は止まります。`create_table force: true` は既存のテーブルを削除します。
                """),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example(
                """
                class RemoveFax < ActiveRecord::Migration[7.1]
                  def change
                    # FAX の廃止
                    ↓remove_column :users, :fax
                    ↓execute "UPDATE users SET kind = 'web'"
                    ↓change_column :users, :name, :text
                  end
                end

                """, at: "db/migrate/20260101000000_remove_fax.rb"),
            Example(
                """
                class AddNote < ActiveRecord::Migration[7.1]
                  ↓def up
                    add_column :orders, :note, :text
                  end
                end

                """, at: "db/migrate/20260102000000_add_note.rb"),
            Example(
                """
                class DropCoupons < ActiveRecord::Migration[7.1]
                  def up
                    drop_table :coupons
                  end

                  def down
                    ↓raise ActiveRecord::IrreversibleMigration
                  end
                end

                """, at: "db/migrate/20260103000000_drop_coupons.rb"),
            Example(
                """
                class CreateCarts < ActiveRecord::Migration[7.1]
                  def change
                    ↓create_table :carts, force: true do |t|
                      t.string :name
                    end
                  end
                end

                """, at: "db/migrate/20260104000000_create_carts.rb"),
        ],
        conforming: [
            Example(
                """
                class RemoveFax < ActiveRecord::Migration[7.1]
                  def change
                    remove_column :users, :fax, :string
                    drop_table :coupons do |t|
                      t.string :code
                    end
                    reversible do |dir|
                      dir.up { execute "UPDATE users SET kind = 'web'" }
                      dir.down { execute "UPDATE users SET kind = NULL" }
                    end
                    up_only { execute "ANALYZE users" }
                  end
                end

                """, at: "db/migrate/20260105000000_reversible.rb"),
            Example(
                """
                class ChangeName < ActiveRecord::Migration[7.1]
                  def up
                    change_column :users, :name, :text
                  end

                  # 元の長さに戻す
                  def down
                    change_column :users, :name, :string
                  end
                end

                """, at: "db/migrate/20260106000000_change_name.rb"),
            Example(
                """
                class Fill < ActiveRecord::Migration[7.1]
                  def change
                    add_column :users, :rank, :integer, default: 0
                    change_column_default :users, :rank, from: 0, to: 1
                  end
                end

                """, at: "db/migrate/20260107000000_fill.rb"),
        ],
        matcher: .file(.migration) { artifact, _ in
            guard case .migration(let file) = artifact.content, case .rails(let program) = file.program else { return [] }
            if ExemptPath.isTest(RelativePath.folder(artifact.path) + "/x") { return [] }
            var matches = program.irreversible.map { irreversibleCall($0, file, artifact) } + program.forced.map { forced($0, artifact) }
            if program.hasUp, !program.hasDown, !program.hasChange, let span = program.upSpan, !file.up.statements.isEmpty || actsOtherwise(span, artifact) {
                matches.append(noDown(span, file, artifact))
            }
            return matches
        })

    /// Whether the method holds anything but `end`.
    private static func actsOtherwise(_ span: Range<Int>, _ artifact: Artifact) -> Bool {
        let first = artifact.lines.line(at: span.lowerBound) + 1
        guard first <= artifact.lines.count else { return false }
        for line in first...artifact.lines.count {
            let text = artifact.text(ofLine: line).drop { $0 == " " || $0 == "\t" }
            if text.isEmpty || text.hasPrefix("#") { continue }
            return !text.hasPrefix("end")
        }
        return false
    }

    private static func noDown(_ span: Range<Int>, _ file: MigrationFile, _ artifact: Artifact) -> Match {
        let undo = UndoCalls(of: file.up, in: artifact.bytes, .rails).text(indentedBy: 2)
        var match = artifact.match(
            over: span, Wording(en: "`up` has no `down`: db:rollback stops here", ja: "`up` に対する `down` がありません。db:rollback はここで止まります"),
            hint: Wording(
                en: "write what undoes it, or record why it cannot be undone as an exception in an ADR\ndef down\n",
                ja: "元へ戻す処理を書くか、戻せない理由を ADR の例外に書いてください\ndef down\n") + undo + Wording("\nend"))
        match.key = "down"
        match.scope = 1...max(1, artifact.lines.count)
        return match
    }

    private static func forced(_ span: Range<Int>, _ artifact: Artifact) -> Match {
        let text = String(decoding: artifact.bytes[span], as: UTF8.self)
        var match = artifact.match(
            over: span, Wording(en: "`force: true` drops the table that is there, with its rows", ja: "`force: true` は既存のテーブルを行ごと削除してから作り直します"),
            hint: Wording(
                en: "leave `force:` out: a table that is there already is a reason to stop\n", ja: "`force:` を外してください。すでにテーブルがあるなら、止まる方が安全です\n")
                + Wording(String(text.prefix { $0 != "\n" }).replacing(", force: true", with: "").replacing(", force: :cascade", with: "")))
        match.key = String(text.prefix { $0 != "\n" })
        match.severity = .error
        return match
    }

    private static func irreversibleCall(_ item: RailsMigration.Irreversible, _ file: MigrationFile, _ artifact: Artifact) -> Match {
        let text = String(decoding: artifact.bytes[item.span], as: UTF8.self)
        let message =
            item.call == "raise"
            ? Wording(en: "the migration refuses to go back: db:rollback stops here", ja: "戻すことを拒否しています。db:rollback はここで止まります")
            : Wording(
                en: "`\(item.call)` in `change` cannot be turned round: db:rollback stops here",
                ja: "`change` の中の `\(item.call)` は Rails が逆にできません。db:rollback はここで止まります")
        var match = artifact.match(
            over: item.span, message,
            hint: Wording(
                en: "say how to undo it, or record why it cannot be undone as an exception in an ADR\n",
                ja: "元へ戻す方法を書くか、戻せない理由を ADR の例外に書いてください\n") + reversible(item, text, file, artifact))
        match.key = text
        if item.isAssured { match.severity = .note }
        return match
    }

    /// The call as Rails can reverse it.
    private static func reversible(_ item: RailsMigration.Irreversible, _ text: String, _ file: MigrationFile, _ artifact: Artifact) -> Wording {
        // A heredoc goes on for lines: the hint only points at it.
        let call = text.contains("\n") ? item.call + " …" : text
        switch item.call {
        case "raise":
            let undo = UndoCalls(of: file.up, in: artifact.bytes, .rails, only: file.up.actions.count > 2_000 ? [] : nil)
            return Wording("def down\n") + undo.text(indentedBy: 2) + Wording("\nend")
        case "remove_column": return Wording(en: "\(call), :string # its type", ja: "\(call), :string # 元の型")
        case "remove_columns": return Wording(en: "\(call), type: :string # their type", ja: "\(call), type: :string # 元の型")
        case "drop_table": return Wording(en: "\(call) do |t|\n  # its columns as they were\nend", ja: "\(call) do |t|\n  # 削除前の列\nend")
        case "change_column_default":
            let named = text.split(separator: ",", maxSplits: 2).prefix(2).joined(separator: ",")
            return Wording("\(named.contains("\n") ? "change_column_default :…, :…" : named), from: …, to: …")
        case "remove_index": return Wording(en: "\(call), column: :… # its columns", ja: "\(call), column: :… # 元の列")
        default:
            let own = OperationText.actions(within: item.span, of: file)
            let undo = UndoCalls(of: file.up, in: artifact.bytes, .rails, only: own).lines.first ?? Wording("")
            return Wording("reversible do |dir|\n  dir.up do\n    \(call)\n  end\n  dir.down do\n    ") + undo + Wording("\n  end\nend")
        }
    }
}
