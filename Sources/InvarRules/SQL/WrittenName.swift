import InvarCore
import InvarSyntax

/// A name as its script writes it.
struct WrittenName {
    /// For a message.
    var plain: String
    /// For a statement: with the quotes that it needs.
    var quoted: String

    /// Another name of the same kind: `users` → `users_old`.
    func with(suffix: String) -> String {
        guard let last = quoted.last, "\"`]".contains(last) else { return quoted + suffix }
        return String(quoted.dropLast()) + suffix + String(last)
    }
}

extension MigrationStep {
    /// The table of an action, with its schema where the script gives one that is no default.
    func table(of action: SQLAction) -> WrittenName {
        guard script.statements.indices.contains(action.statement) else { return written(action.table, in: action.span) }
        let start = min(script.statements[action.statement].span.lowerBound, action.span.lowerBound)
        return written(action.table, in: start..<max(start, min(action.span.upperBound, start + 512)), or: action.span)
    }

    /// The column, constraint or object of an action.
    func name(of action: SQLAction) -> WrittenName { written(action.name, in: action.span) }

    /// What it is called after a rename.
    func newName(of action: SQLAction) -> WrittenName { written(action.newName ?? "", in: action.span, last: true) }

    func written(_ name: SQLName, in range: Range<Int>, or other: Range<Int>? = nil) -> WrittenName {
        let own = written(name.name, in: range, or: other)
        guard let schema = name.schema else { return own }
        let outer = written(schema, in: range, or: other)
        return WrittenName(plain: outer.plain + "." + own.plain, quoted: outer.quoted + "." + own.quoted)
    }

    /// Finds a folded name in the text, first or last there; where it is not (a program's call), it is quoted if it must be.
    func written(_ name: String, in range: Range<Int>, or other: Range<Int>? = nil, last: Bool = false) -> WrittenName {
        // `%I` of a format string: the name is made when it runs.
        if name.utf8.first == UInt8(ascii: "%") { return WrittenName(plain: "<name>", quoted: "<name>") }
        let needle = Array(name.utf8)
        guard let found = place(of: needle, in: range, last: last) ?? other.flatMap({ place(of: needle, in: $0, last: last) }) else {
            return WrittenName(plain: name, quoted: quoted(name))
        }
        let bytes = artifact.bytes
        let plain = String(decoding: bytes[found], as: UTF8.self)
        guard let open = bytes[..<found.lowerBound].last, let close = bytes[found.upperBound...].first, isQuote(open, close) else {
            return WrittenName(plain: plain, quoted: plain)
        }
        return WrittenName(plain: plain, quoted: String(decoding: bytes[found.lowerBound - 1...found.upperBound], as: UTF8.self))
    }

    private func place(of needle: [UInt8], in range: Range<Int>, last: Bool) -> Range<Int>? {
        let bytes = artifact.bytes
        let range = range.clamped(to: 0..<bytes.count)
        guard !needle.isEmpty, needle.count <= range.count else { return nil }
        let starts = range.lowerBound...range.upperBound - needle.count
        func stands(at start: Int) -> Bool {
            for (offset, byte) in needle.enumerated() {
                let other = bytes[start + offset]
                guard other == byte || other | 0x20 == byte && (0x41...0x5A).contains(other) else { return false }
            }
            return !(start > 0 && isNamePart(bytes[start - 1])) && !(start + needle.count < bytes.count && isNamePart(bytes[start + needle.count]))
        }
        let start = last ? starts.reversed().first(where: stands) : starts.first(where: stands)
        return start.map { $0..<$0 + needle.count }
    }

    private func isNamePart(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == 0x5F || byte == 0x24 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    private func isQuote(_ open: UInt8, _ close: UInt8) -> Bool {
        open == close && (open == 0x22 || open == 0x60) || open == 0x5B && close == 0x5D
    }

    private func quoted(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy(isNamePart) && name.utf8.first.map { !(0x30...0x39).contains($0) } ?? true
        guard !isPlain else { return name }
        return switch dialect {
        case .mysql, .clickhouse: "`\(name)`"
        case .sqlserver: "[\(name)]"
        default: "\"\(name)\""
        }
    }
}

extension WrittenName {
    /// The name of a constraint as PostgreSQL would make it: `users_team_id_fkey`.
    func constraint(_ columns: [String], _ suffix: String) -> String {
        let table = plain.split(separator: ".").last.map(String.init) ?? plain
        let name = ([table] + columns + [suffix]).joined(separator: "_")
        return name.utf8.allSatisfy { $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) } ? name : "\"\(name)\""
    }
}
