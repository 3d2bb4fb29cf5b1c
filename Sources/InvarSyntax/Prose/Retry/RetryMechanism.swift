/// What a retry strategy works by.
package enum RetryMechanism: String, Sendable, CaseIterable, Comparable {
    /// How often at most.
    case limit
    /// How long to wait.
    case backoff
    /// A person recovers.
    case manual
    /// Repetitions are recognised.
    case dedupe
    /// What fails is set aside.
    case deadLetter
    /// What was done is undone or balanced.
    case compensation
    /// The other side is asked what became of it.
    case inquiry
    /// It is run again, and the text says from where or with what.
    case rerun

    package static func < (a: RetryMechanism, b: RetryMechanism) -> Bool { a.rawValue < b.rawValue }
}
