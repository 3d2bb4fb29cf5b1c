"""夜間の売上集計。CronJob nightly-sales-summary から毎日 02:00 に呼ばれる。"""

import logging
import os
import sys
from datetime import date, timedelta

import psycopg

log = logging.getLogger("nightly_sales_summary")


def rebuild_daily(conn, business_date):
    """1 日分だけを消して入れ直す。同じ日を何度流しても同じ結果になる。"""
    with conn.transaction():
        conn.execute("DELETE FROM sales_daily WHERE business_date = %s", (business_date,))
        conn.execute(
            """
            INSERT INTO sales_daily (business_date, currency, total_minor)
            SELECT %s, currency, sum(total_minor)
              FROM orders
             WHERE ordered_at::date = %s
             GROUP BY currency
            """,
            (business_date, business_date),
        )


def rebuild_monthly(conn):
    """月次の表を作り直す。"""
    conn.execute("DELETE FROM sales_monthly")
    conn.commit()
    rows = conn.execute(
        """
        SELECT to_char(ordered_at, 'YYYY-MM'), currency, sum(total_minor), count(*)
          FROM orders
         GROUP BY 1, 2
        """
    ).fetchall()
    for month, currency, total_minor, orders in rows:
        average = round(float(total_minor) / orders)
        conn.execute(
            "INSERT INTO sales_monthly (month, currency, total_minor, average_minor)"
            " VALUES (%s, %s, %s, %s)",
            (month, currency, total_minor, average),
        )
    conn.commit()


def main():
    logging.basicConfig(level=logging.INFO)
    if len(sys.argv) > 1:
        business_date = date.fromisoformat(sys.argv[1])
    else:
        business_date = date.today() - timedelta(days=1)
    with psycopg.connect(os.environ["DATABASE_URL"]) as conn:
        rebuild_daily(conn, business_date)
        rebuild_monthly(conn)
    log.info("sales summary finished business_date=%s", business_date)


if __name__ == "__main__":
    main()
