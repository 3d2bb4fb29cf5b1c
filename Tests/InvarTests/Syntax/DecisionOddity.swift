import Foundation
import InvarCore
import InvarSyntax
import Testing

/// A record in a strange shape, from `Fixtures/decisions/NAME=STATUS.md`.
///
/// `⟦before→after⟧` are the bytes that change when the record gets the status of the file's name. `␍` is a carriage return,
/// `⟪JOIN⟫` takes back the line break that follows it, `⟪BOM⟫` is a byte order mark, `⟪END⟫` ends the file without a line
/// break.
struct DecisionOddity: CustomTestStringConvertible, Sendable {
    var name: String
    var status: Decision.Status
    var before: [UInt8]
    var after: [UInt8]

    var testDescription: String { name }

    static let all: [DecisionOddity] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures/decisions")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { file in
            let parts = file.replacing(".md", with: "").split(separator: "=").map(String.init)
            guard parts.count == 2, let status = Decision.Status(rawValue: parts[1]), let data = try? Data(contentsOf: folder.appendingPathComponent(file))
            else { return nil }
            let text = String(decoding: data, as: UTF8.self)
            return DecisionOddity(name: parts[0], status: status, before: side(text, 0), after: side(text, 1))
        }
    }()

    private static func side(_ text: String, _ side: Int) -> [UInt8] {
        var out = String.UnicodeScalarView()
        var isInside = false
        var current = 0
        for scalar in text.unicodeScalars {
            switch scalar {
            case "⟦": (isInside, current) = (true, 0)
            case "⟧": isInside = false
            case "→" where isInside && current == 0: current = 1
            default: if !isInside || current == side { out.append(scalar) }
            }
        }
        var whole = String(out).replacingOccurrences(of: "␍", with: "\r").replacingOccurrences(of: "⟪BOM⟫", with: "\u{FEFF}")
        whole = whole.replacingOccurrences(of: "⟪JOIN⟫", with: "").components(separatedBy: "⟪END⟫")[0]
        return Array(whole.utf8)
    }
}
