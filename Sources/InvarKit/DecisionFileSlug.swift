import InvarCore
import InvarSyntax

/// How a collection turns titles into names of files: `use-x`, `use_x`, `Use-X`, `Use X`.
struct DecisionFileSlug: Hashable {
    var joint: String
    var keepsCase: Bool
    /// `README.md` in a folder of its own, or the ending of a file.
    var fileName: String

    /// - Parameter paths: of the collection's records.
    init(_ paths: [String]) {
        var joints: [String: Int] = [:]
        var (capitals, slugs) = (0, 0)
        var names: [String: Int] = [:]
        for path in paths {
            let name = RecordFileName(path: path)
            guard name.number != nil || name.day != nil else { continue }
            if name.isFolder { names[RelativePath.name(path), default: 0] += 1 }
            for joint in ["-", "_", " "] where name.slug.contains(joint) { joints[joint, default: 0] += 1 }
            slugs += 1
            if name.slug.contains(where: \.isUppercase) { capitals += 1 }
        }
        joint = joints.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "-"
        keepsCase = capitals * 2 > slugs
        fileName = names.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "README.md"
    }

    private static let longest = 80

    /// Words of letters and digits of any script; cut between words where it is long.
    func slug(_ title: String) -> String {
        var words: [String] = []
        var word = ""
        for character in keepsCase ? Folding.compatible(title) : Folding.searchable(title) {
            if character.isLetter || character.isNumber {
                word.append(character)
            } else if !word.isEmpty, character != "'", character != "’" {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        var out = ""
        for word in words {
            let next = out.isEmpty ? word : out + joint + word
            if next.utf8.count > DecisionFileSlug.longest {
                // Japanese has no words to cut between.
                if out.isEmpty { out = String(String.UnicodeScalarView(word.unicodeScalars.prefix(26))) }
                break
            }
            out = next
        }
        return out
    }
}
