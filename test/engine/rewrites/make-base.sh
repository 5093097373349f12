#!/bin/sh
# make-base.sh IMAGE: makes a base image with real package managers for rewrites.test.ts, which takes its name as
# SLIM_CHECK_REWRITE_BASE. Needs root, debootstrap, npm, an engine, and a network.
set -eu
image=${1:?name the image}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase bookworm "$root"
chroot "$root" apt-get install -y --no-install-recommends nodejs npm python3-pip python3-venv golang-go bundler composer git python3-poetry ca-certificates
npm install --prefix "$root/opt/js" --ignore-scripts pnpm@9 yarn@1 @yarnpkg/cli-dist @oven/bun-linux-x64-baseline
put() { printf '#!/bin/sh\nexec node /opt/js/node_modules/%s "$@"\n' "$2" >"$root/usr/local/bin/$1"; chmod 755 "$root/usr/local/bin/$1"; }
put pnpm pnpm/bin/pnpm.cjs
put yarn yarn/bin/yarn.js
put yarn4 @yarnpkg/cli-dist/bin/yarn.js
cp "$root/opt/js/node_modules/@oven/bun-linux-x64-baseline/bin/bun" "$root/usr/local/bin/bun"
rm -rf "$root/var/cache/apt/archives" "$root/var/lib/apt/lists" "$root/usr/share/doc"
tar -C "$root" --numeric-owner -c . | docker import -c 'ENV PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$image"
