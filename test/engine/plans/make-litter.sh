#!/usr/bin/env bash
# make-litter.sh PROJECT DIRECTORY SCALE: history, packages, build output, environments and logs, as they lie about on a developer's
# machine, in the copy of an example; SCALE percent of their real sizes.
set -euo pipefail
project=$1 scale=$3
cd "$2"
blob() { mkdir -p "$(dirname "$1")"; head -c $(($2 * 1024 * scale / 100)) /dev/urandom >"$1"; }
# history COMMITS FILE KB: each commit has another version of FILE, so that .git has some weight
history() {
  git init -q -b main .
  git config user.name dev
  git config user.email dev@example.org
  git config gc.auto 0
  git add -A
  git commit -qm 'first'
  for i in $(seq "$1"); do
    blob "$2" "$3"
    git add -Af "$2"
    git commit -qm "change $i"
  done
  git tag v0.1.0
}
# packages DIRECTORY COUNT KB NAME…: node_modules of COUNT packages, the named ones the large ones
packages() {
  local directory=$1 count=$2 kb=$3 i j
  shift 3
  mkdir -p "$directory/.bin"
  echo '{"lockfileVersion": 3}' >"$directory/.package-lock.json"
  for p in "$@"; do
    mkdir -p "$directory/$p"
    echo "{\"name\": \"$p\", \"version\": \"1.0.0\"}" >"$directory/$p/package.json"
    echo 'module.exports = {}' >"$directory/$p/index.js"
    blob "$directory/$p/dist/lib.node" $((kb / $# * 9 / 10))
  done
  for i in $(seq "$count"); do
    mkdir -p "$directory/pkg-$i/lib"
    echo "{\"name\": \"pkg-$i\", \"version\": \"1.0.0\"}" >"$directory/pkg-$i/package.json"
    for j in 1 2 3 4; do echo "exports.f$j = $i" >"$directory/pkg-$i/lib/f$j.js"; done
    blob "$directory/pkg-$i/index.js" $((kb / 10 / count))
  done
}
# environment DIRECTORY KB: a real one, and big files in place of its packages
environment() {
  local p site
  python3 -m venv --without-pip "$1"
  site=$(echo "$1"/lib/python3*/site-packages)
  for p in pandas numpy pyarrow sqlalchemy; do
    mkdir -p "$site/$p" "$site/$p-1.0.dist-info"
    : >"$site/$p/__init__.py"
    echo "Name: $p" >"$site/$p-1.0.dist-info/METADATA"
    blob "$site/$p/lib.so" $(($2 / 4))
  done
}
bytecode() {
  local d f
  for d in "$@"; do for f in "$d"/*.py; do blob "$d/__pycache__/$(basename "${f%.py}").cpython-311.pyc" 1200; done; done
}

case $project in
  monorepo)
    history 12 web/public/hero.jpg 2500
    packages web/node_modules 100 330000 next @next/swc-linux-x64-gnu typescript react react-dom
    blob web/.next/cache/webpack/0.pack 61000
    blob web/.next/server/app.js 3000
    echo abc >web/.next/BUILD_ID
    blob web/out/index.js 1200
    environment api/venv 48000
    environment pipeline/.venv 290000
    bytecode api/app pipeline/pipeline
    blob logs/api.log 18000
    blob logs/pipeline.log.1 9000
    blob tmp/export.csv 22000
    blob outputs/report.parquet 31000
    blob data/raw/orders-2024.csv 85000
    echo 'DATABASE_URL=postgresql://orders:s3cret-pass-9fd1@db/orders' >.env ;;
  single-stage)
    history 8 docs/screen.png 1500
    packages node_modules 60 42000 prettier
    environment .venv 38000
    bytecode reports tests
    blob reports.log 7000
    echo 'REPORTS_API_KEY=9fQ2vN7xK1mB4tR8wZ3pL6dH0sJ5cY' >.env ;;
  base-and-app)
    history 10 docs/floor-plan.png 1800
    environment .venv 404000
    bytecode src/production_control tests
    blob webapp.log 6000 ;;
  service)
    history 10 docs/diagram.png 1200
    packages node_modules 100 120000 typescript vitest sharp
    blob dist/server.js 900
    blob coverage/lcov.info 2600
    blob service.log 14000
    blob service.log.1 9000
    echo 'PGPASSWORD=9f1c-prod-4b7e-ledger' >.env ;;
  compose-stack)
    history 6 docs/queues.png 9000
    blob models/embed.safetensors 2600000
    blob models/rerank.safetensors 700000
    blob data/events.parquet 380000
    environment .venv 300000
    bytecode src/app src/app/tasks tests
    blob notebooks/explore-output.html 22000
    blob worker.log 19000 ;;
  *) echo "no litter for $project" >&2; exit 2 ;;
esac
