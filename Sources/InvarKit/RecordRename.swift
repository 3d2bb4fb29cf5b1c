import InvarCore
import InvarSyntax

/// A record's way from one number to another: what its file and its mentions are called before and after.
struct RecordRename: Sendable {
    let oldPath: String
    let newPath: String
    let oldNumber: String
    let newNumber: String
    /// Of the old number.
    let key: String
    /// The name that carries the number, a file's without its ending or a folder's; empty where only the heading does.
    let oldName: String
    let newName: String
    let isFolder: Bool
    /// Other files that have the old number, too: a mention of the number alone may mean them.
    let twins: [String]
    /// Whether another Markdown file has the same name.
    let hasNamesake: Bool

    init(path: String, oldNumber: String, newNumber: String, twins: [String], allPaths: [String]) {
        self.oldNumber = oldNumber
        self.newNumber = newNumber
        self.twins = twins
        oldPath = path
        key = EntryName.key(decision: oldNumber)
        let name = RecordFileName(path: path)
        isFolder = name.isFolder
        guard let named = name.number, EntryName.key(decision: named) == key, !name.spelling.isEmpty else {
            (newPath, oldName, newName, hasNamesake) = (path, "", "", false)
            return
        }
        oldName = isFolder ? RelativePath.name(RelativePath.folder(path)) : RelativePath.stem(path)
        // The digits at the end of the spelling are the number; a day may stand before.
        let head = name.spelling.hasSuffix(oldNumber) ? String(name.spelling.dropLast(oldNumber.count)) : ""
        newName = name.prefix + head + newNumber + name.separator + name.slug
        let file = RelativePath.name(path)
        let folder = RelativePath.folder(path)
        if isFolder {
            let parent = RelativePath.folder(folder)
            newPath = (parent.isEmpty ? "" : parent + "/") + newName + "/" + file
        } else {
            newPath = (folder.isEmpty ? "" : folder + "/") + newName + file.dropFirst(oldName.count)
        }
        let ending = isFolder ? "" : String(file.dropFirst(oldName.count))
        let (wanted, own) = (oldName + ending, isFolder ? folder : path)
        hasNamesake = allPaths.contains { other in
            isFolderNamed(other, wanted, own) || (ending.isEmpty == false && other != own && RelativePath.name(other) == wanted)
        }
        func isFolderNamed(_ other: String, _ wanted: String, _ own: String) -> Bool {
            guard ending.isEmpty, !Workspace.isWithin(other, own) else { return false }
            return RelativePath.segments(RelativePath.folder(other)).contains(wanted)
        }
    }

    /// What is renamed on disk.
    var source: String { isFolder ? RelativePath.folder(oldPath) : oldPath }
    var target: String { isFolder ? RelativePath.folder(newPath) : newPath }

    /// The new number as wide as a mention wrote the old one: `7` → `9`, `0007` → `0009`.
    func respelled(_ old: String) -> String {
        guard let (prefix, value) = NumberSeries.split(newNumber), NumberSeries.split(oldNumber) != nil else { return newNumber }
        let digits = old.utf8.reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }.count
        let isPadded = old.suffix(digits).hasPrefix("0")
        return prefix + NumberSeries.padded(value, isPadded ? digits : 1)
    }
}
