import InvarCore

/// Which word states a status where other words stand already: of the same language and case, and the one that the
/// collection uses.
struct StatusWords: Sendable {
    /// By status, the word that most records of the collection use.
    var usual: [Decision.Status: String] = [:]

    /// - Parameters:
    ///   - current: the word that stands there now.
    ///   - language: of the record, for where there is none.
    func word(_ status: Decision.Status, like current: String?, language: Language) -> String {
        let speech = current.map(Speech.init) ?? usual.values.min().map(Speech.init) ?? (language == .japanese ? .japanese : .english)
        let known = usual[status].flatMap { Speech($0) == speech ? $0 : nil }
        let word = known ?? StatusWords.standard(status, speech)
        let model = current ?? (known == nil ? usual.values.min() : nil)
        return model.map { StatusWords.cased(word, like: $0) } ?? word
    }

    private enum Speech {
        case english, japanese, chinese

        init(_ word: String) {
            // Full-width letters are letters.
            let word = Folding.compatible(word)
            let isChinese = word.unicodeScalars.contains { "这标态议绝弃废纳终为过档".unicodeScalars.contains($0) } || word.hasPrefix("已") || word.hasPrefix("被")
            self = isChinese ? .chinese : word.unicodeScalars.contains(where: \.isCJK) ? .japanese : .english
        }
    }

    private static func standard(_ status: Decision.Status, _ speech: Speech) -> String {
        switch (status, speech) {
        case (.proposed, .english): "Proposed"
        case (.accepted, .english): "Accepted"
        case (.rejected, .english): "Rejected"
        case (.deprecated, .english): "Deprecated"
        case (.superseded, .english): "Superseded"
        case (.proposed, .japanese): "提案"
        case (.accepted, .japanese): "承認済み"
        case (.rejected, .japanese): "却下"
        case (.deprecated, .japanese): "廃止"
        case (.superseded, .japanese): "置換済み"
        case (.proposed, .chinese): "提议"
        case (.accepted, .chinese): "已接受"
        case (.rejected, .chinese): "已拒绝"
        case (.deprecated, .chinese): "已弃用"
        case (.superseded, .chinese): "已取代"
        case (.unknown, _): preconditionFailure("nobody writes that a status is unknown")
        }
    }

    /// The word in lower case, in capitals or with one initial capital, as the model is.
    static func cased(_ word: String, like model: String) -> String {
        let letters = model.unicodeScalars.filter { $0.properties.isAlphabetic && ($0.properties.isUppercase || $0.properties.isLowercase) }
        guard let first = letters.first else { return word }
        if letters.allSatisfy(\.properties.isLowercase) { return word.lowercased() }
        if letters.count > 1, letters.allSatisfy(\.properties.isUppercase) { return word.uppercased() }
        guard first.properties.isUppercase else { return word.lowercased() }
        return word.prefix(1).uppercased() + word.dropFirst().lowercased()
    }
}
