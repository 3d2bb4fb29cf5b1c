import InvarCore
import InvarSyntax

/// Names of values that tell who somebody is or let one act as somebody.
enum PersonalData {
    static let cues = CueSet([
        "mail", "phone", "password", "passwd", "passphrase", "token", "ssn", "social", "card", "birth", "dob", "mynumber", "my_number", "mynum", "name",
        "address", "secret", "apikey", "api_key", "privatekey", "private_key", "jwt", "iban", "passport", "tel", "cvv", "氏名", "住所", "電話", "メール", "生年月日",
        "マイナンバー", "番号", "パスワード", "shimei", "jusho", "denwa", "seinengappi",
    ])

    /// Whether a value reached by these names is personal: the last one says what it is, the one before whose.
    ///
    /// - Parameter isLanguageTool: the file reads languages, where a token is a word.
    static func isPersonal(_ path: [String], isLanguageTool: Bool) -> Bool {
        guard let name = path.last else { return false }
        if isJapanese(name) { return true }
        var words = CodeWords.of(name)
        while let last = words.last, last == "value" || last == "str" || last == "string" || last == "text", words.count > 1 { words.removeLast() }
        guard let last = words.last, !isHarmless(words) else { return false }
        let owner = path.count > 1 ? CodeWords.of(path[path.count - 2]) : []
        let before = words.count > 1 ? words[words.count - 2] : nil
        // `MAX_EMAIL`, `SUPPORT_EMAIL`: a constant of the program.
        let isConstant = name.utf8.allSatisfy { !(0x61...0x7A).contains($0) } && name.utf8.contains { (0x41...0x5A).contains($0) }
        if secrets.contains(last) { return true }
        if last == "token" { return isSecretToken(before, owner, isLanguageTool: isLanguageTool) }
        if let before, secretPairs.contains("\(before) \(last)") { return true }
        if isConstant { return false }
        if heads.contains(last) { return true }
        if let before, pairs.contains("\(before) \(last)") { return true }
        if last == "birth", words.count > 2, words.suffix(3) == ["date", "of", "birth"] { return true }
        if last == "number", words.suffix(3) == ["social", "security", "number"] || words.suffix(3) == ["credit", "card", "number"] { return true }
        switch last {
        case "address", "addr": return isHome(before, owner)
        case "name" where before == "full", "fullname": return owner.isEmpty || owner.contains { persons.contains($0) }
        case "name" where before == "real" || before == "legal": return true
        case "mobile": return owner.contains { persons.contains($0) } || before.map { persons.contains($0) } ?? false
        default: return false
        }
    }

    /// Whether a call's name says that its result no longer tells the value.
    static func masks(_ name: String) -> Bool {
        let words = CodeWords.of(name)
        return words.contains { maskingWords.contains($0) }
    }

    private static func isHarmless(_ words: [String]) -> Bool {
        if words.contains(where: { harmless.contains($0) || maskingWords.contains($0) }) { return true }
        return words.first.map {
            ["is", "has", "should", "can", "needs", "num", "max", "min", "total", "no", "without", "missing", "count", "with"].contains($0)
        } ?? false
    }

    private static func isSecretToken(_ before: String?, _ owner: [String], isLanguageTool: Bool) -> Bool {
        if let before, harmlessTokens.contains(before) { return false }
        if let before, tokenKinds.contains(before) { return true }
        if owner.contains(where: { harmlessTokens.contains($0) }) { return false }
        return !isLanguageTool
    }

    private static func isHome(_ before: String?, _ owner: [String]) -> Bool {
        if let before { return homes.contains(before) || persons.contains(before) }
        return owner.contains { persons.contains($0) }
    }

    private static func isJapanese(_ name: String) -> Bool {
        guard name.utf8.contains(where: { $0 >= 0x80 }) else { return false }
        guard ["氏名", "住所", "電話番号", "メールアドレス", "生年月日", "マイナンバー", "個人番号", "口座番号", "カード番号", "パスワード", "旅券番号"].contains(where: { name.contains($0) }) else {
            return false
        }
        return !["件数", "ID", "ハッシュ", "マスク", "種別", "有無", "暗号", "フラグ", "桁数"].contains { name.contains($0) }
    }

