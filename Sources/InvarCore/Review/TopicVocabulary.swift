/// By which words a topic is recognised: in prose (invariants, design documents), in code, in configuration.
///
/// The words follow from what the tools of operation are called, not from any set of examples. A phrase is matched word
/// by word: names are taken apart (`emptyDir`, `EMPTY_DIR` and `empty-dir` are the same two words), English words by
/// their stems, Japanese ones as they are.
enum TopicVocabulary {
    /// Where words stand.
    enum Realm: String {
        /// Natural language; words that say it outright.
        case prose
        /// Natural language; words that say it only where nothing else in the sentence says something.
        case hint
        case code, config
        /// Commands, in scripts and the steps of pipelines.
        case command
    }

    /// One phrase with what it says.
    struct Entry {
        var topic: Topic
        var realm: Realm
        /// 0 to 1: how sure a change that holds it is about the topic.
        var strength: Double
        var phrase: String
    }

    static let entries: [Entry] = tables.flatMap { topic, text in
        text.split(separator: "\n").flatMap { line -> [Entry] in
            let parts = line.split(separator: ":", maxSplits: 1)
            let head = parts[0].split(separator: " ")
            guard parts.count == 2, let realm = head.first.flatMap({ Realm(rawValue: String($0)) }) else { return [] }
            let strength = head.count > 1 ? Double(head[1]) ?? 1 : 1
            return parts[1].split(separator: ",").map { phrase in
                Entry(topic: topic, realm: realm, strength: strength, phrase: phrase.trimmingPrefix { $0 == " " }.description)
            }
        }
    }

