#!/bin/sh
# Shows in a screenful what invar is for, on a copy of Examples/.
set -eu
binary=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
today=$2
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$here/Examples/." "$work"
cd "$work"
bold=$(printf '\033[1m') plain=$(printf '\033[0m')
[ -t 1 ] || { bold="" plain=""; }
say() {
  echo
  echo "$bold# $1$plain"
  shift
  echo "$bold\$ invar $*$plain"
  "$binary" "$@" --today "$today"
}
say "Invariants, decisions and notes are read from Markdown." index
say "This code charges a card without an idempotency key. Which decision allows that, and does it still hold?" \
  why services/billing/charge_client.py:12
say "What threatens an invariant, and which decision excuses it?" check db docs/design || test $? -eq 1
echo
echo "More: README.md, \`cd Examples && invar why INV-OPS-002\`, \`invar --help\`"
