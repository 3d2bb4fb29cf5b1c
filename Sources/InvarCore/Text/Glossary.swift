/// Words that mean the same concept, across languages: 冪等 = べき等 = idempotent.
package struct Glossary: Sendable {
    /// One line of a glossary file.
    package struct Concept: Hashable, Sendable {
        package var name: String
        /// Folded forms, the name among them, longest first.
        package var forms: [String]
    }

    package private(set) var concepts: [Concept] = []
    /// Index of the concept by its form, English words stemmed.
    private var byForm: [String: Int] = [:]
    /// The number of words of the longest form, to know how far to look ahead.
    package private(set) var longestForm = 1

    package init() {}

    /// Adds the concepts of a glossary file: one a line, the name and its synonyms divided by tabs (or commas, for
    /// files written by hand), `#` begins a comment. A line that shares a form with a known concept extends that one.
    package mutating func add(_ text: some StringProtocol) {
        for line in text.split(whereSeparator: \.isNewline) {
            guard !line.hasPrefix("#") else { continue }
            let separators: Set<Character> = line.contains("\t") ? ["\t"] : [",", "、"]
            let forms = line.split { separators.contains($0) }.map { Folding.searchable(Folding.unwrapped(String($0))) }.filter { !$0.isEmpty }
            guard let first = forms.first else { continue }
            let known = forms.compactMap { byForm[Glossary.key($0)] }.first
            let index = known ?? concepts.count
            if known == nil { concepts.append(Concept(name: first, forms: [])) }
            for form in forms where byForm[Glossary.key(form)] == nil {
                byForm[Glossary.key(form)] = index
                concepts[index].forms.append(form)
                longestForm = max(longestForm, form.split(separator: " ").count)
            }
        }
        for index in concepts.indices { concepts[index].forms.sort { ($0.utf8.count, $0) > ($1.utf8.count, $1) } }
    }

    /// The concept that a folded word or phrase is a form of.
    package func concept(of phrase: String) -> Concept? {
        byForm[Glossary.key(phrase)].map { concepts[$0] }
    }

    /// `Re-tries` and `retry` share one: hyphens as spaces, every English word stemmed.
    private static func key(_ form: String) -> String {
        form.split { $0 == " " || $0 == "-" }.map { Stemmer.stem(String($0)) }.joined(separator: " ")
    }
}
