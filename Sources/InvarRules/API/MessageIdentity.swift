import InvarCore
import InvarSyntax

/// Whether a message carries something that tells it from a repetition.
enum MessageIdentity {
    private static let names: Set<String> = ["id", "uuid", "guid", "key", "nonce", "correlationdata", "ceid"]
    private static let parts = [
        "messageid", "eventid", "idempoten", "correlationid", "dedup", "requestid", "transactionid", "msgid", "messageuuid", "eventuuid", "deliveryid",
        "traceid", "commandid", "jobid", "notificationid",
    ]

    /// A message whose headers or payload could not be read is taken to.
    static func isTold(by message: APIMessage) -> Bool {
        guard message.isRead, !message.hasCorrelationID else { return true }
        return message.headers.contains { isIdentity($0) } || message.payload.contains { isIdentity($0) }
    }

    private static func isIdentity(_ property: APIProperty) -> Bool {
        let name = RepetitionGuard.plain(property.name)
        return names.contains(name) || parts.contains { name.holds($0) } || RepetitionGuard.speaksOfIdempotency(property.description)
    }
}
