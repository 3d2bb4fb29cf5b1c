/// What a line of code says, apart from the sentences in its strings.
enum CodeLine {
    /// The line without string literals that are prose: three words and more that are no statement of SQL.
    static func withoutProse(_ line: Substring) -> String {
        var line = line
        return line.withUTF8 { bytes in
            var out: [UInt8] = []
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                guard byte == 0x22 || byte == 0x27 || byte == 0x60 else {
                    // What stands behind `//` is a comment.
                    if byte == 0x2F, index + 1 < bytes.count, bytes[index + 1] == 0x2F, index == 0 || bytes[index - 1] == 0x20 { break }
                    out.append(byte)
                    index += 1
                    continue
                }
                var end = index + 1
                while end < bytes.count, bytes[end] != byte { end += bytes[end] == 0x5C ? 2 : 1 }
                end = min(end, bytes.count)
                let literal = UnsafeBufferPointer(rebasing: bytes[(index + 1)..<max(index + 1, end)])
                out.append(0x20)
                if !isProse(literal) { out += literal }
                out.append(0x20)
                index = end + 1
            }
            return String(decoding: out, as: UTF8.self)
        }
    }

    private static func isProse(_ literal: UnsafeBufferPointer<UInt8>) -> Bool {
        let spaces = literal.count { $0 == 0x20 }
        // Three signs of Japanese are a sentence or near to one.
        if literal.count(where: { $0 >= 0xE3 }) > 3 { return true }
        guard spaces >= 2 else { return false }
        let first = String(decoding: literal.prefix(12), as: UTF8.self).uppercased().split(separator: " ").first.map(String.init) ?? ""
        return !["SELECT", "INSERT", "UPDATE", "DELETE", "ALTER", "CREATE", "DROP", "TRUNCATE", "MERGE", "WITH", "REPLACE", "BEGIN"].contains(first)
    }

    /// Topics that the shape of a line shows where its words alone do not.
    static func shapes(of line: Substring, path: String) -> [(topic: Topic, strength: Double)] {
        let text = String(line)
        let trimmed = String(line.drop { $0 == " " || $0 == "\t" })
        var found: [(topic: Topic, strength: Double)] = []
        // An update by HTTP, declared or called: a verb in capitals between quotation marks, an annotation, a router's verb.
        let isVerb = ["\"POST", "'POST", "\"PUT\"", "'PUT'", "\"PATCH", "'PATCH", "'DELETE'", "\"DELETE\""].contains { text.holds($0) }
        let isAnnotation = ["@Post(", "@Put(", "@Patch(", "@Delete(", "@POST", "@PUT", "def post(", "def put(", "def patch("].contains { trimmed.hasPrefix($0) }
        let isRouter =
            (text.holds("route(") && ["post(", "put(", "patch(", "delete("].contains { text.holds($0) })
            || ["post(", "put(", "patch("].contains { trimmed.hasPrefix($0 + "\"") }
        let isRoute = path.hasSuffix("routes.rb") && ["post ", "put ", "patch ", "delete ", "resources "].contains { trimmed.hasPrefix($0) }
        if isVerb || isAnnotation || isRouter || isRoute { found.append((.repetition, 0.8)) }
        // A file opened to be written.
        if text.holds("open("), ["\"w\"", "'w'", "\"wb\"", "'wb'", "\"a\"", "'a'", "\"w+\"", "'w+'"].contains(where: { text.holds($0) }) {
            found.append((.restart, 0.7))
        }
        // An error that nobody hears of.
        if (text.holds("catch") && text.holds("{}")) || trimmed.hasPrefix("rescue nil") || text.holds("rescue nil")
            || (trimmed.hasPrefix("except") && text.holds("pass"))
        {
            found.append((.observability, 0.7))
        }
        if isEntity(path), ["@Column", "Column(", "models.", "Field(", "@JoinColumn", "mapped_column("].contains(where: { text.holds($0) }) {
            found.append((.schema, 0.7))
        }
        return found
    }

    /// A file that says what tables look like, in a program's own language.
    private static func isEntity(_ path: String) -> Bool {
        let name = RelativePath.name(path).lowercased()
        return name == "models.py" || name.hasSuffix(".entity.ts")
            || RelativePath.segments(path).dropLast().contains { ["entity", "entities", "models"].contains($0.lowercased()) }
    }

    /// Whether a line names something about a person.
    static func namesPersonalData(_ pieces: Pieces) -> Bool {
        let words = pieces.words
        if words.contains(where: { personal.contains($0) }) { return true }
        for (a, b) in zip(words, words.dropFirst()) where personalPairs.contains(a + " " + b) { return true }
        return false
    }

    private static let personal: Set<String> = [
        "email", "mail", "phone", "telephone", "address", "password", "passwd", "ssn", "birthday", "birthdate", "dob", "passport", "cvv", "iban", "surname",
        "firstname", "lastname", "fullname", "diagnosis", "token", "mynumber", "card", "payload", "body",
    ]
    private static let personalPairs: Set<String> = [
        "full name", "first name", "last name", "user name", "customer name", "patient name", "birth date", "card number", "request body", "phone number",
    ]
}
