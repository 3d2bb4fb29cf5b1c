/// An architecture decision record, as its file states it.
package struct Decision: Hashable, Sendable {
    /// `ADR-0007` from the number as written; a record without number is named by its file.
    package var id: String
    /// As the file writes it, `0007` or `20260215-01`; nil when there is none.
    package var number: String?
    package var title: String
    package var status: Status
    /// The words the file used, "" when it states none.
    package var statusText: String
    package var statusLine: Int?
    package var date: Day?
    package var exceptions: [Exception]
    package var position: Position

    package init(id: String, number: String?, title: String, position: Position) {
        self.id = id
        self.number = number
        self.title = title
        self.status = .unknown
        self.statusText = ""
        self.statusLine = nil
        self.date = nil
        self.exceptions = []
        self.position = position
    }

    package enum Status: String, Sendable, CaseIterable {
        case proposed, accepted, rejected, deprecated, superseded, unknown
    }
}
