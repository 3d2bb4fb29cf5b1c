import InvarCore

/// Lists in one column: a JSON array of strings, which `json_each` unpacks in the `sqlite3` shell.
enum TextList {
    static func encode(_ texts: [String]) -> String {
        guard !texts.isEmpty else { return "[]" }
        return JSON(texts).compactText
    }

    /// Reads only what ``encode(_:)`` wrote.
    static func decode(_ text: String) -> [String] {
        guard text != "[]" else { return [] }
        return JSON.texts(inArray: text)
    }
}
