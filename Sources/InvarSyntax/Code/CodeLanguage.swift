import InvarCore

/// The programming languages whose strings, comments and calls ``CodeText`` reads.
package enum CodeLanguage: String, Sendable, CaseIterable {
    case python, ruby, javascript, go, java, kotlin, scala, csharp, php, rust, swift, shell

    /// nil for a path of another kind.
    package init?(path: String) {
        let name = RelativePath.name(path).lowercased()
        switch name.split(separator: ".").last.map(String.init) ?? "" {
        case "py", "pyw": self = .python
        case "rb", "rake": self = .ruby
        case "js", "jsx", "ts", "tsx", "mjs", "cjs", "mts", "cts": self = .javascript
        case "go": self = .go
        case "java": self = .java
        case "kt", "kts", "groovy": self = .kotlin
        case "scala": self = .scala
        case "cs": self = .csharp
        case "php": self = .php
        case "rs": self = .rust
        case "swift": self = .swift
        case "sh", "bash", "zsh", "ksh": self = .shell
        default: return nil
        }
    }

    /// The language that a first line `#!…` names.
    package init?(firstLineOf bytes: [UInt8]) {
        guard bytes.starts(with: [0x23, 0x21]) else { return nil }
        let line = String(decoding: bytes.prefix(120).prefix { $0 != 0x0A }, as: UTF8.self)
        if line.contains("python") {
            self = .python
        } else if line.contains("ruby") {
            self = .ruby
        } else if line.contains("node") || line.contains("deno") {
            self = .javascript
        } else if line.contains("php") {
            self = .php
        } else if line.contains("sh") {
            self = .shell
        } else {
            return nil
        }
    }

    /// `#` begins a comment.
    var hasHashComments: Bool { self == .python || self == .ruby || self == .shell || self == .php }
    /// `//` and `/* */` do.
    var hasSlashComments: Bool { self != .python && self != .ruby && self != .shell }
    var nestsComments: Bool { self == .kotlin || self == .scala || self == .rust || self == .swift }
    /// Blocks end where the indentation does.
    var isIndented: Bool { self == .python || self == .ruby }
}
