import InvarCore

/// The ways to add a link to a record, those that follow its layout first; whoever asks reads each again and takes the
/// first that says just that.
struct RelationEdit {
    let layout: DecisionLayout
    let style: DecisionStyle
    let phrase: RelationPhrase
    let target: DecisionTarget
    let language: Language

    var ways: [[Splice]] {
        let isKeyed =
            keyName != nil
            && (layout.sites.contains { if case .yaml = $0.form { true } else { false } } || phrase.relation.map { style.keys[$0] != nil } ?? false)
        var ways: [[Splice]] = []
        if let present { ways.append(present) }
        for site in layout.sites {
            switch site.form {
            case .yaml: continue
            case .labelled: if let beside = beside(site) { ways.append(contentsOf: beside) }
            case .section, .ticked, .step, .label, .relation: if let under = under(site) { ways.append([under]) }
            }
        }
        if isKeyed, let added {
            // The body comes first where the collection has no such key.
            let isUsual = phrase.relation.map { style.keys[$0] != nil } ?? false
            ways.insert([added], at: isUsual || ways.isEmpty ? 0 : ways.count)
        }
        ways.append([inLinks])
        if !isKeyed, layout.isFirst, let added { ways.append([added]) }
        return ways
    }

    private var reference: String { style.reference(isYAML: false).text(target, from: layout.file.path) }

    private var keyReference: String { style.reference(isYAML: true).text(target, from: layout.file.path) }

    // MARK: Front matter

    private var keyName: String? { phrase.relation.flatMap { style.keys[$0] } ?? phrase.key }

    private var added: Splice? {
        guard let keyName, let frontMatter = layout.frontMatter, frontMatter.frontMatter.problem == nil, frontMatter.frontMatter.yaml != nil else { return nil }
        return frontMatter.appending([keyName + ": " + YAMLText.list([keyReference])])
    }

    /// Behind what a key of this relation names already.
    private var present: [Splice]? {
        guard let frontMatter = layout.frontMatter, let relation = phrase.relation,
            let (key, value) = frontMatter.members.first(where: { $0.key.text.map { RelationWords.label(FieldLabel.comparable($0)) == relation } ?? false })
        else { return nil }
        let text = YAMLText.scalar(keyReference)
        if value.isNull { return frontMatter.valueRange(of: key).map { [Splice($0, ($0.isEmpty ? " " : "") + YAMLText.list([keyReference]))] } }
        let bytes = layout.file.bytes
        switch value.content {
        case .scalar(let said, let isQuoted):
            let start = layout.file.lines.offset(of: value.position, in: bytes)
            guard let found = YAMLScalarBytes(bytes, at: start, text: said, isQuoted: isQuoted) else { return nil }
            return [Splice(at: found.range.upperBound, ", " + keyReference)]
        case .list(let items):
            let start = layout.file.lines.offset(of: value.position, in: bytes)
            guard start < bytes.count else { return nil }
            if bytes[start] == 0x5B { return items.isEmpty ? emptyList(start, text) : behind(items, text) }
            guard let last = items.last, bytes[start] == 0x2D else { return nil }
            // A block list: one more item, marked as the first is.
            let line = layout.file.lines.range(ofLine: value.position.line)
            let indent = layout.text(line.lowerBound..<start)
            guard indent.allSatisfy({ $0 == " " }) else { return nil }
            return [layout.inserting([indent + "- " + text], after: last.position.line)]
        case .map: return nil
        }
    }

    private func emptyList(_ start: Int, _ text: String) -> [Splice]? {
        guard let close = layout.file.bytes[start...].firstIndex(of: 0x5D), close == start + 1 else { return nil }
        return [Splice(at: close, text)]
    }

    private func behind(_ items: [YAML], _ text: String) -> [Splice]? {
        guard let last = items.last, case .scalar(let said, let isQuoted) = last.content,
            let found = YAMLScalarBytes(
                layout.file.bytes, at: layout.file.lines.offset(of: last.position, in: layout.file.bytes), text: said, isQuoted: isQuoted)
        else { return nil }
        return [Splice(at: found.range.upperBound + (found.quote == nil ? 0 : 1), ", " + text)]
    }

    // MARK: Text

    /// A paragraph at the end of the section that states the status.
    private func under(_ site: StatusSite) -> Splice? {
        guard let heading = layout.heading(above: site.line) ?? (layout.headings.last { layout.file.markdown.blocks[$0].line <= site.line }) else { return nil }
        let last = layout.lastLine(under: heading)
        let isFollowed = last < layout.file.lines.count && !layout.isBlank(line: last + 1)
        return layout.inserting(["", phrase.sentence(reference, language)] + (isFollowed ? [""] : []), after: last)
    }

    /// A line, item or row like the one that states the status.
    private func beside(_ site: StatusSite) -> [[Splice]]? {
        let bytes = layout.file.bytes
        let line = layout.file.lines.range(ofLine: site.line)
        guard site.value.lowerBound > line.lowerBound, site.value.upperBound <= bytes.count else { return nil }
        let head = Array(layout.text(line.lowerBound..<site.value.lowerBound).unicodeScalars)
        guard let first = head.firstIndex(where: \.properties.isAlphabetic), let last = head.lastIndex(where: \.properties.isAlphabetic) else { return nil }
        var end = line.upperBound
        while end > site.value.upperBound, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        guard site.value.upperBound <= end else { return nil }
        let tail = layout.text(site.value.upperBound..<end)
        // Behind the value may stand marks and bars; words belong to the status.
        guard !tail.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil }) else { return nil }
        let isJapanese = head[first].isCJK || (language == .japanese && !head[first].isASCII)
        let lead = DecisionHeading.string(head[..<first])
        let text = lead + phrase.label(isJapanese ? .japanese : .english) + DecisionHeading.string(head[(last + 1)...]) + reference + tail
        let isAlone = isAlone(site.line) && lead.allSatisfy { "*_ ".contains($0) }
        let near = [layout.inserting([text], after: site.line)]
        let apart = [layout.inserting(["", text], after: site.line)]
        return isAlone ? [apart, near] : [near, apart]
    }

    private func isAlone(_ line: Int) -> Bool {
        (line <= 1 || layout.isBlank(line: line - 1)) && (line >= layout.file.lines.count || layout.isBlank(line: line + 1))
    }

    /// An item of the section for links, which is made where there is none.
    private var inLinks: Splice {
        let blocks = layout.file.markdown.blocks
        let item = phrase.sentence(reference, language)
        let heading = layout.headings.last { (blocks[$0].headingLevel ?? 1) >= 2 && DecisionLinks.isLinkSection(FieldLabel.comparable(blocks[$0].text)) }
        guard let heading else {
            return layout.appending([style.linksHeading ?? language.pick(en: "## Links", ja: "## 関連"), "", "- " + item])
        }
        let last = layout.lastLine(under: heading)
        let items = (heading + 1..<layout.record.blocks.upperBound).prefix { blocks[$0].headingLevel == nil }.filter {
            blocks[$0].kind == .item && blocks[$0].listDepth == 1
        }
        guard let model = items.last, blocks[model].endLine >= last else { return layout.inserting(["", "- " + item], after: last) }
        let line = layout.text(layout.file.lines.range(ofLine: blocks[model].line))
        let mark =
            line.prefix { $0 == " " || $0 == "\t" } + (line.drop { $0 == " " || $0 == "\t" }.first.map { "-*+".contains($0) ? String($0) : "-" } ?? "-") + " "
        return layout.inserting([mark + item], after: last)
    }
}
