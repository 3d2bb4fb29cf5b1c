import Dispatch
import Foundation
import InvarCore
import InvarRules
import InvarStore
import InvarSyntax
import Synchronization

/// What the file rules say of every file: from the index where nothing changed, else read, parsed once and looked at
/// by all rules on all cores.
struct FileChecks {
    /// What checking one file gave.
    struct Result: Codable, Sendable {
        var matches: [Checker.RuleMatch] = []
        var allowances: [PlacedAllowance] = []

        var isEmpty: Bool { matches.isEmpty && allowances.isEmpty }
    }

    /// By path, files with nothing to say left out.
    private(set) var results: [String: Result] = [:]
    /// Kinds of files that were met; see ``Artifact/Kind``.
    private(set) var kinds: Set<String> = []
    /// To be kept in the index.
    private(set) var fresh: [String: StoredCheck] = [:]
    private(set) var gone: [String] = []

    /// - Parameter progress: called now and then with the number of files done and to do, on the calling thread's behalf.
    init(
        files: [RepositoryFiles.File], stored: [String: StoredCheck], reader: FileReader, rules: [Rule], conventions: TextConventions,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) {
        let stamps = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.stamp) })
        var stale: [RepositoryFiles.File] = []
        var known = stored
        for file in files {
            guard let kept = known.removeValue(forKey: file.path), kept.stamp == FileChecks.stamp(file.path, kept.dependencies, stamps),
                let result = FileChecks.decode(kept.result)
            else {
                stale.append(file)
                continue
            }
            kinds.insert(kept.kind)
            if !result.isEmpty { results[file.path] = result }
        }
        gone = Array(known.keys)
        let settledBefore = FileSystem.now - 50_000_000
        for (file, outcome) in zip(stale, FileChecks.run(stale, reader, rules, conventions, stamps, progress)) {
            kinds.insert(outcome.kind)
            if !outcome.result.isEmpty { results[file.path] = outcome.result }
            guard file.stamp.changedAt < settledBefore else { continue }
            let dependencies = outcome.dependencies.joined(separator: "\n")
            fresh[file.path] = StoredCheck(
                stamp: FileChecks.stamp(file.path, dependencies, stamps), dependencies: dependencies, result: FileChecks.encode(outcome.result),
                kind: outcome.kind)
        }
    }

    private struct Outcome: Sendable {
        var result = Result()
        var kind = ""
        var dependencies: [String] = []
    }

    private static func run(
        _ files: [RepositoryFiles.File], _ reader: FileReader, _ rules: [Rule], _ conventions: TextConventions, _ stamps: [String: FileStamp],
        _ progress: @escaping @Sendable (Int, Int) -> Void
    ) -> [Outcome] {
        let shared = SharedArtifacts(reader: reader, exists: { stamps[$0] != nil })
        let outcomes = Mutex([Outcome](repeating: Outcome(), count: files.count))
        let done = Mutex(0)
        let batch = 8
        DispatchQueue.concurrentPerform(iterations: (files.count + batch - 1) / batch) { index in
            for position in (index * batch)..<min(files.count, (index + 1) * batch) {
                let outcome = look(at: files[position].path, shared, rules, conventions)
                outcomes.withLock { $0[position] = outcome }
            }
            let count = done.withLock { count in
                count += batch
                return count
            }
            progress(min(count, files.count), files.count)
        }
        return outcomes.withLock { $0 }
    }

    private static func look(at path: String, _ shared: SharedArtifacts, _ rules: [Rule], _ conventions: TextConventions) -> Outcome {
        let artifact = shared.reader.artifact(at: path)
        let reads = Mutex([String]())
        let surroundings = FileSurroundings(role: shared.reader.role(of: path)) { other in
            reads.withLock { if !$0.contains(other) { $0.append(other) } }
            return shared.artifact(at: other)
        }
        var outcome = Outcome()
        outcome.kind = artifact.kind?.rawValue ?? "nothing"
        for problem in artifact.problems {
            var match = artifact.match(at: problem.position, problem.message, hint: problem.hint)
            match.severity = problem.severity
            match.key = problem.message.en
            outcome.result.matches.append(Checker.RuleMatch(rule: problem.rule, match: match))
        }
        for rule in rules {
            guard case .file(let kind, let find) = rule.matcher, kind == artifact.kind else { continue }
            outcome.result.matches += find(artifact, surroundings).map { Checker.RuleMatch(rule: rule.id, match: $0) }
        }
        outcome.result.matches += conventions.matches(in: artifact)
        outcome.result.allowances = artifact.allowances.map {
            PlacedAllowance(path: path, allowance: $0, excerpt: artifact.text(ofLine: $0.line))
        }
        outcome.dependencies = reads.withLock { $0.sorted() }
        return outcome
    }

    /// A hash over the stamps of a file and of what it was read with; what is not there counts too.
    private static func stamp(_ path: String, _ dependencies: String, _ stamps: [String: FileStamp]) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ value: Int64) { hash = (hash ^ UInt64(bitPattern: value)) &* 0x100_0000_01b3 ^ (hash >> 31) }
        func add(_ stamp: FileStamp?) {
            guard let stamp else { return add(-1) }
            add(stamp.size)
            add(stamp.modifiedAt)
            add(stamp.changedAt)
            add(stamp.inode)
        }
        add(stamps[path])
        if !dependencies.isEmpty { for other in dependencies.split(separator: "\n") { add(stamps[String(other)]) } }
        return Int64(bitPattern: hash)
    }

    private static func encode(_ result: Result) -> String? {
        guard !result.isEmpty, let data = try? JSONEncoder().encode(result) else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    /// nil for what an older build wrote otherwise: the file is then looked at again.
    private static func decode(_ text: String?) -> Result? {
        guard let text else { return Result() }
        return try? JSONDecoder().decode(Result.self, from: Data(text.utf8))
    }
}

