/// Why a command could not go on, with what to do about it; ends in exit code 2.
///
/// What is wrong in the *content* of a file is a ``Finding``, never a failure.
package struct Failure: Error, Hashable, Sendable {
    /// Lower case, names the thing.
    package var message: String
    package var place: Place?
    /// What to do next.
    package var hint: String?

    package init(_ message: String, at place: Place? = nil, hint: String? = nil) {
        self.message = message
        self.place = place
        self.hint = hint
    }
}
