/// The migrations of one folder, ordered and paired.
package struct MigrationDirectory: Sendable {
    /// One version: what leads to it and what leads back, as indices into the files that were given.
    package struct Step: Hashable, Sendable {
        package var version: MigrationVersion?
        package var title: String
        package var ups: [Int]
        package var downs: [Int]

        package init(version: MigrationVersion?, title: String, ups: [Int] = [], downs: [Int] = []) {
            self.version = version
            self.title = title
            self.ups = ups
            self.downs = downs
        }
    }

    /// Relative to the root; empty for the root itself.
    package var path: String
    package var layout: MigrationLayout
    /// In the order of their versions; those without one by title, behind.
    package var steps: [Step]
    /// Files that run again whenever they change.
    package var repeatables: [Int]
    /// The steps that lead forth, and those of them with a way back.
    package var forthCount: Int
    package var backCount: Int

    /// At least half of the versions have a way back: where one is missing, that is an oversight.
    package var isReversible: Bool { backCount > 0 && 2 * backCount >= forthCount }

    /// The way back of a step: in a file of its own or in the same.
    package static func hasWayBack(_ step: Step, in files: [MigrationFile]) -> Bool {
        !step.downs.isEmpty || step.ups.contains { files[$0].wayBack != .elsewhere && files[$0].wayBack != .missing }
    }

    /// The ups of a step that nothing leads back from.
    package static func upsWithoutWayBack(_ step: Step, in files: [MigrationFile]) -> [Int] {
        step.ups.filter { up in
            (files[up].wayBack == .elsewhere || files[up].wayBack == .missing) && waysBack(from: up, of: step, in: files).isEmpty
        }
    }

    /// The pairs of ups that claim the same version of the same dialect, the later in the order of paths last.
    package func collisions(in files: [MigrationFile]) -> [(first: Int, second: Int)] {
        var result: [(first: Int, second: Int)] = []
        for step in steps where step.version != nil && step.ups.count > 1 {
            var seen: [String: Int] = [:]
            for index in step.ups.sorted(by: { files[$0].path < files[$1].path }) {
                let variant = files[index].name.variant ?? ""
                if let first = seen[variant] { result.append((first, index)) } else { seen[variant] = index }
            }
        }
        return result
    }

    /// Sorts files into the folders that order them.
    package static func group(_ files: [MigrationFile]) -> [MigrationDirectory] {
        var containers: [String: [Int]] = [:]
        for (index, file) in files.enumerated() where file.name.role != .support { containers[key(file), default: []].append(index) }
        return containers.keys.sorted().map { key in
            make(files, containers[key] ?? [])
        }
    }

    /// A folder may hold the versions of several tools; Ruby's and Python's are counted apart from SQL's.
    private static func key(_ file: MigrationFile) -> String {
        switch file.layout {
        case .rails, .django, .alembic, .liquibase: file.name.container + "\u{0}" + file.layout.rawValue
        default: file.name.container
        }
    }

    private static func make(_ files: [MigrationFile], _ indices: [Int]) -> MigrationDirectory {
        var byKey: [String: Step] = [:]
        var repeatables: [Int] = []
        var layouts: [MigrationLayout: Int] = [:]
        for index in indices {
            let name = files[index].name
            layouts[name.layout, default: 0] += 1
            if name.role == .repeatable {
                repeatables.append(index)
                continue
            }
            let key = stepKey(name)
            var step = byKey[key] ?? Step(version: name.version, title: name.title)
            if name.role == .down { step.downs.append(index) } else { step.ups.append(index) }
            byKey[key] = step
        }
        let steps = byKey.values.sorted(by: inOrder)
        let layout = layouts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.first?.key ?? .plain
        let forth = steps.filter { !$0.ups.isEmpty }
        return MigrationDirectory(
            path: indices.first.map { files[$0].name.container } ?? "", layout: layouts[.pop] != nil && layout == .golangMigrate ? .pop : layout,
            steps: steps, repeatables: repeatables, forthCount: forth.count, backCount: forth.filter { hasWayBack($0, in: files) }.count)
    }

    /// By version; by title where a tool orders by dependencies or by a plan.
    private static func stepKey(_ name: MigrationName) -> String {
        switch name.layout {
        case .django, .alembic, .liquibase, .sqitch: name.title
        case .prisma, .sqlMigrate: (name.version?.description ?? "") + "\u{1}" + name.title
        default: name.version.map { "\u{1}" + $0.description } ?? name.title
        }
    }

    private static func inOrder(_ a: Step, _ b: Step) -> Bool {
        switch (a.version, b.version) {
        case (let left?, let right?): left == right ? a.title < b.title : left < right
        case (_?, nil): true
        case (nil, _?): false
        case (nil, nil): a.title < b.title
        }
    }
}

extension MigrationDirectory {
    /// The ups in the order of their versions, each with the number of its step.
    package func orderedUps(in files: [MigrationFile]) -> [(step: Int, file: Int)] {
        steps.indices.flatMap { step in
            let ups = steps[step].ups
            return (ups.count < 2 ? ups : ups.sorted { files[$0].path < files[$1].path }).map { (step, $0) }
        }
    }

    /// Goes over the ups in the order of their versions, with the schema as it stands before each.
    package func forEachUp(in files: [MigrationFile], _ body: (_ index: Int, _ before: SchemaHistory) -> Void) {
        var histories: [String: SchemaHistory] = [:]
        for (_, index) in orderedUps(in: files) {
            let variant = files[index].name.variant ?? ""
            var history = histories.removeValue(forKey: variant) ?? SchemaHistory()
            body(index, history)
            history.apply(files[index].up)
            histories[variant] = history
        }
    }

    /// The steps that were cut from one migration, a statement each, with the step itself: same title, versions of eighteen
    /// digits or more that agree in the first fourteen (pop's `20200402142539000002_x`). What one does another may take back.
    package func siblings(of index: Int) -> Range<Int> {
        func isSibling(_ other: Int) -> Bool {
            guard steps.indices.contains(other), steps[other].title == steps[index].title, let a = steps[index].version, let b = steps[other].version,
                a.parts.count == 1, b.parts.count == 1, let left = a.parts.first, let right = b.parts.first
            else { return false }
            return left.utf8.count >= 18 && left.utf8.count == right.utf8.count && left.prefix(14) == right.prefix(14)
        }
        var low = index
        var high = index + 1
        while isSibling(low - 1) { low -= 1 }
        while isSibling(high) { high += 1 }
        return low..<high
    }

    /// The downs that lead back from an up: those of its variant, else those of none; among several those of its title.
    /// Where several ups share a version, a down with the title of one is not another's.
    package static func waysBack(from up: Int, of step: Step, in files: [MigrationFile]) -> [Int] {
        let name = files[up].name
        let exact = step.downs.filter { files[$0].name.variant == name.variant }
        let candidates = exact.isEmpty ? step.downs.filter { files[$0].name.variant == nil } : exact
        let titled = candidates.filter { files[$0].name.title == name.title }
        guard titled.isEmpty else { return titled }
        let others = Set(step.ups.filter { $0 != up }.map { files[$0].name.title })
        return candidates.filter { !others.contains(files[$0].name.title) }
    }
}
