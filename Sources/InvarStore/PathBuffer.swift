#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Many paths in one buffer, so that ten thousand of them can be sorted and compared without a string of any.
package struct PathBuffer: Sendable {
    /// UTF-8, each path followed by a NUL.
    private var bytes: [UInt8] = []
    private var starts: [Int] = [0]
    /// Where the last part of each path begins.
    private var names: [Int] = []
    /// Whether the order of their bytes is the order of their characters.
    private var isASCII = true

    /// Room for many paths; memory that is not filled costs nothing.
    package init() {
        bytes.reserveCapacity(1 << 19)
        starts.reserveCapacity(1 << 14)
        names.reserveCapacity(1 << 14)
    }

    package var count: Int { starts.count - 1 }

    /// Appends `folder/name`, or the name alone where the folder is "".
    package mutating func append(folder: String = "", _ name: UnsafeBufferPointer<UInt8>) {
        if !folder.isEmpty {
            bytes.append(contentsOf: folder.utf8)
            bytes.append(0x2F)
        }
        names.append(bytes.count + (name.lastIndex(of: 0x2F).map { $0 + 1 } ?? 0))
        bytes.append(contentsOf: name)
        bytes.append(0)
        isASCII = isASCII && bytes[(starts.last ?? 0)...].allSatisfy { $0 < 0x80 }
        starts.append(bytes.count)
    }

    package subscript(index: Int) -> String {
        String(decoding: bytes[starts[index]..<(starts[index + 1] - 1)], as: UTF8.self)
    }

    /// The folder of a path, "" for the root.
    package func folder(_ index: Int) -> String {
        String(decoding: bytes[starts[index]..<max(starts[index], names[index] - 1)], as: UTF8.self)
    }

    package func areInOneFolder(_ index: Int, _ other: Int) -> Bool {
        let length = names[index] - starts[index]
        guard length == names[other] - starts[other] else { return false }
        return bytes.withUnsafeBytes { buffer in
            buffer.baseAddress.map { memcmp($0 + starts[index], $0 + starts[other], length) == 0 } ?? true
        }
    }

    /// Hands out a path's last part as a C string, valid during the call.
    package func withName<T>(_ index: Int, _ body: (UnsafePointer<CChar>) -> T?) -> T? {
        bytes.withUnsafeBytes { buffer in
            buffer.baseAddress.flatMap { body(($0 + names[index]).assumingMemoryBound(to: CChar.self)) }
        }
    }

    /// Hands out a path as a C string, valid during the call.
    package func withCString<T>(_ index: Int, _ body: (UnsafePointer<CChar>) -> T) -> T? {
        bytes.withUnsafeBytes { buffer in
            buffer.baseAddress.map { body(($0 + starts[index]).assumingMemoryBound(to: CChar.self)) }
        }
    }

    /// Negative, 0 or positive as a path's bytes come before those of another buffer's path, are the same, or come after.
    package func compareBytes(_ index: Int, _ other: PathBuffer, _ position: Int) -> Int32 {
        let length = min(starts[index + 1] - starts[index], other.starts[position + 1] - other.starts[position])
        return bytes.withUnsafeBytes { own in
            other.bytes.withUnsafeBytes { others in
                guard let first = own.baseAddress, let second = others.baseAddress else { return 0 }
                return memcmp(first + starts[index], second + other.starts[position], length)
            }
        }
    }

    /// The indices in the order of their paths as text, equal ones in the order they were appended in.
    package var sorted: [Int] {
        let all = Array(0..<count)
        guard isASCII else { return all.sorted { self[$0] < self[$1] } }
        return bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return all }
            return all.sorted { first, second in
                let length = min(starts[first + 1] - starts[first], starts[second + 1] - starts[second])
                return memcmp(base + starts[first], base + starts[second], length) < 0
            }
        }
    }
}
