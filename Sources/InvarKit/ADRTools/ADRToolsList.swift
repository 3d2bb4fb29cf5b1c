extension ADRTools {
    /// `adr list`: the paths of the records.
    func list() throws(Stop) -> Answer {
        let folder = try folder()
        return Answer(try records(in: folder).map { ADRTools.path(folder, $0) + "\n" }.joined())
    }
}
