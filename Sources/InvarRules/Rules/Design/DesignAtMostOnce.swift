import InvarCore
import InvarSyntax

extension Rule {
    package static let designAtMostOnce = Rule(
        id: "design/at-most-once",
        title: Wording(en: "a message that may be lost, and nothing that says why", ja: "失われうるメッセージなのに、その理由がない"),
        why: Wording(
            en: "At most once means lost now and then. That is a choice for telemetry and a fault for orders; the design says which, and who notices.",
            ja: "「最大 1 回」は、ときどき失われるということです。計測値なら選択ですが、注文なら欠陥です。どちらなのか、誰が気づくのかを設計に書きます。"),
        invariant: "INV-OPS-002", severity: .note,
        violating: [
            Example("# 通知\n\n↓注文イベントのキューは at-most-once で配信する。\n", at: "docs/design/events.md"),
            Example("# Events\n\n↓The `orders` topic is delivered at most once.\n", at: "docs/design/events.md"),
        ],
        conforming: [
            Example("# Events\n\nThe report is sent at most once per hour.\n", at: "docs/design/events.md"),
            Example("# Events\n\nAt most once means that a message may be lost.\n", at: "docs/design/events.md"),
        ],
        matcher: .file(.document) { artifact, surroundings in
            DesignStatements.of([.atMostOnce], in: artifact, surroundings).filter { !$0.givesReason }.map { statement in
                DesignStatements.match(
                    statement, in: artifact, Wording(en: "chooses to lose messages now and then", ja: "メッセージが失われることを許す設計です"),
                    hint: Wording(
                        en: "say why a loss does no harm and who notices it, or deliver at least once and deduplicate",
                        ja: "失われても困らない理由と、気づく仕組みを書くか、少なくとも 1 回の配信と重複排除に改めてください"))
            }
        })
}
