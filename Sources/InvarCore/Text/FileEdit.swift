/// What is to become of one file: splices of its bytes, or all bytes of a new one.
package struct FileEdit: Hashable, Sendable {
    /// Relative to the root.
    package var path: String
    /// nil when the file is made.
    package var before: [UInt8]?
    package var after: [UInt8]

    package init(path: String, before: [UInt8]?, after: [UInt8]) {
        self.path = path
        self.before = before
        self.after = after
    }

    package init(path: String, _ bytes: [UInt8], _ splices: [Splice]) {
        self.init(path: path, before: bytes, after: bytes.splicing(splices))
    }
}
