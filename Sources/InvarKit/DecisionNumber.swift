import InvarCore
import InvarSyntax

/// How a collection tells its records apart.
package enum DecisionNumbering: String, Sendable, CaseIterable {
    /// `0007`, the number after the highest.
    case sequential
    /// `2026-02-15-` and a slug: nothing to count, and two branches hardly ever meet.
    case date
    /// A few hexadecimal digits of day and title.
    case hash
}

/// What names a new record.
package struct DecisionNumber: Hashable, Sendable {
    /// As the heading writes it, `0007`; nil where only day and slug name a record.
    package var number: String?
    /// What the name of its file, or of its folder, begins with, separator included: `0007-`, `ADR-0007-`, `2026-02-15-`.
    package var fileNameStart: String
    /// Whether the collection keeps a folder for each record.
    package var isFolder: Bool
}

/// Finds what the next record of a collection is called, from the names that are there.
struct NumberSeries {
    private let names: [RecordFileName]
    private let today: Day

    /// - Parameter names: of all records, here and on every branch.
    init(_ names: [RecordFileName], today: Day) {
        self.names = names
        self.today = today
    }

    /// - Parameters:
    ///   - numbering: nil goes on as most records do.
    ///   - prefix: letters in front of the number, as `MS` in `ADR-MS-0002`; nil takes those of most records.
    ///   - title: what a hash is made of, beside the day.
    func next(_ numbering: DecisionNumbering?, prefix: String? = nil, title: String) -> DecisionNumber {
        let kinds = names.map { (name: $0, kind: Kind($0)) }
        let uses = Dictionary(grouping: kinds.compactMap(\.kind), by: \.style).mapValues(\.count)
        let style: Style =
            switch numbering {
            case .sequential?: uses[.yearly, default: 0] > uses[.sequential, default: 0] ? .yearly : .sequential
            case .date?: uses[.dayAndCount, default: 0] > uses[.day, default: 0] ? .dayAndCount : .day
            case .hash?: .hash
            case nil: Style.allCases.max { (uses[$0, default: 0], -$0.rawValue) < (uses[$1, default: 0], -$1.rawValue) } ?? .sequential
            }
        let model = kinds.filter { $0.kind?.style == style }.max { ($0.kind?.rank ?? "", $0.name.spelling) < ($1.kind?.rank ?? "", $1.name.spelling) }?.name
        switch style {
        case .sequential: return sequential(prefix)
        case .yearly: return counted(within: String(today.civil.year), model, width: 3)
        case .dayAndCount: return counted(within: Self.compact(today), model, width: 2)
        case .day: return day(model)
        case .hash: return hash(model, title)
        }
    }

    private enum Style: Int, CaseIterable {
        case sequential, day, dayAndCount, yearly, hash
    }

    private struct Kind {
        var style: Style
        /// Orders the records of one style.
        var rank: String

        init?(_ name: RecordFileName) {
            guard let number = name.number else {
                guard let day = name.day else { return nil }
                self.init(.day, day.description)
                return
            }
            if NumberSeries.split(number) != nil {
                self.init(.sequential, String(repeating: "0", count: max(0, 20 - number.utf8.count)) + number)
            } else if number.utf8.contains(0x2D) {
                self.init(number.prefix { $0 != "-" }.utf8.count == 8 ? .dayAndCount : .yearly, number)
            } else if number.contains(where: \.isLetter) {
                self.init(.hash, number)
            } else {
                return nil
            }
        }

        private init(_ style: Style, _ rank: String) {
            self.style = style
            self.rank = rank
        }
    }

