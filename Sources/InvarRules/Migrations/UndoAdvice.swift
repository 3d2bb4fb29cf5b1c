import InvarCore
import InvarSyntax

/// Where a missing way back is to be written, and what: in the format of the migration's own tool.
enum UndoAdvice {
    /// The way back of a pair as its tool wants it written.
    static func snippet(_ undo: UndoStatements, for pair: MigrationPair) -> Wording {
        let text = undo.text
        switch pair.file.layout {
        case .goose: return Wording("-- +goose Down\n") + text
        case .sqlMigrate: return Wording("-- +migrate Down\n") + text
        case .dbmate: return Wording("-- migrate:down\n") + text
        case .evolutions: return Wording("-- !Downs\n") + text
        case .liquibase: return changeLog(undo, pair.file.path)
        default: return text
        }
    }

    private static func changeLog(_ undo: UndoStatements, _ path: String) -> Wording {
        func each(_ make: (String) -> String) -> Wording {
            Wording(en: undo.lines.map { make($0.en) }.joined(separator: "\n"), ja: undo.lines.map { make($0.ja) }.joined(separator: "\n"))
        }
        switch path.split(separator: ".").last {
        case "xml": return Wording("<rollback>\n") + each { "  <sql>" + $0.replacing("<", with: "&lt;") + "</sql>" } + Wording("\n</rollback>")
        case "yaml", "yml":
            return Wording("rollback:\n") + each { "  - sql: { sql: \"" + $0.replacing("\n", with: " ").replacing("\"", with: "\\\"") + "\" }" }
        default: return each { "--rollback " + $0.replacing("\n", with: " ") }
        }
    }

    /// What to write into a decision where there is no way back and none is wanted.
    static func exception(path: String) -> Wording {
        Wording(
            en: "exceptions:\n  - invariant: INV-OPS-003\n    paths: [\"\(path)\"]\n    reason: …",
            ja: "exceptions:\n  - invariant: INV-OPS-003\n    paths: [\"\(path)\"]\n    reason: …")
    }
}

extension MigrationPair {
    /// The file that holds the way back, where that is another one.
    var wayBackFile: String? {
        downArtifacts.first.map(\.path).flatMap { $0 == artifact.path ? nil : $0 }
    }
}
