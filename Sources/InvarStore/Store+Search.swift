import Foundation
import GRDB
package import InvarCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The folded text of an entry, or of a document outside its entries, while it is being scanned.
package struct SearchableText {
    /// nil for text that belongs to no entry.
    package let id: String?
    package let kind: Entry.Kind?
    package let title: String
    package let path: String
    /// The line of the file on which the text begins.
    package let firstLine: Int
    /// Folded UTF-8; valid only during the call that hands it out.
    package let bytes: UnsafeRawBufferPointer

    /// The line of the file at a byte of the text.
    package func line(at offset: Int) -> Int {
        var line = firstLine
        for index in 0..<min(offset, bytes.count) where bytes[index] == 0x0A { line += 1 }
        return line
    }

    /// The line of the first occurrence of a folded phrase.
    package func line(of phrase: String) -> Int? {
        offsets(of: Array(phrase.utf8), limit: 1).first.map { line(at: $0) }
    }

    /// Where `needle` occurs, without overlaps, at most `limit` times.
    package func offsets(of needle: [UInt8], limit: Int = 1000) -> [Int] {
        guard let base = bytes.baseAddress, let pivot = SearchableText.rarestByte(of: needle) else { return [] }
        var found: [Int] = []
        var offset = 0
        while found.count < limit, offset + needle.count <= bytes.count {
            let start = base + offset + pivot
            guard let hit = memchr(start, Int32(needle[pivot]), bytes.count - needle.count - offset + 1) else { break }
            let position = UnsafeRawPointer(hit) - base - pivot
            if memcmp(base + position, needle, needle.count) == 0 {
                found.append(position)
                offset = position + needle.count
            } else {
                offset = position + 1
            }
        }
        return found
    }

    /// The index of the byte to look for first. In Japanese text the first two bytes of a character are nearly always
    /// the same few, the third is not; among ASCII the letters of `zqxjk` are rare.
    private static func rarestByte(of needle: [UInt8]) -> Int? {
        needle.indices.min { rank(needle[$0], in: needle, at: $0) < rank(needle[$1], in: needle, at: $1) }
    }

    private static func rank(_ byte: UInt8, in needle: [UInt8], at index: Int) -> Int {
        switch byte {
        case 0xE0...: 9
        case 0x80...0xBF: index > 0 && needle[index - 1] >= 0xE0 ? 8 : 2
        case 0x20, 0x65, 0x74, 0x61, 0x6F, 0x69, 0x6E, 0x73, 0x72: 7
        default: 5
        }
    }
}

extension Store {
    /// Hands out every text in a fixed order: entries by id of their row, then loose texts.
    ///
    /// Search is a scan on purpose (ADR-0004): reading all text costs a tenth of a second at 10,000 documents, while a
    /// full-text index would cost a second at each cold start, and finds two-character Japanese words only by tricks.
    package func forEachText(_ body: (SearchableText) throws -> Void) throws {
        try queue.read { db in
            let entries = try Row.fetchCursor(
                db,
                sql: """
                    SELECT entry.name, entry.kind, entry.title, document.path, entry.firstLine, entryText.text FROM entryText
                    JOIN entry ON entry.id = entryText.entryId JOIN document ON document.id = entry.documentId ORDER BY entryText.entryId
                    """)
            while let row = try entries.next() { try hand(row, body) }
            let loose = try Row.fetchCursor(
                db,
                sql: """
                    SELECT NULL, NULL, document.title, document.path, 1, documentText.text FROM documentText
                    JOIN document ON document.id = documentText.documentId ORDER BY documentText.documentId
                    """)
            while let row = try loose.next() { try hand(row, body) }
        }
    }

    private func hand(_ row: Row, _ body: (SearchableText) throws -> Void) throws {
        try row.withUnsafeData(atIndex: 5) { data in
            try (data ?? .init()).withUnsafeBytes { bytes in
                try body(
                    SearchableText(
                        id: row[0], kind: (row[1] as String?).flatMap(Entry.Kind.init), title: row[2], path: row[3], firstLine: row[4], bytes: bytes))
            }
        }
    }
}

/// The folded text of a note, and where it stands in its file.
package struct NoteText: Sendable {
    package var path: String
    package var id: String
    /// The lines of the file that it covers, both inclusive.
    package var lines: ClosedRange<Int>
    /// Front matter included.
    package var text: String
}

extension Store {
    /// The texts of all notes, in the order of ``notes(sprints:entries:ids:)``.
    package func noteTexts() throws -> [NoteText] {
        try queue.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT document.path, entry.name, entry.firstLine, entry.endLine, coalesce(entryText.text, '')
                    FROM note JOIN entry ON entry.id = note.entryId JOIN document ON document.id = entry.documentId
                    LEFT JOIN entryText ON entryText.entryId = entry.id
                    ORDER BY coalesce(date, ''), entry.name, document.path, entry.line
                    """)
            var texts: [NoteText] = []
            while let row = try rows.next() {
                let first: Int = row[2]
                texts.append(NoteText(path: row[0], id: row[1], lines: first...max(first, row[3]), text: row[4]))
            }
            return texts
        }
    }
}