/// Reads files of the repository as artifacts.
struct FileReader: Sendable {
    let root: String
    let encodings: [(glob: Glob, name: String)]
    /// The part of the knowledge base that a file is.
    let roles: [String: Document.Role]

    func role(of path: String) -> Document.Role? { roles[path] }

    /// The bytes of a file as UTF-8, whatever it holds; nil when it cannot be read.
    func text(of path: String) -> SourceText? {
        guard let bytes = try? bytes(of: path, limit: ArtifactReader.Language(path: path).maximumBytes) else { return nil }
        return SourceText(bytes)
    }

    private func bytes(of path: String, limit: Int) throws(Failure) -> [UInt8] {
        let bytes = try FileSystem.read(root + "/" + path, limit: limit)
        guard let encoding = encodings.first(where: { $0.glob.matches(path) }) else { return bytes }
        return try Transcoding.utf8(bytes, from: encoding.name)
    }

    func artifact(at path: String) -> Artifact {
        let language = ArtifactReader.Language(path: path)
        do {
            return ArtifactReader.read(try bytes(of: path, limit: language.maximumBytes), path: path)
        } catch {
            guard language.isExpected else { return ArtifactReader.skipped(path: path) }
            let message = error.message.replacing(root + "/", with: "")
            return ArtifactReader.unreadable(
                path: path, Wording(en: message, ja: "読めません: \(message)"),
                hint: Wording(
                    en: error.hint ?? "nothing in it is checked: mend it, or keep it out with exclude: in invar.yml",
                    ja: "中身は検査されていません。直すか、invar.yml の exclude: で対象から外してください"))
        }
    }
}

/// Files that others are read with, each parsed once.
private final class SharedArtifacts: Sendable {
    let reader: FileReader
    private let exists: @Sendable (String) -> Bool
    private let parsed = Mutex([String: Artifact]())

    init(reader: FileReader, exists: @escaping @Sendable (String) -> Bool) {
        self.reader = reader
        self.exists = exists
    }

    func artifact(at path: String) -> Artifact? {
        guard exists(path) else { return nil }
        if let known = parsed.withLock({ $0[path] }) { return known }
        let artifact = reader.artifact(at: path)
        parsed.withLock { $0[path] = artifact }
        return artifact
    }
}
