import Foundation
import InvarCore
import InvarSyntax
import Testing

/// All statuses over every record of a folder of real collections, for whoever works on the editor:
/// `INVAR_CORPUS=/folder swift test --filter DecisionCorpus` prints how many could be edited and why not.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["INVAR_CORPUS"] != nil))
struct DecisionCorpusTests {
    @Test func everyRecordIsEditedOrRefused() throws {
        let root = ProcessInfo.processInfo.environment["INVAR_CORPUS"] ?? ""
        let walk = FileManager.default.enumerator(atPath: root)
        var paths: [String] = []
        while let path = walk?.nextObject() as? String { if path.hasSuffix(".md") { paths.append(path) } }
        var folders: [String: [(path: String, bytes: [UInt8])]] = [:]
        for path in paths.sorted() {
            guard let data = FileManager.default.contents(atPath: root + "/" + path) else { continue }
            folders[RelativePath.folder(path), default: []].append((path, Array(data)))
        }
        var (records, edits, refused, superseded, unsuperseded, linked, unlinked) = (0, 0, 0, 0, 0, 0, 0)
        for (_, files) in folders.sorted(by: { $0.key < $1.key }) {
            let style = DecisionStyle(files, vocabulary: StatusVocabulary())
            for (path, bytes) in files {
                guard let (old, entry) = DecisionEditTests.decision(bytes, path) else { continue }
                records += 1
                for status in [Decision.Status.proposed, .accepted, .rejected, .deprecated, .superseded] where status != old.status {
                    do {
                        try DecisionEditTests.check(bytes, DecisionEditTests.edit(bytes, path, style: style).settingStatus(status), status, path)
                        edits += 1
                    } catch let failure as Failure {
                        refused += 1
                        print("REFUSED", path, failure.place?.line ?? 0, old.status, "→", status, "«\(old.statusText)»")
                    }
                }
                let target = DecisionTarget(id: "ADR-9999", number: "9999", title: "Use Z", path: RelativePath.folder(path) + "/9999-use-z.md")
                if old.status != .superseded || !entry.links.contains(where: { $0.kind == .supersedes && $0.isInverse }) {
                    do {
                        let edited = try DecisionEditTests.edit(bytes, path, style: style).superseded(by: target)
                        superseded += 1
                        let change = LineChange.all(from: bytes, to: edited).map { "\($0.removed) → \($0.added)" }
                        if superseded % 40 == 0 { print("SUPERSEDED", path, change) }
                    } catch let failure as Failure {
                        unsuperseded += 1
                        print("UNSUPERSEDED", path, failure.place?.line ?? 0, old.status, "«\(old.statusText)»")
                    }
                }
                do {
                    let edited = try DecisionEditTests.edit(bytes, path, style: style).linking(.supersedes, target)
                    linked += 1
                    let change = LineChange.all(from: bytes, to: edited).map { "\($0.removed) → \($0.added)" }
                    if linked % 40 == 0 { print("LINKED", path, change) }
                } catch is Failure {
                    unlinked += 1
                    print("UNLINKED", path, "«\(old.statusText)»")
                }
            }
        }
        print(
            "CORPUS", records, "records:", edits, "statuses edited,", refused, "refused;", superseded, "superseded,", unsuperseded, "refused;", linked,
            "linked,", unlinked, "refused")
    }
}
