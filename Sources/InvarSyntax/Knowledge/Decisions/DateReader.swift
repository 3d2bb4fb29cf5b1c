package import InvarCore

/// Finds a calendar day in text, in the spellings that people use.
///
/// `2026-03-01`, `2026/3/1`, `2026.03.01`, `2026年3月1日`, `令和8年3月1日`, `March 1, 2026`, `1 Mar 2026`, `01.03.2026`, all
/// in either width; `17/08/2020` where only one reading is a day.
package enum DateReader {
    /// The first day in the text; impossible dates are no dates.
    package static func day(in text: String) -> Day? {
        read(text).day
    }

    /// The day a file's name begins with: `2026-02-15-…`, `20260215-…`, `2026-02-15_007-…`.
    package static func day(inFileName name: String) -> Day? {
        let scalars = folded(name)
        if let found = compact(scalars, at: 0) { return found }
        return yearFirst(scalars, at: 0)?.day
    }

    /// What a text says about a day.
    package struct Reading: Sendable {
        package var day: Day?
        /// Text in the shape of a date that names no day, or more than one: `2026-02-30`, `03/04/2026`.
        package var unreadable: String?
    }

    /// The first day, or else the first thing that only looks like one.
    package static func read(_ text: String) -> Reading {
        let scalars = folded(text)
        var unreadable: String?
        var index = 0
        while index < scalars.count {
            let startsWord = index == 0 || !scalars[index - 1].isASCIIWord
            guard startsWord, scalars[index].isASCIIWord || scalars[index] == "令" || scalars[index] == "平" else {
                index += 1
                continue
            }
            let found =
                yearFirst(scalars, at: index) ?? era(scalars, at: index) ?? dayFirst(scalars, at: index)
                ?? monthName(scalars, at: index)
            if let found {
                if let day = found.day { return Reading(day: day, unreadable: nil) }
                unreadable = unreadable ?? DateReader.text(scalars[index..<found.end])
                index = found.end
            } else {
                index += 1
            }
        }
        if let day = compact(scalars.filter { !$0.isBlank }, at: 0), scalars.filter({ !$0.isBlank }).count == 8 {
            return Reading(day: day, unreadable: nil)
        }
        return Reading(day: nil, unreadable: unreadable)
    }

    private struct Found {
        var day: Day?
        var end: Int
    }

    /// `2026-03-01` and its kin; nil unless year, month and day are all there.
    private static func yearFirst(_ scalars: [Unicode.Scalar], at start: Int) -> Found? {
        guard let year = number(scalars, at: start), year.digits == 4, year.end < scalars.count else { return nil }
        return monthAndDay(scalars, year: year.value, from: year.end)
    }

    /// `令和8年3月1日`, `平成元年…`.
    private static func era(_ scalars: [Unicode.Scalar], at start: Int) -> Found? {
        let names: [(name: String, offset: Int)] = [("令和", 2018), ("平成", 1988)]
        guard let era = names.first(where: { starts(scalars, $0.name, at: start) }) else { return nil }
        if starts(scalars, "元", at: start + 2) {
            return monthAndDay(scalars, year: era.offset + 1, from: start + 3)
        }
        guard let year = number(scalars, at: start + 2), year.digits <= 2, year.end < scalars.count else { return nil }
        return monthAndDay(scalars, year: era.offset + year.value, from: year.end)
    }

    private static func monthAndDay(_ scalars: [Unicode.Scalar], year: Int, from start: Int) -> Found? {
        guard start < scalars.count else { return nil }
        let separator = scalars[start]
        guard separator == "-" || separator == "/" || separator == "." || separator == "年" else { return nil }
        guard let month = number(scalars, at: skippingBlanks(scalars, start + 1)), month.digits <= 2,
            month.end < scalars.count, scalars[month.end] == (separator == "年" ? "月" : separator),
            let day = number(scalars, at: skippingBlanks(scalars, month.end + 1)), day.digits <= 2
        else { return nil }
        if separator == "年" {
            guard day.end < scalars.count, scalars[day.end] == "日" else { return nil }
        }
        // `2026-02-15-…` begins a file name and `2026-02-15T…` a time; a further letter or digit is no date.
        if day.end < scalars.count, scalars[day.end].isASCIIWord, scalars[day.end] != "t" { return nil }
        return Found(day: Day(year: year, month: month.value, day: day.value), end: day.end)
    }

    /// `17/08/2020` where only one order gives a day, `1.3.2026` (dots are written day first everywhere).
    private static func dayFirst(_ scalars: [Unicode.Scalar], at start: Int) -> Found? {
        guard let first = number(scalars, at: start), first.digits <= 2, first.end < scalars.count else { return nil }
        let separator = scalars[first.end]
        guard separator == "-" || separator == "/" || separator == ".",
            let second = number(scalars, at: first.end + 1), second.digits <= 2, second.end < scalars.count,
            scalars[second.end] == separator, let year = number(scalars, at: second.end + 1), year.digits == 4,
            year.end == scalars.count || !scalars[year.end].isASCIIWord
        else { return nil }
        let european = Day(year: year.value, month: second.value, day: first.value)
        let american = Day(year: year.value, month: first.value, day: second.value)
        if separator == "." || american == nil || american == european { return Found(day: european, end: year.end) }
        return Found(day: european == nil ? american : nil, end: year.end)
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// `March 1st, 2026`, `1 Mar 2026`, `1st of March 2026`, `01-Mar-2026`.
    private static func monthName(_ scalars: [Unicode.Scalar], at start: Int) -> Found? {
        if let month = month(scalars, at: start) {
            guard let day = number(scalars, at: skippingJoints(scalars, month.end)), day.digits <= 2,
                let year = number(scalars, at: skippingJoints(scalars, skippingOrdinal(scalars, day.end))),
                year.digits == 4
            else { return nil }
            return Found(day: Day(year: year.value, month: month.value, day: day.value), end: year.end)
        }
        guard let day = number(scalars, at: start), day.digits <= 2 else { return nil }
        var next = skippingJoints(scalars, skippingOrdinal(scalars, day.end))
        if starts(scalars, "of ", at: next) { next = skippingJoints(scalars, next + 3) }
        guard let month = month(scalars, at: next),
            let year = number(scalars, at: skippingJoints(scalars, month.end)), year.digits == 4
        else { return nil }
        return Found(day: Day(year: year.value, month: month.value, day: day.value), end: year.end)
    }

    private static func month(_ scalars: [Unicode.Scalar], at start: Int) -> (value: Int, end: Int)? {
        var end = start
        while end < scalars.count, scalars[end].isASCIILetter, end - start < 10 { end += 1 }
        guard end - start >= 3 else { return nil }
        let name = text(scalars[start..<end])
        guard let index = months.firstIndex(where: { $0.hasPrefix(name) || (name == "sept" && $0 == "september") })
        else { return nil }
        return (index + 1, end)
    }

    /// Eight digits that are a day, followed by no further digit.
    private static func compact(_ scalars: [Unicode.Scalar], at start: Int) -> Day? {
        guard let run = number(scalars, at: start), run.digits == 8 else { return nil }
        return Day(year: run.value / 10_000, month: run.value / 100 % 100, day: run.value % 100)
    }

    private static func number(_ scalars: [Unicode.Scalar], at start: Int) -> (value: Int, digits: Int, end: Int)? {
        var value = 0
        var end = start
        while end < scalars.count, scalars[end].isASCIIDigit, end - start < 9 {
            value = value * 10 + Int(scalars[end].value - 0x30)
            end += 1
        }
        return end > start ? (value, end - start, end) : nil
    }

    private static func skippingBlanks(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
        var index = start
        while index < scalars.count, scalars[index].isBlank, index - start < 4 { index += 1 }
        return index
    }

    private static func skippingJoints(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
        var index = start
        while index < scalars.count, index - start < 4,
            scalars[index].isBlank || scalars[index] == "," || scalars[index] == "." || scalars[index] == "-"
        { index += 1 }
        return index
    }

    private static func skippingOrdinal(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
        for suffix in ["st", "nd", "rd", "th"] where starts(scalars, suffix, at: start) { return start + 2 }
        return start
    }

    private static func starts(_ scalars: [Unicode.Scalar], _ prefix: String, at start: Int) -> Bool {
        var index = start
        for scalar in prefix.unicodeScalars {
            guard index < scalars.count, scalars[index] == scalar else { return false }
            index += 1
        }
        return true
    }

    private static func folded(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.prefix(4000).map(InlineSource.fold)
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
