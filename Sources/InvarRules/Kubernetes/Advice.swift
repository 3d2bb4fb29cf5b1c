import InvarCore

/// A hint: what to do on its first line, below it what to write.
enum Advice {
    static func write(en: String, ja: String, _ snippet: String) -> Wording {
        Wording(en: en + "\n" + snippet, ja: ja + "\n" + snippet)
    }
}
