import Foundation
import InvarCore
import InvarKit

/// Asks on the terminal, in the language of the knowledge base; an empty answer leaves the question open.
struct Questions {
    let language: Language

    init(_ workspace: Workspace) throws {
        language = (try? workspace.list(.invariants, ListFilter()).language) ?? .english
    }

    /// Whether somebody sits there to answer.
    static var canAsk: Bool { Console.isTerminal(0) && Console.isTerminal(2) }

    func say(_ text: String) {
        Console.writeError(DisplayText.safe(text) + "\n")
    }

    func ask(en: String, ja: String) -> String? {
        Console.writeError(language.pick(en: en, ja: ja) + " ")
        guard let line = readLine() else {
            Console.writeError("\n")
            return nil
        }
        let answer = line.trimmingCharacters(in: .whitespaces)
        return answer.isEmpty ? nil : answer
    }

    /// Asks again until the answer is one that `check` takes, so that a slip costs none of the other answers.
    func askUntil(en: String, ja: String, _ check: (String) throws -> String) throws -> String? {
        while let answer = ask(en: en, ja: ja) {
            do {
                return try check(answer)
            } catch let failure as Failure {
                Console.report(failure)
            }
        }
        return nil
    }
}
