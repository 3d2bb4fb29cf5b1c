import InvarCore

/// Names the operations that a sentence speaks of.
package enum ProseOperations {
    /// `POST /orders`, inline code, and words that end in バッチ, ジョブ, API, job or batch; in order, without repetition.
    package static func names(in text: String, codes: [String]) -> [String] {
        var found: [(at: Int, name: String)] = []
        let scalars = Array(text.unicodeScalars)
        let words = split(scalars)
        for (index, word) in words.enumerated() where methods.contains(word.text) && index + 1 < words.count {
            let next = words[index + 1].text
            if next.hasPrefix("/"), next.unicodeScalars.count > 1 { found.append((word.start, word.text + " " + next)) }
        }
        for code in codes where !code.isEmpty && code.unicodeScalars.count <= 80 && text.holds(code) {
            let name = code.trimmingBlanks
            guard !methods.contains(name.uppercased()), !found.contains(where: { $0.name == name || $0.name.hasSuffix(" " + name) }) else { continue }
            found.append((offset(of: code, in: scalars), name))
        }
        found += japanese(scalars)
        for (index, word) in words.enumerated() where index > 0 && ["job", "batch", "workflow", "script", "cronjob"].contains(word.text.lowercased()) {
            let before = words[index - 1]
            if before.text.contains("-") || before.text.contains("_"), !found.contains(where: { $0.name == before.text }) { found.append((before.start, before.text)) }
        }
        var seen: Set<String> = []
        return found.sorted { ($0.at, $0.name) < ($1.at, $1.name) }.map(\.name).filter { seen.insert($0).inserted }
    }

    private static let methods: Set<String> = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]

    private static func split(_ scalars: [Unicode.Scalar]) -> [(text: String, start: Int)] {
        var words: [(text: String, start: Int)] = []
        var word = ""
        var start = 0
        for (index, scalar) in scalars.enumerated() {
            let belongs = scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789/_-{}.:*".unicodeScalars.contains(scalar))
            if belongs {
                if word.isEmpty { start = index }
                word.unicodeScalars.append(scalar)
            } else if !word.isEmpty {
                words.append((cleaned(word), start))
                word = ""
            }
        }
        if !word.isEmpty { words.append((cleaned(word), start)) }
        return words
    }

    private static func cleaned(_ word: String) -> String {
        var slice = Substring(word)
        while let last = slice.last, ".:-".contains(last) { slice.removeLast() }
        return String(slice)
    }

    /// 日次請求バッチ: kanji, katakana and Latin letters that end in a word for a program.
    private static func japanese(_ scalars: [Unicode.Scalar]) -> [(at: Int, name: String)] {
        var found: [(at: Int, name: String)] = []
        var start = 0
        while start < scalars.count {
            guard isNoun(scalars[start]) else {
                start += 1
                continue
            }
            var end = start
            while end < scalars.count, isNoun(scalars[end]) { end += 1 }
            var name = ""
            name.unicodeScalars.append(contentsOf: scalars[start..<end])
            for ending in ["バッチ", "ジョブ", "API", "バッチ処理"] where name.hasSuffix(ending) && name.unicodeScalars.count > ending.unicodeScalars.count + 1 && end - start <= 30 {
                if !generic.contains(where: { name == $0 + ending }) { found.append((start, name)) }
                break
            }
            start = end
        }
        return found
    }

    private static let generic: Set<String> = ["本", "当", "各", "該当", "対象", "外部", "更新系", "非冪等", "同", "全", "他", "冪等", "REST ", "既存"]

    private static func isNoun(_ scalar: Unicode.Scalar) -> Bool {
        (0x4E00...0x9FFF).contains(scalar.value) || (0x30A1...0x30FC).contains(scalar.value) || (scalar.isASCII && scalar.properties.isAlphabetic)
    }

    private static func offset(of code: String, in scalars: [Unicode.Scalar]) -> Int {
        let wanted = Array(code.unicodeScalars)
        var at = 0
        while at + wanted.count <= scalars.count {
            if scalars[at..<(at + wanted.count)].elementsEqual(wanted) { return at }
            at += 1
        }
        return 0
    }
}
