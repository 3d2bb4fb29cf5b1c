/// The words that the statement reader decides by; every other word is ``none``, a plain name.
///
/// A keyword is also a possible name (`key`, `type`, `comment`): readers of names accept any.
enum SQLKeyword: String, CaseIterable, Sendable {
    case none
    case abort, action, add, after, aggregate, algorithm, alias, all, alter, always, analyze, array, atomic
    case attach, attribute, autoIncrement = "auto_increment", autoincrement, begin, body, by, copy, call, cascade, `case`, cast, change
    case changed, character, charset, check, clear, cluster, codec, collate, collation, column, columns
    case comment, commit, concurrently, conflict, constraint, convert, conversion, create, cross, cursor, data, database, databases, declare
    case `default`, deferrable, deferred, definer, delayed, delete, delimiter, deny, describe, detach, dictionary, disable, distinct, `do`, domain, drop
    case duplicate, each, `else`, elseif, elsif, enable, end, engine, ephemeral, event, exception, exchange, exclude, exclusive, exec
    case execute, exists, explain, expression, `extension`, external, `false`, family, first, `for`, foreign, format, from, full, fulltext, function
    case generated, global, go, grant, group, handler, having, identity, `if`, ignore, immediate, immutable, `in`, index, infile, inherit, inherits
    case initially, inner, insert, instead, intersect, into, invisible, invoker, `is`, isolation, join, key, keys, language, lateral, left, like
    case limit, load, local, lock, logged, loop, lowPriority = "low_priority", materialized, merge, minus, modify, natural, no, nocheck, not, notify
    case nothing, null, nulls, of, offset, on, only, `operator`, or, order, outer, overwrite, owner, package, partition, perform, persistent, policy
    case pragma, prepare, primary, privileges, procedural, procedure, projection, `public`, publication, quick, raise, read, recursive, references
    case refresh, reindex, release, rename, `repeat`, replace, replica, reset, restart, restrict, restrictive, `return`, returning, revoke, right, role
    case rollback, row, rows, rule, savepoint, schema, select, sequence, server, session, set, show, spatial, spRename = "sp_rename", start
    case statement, statistics, stdin, storage, stored, straightJoin = "straight_join", strict, subscription, synonym, system, table, tables
    case tablespace, temp, temporary, test, then, to, transaction, trigger, `true`, truncate, ttl, type, union, unique, unlogged, unsigned
    case update, use, user, using, vacuum, valid, validate, value, values, varying, view, virtual, void, when, `where`, `while`, with, work, write
    case zone, `as`, and, between, period, partitions, `except`, overriding, top, outfile, visible, shared, clone, owned, transform, text, access, query,
        routine, unlock, flush, print, deallocate, sequel = "sql"

    // Words that tell a dialect, and nothing else.
    case bigserial, bytea, jsonb, nextval, plpgsql, regclass, serial, timestamptz, tinyint, mediumtext, longtext, datetime, innodb, utf8mb4
    case lowcardinality, mergetree, replacing, uint32, uint64, datetime64, rowid, strftime
    case nvarchar, varchar2, sysdate, number, uniqueidentifier

    /// Whether the word cannot be the name of a column where an expression stands.
    var isReserved: Bool {
        switch self {
        case .and, .or, .not, .null, .is, .in, .exists, .like, .between, .case, .when, .then, .else, .end, .select, .from, .where, .as, .on, .join,
            .left, .right, .full, .inner, .outer, .cross, .natural, .using, .true, .false, .distinct, .all, .order, .by, .group, .having, .limit,
            .offset, .union, .except, .intersect, .cast, .array, .default, .returning, .with, .set, .into, .values, .for, .of, .collate:
            true
        default: false
        }
    }

    /// Looks a word up without regard to case; ``none`` if it is no keyword.
    static func find(_ bytes: [UInt8], _ start: Int, _ end: Int) -> SQLKeyword {
        let length = end - start
        guard length >= 2, length <= 16 else { return .none }
        var low: UInt64 = 0
        var high: UInt64 = 0
        var index = start
        let middle = min(end, start + 8)
        while index < middle {
            low = low << 8 | UInt64(bytes[index] | 0x20)
            index += 1
        }
        while index < end {
            high = high << 8 | UInt64(bytes[index] | 0x20)
            index += 1
        }
        return words.find(low, high)
    }

    private static let words = Table()

    /// An open-addressed table keyed by the word's sixteen folded bytes.
    private struct Table: Sendable {
        var keys: [(low: UInt64, high: UInt64)]
        var words: [SQLKeyword]

        init() {
            keys = Array(repeating: (0, 0), count: Table.size)
            words = Array(repeating: .none, count: Table.size)
            for word in SQLKeyword.allCases where word != .none {
                let (low, high) = Table.pack(word.rawValue)
                var slot = Table.slot(low, high)
                while words[slot] != .none { slot = (slot + 1) & (Table.size - 1) }
                keys[slot] = (low, high)
                words[slot] = word
            }
        }

        func find(_ low: UInt64, _ high: UInt64) -> SQLKeyword {
            var slot = Table.slot(low, high)
            while words[slot] != .none {
                if keys[slot].low == low && keys[slot].high == high { return words[slot] }
                slot = (slot + 1) & (Table.size - 1)
            }
            return .none
        }

        private static let size = 1024

        private static func slot(_ low: UInt64, _ high: UInt64) -> Int {
            let mixed = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
            return Int(truncatingIfNeeded: mixed >> 54)
        }

        private static func pack(_ word: String) -> (UInt64, UInt64) {
            var low: UInt64 = 0
            var high: UInt64 = 0
            for (index, byte) in word.utf8.enumerated() {
                if index < 8 { low = low << 8 | UInt64(byte | 0x20) } else { high = high << 8 | UInt64(byte | 0x20) }
            }
            return (low, high)
        }
    }
}