    private static let tables: [(Topic, String)] = [
        (
            .schema,
            """
            prose: schema, schema change, migration, ddl, table definition, column, expand and contract, database change, スキーマ, マイグレーション, DDL, テーブル定義, カラム, 列の追加, 列の削除, 列を追加, 列を削除, 列や
            hint: table, index, テーブル, インデックス
            code 0.9: alter table, create table, drop table, add column, drop column, rename column, create index, drop index, add index, rename table, alter column, change column, remove column, create type, alter type, add constraint, drop constraint, add reference, add foreign key, schema migration
            config 0.7: ddl auto, auto migrate, flyway, liquibase
            command 0.8: db migrate, migrate deploy, alembic upgrade, flyway migrate, migrate up, liquibase update, manage py migrate, schema load, db push
            """
        ),
        (
            .data,
            """
            prose: data loss, lose data, never lost, deletes, delete, deletion, deleted, purge, truncate, irrecoverable, soft delete, brought back, backup, restore, retention, overwrite, wipe, 削除, 全件削除, 消した, 消さない, 消す, 消して, 上書き, データ消失, 論理削除, 物理削除, 洗い替え, バックアップ, 復元, リストア, 保持期間, 書き換え, 欠損, 復旧, 消去, 破棄, 空にする, 入れ直, 取り込み直
            hint: archive, record, 保存, 投入
            code 1: delete from, truncate table, drop table, drop database, drop collection, delete all, delete many, destroy all, bulk delete, hard delete, force delete, delete in batch, remove all data, flush all, flush db, rm rf, soft delete, deleted at, delete all in batch, update all, update many, unlink all
            code 0.5: delete, destroy, purge, backup, restore, overwrite, retention, wipe, erase
            config 0.9: prevent destroy, force destroy, deletion protection, skip final snapshot, backup retention, backup window, point in time recovery, lifecycle rule, expiration, retention policy, reclaim policy, deletion policy, backup, restore, versioning configuration, bucket versioning, versioning enabled
            command 0.9: pg dump, pg restore, mysqldump, rm rf, dropdb, terraform destroy, aws s3 rm, s3 sync delete
            """
        ),
        (
            .deploy,
            """
            prose: deploy, deployment, rollout, rolled out, canary, blue green, rolling update, feature flag, gradually, デプロイ, カナリア, ブルーグリーン, 段階的, フィーチャーフラグ, 配備, 公開は
            hint: revert, roll back, rollback, ロールバック, 切り戻し, release, previous version, 公開, 戻せる, 戻し方, リリース, 前の版, 旧版, 巻き戻, 入れ替え
            code 0.6: feature flag, feature toggle, launch darkly, unleash, feature enabled, is feature enabled, rollout
            config 1: strategy, rolling update, max unavailable, max surge, recreate, canary, blue green, set weight, auto promotion enabled, auto promotion, rollout, progress deadline seconds, revision history limit, minimum healthy percent, maximum percent, deployment circuit breaker, deployment controller, force new deployment, traffic, rollback, pre upgrade, update config, deploy
            command 1: helm upgrade, helm install, helm rollback, kubectl apply, kubectl delete, kubectl rollout, kubectl replace, kubectl set, kubectl scale, terraform apply, ecs deploy, update service, docker compose up, cap production deploy, serverless deploy, argocd app sync
            command 0.6: deploy
            config 0.6: feature flag, flag, image, environment production
            """
        ),
        (
            .job,
            """
            prose: batch, job, cron, scheduled job, nightly, scheduler, etl, バッチ, ジョブ, 夜間処理, 定期処理, 定期実行, 締め処理, 日次, 月次, 夜間, クーロン, 集計処理, 毎晩, 毎朝, 深夜, 定時に, 定期的に
            hint: rerun, re run, 再実行, やり直, 途中から
            code 0.9: fixed rate, fixed delay, cron, crontab, celery beat, periodic task, beat schedule, schedule job, add job, dag, sidekiq, active job, perform later, tasklet, item writer, item reader, job builder, step builder, spring batch, quartz, every day at, schedule every, every day, set interval, run every
            code 0.4: scheduled, job, batch
            config 1: cron job, schedule, cron, concurrency policy, starting deadline seconds, backoff limit, active deadline seconds, schedule interval, catchup, max active runs, depends on past, successful jobs history limit, failed jobs history limit, kind job, on calendar, schedule expression, ttl seconds after finished
            config 0.7: suspend, completions, crontab, batch, job
            """
        ),
        (
            .repetition,
            """
            prose: idempotent, idempotency, retry, retried, same event twice, twice, duplicate, duplicates, redelivery, redelivered, resend, at least once, exactly once, dedupe, deduplicate, second effect, webhook, 冪等, べき等, ベキ等, リトライ, 再試行, 重送, 再送, 二重, 二度, 二回, 重複, 同じメッセージ, 何度受け取っても, 送り直, 再投入, 少なくとも一回, 突合, 引き当て
            hint: message, event, consumer, handler, again, メッセージ, イベント, 電文, 更新系
            code 1: idempotency key, idempotent, idempotency, dedup, deduplicate, dedupe, already handled, already processed, processed has, processed contains, seen has, seen contains, if seen, if not seen, is processed, was processed, processed event, processed events, processed message, exactly once, at least once, upsert, on conflict, insert ignore, first or create, find or create
            code 0.5: message id, event id, increment by, incr by, retry count
            code 0.7: webhook
            code 0.4: insert into
            code 0.9: post mapping, put mapping, patch mapping, delete mapping, router post, router put, router patch, router delete, app post, app put, app patch, app delete, r post, r put, r patch, r delete, e post, e put, mux post, group post, api post, methods post, method post, method put, method patch, http post, http put, http patch, http delete, blueprint post, fastify post, server post, route post, kafka listener, rabbit listener, sqs listener, jms listener, on message, message handler, event handler, handle event, handle message, consumer, consume, subscriber, redelivery, retry, retries, retryable, with retry, backoff, max attempts, max retries, attempts, ack, nack, acknowledge, auto ack, enqueue, requeue, dead letter
            code 0.8: create charge, create refund, create payment, payment intent, charges create, refunds create, payouts create, send mail, send sms, requests post, http client post, axios post, client post, publish, producer send
            config 0.9: retry, retries, max attempts, max retries, retry policy, backoff, retry on, num retries, per try timeout, dead letter, redrive policy, max receive count, visibility timeout, ack, auto ack, auto commit, enable auto commit, delivery semantics, idempotence, enable idempotence, idempotency, webhook, content based deduplication, fifo queue, attempts
            """
        ),
        (
            .restart,
            """
            prose: restart, restarted, restartable, stateless, keep no state, state of their own, local disk, local file, in memory, process memory, graceful shutdown, sigterm, ephemeral, stopped at any time, stop at any time, crash, temporary file, 再起動, ローカルディスク, ローカルファイル, ローカルのファイル, 一時ファイル, メモリだけ, メモリに, メモリ上, 永続状態, ステートレス, 落ちても, 停止の合図, 停止シグナル, プロセスのメモリ, 終了処理, 揮発, 落ちた, 落ちると, 強制終了, クラッシュ, ローカルに保存, ファイルに書き, サーバーのディスク, サーバのディスク
            hint: session, instance, process, pod, セッション, プロセス, インスタンス
            code 1: sigterm, graceful shutdown, memory store, in memory, shutdown hook, add shutdown hook, signal notify, notify context, pre stop, local storage dir
            code 0.5: tmp
            code 0.4: tempfile, temporary directory
            code 0.8: write bytes, write lines, write string, write all text, write all bytes, files write, files copy, file write, file create, fs write, file put contents, move uploaded file, static final map, static map, static dictionary, static concurrent, healthz, readyz, liveness, readiness, health check, write file, write file sync, write text, append file, create write stream, file output stream, file writer, os create, os write file, io util write file, ioutil write file, pickle dump, shelve, sqlite, sqlite3, bolt, leveldb, session store, session middleware, shutdown, process exit, os exit, system exit, sync map, concurrent hash map, lazy static, process on, at exit, local cache dir, stop timeout, drain
            config 1: empty dir, host path, persistent volume claim, volume claim templates, tmpfs, restart policy, liveness probe, termination grace period seconds, termination grace period, stop timeout, session affinity, pre stop, post start, stop grace period, stop signal, lifecycle, stateful set, ephemeral storage, kill mode, timeout stop sec, shutdown
            config 0.8: volumes, volume, volume mounts, mount path, restart, readiness probe, startup probe, healthcheck, health check, session store, store type, data dir, data directory, local path, storage, sqlite, claim name, read only root filesystem
            """
        ),
        (
            .availability,
            """
            prose: availability, available, timeout, circuit breaker, loss of one instance, single point of failure, failover, redundant, redundancy, replica, overload, rate limit, back pressure, zero downtime, health check, unavailable, 可用性, タイムアウト, サーキットブレーカー, 冗長, 単一障害点, フェイルオーバー, レプリカ, 過負荷, 流量制限, 縮退, 無停止, ヘルスチェック, 応答時間
            hint: capacity, instance, 停止, 性能
            code 0.9: timeout, timeouts, circuit breaker, rate limit, rate limiter, bulkhead, max connections, pool size, with timeout, connect timeout, read timeout, deadline, fallback, load shedding, keep alive
            config 0.9: timeout, replicas, min replicas, max replicas, horizontal pod autoscaler, pod disruption budget, min available, anti affinity, pod anti affinity, topology spread constraints, desired count, min size, max size, multi az, availability zones, instance count, connect timeout, read timeout, max connections, pool size, circuit breaker, rate limit, max unavailable, readiness probe, liveness probe, healthcheck, failover
            config 0.6: resources, limits, requests, cpu, memory
            """
        ),
        (
            .observability,
            """
            prose: log, logs, logged, logging, metric, metrics, alert, alerts, monitor, monitoring, trace, tracing, observability, observable, dashboard, troubleshoot, root cause, ログ, メトリクス, メトリック, アラート, 監視, 観測, 観測性, トレース, トラブルシュート, 原因を後から, 後から追える
            hint: failure, cause, 原因, 追える, 記録, 検知
            code 0.9: logger error, logger warn, logger warning, logger info, logger debug, logger fatal, logger exception, logger critical, logger trace, logger with, logger log, logger level, log error, log warn, log warning, log info, log debug, log fatal, log printf, log println, log exception, log errorf, log infof, log warnf, log debugf, log fatalf, log printf, slog, zap, log with, sentry, capture exception, capture message, prometheus, statsd, histogram, gauge, metrics inc, metrics increment, metrics record, metrics counter, metrics timing, create counter, new counter, counter add, counter vec, micrometer, tracer, open telemetry, otel, mdc, correlation id, trace id, log level, record exception, start span, new relic, datadog, counter inc, increment counter, histogram observe
            code 0.4: logger, get logger, metrics, metric
            code 0.7: console log, console error, console warn, error log, print stack trace, printk, counter, span, alert manager, request id, puts stderr, eprintln
            config 0.9: alert, alerts, alerting, log level, logging, root level, prometheus rule, service monitor, scrape configs, scrape interval, log driver, log opts, retention in days, alarm, metric name, comparison operator, pager duty, otel, opentelemetry, sampling ratio, appender, log group, loki, fluentd, fluent bit, datadog, sentry, dashboard
            config 0.6: runbook url
            """
        ),
        (
            .privacy,
            """
            prose: pii, personal data, personal information, health data, contact data, sensitive data, sensitive, gdpr, mask, masked, anonymise, pseudonymise, confidential, privacy, PII, 個人情報, センシティブ, 機微, 氏名, 住所, 電話番号, マスク, 匿名化, 要配慮
            code 0.9: pii, mask, masked, redact, redacted, anonymize, anonymise, pseudonymize, set user, personal data, gdpr, scrub
            config 0.9: redact, mask, pii, scrub, send default pii, anonymize
            """
        ),
        (
            .secrets,
            """
            prose: secret, secrets, credential, credentials, password, api key, vault, private key, 秘密情報, 秘密鍵, パスワード, 資格情報, 認証情報, 接続文字列, シークレット, 鍵・, 鍵を
            code 0.6: secret key, private key, access key, client secret, connection string, secrets manager, secret manager, signing key
            code 0.3: api key, credentials, password, vault
            config 0.9: secret, secrets, password, api key, secret key, private key, access key, client secret, credentials, connection string, database url, vault, secret key ref, secret name, external secret, passwd
            """
        ),
        (
            .access,
            """
            prose: authorised, authorized, authorisation, authorization, authentication, authenticated, permission, permissions, access control, least privilege, audit trail, audit log, tenant isolation, 認可, 認証, 権限, アクセス制御, 監査, 暗号化, 最小権限, テナント分離, 閲覧
            code 0.8: authorize, authorise, authorized, authenticate, authenticated, authorization, permission, permissions, has permission, has role, require auth, require role, login required, permission required, pre authorize, roles allowed, rbac, acl, allow any, permit all, csrf, cors, audit, audit log, audit trail, insecure skip verify, current user, can access, is admin, skip before action, before action, allow anonymous, current tenant, tenant id
            config 0.8: rbac, role, cluster role, role binding, permissions, privileged, run as user, run as non root, allow privilege escalation, security context, capabilities, network policy, cidr blocks, ingress cidr, public access, publicly accessible, acl, iam, assume role, tls, verify ssl, insecure, authentication, authorization, cors, allowed origins
            """
        ),
        (
            .contract,
            """
            prose: released client, released clients, backward compatible, backwards compatible, breaking change, public api, api version, endpoint, endpoints, response field, api contract, deprecated field, released mobile app, エンドポイント, レスポンス, クライアントアプリ, 外部仕様, 電文形式, インターフェース仕様, 外部公開
            hint: compatible, compatibility, client, clients, contract, version, api, 互換, 互換性, クライアント, API
            code 0.5: api version, deprecated, json ignore, json property, serializer fields, fields
            """
        ),
        (
            .time,
            """
            prose: utc, time zone, timezone, local time, clock, daylight saving, timestamp, タイムゾーン, 協定世界時, 現地時刻, 時差, 日時は, 時刻は, 日本時間, 業務日付
            code 0.8: utc, timezone, time zone, astimezone, as timezone, tz, tzinfo, zone id, zoned date time, local date time, offset date time, utcnow, datetime now, strptime, fromtimestamp, from timestamp, time now, local time, in time zone, date now, parse date
            config 0.8: timezone, time zone, tz
            """
        ),
        (
            .concurrency,
            """
            prose: concurrent, concurrency, lock, locking, race condition, transaction, isolation level, lost update, optimistic, 排他, ロック, トランザクション, 同時更新, 競合, 楽観, 分離レベル, 原子性
            code 0.8: mutex, for update, advisory lock, optimistic lock, pessimistic lock, lock version, transactional, select for update, isolation, isolation level, with lock, synchronized, compare and swap, begin transaction, atomic, transaction
            config 0.7: isolation level, lock timeout, deadlock timeout, concurrency
            """
        ),
        (
            .money,
            """
            prose: amount of money, amounts of money, rounding, currency, minor units, invoice total, 金額, 端数, 消費税, 税額, 丸め, 通貨
            code 0.8: big decimal, decimal, rounding mode, round half up, to fixed, math round, tax rate, rounding, currency, float amount, amount float
            code 0.4: amount, price, total
            config 0.6: tax rate, currency, rounding
            """
        ),
        (
            .cache,
            """
            prose: cache, cached, caching, stale, キャッシュ
            code 0.8: cache, cached, cacheable, cache evict, cache put, ttl, invalidate cache, memcached, cache control, cache key
            config 0.8: cache, ttl, cache control, max age, eviction policy, maxmemory policy
            """
        ),
        (
            .dependency,
            """
            prose: dependency, dependencies, third party library, pinned, pin versions, lock file, supply chain, image digest, 依存ライブラリ, 依存関係, 依存パッケージ, バージョンを固定, サプライチェーン, 脆弱性
            config 0.6: dependencies, image, uses
            """
        ),
    ]
}
