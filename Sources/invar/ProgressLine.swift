import Foundation
import Synchronization

/// One line on a terminal's standard error that tells how far long work is; nothing when piped or when it is quick.
final class ProgressLine: Sendable {
    private struct State {
        var start = Date()
        var last = Date.distantPast
        var isShown = false
    }

    private let isEnabled: Bool
    private let state = Mutex(State())

    init(isQuiet: Bool) {
        isEnabled = !isQuiet && Console.isTerminal(2)
    }

    /// Redrawn at most ten times a second, and only after the first second.
    func show(_ done: Int, _ total: Int) {
        guard isEnabled else { return }
        let isDue = state.withLock { state in
            let now = Date()
            guard now.timeIntervalSince(state.start) > 1, now.timeIntervalSince(state.last) > 0.1 else { return false }
            state.last = now
            state.isShown = true
            return true
        }
        if isDue { Console.writeError("\r\(done)/\(total)") }
    }

    func clear() {
        if state.withLock({ $0.isShown }) { Console.writeError("\r\u{1B}[K") }
    }
}
