extension SQLScript {
    /// Reads a file, or the part of it in `range`; positions are bytes of the whole file.
    ///
    /// Never fails: what cannot be read is in ``problems``. Where a string of an unknown dialect never ends, the text is
    /// read again with backslash escapes, and that reading stands if it has no such problem.
    package static func read(_ bytes: [UInt8], range: Range<Int>? = nil, dialect: SQLDialect = .unknown) -> SQLScript {
        guard bytes.count < Int(Int32.max) else {
            var script = SQLScript(dialect: dialect)
            script.problems = [SQLProblem(kind: .tooLarge, offset: 0)]
            return script
        }
        let range = (range ?? 0..<bytes.count).clamped(to: 0..<bytes.count)
        let script = scan(bytes, range, dialect)
        guard dialect == .unknown || dialect == .sqlite, !script.problems.isEmpty, bytes[range].contains(0x5C) else { return script }
        var other = scan(bytes, range, .mysql)
        guard other.problems.isEmpty else { return script }
        other.dialect = dialect
        return other
    }

    private static func scan(_ bytes: [UInt8], _ range: Range<Int>, _ dialect: SQLDialect) -> SQLScript {
        var scanner = SQLScanner(bytes: bytes, range: range, dialect: dialect)
        scanner.run()
        return scanner.script
    }
}
