import InvarCore
import InvarSyntax

/// Which changed files are the application itself: not its tests, documents, generated code or migrations.
enum ApplicationSource {
    private static let suffixes: Set<String> = [
        "swift", "go", "rs", "py", "rb", "erb", "java", "kt", "kts", "scala", "groovy", "ts", "tsx", "js", "jsx", "mjs", "cjs", "vue", "svelte", "php", "cs",
        "fs",
        "vb", "c", "cc", "cpp", "cxx", "h", "hpp", "m", "mm", "ex", "exs", "erl", "clj", "hs", "ml", "dart", "lua", "pl", "pm",
    ]
    private static let otherFolders: Set<String> = [
        "test", "tests", "spec", "specs", "__tests__", "__mocks__", "mocks", "fixture", "fixtures", "factories", "testdata", "testing", "e2e", "cypress", "doc",
        "docs",
        "documentation", "example", "examples", "vendor", "node_modules", "third_party", "generated", "gen", "__generated__", "migrations", "migrate",
        "migration",
        "changelog", "alembic", "seeds", "seed", "benchmark", "benchmarks", ".github", "dist", "target",
    ]
    private static let dumps: Set<String> = ["schema.rb", "schema.rs", "structure.sql", "schema.sql", "schema.prisma"]

    static func isApplication(_ path: String) -> Bool {
        let name = RelativePath.name(path)
        let lowered = name.lowercased()
        let folders = path.lowercased().split(separator: "/").dropLast().map(String.init)
        guard !dumps.contains(lowered), !folders.contains(where: otherFolders.contains), MigrationName.read(path) == nil || !isMigrationPath(folders) else {
            return false
        }
        let words = lowered.split(separator: ".").map(String.init)
        guard words.count > 1, let suffix = words.last else { return false }
        if suffix == "sql" { return folders.contains("queries") || folders.contains("query") }
        return suffixes.contains(suffix) && !isTest(name, words) && !isGenerated(words)
    }

    private static func isMigrationPath(_ folders: [String]) -> Bool {
        folders.contains { $0.contains("migrat") || $0 == "versions" }
    }

    /// `order_test.go`, `order.spec.ts`, `test_order.py`, `OrderTest.java`, `order_spec.rb`, `conftest.py`.
    private static func isTest(_ name: String, _ words: [String]) -> Bool {
        let stem = words[0]
        if words.dropFirst().dropLast().contains(where: { ["test", "spec", "cy", "stories"].contains($0) }) { return true }
        if stem.hasPrefix("test_") || stem.hasSuffix("_test") || stem.hasSuffix("_spec") || stem == "conftest" { return true }
        let written = name.prefix { $0 != "." }
        return written.hasSuffix("Test") || written.hasSuffix("Tests") || written.hasSuffix("Spec") || written.hasSuffix("IT")
    }

    /// `order.pb.go`, `orders.sql.go`, `api.gen.ts`, `order.g.dart`, `types.d.ts`.
    private static func isGenerated(_ words: [String]) -> Bool {
        words.dropFirst().dropLast().contains { ["pb", "sql", "gen", "generated", "g", "freezed", "d"].contains($0) }
            || words[0].hasSuffix("_gen") || words[0].hasSuffix("_generated") || words[0].hasSuffix("_pb2")
    }
}
