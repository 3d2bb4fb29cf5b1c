extension ADRTools {
    /// `_adr_autocomplete adr WORD [WORD]`: what may stand where the last word is begun, in one line.
    func complete(_ words: [String]) -> Answer {
        let command = words.count > 1 ? words[1] : ""
        if words.count <= 2 {
            let found = ADRTools.commands.filter { $0.hasPrefix(command) }
            if found.first ?? "" != command { return Answer(found.joined(separator: " ") + "\n") }
        }
        let below =
            switch command {
            case "generate": ADRTools.reports
            case "help": ["new"]
            default: [String]()
            }
        guard !below.isEmpty else { return Answer() }
        let last = words.count > 2 ? words[2] : ""
        let found = below.filter { $0.hasPrefix(last) }
        return found.first ?? "" == last ? Answer() : Answer(found.joined(separator: " ") + "\n")
    }
}
