#!/usr/bin/env bash
# Runs a command in a copy of the built repository as an ordinary user without name, groups or capabilities.
#   scripts/as-user.sh node test/container/inside.mjs
#   scripts/as-user.sh node node_modules/vitest/vitest.mjs run test/conformance
set -euo pipefail

[ "$(id -u)" = 0 ] || { echo 'as-user: only root can become another user' >&2; exit 77; }
[ "$#" -gt 0 ] || { echo 'usage: scripts/as-user.sh COMMAND [ARGUMENT...]' >&2; exit 64; }

root=$(cd "$(dirname "$0")/.." && pwd)
user=1234
node=$(dirname "$(readlink -f "$(node -p process.execPath)")")
# /tmp by its name: TMPDIR may be a directory that only root can enter.
copy=$(mktemp -d /tmp/pungi-as-user-XXXXXX)
trap 'rm -rf --one-file-system "$copy"' EXIT

cd "$root"
mkdir -p "$copy/repository" "$copy/home" "$copy/tmp"
tar --create --exclude=./.git --exclude=./.cache --exclude=./coverage --exclude=__pycache__ . | tar --extract --directory "$copy/repository"
chown -R "$user:$user" "$copy"
cd "$copy/repository"
setpriv --reuid="$user" --regid="$user" --clear-groups --inh-caps=-all --bounding-set=-all -- \
  env --ignore-environment HOME="$copy/home" TMPDIR="$copy/tmp" LANG=C.UTF-8 \
  PATH="$node:/usr/local/bin:/usr/bin:/bin" "$@"
