#!/bin/sh
# make-base.sh IMAGE: makes a base image with real package managers for rewrites.test.ts, which calls it, or takes an
# image by name from SLIM_CHECK_REWRITE_BASE. The files of Debian's packages are laid out and imported: no script of a
# package runs, and nothing of this machine changes. Needs root, apt-get, dpkg-deb, Node with npm, an engine, a network.
set -eu
image=${1:?name the image}
PACKAGES='dash bash coreutils sed grep findutils tar gzip debianutils libc-bin base-passwd passwd mawk libstdc++6
  ca-certificates git python3-pip python3-venv python3-poetry pipenv golang-go bundler composer elixir cargo
  default-jre-headless maven libmaven-dependency-plugin-java libmaven-resources-plugin-java libmaven-compiler-plugin-java
  libmaven-jar-plugin-java libmaven-install-plugin-java libmaven-deploy-plugin-java libmaven-site-plugin-java
  libmaven-clean-plugin-java libsurefire-java'
JS='pnpm@9.15.9 yarn@1.22.22 @yarnpkg/cli-dist@4.18.1'
# Never run here, and large.
LEFT_OUT='./usr/share/doc ./usr/share/man ./usr/share/locale ./usr/share/info ./usr/lib/go-*/pkg/*_race
  ./usr/lib/go-*/pkg/*_dynlink ./usr/lib/go-*/pkg/*_shared ./usr/share/go-*/test ./usr/lib/gcc/*/*/*san*
  ./usr/share/perl ./usr/lib/*/dri'
case $(uname -m) in
  x86_64) JS="$JS @oven/bun-linux-x64-baseline@1.4.5" ;;
  aarch64) JS="$JS @oven/bun-linux-aarch64@1.4.5" ;;
esac

work=$(mktemp -d)
trap 'wait; rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$work/lists/partial" "$work/debs/partial" "$root/usr/local/bin" "$root/opt/bin" "$root/root" "$root/proc"
mkdir -m 1777 "$root/tmp"
: >"$work/status"

# JavaScript's managers come meanwhile.
(npm install --prefix "$root/opt/js" --ignore-scripts --no-audit --no-fund --no-save $JS >"$work/npm.log" 2>&1 || touch "$work/npm.failed") &

# All that the packages depend on, as on a machine that has nothing yet.
apt() {
  apt-get -qq -o Dir::State::lists="$work/lists" -o Dir::State::status="$work/status" -o Dir::Cache="$work" \
    -o Dir::Cache::archives="$work/debs" -o APT::Sandbox::User=root "$@"
}
apt update >/dev/null
apt install -y --download-only --no-install-recommends $PACKAGES >/dev/null

for directory in bin sbin lib lib64; do mkdir -p "$root/usr/$directory"; ln -s "usr/$directory" "$root/$directory"; done
set -f
excludes=$(printf -- '--exclude=%s ' $LEFT_OUT)
set +f
export root excludes
lay_out='set -ef; for deb; do dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$root" --keep-directory-symlink $excludes; done'
printf '%s\0' "$work"/debs/*.deb | xargs -0 -P 2 -n 20 sh -c "$lay_out" lay-out
rm -rf "$work/debs"

# What the packages' scripts would do.
cp "$root/usr/share/base-passwd/passwd.master" "$root/etc/passwd"
cp "$root/usr/share/base-passwd/group.master" "$root/etc/group"
touch "$root/etc/shadow" "$root/etc/gshadow"
link() { [ -e "$root/usr/bin/$1" ] || ln -s "$2" "$root/usr/bin/$1"; }
link php php.default
link awk mawk
link cc gcc
link mvn ../share/maven/bin/mvn
for java in "$root"/usr/lib/jvm/*/bin/java; do [ -L "$(dirname "$(dirname "$java")")" ] || link java "${java#"$root"}"; done
for list in "$root"/usr/share/php*/*/*.ini; do
  [ -e "$list" ] || continue
  name=$(basename "$list")
  for settings in "$root"/etc/php/*/cli; do mkdir -p "$settings/conf.d"; cp "$list" "$settings/conf.d/20-$name"; done
done

# Not in /usr/local, which is compared.
node=$(node -p process.execPath)
cp -L "$node" "$root/opt/bin/node"
cp -RL "$(cd "$(dirname "$(readlink -f "$(command -v npm)")")/.." && pwd)" "$root/opt/npm"
wait
[ ! -e "$work/npm.failed" ] || { cat "$work/npm.log" >&2; exit 1; }
put() { printf '#!/bin/sh\nexec node %s "$@"\n' "$2" >"$root/opt/bin/$1"; chmod 755 "$root/opt/bin/$1"; }
put npm /opt/npm/bin/npm-cli.js
put pnpm /opt/js/node_modules/pnpm/bin/pnpm.cjs
put yarn /opt/js/node_modules/yarn/bin/yarn.js
put yarn4 /opt/js/node_modules/@yarnpkg/cli-dist/bin/yarn.js
mv "$root"/opt/js/node_modules/@oven/bun-*/bin/bun "$root/opt/bin/bun"
chroot "$root" /usr/sbin/ldconfig
chroot "$root" /usr/bin/env PATH=/usr/bin:/bin python3 -m venv /opt/venv
tar -C "$root" --numeric-owner -c . |
  docker import -c 'ENV PATH=/usr/local/bin:/opt/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8' - "$image"
