/// Tables whose rows nobody misses.
enum StagingName {
    /// Whole words: `workers` and `temperatures` are no staging tables.
    private static let prefixes: Set<Substring> = ["tmp", "temp", "stg", "staging", "wrk", "work"]
    private static let suffixes = ["_tmp", "_temp", "_work", "_wk", "_staging", "_stg"]

    static func isStaging(_ table: String) -> Bool {
        // A name that an interpolation gave begins with `_` too.
        if table.hasPrefix("_"), table.hasSuffix("_") {
            return suffixes.contains { table.dropLast().hasSuffix($0) } || ["tmp", "temp", "stg", "staging"].contains { table.contains($0) }
        }
        if let first = table.first, "_#@".contains(first) { return true }
        return prefixes.contains(table.prefix { $0.isLetter }) || suffixes.contains { table.hasSuffix($0) }
    }
}
