/// The hits of a search, best first.
package struct SearchReport: Sendable {
    package struct Hit: Sendable {
        /// nil for text that belongs to no entry.
        package var id: String?
        package var kind: Entry.Kind?
        package var title: String
        package var path: String
        /// Where the best match is.
        package var line: Int
        /// That line, the found words between « and ».
        package var excerpt: String
        /// 1 for the best hit.
        package var score: Double

        package init(id: String?, kind: Entry.Kind?, title: String, path: String, line: Int, excerpt: String, score: Double) {
            self.id = id
            self.kind = kind
            self.title = title
            self.path = path
            self.line = line
            self.excerpt = excerpt
            self.score = score
        }
    }

    package var query: String
    package var hits: [Hit]
    /// How many there are, when only the best are listed.
    package var total: Int

    package init(query: String, hits: [Hit], total: Int) {
        self.query = query
        self.hits = hits
        self.total = total
    }

    package var json: JSON {
        .object([
            "schema": .string("invar.search/1"), "query": .string(query), "total": .integer(total),
            "hits": .array(
                hits.map {
                    .object([
                        "id": JSON($0.id), "kind": .string($0.kind?.rawValue ?? "document"), "title": .string($0.title), "path": .string($0.path),
                        "line": .integer($0.line), "excerpt": .string($0.excerpt), "score": .number($0.score),
                    ])
                }),
        ])
    }

    package func terminal(_ style: TerminalStyle) -> String {
        guard !hits.isEmpty else {
            return style.pick(en: "nothing found for \(style.safe(query))", ja: "「\(style.safe(query))」は見つかりませんでした") + "\n"
        }
        var lines: [String] = []
        for hit in hits {
            lines.append("\(style.bold(style.safe(hit.id ?? hit.path)))  \(style.safe(hit.title))  \(style.dim(style.place(hit.path, hit.line)))")
            lines.append("    " + marked(style.safe(hit.excerpt), style))
        }
        if total > hits.count {
            lines.append(style.dim(style.pick(en: "… and \(total - hits.count) more (--limit)", ja: "…ほか \(total - hits.count) 件（--limit で増やせます）")))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func marked(_ excerpt: String, _ style: TerminalStyle) -> String {
        guard style.isColored else { return excerpt }
        var out = ""
        for part in excerpt.split(separator: "«", omittingEmptySubsequences: false).enumerated() {
            let pieces = part.element.split(separator: "»", maxSplits: 1, omittingEmptySubsequences: false)
            out += part.offset > 0 && pieces.count == 2 ? style.yellow(String(pieces[0])) + pieces[1] : String(part.element)
        }
        return out
    }
}
