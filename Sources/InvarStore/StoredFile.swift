/// What the file system says of a file; equal means that it was not touched since it was read.
package struct FileStamp: Hashable, Sendable {
    package var size: Int64
    /// Nanoseconds since 1970.
    package var modifiedAt: Int64
    /// Nanoseconds since 1970; it moves when somebody sets the modification time back.
    package var changedAt: Int64
    package var inode: Int64

    package init(size: Int64, modifiedAt: Int64, changedAt: Int64, inode: Int64) {
        self.size = size
        self.modifiedAt = modifiedAt
        self.changedAt = changedAt
        self.inode = inode
    }

    /// Equal to no stamp of a real file: the file changed so recently that another change could leave the same times,
    /// or it could not be read at all.
    package static let unsettled = FileStamp(size: -1, modifiedAt: 0, changedAt: 0, inode: 0)
}

/// A file that the index knows.
package struct StoredFile: Sendable {
    package var id: Int64
    package var stamp: FileStamp
    package var contentHash: Int64
}

/// All files that the index knows, in the order of their rows: that of their paths, save for those written later.
package struct StoredFiles: Sendable {
    package private(set) var paths = PathBuffer()
    package private(set) var files: [StoredFile] = []

    package init() {
        files.reserveCapacity(1 << 14)
    }

    mutating func append(_ path: UnsafeBufferPointer<UInt8>, _ file: StoredFile) {
        paths.append(path)
        files.append(file)
    }
}
