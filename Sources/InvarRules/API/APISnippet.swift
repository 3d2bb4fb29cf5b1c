import InvarCore
import InvarSyntax

/// What to write into a description, in its own format.
enum APISnippet {
    /// An advice with a snippet below it.
    static func hint(en: String, ja: String, _ lines: [String]) -> Wording {
        let snippet = lines.map { "\n" + $0 }.joined()
        return Wording(en: en + snippet, ja: ja + snippet)
    }

    /// A header parameter.
    static func header(_ name: String, _ note: Wording, _ description: APIDescription) -> Wording {
        Wording(en: header(name, note.en, description), ja: header(name, note.ja, description))
    }

    private static func header(_ name: String, _ note: String, _ description: APIDescription) -> String {
        let isSwagger = description.format == .swagger
        if description.isJSON {
            let type = isSwagger ? #""type": "string", "maxLength": 64"# : #""schema": { "type": "string", "maxLength": 64 }"#
            return """
                "parameters": [
                  { "name": "\(name)", "in": "header", "required": true, \(type),
                    "description": "\(note)" }
                ]
                """
        }
        let type = isSwagger ? "type: string\n    maxLength: 64" : "schema: { type: string, maxLength: 64 }"
        return """
            parameters:
              - name: \(name)
                in: header
                required: true
                \(type)
                description: \(note)
            """
    }
}
