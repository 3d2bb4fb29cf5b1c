import InvarCore

/// Which documents are read for statements of a design at all.
package enum ProseDocumentFilter {
    /// Whether a document is one that teaches, tells news or belongs to others, by its path; `path` is relative to the root.
    package static func isForeign(path: String) -> Bool {
        let folded = Folding.searchable(path)
        let segments = folded.split(separator: "/")
        for (index, segment) in segments.enumerated() {
            let isFile = index == segments.count - 1
            let words = segment.split { !$0.isLetter && !$0.isNumber }.map(String.init)
            if !isFile, folders.contains(String(segment)) { return true }
            if words.contains(where: { everywhere.contains($0) }) { return true }
            if japanese.contains(where: { segment.contains($0) }) { return true }
            if isFile, let name = words.first, files.contains(name) || (words.count > 1 && files.contains(name + words[1])) { return true }
        }
        return false
    }

    /// Whether the text is Chinese: kanji without kana. Its words look like Japanese ones and mean other things.
    package static func isChinese(_ bytes: [UInt8]) -> Bool {
        var han = 0
        var kana = 0
        var index = 0
        while index + 2 < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                index += 1
                continue
            }
            if byte == 0xE3, bytes[index + 1] >= 0x81, bytes[index + 1] <= 0x83 { kana += 1 }
            if (0xE4...0xE9).contains(byte) { han += 1 }
            if byte == 0xEF, bytes[index + 1] == 0xBD || bytes[index + 1] == 0xBE { kana += 1 }
            index += byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        }
        return han > 40 && kana * 50 < han
    }

    private static let folders: Set<String> = ["vendor", "node_modules", "third_party", "third-party", "books", "book", "posts", "articles", "prompts", ".claude", ".cursor", ".github", "dist", "build", "content-posts", "skills", "translations", "i18n", "archive-blog", "pods", ".features", "released"]

    private static let everywhere: Set<String> = [
        "blog", "blogs", "tutorial", "tutorials", "study", "studies", "learn", "learning", "lesson", "lessons", "course", "courses", "quiz", "exercise", "exercises", "zenn", "qiita", "cheatsheet", "interview", "interviews", "prompts", "kata", "katas", "textbook", "lecture", "lectures", "workshop",
    ]

    private static let japanese = ["教材", "学習", "勉強", "入門", "研修", "講座", "ブログ", "記事", "用語集", "演習", "変更履歴", "議事録", "チュートリアル"]

    private static let files: Set<String> = ["changelog", "changes", "history", "releasenotes", "news", "license", "glossary", "faq", "agents", "claude", "gemini", "prompt", "copilot"]
}
