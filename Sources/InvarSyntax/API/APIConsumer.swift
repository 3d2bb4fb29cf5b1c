package import InvarCore

/// Messages that are received from a channel, as AsyncAPI describes it.
package struct APIConsumer: Sendable {
    /// `receive` (AsyncAPI 3), `subscribe` or `publish` (2).
    package var action: String
    /// The channel's address, else its name.
    package var channel: String
    package var id: String?
    /// The names of the servers' protocols that it may be used with, lower case; empty when none are told.
    package var protocols: [String]
    package var messages: [APIMessage]
    /// Where a binding asks for MQTT's QoS 0: at most once.
    package var qosZero: Place?
    /// Whether the broker itself drops duplicates (a FIFO queue).
    package var isDeduplicated: Bool
    package var file: String
    package var start: Position
    package var end: Position?
    package var lines: ClosedRange<Int>
    package var sources: [String]
    package var isComplete: Bool

    /// `receive orders/placed`.
    package var name: String { action + " " + channel }
}

/// What a message carries that could tell it from a repetition.
package struct APIMessage: Sendable {
    package var name: String
    package var hasCorrelationID: Bool
    /// The names of its headers and of the properties of its payload's top level and one below.
    package var headers: [APIProperty]
    package var payload: [APIProperty]
    /// Whether its payload's schema is in a language that was read.
    package var isRead: Bool
    /// The lines it stands on are changed with it: where it is defined.
    package var place: Place
}
