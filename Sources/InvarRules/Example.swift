/// A small tree of files that a rule fires on, or does not.
///
/// `↓` stands before each place where a match must start; it is taken out before the text is read. The examples are
/// the rule's tests, also run in the variants below, and its manual.
package struct Example: Sendable {
    /// Paths and texts, in order; the first is the one that the manual shows.
    package let files: [(path: String, text: String)]
    /// The files at the base revision, for a rule about a change; nil for a rule about a state.
    package let before: [(path: String, text: String)]?
    /// Variants that make no sense here, each with the reason.
    package let skipped: [Variant: String]
    /// Where it is written, so that a failing test points into the rule.
    package let fileID: String
    package let line: Int

    /// A single file.
    package init(
        _ text: String, at path: String, with others: [(path: String, text: String)] = [], skipping skipped: [Variant: String] = [:],
        fileID: String = #fileID, line: Int = #line
    ) {
        self.init(files: [(path, text)] + others, skipping: skipped, fileID: fileID, line: line)
    }

    package init(
        files: [(path: String, text: String)], before: [(path: String, text: String)]? = nil, skipping skipped: [Variant: String] = [:],
        fileID: String = #fileID, line: Int = #line
    ) {
        self.files = files
        self.before = before
        self.skipped = skipped
        self.fileID = fileID
        self.line = line
    }

    /// A harmless change of every example: the rule must say the same, or nothing.
    package enum Variant: String, Sendable, CaseIterable {
        /// After a Japanese preamble, with CRLF line endings: the same matches.
        case preamble
        /// The first file inside a comment: no match.
        case comment
        /// Under an active exception: the same matches, all excepted.
        case exception
    }

    /// Where matches must start, in the order of the files and lines: 1-based, columns in Unicode scalars.
    package var expected: [(path: String, line: Int, column: Int)] {
        files.flatMap { file in
            var found: [(path: String, line: Int, column: Int)] = []
            var line = 1
            var column = 1
            for scalar in file.text.unicodeScalars {
                switch scalar {
                case "↓": found.append((file.path, line, column))
                case "\n":
                    line += 1
                    column = 1
                default: column += 1
                }
            }
            return found
        }
    }

    /// The texts as they are read, without the marks.
    package static func unmarked(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "↓" }))
    }
}
