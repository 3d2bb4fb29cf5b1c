import InvarCore
import InvarSyntax

/// A way forth and the way back that belongs to it, wherever its tool keeps that: in a file of its own, in a section, in
/// a changeset.
struct MigrationPair {
    enum WayBack {
        /// There is none.
        case missing
        /// It does nothing.
        case empty
        case given
        /// It is there, but its statements cannot be told: a program, a template, SQL that cannot be read.
        case opaque
    }

    let artifact: Artifact
    let file: MigrationFile
    let up: SQLScript
    /// A changeset's id and where it begins; nil for a whole file.
    let unit: (id: String, start: Int)?
    let wayBack: WayBack
    let down: SQLScript
    /// What holds the way back: the same artifact where it is a section.
    let downArtifacts: [Artifact]
    /// The first version of its folder.
    let isFirst: Bool

    /// How a person calls it: its version, else its title; a changeset's id.
    var name: String { unit?.id ?? MigrationPair.number(of: file) ?? file.name.title }

    /// The version as the path writes it, with its leading zeros.
    static func number(of file: MigrationFile) -> String? {
        guard file.name.version != nil else { return nil }
        let name = RelativePath.name(file.path)
        let isFolder = file.layout == .diesel || file.layout == .prisma
        let base = (isFolder ? RelativePath.name(RelativePath.folder(file.path)) : name).drop { !$0.isNumber }
        let digits = base.prefix { $0.isASCII && ($0.isNumber || "-._".contains($0)) }
        let number = String(digits.reversed().drop { !$0.isNumber }.reversed())
        return number.isEmpty ? file.name.version?.description : number
    }

    /// Whether the way forth stands in SQL or in a change log, so that what it does can be told.
    var isReadable: Bool { !WayBackPath.isOpaque(file.path) }

    /// A match where the unit begins: the first line of a file.
    func matchAtStart(_ message: Wording, hint: Wording?) -> Match {
        guard let unit else {
            var match = artifact.match(at: Position(line: 1), message, hint: hint)
            match.scope = 1...max(1, artifact.lines.count)
            return match
        }
        let position = artifact.lines.position(at: unit.start, in: artifact.bytes)
        var match = artifact.match(at: position, message, hint: hint)
        match.scope = position.line...max(position.line, artifact.lines.count)
        return match
    }

    /// A match over an action of the way forth, found again by its words when lines shift.
    func match(_ action: SQLAction, _ message: Wording, hint: Wording?) -> Match {
        var match = artifact.match(over: action.span, message, hint: hint)
        match.key = String(decoding: artifact.bytes[action.span.clamped(to: 0..<artifact.bytes.count)], as: UTF8.self)
        return match
    }

    /// Where the way back begins: the first line of its file, or the mark of its section.
    var wayBackPlace: Place? {
        guard let first = downArtifacts.first else { return nil }
        if first.path != artifact.path { return Place(path: first.path, position: Position(line: 1)) }
        if let unit { return Place(path: first.path, position: first.lines.position(at: unit.start, in: first.bytes)) }
        guard let section = MigrationSections.read(first.bytes)?.down.first else { return Place(path: first.path, position: Position(line: 1)) }
        return Place(path: first.path, position: Position(line: first.lines.line(at: max(0, section.lowerBound - 1))))
    }
}
