import Dispatch
import Synchronization

/// Work on several threads at once.
enum Parallel {
    /// The results in the order of the items; the last item is worked on by the calling thread.
    static func map<T: Sendable, U: Sendable>(_ items: [T], _ body: @Sendable @escaping (T) -> U) -> [U] {
        guard let last = items.last else { return [] }
        let others = items.dropLast().map { item in Task { body(item) } }
        let own = body(last)
        return others.map(\.value) + [own]
    }

    /// A computation that began on another thread.
    final class Task<Value: Sendable>: Sendable {
        private let result = Mutex<Value?>(nil)
        private let isDone = DispatchSemaphore(value: 0)

        init(_ body: @Sendable @escaping () -> Value) {
            DispatchQueue.global().async { [self] in
                let value = body()
                result.withLock { $0 = value }
                isDone.signal()
            }
        }

        /// Waits for it.
        var value: Value {
            while true {
                if let value = result.withLock({ $0 }) { return value }
                isDone.wait()
            }
        }
    }
}
