package import InvarCore
import InvarStore

extension Workspace {
    /// Full-text search in both languages, best hit first.
    ///
    /// Entries in which every term is found come before those in which only some are. Within these, BM25
    /// (Robertson and Zaragoza 2009, k1 1.2, b 0.75) over all forms of a term, a term in the title counting as six in
    /// the text.
    ///
    /// - Parameter limit: how many hits at most; the rest is only counted.
    package func search(_ words: String, kind: Entry.Kind? = nil, limit: Int = 20) throws -> (report: SearchReport, language: Language) {
        let query = SearchQuery(words, glossary: try glossary())
        guard !query.terms.isEmpty else { throw Failure("nothing to search for", hint: "invar search 冪等 retry") }
        return try withStore { synced in
            var scorer = SearchScorer(query: query, name: EntryName.key(id: words))
            try synced.store.forEachText { text in
                if kind == nil || text.kind == kind { scorer.read(text) }
            }
            let ranked = scorer.ranked
            let hits = ranked.prefix(limit).map { candidate in
                SearchReport.Hit(
                    id: candidate.id, kind: candidate.kind, title: candidate.title, path: candidate.path, line: candidate.line,
                    excerpt: excerpt(candidate, query), score: candidate.score)
            }
            return (SearchReport(query: words, hits: hits, total: ranked.count), try language(synced.store))
        }
    }

    /// The built-in concepts and the project's own.
    package func glossary() throws(Failure) -> Glossary {
        var glossary = Glossary()
        glossary.add(String(decoding: PackageResources.operations_glossary_tsv, as: UTF8.self))
        glossary.add(try glossaryText())
        return glossary
    }

    /// The text of the project's own glossary, "" without one.
    func glossaryText() throws(Failure) -> String {
        guard let path = configuration.glossary else { return "" }
        try confirmInside(path)
        let bytes = try FileSystem.read(root + "/" + path, limit: 4 << 20)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure("is not valid UTF-8", at: Place(path: path), hint: "save the glossary as UTF-8")
        }
        return text
    }

    /// The file's own line with the words marked, shortened around the first of them.
    private func excerpt(_ candidate: SearchScorer.Candidate, _ query: SearchQuery) -> String {
        guard let bytes = try? FileSystem.read(root + "/" + candidate.path, limit: 8 << 20) else { return candidate.title }
        let range = LineTable(bytes).range(ofLine: candidate.line)
        return Excerpt(String(decoding: bytes[range], as: UTF8.self), query).marked
    }
}

/// Counts the terms of a query in every text and ranks the texts.
private struct SearchScorer {
    struct Candidate {
        var id: String?
        var kind: Entry.Kind?
        var title: String
        var path: String
        var line: Int
        var length: Int
        /// Weighted occurrences of each term.
        var counts: [Double]
        var isNamed: Bool
        var score = 0.0
    }

    let query: SearchQuery
    /// What was typed, as the key of an id.
    let name: String
    private var candidates: [Candidate] = []
    private var texts = 0
    private var totalLength = 0

    init(query: SearchQuery, name: String) {
        self.query = query
        self.name = name
    }

    private static let titleWeight = 6.0

    mutating func read(_ text: SearchableText) {
        texts += 1
        totalLength += text.bytes.count
        var counts = [Double](repeating: 0, count: query.terms.count)
        var places: [(offset: Int, term: Int, weight: Double)] = []
        for (term, forms) in query.terms.map(\.forms).enumerated() {
            for form in forms {
                for offset in text.offsets(of: form.needle, limit: 200) {
                    let weight = form.weight(in: text.bytes, at: offset)
                    guard weight > 0 else { continue }
                    counts[term] += weight
                    places.append((offset, term, weight))
                }
            }
        }
        let title = Folding.searchable(text.title)
        if !counts.allSatisfy({ $0 == 0 }) { addTitle(title, to: &counts) }
        let isNamed = text.id.map { EntryName.key(id: $0) == name } ?? false
        guard isNamed || counts.contains(where: { $0 > 0 }) else { return }
        candidates.append(
            Candidate(
                id: text.id, kind: text.kind, title: text.title, path: text.path, line: bestLine(places, text), length: text.bytes.count,
                counts: counts, isNamed: isNamed))
    }

    private func addTitle(_ title: String, to counts: inout [Double]) {
        var title = title
        title.withUTF8 { buffer in
            let bytes = UnsafeRawBufferPointer(buffer)
            for (term, forms) in query.terms.map(\.forms).enumerated() {
                let best =
                    forms.map { form in
                        guard let offset = SearchScorer.find(form.needle, bytes) else { return 0 }
                        return form.weight(in: bytes, at: offset)
                    }.max() ?? 0
                counts[term] += best * SearchScorer.titleWeight
            }
        }
    }

