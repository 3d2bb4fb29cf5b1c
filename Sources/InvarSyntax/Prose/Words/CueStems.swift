/// The cheap first look: whether a block's text can hold a statement at all. Most blocks do not.
enum CueStems {
    /// Without normalising: half-width kana and full-width letters are let through for the folded look.
    static func mayOccur(in text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                let bucket = stems[Int(bytes[index])]
                if !bucket.isEmpty, bucket.contains(where: { starts($0, bytes, index) }) { return true }
                index += 1
            }
            return false
        }
    }

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
            "idempot", "retry", "retri", "rerun", "re-run", "re-exec", "reexec", "replay", "resend", "resubmit", "twice", "second time", "second run", "second call", "second req", "second inv", "second exec", "each run", "every run", "each call", "every call", "each inv", "every inv", "each req", "repeat", "more than once",
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
