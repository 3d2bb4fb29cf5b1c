import InvarCore
import Testing

@Suite struct ExceptionStateTests {
    private let today = Day(ordinal: 20_000)
    private let terms = Exception.InvariantTerms(status: .accepted, waivable: true, requires: [.retry], fingerprint: "0000abcd")

    private var complete: Exception {
        var exception = Exception(invariant: "INV-OPS-002", position: Position(line: 1))
        exception.reason = "the provider accepts no key"
        exception.retry = "never; reconciled daily by hand"
        exception.until = today
        return exception
    }

    private func state(_ exception: Exception, _ status: Decision.Status, _ terms: Exception.InvariantTerms?) -> Exception.State {
        exception.state(on: today, Exception.Grounds(decisionStatus: status, invariant: terms))
    }

    @Test func theLastDayStillCounts() {
        #expect(state(complete, .accepted, terms) == .active)
        var past = complete
        past.until = today + -1
        #expect(state(past, .accepted, terms) == .expired)
    }

    @Test func theDecisionDecidesFirst() {
        for status in [Decision.Status.rejected, .deprecated, .superseded] { #expect(state(complete, status, terms) == .void) }
        for status in [Decision.Status.proposed, .unknown] { #expect(state(complete, status, terms) == .pending) }
        var empty = complete
        empty.reason = "TBD"
        #expect(state(empty, .proposed, terms) == .pending)
        #expect(state(empty, .accepted, terms) == .incomplete)
    }

    @Test func anInvariantMayAllowNoException() {
        var strict = terms
        strict.waivable = false
        #expect(state(complete, .accepted, strict) == .void)
        var retired = terms
        retired.status = .retired
        #expect(state(complete, .proposed, retired) == .void)
    }

    @Test func whatIsMissingDependsOnTheInvariant() {
        var exception = complete
        exception.retry = nil
        exception.until = nil
        #expect(exception.missing(terms) == [.retry])
        var dated = terms
        dated.requires = [.until]
        #expect(exception.missing(dated) == [.until])
    }

    @Test func aChangedInvariantMakesItSuspect() {
        var exception = complete
        #expect(!exception.isSuspect(terms))
        exception.seen = "0000ABCD"
        #expect(!exception.isSuspect(terms))
        exception.seen = "ffff0000"
        #expect(exception.isSuspect(terms))
    }

    @Test func anUnreadableDateIsNoPermission() {
        var exception = complete
        exception.until = nil
        exception.unreadUntil = "next spring"
        #expect(state(exception, .accepted, terms) == .incomplete)
    }
}
