import InvarCore

/// Values written into front matter.
package enum YAMLText {
    /// Plain where that is safe, else in double quotes.
    package static func scalar(_ text: String) -> String {
        isPlain(text) ? text : JSON.string(text).compactText
    }

    /// Whether a text needs no quotes.
    package static func isPlain(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_./ （）()、。".unicodeScalars.contains($0) }
            && (text.unicodeScalars.first?.properties.isAlphabetic ?? false) && !text.hasSuffix(" ")
            && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(text.lowercased())
    }

    package static func list(_ texts: [String]) -> String {
        "[" + texts.map(scalar).joined(separator: ", ") + "]"
    }
}
