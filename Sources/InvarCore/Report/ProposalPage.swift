/// The page of a sprint as it is written into the proposals folder: what stands between the markers, with each proposal a
/// part of its own so that decided ones can stay as they are.
package struct ProposalPage: Sendable {
    package enum Part: Sendable {
        case lines([String])
        /// A proposal from its opening to its closing marker.
        case proposal(id: String, lines: [String])
        /// Where decided proposals go that are no longer proposed.
        case decided
    }

    package var parts: [Part]
    package var sprint: Sprint

    package init(sprint: Sprint, parts: [Part]) {
        self.sprint = sprint
        self.parts = parts
    }

    /// Everything between the markers for a file that has no decisions yet.
    package var text: String {
        parts.flatMap { part -> [String] in
            switch part {
            case .lines(let lines), .proposal(_, let lines): lines
            case .decided: []
            }
        }.joined(separator: "\n") + "\n"
    }

    /// The name of the file of a sprint; what cannot stand in a file's name becomes a hyphen.
    package static func fileName(_ sprint: String) -> String {
        let name = String(sprint.map { "/\\:\0".contains($0) || ($0.unicodeScalars.first.map { $0.value < 0x20 } ?? false) ? "-" : $0 })
        return (name.hasPrefix(".") || name.isEmpty ? "sprint" : "") + name + ".md"
    }
}
