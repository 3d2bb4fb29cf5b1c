#!/usr/bin/env bash
# What action.yml runs: the reports first, then the check that decides. Exit code: that of `invar check`.
set -euo pipefail

invar=${INVAR:-invar}
options=(--root "${INVAR_ROOT:-.}" --fail-on "${INVAR_FAIL_ON:-error}")
if [ -n "${INVAR_BASE:-}" ]; then options+=(--base "$INVAR_BASE"); fi

command -v "$invar" >/dev/null || {
  echo "invar is not on the PATH: build it with 'make install', or name it with the input 'binary'" >&2
  exit 2
}

# A report is written whatever it holds; only "could not run" stops.
report() {
  local code=0
  "$invar" check "${options[@]}" "$@" || code=$?
  if [ "$code" -gt 1 ]; then exit "$code"; fi
}

if [ -n "${INVAR_SARIF:-}" ]; then report --format sarif --sarif-profile github --output "$INVAR_SARIF"; fi
if [ "${INVAR_SUMMARY:-true}" = true ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  report --format markdown >>"$GITHUB_STEP_SUMMARY"
fi
exec "$invar" check "${options[@]}" --format "${INVAR_FORMAT:-github}"
