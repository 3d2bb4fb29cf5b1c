/// A call in source code: what is called, and its arguments.
package struct CodeCall: Sendable {
    /// The index of the word that names what is called.
    package var name: Int
    /// What it is called on and its own name: `self.logger.info` → `["self", "logger", "info"]`.
    package var chain: [String]
    /// The index of the first token of the chain.
    package var first: Int
    /// The tokens between the parentheses, or on the rest of the line.
    package var content: Range<Int>
    /// The index of the last token.
    package var last: Int
    /// The tokens of each argument.
    package var arguments: [Range<Int>]

    package var method: String { chain.last ?? "" }
    /// What it is called on: the word before the method.
    package var receiver: String? { chain.count > 1 ? chain[chain.count - 2] : nil }
}

extension CodeText {
    /// The call whose name is the word at this index; nil if nothing is called there.
    ///
    /// A trailing closure counts as an argument where the language calls so; Ruby and shell need no parentheses.
    package func call(at index: Int) -> CodeCall? {
        guard isWord(index) else { return nil }
        var open = index + 1
        if language == .rust, isToken(open, "!") { open += 1 }
        if isToken(open, "("), kind(open) == .open, !tokens[open].startsLine || language != .swift { return call(index, open: open) }
        switch language {
        case .kotlin, .scala, .swift:
            guard isToken(open, "{"), !tokens[open].startsLine else { return nil }
            return call(index, open: open)
        case .ruby: return bareCall(index)
        default: return nil
        }
    }

    private func call(_ index: Int, open: Int) -> CodeCall {
        let close = closing(of: open)
        let content = (open + 1)..<max(open + 1, close)
        let (chain, first) = chain(endingAt: index)
        return CodeCall(name: index, chain: chain, first: first, content: content, last: close, arguments: arguments(in: content))
    }

    /// `logger.info "…", x` to the end of the line, and on while it ends in a comma, an operator or an open bracket.
    private func bareCall(_ index: Int) -> CodeCall? {
        let start = index + 1
        guard start < tokens.count, !tokens[start].startsLine else { return nil }
        switch tokens[start].kind {
        case .quoteOpen, .word, .number: break
        case .open where isToken(start, "{"):
            let close = closing(of: start)
            let (chain, first) = chain(endingAt: index)
            return CodeCall(
                name: index, chain: chain, first: first, content: (start + 1)..<max(start + 1, close), last: close,
                arguments: [(start + 1)..<max(start + 1, close)])
        case .mark where isToken(start, ":"): break
        default: return nil
        }
        if ["if", "unless", "and", "or", "do", "then", "while", "rescue", "in", "end"].contains(text(start)) { return nil }
        var end = start
        while end < tokens.count {
            if end > start, tokens[end].startsLine {
                guard let previous = kind(end - 1), previous == .mark, !isToken(end - 1, ".") else { break }
                if !isToken(end - 1, ","), !isToken(end - 1, "+"), !isToken(end - 1, "|"), !isToken(end - 1, "&"), !isToken(end - 1, "\\") { break }
            }
            if isToken(end, ";") || tokens[end].kind == .close || tokens[end].kind == .insertClose { break }
            if isToken(end, "if") || isToken(end, "unless") || isToken(end, "do") { break }
            end = after(end)
        }
        let (chain, first) = chain(endingAt: index)
        let content = start..<min(end, tokens.count)
        return CodeCall(name: index, chain: chain, first: first, content: content, last: max(index, content.upperBound - 1), arguments: arguments(in: content))
    }

    /// The words that a name is reached by, outermost first, and the first token; calls in between count by their name.
    package func chain(endingAt index: Int) -> (names: [String], first: Int) {
        var names = [text(index)]
        var first = index
        while names.count < 12 {
            var place = first - 1
            if isToken(place, ".") {
                place -= 1
                // `?.`, `!!.`, `&.`
                while isToken(place, "?") || isToken(place, "!") || isToken(place, "&") { place -= 1 }
            } else if isToken(place, ":"), isToken(place - 1, ":") {
                place -= 2
            } else if isToken(place, ">"), isToken(place - 1, "-"), language == .php {
                place -= 2
            } else {
                break
            }
            // A call's or a subscript's brackets.
            var steps = 0
            while kind(place) == .close, steps < 4, let open = opening(of: place) {
                place = open - 1
                steps += 1
            }
            guard isWord(place) else { break }
            names.append(text(place))
            first = place
        }
        return (names.reversed(), first)
    }

    /// The arguments between commas, each without what it is labelled with.
    package func arguments(in content: Range<Int>) -> [Range<Int>] {
        var arguments: [Range<Int>] = []
        var start = content.lowerBound
        var index = start
        while index < content.upperBound {
            if isToken(index, ",") {
                arguments.append(start..<index)
                start = index + 1
            }
            index = after(index)
        }
        if start < content.upperBound { arguments.append(start..<content.upperBound) }
        return arguments
    }

    /// The label of an argument: `name=value`, `name: value`, `"name": value`, `name => value`; nil if it has none.
    package func label(of argument: Range<Int>) -> (name: String, value: Range<Int>)? {
        guard let start = argument.first else { return nil }
        let name: String
        let next: Int
        if isWord(start) {
            name = text(start)
            next = start + 1
        } else if let literal = literal(start) {
            name = literal
            next = after(start)
        } else if isToken(start, ":"), isWord(start + 1) {
            name = text(start + 1)
            next = start + 2
        } else {
            return nil
        }
        var value = next + 1
        if isToken(next, ":") {
            if isToken(next + 1, ":") { return nil }
        } else if isToken(next, "=") {
            if isToken(next + 1, ">") { value = next + 2 } else if isToken(next + 1, "=") { return nil }
        } else {
            return nil
        }
        guard value <= argument.upperBound else { return nil }
        return (name, value..<argument.upperBound)
    }

    /// The call that a token is an argument of, by the opening parenthesis around it.
    package func enclosingCall(of index: Int) -> CodeCall? {
        var parent = tokens.indices.contains(index) ? Int(tokens[index].parent) : -1
        var steps = 0
        while parent >= 0, steps < 64 {
            if isToken(parent, "("), parent > 0 {
                var name = parent - 1
                if isToken(name, "!") { name -= 1 }
                if isWord(name) { return call(at: name) }
            }
            parent = Int(tokens[parent].parent)
            steps += 1
        }
        return nil
    }
}
