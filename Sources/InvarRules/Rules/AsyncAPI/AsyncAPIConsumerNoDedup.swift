import InvarCore
import InvarSyntax

extension Rule {
    package static let asyncapiConsumerNoDedup = Rule(
        id: "asyncapi/consumer-no-dedup",
        title: Wording(en: "a consumer that cannot tell a redelivered message", ja: "再配信を見分けられない受信"),
        why: Wording(
            en:
                "Brokers deliver a message again after a failure. Without an id of the message in its headers or payload, or a correlation id, the consumer does its work twice; with MQTT's QoS 0 it may never get it. Channels over HTTP and WebSocket alone are left out: nothing is redelivered there. In AsyncAPI 2 both `publish` and `subscribe` are somebody's receiving side.",
            ja:
                "ブローカーは失敗のあと同じメッセージを再配信します。ヘッダーにもペイロードにもメッセージの ID や相関 ID がなければ、受信側は同じ処理を 2 回行います。MQTT の QoS 0 では届かないこともあります。HTTP と WebSocket だけのチャネルでは再配信がないため対象外です。AsyncAPI 2 では `publish` も `subscribe` も誰かの受信側にあたります。"
        ),
        invariant: "INV-OPS-002", severity: .warning,
        violating: [
            Example(
                """
                asyncapi: 3.0.0
                servers:
                  main: { host: "kafka.example.com", protocol: kafka }
                channels:
                  orderPlaced:
                    address: orders.placed
                    messages:
                      placed: { payload: { properties: { total: { type: number } } } }
                operations:
                  ↓onOrderPlaced:
                    action: receive
                    channel: { $ref: "#/channels/orderPlaced" }

                """, at: "api/asyncapi.yaml"),
            Example(
                """
                asyncapi: 2.6.0
                channels:
                  在庫/更新:
                    ↓subscribe:
                      message:
                        headers: { properties: { region: { type: string } } }
                        payload: { properties: { 数量: { type: integer } } }
                  sensors/temperature:
                    ↓publish:
                      bindings: { mqtt: { qos: 0 } }
                      message: { correlationId: { location: "$message.header#/id" } }

                """, at: "api/asyncapi.yaml"),
        ],
        conforming: [
            Example(
                """
                asyncapi: 3.0.0
                channels:
                  orderPlaced:
                    address: orders.placed
                    messages:
                      placed: { headers: { properties: { eventId: { type: string } } } }
                      paid: { correlationId: { location: "$message.header#/correlationId" } }
                operations:
                  onOrderPlaced: { action: receive, channel: { $ref: "#/channels/orderPlaced" } }
                  sendOrder: { action: send, channel: { $ref: "#/channels/orderPlaced" } }

                """, at: "api/asyncapi.yaml"),
            Example(
                """
                asyncapi: 2.6.0
                channels:
                  stock: { subscribe: { message: { $ref: "messages.yaml#/Counted" } } }

                """, at: "api/asyncapi.yaml",
                with: [("api/messages.yaml", "Counted:\n  traits: [{ headers: { properties: { message_id: { type: string } } } }]\n")]),
            Example(
                """
                asyncapi: 2.6.0
                servers: { live: { url: "wss://live.example.com", protocol: wss } }
                channels:
                  prices: { subscribe: { message: { payload: { properties: { price: { type: number } } } } } }

                """, at: "api/asyncapi.yaml"),
            Example(
                """
                asyncapi: 2.6.0
                channels:
                  jobs: { publish: { bindings: { sqs: { queue: { name: jobs.fifo, fifoQueue: true } } }, message: { payload: { properties: { work: {} } } } } }
                  入荷: { publish: { message: { payload: { properties: { 明細: {}, eventId: { description: 重複を除くための番号 } } } } } }

                """, at: "api/asyncapi.yaml"),
        ],
        matcher: .file(.apiDescription) { artifact, surroundings in
            let api = APIMatch(artifact, surroundings)
            return (api.description?.consumers ?? []).compactMap { consumer in match(consumer, api) }
        })

    private static func match(_ consumer: APIConsumer, _ api: APIMatch) -> Match? {
        guard consumer.isComplete, !isUnbrokered(consumer) else { return nil }
        if let place = consumer.qosZero {
            var match = api.on(
                consumer,
                Wording(
                    en: "\(consumer.name) is received at most once (QoS 0): what is lost on the way is never sent again",
                    ja: "\(consumer.name) は高々 1 回しか届きません（QoS 0）。途中で失われたものは再送されません"),
                hint: Wording(
                    en: "ask for QoS 1 and drop repetitions by an id, or record why a loss is no harm as an exception in an ADR\nmqtt: { qos: 1 }",
                    ja: "QoS 1 にして ID で重複を除くか、失われても困らない理由を ADR の例外に書いてください\nmqtt: { qos: 1 }"))
            match.related = [Match.Related(place: place, message: Wording("qos: 0"))]
            return match
        }
        guard !consumer.isDeduplicated, let message = consumer.messages.first(where: { !MessageIdentity.isTold(by: $0) }) else { return nil }
        let named = message.name.isEmpty ? Wording("") : Wording(en: " (\(message.name))", ja: "（\(message.name)）")
        return api.on(
            consumer,
            Wording(en: consumer.name, ja: consumer.name) + named
                + Wording(
                    en: " carries no id of the message: delivered again, it is done again", ja: " のメッセージに ID がありません。再配信されると処理も繰り返されます"),
            hint: Wording(
                en:
                    "give every message an id and drop what was seen, or record the reason and the retry strategy as an exception in an ADR\nheaders:\n  type: object\n  required: [messageId]\n  properties:\n    messageId: { type: string, format: uuid }",
                ja:
                    "メッセージごとに ID を付け、処理済みのものを捨ててください。できない場合は、理由とリトライ戦略を ADR の例外に書いてください\nheaders:\n  type: object\n  required: [messageId]\n  properties:\n    messageId: { type: string, format: uuid }"
            ))
    }

    /// Nothing between the two ends keeps a message to deliver it again.
    private static func isUnbrokered(_ consumer: APIConsumer) -> Bool {
        let direct: Set<String> = ["ws", "wss", "http", "https", "sse", "mercure", "socket.io", "stomp", "tcp"]
        return !consumer.protocols.isEmpty && consumer.protocols.allSatisfy { direct.contains($0) }
    }
}
