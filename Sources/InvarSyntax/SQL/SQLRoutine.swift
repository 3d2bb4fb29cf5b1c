/// A routine that the script defines, and the actions of its body.
struct SQLRoutine {
    var name: String
    var first: Int
    var end = 0
}
