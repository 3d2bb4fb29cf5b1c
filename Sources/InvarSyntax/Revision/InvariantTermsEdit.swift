import InvarCore

/// Writes what front matter says of one invariant: under its id, or as keys of a file that is one.
enum InvariantTermsEdit {
    /// The splices that set keys, nil when the front matter cannot be edited safely.
    static func set(_ key: String, _ value: String, of id: String, isWholeFile: Bool, in bytes: [UInt8]) -> [Splice]? {
        let file = FrontMatterEdit(bytes)
        guard file.frontMatter.problem == nil else { return nil }
        if isWholeFile {
            guard let yaml = file.frontMatter.yaml else { return nil }
            if yaml.members.contains(where: { $0.key.text == key }) { return MappingEdit.set(key, value, in: yaml, named: nil, file) }
            return [file.appending(["\(key): \(value)"])]
        }
        guard let yaml = file.frontMatter.yaml, let found = terms(of: id, yaml) else { return [file.appending(["\(id):", "  \(key): \(value)"])] }
        return MappingEdit.set(key, value, in: found.value, named: found.key, file)
    }

    /// The mapping of an id, whichever spelling the file uses.
    private static func terms(of id: String, _ yaml: YAML) -> (key: YAML?, value: YAML)? {
        for table in [yaml] + (yaml["invariants"].map { [$0] } ?? []) {
            for (key, value) in table.members where key.text.flatMap({ Identifier($0)?.id }) == id { return (key, value) }
            guard case .list(let items) = table.content else { continue }
            for item in items where item["id"]?.text.flatMap({ Identifier($0)?.id }) == id { return (nil, item) }
        }
        return nil
    }
}
