/// Where something stands: a path relative to the root with `/`, and a position in it.
package struct Place: Hashable, Sendable {
    package var path: String
    package var position: Position

    package init(path: String, position: Position = Position(line: 1)) {
        self.path = path
        self.position = position
    }

    package var line: Int { position.line }
    package var column: Int { position.column }
}
