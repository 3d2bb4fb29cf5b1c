/// Finds the calls and functions of a program. One pass over its tokens with a stack of its own.
struct SourceReader {
    let bytes: [UInt8]
    let language: SourceLanguage
    let tokens: [SourceToken]
    private(set) var calls: [SourceCall] = []
    private(set) var functions: [SourceFunction] = []
    private var frames: [Frame] = []
    private var blocks: [(call: Int, indentation: Int)] = []
    private var isCommandPosition = true
    private var lastCall: Int?
    private var openFunctions: [Int] = []
    /// Brackets that are nested too deep to be looked into.
    private var ignoredBrackets = 0

    /// An open bracket, or a Ruby command without one.
    private struct Frame {
        var call: Int?
        var parent: Int?
        var isCommand = false
        /// The first token of the argument that is being read.
        var argument: Int
        var label: String?
    }

    /// More arguments than this, or a longer one, are not taken apart.
    private static let argumentsAtMost = 200
    private static let argumentTokensAtMost = 4_000
    private static let depthAtMost = 100

    init(_ bytes: [UInt8], _ language: SourceLanguage) {
        self.bytes = bytes
        self.language = language
        tokens = SourceLexer.tokens(bytes, language)
        var index = 0
        while index < tokens.count {
            step(index)
            index += 1
        }
        while let frame = frames.popLast() { close(frame, at: tokens.count) }
        closeFunctions(indentation: 0, at: bytes.count)
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private func word(_ index: Int) -> String? {
        index >= 0 && index < tokens.count && tokens[index].kind == .word ? text(tokens[index].range) : nil
    }

    private func symbol(_ index: Int) -> UInt8 {
        guard index >= 0, index < tokens.count, [.symbol, .open, .close].contains(tokens[index].kind) else { return 0 }
        return bytes[tokens[index].range.lowerBound]
    }

    private mutating func step(_ index: Int) {
        let token = tokens[index]
        if token.indentation >= 0 { beginLine(index) }
        switch token.kind {
        case .open: openBracket(index)
        case .close: closeBracket(index)
        case .comma: endArgument(index)
        case .symbol where symbol(index) == 0x3B: closeCommands(at: index)
        case .symbol where symbol(index) == 0x3A || symbol(index) == 0x3D: noteLabel(index)
        case .word: readWord(index)
        default: break
        }
        if symbol(index) == 0x2E || token.kind == .word && symbol(index + 1) == 0x2E { return }
        isCommandPosition = opensCommand(index)
    }

    // MARK: Lines and functions

    private mutating func beginLine(_ index: Int) {
        let token = tokens[index]
        let previous = index > 0 ? tokens[index - 1].kind : .symbol
        let goesOn = previous == .comma || symbol(index) == 0x2E || frames.contains { !$0.isCommand } && !isInBlockBraces
        guard !goesOn || index == 0 else { return }
        closeCommands(at: index)
        isCommandPosition = true
        while let block = blocks.last, block.indentation >= token.indentation { blocks.removeLast() }
        closeFunctions(indentation: token.indentation, at: token.range.lowerBound)
    }

    /// The innermost bracket is a `{ … }` block, whose lines are statements.
    private var isInBlockBraces: Bool { frames.last { !$0.isCommand }.map { $0.parent != nil && $0.call == nil && $0.argument < 0 } ?? false }

    private mutating func closeFunctions(indentation: Int, at offset: Int) {
        while let index = openFunctions.last, functions[index].indentation >= indentation {
            openFunctions.removeLast()
            functions[index].body = functions[index].body.lowerBound..<max(functions[index].body.lowerBound, offset)
        }
    }

    // MARK: Words

    private mutating func readWord(_ index: Int) {
        guard let word = word(index) else { return }
        if word == "def", let name = self.word(index + 1) {
            let indentation = max(0, tokens[index].indentation)
            openFunctions.append(functions.count)
            let range = tokens[index].range.lowerBound..<tokens[index + 1].range.upperBound
            functions.append(SourceFunction(name: name, indentation: indentation, header: range))
            return
        }
        guard language == .ruby else { return }
        if word == "do" || word == "if" || word == "unless" || word == "rescue" || word == "end" {
            closeCommands(at: index)
            if word == "do" { beginBlock(index, of: lastCall) }
            return
        }
        if isCommandPosition, symbol(index + 1) != 0x2E { beginCommand(index) }
    }

    private mutating func beginBlock(_ index: Int, of call: Int?) {
        guard let call else { return }
        calls[call].hasBlock = true
        var line = index
        while line > 0, index - line < 200, tokens[line].indentation < 0 { line -= 1 }
        blocks.append((call, max(0, tokens[line].indentation)))
    }

    private func opensCommand(_ index: Int) -> Bool {
        let token = tokens[index]
        if token.kind == .open { return symbol(index) == 0x7B && isInBlockBraces }
        if token.kind == .word, let word = word(index) { return ["do", "then", "else", "begin", "ensure"].contains(word) }
        // After the parameters of a block: `do |t|`.
        if symbol(index) == 0x7C { return true }
        return symbol(index) == 0x3B
    }

    /// A Ruby call without parentheses: `remove_column :t, :c`, `disable_ddl_transaction!`.
    private mutating func beginCommand(_ index: Int) {
        guard let word = word(index), !SourceReader.rubyWords.contains(word) else { return }
        let next = index + 1
        if next < tokens.count, tokens[next].indentation < 0 {
            if tokens[next].kind == .open, symbol(next) == 0x28, tokens[next].range.lowerBound == tokens[index].range.upperBound { return }
            if tokens[next].kind == .symbol, ![0x2D, 0x2A, 0x26].contains(symbol(next)) || symbol(next + 1) == 0x3D { return }
        }
        let call = addCall(index)
        frames.append(Frame(call: call, parent: calls[call].parent, isCommand: true, argument: next))
        lastCall = call
    }

    private static let rubyWords: Set<String> = [
        "if", "unless", "end", "else", "elsif", "def", "class", "module", "return", "begin", "rescue", "ensure", "case", "when", "while", "until",
        "for", "do", "next", "then", "and", "or", "not", "nil", "true", "false", "self", "super", "yield", "in",
    ]
    private static let pythonWords: Set<String> = [
        "if", "elif", "while", "for", "in", "and", "or", "not", "return", "def", "class", "lambda", "assert", "with", "except", "yield", "is",
        "else", "del", "print", "raise", "import",
    ]

    /// Notes a call whose path ends at the word at `index`.
    private mutating func addCall(_ index: Int) -> Int {
        var first = index
        var segments = [text(tokens[index].range)]
        while first >= 2, symbol(first - 1) == 0x2E, let receiver = word(first - 2), segments.count < 6 {
            segments.append(receiver)
            first -= 2
        }
        let start = tokens[first].range.lowerBound
        let end = tokens[index].range.upperBound
        var call = SourceCall(path: segments.reversed().joined(separator: "."), span: start..<end, pathEnd: end, indentation: tokens[first].indentation)
        if let frame = frames.last(where: { $0.call != nil }) {
            call.parent = frame.call
            call.parentLabel = frame.label
        } else if let frame = frames.last(where: { $0.parent != nil }) {
            call.parent = frame.parent
        } else {
            call.parent = blocks.last?.call
        }
        if let frame = frames.last, frame.argument >= 0, frame.argument < first, tokens.indices.contains(frame.argument) {
            call.before = frame.call == nil ? nameBefore(first, in: frame) : nil
        }
        calls.append(call)
        return calls.count - 1
    }

    /// The string before a comma before the token: `("name", here(…))`.
    private func nameBefore(_ index: Int, in frame: Frame) -> String? {
        guard index >= 2, tokens[index - 1].kind == .comma, tokens[index - 2].kind == .string else { return nil }
        return text(tokens[index - 2].content)
    }

    // MARK: Brackets and arguments

    private mutating func openBracket(_ index: Int) {
        guard frames.count < SourceReader.depthAtMost else {
            ignoredBrackets += 1
            return
        }
        let isParenthesis = symbol(index) == 0x28
        let previous = index > 0 ? tokens[index - 1] : nil
        let touches = previous?.range.upperBound == tokens[index].range.lowerBound
        if isParenthesis, let word = word(index - 1), touches || language == .python {
            let isCall = language == .ruby ? !SourceReader.rubyWords.contains(word) : !SourceReader.pythonWords.contains(word)
            let isDefined = self.word(index - 2) == "def" || self.word(index - 2) == "class"
            if isCall, !isDefined {
                let call = addCall(index - 1)
                frames.append(Frame(call: call, parent: nil, argument: index + 1))
                lastCall = call
                return
            }
        }
        if language == .ruby, symbol(index) == 0x7B, isBlockBrace(index) {
            closeCommands(at: index)
            if let lastCall { calls[lastCall].hasBlock = true }
            frames.append(Frame(call: nil, parent: lastCall, argument: -1))
            return
        }
        frames.append(Frame(call: nil, parent: nil, argument: index + 1))
    }

    /// `{` after a word or a closing parenthesis, not after a comma, a label or an operator.
    private func isBlockBrace(_ index: Int) -> Bool {
        guard index > 0, tokens[index].indentation < 0 else { return false }
        return tokens[index - 1].kind == .word && symbol(index - 2) != 0x3D || symbol(index - 1) == 0x29
    }

    private mutating func closeBracket(_ index: Int) {
        guard ignoredBrackets == 0 else {
            ignoredBrackets -= 1
            return
        }
        while let frame = frames.last, frame.isCommand { _ = frames.popLast().map { close($0, at: index) } }
        guard let frame = frames.popLast() else { return }
        close(frame, at: index)
        if let call = frame.call { calls[call].span = calls[call].span.lowerBound..<tokens[index].range.upperBound }
    }

    private mutating func closeCommands(at index: Int) {
        while let frame = frames.last, frame.isCommand {
            frames.removeLast()
            close(frame, at: index)
        }
    }

    private mutating func close(_ frame: Frame, at index: Int) {
        guard let call = frame.call else { return }
        takeArgument(frame, upTo: index)
        if frame.isCommand, index > 0, index - 1 < tokens.count {
            calls[call].span = calls[call].span.lowerBound..<max(calls[call].span.upperBound, tokens[index - 1].range.upperBound)
        }
        lastCall = call
    }

    private mutating func endArgument(_ index: Int) {
        guard let frame = frames.last, frame.call != nil else { return }
        takeArgument(frame, upTo: index)
        frames[frames.count - 1].argument = index + 1
        frames[frames.count - 1].label = nil
    }

    /// `label:` in Ruby, `label=` in Python, `:label =>` in Ruby.
    private mutating func noteLabel(_ index: Int) {
        guard let frame = frames.last, frame.call != nil, frame.argument == index - 1 else { return }
        if language == .python {
            if symbol(index) == 0x3D, symbol(index + 1) != 0x3D { frames[frames.count - 1].label = word(index - 1) }
        } else if symbol(index) == 0x3A || symbol(index + 1) == 0x3E {
            frames[frames.count - 1].label = text(tokens[index - 1].content)
        }
    }

    private mutating func takeArgument(_ frame: Frame, upTo end: Int) {
        guard let call = frame.call, frame.argument < end, calls[call].arguments.count < SourceReader.argumentsAtMost else { return }
        var first = frame.argument
        if frame.label != nil { first += language == .ruby && symbol(first + 1) == 0x3D ? 3 : 2 }
        guard first < end else { return }
        let slice = tokens[first..<min(end, first + SourceReader.argumentTokensAtMost)]
        calls[call].arguments.append(argument(slice, label: frame.label))
    }

    private func argument(_ slice: ArraySlice<SourceToken>, label: String?) -> SourceArgument {
        let range = (slice.first?.range.lowerBound ?? 0)..<(slice.last?.range.upperBound ?? 0)
        let literal = slice.first { $0.kind == .string }
        var result = SourceArgument(label: label, kind: .other, text: "", texts: [], range: range, content: literal?.content)
        guard let first = slice.first else { return result }
        let isAlone = slice.allSatisfy { $0.kind == .string }
        switch first.kind {
        case .string where isAlone, .name where slice.count == 1:
            result.kind = first.kind == .name && bytes[first.range.lowerBound] == 0x25 ? .list : .text
            result.text = slice.map { text($0.content) }.joined()
            if result.kind == .list { result.texts = result.text.split { $0.isWhitespace }.map(String.init) }
        case .word where slice.allSatisfy({ $0.kind == .word || symbolByte($0) == 0x2E }):
            result.kind = .word
            result.text = text(range)
        case .number where slice.count == 1:
            result.kind = .number
            result.text = text(range)
        case .open where bytes[first.range.lowerBound] == 0x5B:
            result.kind = .list
            result.texts = slice.filter { $0.kind == .string || $0.kind == .name }.map { text($0.content) }
        default: break
        }
        return result
    }

    private func symbolByte(_ token: SourceToken) -> UInt8 { bytes[token.range.lowerBound] }
}
