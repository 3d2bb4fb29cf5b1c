import Testing

@testable import InvarSyntax

@Suite struct RailsMigrationTests {
    private func read(_ body: String) -> MigrationFile? {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n")
        return MigrationFile.read(path: "db/migrate/20240101000000_x.rb", bytes: Array("class X < ActiveRecord::Migration[7.0]\n\(lines)\nend\n".utf8))
    }

    private func irreversible(_ body: String) -> [String] {
        guard case .rails(let migration)? = read(body)?.program else { return [] }
        return migration.irreversible.map { $0.call + ($0.isAssured ? " assured" : "") }
    }

    @Test func changeMayHoldWhatCannotBeReversed() {
        #expect(
            irreversible(
                """
                def change
                  execute "UPDATE t SET a = 1"
                  remove_column :t, :a
                  remove_column :t, :b, :string
                  drop_table :u
                  drop_table(:v) { |t| t.string :a }
                  drop_table :w do |t|
                    t.string :a
                  end
                  change_column :t, :c, :text
                  safety_assured { remove_column :t, :d }
                  safety_assured do
                    execute "SELECT 1"
                  end
                  reversible do |dir|
                    dir.up { execute "SELECT 2" }
                    dir.down do
                      execute "SELECT 3"
                    end
                  end
                end
                """) == ["execute", "remove_column", "drop_table", "change_column", "remove_column assured", "execute assured"])
    }

    @Test func aRefusalIsKnown() {
        #expect(irreversible("def up\n  drop_table :t\nend\n\ndef down\n  raise ActiveRecord::IrreversibleMigration\nend") == ["raise"])
        #expect(read("def up\n  drop_table :t\nend\n\ndef down\n  raise ActiveRecord::IrreversibleMigration\nend")?.wayBack == .refused)
        #expect(read("def up\n  drop_table :t\nend")?.wayBack == .missing)
        #expect(read("def change\n  add_column :t, :a, :string\nend")?.wayBack == .derived)
    }

    @Test func methodsBecomeChanges() {
        let file = read(
            """
            disable_ddl_transaction!

            def up
              create_table :t, force: true do |t|
                t.string :a, null: false, limit: 20
                t.references :owner
              end
              add_column :u, :b, :integer, null: false
              add_column "u", "c", :integer, default: 0, null: false
              rename_column :u, :d, :e
              add_index :u, [:b, :c], unique: true, algorithm: :concurrently
              add_foreign_key :u, :t, validate: false
              change_table :v do |t|
                t.remove :f, :g
                t.rename :h, :i
              end
              execute <<~SQL
                DELETE FROM w
              SQL
              remove_reference(:x, :y)
            end

            def down
              drop_table :t
            end
            """)
        #expect(
            file.map { outline($0.up) } == [
                "createTable t", "addColumn u.b", "addColumn u.c", "renameColumn u.d → e", "createIndex u", "addConstraint u", "dropColumn v.f",
                "dropColumn v.g", "renameColumn v.h → i", "delete w", "dropColumn x.y_id",
            ])
        #expect(file.map { outline($0.down) } == ["dropTable t"])
        #expect(file?.transaction == .unwrapped)
        #expect(file?.up.actions.compactMap { $0.kind == .addColumn ? $0.column?.isRequired : nil } == [true, false])
        guard case .rails(let migration)? = file?.program else { return #expect(Bool(false)) }
        #expect(migration.forced.count == 1)
    }

    @Test func waysBackInReversibleBlocksAreWaysBack() {
        let file = read("def change\n  reversible do |dir|\n    dir.up { remove_column :t, :a }\n    dir.down { add_column :t, :a, :string }\n  end\nend")
        #expect(file.map { outline($0.up) } == ["dropColumn t.a"])
        #expect(file.map { outline($0.down) } == ["addColumn t.a"])
    }

    @Test(arguments: [
        "def change\n  foo {", "def change\n  execute <<~SQL\n", "def change(\n", "def up\n  \"#{", "%w[", "def def def end end", "=begin\n", ":",
        "add_column :",
    ])
    func brokenRubyNeverCrashes(text: String) {
        _ = read(text)
        _ = MigrationFile.read(path: "db/migrate/1_x.rb", bytes: Array(("Migration\n" + text).utf8))
    }
}
