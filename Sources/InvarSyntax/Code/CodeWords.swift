/// The words that a name is made of.
package enum CodeWords {
    /// `userEmailAddress`, `user_email_address`, `UserEmail-Address` → `["user", "email", "address"]`; Japanese stays whole.
    package static func of(_ name: some StringProtocol) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        let bytes = Array(name.utf8)
        func isUpper(_ index: Int) -> Bool { index < bytes.count && (0x41...0x5A).contains(bytes[index]) }
        func isLower(_ index: Int) -> Bool { index < bytes.count && (0x61...0x7A).contains(bytes[index]) }
        func end() {
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self).lowercased()) }
            word = []
        }
        for (index, byte) in bytes.enumerated() {
            let isPart = byte >= 0x80 || (0x30...0x39).contains(byte) || isUpper(index) || isLower(index)
            guard isPart else {
                end()
                continue
            }
            if isUpper(index), index > 0, !isUpper(index - 1) || isLower(index + 1), !word.isEmpty { end() }
            word.append(byte)
        }
        end()
        return words
    }
}
