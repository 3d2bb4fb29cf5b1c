/// A call in a program, such as `op.add_column("t", …)` or `remove_column :t, :c`.
struct SourceCall: Sendable {
    /// As written, with its dots: `migrations.RunPython`.
    var path: String
    /// From the first byte of the path to the end of the last argument.
    var span: Range<Int>
    /// Where the path ends.
    var pathEnd: Int
    var arguments: [SourceArgument] = []
    /// The call in whose arguments or block this one stands.
    var parent: Int?
    /// The keyword of the parent's argument in which it stands: `state_operations`.
    var parentLabel: String?
    /// The string that stands before it in the same parentheses: the name in Django's `("name", models.X())`.
    var before: String?
    /// A block follows.
    var hasBlock = false
    /// Byte column of the line that it begins; -1 inside a line.
    var indentation: Int

    /// The last segment of the path.
    var name: String { path.split(separator: ".").last.map(String.init) ?? path }
    var receiver: String { path.split(separator: ".").dropLast().last.map(String.init) ?? "" }

    /// The argument with this keyword.
    func argument(_ label: String) -> SourceArgument? { arguments.first { $0.label == label } }

    /// The positional argument at an index.
    func argument(_ index: Int) -> SourceArgument? {
        let positional = arguments.filter { $0.label == nil }
        return index < positional.count ? positional[index] : nil
    }

    /// The positional argument, or the one with the keyword.
    func argument(_ index: Int, or label: String) -> SourceArgument? { argument(label) ?? argument(index) }
}