    private static func find(_ needle: [UInt8], _ bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count >= needle.count else { return nil }
        return (0...(bytes.count - needle.count)).first { start in needle.indices.allSatisfy { bytes[start + $0] == needle[$0] } }
    }

    /// The line on which most different terms stand, typed forms before synonyms, the first of equals.
    private func bestLine(_ places: [(offset: Int, term: Int, weight: Double)], _ text: SearchableText) -> Int {
        var lines: [Int: [Int: Double]] = [:]
        for place in places.sorted(by: { $0.offset < $1.offset }).prefix(300) {
            let line = text.line(at: place.offset)
            lines[line, default: [:]][place.term] = max(lines[line]?[place.term] ?? 0, place.weight)
        }
        let best = lines.max { a, b in
            let (left, right) = (a.value.values.reduce(0, +), b.value.values.reduce(0, +))
            return left == right ? a.key > b.key : left < right
        }
        return best?.key ?? text.firstLine
    }

    /// Best first; equals by path and line.
    var ranked: [Candidate] {
        let average = texts > 0 ? max(1, Double(totalLength) / Double(texts)) : 1
        let frequencies = query.terms.indices.map { term in candidates.count { $0.counts[term] > 0 } }
        var scored = candidates.map { candidate in
            var candidate = candidate
            for (term, count) in candidate.counts.enumerated() where count > 0 {
                let frequency = Double(frequencies[term])
                let rarity = logarithm(1 + (Double(texts) - frequency + 0.5) / (frequency + 0.5))
                candidate.score += rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * Double(candidate.length) / average))
            }
            let found = candidate.counts.count { $0 > 0 }
            let share = Double(found) / Double(max(1, candidate.counts.count))
            candidate.score *= share * share
            if found == candidate.counts.count { candidate.score += 100 }
            if candidate.isNamed { candidate.score += 1000 }
            return candidate
        }
        scored.sort { ($1.score, $0.path, $0.line) < ($0.score, $1.path, $1.line) }
        let best = scored.first?.score ?? 1
        for index in scored.indices { scored[index].score = (scored[index].score / best * 10_000).rounded() / 10_000 }
        return scored
    }

    /// The natural logarithm by its series, the same on every machine.
    private func logarithm(_ value: Double) -> Double {
        var exponent = 0.0
        var mantissa = value
        while mantissa > 1.5 {
            mantissa /= 2
            exponent += 1
        }
        let ratio = (mantissa - 1) / (mantissa + 1)
        var power = ratio
        var sum = 0.0
        for step in stride(from: 1.0, through: 29, by: 2) {
            sum += power / step
            power *= ratio * ratio
        }
        return exponent * 0.693_147_180_559_945_3 + 2 * sum
    }
}

/// A line of a file with the found words between « and ».
struct Excerpt {
    let marked: String

    private static let room = 120

    init(_ line: String, _ query: SearchQuery) {
        let characters = Array(line.trimmingEnds)
        // Folding may change the number of characters, so each folded byte remembers the character it comes from.
        var folded: [UInt8] = []
        var origins: [Int] = []
        for (index, character) in characters.enumerated() {
            let bytes = Array(Folding.searchable(String(character)).utf8)
            folded += bytes
            origins += bytes.map { _ in index }
        }
        var hits = [Bool](repeating: false, count: characters.count)
        folded.withUnsafeBytes { bytes in
            for form in query.terms.flatMap(\.forms) {
                var offset = 0
                while offset + form.needle.count <= bytes.count {
                    if form.needle.indices.allSatisfy({ bytes[offset + $0] == form.needle[$0] }), form.weight(in: bytes, at: offset) > 0 {
                        var end = offset + form.needle.count
                        if form.stem != nil { while end < bytes.count, bytes[end] >= 0x61, bytes[end] <= 0x7A { end += 1 } }
                        for position in offset..<end { hits[origins[position]] = true }
                        offset = end
                    } else {
                        offset += 1
                    }
                }
            }
        }
        marked = Excerpt.text(characters, hits)
    }

    private static func text(_ characters: [Character], _ hits: [Bool]) -> String {
        let first = hits.firstIndex(of: true) ?? 0
        let start = characters.count <= room ? 0 : max(0, min(first - room / 3, characters.count - room))
        let end = min(characters.count, start + room)
        var out = start > 0 ? "…" : ""
        for index in start..<end {
            if hits[index], index == start || !hits[index - 1] { out += "«" }
            out.append(characters[index])
            if hits[index], index + 1 == end || !hits[index + 1] { out += "»" }
        }
        return out + (end < characters.count ? "…" : "")
    }
}

extension String {
    fileprivate var trimmingEnds: Substring {
        var slice = Substring(self)
        while let first = slice.first, first.isWhitespace { slice.removeFirst() }
        while let last = slice.last, last.isWhitespace { slice.removeLast() }
        return slice
    }
}
