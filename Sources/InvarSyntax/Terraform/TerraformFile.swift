package import InvarCore

/// The blocks of a Terraform file, as far as a tolerant reader follows them: no expression is evaluated.
package struct TerraformFile: Sendable {
    package var path: String
    /// Blocks at the top: `resource "aws_ecs_service" "web" { … }`.
    package var blocks: [Block]

    package struct Block: Sendable {
        /// `resource`, `deployment_circuit_breaker`.
        package var type: String
        /// `aws_ecs_service`, `web`; without their quotes.
        package var labels: [String]
        /// Of the last label, else of the type.
        package var position: Position
        package var end: Position
        package var attributes: [Attribute]
        package var blocks: [Block]
        package var lines: ClosedRange<Int>

        package func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }

        /// Nested blocks of a type; a `dynamic` block of that label counts as one, with its content.
        package func nested(_ type: String) -> [Block] {
            blocks.flatMap { block -> [Block] in
                if block.type == type { return [block] }
                guard block.type == "dynamic", block.labels.first == type else { return [] }
                return block.blocks.filter { $0.type == "content" }
            }
        }
    }

    /// `name = expression`.
    package struct Attribute: Sendable {
        package var name: String
        /// As written, on one line without the blanks around it; what follows on further lines within brackets is part of it.
        package var text: String
        /// Of the expression.
        package var position: Position

        /// A literal; nil for an expression.
        package var bool: Bool? { text == "true" ? true : text == "false" ? false : nil }

        package var number: Int? { Int(text) }

        /// A quoted text without placeholders.
        package var string: String? {
            guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\""), !text.holds("${") else { return nil }
            return String(text.dropFirst().dropLast())
        }
    }

    package init(_ artifact: Artifact) {
        path = artifact.path
        var reader = TerraformReader(artifact)
        blocks = reader.read()
    }
}
