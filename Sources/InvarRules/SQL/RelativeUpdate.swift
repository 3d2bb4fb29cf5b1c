import InvarSyntax

/// Whether running an UPDATE, or an INSERT that updates, once more changes a value once more.
enum RelativeUpdate {
    /// The column that moves on each time; nil if none does, or if the condition keeps a second run out.
    static func column(in data: SQLData) -> String? {
        guard let moved = data.assignments.first(where: { $0.isRelative && !counts($0.column) }) else { return nil }
        guard let condition = data.whereColumns, data.constantCondition == nil else { return moved.column }
        let set = Set(data.assignments.map(\.column))
        return condition.contains { set.contains($0) || isGuard($0) } ? nil : moved.column
    }

    /// Counters and locks are meant to move with each write.
    private static func counts(_ column: String) -> Bool {
        let words = column.split(separator: "_")
        return column == "version"
            || words.contains { ["version", "revision", "count", "counter", "hits", "attempts", "attempt", "retries", "generation"].contains($0) }
    }

    /// A column that tells which rows a run has done.
    private static func isGuard(_ column: String) -> Bool {
        let words = column.split(separator: "_")
        if words.last == "flag" || words.last == "flg" { return true }
        if ["batch_id", "run_id", "job_id", "business_date", "target_date", "transaction_id", "request_id", "event_id", "idempotency_key"].contains(column) {
            return true
        }
        return words.contains { ["version", "revision", "applied", "processed", "migrated", "converted", "done", "granted", "synced"].contains($0) }
    }
}
