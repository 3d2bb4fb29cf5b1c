import InvarCore

/// Values written into front matter.
package enum YAMLText {
    /// Plain where that is safe, else in double quotes.
    package static func scalar(_ text: String) -> String {
        let isPlain =
            text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_./ （）()、。".unicodeScalars.contains($0) }
            && (text.unicodeScalars.first?.properties.isAlphabetic ?? false) && !text.hasSuffix(" ")
            && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(text.lowercased())
        return isPlain ? text : JSON.string(text).compactText
    }

    package static func list(_ texts: [String]) -> String {
        "[" + texts.map(scalar).joined(separator: ", ") + "]"
    }
}
