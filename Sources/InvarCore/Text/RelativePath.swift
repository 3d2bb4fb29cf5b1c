/// Paths inside the repository: relative to its root, `/` between segments, no `.` or `..`.
package enum RelativePath {
    /// What a link's destination names when it stands in the file `path`; nil when it leaves the root, is a URL, an
    /// anchor or empty. The fragment and query are dropped, percent escapes decoded; a leading `/` means the root.
    package static func resolve(_ destination: String, from path: String) -> String? {
        let bare = destination.prefix { $0 != "#" && $0 != "?" }
        guard !bare.isEmpty, !bare.contains(":"), !bare.hasPrefix("//") else { return nil }
        var segments: [Substring] = bare.hasPrefix("/") ? [] : Array(path.split(separator: "/").dropLast())
        let decoded = percentDecoded(String(bare))
        for segment in decoded.split(separator: "/", omittingEmptySubsequences: true) {
            switch segment {
            case ".": continue
            case "..":
                guard segments.popLast() != nil else { return nil }
            default: segments.append(segment)
            }
        }
        return segments.isEmpty ? nil : segments.joined(separator: "/")
    }

    /// The relative way from the folder of one file to another file.
    package static func way(from path: String, to target: String) -> String {
        let from = segments(folder(path))
        let to = segments(target)
        var shared = 0
        while shared < from.count, shared < to.count - 1, from[shared] == to[shared] { shared += 1 }
        return (Array(repeating: "..", count: from.count - shared) + to[shared...]).joined(separator: "/")
    }

    /// The last segment.
    package static func name(_ path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: 0x2F) else { return path }
        let last = path[path.utf8.index(after: slash)...]
        return last.isEmpty ? path.split(separator: "/").last.map(String.init) ?? path : String(last)
    }

    /// The folder, "" for the root.
    package static func folder(_ path: String) -> String {
        path.utf8.lastIndex(of: 0x2F).map { String(path[..<$0]) } ?? ""
    }

    /// The name without its extension.
    package static func stem(_ path: String) -> String {
        let name = name(path)
        guard let dot = name.utf8.lastIndex(of: 0x2E), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    /// The segments, empty ones left out.
    package static func segments(_ path: String) -> [String] {
        path.utf8.split(separator: 0x2F).map { String(Substring($0)) }
    }

    /// What stands behind the last dot of the name, in lower case; the whole name where there is none.
    package static func suffix(_ path: String) -> String {
        let name = name(path)
        guard let dot = name.utf8.lastIndex(of: 0x2E) else { return name.lowercased() }
        return name[name.utf8.index(after: dot)...].lowercased()
    }

    /// `%20` and the like as the bytes they stand for; what is no escape stays.
    package static func percentDecoded(_ text: String) -> String {
        guard text.contains("%") else { return text }
        var out: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x25, index + 2 < bytes.count,
                let value = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                out.append(value)
                index += 3
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
