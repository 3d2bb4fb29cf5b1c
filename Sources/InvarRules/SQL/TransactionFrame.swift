import InvarCore
import InvarSyntax

/// Whether a migration's statements run in a transaction: the script's own, or the one that its tool puts around.
struct TransactionFrame {
    private let step: MigrationStep
    private let isWrapped: Bool

    init(_ step: MigrationStep) {
        self.step = step
        switch step.file?.transaction {
        case .wrapped: isWrapped = !TransactionFrame.isReleased(step)
        case .wrappedIfSeveral:
            isWrapped = step.script.statements.count { $0.context == .statement } > 1
        case .unwrapped, .unknown, nil: isWrapped = false
        }
    }

    /// What the action stands in; nil outside of any transaction.
    func transaction(around action: SQLAction) -> Wording? {
        if action.inBody { return Wording(en: "a block of code, which is a transaction", ja: "1 つのトランザクションとして動くブロックの中") }
        if action.inTransaction { return Wording(en: "the transaction that BEGIN opened", ja: "BEGIN で始めたトランザクションの中") }
        guard isWrapped, !hasCommit(before: action) else { return nil }
        return Wording(en: "the transaction that the migration tool puts around the file", ja: "マイグレーションツールがファイル全体に張るトランザクションの中")
    }

    /// What to tell the tool.
    var cure: Wording {
        let alone = StagedChange(en: "give it a migration of its own that runs outside a transaction", ja: "トランザクションの外で動く単独のマイグレーションに分けてください")
        switch step.file?.layout {
        case .diesel:
            return alone.step(en: "metadata.toml beside up.sql: run_in_transaction = false", ja: "up.sql と同じフォルダの metadata.toml に: run_in_transaction = false")
                .hint
        case .goose: return alone.step(en: "first line of the file: -- +goose NO TRANSACTION", ja: "ファイルの 1 行目に: -- +goose NO TRANSACTION").hint
        case .sqlMigrate: return alone.step(en: "write: -- +migrate Up notransaction", ja: "こう書く: -- +migrate Up notransaction").hint
        case .dbmate: return alone.step(en: "write: -- migrate:up transaction:false", ja: "こう書く: -- migrate:up transaction:false").hint
        case .rails: return alone.step(en: "in the class: disable_ddl_transaction!", ja: "クラスに: disable_ddl_transaction!").hint
        case .django: return alone.step(en: "in the class: atomic = False", ja: "クラスに: atomic = False").hint
        case .alembic:
            return alone.step(en: "around the call: with op.get_context().autocommit_block():", ja: "呼び出しを囲む: with op.get_context().autocommit_block():").hint
        case .pop: return alone.step(en: "name the file ….autocommit.up.sql", ja: "ファイル名を ….autocommit.up.sql にする").hint
        default: return alone.hint
        }
    }

    /// diesel asks a file beside the script.
    private static func isReleased(_ step: MigrationStep) -> Bool {
        guard step.file?.layout == .diesel, let settings = step.artifact(at: RelativePath.folder(step.artifact.path) + "/metadata.toml") else { return false }
        let text = settings.bytes.filter { $0 != 0x20 && $0 != 0x09 }
        return ByteSearch.firstIndex(of: Array("run_in_transaction=false".utf8), in: text) != nil
    }

    /// A script that ends the tool's transaction itself is out of it from there on.
    private func hasCommit(before action: SQLAction) -> Bool {
        let statements = step.script.statements
        let end = min(action.statement, statements.count)
        return end > 0 && statements[..<end].contains { $0.kind == .commit && $0.context == .statement }
    }
}
