extension SQLDialect {
    /// How strongly the words of files speak for each dialect.
    package struct Cues: Hashable, Sendable {
        private var votes: [SQLDialect: Int] = [:]

        package init() {}

        /// The cues of one file, from its first 32 kilobytes.
        package init(_ bytes: [UInt8]) {
            var lexer = SQLLexer(bytes: bytes, range: 0..<min(bytes.count, 32_768), dialect: .unknown)
            var previous: SQLToken?
            while let token = lexer.next() {
                count(token, after: previous, in: bytes)
                previous = token
            }
        }

        /// The cues of several files together: most of a folder decide.
        package mutating func add(_ other: Cues) {
            for (dialect, count) in other.votes { votes[dialect, default: 0] += count }
        }

        /// The dialect with the most votes; ``SQLDialect/unknown`` where none has two more than every other.
        package var dialect: SQLDialect {
            let ranked = votes.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            guard let first = ranked.first, first.value >= 2 else { return .unknown }
            let second = ranked.dropFirst().first?.value ?? 0
            return first.value >= second + 2 ? first.key : .unknown
        }

        private mutating func vote(_ dialect: SQLDialect, _ weight: Int) {
            votes[dialect, default: 0] += weight
        }

        private mutating func count(_ token: SQLToken, after previous: SQLToken?, in bytes: [UInt8]) {
            switch token.kind {
            case .word: count(token.keyword, after: previous?.keyword ?? .none)
            case .quotedName where bytes[token.start] == 0x60:
                vote(.mysql, 2)
                vote(.clickhouse, 1)
            case .quotedName where bytes[token.start] == 0x5B: vote(.sqlserver, 2)
            case .dollarString: vote(.postgresql, 5)
            case .terminator where token.end - token.start == 2: vote(.sqlserver, 2)
            case .terminator: vote(.oracle, 2)
            case .symbol where bytes[token.start] == 0x3A && previous?.end == token.start && bytes[token.start - 1] == 0x3A: vote(.postgresql, 2)
            default: break
            }
        }

        private mutating func count(_ keyword: SQLKeyword, after previous: SQLKeyword) {
            switch keyword {
            case .bigserial, .jsonb, .timestamptz, .bytea, .plpgsql, .regclass, .concurrently: vote(.postgresql, 4)
            case .serial, .nextval: vote(.postgresql, 2)
            case .extension where previous == .create: vote(.postgresql, 5)
            case .type where previous == .create: vote(.postgresql, 3)
            case .autoIncrement, .innodb, .utf8mb4, .mediumtext, .longtext: vote(.mysql, 4)
            case .unsigned, .tinyint: vote(.mysql, 2)
            case .autoincrement, .pragma, .rowid, .strftime: vote(.sqlite, 5)
            case .datetime:
                vote(.mysql, 1)
                vote(.sqlite, 1)
            case .mergetree, .lowcardinality, .replacing, .uint32, .uint64, .datetime64: vote(.clickhouse, 6)
            case .cluster where previous == .on: vote(.clickhouse, 4)
            case .nvarchar, .uniqueidentifier: vote(.sqlserver, 4)
            case .varchar2, .sysdate: vote(.oracle, 4)
            default: break
            }
        }
    }
}
