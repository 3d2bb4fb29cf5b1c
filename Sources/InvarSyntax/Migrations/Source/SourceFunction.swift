/// A function or method and its body.
struct SourceFunction: Sendable {
    var name: String
    var indentation: Int
    /// From `def` on.
    var start: Int
    /// From behind its name to the next line that is indented no more.
    var body: Range<Int>

    init(name: String, indentation: Int, header: Range<Int>) {
        self.name = name
        self.indentation = indentation
        start = header.lowerBound
        body = header.upperBound..<header.upperBound
    }
}
