#!/usr/bin/env bash
# make-bases.sh PREFIX SCALE NAME…: imports stand-ins for base images, as PREFIX/NAME.
# A stand-in has the applets of busybox, the programs of stand-ins/ in place of apt-get, pip, uv, python, npm, pnpm, node and next, and
# a filler: it has SCALE percent of the real image's size, and so has all that its programs install. They install at the pace of a
# network of NETWORK MB/s (100), at full size.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
prefix=$1 scale=$2
shift 2
busybox=$(command -v busybox)
applets=$("$busybox" --list)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Compresses about 3:1: each 96 bytes are 32 random ones and 64 of text.
node -e '
const {createHash} = require("crypto"), size = Number(process.argv[1]) * 1024, pieces = []
let made = 0, seed = Buffer.alloc(32)
while (made < size) {
  seed = createHash("sha256").update(seed).digest()
  const piece = Buffer.concat([seed, Buffer.from("  return self._call(name, args, kwargs)  # generated, do not edit\n".slice(0, 64))])
  pieces.push(piece)
  made += piece.length
}
process.stdout.write(Buffer.concat(pieces).subarray(0, size))' $((16384 * scale / 100)) >"$work/block"
# What Debian's slim images do not have.
readonly MISSING='busybox|wget|httpd|nc|netcat|vi|less|telnet.*|ftp.*|tftp.*|ping6?|ssl_client|ps|top|free|pstree|ip.*|ifconfig|adduser|addgroup|dpkg.*|rpm.*|unzip|bc|dc|ed|python.*|man|watch|tcpsvd|udpsvd|inetd|init|linuxrc|getty|login|su'

# image NAME MEGABYTES PROGRAM…
image() {
  local name=$1 megabytes=$2 root=$work/root x p a
  shift 2
  rm -rf "$root"
  mkdir -p "$root"/{bin,etc,root,tmp,usr/bin,usr/local/bin,usr/standin/bin,usr/lib/standin/deb,var/lib/apt/lists,var/cache/apt,var/log,home,opt,srv}
  chmod 1777 "$root/tmp"
  cp -r "$here/stand-ins/." "$root/usr/standin/"
  for p in alembic celery gunicorn mypy pre-commit pytest ruff uvicorn; do ln -s common "$root/usr/standin/py-bin/$p"; done
  cp "$work/block" "$root/usr/standin/block"
  echo "$scale" >"$root/usr/standin/scale"
  echo $((${NETWORK:-100} * 1000 * scale / 100)) >"$root/usr/standin/rate"
  cp "$busybox" "$root/usr/standin/bin/busybox"
  for a in $(grep -vx busybox <<<"$applets"); do [ -e "$root/usr/standin/bin/$a" ] || ln -s busybox "$root/usr/standin/bin/$a"; done
  for a in $(grep -vxE "$MISSING" <<<"$applets"); do ln -sf /usr/standin/bin/busybox "$root/bin/$a"; done
  for p in apt-get useradd groupadd; do ln -sf "/usr/standin/bin/$p" "$root/usr/bin/$p"; done
  ln -sf /usr/standin/bin/apt-get "$root/usr/bin/apt"
  for p in "$@"; do
    case $p in
      python)
        for x in python python3.11; do ln -sf /usr/standin/bin/python "$root/usr/local/bin/$x"; done
        ln -sf python "$root/usr/local/bin/python3"
        for x in pip pip3; do ln -sf /usr/standin/bin/pip "$root/usr/local/bin/$x"; done
        mkdir -p "$root/usr/local/lib/python3.11/site-packages" ;;
      uv) ln -sf /usr/standin/bin/uv "$root/usr/local/bin/uv" ;;
      node) for x in node npm npx corepack; do ln -sf "/usr/standin/node-bin/$x" "$root/usr/local/bin/$x"; done ;;
      *)
        echo base >"$root/usr/lib/standin/deb/$p"
        case $p in gcc | git | curl) ln -sf /usr/standin/tool "$root/usr/bin/$p" ;; esac ;;
    esac
  done
  printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\nnode:x:1000:1000::/home/node:/bin/sh\n' >"$root/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\nnode:x:1000:\n' >"$root/etc/group"
  fill "$root/usr/lib/standin/filler" $((megabytes * 1000 * scale / 100 * 1000 / 1024 - $(du -sk --apparent-size "$root" | cut -f1)))
  tar -C "$root" --owner=0 --group=0 --numeric-owner --mtime='2025-01-01 00:00:00Z' --sort=name -cf - . |
    docker import --change 'ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin' --change 'CMD ["/bin/sh"]' - "$prefix/$name" >/dev/null
}

# fill FILE KB
fill() {
  local rest=$2 size=$((16384 * scale / 100)) n
  while [ "$rest" -gt 0 ]; do
    n=$((rest < size ? rest : size))
    head -c $((n * 1024)) "$work/block"
    rest=$((rest - n))
  done >"$1"
}

for name in "$@"; do
  case $name in
    python-3.11-slim) image $name 130 python ;;
    python-3.11) image $name 1010 python gcc git curl build-essential libpq-dev libpq5 ;;
    node-20-slim) image $name 200 node ;;
    node-20) image $name 1100 node gcc git curl build-essential ;;
    devcontainer-python) image $name 400 python git curl ;;
    uv) image $name 45 uv ;;
    *) echo "no such base: $name" >&2; exit 2 ;;
  esac
done