    private static let heads: Set<String> = [
        "email", "emails", "emailaddress", "emailaddresses", "mailaddress", "phone", "phones", "telephone", "phonenumber", "phonenumbers", "tel", "telno",
        "ssn", "dob", "birthdate", "birthday", "birthdays", "dateofbirth", "firstname", "lastname", "surname", "mynumber", "cardnumber", "msisdn", "iban",
        "cvv", "cvc", "shimei", "jusho", "juusho", "seinengappi", "denwabango",
    ]
    private static let secrets: Set<String> = [
        "password", "passwords", "passwd", "passphrase", "apikey", "jwt", "accesstoken", "refreshtoken", "authtoken", "clientsecret",
    ]
    private static let pairs: Set<String> = [
        "email address", "email addresses", "e mail", "mail address", "mail addr", "email addr", "phone number", "phone numbers", "phone no", "mobile number",
        "mobile phone", "telephone number", "tel number", "tel no", "cell phone", "fax number", "card number", "credit card", "bank account", "account no",
        "birth date", "birth day", "social security", "first name", "last name", "given name", "family name", "maiden name", "middle name", "my number",
        "individual number", "passport number", "passport no", "license number", "postal address", "denwa bango", "kana name", "name kana", "kanji name",
        "name kanji", "bank number",
    ]
    private static let secretPairs: Set<String> = [
        "pass word", "api key", "api secret", "client secret", "secret key", "private key", "shared secret", "app secret", "webhook secret", "consumer secret",
        "totp secret", "signing secret", "signing key", "encryption key", "login pass", "user pass", "auth header", "authorization header",
    ]
    private static let homes: Set<String> = [
        "home", "street", "mailing", "billing", "shipping", "postal", "delivery", "residential", "email", "mail", "living", "house", "work",
    ]
    private static let persons: Set<String> = [
        "user", "customer", "person", "member", "patient", "employee", "buyer", "contact", "recipient", "guest", "profile", "applicant", "student", "resident",
        "citizen", "subscriber", "cardholder", "payer", "payee", "consumer", "users", "author", "invitee", "account", "staff", "visitor", "client", "tenant",
    ]
    private static let tokenKinds: Set<String> = [
        "access", "refresh", "auth", "api", "bearer", "id", "session", "reset", "invite", "invitation", "verification", "login", "oauth", "jwt", "user",
        "password", "device", "push", "signup", "confirmation", "security", "secret", "github", "gitlab", "slack", "bot", "otp", "magic", "authentication",
        "activation", "registration", "fcm", "apns", "admin", "client", "unsubscribe", "csrf",
    ]
    private static let harmlessTokens: Set<String> = [
        "next", "page", "continuation", "continue", "pagination", "sync", "cancellation", "cancel", "cursor", "unexpected", "current", "previous", "prev",
        "expected", "start", "end", "last", "first", "peek", "eof", "special", "prompt", "completion", "input", "output", "stop", "pad", "bos", "eos", "unk",
        "sep", "syntax", "fencing", "lock", "lease", "abort", "rate", "bucket", "erc20", "nft", "swap", "base", "quote", "reward", "lexer", "parser", "node",
        "closing", "opening", "string", "operator", "xsrf", "per", "stop", "stream", "position", "resume", "change", "index", "sub", "pool", "asset",
    ]
    private static let maskingWords: Set<String> = [
        "mask", "masked", "masker", "hash", "hashed", "redact", "redacted", "anonymize", "anonymized", "anonymise", "anonymised", "anonymizer", "obfuscate",
        "obfuscated", "sha", "sha1", "sha256", "md5", "hmac", "digest", "encrypt", "encrypted", "encryptor", "scrub", "scrubbed", "pseudonymize", "pseudonym",
        "censor", "censored", "conceal", "hide", "hidden", "fingerprint", "filter", "filtered", "truncate", "truncated", "partial", "cipher", "tokenize",
        "crypt", "bcrypt", "hexdigest", "last4", "lastfour", "safe",
    ]
    private static let harmless: Set<String> = [
        "count", "length", "size", "domain", "template", "verified", "enabled", "allowed", "valid", "policy", "type", "status", "error", "errors", "exists",
        "field", "column", "regex", "pattern", "validator", "provider", "service", "config", "settings", "expires", "expiry", "limit", "usage",
    ]
}
