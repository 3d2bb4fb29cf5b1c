import InvarCore

/// How long a key is kept, as descriptions say it.
enum IdempotencyTerm {
    private static let words = [
        "expire", "expiration", "expiry", "ttl", "retention", "retain", "valid for", "kept for", "keeps", "lifetime", "time-to-live", "有効期限", "保持", "期限", "失効",
        "有効期間",
        "保存期間",
    ]
    private static let units = ["second", "minute", "hour", "day", "week", "month", "year", "時間", "日間", "分間", "日", "週間", "か月", "ヶ月", "年"]

    static func isTold(in texts: [String]) -> Bool {
        texts.contains { text in
            let text = Folding.searchable(text)
            return words.contains { text.holds($0) } || hasDuration(text)
        }
    }

    /// Whether a response speaks of the key.
    static func namesKey(_ description: String) -> Bool {
        let text = RepetitionGuard.normalised(description)
        return text.holds("idempoten") || text.holds("冪等") || text.holds("the key") || text.holds("キー")
    }

    /// A number before a unit of time: `24 hours`, `24 時間`, `7-day`.
    private static func hasDuration(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            guard ("0"..."9").contains(scalars[index]) else {
                index += 1
                continue
            }
            while index < scalars.count, ("0"..."9").contains(scalars[index]) { index += 1 }
            var rest = String.UnicodeScalarView(scalars[index..<min(scalars.count, index + 12)])
            while let first = rest.first, first == " " || first == "-" { rest.removeFirst() }
            let following = String(rest)
            if units.contains(where: { following.hasPrefix($0) }) { return true }
        }
        return text.holds("a day") || text.holds("an hour") || text.holds("one day") || text.holds("one hour")
    }
}
