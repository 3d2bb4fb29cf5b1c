/// The tool whose conventions a migration follows.
package enum MigrationLayout: String, Hashable, Sendable, CaseIterable {
    case golangMigrate, diesel, pop, goose, sqlMigrate, dbmate, flyway, prisma, rails, alembic, django, liquibase, sqitch, evolutions
    /// A folder of scripts with no tool's marks.
    case plain

    /// Where the tool keeps the way back: nowhere, by design.
    package var isForwardOnlyByDesign: Bool { self == .prisma }

    /// The way back stands in the same file.
    package var keepsWayBackInFile: Bool {
        switch self {
        case .goose, .sqlMigrate, .dbmate, .rails, .alembic, .django, .liquibase, .evolutions: true
        case .golangMigrate, .diesel, .pop, .flyway, .prisma, .sqitch, .plain: false
        }
    }
}
