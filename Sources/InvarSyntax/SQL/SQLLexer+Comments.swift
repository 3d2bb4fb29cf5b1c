extension SQLLexer {
    /// `--`; in MySQL inside a line only before white space. First on a line its tools put marks such as `--split`.
    var isLineComment: Bool {
        guard peek(1) == 0x2D else { return false }
        return dialect != .mysql || isLineStart || at + 2 >= end || peek(2) <= 0x20
    }

    /// `#`; in other dialects than MySQL's only first on a line, where no operator stands.
    var isHashComment: Bool {
        if dialect.commentsByHash { return true }
        return isLineStart && peek(1) != 0x3E && peek(1) != 0x2D
    }

    /// Steps over a comment up to the end of its line. MySQL and SQLite go on behind a lone carriage return; for the others
    /// what follows it is a statement.
    mutating func skipComment() {
        let goesOn = dialect == .mysql || dialect == .sqlite
        while at < end, bytes[at] != 0x0A, goesOn || bytes[at] != 0x0D { at += 1 }
    }

    /// Steps over `/* … */`, but only into `/*!40101 … */`, which MySQL executes.
    mutating func skipBlockComment() {
        let start = at
        if peek(2) == 0x21, dialect != .postgresql {
            at += 3
            while at < end, (0x30...0x39).contains(bytes[at]) { at += 1 }
            return
        }
        var depth = 1
        at += 2
        while at < end {
            if bytes[at] == 0x2A, peek(1) == 0x2F {
                depth -= 1
                at += 2
                if depth == 0 { return }
            } else if bytes[at] == 0x2F, peek(1) == 0x2A, dialect.nestsComments {
                depth += 1
                at += 2
            } else {
                at += 1
            }
        }
        problems.append(SQLProblem(kind: .unterminatedComment, offset: start))
    }

    /// psql's commands: a whole line, or the `\gexec` that ends a statement.
    mutating func backslash() -> SQLToken? {
        guard !isDynamic, dialect != .mysql else { return single(.symbol) }
        if isLineStart {
            skipLine()
            return nil
        }
        let start = at
        guard SQLLexer.isWordByte(peek(1)) else { return single(.symbol) }
        skipLine()
        return token(.terminator, from: start)
    }

    /// Steps over the lines of `COPY … FROM stdin` up to `\.`, from the end of its statement on. Without that line the
    /// reading goes on, and the problem says why it may be nonsense.
    mutating func skipCopyData(from start: Int) {
        let resume = at
        guard !lacksCopyEnd else { return }
        skipLine()
        while at < end {
            at += 1
            let lineStart = at
            skipLine()
            var length = at - lineStart
            if length > 2, bytes[at - 1] == 0x0D { length -= 1 }
            if length == 2, bytes[lineStart] == 0x5C, bytes[lineStart + 1] == 0x2E {
                isLineStart = true
                return
            }
        }
        at = resume
        lacksCopyEnd = true
        problems.append(SQLProblem(kind: .unterminatedCopy, offset: start))
    }
}
