import InvarCore

/// The way that the running version survives: what to do in a line, then release by release what to write.
///
/// Expand, migrate, contract: what the old version needs stays until no version needs it.
struct StagedChange {
    private var lines: [Wording]

    init(en: String, ja: String) {
        lines = [Wording(en: en, ja: ja)]
    }

    /// When the statements that follow run.
    func step(en: String, ja: String) -> StagedChange { adding(Wording(en: "-- " + en, ja: "-- " + ja)) }

    /// A statement to write.
    func sql(_ statement: String?) -> StagedChange { statement.map { adding(Wording($0 + ";")) } ?? self }

    /// A statement with a place to fill in.
    func sql(en: String, ja: String) -> StagedChange { adding(Wording(en: en + ";", ja: ja + ";")) }

    /// The hint as it stands, for what is no danger by itself.
    var hint: Wording { lines.dropFirst().reduce(lines[0]) { Wording(en: $0.en + "\n" + $1.en, ja: $0.ja + "\n" + $1.ja) } }

    /// The hint, with the one door that is left where the staged way is not to be had.
    var hintOrException: Wording {
        adding(
            Wording(
                en: "-- if it must be so: decide it in an ADR and grant it an exception (`invar adr except`)",
                ja: "-- どうしても必要な場合は、ADR で判断して例外を付けてください（`invar adr except`）")
        ).hint
    }

    private func adding(_ line: Wording) -> StagedChange {
        var other = self
        other.lines.append(line)
        return other
    }
}
