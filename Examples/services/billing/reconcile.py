"""決済代行会社の明細とこちらの charges を比べ、差を当番に知らせる。読むだけで、何も直さない。"""

import csv
import logging
import os
import sys

import psycopg

log = logging.getLogger("billing.reconcile")


def differences(ours, theirs):
    """片方にしかない、または金額が違う参照番号。"""
    return sorted(ref for ref in ours.keys() | theirs.keys() if ours.get(ref) != theirs.get(ref))


def main(statement):
    with open(statement, newline="", encoding="utf-8") as file:
        theirs = {row["reference"]: int(row["amount"]) for row in csv.DictReader(file)}
    with psycopg.connect(os.environ["DATABASE_URL"]) as conn:
        ours = dict(conn.execute("SELECT provider_ref, amount_minor FROM charges WHERE state <> 'voided'"))
    found = differences(ours, theirs)
    for reference in found:
        log.error("charge differs reference=%s ours=%s theirs=%s", reference, ours.get(reference), theirs.get(reference))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "/var/lib/shop/statement.csv"))
