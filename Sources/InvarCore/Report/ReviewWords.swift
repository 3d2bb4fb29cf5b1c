/// What a review says in sentences, the same in every format.
struct ReviewWords {
    let language: Language

    func pick(_ en: String, _ ja: String) -> String { language.pick(en: en, ja: ja) }

    /// What kind of thing is touched, by how hard it is to take back.
    func irreversibility(_ rank: Int) -> String {
        switch rank {
        case 0: pick("Schema: cannot simply be undone", "スキーマ（簡単には戻せない）")
        case 1: pick("Data: what is lost stays lost", "データ（失うと戻らない）")
        case 2: pick("Deployment", "デプロイ")
        default: pick("Others", "その他")
        }
    }

    func kind(_ kind: ReviewReport.Because.Kind) -> String {
        switch kind {
        case .finding: pick("finding", "指摘")
        case .path: pick("path", "対象範囲")
        case .mention: pick("mention", "言及")
        case .text: pick("words", "内容")
        }
    }

    /// Who is to answer a question.
    func audience(_ audience: [Invariant.Audience]) -> String {
        audience.map { audience in
            switch audience {
            case .ci: "CI"
            case .ai: "AI"
            case .human: pick("people", "人")
            }
        }.joined(separator: "/")
    }

    func verdict(_ verdict: ReviewAnswer.Verdict) -> String {
        switch verdict {
        case .threatens: pick("threatens", "脅かす")
        case .justified: pick("justified", "正当化される")
        case .unclear: pick("unclear", "判断できない")
        }
    }

    /// The first sentence: what was looked at, and how much of it concerns invariants.
    func summary(_ report: ReviewReport) -> String {
        let files = report.patch.files.count
        guard files > 0 else { return pick("The change is empty: nothing to review.", "変更がないため、確認することはありません。") }
        let all = report.touched.count + report.untouched.count
        guard !report.touched.isEmpty else {
            return pick(
                "\(files) changed \(files == 1 ? "file touches" : "files touch") none of \(all) invariants.", "変更 \(files) ファイルは、\(all) 件のインバリアントのいずれにも触れていません。"
            )
        }
        return pick(
            "\(files) changed \(files == 1 ? "file touches" : "files touch") \(report.touched.count) of \(all) invariants.",
            "変更 \(files) ファイルが、\(all) 件のうち \(report.touched.count) 件のインバリアントに触れています。")
    }

    func untouched(_ report: ReviewReport) -> String? {
        guard !report.untouched.isEmpty else { return nil }
        return report.untouched.joined(separator: ", ")
    }

    /// What the review could not look at.
    func gaps(_ report: ReviewReport) -> [String] {
        var lines = report.patch.problems.map { problem in
            problem.line > 0
                ? pick("line \(problem.line) of the patch: \(problem.message)", "パッチの \(problem.line) 行目: \(problem.message)")
                : pick("the patch: \(problem.message)", "パッチ: \(problem.message)")
        }
        if !report.unchecked.isEmpty {
            let names = report.unchecked.prefix(10).joined(separator: ", ") + (report.unchecked.count > 10 ? ", …" : "")
            lines.append(
                pick(
                    "\(report.unchecked.count) \(report.unchecked.count == 1 ? "file was" : "files were") not checked by rules, since the work tree has another version: \(names)",
                    "作業ツリーの版と合わないため、\(report.unchecked.count) ファイルにはルールを適用していません: \(names)"))
        }
        let silent = report.patch.files.filter { $0.content == .binary || $0.content == .submodule }
        if !silent.isEmpty {
            let names = silent.prefix(10).map(\.path).joined(separator: ", ") + (silent.count > 10 ? ", …" : "")
            lines.append(pick("binary files and submodules, of which only the names are known: \(names)", "バイナリとサブモジュール（名前だけを見ています）: \(names)"))
        }
        return lines
    }

    /// `3 of 5 comments of the reviewer hold`.
    func answer(_ answer: ReviewAnswer) -> String {
        let all = answer.accepted.count + answer.rejected.count
        return pick(
            "\(answer.accepted.count) of \(all) comments of the reviewer could be confirmed.", "レビュアーのコメント \(all) 件のうち、\(answer.accepted.count) 件を確認できました。")
    }
}
