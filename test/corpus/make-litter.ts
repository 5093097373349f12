import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'

/** Makes the litter of one kind of project below a directory that holds its manifest. */
interface LitterMaker {
  /** A name that shows the kind of project. */
  mark: RegExp
  make(directory: string, manifest: string): void
}

const SKIPPED = new Set(['.git', 'node_modules', '.venv', 'vendor', 'target'])
const MAX_DEPTH = 4
/** Members of a workspace beyond are left as they are: the sum, not the number, is what counts. */
const MAX_PROJECTS = 40

/** What work leaves behind in a checkout, kind by kind, in plausible shapes and sizes. */
const MAKERS: readonly LitterMaker[] = [
  {mark: /^package\.json$/, make: makeNodeLitter},
  {mark: /^(pyproject\.toml|requirements\.txt|setup\.py|Pipfile)$/, make: makePythonLitter},
  {mark: /^Cargo\.toml$/, make: (directory) => makeRustLitter(directory)},
  {mark: /^pom\.xml$/, make: (directory) => fill(directory, 'target/classes/App.class', 200_000)},
  {mark: /^build\.gradle(\.kts)?$/, make: makeGradleLitter},
  {mark: /^Gemfile$/, make: makeRubyLitter},
  {mark: /^composer\.json$/, make: makePhpLitter},
  {mark: /^mix\.exs$/, make: makeElixirLitter},
  {mark: /\.csproj$/, make: makeDotnetLitter},
  {mark: /^go\.mod$/, make: (directory) => fill(directory, 'coverage.out', 40_000)},
]

/** Leaves in a checkout what development leaves there: packages, caches, build output, logs, settings of editors. */
export function makeLitter(root: string): void {
  for (const name of [
    '.DS_Store',
    '.idea/workspace.xml',
    '.vscode/settings.json',
    'npm-debug.log',
    'app.log',
    'tmp.swp',
  ])
    fill(root, name, 12_000)
  writeFileSync(path.join(root, '.env.local'), 'DEBUG=1\n')
  let count = 0
  for (const directory of listDirectories(root, 0)) {
    const names = readdirSync(directory)
    const makers = MAKERS.flatMap(({mark, make}) => {
      const manifest = names.find((name) => mark.test(name))
      return manifest === undefined ? [] : [{make, manifest}]
    })
    if (makers.length > 0 && count++ >= MAX_PROJECTS) continue
    for (const {make, manifest} of makers) make(directory, manifest)
    if (names.some((name) => name.endsWith('.py')))
      fill(directory, '__pycache__/module.cpython-312.pyc', 30_000)
  }
}

function* listDirectories(directory: string, depth: number): Generator<string> {
  yield directory
  if (depth === MAX_DEPTH) return
  for (const entry of readdirSync(directory, {withFileTypes: true})) {
    if (entry.isDirectory() && !SKIPPED.has(entry.name))
      yield* listDirectories(path.join(directory, entry.name), depth + 1)
  }
}

function makeNodeLitter(directory: string, manifest: string): void {
  const {scripts = {}, dependencies = {}, devDependencies = {}} = readJson(path.join(directory, manifest))
  for (let number = 0; number < 20; number++) {
    fill(directory, `node_modules/package-${number}/index.js`, 300_000)
    writeFileSync(
      path.join(directory, `node_modules/package-${number}/package.json`),
      `{"name":"package-${number}"}\n`,
    )
  }
  writeFileSync(path.join(directory, 'node_modules/.package-lock.json'), '{}\n')
  const all = {...dependencies, ...devDependencies}
  if ('next' in all) {
    fill(directory, '.next/BUILD_ID', 20)
    fill(directory, '.next/server/page.js', 4_000_000)
  }
  if ('turbo' in all || 'turbo' in scripts) fill(directory, '.turbo/turbo-build.log', 20_000)
  if ('jest' in all || 'vitest' in all || 'nyc' in all) fill(directory, 'coverage/lcov.info', 400_000)
  fill(directory, '.eslintcache', 60_000)
}

function makePythonLitter(directory: string): void {
  fill(directory, '.venv/lib/python3.12/site-packages/package/module.py', 2_000_000)
  writeFileSync(path.join(directory, '.venv/pyvenv.cfg'), 'home = /usr/bin\nversion = 3.12.3\n')
  for (const cache of ['.pytest_cache', '.mypy_cache', '.ruff_cache']) {
    fill(directory, `${cache}/v/cache.json`, 50_000)
    writeFileSync(
      path.join(directory, cache, 'CACHEDIR.TAG'),
      'Signature: 8a477f597d28d172789f06886806bc55\n',
    )
  }
  fill(directory, '.coverage', 50_000)
}

/** Cargo builds a workspace in one place: that of the topmost manifest. */
function makeRustLitter(directory: string): void {
  if (
    existsSync(path.join(directory, '../Cargo.toml')) ||
    existsSync(path.join(directory, '../../Cargo.toml'))
  )
    return
  fill(directory, 'target/debug/deps/libapp.rlib', 4_500_000)
  fill(directory, 'target/.rustc_info.json', 1_000)
  writeFileSync(path.join(directory, 'target/CACHEDIR.TAG'), 'Signature: 8a477f597d28d172789f06886806bc55\n')
}

function makeGradleLitter(directory: string): void {
  fill(directory, 'build/libs/app.jar', 1_000_000)
  fill(directory, 'build/classes/App.class', 50_000)
  fill(directory, '.gradle/8.5/fileHashes.bin', 200_000)
}

function makeRubyLitter(directory: string): void {
  fill(directory, 'log/development.log', 900_000)
  fill(directory, 'tmp/cache/bootsnap/load-path-cache', 300_000)
}

function makePhpLitter(directory: string): void {
  fill(directory, 'vendor/autoload.php', 800)
  fill(directory, 'vendor/composer/installed.json', 100_000)
  fill(directory, 'vendor/acme/library/src/Library.php', 1_000_000)
  fill(directory, '.phpunit.result.cache', 30_000)
}

function makeElixirLitter(directory: string): void {
  fill(directory, '_build/dev/lib/app/ebin/app.beam', 1_500_000)
  fill(directory, 'deps/plug/lib/plug.ex', 500_000)
  fill(directory, 'deps/plug/mix.exs', 1_000)
}

function makeDotnetLitter(directory: string): void {
  fill(directory, 'bin/Debug/net8.0/App.dll', 800_000)
  fill(directory, 'obj/project.assets.json', 200_000)
}

/** Writes a file of that many bytes, unless one is there. */
function fill(directory: string, name: string, bytes: number): void {
  const file = path.join(directory, name)
  mkdirSync(path.dirname(file), {recursive: true})
  try {
    writeFileSync(file, 'x'.repeat(bytes), {flag: 'wx'})
  } catch {
    // The checkout has its own.
  }
}

function readJson(file: string): Record<string, Record<string, string>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}
