import InvarCore
import InvarSyntax

/// What lets the receiver of a request tell a repetition from a new one.
enum RepetitionGuard {
    /// A header that holds a key chosen by the caller, if the operation takes one.
    static func keyHeader(_ operation: APIOperation) -> APIParameter? {
        operation.parameters.first { parameter in
            parameter.location == "header" && isKeyHeader(parameter)
        }
    }

    private static func isKeyHeader(_ parameter: APIParameter) -> Bool {
        let name = plain(parameter.name)
        return name.holds("idempoten") || keyHeaders.contains(name) || speaksOfIdempotency(parameter.description)
    }

    /// A key in the header or the query, a key or client token in the body, `x-idempotent`, or words that describe how a
    /// repetition is recognised.
    static func hasKey(_ operation: APIOperation) -> Bool {
        if keyHeader(operation) != nil { return true }
        // A cookie is the same for every request of a browser: it tells none from another.
        let parameters = operation.parameters.filter { $0.location != "cookie" }
        if parameters.contains(where: { plain($0.name).holds("idempoten") || bodyKeys.contains(plain($0.name)) }) { return true }
        if operation.body.properties.contains(where: isKeyProperty) { return true }
        for (name, value) in operation.extensions where plain(name).holds("idempoten") {
            if value.bool != false { return true }
        }
        return [operation.summary, operation.description].contains { describesKey($0?.text ?? "") }
    }

    /// `If-Match`, `If-None-Match`, or a version in the body that the stored one must equal.
    static func hasPrecondition(_ operation: APIOperation) -> Bool {
        operation.parameters.contains { $0.location == "header" && preconditions.contains(plain($0.name)) }
    }

    static func hasVersion(_ operation: APIOperation) -> Bool {
        operation.body.properties.contains { versions.contains(plain($0.name)) } || operation.parameters.contains { versions.contains(plain($0.name)) }
    }

    /// A file under a name that the caller chose: the second upload replaces the first.
    static func isUploadToChosenName(_ operation: APIOperation) -> Bool {
        guard operation.path.hasSuffix("}"), !operation.body.mediaTypes.isEmpty else { return false }
        return operation.body.mediaTypes.allSatisfy { $0.hasPrefix("multipart/") || $0 == "application/octet-stream" }
    }

    /// An action that ends in a state whatever came before, as `cancel` does: repeating it does no second thing, unless
    /// it also sends or charges something.
    static func settles(_ operation: APIOperation) -> Bool {
        let last = operation.path.split(separator: "/").last.map(String.init) ?? ""
        let action = last.hasPrefix("{") ? nil : ReadLikeOperation.identifierWords(last).first
        let verb = operation.id.flatMap { ReadLikeOperation.identifierWords($0).first }
        return [action, verb].contains { $0.map { settling.contains($0) } ?? false }
    }

    private static let settling: Set<String> = [
        "cancel", "cancellation", "delete", "remove", "revoke", "disable", "enable", "activate", "deactivate", "inactivate", "close", "reopen", "suspend",
        "unsuspend", "resume", "pause", "unlink", "detach", "archive", "unarchive", "dismiss", "void", "leave", "unsubscribe", "unregister", "invalidate",
        "terminate", "mark", "lock", "unlock", "upsert", "set",
    ]

    /// Webhooks and callbacks are called by others, in their way.
    static func isCallback(_ operation: APIOperation) -> Bool {
        let names = [operation.id ?? ""] + operation.tags + operation.path.split(separator: "/").map(String.init)
        return names.contains { name in
            let words = ReadLikeOperation.identifierWords(name)
            return words.contains { ["webhook", "webhooks", "callback", "callbacks"].contains($0) } || words.joined(separator: " ").contains("web hook")
        }
    }

    private static let keyHeaders: Set<String> = [
        "repeatabilityrequestid", "paypalrequestid", "xlineretrykey", "xuniquetransactionid", "xretrykey", "retrykey", "clienttoken", "xclienttoken",
    ]
    private static let bodyKeys: Set<String> = [
        "clienttoken", "clientrequesttoken", "clientrequestid", "dedupekey", "dedupid", "deduplicationid", "deduplicationkey", "messagededuplicationid",
        "retrykey", "xlineretrykey", "nonce",
    ]
    private static let preconditions: Set<String> = ["ifmatch", "ifnonematch", "ifunmodifiedsince"]
    private static let versions: Set<String> = ["etag", "version", "lockversion", "resourceversion", "expectedversion", "versiontoken", "revision", "rev"]

    private static func isKeyProperty(_ property: APIProperty) -> Bool {
        let name = plain(property.name)
        if bodyKeys.contains(name) { return true }
        // `isIdempotent` says something of the request; a key identifies it.
        if name.holds("idempoten"), !name.hasPrefix("is") { return true }
        return speaksOfIdempotency(property.description)
    }

    /// Whether a field's description makes it a key: it must speak of idempotency, or of keeping duplicates out.
    static func speaksOfIdempotency(_ text: String) -> Bool {
        guard mayConcern(text) else { return false }
        let text = normalised(text)
        if denials.contains(where: { text.holds($0) }) { return false }
        return ["idempoten", "冪等", "prevent duplicate request", "avoid duplicate request", "duplicate requests", "deduplicat", "二重送信", "重複排除", "二重登録を防"]
            .contains {
                text.holds($0)
            }
    }

    /// A look at the bytes, which spares most texts the normalising.
    private static func mayConcern(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in bytes.contains { $0 >= 0x80 } } || ["dempot", "DEMPOT", "uplicat", "UPLICAT"].contains { text.holds($0) }
    }

    /// Whether an operation's words say how a repetition is told.
    private static func describesKey(_ text: String) -> Bool {
        guard mayConcern(text) else { return false }
        let text = normalised(text)
        guard text.holds("idempoten") || text.holds("冪等") else { return false }
        if ["idempotency key", "idempotency-key", "idempotency_key", "idempotencykey", "冪等キー", "冪等性キー"].contains(where: { text.holds($0) }) { return true }
        guard !denials.contains(where: { text.holds($0) }) else { return false }
        return ["is idempotent", "are idempotent", "idempotent operation", "idempotent request", "idempotently", "冪等です", "冪等である", "冪等に処理", "冪等な"].contains {
            text.holds($0)
        }
    }

    private static let denials = [
        "not idempotent", "non-idempotent", "isn't idempotent", "aren't idempotent", "never idempotent", "冪等では", "冪等で無", "冪等でない", "冪等でありま", "冪等じゃ", "冪等性は保証",
        "冪等性を保証し", "非冪等",
    ]

    /// Lower case, one spelling of 冪等.
    static func normalised(_ text: String) -> String {
        let text = Folding.searchable(text)
        guard text.holds("等"), ["幂等", "べき等", "ベキ等"].contains(where: { text.holds($0) }) else { return text }
        return text.replacing("幂等", with: "冪等").replacing("べき等", with: "冪等").replacing("ベキ等", with: "冪等")
    }

    /// A name without case and separators.
    static func plain(_ name: String) -> String {
        String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }
}
