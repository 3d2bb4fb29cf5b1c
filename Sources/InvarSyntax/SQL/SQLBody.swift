/// Quoted SQL inside a statement.
struct SQLBody {
    var range: Range<Int>
    var context: SQLAction.Context
    /// The routine that it is the body of.
    var routine: String?
    var isDynamic = false
}
