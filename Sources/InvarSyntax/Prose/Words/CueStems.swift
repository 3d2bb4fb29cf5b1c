/// The cheap first look: whether a block's text can hold a statement at all. Most blocks do not.
enum CueStems {
    /// Without normalising: half-width kana and full-width letters are let through for the folded look.
    static func mayOccur(in text: String) -> Bool {
        var copy = text
        return copy.withUTF8(mayOccur)
    }

    static func mayOccur(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let pairs = pairs
        let stems = stems
        guard bytes.count > 1 else { return false }
        for index in 0..<(bytes.count - 1) where pairs[Int(bytes[index]) << 8 | Int(bytes[index + 1])] {
            if stems[Int(bytes[index])].contains(where: { starts($0, bytes, index) }) { return true }
        }
        return false
    }

    /// Whether any stem begins with these two bytes: settles nearly every place with one look.
    private static let pairs: [Bool] = {
        var table = [Bool](repeating: false, count: 1 << 16)
        for (first, bucket) in stems.enumerated() {
            for stem in bucket where stem.count > 1 {
                table[first << 8 | Int(stem[1])] = true
                if (0x61...0x7A).contains(stem[1]) { table[first << 8 | Int(stem[1] & 0xDF)] = true }
            }
        }
        return table
    }()

    private static func starts(_ stem: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        guard index + stem.count <= bytes.count else { return false }
        var offset = 1
        while offset < stem.count {
            let byte = bytes[index + offset]
            guard (byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) == stem[offset] else { return false }
            offset += 1
        }
        return true
    }

    private static let stems: [[[UInt8]]] = {
        let words = [
            "idempot", "retry", "retri", "rerun", "re-run", "re-exec", "reexec", "replay", "resend", "resubmit", "twice", "second time", "second run",
            "second call", "second req", "second inv", "second exec", "each run", "every run", "each call", "every call", "each inv", "every inv", "each req",
            "repeat", "more than once",
            "duplicat", "double", "again", "run once", "only once", "most once", "most-once", "qos 0", "rolled back", "roll back", "rollback", "undone",
            "reversib", "reverted", "reversed", "one-way", "forward-only", "冪", "幂", "羃", "巾等", "べき等", "ベキ等", "べき 等", "リトライ", "再試行", "再実行", "再送", "リラン", "再投入",
            "再処理", "二重", "重複", "二回", "二度", "2回", "2度", "2 回", "２回", "複数回", "最大1回", "最大一回", "高々1回", "高々一回", "高々 1", "ロールバック", "切り戻", "切戻", "巻き戻",
            "元に戻", "不可逆", "ﾘﾄﾗｲ", "ﾛｰﾙﾊﾞｯｸ", "ﾘﾗﾝ", "ﾍﾞｷ", "ｉｄｅ", "ｎｏｎ", "ｎｏｔ", "Ｎｏｔ", "ＮＯＴ", "Ｎｏｎ", "ＮＯＮ", "ｒｅｔ",
        ]
        var table = [[[UInt8]]](repeating: [], count: 256)
        for word in words {
            let bytes = Array(word.utf8)
            guard let first = bytes.first else { continue }
            table[Int(first)].append(bytes)
            if (0x61...0x7A).contains(first) { table[Int(first & 0xDF)].append(bytes) }
        }
        return table
    }()
}
