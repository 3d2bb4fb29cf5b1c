/// Lays a partial object over a whole one, as `kubectl` and kustomize do.
///
/// What comes in is placed where it goes, so that every position stays in the file of the whole object. Recursion is
/// bounded: no value is deeper than ``YAML/maximumDepth``.
enum StrategicMerge {
    /// - Parameter mergesLists: whether lists of known names are joined by their key; else they are replaced.
    static func merged(_ base: YAML, with patch: YAML, mergesLists: Bool) -> YAML {
        guard case .map(let changes) = patch.content, case .map(var members) = base.content else {
            return patch.placed(at: base.position)
        }
        if patch.value("$patch")?.text == "replace" {
            let kept = changes.filter { !$0.key.keyText.hasPrefix("$") }
            return YAML(content: .map(kept), position: base.position).placed(at: base.position)
        }
        for (key, value) in changes where !key.keyText.hasPrefix("$") {
            let index = members.firstIndex { $0.key.keyText == key.keyText }
            if value.isNull || value.value("$patch")?.text == "delete" {
                if let index { members.remove(at: index) }
            } else if let index {
                members[index].value = merged(members[index].value, with: value, of: key.keyText, mergesLists)
            } else {
                members.append((key.placed(at: base.position), value.placed(at: base.position)))
            }
        }
        return YAML(content: .map(members), position: base.position)
    }

    private static func merged(_ base: YAML, with patch: YAML, of name: String, _ mergesLists: Bool) -> YAML {
        guard case .list(let changes) = patch.content, case .list(var items) = base.content else {
            return merged(base, with: patch, mergesLists: mergesLists)
        }
        guard mergesLists, let key = listKey(name, changes) else { return patch.placed(at: base.position) }
        if changes.contains(where: { $0.value("$patch")?.text == "replace" }) {
            return YAML(content: .list(changes.filter { $0.value("$patch") == nil }), position: base.position).placed(at: base.position)
        }
        for change in changes {
            let index = items.firstIndex { $0.value(key)?.text == change.value(key)?.text }
            if change.value("$patch")?.text == "delete" {
                if let index { items.remove(at: index) }
            } else if let index {
                items[index] = merged(items[index], with: change, mergesLists: mergesLists)
            } else {
                items.append(change.placed(at: base.position))
            }
        }
        return YAML(content: .list(items), position: base.position)
    }

    private static func listKey(_ name: String, _ changes: [YAML]) -> String? {
        switch name {
        case "containers", "initContainers", "ephemeralContainers", "volumes", "env", "imagePullSecrets": "name"
        case "volumeMounts": "mountPath"
        case "volumeDevices": "devicePath"
        case "ports": changes.contains { $0.value("containerPort") != nil } ? "containerPort" : "port"
        case "hostAliases": "ip"
        case "topologySpreadConstraints": "topologyKey"
        default: nil
        }
    }
}

/// The operations of a JSON patch (RFC 6902) that occur in kustomizations: add, replace, remove.
enum JSONPatch {
    static func applied(_ operations: [YAML], to value: YAML) -> YAML {
        operations.reduce(value) { value, operation in
            guard let path = operation.value("path")?.text, path.hasPrefix("/") else { return value }
            let names = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { segment in
                String(segment).replacing("~1", with: "/").replacing("~0", with: "~")
            }
            switch operation.value("op")?.text {
            case "add"?: return set(operation.member("value")?.value, at: names[...], in: value, adds: true)
            case "replace"?: return set(operation.member("value")?.value, at: names[...], in: value, adds: false)
            case "remove"?: return set(nil, at: names[...], in: value, adds: false)
            default: return value
            }
        }
    }

    /// Sets a value, or takes it away when it is nil; what the path does not lead to stays as it is.
    private static func set(_ new: YAML?, at path: ArraySlice<String>, in value: YAML, adds: Bool) -> YAML {
        guard let name = path.first, path.count <= YAML.maximumDepth else { return new?.placed(at: value.position) ?? value }
        let rest = path.dropFirst()
        switch value.content {
        case .map(var members):
            if let index = members.firstIndex(where: { $0.key.keyText == name }) {
                if rest.isEmpty, new == nil {
                    members.remove(at: index)
                } else {
                    members[index].value = set(new, at: rest, in: members[index].value, adds: adds)
                }
            } else if rest.isEmpty, let new {
                members.append((YAML(content: .scalar(name, isQuoted: true), position: value.position), new.placed(at: value.position)))
            }
            return YAML(content: .map(members), position: value.position)
        case .list(var items):
            if name == "-", rest.isEmpty, let new {
                items.append(new.placed(at: value.position))
            } else if let index = Int(name), items.indices.contains(index) {
                if rest.isEmpty, new == nil {
                    items.remove(at: index)
                } else if rest.isEmpty, adds, let new {
                    items.insert(new.placed(at: value.position), at: index)
                } else {
                    items[index] = set(new, at: rest, in: items[index], adds: adds)
                }
            } else if let index = Int(name), index == items.count, rest.isEmpty, adds, let new {
                items.append(new.placed(at: value.position))
            }
            return YAML(content: .list(items), position: value.position)
        case .scalar: return value
        }
    }
}
