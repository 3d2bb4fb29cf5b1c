#!/bin/sh
# Installs the system packages that invar is built with, only those that are absent.
set -eu
command -v swift >/dev/null || { echo "swift 6.3 is needed: https://www.swift.org/install" >&2; exit 2; }
if command -v dpkg >/dev/null; then
  missing=""
  for package in libcmark-gfm-dev libcmark-gfm-extensions-dev libsqlite3-dev pkg-config git; do
    dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
  done
  [ -n "$missing" ] || exit 0
  sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  echo "installing$missing"
  $sudo apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
elif command -v brew >/dev/null; then
  for package in cmark-gfm sqlite pkg-config; do
    brew list "$package" >/dev/null 2>&1 || brew install --quiet "$package"
  done
else
  pkg-config --exists libcmark-gfm sqlite3 || { echo "cmark-gfm and sqlite3 with their headers are needed" >&2; exit 2; }
fi
