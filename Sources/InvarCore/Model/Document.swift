/// A Markdown file of the knowledge base, parsed once: its entries and everything it points at.
package struct Document: Sendable {
    package var path: String
    package var role: Role
    package var language: Language
    /// The first heading, or the file's name.
    package var title: String
    package var entries: [Entry]
    /// Links from text that belongs to no entry.
    package var links: [Link]
    package var findings: [Finding]
    /// The text outside all entries, folded for search.
    package var looseText: String

    package init(path: String, role: Role, language: Language, title: String) {
        self.path = path
        self.role = role
        self.language = language
        self.title = title
        self.entries = []
        self.links = []
        self.findings = []
        self.looseText = ""
    }

    /// Which of the three folders it stands in.
    package enum Role: String, Sendable, CaseIterable {
        case invariants, decisions, notes
    }
}

/// One invariant, decision or note with the text it covers.
package struct Entry: Sendable {
    package var content: Content
    package var links: [Link]
    /// The bytes of the file that belong to it.
    package var span: Range<Int>
    /// The lines of that span, 1-based, both inclusive; the first may be front matter above the entry's own line.
    package var firstLine: Int
    package var endLine: Int
    /// Its text, folded for search, line breaks kept so that lines can be told.
    package var searchText: String

    package init(content: Content, span: Range<Int>, firstLine: Int, endLine: Int) {
        self.content = content
        self.links = []
        self.span = span
        self.firstLine = firstLine
        self.endLine = endLine
        self.searchText = ""
    }

    package enum Content: Sendable {
        case invariant(Invariant)
        case decision(Decision)
        case note(Note)
    }

    package enum Kind: String, Sendable, CaseIterable {
        case invariant, decision, note
    }

    package var kind: Kind {
        switch content {
        case .invariant: .invariant
        case .decision: .decision
        case .note: .note
        }
    }

    package var id: String {
        switch content {
        case .invariant(let invariant): invariant.id
        case .decision(let decision): decision.id
        case .note(let note): note.id
        }
    }

    package var title: String {
        switch content {
        case .invariant(let invariant): invariant.title
        case .decision(let decision): decision.title
        case .note(let note): note.title
        }
    }

    package var position: Position {
        switch content {
        case .invariant(let invariant): invariant.position
        case .decision(let decision): decision.position
        case .note(let note): note.position
        }
    }
}
