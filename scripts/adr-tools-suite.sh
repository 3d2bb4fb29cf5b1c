#!/bin/sh
# Runs the public tests of adr-tools against scripts/adr: adr-tools-suite.sh CHECKOUT [BINARY]. They stay where they are.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
tests=$(cd "$1/tests" && pwd)
binary=${2:-$here/.build/debug/invar}
binary=$(cd "$(dirname "$binary")" && pwd)/$(basename "$binary")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$here/scripts/adr" "$here/scripts/_adr_autocomplete" "$binary" "$work/bin"
passed=0 failed=0
for test in "$tests"/*.sh; do
  name=$(basename "$test" .sh)
  mkdir "$work/$name"
  (cd "$work/$name" && PATH=$work/bin:/bin:/usr/bin:$tests ADR_DATE=1992-01-12 VISUAL='' EDITOR='' PS4='+ ' /bin/sh -v "$test") >"$work/output" 2>&1 || true
  if cmp -s "$work/output" "$tests/$name.expected"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "$name differs:"
    diff "$tests/$name.expected" "$work/output" || true
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
