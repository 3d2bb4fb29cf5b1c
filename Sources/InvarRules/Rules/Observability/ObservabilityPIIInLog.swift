import InvarCore
import InvarSyntax

extension Rule {
    package static let observabilityPIIInLog = Rule(
        id: "observability/pii-in-log",
        title: Wording(en: "personal data or a secret in a log", ja: "ログに出力される個人情報・秘密情報"),
        why: Wording(
            en:
                "Logs are kept longer, copied further and read by more people than the data itself, and nobody deletes a person from them. Only values that are written are found (arguments and interpolations), never words of the message; masked and hashed values and ids are no harm. Tests, seeds and examples are left out.",
            ja:
                "ログは元のデータより長く残り、遠くまで複製され、多くの人の目に触れます。ログから特定の人の情報だけを消すこともできません。検出するのは出力される値（引数・埋め込み式）だけで、メッセージ中の単語は対象外です。マスク・ハッシュ化した値と ID は問題にしません。テスト・シード・サンプルは対象外です。"
        ),
        invariant: "INV-OPS-005", severity: .warning,
        violating: [
            Example(
                """
                import { logger } from "./logger";

                export async function remind(recipient: Recipient) {
                  await mailer.send(recipient);
                  logger.info(`Reminder mail sent to ${↓recipient.email}`);
                  logger.debug("phone is checked", { id: recipient.id, phone: ↓recipient.phoneNumber });
                }

                """, at: "src/remind.ts"),
            Example(
                """
                import logging

                log = logging.getLogger(__name__)


                def 登録(顧客):
                    log.info("登録しました: %s（%s）", 顧客.会員番号, ↓顧客.氏名)
                    log.warning(f"パスワードを再発行: {↓顧客.password}")

                """, at: "app/register.py"),
            Example(
                """
                class Login {
                    void ok(String username, String email) {
                        logger.debug(String.format("signed in username:%s, email:%s", username, ↓email));
                        log.atInfo().addKeyValue("token", ↓session.accessToken).log("session opened");
                    }
                }

                """, at: "src/main/java/Login.java"),
            Example("def call(user)\n  Rails.logger.info \"invited #{↓user.email}\"\nend\n", at: "app/services/invite.rb"),
        ],
        conforming: [
            Example(
                """
                logger.error("Failed to send the confirmation email");
                logger.info(`Mail to user ${user.id}: email address confirmed`);
                logger.info("invited", { emailId: invite.emailId, hasPhone: user.phone != null });
                // logger.info(user.email)
                mailer.send(user.email);

                """, at: "src/remind.ts"),
            Example(
                """
                import logging

                logging.info("宛先: %s", mask_email(user.email))
                logging.info("token の長さ: %d", len(token))
                logging.info("page done", extra={"next_page_token": next_page_token})
                logging.info("メールアドレス" if user.email else "電話番号")

                """, at: "app/notify.py"),
            Example("package x\n\nfunc f() {\n\tslog.Info(\"sent\", \"email_hash\", hash(u.Email), \"tokens\", maxTokens)\n}\n", at: "x.go"),
            Example("console.log(`テスト用の利用者: ${user.email} / ${user.password}`);\n", at: "prisma/seeds/users.ts"),
        ],
        matcher: .file(.text) { artifact, _ in matches(in: artifact) })

    private static func matches(in artifact: Artifact) -> [Match] {
        guard CodeLanguage(path: artifact.path) != nil, !ExemptPath.isExempt(artifact.path), !ExemptPath.isForeign(artifact.path),
            LogCall.mayOccur(in: artifact.bytes), PersonalData.cues.occur(in: artifact.bytes), let code = CodeText(artifact)
        else { return [] }
        let isLanguageTool = LanguageTool.isOne(artifact.path)
        return LogCall.all(in: code).flatMap { log -> [Match] in
            let values = LoggedValue.personal(in: log, code, isLanguageTool: isLanguageTool)
            return values.prefix(1).map { first in
                let names = values.map(\.expression)
                var match = artifact.match(over: first.span, message(names, log), hint: hint(first, artifact))
                match.key = "\(log.name) \(names.joined(separator: " "))"
                match.scope = artifact.lines.line(at: code.tokens[log.first].start)...artifact.lines.line(at: code.tokens[log.last].start)
                return match
            }
        }
    }

    private static func message(_ names: [String], _ log: LogCall) -> Wording {
        let named = names.prefix(3).map { String($0.prefix(60)) }
        return Wording(
            en: "\(log.name) writes \(named.joined(separator: ", ")) to the log",
            ja: "\(log.name) が \(named.joined(separator: "、")) をログに書き出します")
    }

    private static func hint(_ value: LoggedValue, _ artifact: Artifact) -> Wording {
        let line = artifact.lines.line(at: value.span.lowerBound)
        let range = artifact.lines.range(ofLine: line)
        var snippet = ""
        if value.span.upperBound <= range.upperBound {
            let before = String(decoding: artifact.bytes[range.lowerBound..<value.span.lowerBound], as: UTF8.self)
            let after = String(decoding: artifact.bytes[value.span.upperBound..<range.upperBound], as: UTF8.self)
            let expression = String(decoding: artifact.bytes[value.span], as: UTF8.self)
            snippet = (before + "mask(" + expression + ")" + after).filter { !$0.isNewline }
            snippet = "\n" + String(snippet.drop { $0 == " " || $0 == "\t" }.prefix(300))
        }
        return Wording(
            en: "log an id instead, or mask the value before it is written\(snippet)", ja: "代わりに ID を出力するか、マスクしてから出力してください\(snippet)")
    }
}

/// Files in which a token is a word of a language, not a secret.
private enum LanguageTool {
    private static let words: Set<String> = [
        "parser", "parsers", "lexer", "tokenizer", "tokenisation", "tokenization", "scanner", "syntax", "compiler", "grammar", "nlp", "llm", "ast", "markdown",
        "wallet", "swap", "dex", "erc20", "template", "expression", "parse", "lex", "interpreter", "sql", "query", "highlight", "lang",
    ]

    static func isOne(_ path: String) -> Bool {
        path.split(separator: "/").contains { CodeWords.of($0).contains { words.contains($0) } }
    }
}
