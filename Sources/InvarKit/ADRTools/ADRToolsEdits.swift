import InvarCore

/// Changes to several records, written all together or not at all.
struct ADRToolsEdits {
    private let tools: ADRTools
    private let folder: String
    /// By name: as read, and as it will be.
    private var originals: [String: ADRToolsRecord] = [:]
    private var records: [String: ADRToolsRecord] = [:]
    /// Lines about links that found no place.
    private(set) var complaints = ""

    init(_ tools: ADRTools, _ folder: String) {
        self.tools = tools
        self.folder = folder
    }

    /// A record that is not on disk yet.
    mutating func begin(_ name: String, _ record: ADRToolsRecord) {
        records[name] = record
    }

    /// The record as it stands now.
    mutating func record(_ name: String) throws(Failure) -> ADRToolsRecord {
        if let known = records[name] { return known }
        let read = try tools.read(folder, name)
        originals[name] = read
        records[name] = read
        return read
    }

    /// Writes `label [title](name)` into the status section of `source`.
    mutating func link(_ source: String, _ label: String, _ target: String) throws(Failure) {
        let title = try record(target).title
        var edited = try record(source)
        if !edited.add(Array("\(label) [".utf8) + title + Array("](\(target))".utf8)) {
            complaints += "\(ADRTools.path(folder, source)): has no line `## Status`, so \"\(label)\" was not written\n"
        }
        records[source] = edited
    }

    mutating func remove(status: String, from name: String) throws(Failure) {
        var edited = try record(name)
        edited.remove(status: status)
        records[name] = edited
    }

    mutating func upgradeDates(of name: String) throws(Failure) {
        var edited = try record(name)
        edited.upgradeDates()
        records[name] = edited
    }

    /// Replaces the files that changed, or none.
    func write() throws(Failure) {
        var replacements: [FileSystem.Replacement] = []
        for (name, original) in originals.sorted(by: { $0.key < $1.key }) {
            guard let edited = records[name], edited.bytes != original.bytes else { continue }
            let path = tools.absolute(ADRTools.path(folder, name))
            replacements.append(FileSystem.Replacement(path: path, expected: original.bytes, bytes: edited.bytes))
        }
        try FileSystem.replace(replacements)
    }
}