    /// The letters in front and the number; nil for dates, counters within one, and hashes.
    static func split(_ number: String) -> (prefix: String, value: Int)? {
        let digits = number.utf8.reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }.count
        guard (1...7).contains(digits), let value = Int(number.suffix(digits)) else { return nil }
        let prefix = String(number.dropLast(digits))
        return prefix.contains { $0.isNumber } || (!prefix.isEmpty && !prefix.hasSuffix("-")) ? nil : (prefix, value)
    }

    static func padded(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }

    private func sequential(_ wanted: String?) -> DecisionNumber {
        var series: [String: (count: Int, highest: Int, model: RecordFileName)] = [:]
        for name in names {
            guard let number = name.number, let (prefix, value) = NumberSeries.split(number) else { continue }
            guard let known = series[prefix] else {
                series[prefix] = (1, value, name)
                continue
            }
            let isHigher = (value, name.spelling) > (known.highest, known.model.spelling)
            series[prefix] = (known.count + 1, max(value, known.highest), isHigher ? name : known.model)
        }
        let prefix =
            wanted.map { $0.isEmpty || $0.hasSuffix("-") ? $0 : $0 + "-" } ?? series.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key ?? ""
        // A new area begins as the others do.
        let model = (series[prefix] ?? series.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.value)?.model
        let width = model?.number.map { $0.utf8.count - (NumberSeries.split($0)?.prefix.utf8.count ?? 0) } ?? 4
        let number = prefix + NumberSeries.padded((series[prefix]?.highest ?? 0) + 1, width)
        guard let model else { return DecisionNumber(number: number, fileNameStart: number + "-", isFolder: false) }
        // Only the heading carries the number.
        guard !model.spelling.isEmpty else { return DecisionNumber(number: number, fileNameStart: "", isFolder: false) }
        // `2021-06-05_001-`: the day belongs to the name, not to the number.
        let day = model.day == nil ? "" : Self.dashed(today) + String(model.spelling.dropLast(model.number?.count ?? 0).suffix(1))
        return DecisionNumber(number: number, fileNameStart: model.prefix + day + number + Self.separator(model), isFolder: model.isFolder)
    }

    /// `2026-004`, `20260215-02`: the next one of the year or day.
    private func counted(within period: String, _ model: RecordFileName?, width: Int) -> DecisionNumber {
        let counts = names.compactMap { name -> Int? in
            guard let number = name.number, number.hasPrefix(period + "-") else { return nil }
            return Int(number.dropFirst(period.utf8.count + 1))
        }
        let width = model?.number.map { $0.utf8.reversed().prefix { $0 != 0x2D }.count } ?? width
        let number = period + "-" + NumberSeries.padded(min(counts.max() ?? 0, 999_999) + 1, width)
        return DecisionNumber(number: number, fileNameStart: (model?.prefix ?? "") + number + Self.separator(model), isFolder: model?.isFolder ?? false)
    }

    private func day(_ model: RecordFileName?) -> DecisionNumber {
        let isCompact = model?.spelling.utf8.dropFirst(4).first.map { (0x30...0x39).contains($0) } ?? false
        let text = isCompact ? Self.compact(today) : Self.dashed(today)
        return DecisionNumber(number: nil, fileNameStart: (model?.prefix ?? "") + text + Self.separator(model), isFolder: model?.isFolder ?? false)
    }

    /// Made of day and title: nothing here is random.
    private func hash(_ model: RecordFileName?, _ title: String) -> DecisionNumber {
        let taken = Set(names.compactMap(\.number).map { EntryName.key(decision: $0) })
        let width = min(16, model?.number?.utf8.count ?? 8)
        var number = ""
        for attempt in 0..<10_000 {
            let value = UInt64(bitPattern: ContentHash.of(Array("\(today) \(title) \(attempt)".utf8)))
            let digits = String(value, radix: 16)
            number = String((String(repeating: "0", count: max(0, 16 - digits.utf8.count)) + digits).suffix(width))
            // Digits alone would be read as a number, letters alone as a word, `12345678` as a day.
            let isMixed = number.contains(where: \.isLetter) && number.contains(where: \.isNumber)
            if isMixed, !taken.contains(EntryName.key(decision: number)) { break }
        }
        return DecisionNumber(number: number, fileNameStart: (model?.prefix ?? "") + number + Self.separator(model), isFolder: model?.isFolder ?? false)
    }

    private static func separator(_ model: RecordFileName?) -> String {
        model.map { $0.separator.isEmpty ? "-" : $0.separator } ?? "-"
    }

    private static func dashed(_ day: Day) -> String { day.description }

    private static func compact(_ day: Day) -> String { day.description.filter { $0 != "-" } }
}
