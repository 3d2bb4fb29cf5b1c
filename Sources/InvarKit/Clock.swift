import Foundation
package import InvarCore

/// The only reading of the clock: which day it is.
package enum Clock {
    /// Today in a time zone of the tz database.
    package static func today(in timeZone: String) -> Day {
        let seconds = Date().timeIntervalSince1970
        // The database of time zones costs milliseconds, which most projects need not pay.
        if timeZone == "UTC" { return Day(ordinal: Int((seconds / 86_400).rounded(.down))) }
        let offset = TimeZone(identifier: timeZone)?.secondsFromGMT(for: Date()) ?? 0
        return Day(ordinal: Int(((seconds + Double(offset)) / 86_400).rounded(.down)))
    }

    /// Today where the person is, as `TZ` or the machine says: the day that the program `date` prints.
    static var localToday: Day {
        let now = Date()
        return Day(ordinal: Int(((now.timeIntervalSince1970 + Double(TimeZone.current.secondsFromGMT(for: now))) / 86_400).rounded(.down)))
    }

    /// The day of a moment in a time zone of the tz database.
    ///
    /// - Parameter seconds: since 1970.
    static func day(of seconds: Int, in timeZone: String) -> Day {
        let offset = timeZone == "UTC" ? 0 : TimeZone(identifier: timeZone)?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))) ?? 0
        return Day(ordinal: Int((Double(seconds + offset) / 86_400).rounded(.down)))
    }

    static func knows(timeZone: String) -> Bool {
        TimeZone(identifier: timeZone) != nil
    }
}
