package import InvarCore
import InvarSyntax

extension Workspace {
    /// What writing a page came to.
    package struct WrittenPage: Sendable {
        package var report: ChangeReport
        /// Whether the file is, or was, what the files give now.
        package var isCurrent: Bool
    }

    /// Writes a sprint's page into the proposals folder: only what stands between its markers, and of that not what was
    /// decided.
    ///
    /// - Throws: ``Failure`` for a file whose markers or front matter are damaged; it stays as it is.
    package func writePage(_ report: ProposalReport, diffs: [String: String], drafts: [String: [String]] = [:]) throws -> WrittenPage {
        let folder = ProposalFolder(workspace: self)
        let path = folder.path(of: report.sprint)
        return try folder.locked {
            guard let bytes = try page(report, diffs, drafts, path) else {
                return WrittenPage(report: ChangeReport(changes: [.init(.unchanged, path)]), isCurrent: true)
            }
            if let before = bytes.before {
                try FileSystem.replace(root + "/" + path, expected: before, with: bytes.after)
                return WrittenPage(report: ChangeReport(changes: [.init(.edited, path)]), isCurrent: true)
            }
            guard try FileSystem.create(root + "/" + path, bytes.after) else {
                throw Failure("\(path) was made by somebody else meanwhile", hint: "nothing was written; run the command again")
            }
            return WrittenPage(report: ChangeReport(changes: [.init(.created, path)]), isCurrent: true)
        }
    }

    /// Whether the written page is what the files give now; nothing is written.
    package func verifyPage(_ report: ProposalReport, diffs: [String: String]) throws -> WrittenPage {
        let path = ProposalFolder(workspace: self).path(of: report.sprint)
        let isCurrent = try page(report, diffs, [:], path) == nil
        return WrittenPage(report: ChangeReport(changes: [.init(.unchanged, path)]), isCurrent: isCurrent)
    }

    /// The page's file before and after; nil when it is current.
    private func page(
        _ report: ProposalReport, _ diffs: [String: String], _ drafts: [String: [String]], _ path: String
    ) throws(Failure) -> (before: [UInt8]?, after: [UInt8])? {
        let page = report.page(diffs: diffs, drafts: drafts)
        guard let file = try ProposalFolder(workspace: self).page(path) else { return (nil, ProposalsFile.made(page)) }
        let after = try file.rewritten(page)
        return after == file.bytes ? nil : (file.bytes, after)
    }
}
