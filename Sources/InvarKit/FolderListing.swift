#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The names in one folder with what each is.
struct FolderListing {
    /// UTF-8, one after the other.
    private var bytes: [UInt8] = []
    private var entries: [(end: Int, kind: FileSystem.Kind)] = []
    /// Names that are not UTF-8, with the bad bytes replaced.
    private(set) var badNames: [String] = []

    /// nil when the folder cannot be opened.
    init?(_ path: String) {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 1) { read($0, type: Int32(entry.pointee.d_type), folder) }
            }
        }
    }

    private mutating func read(_ name: UnsafePointer<CChar>, type: Int32, _ folder: OpaquePointer) {
        let text = UnsafeRawBufferPointer(start: name, count: strlen(name)).bindMemory(to: UInt8.self)
        if text.contains(where: { $0 >= 0x80 }), String(validatingCString: name) == nil {
            badNames.append(String(cString: name))
            return
        }
        guard !text.elementsEqual([0x2E]), !text.elementsEqual([0x2E, 0x2E]) else { return }
        guard let kind = FolderListing.kind(type) ?? FolderListing.kind(of: name, in: folder) else { return }
        bytes.append(contentsOf: text)
        entries.append((bytes.count, kind))
    }

    /// What `readdir` says; nil on file systems where it does not.
    private static func kind(_ type: Int32) -> FileSystem.Kind? {
        switch type {
        case 0: nil
        case 4: .folder
        case 8: .file
        case 10: .link
        default: .other
        }
    }

    private static func kind(of name: UnsafePointer<CChar>, in folder: OpaquePointer) -> FileSystem.Kind? {
        var info = stat()
        return fstatat(dirfd(folder), name, &info, AT_SYMLINK_NOFOLLOW) == 0 ? FileSystem.kind(info) : nil
    }

    func forEach(_ body: (UnsafeBufferPointer<UInt8>, FileSystem.Kind) -> Void) {
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for (end, kind) in entries {
                body(UnsafeBufferPointer(rebasing: bytes[start..<end]), kind)
                start = end
            }
        }
    }

    /// The names as strings.
    var texts: [String] {
        var texts: [String] = []
        forEach { name, _ in texts.append(String(decoding: name, as: UTF8.self)) }
        return texts
    }
}
