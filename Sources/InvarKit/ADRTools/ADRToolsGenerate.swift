extension ADRTools {
    /// The names of the reports, sorted.
    static let reports = ["graph", "toc"]

    /// `adr generate [REPORT [OPTION ...]]`
    func generate(_ arguments: [String]) throws -> Answer {
        let options = Array(arguments.dropFirst())
        switch arguments.first ?? "" {
        case "": return Answer(ADRTools.reports.map { $0 + "\n" }.joined())
        case "graph": return try graph(options)
        case "toc": return try tableOfContents(options)
        case let unknown: throw Stop(errors: "adr-generate: \(unknown): no such report: `adr generate` lists them\n", status: 127)
        }
    }
}
