/// Everything that words can mean to a review: topics of operation, concepts of business, words of the invariants
/// themselves.
struct ReviewVocabulary: Sendable {
    private(set) var matcher = TermMatcher()
    /// By term.
    private(set) var meanings: [[Meaning]] = []
    /// The number of subjects: concepts and words that invariants may have in common with a change.
    private(set) var subjects = 0
    /// The first subjects are concepts.
    private var concepts = 0

    enum Meaning: Sendable {
        case topic(Topic, TopicVocabulary.Realm, strength: Double)
        /// A concept of business or a word of an invariant; `weight` is 1, or less for a part of a word.
        case subject(Int, weight: Double)
    }

    init() {
        for entry in TopicVocabulary.entries { add(entry.phrase, .topic(entry.topic, entry.realm, strength: entry.strength)) }
        for line in BusinessVocabulary.text.split(separator: "\n") {
            let subject = subjects
            subjects += 1
            for form in line.split(separator: "\t") { add(String(form).trimmingBlanks, .subject(subject, weight: 1)) }
        }
        concepts = subjects
    }

    /// Lets a project's glossary say which words mean the same.
    mutating func add(glossary text: String) {
        var glossary = Glossary()
        glossary.add(text)
        for concept in glossary.concepts {
            let known = concept.forms.compactMap { meanings(of: $0) }.first ?? []
            var wanted = known.filter { if case .subject = $0 { true } else { false } }
            if wanted.isEmpty {
                wanted = [.subject(subjects, weight: 1)]
                subjects += 1
            }
            for form in concept.forms { for meaning in wanted { add(form, meaning) } }
        }
        concepts = subjects
    }

    /// Makes a word of an invariant one that a change can be matched with.
    mutating func addWord(_ word: String, weight: Double) {
        guard let term = matcher.add(word) else { return }
        grow()
        // Words of operation are weighed as topics, those of business as concepts.
        guard meanings[term].isEmpty else { return }
        meanings[term].append(.subject(subjects, weight: weight))
        subjects += 1
    }

    /// Whether a subject is a concept of business rather than a word of some invariant.
    func isConcept(_ subject: Int) -> Bool { subject < concepts }

    private func meanings(of form: String) -> [Meaning]? {
        var copy = matcher
        guard let term = copy.add(form), term < meanings.count else { return nil }
        return meanings[term]
    }

    private mutating func add(_ phrase: String, _ meaning: Meaning) {
        guard let term = matcher.add(phrase) else { return }
        grow()
        meanings[term].append(meaning)
    }

    private mutating func grow() {
        while meanings.count < matcher.count { meanings.append([]) }
    }

    /// Stems and Japanese words that stand in any text about software, and so tell nothing.
    static let general: Set<String> = {
        let english = """
            about above after again against all also always and any are because been before being between both but can could does done each either every few first for from
            get give had has have held hold how however into its itself just keep kept last least less like made make many may mean might more most must name need never
            new next none not nothing now off often one only other our out over own part per place put same see set shall should side since some still such take than that
            the their them then there these they thing this those through time too two under until upon use used user using value very want was well were what when where
            whether which while who whole will with within without work would you your application app apps service services system systems server servers code file files
            data database change changes changed version versions test tests process processes processing function method class object item items list type types key keys
            state number string text line lines result results run runs running start started stop stopped show shown add added remove removed update updated create created
            read write call calls called return returns check checks team teams project product environment production config configuration setting settings default
            option options input output error errors fail fails failed failure success problem cause reason question answer rule rules note notes document documents
            allow allowed require required support supported provide provided handle handled ensure possible available different exist exists example case cases end
            content contents request requests response responses api apis web page pages client clients url path paths param params parameter parameters model models
            day days week month year date times minute second seconds hour instead behind side released releases effect anyone everything leave leaves left belong belongs
            store stored stores keep carry carries come comes happen happens appear appears written lead leads mobile mandatory rename renamed endpoint field fields
            """
        let japanese = """
            こと もの とき ため 場合 処理 変更 対応 実装 設計 機能 画面 管理 情報 設定 確認 実行 使用 利用 方法 内容 結果 状態 状況 必要 可能 原則 禁止 前提 意識 説明 存在 手順 記載 明示 理由 対象 \
            全体 一部 最低 限の 重大 致命 整合 成立 開発 運用 環境 本番 番号 最初 最後 以上 以下 同時 同じ 方式 判断 追加 更新 作成 登録 取得 表示 入力 出力 関連 値の 不整 合性 責任 担当 チーム \
            システム アプリケーション アプリ データ ファイル サーバー サーバ プロセス サービス ユーザー コード テスト バージョン リスト ページ エラー キー フラグ
            """
        let words = english.split { $0 == " " || $0 == "\n" }.map { Stemmer.stem(String($0)) }
        return Set(words + japanese.split { $0 == " " || $0 == "\n" }.map(String.init))
    }()

    /// The words of a text that may tell its subject: English stems, katakana words, pairs of kanji.
    static func subjects(of pieces: Pieces) -> [(word: String, weight: Double)] {
        var found: [(String, Double)] = []
        for word in pieces.words where word.utf8.count >= 4 && !general.contains(Stemmer.stem(word)) && !word.utf8.allSatisfy(IdentifierScanner.isDigit) {
            found.append((word, 1))
        }
        for run in pieces.runs {
            for stretch in run.split(whereSeparator: { !isKatakana($0) }) where stretch.count >= 3 { append(stretch, 1) }
            for stretch in run.split(whereSeparator: { !isKanji($0) }) where stretch.count >= 2 {
                for index in stretch.indices.dropLast() { append(stretch[index...(index + 1)], stretch.count == 2 ? 1 : 0.6) }
            }
        }
        func append(_ scalars: ArraySlice<UInt32>, _ weight: Double) {
            let word = String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
            if !general.contains(word) { found.append((word, weight)) }
        }
        return found
    }

    private static func isKatakana(_ scalar: UInt32) -> Bool { (0x30A1...0x30FA).contains(scalar) || scalar == 0x30FC }
    private static func isKanji(_ scalar: UInt32) -> Bool { (0x4E00...0x9FFF).contains(scalar) || (0x3400...0x4DBF).contains(scalar) || scalar == 0x3005 }
}
