extension ADRTools {
    /// `adr upgrade-repository`: dates as in ISO 8601. Files without an old date are not touched.
    func upgradeRepository() throws -> Answer {
        let folder = try folder()
        return try FileSystem.locking(absolute(folder)) {
            var edits = ADRToolsEdits(self, folder)
            for name in try records(in: folder) { try edits.upgradeDates(of: name) }
            try edits.write()
            return Answer()
        }
    }
}
