import Foundation
import InvarCore
import InvarKit
import Testing

/// What a change does to migrations, against the branch that it is to be merged into.
struct MigrationChangeTests {
    private let orders = "CREATE TABLE orders (id bigint);\n"

    @Test("a way back that the change deletes is missed at its way forth")
    func deletedWayBack() throws {
        let folder = try TemporaryFolder([
            "db/1_orders.up.sql": orders, "db/1_orders.down.sql": "DROP TABLE orders;\n", "db/2_carts.up.sql": "CREATE TABLE carts (id bigint);\n",
            "db/2_carts.down.sql": "DROP TABLE carts;\n",
        ])
        try folder.git("init", "-q", "-b", "main")
        try folder.commit("base")
        try folder.git("rm", "-q", "db/2_carts.down.sql")
        #expect(try found(in: folder, since: "main") == ["sql/missing-down db/2_carts.up.sql:1"])
    }

    @Test("a way back that is moved out of the tool's sight is missed, too")
    func movedWayBack() throws {
        let folder = try TemporaryFolder([
            "db/1_orders.up.sql": orders, "db/1_orders.down.sql": "DROP TABLE orders;\n", "db/2_carts.up.sql": "CREATE TABLE carts (id bigint);\n",
            "db/2_carts.down.sql": "-- carts\nDROP TABLE carts;\n",
        ])
        try folder.git("init", "-q", "-b", "main")
        try folder.commit("base")
        try folder.git("mv", "db/2_carts.down.sql", "db/2_carts.txt")
        #expect(try found(in: folder, since: "main") == ["sql/missing-down db/2_carts.up.sql:1"])
    }

    @Test("a version that the base branch gave away meanwhile collides, one of its own does not")
    func collisionWithBase() throws {
        let folder = try TemporaryFolder(["db/1_orders.up.sql": orders, "db/1_orders.down.sql": "DROP TABLE orders;\n"])
        try folder.git("init", "-q", "-b", "main")
        try folder.commit("base")
        try folder.git("checkout", "-q", "-b", "topic")
        for (name, text) in [("carts", "CREATE TABLE carts (id bigint);\n"), ("points", "CREATE TABLE points (id bigint);\n")] {
            let version = name == "carts" ? 2 : 3
            try folder.write("db/\(version)_\(name).up.sql", text)
            try folder.write("db/\(version)_\(name).down.sql", "DROP TABLE \(name);\n")
        }
        try folder.commit("topic")
        try folder.git("checkout", "-q", "main")
        try folder.write("db/2_stock.up.sql", "CREATE TABLE stock (id bigint);\n")
        try folder.write("db/2_stock.down.sql", "DROP TABLE stock;\n")
        try folder.commit("main goes on")
        try folder.git("checkout", "-q", "topic")
        #expect(try found(in: folder, since: "main") == ["sql/version-collision db/2_carts.up.sql:1"])
    }

    @Test("many deleted versions of one folder are one finding")
    func squash() throws {
        var files: [String: String] = [:]
        for version in 1...5 { files["db/\(version)_t.up.sql"] = "CREATE TABLE t\(version) (id bigint);\n" }
        let folder = try TemporaryFolder(files)
        try folder.git("init", "-q", "-b", "main")
        try folder.commit("base")
        for version in 1...4 { try folder.git("rm", "-q", "db/\(version)_t.up.sql") }
        #expect(try found(in: folder, since: "main") == ["sql/edited-applied-migration db/1_t.up.sql:1"])
    }

    private func found(in folder: TemporaryFolder, since base: String) throws -> [String] {
        var options = CheckOptions()
        options.base = base
        return try folder.workspace().check(options).report.findings.map { "\($0.rule) \($0.place.path):\($0.place.line)" }
    }
}

extension TemporaryFolder {
    func git(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", path, "-c", "user.name=t", "-c", "user.email=t@example.com"] + arguments
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    func commit(_ subject: String) throws {
        try git("add", "-A")
        try git("commit", "-qm", subject)
    }
}
