/// What an invariant can be about and a change can touch: the subjects of operation.
package enum Topic: Int, Sendable, CaseIterable, Comparable {
    // The order is that of a review: what cannot be taken back comes first.
    case schema, data, deploy
    case job, repetition, restart, availability, observability, privacy, secrets, access, contract, time, concurrency, money, cache, dependency

    package static func < (a: Topic, b: Topic) -> Bool { a.rawValue < b.rawValue }

    /// How irreversible a change of it is: schema 0, data 1, deployment 2, anything else 3.
    package var irreversibility: Int { min(rawValue, 3) }

    /// Says *where* rather than *what*: an invariant whose title names one holds there, whatever its clauses ask for.
    package var isScope: Bool { self == .schema || self == .job || self == .deploy }

    /// The subject of a built-in rule, by the first part of its id.
    package init?(ruleSubject: some StringProtocol) {
        switch ruleSubject {
        case "sql", "migration": self = .schema
        case "job": self = .job
        case "kubernetes", "compose": self = .restart
        case "deploy": self = .deploy
        case "api", "asyncapi", "design": self = .repetition
        case "observability": self = .observability
        default: return nil
        }
    }

    package var name: Wording {
        switch self {
        case .schema: Wording(en: "schema", ja: "スキーマ")
        case .data: Wording(en: "stored data", ja: "保存データ")
        case .deploy: Wording(en: "deployment", ja: "デプロイ")
        case .job: Wording(en: "jobs", ja: "バッチ・ジョブ")
        case .repetition: Wording(en: "repetition", ja: "重複実行・再試行")
        case .restart: Wording(en: "restart and local state", ja: "再起動・ローカル状態")
        case .availability: Wording(en: "availability", ja: "可用性")
        case .observability: Wording(en: "observability", ja: "観測性")
        case .privacy: Wording(en: "personal data", ja: "個人情報")
        case .secrets: Wording(en: "secrets", ja: "秘密情報")
        case .access: Wording(en: "access", ja: "権限")
        case .contract: Wording(en: "interface contract", ja: "インターフェース契約")
        case .time: Wording(en: "time", ja: "時刻")
        case .concurrency: Wording(en: "concurrency", ja: "並行処理")
        case .money: Wording(en: "amounts of money", ja: "金額計算")
        case .cache: Wording(en: "cache", ja: "キャッシュ")
        case .dependency: Wording(en: "dependencies", ja: "依存関係")
        }
    }
}
