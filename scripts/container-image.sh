#!/usr/bin/env bash
# Makes the root file system of the container tests: Debian, its python3 and the node that runs this.
# Prints the path of a tar archive for `docker import`; the archive is kept between calls. Needs root.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
suite=${PUNGI_CONTAINER_SUITE:-bookworm}
packages=python3,libstdc++6,libatomic1
node=$(readlink -f "$(node -p process.execPath)")

for tool in debootstrap tar; do
  command -v "$tool" >/dev/null || { echo "container-image: $tool is missing; apt-get install $tool" >&2; exit 69; }
done
[ "$(id -u)" = 0 ] || { echo 'container-image: debootstrap needs root' >&2; exit 77; }

key=$(printf '%s' "$suite $packages $("$node" --version) $(dpkg --print-architecture)" | sha256sum | cut -c1-12)
cache=$root/.cache/container
archive=$cache/image-$key.tar
if [ -s "$archive" ]; then
  echo "$archive"
  exit 0
fi

# The mirror that apt already uses here; without one debootstrap takes its own default.
mirror=$(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 2>/dev/null | awk -v suite="$suite" '$1 == suite { print $2; exit }')

mkdir -p "$cache/packages"
tree=$(mktemp -d "${TMPDIR:-/tmp}/pungi-image-XXXXXX")
trap 'rm -rf --one-file-system "$tree" "$archive.part"' EXIT

debootstrap --variant=minbase --cache-dir="$cache/packages" --include="$packages" "$suite" "$tree" ${mirror:+"$mirror"} >&2
install -m 755 "$node" "$tree/usr/local/bin/node"
rm -rf "$tree"/var/cache/apt/* "$tree"/var/lib/apt/lists/* "$tree"/usr/share/doc/*
tar --create --file "$archive.part" --directory "$tree" --numeric-owner --exclude=./proc/* --exclude=./sys/* --exclude=./dev/* .
mv "$archive.part" "$archive"
echo "$archive"
