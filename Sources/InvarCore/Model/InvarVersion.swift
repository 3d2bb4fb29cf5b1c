/// The version of the program, as `--version` and reports tell it.
package enum InvarVersion {
    package static let text = "0.1.0"
}
