package import InvarCore

/// One operation of an HTTP API, with everything that its references lead to.
package struct APIOperation: Sendable {
    /// `POST`.
    package var method: String
    /// As it is written under `paths`: `/charges`.
    package var path: String
    /// The operationId.
    package var id: String?
    package var summary: APIText?
    package var description: APIText?
    package var tags: [String]
    package var isDeprecated: Bool
    /// Its own and those of its path, references followed.
    package var parameters: [APIParameter]
    /// Of the request's body, in every form it may take.
    package var body: APIBody
    package var responses: [APIResponse]
    /// Members that begin with `x-`.
    package var extensions: [(name: String, value: YAML)]
    /// The base path that the description itself puts before every path; "" without one.
    package var basePath: String
    /// The file in which the operation stands: for a `$ref`-ed one not the description's.
    package var file: String
    /// The method's key; of an operation in a file of its own, the first thing in it.
    package var start: Position
    /// After the method's key, or the end of the line.
    package var end: Position?
    /// The lines of the operation and of the parameters that its path gives it.
    package var lines: ClosedRange<Int>
    /// Files other than its own that it is read from, sorted: the description, what its references lead through.
    package var sources: [String]
    /// Whether all that its parameters and its body refer to could be followed; see ``APIDescription/unread``.
    package var isComplete: Bool

    /// `POST /charges`.
    package var name: String { method + " " + path }

    /// What an exception may call it.
    package var names: [String] {
        var names = [name]
        if let id { names.append(id) }
        if !basePath.isEmpty { names.append(method + " " + basePath + path) }
        return names
    }
}

/// A text of a description, and where it stands.
package struct APIText: Hashable, Sendable {
    package var text: String
    package var place: Place

    package init(text: String, place: Place) {
        self.text = text
        self.place = place
    }
}

/// A parameter or header.
package struct APIParameter: Sendable {
    package var name: String
    /// `header`, `query`, `path`, `cookie`; Swagger 2 also has `body` and `formData`.
    package var location: String
    package var description: String
    /// Where it is defined, which may be another file.
    package var place: Place
}

package struct APIResponse: Sendable {
    /// `200`, `4XX`, `default`.
    package var status: String
    package var description: String
}

/// What a request's body may hold.
package struct APIBody: Sendable {
    /// `application/json`, …
    package var mediaTypes: [String]
    /// The names of its properties and, one level below, of theirs.
    package var properties: [APIProperty]

    package static let none = APIBody(mediaTypes: [], properties: [])
}

package struct APIProperty: Sendable {
    package var name: String
    package var description: String
}
