/// What a reviewer said of a change, and whether it can be believed.
///
/// Nothing is believed that cannot be checked: the invariant and clause exist, the path and lines are in the diff, the
/// quotation stands there word for word, a decision that justifies is one whose active exception covers the place.
package struct ReviewAnswer: Sendable {
    package var accepted: [Comment] = []
    package var rejected: [Rejection] = []

    package init() {}

    /// One comment that was checked.
    package struct Comment: Sendable {
        package var invariant: String
        package var clause: String?
        package var verdict: Verdict
        package var decision: String?
        package var path: String
        package var side: Side
        package var line: Int
        package var endLine: Int
        package var quote: String
        package var why: String
        /// 0 to 1, as the reviewer put it.
        package var confidence: Double?
        /// The first line that it is about.
        package var shown: Patch.Line
        /// Where that is in the new file: for a removed line the one that stands there now.
        package var newLine: Int
    }

    package enum Verdict: String, Sendable, CaseIterable {
        case threatens, justified, unclear
    }

    package enum Side: String, Sendable {
        case new, old
    }

    package struct Rejection: Sendable {
        package var item: JSON
        package var why: String

        package init(item: JSON, why: String) {
            self.item = item
            self.why = why
        }
    }

    /// Bytes above which an answer is not read.
    package static let longest = 4 << 20
    /// Comments above which the rest is rejected unread.
    package static let most = 1_000

    /// Why a text is no answer at all.
    package struct Unreadable: Error, Hashable, Sendable {
        package var message: String
        package var line: Int
    }

    /// Checks an answer against a change and a knowledge base.
    ///
    /// - Throws: ``Unreadable`` for what is no JSON or not of the promised shape.
    package static func verified(_ bytes: [UInt8], patch: Patch, knowledge: Knowledge) throws(Unreadable) -> ReviewAnswer {
        let tree: JSONTree
        do {
            tree = try JSONTree.read(unfenced(bytes))
        } catch {
            throw Unreadable(message: error.message, line: error.line)
        }
        guard case .array(let items)? = tree["comments"]?.value else {
            throw Unreadable(message: "has no list \"comments\"", line: tree.line)
        }
        if tree.repeatedKey == "comments" { throw Unreadable(message: "has \"comments\" twice", line: tree.line) }
        let verifier = ReviewAnswerVerifier(patch: patch, knowledge: knowledge)
        var answer = ReviewAnswer()
        var seen = Set<String>()
        for (index, item) in items.enumerated() {
            guard index < most else {
                answer.rejected.append(Rejection(item: .object(["from": .integer(index), "to": .integer(items.count)]), why: "only \(most) comments are read"))
                break
            }
            do {
                let comment = try verifier.comment(item)
                let key = [comment.invariant, comment.clause ?? "", comment.path, comment.side.rawValue, String(comment.line), String(comment.endLine)].joined(
                    separator: "\n")
                guard seen.insert(key).inserted else {
                    answer.rejected.append(Rejection(item: item.json, why: "says the same as an earlier comment"))
                    continue
                }
                answer.accepted.append(comment)
            } catch {
                answer.rejected.append(Rejection(item: item.json, why: error.why))
            }
        }
        return answer
    }

    /// Models like to put JSON into a code fence.
    private static func unfenced(_ bytes: [UInt8]) -> [UInt8] {
        guard let text = String(validating: bytes, as: UTF8.self)?.trimmingBlanks, text.hasPrefix("```"), text.hasSuffix("```"),
            let start = text.firstIndex(of: "\n")
        else {
            return bytes
        }
        return Array(text[start...].dropLast(3).utf8)
    }
}
