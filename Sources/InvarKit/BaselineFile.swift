import InvarCore
import InvarRules
import InvarSyntax

extension Baseline {
    /// The baseline at a path below the root; nil when there is none.
    ///
    /// - Throws: ``Failure`` with the line for a file that is no baseline: a damaged one must not pass as an empty one.
    static func read(root: String, path: String) throws(Failure) -> Baseline? {
        guard !FileSystem.leaves(root, path) else {
            throw Failure("is a link out of the repository", at: Place(path: path), hint: "put the file itself there, or remove the link")
        }
        guard FileSystem.kind(root + "/" + path) != nil else { return nil }
        let bytes = try FileSystem.read(root + "/" + path, limit: 64 << 20)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure("is not valid UTF-8", at: Place(path: path), hint: hint)
        }
        let stream = YAMLStream(text)
        if let problem = stream.problem {
            throw Failure("is no baseline: \(problem.message)", at: Place(path: path, position: Position(line: problem.line)), hint: hint)
        }
        guard let yaml = stream.documents.first, yaml["schema"]?.text == schema else {
            throw Failure("is no baseline: \"schema\" is not \(schema)", at: Place(path: path), hint: hint)
        }
        var entries: [Entry] = []
        for item in yaml["findings"]?.items ?? [] {
            guard let fingerprint = item["fingerprint"]?.text, let rule = item["rule"]?.text, let place = item["path"]?.text else {
                throw Failure("an entry lacks fingerprint, rule or path", at: Place(path: path, position: item.position), hint: hint)
            }
            entries.append(Entry(fingerprint: fingerprint, rule: rule, path: place, message: item["message"]?.text ?? "", line: item.position.line))
        }
        return Baseline(entries: entries)
    }

    private static let hint = "restore it from git, or delete it and run `invar check --write-baseline`"
}
