import InvarStore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Reads the stamps of files, those of one folder one after the other: the folder is then looked up only once.
struct StampReader: ~Copyable {
    private let root: String
    private let paths: PathBuffer
    /// The folder that is open, by a path in it.
    private var open: (descriptor: Int32, path: Int)?

    init(root: String, paths: PathBuffer) {
        self.root = root
        self.paths = paths
    }

    deinit {
        if let open { close(open.descriptor) }
    }

    /// Stands for a file that is no longer there.
    static let vanished = FileStamp(size: -2, modifiedAt: 0, changedAt: 0, inode: 0)

    mutating func stamp(_ path: Int) -> FileStamp {
        if let there = open, !paths.areInOneFolder(there.path, path) {
            close(there.descriptor)
            open = nil
        }
        if open == nil {
            let folder = paths.folder(path)
            let descriptor = Glibc.open(folder.isEmpty ? root : root + "/" + folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else { return StampReader.vanished }
            open = (descriptor, path)
        }
        let descriptor = open?.descriptor ?? -1
        return paths.withName(path) { StampReader.stamp($0, in: descriptor) } ?? StampReader.vanished
    }

    /// A link is followed: the walk has made sure that it leads to a file inside the root.
    private static func stamp(_ name: UnsafePointer<CChar>, in folder: Int32) -> FileStamp? {
        var info = stat()
        guard fstatat(folder, name, &info, 0) == 0, FileSystem.kind(info) == .file else { return nil }
        return FileSystem.stamp(info)
    }
}
