package import InvarCore

/// A `$ref` that leads nowhere: what it stands for is not checked.
package struct APIUnreadReference: Hashable, Sendable {
    package var text: String
    /// Of the reference's text.
    package var place: Place
    package var reason: Reason

    package init(text: String, place: Place, reason: Reason) {
        self.text = text
        self.place = place
        self.reason = reason
    }

    package enum Reason: Hashable, Sendable {
        /// A URL: nothing is fetched.
        case remote
        /// Leaves the repository, or is no path.
        case outside
        /// There is no such file among those that are checked.
        case noFile(String)
        /// The file is neither YAML nor JSON, or broken.
        case notYAML(String)
        /// The file has nothing at that pointer.
        case noValue(String)
        /// Leads back to itself, or through too many others.
        case circle
    }
}
