import GRDB
package func g() -> DatabaseQueue? { nil }
