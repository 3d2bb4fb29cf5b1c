extension SQLType {
    /// Whether the servers of a dialect take `self` → `wider` without rewriting the table, and every old value and every
    /// old writer's value fits. The table is that of strong_migrations' documentation for PostgreSQL.
    package func isWidened(by wider: SQLType, dialect: SQLDialect) -> Bool {
        let old = canonical
        let new = wider.canonical
        if old == new { return true }
        guard old.isArray == new.isArray else { return false }
        if dialect == .mysql { return old.isWidenedInMySQL(by: new) }
        switch (old.name, new.name) {
        case ("varchar", "varchar"):
            guard let limit = new.arguments.first else { return true }
            return old.arguments.first.map { $0 <= limit } ?? false
        case ("varchar", "text"), ("citext", "text"), ("cidr", "inet"): return true
        case ("numeric", "numeric"):
            guard let precision = new.arguments.first else { return true }
            return old.arguments.first.map { $0 <= precision && old.argument(1) == new.argument(1) } ?? false
        case ("timestamp", "timestamp"), ("timestamptz", "timestamptz"), ("time", "time"), ("timetz", "timetz"), ("interval", "interval"):
            guard let precision = new.arguments.first else { return true }
            return old.arguments.first.map { $0 <= precision } ?? (precision >= 6)
        case ("varbit", "varbit"):
            guard let limit = new.arguments.first else { return true }
            return old.arguments.first.map { $0 <= limit } ?? false
        default: return false
        }
    }

    /// Growth of a varchar whose length still fits the same number of length bytes: up to 63 characters of utf8mb4, or
    /// from 64 on. Everything else copies the table.
    private func isWidenedInMySQL(by new: SQLType) -> Bool {
        guard name == "varchar", new.name == "varchar", let old = arguments.first, let wide = new.arguments.first else { return false }
        return wide >= old && (wide <= 63 || old > 63)
    }

    private func argument(_ index: Int) -> Int { index < arguments.count ? arguments[index] : 0 }

    /// One name for the spellings of a type.
    package var canonical: SQLType {
        let name =
            switch name {
            case "character varying", "char varying", "nvarchar", "national varchar", "varchar2": "varchar"
            case "character", "nchar", "bpchar": "char"
            case "int", "int4", "serial", "serial4": "integer"
            case "int8", "bigserial", "serial8": "bigint"
            case "int2", "smallserial", "serial2": "smallint"
            case "decimal", "dec": "numeric"
            case "bool": "boolean"
            case "float8", "double": "double precision"
            case "float4": "real"
            case "timestamp with time zone": "timestamptz"
            case "timestamp without time zone": "timestamp"
            case "time with time zone": "timetz"
            case "time without time zone": "time"
            case "bit varying": "varbit"
            default: name
            }
        return SQLType(name, arguments, isArray: isArray, text: text)
    }
}
