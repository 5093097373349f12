/**
 * Puts the compiled program into few files: what is started, each command, and what they share. Node takes longer to
 * find and open 300 modules than to run them: `context` on a small project starts in half the time. The files of the
 * library stay as the compiler wrote them. Run on a fresh output of tsc.
 */
import {readdirSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'esbuild'

const dist = fileURLToPath(new URL('../dist', import.meta.url))

/** What bin/run.js loads, and oclif: they take the place of the compiler's files. */
const STARTED = ['docker-plugin', 'cli', 'services/complete', 'services/answer-after-build']

/** Threads, and what finds a file by its own place: all of it must lie in one folder, as deep as before. */
const PLACED = [
  'context/walk-worker',
  'context/walk-threads',
  'services/check-build-worker',
  'services/check-build',
  'system/own-installation',
]

/** What commands share is no command. */
const SHARED = /^(?:base-command|formats|write-report)\.js$|^flags\//

const commands = readdirSync(path.join(dist, 'commands'), {recursive: true, encoding: 'utf8'})
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => file.endsWith('.js') && !SHARED.test(file))
  .map((file) => `commands/${file.slice(0, -'.js'.length)}`)

await build({
  entryPoints: [
    ...[...STARTED, ...commands].map((name) => ({in: path.join(dist, `${name}.js`), out: name})),
    ...PLACED.map((name) => ({in: path.join(dist, `${name}.js`), out: `bundle/${path.basename(name)}`})),
  ],
  outdir: dist,
  allowOverwrite: true,
  bundle: true,
  splitting: true,
  chunkNames: 'bundle/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Prebuilt for each platform.
  external: ['@napi-rs/xattr'],
  // jsonc-parser's other form cannot be bundled.
  mainFields: ['module', 'main'],
  // oclif and what it brings are CommonJS.
  banner: {
    js: "import {createRequire as __createRequire} from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  legalComments: 'inline',
  logLevel: 'warning',
})
