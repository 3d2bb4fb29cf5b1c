import InvarSyntax

/// The dialect that most files of a folder show: one script alone may show none, or seem to show another.
struct FolderDialect {
    private var most = SQLDialect.unknown

    init(_ directory: MigrationDirectory, _ files: [MigrationFile]) {
        var votes: [SQLDialect: Int] = [:]
        for index in directory.steps.flatMap({ $0.ups + $0.downs }) + directory.repeatables where files[index].name.dialect == nil {
            votes[files[index].dialect, default: 0] += 1
        }
        votes[.unknown] = nil
        let ranked = votes.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
        guard let first = ranked.first, 4 * first.value >= 3 * votes.values.reduce(0, +) else { return }
        most = first.key
    }

    func dialect(of file: MigrationFile) -> SQLDialect {
        file.name.dialect ?? (most == .unknown ? file.dialect : most)
    }
}
