#!/usr/bin/env bash
# Puts another Node beside this one and prints the directory of its executable: scripts/fetch-node.sh 22
# The npm package `node` fetches its binary in an install script, which many set-ups refuse; the packages
# of each platform, of which it is made, need no script.
set -euo pipefail

major=${1:?usage: scripts/fetch-node.sh MAJOR}
root=$(cd "$(dirname "$0")/.." && pwd)
cache=$root/.cache/node-$major
package=node-$(node -p 'process.platform + "-" + process.arch')

if [ ! -x "$cache/node_modules/$package/bin/node" ]; then
  mkdir -p "$cache"
  echo '{ "private": true }' > "$cache/package.json"
  npm install --prefix "$cache" --ignore-scripts --no-audit --no-fund --loglevel=error "$package@$major" >&2
fi
version=$("$cache/node_modules/$package/bin/node" --version)
case $version in
  "v$major."*) echo "$cache/node_modules/$package/bin" ;;
  *) echo "fetch-node: asked for $major, got $version" >&2; exit 1 ;;
esac
