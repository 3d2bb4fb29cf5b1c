import InvarCore

/// Paths of files that are not operated.
enum ExemptPath {
    /// Tests, fixtures, seeds, examples, as a folder below the root or by the file's name.
    static func isExempt(_ path: String) -> Bool {
        isTest(path) || folders(path).contains { exempt.contains($0) } || ["seed", "seeds", "seeder"].contains(RelativePath.stem(path).lowercased())
    }

    /// Tests and what they read.
    static func isTest(_ path: String) -> Bool {
        if folders(path).contains(where: { tests.contains($0) }) { return true }
        let stem = RelativePath.stem(path)
        let lower = stem.lowercased()
        return lower.hasSuffix("_test") || lower.hasSuffix(".test") || lower.hasSuffix("_spec") || lower.hasSuffix(".spec") || lower.hasPrefix("test_")
            || lower.hasSuffix(".stories") || stem.hasSuffix("Test") || stem.hasSuffix("Tests") || stem.hasSuffix("IT") || lower == "conftest"
    }

    /// Somebody else's code, or what a program wrote.
    static func isForeign(_ path: String) -> Bool {
        folders(path).contains { foreign.contains($0) } || path.hasSuffix(".min.js") || path.hasSuffix(".d.ts")
    }

    private static func folders(_ path: String) -> [String] {
        RelativePath.segments(path).dropLast().map { $0.lowercased() }
    }

    private static let exempt: Set<String> = ["seed", "seeds", "seeder", "seeders", "example", "examples", "sample", "samples", "demo", "demos"]
    private static let tests: Set<String> = [
        "test", "tests", "spec", "specs", "fixture", "fixtures", "e2e", "testdata", "__tests__", "__mocks__", "mocks", "testing", "androidtest", "testfixtures",
        "integration_tests", "functional_tests_fixtures",
    ]
    private static let foreign: Set<String> = ["vendor", "node_modules", "third_party", "third-party", "dist", "bower_components"]
}
