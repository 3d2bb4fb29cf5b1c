import Testing

@testable import InvarSyntax

@Suite struct MigrationDirectoryTests {
    private func group(_ texts: [(String, String)]) -> (directories: [MigrationDirectory], files: [MigrationFile]) {
        let files = texts.compactMap { MigrationFile.read(path: $0.0, bytes: Array($0.1.utf8)) }
        return (MigrationDirectory.group(files), files)
    }

    private func empty(_ paths: String...) -> (directories: [MigrationDirectory], files: [MigrationFile]) { group(paths.map { ($0, "SELECT 1;") }) }

    @Test func versionsPairWhateverTheirTitles() {
        let (directories, files) = empty("m/2_b.up.sql", "m/2_other.down.sql", "m/10_c.up.sql", "m/1_a.up.sql", "m/1_a.down.sql")
        #expect(
            directories.map(\.steps) == [
                [
                    .init(version: MigrationVersion(["1"]), title: "a", ups: [3], downs: [4]),
                    .init(version: MigrationVersion(["2"]), title: "b", ups: [0], downs: [1]),
                    .init(version: MigrationVersion(["10"]), title: "c", ups: [2]),
                ]
            ])
        #expect(directories.map(\.isReversible) == [true])
        #expect(directories.flatMap(\.steps).flatMap { MigrationDirectory.upsWithoutWayBack($0, in: files) } == [2])
    }

    @Test func aFolderIsForwardOnlyWhereFewVersionsLeadBack() {
        let (directories, _) = empty("m/1_a.up.sql", "m/2_b.up.sql", "m/3_c.up.sql", "m/3_c.down.sql")
        #expect(directories.map { [$0.forthCount, $0.backCount] } == [[3, 1]])
        #expect(directories.map(\.isReversible) == [false])
    }

    @Test func oneGenericDownServesEveryDialect() {
        let (directories, files) = empty(
            "m/20200402142539_a.mysql.up.sql", "m/20200402142539_a.cockroach.up.sql", "m/20200402142539_a.postgres.up.sql", "m/20200402142539_a.down.sql")
        #expect(directories.map(\.layout) == [.pop])
        #expect(directories[0].collisions(in: files).isEmpty)
        #expect((0..<3).map { MigrationDirectory.waysBack(from: $0, of: directories[0].steps[0], in: files) } == [[3], [3], [3]])
    }

    @Test func twoUpsOfOneVersionCollide() {
        let (directories, files) = empty("m/1_b.up.sql", "m/1_a.up.sql", "m/1_a.down.sql")
        #expect(directories[0].collisions(in: files).map { [$0.first, $0.second] } == [[1, 0]])
        #expect(MigrationDirectory.waysBack(from: 1, of: directories[0].steps[0], in: files) == [2])
        #expect(MigrationDirectory.waysBack(from: 0, of: directories[0].steps[0], in: files) == [])
    }

    @Test func prismaTellsVersionsByTheWholeName() {
        let (directories, files) = empty("m/20240101000000_a/migration.sql", "m/20240101000000_b/migration.sql")
        #expect(directories[0].steps.count == 2)
        #expect(directories[0].collisions(in: files).isEmpty)
        #expect(directories[0].layout.isForwardOnlyByDesign)
    }

    @Test func repeatablesAndUndosOfFlywayAreToldApart() {
        let (directories, files) = empty("db/V1__a.sql", "db/V1.1__b.sql", "db/U1__a.sql", "db/R__views.sql")
        #expect(directories[0].repeatables == [3])
        #expect(directories[0].steps.map(\.downs) == [[2], []])
        #expect(files.map(\.name.role) == [.up, .up, .down, .repeatable])
    }

    @Test func piecesOfOneMigrationAreSiblings() {
        let (directories, _) = empty(
            "m/20200402142539000000_a.mysql.up.sql", "m/20200402142539000001_a.mysql.up.sql", "m/20200402142540000000_a.mysql.up.sql",
            "m/20200402142541000000_b.mysql.up.sql")
        #expect(directories[0].steps.indices.map { directories[0].siblings(of: $0) } == [0..<2, 0..<2, 2..<3, 3..<4])
    }

    @Test func historyIsGivenBeforeEachUp() {
        let (directories, files) = group([
            ("m/1_a.up.sql", "CREATE TABLE t (a varchar(20));"), ("m/2_b.up.sql", "ALTER TABLE t ALTER a TYPE text;"), ("m/3_c.up.sql", "DROP TABLE t;"),
        ])
        var types: [SQLType?] = []
        directories[0].forEachUp(in: files) { _, before in types.append(before.column("a", of: SQLName("t"))?.type) }
        #expect(types == [nil, SQLType("varchar", [20]), SQLType("text")])
    }

    @Test func filesOfOneFolderBelongTogetherWhateverTheOrder() {
        let (directories, _) = empty("b/1_x.up.sql", "a/1_x.up.sql", "b/1_x.down.sql")
        #expect(directories.map(\.path) == ["a", "b"])
    }
}
