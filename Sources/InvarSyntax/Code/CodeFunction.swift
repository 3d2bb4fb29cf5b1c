/// An outermost function, method or closure of a file.
package struct CodeFunction: Sendable, Hashable {
    /// "" where it has none.
    package var name: String
    /// Its tokens, from the word that names or begins it to its end.
    package var tokens: Range<Int>
}

extension [CodeFunction] {
    /// Which of the functions of a text, in order, a token stands in.
    package func index(holding token: Int) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].tokens.upperBound <= token { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].tokens.contains(token) ? low : nil
    }
}

extension CodeText {
    /// The functions that stand in no other function, in the order of the text.
    package var functions: [CodeFunction] {
        language.isIndented ? indentedFunctions : bracedFunctions
    }

    /// `def` and all that is indented deeper.
    private var indentedFunctions: [CodeFunction] {
        var functions: [CodeFunction] = []
        var open: (column: Int, start: Int, name: String)?
        var index = 0
        while index < tokens.count {
            let token = tokens[index]
            if token.startsLine {
                let column = column(index)
                if let current = open, column <= current.column, token.kind != .close {
                    functions.append(CodeFunction(name: current.name, tokens: current.start..<index))
                    open = nil
                }
                if open == nil {
                    let word = isToken(index, "async") ? index + 1 : index
                    if isToken(word, "def") {
                        var name = word + 1
                        if isToken(name + 1, "."), isWord(name + 2) { name += 2 }
                        open = (column, index, text(name))
                    }
                }
            }
            index = token.kind == .quoteOpen ? after(index) : index + 1
        }
        if let current = open { functions.append(CodeFunction(name: current.name, tokens: current.start..<tokens.count)) }
        return functions
    }

    private var bracedFunctions: [CodeFunction] {
        var functions: [CodeFunction] = []
        var index = 0
        while index < tokens.count {
            guard kind(index) == .open, isToken(index, "{"), let name = functionName(before: index) else {
                index += 1
                continue
            }
            let end = closing(of: index) + 1
            functions.append(CodeFunction(name: name, tokens: index..<min(end, tokens.count)))
            index = max(index + 1, end)
        }
        return functions
    }

    /// The name of the function whose body opens at a brace; nil if it is a body of something else.
    private func functionName(before brace: Int) -> String? {
        var index = brace - 1
        var name: String?
        var isFunction = false
        var steps = 0
        while index >= 0, steps < 40 {
            steps += 1
            switch tokens[index].kind {
            case .close where isToken(index, ")"):
                guard let open = opening(of: index) else { return nil }
                isFunction = true
                if isWord(open - 1) { name = name ?? text(open - 1) }
                index = open - 1
                continue
            case .close where isToken(index, "]"):
                index = (opening(of: index) ?? index) - 1
                continue
            case .open, .close, .insertOpen, .quoteClose, .text: return isFunction ? bodyName(name) : nil
            case .mark where isToken(index, ";"): return isFunction ? bodyName(name) : nil
            case .mark where isToken(index, ">") && isToken(index - 1, "=") && index == brace - 1: isFunction = true
            case .word:
                let word = text(index)
                if CodeText.noFunctions.contains(word) { return nil }
                if word == "func" || word == "fun" || word == "function" || word == "fn" || word == "def" { return bodyName(name ?? text(index + 1)) }
                if isToken(index + 1, "="), !isToken(index + 2, "="), isFunction { return bodyName(word) }
            default: break
            }
            index -= 1
        }
        return isFunction ? bodyName(name) : nil
    }

    private func bodyName(_ name: String?) -> String? {
        let name = name ?? ""
        return CodeText.noFunctions.contains(name) ? nil : name
    }

    private static let noFunctions: Set<String> = [
        "if", "for", "while", "switch", "catch", "when", "with", "using", "lock", "synchronized", "foreach", "match", "guard", "elseif", "try", "do", "else",
        "class", "interface", "struct", "enum", "object", "namespace", "module", "impl", "trait", "extension", "record", "package", "union", "protocol",
    ]
}
