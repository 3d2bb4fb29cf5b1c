/// The five time fields of a cron entry.
package struct CronSchedule: Sendable, Hashable {
    package var minute: String
    package var hour: String
    package var day: String
    package var month: String
    package var weekday: String

    /// nil for fields that no cron would take.
    package init?(_ fields: [String]) {
        guard fields.count == 5, fields.allSatisfy(CronSchedule.isField) else { return nil }
        minute = fields[0]
        hour = fields[1]
        day = fields[2]
        month = fields[3]
        weekday = fields[4]
    }

    private static func isField(_ text: String) -> Bool {
        let hasPlace = text.utf8.contains { $0 == 0x2A || (0x30...0x39).contains($0) || $0 == 0x3F } || names.contains(text.lowercased().prefix(3).description)
        return hasPlace && text.utf8.count <= 200
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || [0x2A, 0x2F, 0x2C, 0x2D, 0x3F, 0x23, 0x7E].contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
            }
    }

    private static let names: Set<String> = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// The shortest time between two runs within an hour, in minutes; nil when they are an hour or more apart.
    package var minutesBetweenRuns: Int? {
        let minutes = CronSchedule.values(of: minute, upTo: 59)
        guard minutes.count > 1 else { return nil }
        var shortest = 60
        for (a, b) in zip(minutes, minutes.dropFirst()) { shortest = min(shortest, b - a) }
        return shortest < 60 ? shortest : nil
    }

    /// The values of a field, sorted.
    private static func values(of field: String, upTo last: Int) -> [Int] {
        var values: Set<Int> = []
        for part in field.split(separator: ",").prefix(100) {
            let halves = part.split(separator: "/", maxSplits: 1)
            guard let range = halves.first else { continue }
            var step = halves.count > 1 ? Int(halves[1]) ?? 1 : 1
            step = max(1, min(step, last + 1))
            let bounds = range.split(separator: "-")
            var low = 0
            var high = last
            if range == "*" || range == "?" {
            } else if range.contains("~") {
                // A random minute of a range: one.
                high = low
            } else if bounds.count == 2, let first = Int(bounds[0]), let second = Int(bounds[1]) {
                (low, high) = (first, second)
            } else if let only = Int(range) {
                low = only
                high = halves.count > 1 ? last : only
            } else {
                continue
            }
            guard low >= 0, low <= high, high <= last else { continue }
            for value in stride(from: low, through: high, by: step) { values.insert(value) }
        }
        return values.sorted()
    }
}
