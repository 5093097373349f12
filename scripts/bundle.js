/**
 * Puts the compiled program into few files: Node takes longer to find and open 300 modules than to run them. The files
 * of the library stay as the compiler wrote them. The script of the HTML page becomes a string. Run on a fresh output
 * of tsc.
 */
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'esbuild'
import {leanOclif} from './lean-oclif.js'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const outdir = path.join(dist, 'bundle')

const OPTIONS = {
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // Names stay: they are what a stack trace can tell.
  minifyWhitespace: true,
  minifySyntax: true,
  // Node shows the line that an unforeseen error comes from.
  lineLimit: 160,
  // Prebuilt for each platform; what oclif asks for only in a checkout of TypeScript.
  external: ['@napi-rs/xattr', 'typescript'],
  // jsonc-parser's other form cannot be bundled.
  mainFields: ['module', 'main'],
  legalComments: 'eof',
  logLevel: 'warning',
}

/** For `import.meta.url`, and for the modules of Node, which esbuild would copy name by name for every file's import. */
const BANNER = `
const __fileUrl = require('node:url').pathToFileURL(__filename).href;
const __nodeModules = {};
const __importNode = (name) => __nodeModules[name] ??= Object.create(require(name), {default: {value: require(name)}});
`
const NODE_IMPORT = /__toESM\(\s*require\("(node:[\w/]+)"\)(?:,\s*1)?\s*\)/g

/** The script of the HTML page (src/render/html/page), as a module that the renderer imports; for the tests as well. */
const page = await build({
  entryPoints: [fileURLToPath(new URL('../src/render/html/page/main.ts', import.meta.url))],
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  target: 'es2023',
  banner: {js: '/* Holds parts of d3-hierarchy, Copyright Mike Bostock, ISC License. */'},
  logLevel: 'warning',
})
for (const folder of ['dist/render/html', 'dist-test/src/render/html']) {
  const file = fileURLToPath(new URL(`../${folder}/page-script.js`, import.meta.url))
  mkdirSync(path.dirname(file), {recursive: true})
  writeFileSync(file, `export const PAGE_SCRIPT = ${JSON.stringify(page.outputFiles[0].text.trim())}\n`)
}

/**
 * What bin/ starts, and the programs whose compiled code `load-program` keeps: the commands with oclif, and the check
 * before a build. CommonJS, which starts faster than modules and which alone can be kept.
 */
await build({
  ...OPTIONS,
  entryPoints: [
    'host/docker/docker-plugin.js',
    'host/process/load-program.js',
    'services/install/complete.js',
    'cli/answer-after-build.js',
    'cli/check-build.js',
    'services/hook/answer-check.js',
    'cli/run-cli.js',
  ].map((name) => ({in: path.join(dist, name), out: path.basename(name, '.js')})),
  format: 'cjs',
  outExtension: {'.js': '.cjs'},
  plugins: [leanOclif],
  define: {'import.meta.url': '__fileUrl'},
  banner: {js: BANNER},
})

/** Threads: they are found beside what starts them, under the same name. */
await build({
  ...OPTIONS,
  entryPoints: [
    path.join(dist, 'tree/walk/walk-worker.js'),
    path.join(dist, 'host/archive/image/layer-worker.js'),
    fileURLToPath(new URL('check-build-worker.js', import.meta.url)),
  ],
  entryNames: '[name]',
  format: 'cjs',
  define: {'import.meta.url': '__fileUrl'},
  banner: {js: BANNER},
})
writeFileSync(path.join(outdir, 'package.json'), '{"type": "commonjs"}\n')

// ASCII alone is read fast, and esbuild leaves regular expressions and comments as they are.
for (const name of readdirSync(outdir).filter((one) => /\.c?js$/.test(one))) {
  const file = path.join(outdir, name)
  const text = readFileSync(file, 'utf8').replace(NODE_IMPORT, '__importNode("$1")')
  writeFileSync(
    file,
    text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}
