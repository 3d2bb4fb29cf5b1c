import InvarCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Text in another encoding → UTF-8, by the system's iconv.
enum Transcoding {
    static func utf8(_ bytes: [UInt8], from encoding: String) throws(Failure) -> [UInt8] {
        let converter = iconv_open("UTF-8", encoding)
        guard converter != iconv_t(bitPattern: -1) else {
            throw Failure("the encoding \(encoding) is not known here", hint: "names are those of iconv, such as CP932 or EUC-JP")
        }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
        var written = 0
        var failedAt: Int?
        input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var fromLeft = source.count
                var to = target.baseAddress
                var toLeft = target.count
                let status = iconv(converter, &from, &fromLeft, &to, &toLeft)
                if status == Int.max || Int(bitPattern: UInt(bitPattern: status)) == -1 { failedAt = source.count - fromLeft }
                written = target.count - toLeft
            }
        }
        if let failedAt { throw Failure("is not \(encoding): byte \(failedAt + 1) cannot be read", hint: "mend encoding: in invar.yml") }
        return output[..<written].map { UInt8(bitPattern: $0) }
    }
}
