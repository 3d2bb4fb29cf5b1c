import InvarCore
import InvarSyntax

/// Finds the template of a new decision: the one that is asked for, the collection's own, the project's, or a built-in one.
struct DecisionTemplates {
    let workspace: Workspace
    /// The collection's folder.
    let folder: String
    let language: Language

    /// Where a collection may have its own, the first counts.
    static let ownNames = [
        "templates/template.md", "template.md", "adr-template.md", "_template.md", "0000-template.md", "000-template.md", "TEMPLATE.md",
    ]

    private static let builtIn = ["nygard", "madr", "invar"]

    /// - Parameter name: nil takes what fits the collection.
    /// - Throws: ``Failure`` that lists the names for one that is unknown.
    func template(_ name: String?, _ style: DecisionStyle, isEmpty: Bool) throws(Failure) -> [UInt8] {
        if let name { return try named(name) }
        if let own = try own() { return own }
        // Where records are alike, the built-in template that is most like them.
        guard !isEmpty else { return try named("invar") }
        if let header = style.headerLines(.proposed, date: "{{date}}") { return headed(header) }
        return unheaded(try named(style.keepsFrontMatter ?? false ? (hasExceptionTemplate ? "invar" : "madr") : "nygard"))
    }

    /// With a placeholder for a title, which is then written as the collection writes titles.
    private func unheaded(_ template: [UInt8]) -> [UInt8] {
        let text = String(decoding: template, as: UTF8.self)
        return Array(text.replacing("# {{number}}. {{title}}", with: "# {title}").replacing("# {{title}}", with: "# {title}").utf8)
    }

    private var hasExceptionTemplate: Bool {
        FileSystem.kind(workspace.root + "/" + workspace.configuration.templates + "/adr-invar.md") == .file
    }

    /// Status and date on lines below the title, as the collection has them; the title in its own manner.
    private func headed(_ lines: [String]) -> [UInt8] {
        let sections = language == .japanese ? ["## 背景", "## 決定", "## 影響"] : ["## Context", "## Decision", "## Consequences"]
        return Array((["# {title}", ""] + lines + sections.flatMap { ["", $0] }).joined(separator: "\n").utf8 + [0x0A])
    }

    private func named(_ name: String) throws(Failure) -> [UInt8] {
        let templates = workspace.configuration.templates
        for path in [templates + "/adr-\(name).md", templates + "/\(name).md", templates + "/\(name)"] where !name.contains("..") {
            if FileSystem.kind(workspace.root + "/" + path) == .file { return try FileSystem.read(workspace.root + "/" + path, limit: 1 << 20) }
        }
        if name.contains("/") || name.hasSuffix(".md"), let path = workspace.relativePath(name), FileSystem.kind(workspace.root + "/" + path) == .file {
            return try FileSystem.read(workspace.root + "/" + path, limit: 1 << 20)
        }
        let isJapanese = language == .japanese
        switch name {
        case "nygard": return isJapanese ? PackageResources.adr_nygard_ja_md : PackageResources.adr_nygard_md
        case "madr": return isJapanese ? PackageResources.adr_madr_ja_md : PackageResources.adr_madr_md
        case "invar": return isJapanese ? PackageResources.adr_invar_ja_md : PackageResources.adr_invar_md
        default:
            throw Failure(
                "there is no template \(name)",
                hint: Nearest.hint(for: name, among: DecisionTemplates.builtIn) ?? "nygard, madr, invar, or a file in \(templates)/")
        }
    }

    /// `template.md` and its kin beside the records, and where adr-tools looks for one.
    private func own() throws(Failure) -> [UInt8]? {
        for name in DecisionTemplates.ownNames where FileSystem.kind(workspace.root + "/" + folder + "/" + name) == .file {
            return try FileSystem.read(workspace.root + "/" + folder + "/" + name, limit: 1 << 20)
        }
        return nil
    }
}
