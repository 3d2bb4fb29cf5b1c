import InvarCore

extension ADRTools {
    /// Larger files are no records.
    private static let maximumBytes = 64 << 20

    /// Where the records are: what the nearest `.adr-dir` upwards says, or the nearest `doc/adr`; else `doc/adr` here.
    ///
    /// The search goes up to the root, but never into a folder that anybody may write to: what a stranger put into /tmp
    /// decides nothing.
    func folder() throws(Stop) -> String {
        var prefix = ""
        var current = surroundings.workingFolder
        while true {
            if FileSystem.kind(absolute(prefix + ".adr-dir")) == .file { return try folder(namedBy: prefix + ".adr-dir", prefix) }
            if FileSystem.kind(absolute(prefix + "doc/adr")) == .folder { return prefix + "doc/adr" }
            guard current != "/", !current.isEmpty else { return "doc/adr" }
            let parent = RelativePath.folder(current)
            current = parent.isEmpty ? "/" : parent
            guard !FileSystem.isWritableByAnybody(current) else { return "doc/adr" }
            prefix += "../"
        }
    }

    private func folder(namedBy file: String, _ prefix: String) throws(Stop) -> String {
        let bytes = (try? FileSystem.read(absolute(file), limit: 65_536)) ?? []
        let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }.map { String(decoding: $0, as: UTF8.self).trimmingBlanks }
        guard let named = lines.first(where: { !$0.isEmpty }) else {
            throw Stop(errors: "ERROR: \(file) names no directory: write one into it, such as doc/adr\n")
        }
        return named.hasPrefix("/") ? named : prefix + named
    }

    /// The names of the records in a folder, sorted by their bytes: `0001-use-queues.md`.
    func records(in folder: String) throws(Stop) -> [String] {
        guard FileSystem.kind(absolute(folder)) == .folder, let listing = FolderListing(absolute(folder)) else {
            throw Stop(Answer("The \(folder) directory does not exist\n", status: 1))
        }
        var names: [String] = []
        listing.forEach { name, kind in
            if kind != .folder, ADRTools.isRecord(name) { names.append(String(decoding: name, as: UTF8.self)) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Digits, a hyphen, and `.md` somewhere behind it.
    private static func isRecord(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let digits = name.prefix { ADRToolsRecord.isDigit($0) }.count
        guard digits > 0, digits < name.count, name[digits] == UInt8(ascii: "-") else { return false }
        return ByteSearch.occurs(Array(".md".utf8), in: UnsafeBufferPointer(rebasing: name[(digits + 1)...]))
    }

    /// The highest number that any name in the folder begins with, 0 where there is none.
    func highestNumber(in folder: String) throws(Stop) -> Int {
        guard let listing = FolderListing(absolute(folder)) else { return 0 }
        var highest = 0
        var tooLarge: String?
        listing.forEach { name, _ in
            let digits = name.prefix { ADRToolsRecord.isDigit($0) }
            guard !digits.isEmpty else { return }
            let text = String(decoding: digits, as: UTF8.self)
            if let number = Int(text), number < Int.max { highest = max(highest, number) } else { tooLarge = text }
        }
        if let tooLarge { throw Stop(errors: "ERROR: \(folder) holds the number \(tooLarge), no number can follow it\n") }
        return highest
    }

    /// The record that a number or a part of its path names, as grep would find it: the first in the list that matches.
    func record(_ reference: String, in folder: String, _ names: [String]) throws(Stop) -> String {
        let pattern = try ADRToolsReference(reference)
        guard let name = names.first(where: { pattern.matches(ADRTools.path(folder, $0)) }) else {
            throw Stop(errors: "ERROR: no record in \(folder) matches \(reference): `adr list` shows them\n")
        }
        return name
    }

    /// The path of a record as `adr list` prints it.
    static func path(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    func read(_ folder: String, _ name: String) throws(Failure) -> ADRToolsRecord {
        ADRToolsRecord(try FileSystem.read(absolute(ADRTools.path(folder, name)), limit: ADRTools.maximumBytes))
    }

    /// The record for a report over all of them: one that cannot be read is empty there, and said.
    func read(_ folder: String, _ name: String, _ answer: inout Answer) -> ADRToolsRecord {
        do {
            return try read(folder, name)
        } catch {
            answer.errors += shown(error.message) + "\n"
            answer.status = 1
            return ADRToolsRecord([])
        }
    }
}
