import InvarCore
import InvarSyntax

/// What tells files of one version apart that never run on the same database: the dialect's word in their names.
struct MigrationVariant: Hashable {
    private let word: String

    init(_ file: MigrationFile) {
        self.init(file.name, path: file.path)
    }

    init(_ name: MigrationName, path: String) {
        let words = RelativePath.name(path).lowercased().split(separator: ".").dropFirst().dropLast()
        let said = words.filter { !["up", "down", "autocommit"].contains($0) && SQLDialect(word: String($0)) != nil }
        word = said.isEmpty ? name.dialect?.rawValue ?? "" : said.joined(separator: ".")
    }
}

extension MigrationVariant: CustomStringConvertible {
    var description: String { word }
}
