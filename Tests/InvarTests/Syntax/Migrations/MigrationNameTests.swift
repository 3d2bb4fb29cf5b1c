import Testing

@testable import InvarSyntax

@Suite struct MigrationNameTests {
    private func name(_ path: String) -> String? {
        MigrationName.read(path).map { name in
            "\(name.layout.rawValue) \(name.role.rawValue) \(name.version.map { "\($0)" } ?? "-") \(name.title) in \(name.container)"
                + (name.variant.map { " for \($0)" } ?? "") + (name.needsContent ? " perhaps" : "")
        }
    }

    @Test(arguments: [
        ("db/000012_add_x.up.sql", "golangMigrate up 12 add_x in db"), ("db/000012_add_x.down.sql", "golangMigrate down 12 add_x in db"),
        ("db/V0007.Fix.up.sql", "golangMigrate up 7 Fix in db"),
        ("db/1_x.down.go", "golangMigrate down 1 x in db"), ("m/99/01_x.up.sql", "golangMigrate up 99.1 x in m"),
        ("migrations/2020-10-07-234221_fix/up.sql", "diesel up 20201007234221 fix in migrations"),
        ("migrations/2020-10-07-234221_fix/down.sql", "diesel down 20201007234221 fix in migrations"),
        ("m/20200402142539000002_x.mysql.up.sql", "pop up 20200402142539000002 x in m for mysql"),
        ("m/20200402142539_x.cockroach.autocommit.down.sql", "pop down 20200402142539 x in m for cockroach"),
        ("db/migration/V1_2__add_x.sql", "flyway up 1.2 add_x in db/migration"), ("db/V1.0__x.sql", "flyway up 1 x in db"),
        ("db/U1.2__add_x.sql", "flyway down 1.2 add_x in db"), ("db/R__views.sql", "flyway repeatable - views in db"),
        ("db/2.31/V2_31_1__x.sql", "flyway up 2.31.1 x in db"),
        ("prisma/migrations/20240101000000_init/migration.sql", "prisma up 20240101000000 init in prisma/migrations"),
        ("db/migrate/20200101000000_add_x.rb", "rails both 20200101000000 add_x in db/migrate"),
        ("app/migrations/0003_x.py", "django both 3 0003_x in app/migrations perhaps"),
        ("alembic/versions/ab12_x.py", "alembic both - ab12_x in alembic/versions perhaps"),
        ("db/changelog.xml", "liquibase both - changelog in db perhaps"), ("db/migrations/003_x.sql", "plain both 3 x in db/migrations"),
        ("db/migrations/003_x_down.sql", "plain down 3 x in db/migrations"), ("db/migrations/rollback/003_x.sql", "plain down 3 x in db/migrations"),
        ("db/migrations/rollback_003_x.sql", "plain down 3 x in db/migrations"), ("deploy/users.sql", "sqitch up - users in "),
        ("revert/users.sql", "sqitch down - users in "), ("verify/users.sql", "sqitch support - users in "),
        ("db/migrations/004_rollback_feature.sql", "plain both 4 rollback_feature in db/migrations"),
        ("queries/report.sql", "plain both - report in queries perhaps"),
    ])
    func pathsTellTheToolTheWayAndTheVersion(path: String, expected: String) {
        #expect(name(path) == expected)
    }

    @Test func whatHasNoSuchNameIsNoMigration() {
        #expect(name("README.md") == nil)
        #expect(name("app/models.py") == nil)
        #expect(name("lib/x.rb") == nil)
        #expect(name("") == nil)
        #expect(name("app/migrations/__init__.py") == nil)
    }

    @Test func datesWithDashesAreOrderedAmongDatesWithout() {
        let folders = ["2025-10-15-114811-0000_c", "20140930082104_a", "2017-09-23-210614_b", "2017-09-23-210615_b2"]
        let versions = folders.compactMap { MigrationName.read("migrations/\($0)/up.sql") }.sorted { a, b in
            a.version.flatMap { left in b.version.map { left < $0 } } ?? false
        }
        #expect(versions.map(\.title) == ["a", "b", "b2", "c"])
    }

    @Test func versionsAreComparedAsNumbersOfAnyLength() {
        let sorted = ["10", "9", "20200402142539000002", "1.10", "1.9", "007"].map { MigrationVersion($0.split(separator: ".").map(String.init)) }.sorted()
        #expect(sorted.map(\.description) == ["1.9", "1.10", "7", "9", "10", "20200402142539000002"])
    }
}
