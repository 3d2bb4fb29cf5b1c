import InvarCore

/// The name of a container image, taken apart: `registry.example.com:5000/team/postgres:16.2@sha256:…`.
package struct ImageReference: Hashable, Sendable {
    /// With its registry and path, without tag and digest.
    package var name: String
    package var tag: String?
    package var digest: String?

    /// nil for an empty text.
    package init?(_ text: String) {
        var rest = Substring(text)
        guard !rest.isEmpty else { return nil }
        if let at = rest.firstIndex(of: "@") {
            digest = String(rest[rest.index(after: at)...])
            rest = rest[..<at]
        } else {
            digest = nil
        }
        // A colon before the last slash belongs to the registry's port.
        let last = rest.lastIndex(of: "/").map { rest.index(after: $0) } ?? rest.startIndex
        if let colon = rest[last...].firstIndex(of: ":") {
            tag = String(rest[rest.index(after: colon)...])
            rest = rest[..<colon]
        } else {
            tag = nil
        }
        name = String(rest)
    }

    /// `postgres` of `registry.example.com/team/postgres:16`.
    package var basename: String {
        name.split(separator: "/").last.map(String.init) ?? name
    }

    /// Whether a part of it only comes in later: `${IMAGE}`, `{{ .Values.image }}`, `$(params.image)`, `<image>`.
    package static func isPlaceholder(_ text: String) -> Bool {
        text.utf8.contains { $0 == 0x24 || $0 == 0x7B || $0 == 0x3C || $0 == 0x25 } || text.hasPrefix("ko://") || text.holds("__")
    }

    package var text: String {
        name + (tag.map { ":" + $0 } ?? "") + (digest.map { "@" + $0 } ?? "")
    }
}
