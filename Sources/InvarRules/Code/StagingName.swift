/// Tables whose rows nobody misses.
enum StagingName {
    private static let prefixes = ["tmp", "temp", "stg", "staging", "wrk", "work", "_"]
    private static let suffixes = ["_tmp", "_temp", "_work", "_wk", "_staging", "_stg"]

    static func isStaging(_ table: String) -> Bool {
        // A name that an interpolation gave begins with `_` too.
        if table.hasPrefix("_"), table.hasSuffix("_") {
            return suffixes.contains { table.dropLast().hasSuffix($0) } || ["tmp", "temp", "stg", "staging"].contains { table.contains($0) }
        }
        return prefixes.contains { table.hasPrefix($0) } || suffixes.contains { table.hasSuffix($0) }
    }
}
