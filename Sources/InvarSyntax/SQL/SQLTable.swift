/// What a `CREATE TABLE` says.
package struct SQLTable: Hashable, Sendable {
    package var columns: [SQLColumn]
    package var constraints: [SQLConstraint]
    package var isTemporary: Bool
    /// The tables that it takes its shape or its rows from: `LIKE`, `AS SELECT`, `PARTITION OF`, `INHERITS`.
    package var sources: [SQLName]
    /// `AS SELECT`, `SELECT … INTO`: it is born with rows.
    package var isFilled: Bool

    package init(
        columns: [SQLColumn] = [], constraints: [SQLConstraint] = [], isTemporary: Bool = false, sources: [SQLName] = [], isFilled: Bool = false
    ) {
        self.columns = columns
        self.constraints = constraints
        self.isTemporary = isTemporary
        self.sources = sources
        self.isFilled = isFilled
    }
}
