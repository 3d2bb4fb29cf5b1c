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
say() { printf '\n\033[1m$ invar %s\033[0m\n' "$*"; "$binary" "$@" --today "$today"; }
say index 2>/dev/null
say why INV-OPS-002
say list exceptions --expiring 30
say search 再試行 --limit 3
