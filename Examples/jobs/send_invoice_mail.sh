#!/bin/sh
# 未送信の請求書をメールで送る（ADR-0008）。バッチホストの cron から呼ばれる。
set -eu

state=/tmp/send_invoice_mail.last_id
last_id=$(cat "$state" 2>/dev/null || echo 0)

psql "$DATABASE_URL" -At -c "SELECT id FROM invoices WHERE id > $last_id ORDER BY id" |
while read -r id; do
    curl -fsS -X POST "https://mail.example.com/v1/messages" \
        -H "Authorization: Bearer $MAIL_TOKEN" \
        -d "template=invoice" -d "invoice_id=$id" >/dev/null
    echo "$id" >"$state"
    echo "sent invoice=$id"
done
