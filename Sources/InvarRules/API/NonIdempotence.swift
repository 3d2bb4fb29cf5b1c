import InvarCore

/// Finds the sentence in which a description itself says that it is not idempotent.
enum NonIdempotence {
    private static let cues = [
        "not idempotent", "non-idempotent", "nonidempotent", "isn't idempotent", "aren't idempotent", "never idempotent", "冪等ではな", "冪等でな", "冪等じゃな",
        "冪等ではあり", "冪等でありません", "冪等性は保証しな", "冪等性は保証され", "冪等性を保証しな", "冪等性は保証しま", "非冪等",
    ]
    private static let softeners = [
        "even for non-idempotent", "either be idempotent", "need not be idempotent", "must not be non-idempotent", "post requests are not idempotent",
        "post is not idempotent", "べきではな", "べきでな", "ではないため", "場合があ",
    ]

    /// The statement, or nil; conditions ("if the key is missing") speak of some calls only and are no statement.
    static func statement(in text: String) -> String? {
        guard !text.isEmpty else { return nil }
        let plain = RepetitionGuard.normalised(text.replacing("*", with: "").replacing("_", with: " ").replacing("`", with: ""))
        guard cues.contains(where: { plain.contains($0) }) else { return nil }
        return sentences(of: plain).first { sentence in
            guard let cue = cues.first(where: { sentence.contains($0) }), !softeners.contains(where: { sentence.contains($0) }) else { return false }
            return !isConditional(sentence, cue)
        }
    }

    /// Whether the clause that holds the cue hangs on a condition.
    private static func isConditional(_ sentence: String, _ cue: String) -> Bool {
        guard let range = sentence.firstRange(of: cue) else { return false }
        let before = sentence[..<range.lowerBound].split(whereSeparator: { $0 == "," || $0 == "、" || $0 == ";" }).last.map(String.init) ?? ""
        let words = before.split(separator: " ")
        if words.contains(where: { ["if", "when", "whether", "suppose", "unless"].contains($0) }) { return true }
        let after = sentence[range.upperBound...].prefix(8)
        return after.contains("場合") || after.contains("なら") || after.contains("とき")
    }

    private static func sentences(of text: String) -> [String] {
        var sentences: [String] = []
        var sentence = ""
        var previous: Character = " "
        for character in text {
            let ends = "。!?".contains(character) || (previous == "." && (character == " " || character == "\n")) || (previous == "\n" && character == "\n")
            sentence.append(character == "\n" ? " " : character)
            if ends {
                sentences.append(sentence)
                sentence = ""
            }
            previous = character
        }
        sentences.append(sentence)
        return sentences.map { sentence in String(sentence.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }
}
