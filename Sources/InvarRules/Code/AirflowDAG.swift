import InvarCore
import InvarSyntax

/// A DAG that a Python file defines, by `DAG(…)` or `@dag(…)`.
struct AirflowDAG {
    /// The index of the word `DAG` or `dag`.
    var token: Int
    /// Its arguments by name.
    var arguments: [String: Range<Int>]
    /// The tokens from its name to the closing parenthesis.
    var tokens: Range<Int>
    /// The id, as far as it is written out.
    var id: String?

    private static let cues = CueSet(["airflow"])

    static func all(in code: CodeText) -> [AirflowDAG] {
        guard code.language == .python, cues.occur(in: code.bytes) else { return [] }
        var found: [AirflowDAG] = []
        for index in code.tokens.indices where code.tokens[index].kind == .word {
            let isDecorator = code.isToken(index, "dag") && isDecorated(code, index)
            guard isDecorator || code.isToken(index, "DAG") else { continue }
            guard let call = code.call(at: index) else {
                if isDecorator { found.append(AirflowDAG(token: index, arguments: [:], tokens: index..<(index + 1), id: functionName(code, after: index + 1))) }
                continue
            }
            var arguments: [String: Range<Int>] = [:]
            var id: String?
            for (place, argument) in call.arguments.enumerated() {
                if let (name, value) = label(code, argument) {
                    arguments[name] = value
                    if name == "dag_id", let start = value.first { id = code.literal(start) }
                } else if place == 0, let start = argument.first {
                    id = code.literal(start)
                }
            }
            if id == nil, isDecorator { id = functionName(code, after: call.last + 1) }
            found.append(AirflowDAG(token: index, arguments: arguments, tokens: index..<(call.last + 1), id: id))
        }
        return found
    }

    /// `name=value` with a word for a name.
    private static func label(_ code: CodeText, _ argument: Range<Int>) -> (String, Range<Int>)? {
        guard let start = argument.first, code.isWord(start), code.isToken(start + 1, "=") else { return nil }
        return code.label(of: argument)
    }

    private static func isDecorated(_ code: CodeText, _ index: Int) -> Bool {
        let (_, first) = code.chain(endingAt: index)
        return code.isToken(first - 1, "@")
    }

    private static func functionName(_ code: CodeText, after index: Int) -> String? {
        var place = index
        while place < min(code.tokens.count, index + 12) {
            if code.isToken(place, "def") { return code.text(place + 1) }
            place += 1
        }
        return nil
    }
}
