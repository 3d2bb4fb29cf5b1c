package import InvarCore

/// The words by which records state a status, in English and Japanese, with a project's own ones.
///
/// A phrase that a negation turns into something else (`未承認`, `not adopted`) is a phrase of its own, so that the
/// longest match is the right one.
package struct StatusVocabulary: Sendable {
    /// Phrases by their first scalar, the longest first.
    private let phrases: [Unicode.Scalar: [Phrase]]

    private struct Phrase: Sendable {
        var scalars: [Unicode.Scalar]
        /// nil for words that look like a status and are none.
        var status: Decision.Status?
    }

    package init(adding words: [Decision.Status: [String]] = [:]) {
        var phrases: [Unicode.Scalar: [Phrase]] = [:]
        var known: Set<[Unicode.Scalar]> = []
        func add(_ word: String, _ status: Decision.Status?) {
            let scalars = StatusVocabulary.comparable(word)
            guard let first = scalars.first, known.insert(scalars).inserted else { return }
            phrases[first, default: []].append(Phrase(scalars: scalars, status: status))
        }
        // The project's own words come first: they win over a built-in meaning of the same word.
        for status in Decision.Status.allCases {
            for word in words[status] ?? [] { add(word, status) }
        }
        for (status, list) in StatusVocabulary.builtIn {
            for word in list.split(separator: ",") { add(String(word), status) }
        }
        for word in StatusVocabulary.noStatus.split(separator: ",") { add(String(word), nil) }
        self.phrases = phrases.mapValues { $0.sorted { $0.scalars.count > $1.scalars.count } }
    }

    /// A status word in a text.
    struct Match {
        var range: Range<Int>
        var status: Decision.Status
    }

    /// All status words, left to right and not overlapping, in a text made comparable by ``comparable(_:)``.
    func matches(in text: [Unicode.Scalar]) -> [Match] {
        var found: [Match] = []
        var index = 0
        while index < text.count {
            guard let phrase = phrase(in: text, at: index) else {
                index += 1
                continue
            }
            let end = index + phrase.scalars.count
            if let status = phrase.status { found.append(Match(range: index..<end, status: status)) }
            index = end
        }
        return found
    }

    private func phrase(in text: [Unicode.Scalar], at index: Int) -> Phrase? {
        guard let candidates = phrases[text[index]] else { return nil }
        return candidates.first { phrase in
            let end = index + phrase.scalars.count
            guard end <= text.count else { return false }
            for (offset, scalar) in phrase.scalars.enumerated() where text[index + offset] != scalar { return false }
            // An ASCII word must be a whole one; Japanese words have no such borders.
            if let first = phrase.scalars.first, first.isASCIIWord, index > 0, text[index - 1].isASCIIWord { return false }
            if let last = phrase.scalars.last, last.isASCIIWord, end < text.count, text[end].isASCIIWord { return false }
            return true
        }
    }

    /// The text as it is matched: NFKC, lower case, `_` and joining hyphens as spaces (`not_adopted`, `on-hold`).
    static func comparable(_ text: String) -> [Unicode.Scalar] {
        var scalars = Array(Folding.searchable(text).unicodeScalars)
        for index in scalars.indices {
            switch scalars[index] {
            case "_", "\t", "\u{3000}": scalars[index] = " "
            case "’": scalars[index] = "'"
            case "-":
                let isJoint =
                    index > 0 && index + 1 < scalars.count && scalars[index - 1].isASCIILetter
                    && scalars[index + 1].isASCIILetter
                if isJoint { scalars[index] = " " }
            default: break
            }
        }
        while scalars.first == " " { scalars.removeFirst() }
        while scalars.last == " " { scalars.removeLast() }
        return scalars
    }

    private static let builtIn: [(Decision.Status, String)] = [
        (
            .accepted,
            """
            accepted,accept,approved,approve,adopted,adopt,implemented,decided,final,finalized,finalised,ratified,agreed,\
            agreed upon,confirmed,active,living,current,in force,in effect,effective,enacted,endorsed,signed off,applied,\
            done,completed,complete,verified,validated,committed,published,merged,in use,live,\
            採用,採用済,採用済み,採択,採択済み,承認,承認済,承認済み,決定,決定済,決定済み,決裁済み,可決,合意,合意済み,確定,確定済み,\
            受理,受入,受け入れ,実装済,実装済み,適用中,適用済み,運用中,有効,施行,完了,已接受,已采纳,已批准,通过
            """
        ),
        (
            .proposed,
            """
            proposed,propose,proposal,draft,drafting,drafted,wip,work in progress,in progress,ongoing,pending,\
            pending approval,pending review,awaiting approval,awaiting review,awaiting decision,waiting for approval,\
            in review,under review,review,reviewing,in revision,under discussion,in discussion,discussion,discussing,\
            under consideration,considering,considered,rfc,request for comments,last call,open,idea,incomplete,undecided,\
            not decided,not yet decided,not finalized,not final,on hold,onhold,hold,postponed,deferred,delayed,parked,\
            paused,stalled,stagnant,submitted,candidate,tentative,provisional,unapproved,unaccepted,to be decided,\
            提案,提案中,提案済み,起案,起案中,起票,検討,検討中,要検討,審議中,議論中,協議中,調整中,相談中,レビュー中,レビュー待ち,レビュー,\
            確認中,確認待ち,保留,保留中,一時保留,延期,先送り,ドラフト,草案,草稿,下書き,素案,原案,作成中,執筆中,作業中,仮決定,暫定,\
            未承認,未決,未決定,未確定,未定,未採用,未採択,未合意,未決裁,未レビュー,承認待ち,承認前,承認依頼中,承認申請中,承認予定,採用予定,\
            採用検討中,採用候補,決定待ち,決定予定,決裁待ち,合意待ち,差し戻し,提议,草稿中
            """
        ),
        (
            .rejected,
            """
            rejected,reject,declined,denied,refused,withdrawn,withdrew,reverted,abandoned,cancelled,canceled,dropped,\
            discarded,dismissed,vetoed,disapproved,won't do,wont do,\
            won't fix,wontfix,won't implement,will not do,not doing,no go,aborted,scrapped,turned down,\
            却下,却下済み,否決,不採用,不採択,非採用,不承認,非承認,否認,棄却,取り下げ,取下げ,取下,取り止め,取りやめ,撤回,撤回済み,破棄,中止,\
            見送り,採用見送り,見送り済み,採用しない,採用せず,採用しなかった,承認しない,承認されず,承認されなかった,採用されず,採用されなかった,断念,\
            已拒绝,拒绝
            """
        ),
        (
            .deprecated,
            """
            deprecated,obsolete,obsoleted,retired,sunset,sunsetted,archived,expired,inactive,outdated,historic,\
            historical,discontinued,revoked,repealed,no longer valid,no longer accepted,no longer active,no longer applies,\
            no longer applicable,no longer relevant,no longer in effect,no longer in force,no longer used,out of date,\
            廃止,廃止済,廃止済み,非推奨,失効,失効済み,無効,無効化,陳腐化,引退,旧式,アーカイブ,アーカイブ済み,使用停止,廃案,终止,已弃用,已废弃
            """
        ),
        (
            .superseded,
            """
            superseded,superceded,superseeded,superceeded,supersede by,replaced,overridden,obsoleted by,succeeded by,\
            superseded by,superceded by,replaced by,overruled,\
            置換,置換済,置換済み,置き換え,置き換え済み,置き換えられ,置き換えられた,置換え,差し替え,差替え,差し替え済み,上書き,上書き済み,\
            更新により廃止,後継あり,已取代,被取代
            """
        ),
    ]

    /// Names of other things that hold a status word.
    private static let noStatus = """
        置換対象,置換元,置き換え対象,置き換え元,差し替え対象,上書き対象,上書き予定,廃止対象,廃止予定,承認者,決定者,決定日,承認日,採用日,提案者,提案日,\
        起案者,起案日,作成者,決定事項,決定内容,採用理由,却下理由,廃止理由,案件,案内,final decision maker,decision makers,reviewers,reviewer,not rejected,\
        not deprecated,not superseded,not obsolete,not replaced,not implemented,not yet implemented,not active,未実装,\
        to be implemented,implementation pending,not applied,not done,not in use,effectively,current state
        """
}
