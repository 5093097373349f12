/**
 * Puts the compiled program into few files: Node takes longer to find and open 300 modules than to run them. The files
 * of the library stay as the compiler wrote them. The script of the HTML page becomes a string. Run on a fresh output
 * of tsc.
 */
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'esbuild'
import {compileSchema} from './compile-schema.js'
import {leanOclif} from './lean-oclif.js'
import {leanRules} from './lean-rules.js'
import {nodeImports} from './node-imports.js'
import {writeProgram} from './split-program.js'

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
  plugins: [leanOclif, leanRules, nodeImports],
  logLevel: 'warning',
}

/** Files that Node starts. CommonJS, which starts faster than modules. */
const FILES = {
  ...OPTIONS,
  format: 'cjs',
  define: {'import.meta.url': '__fileUrl'},
  banner: {js: "const __fileUrl = require('node:url').pathToFileURL(__filename).href;"},
}

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
for (const folder of makeFolders('render/html')) {
  const text = `export const PAGE_SCRIPT = ${JSON.stringify(page.outputFiles[0].text.trim())}\n`
  writeFileSync(path.join(folder, 'page-script.js'), text)
}

await compileSchema(dist, makeFolders('config'))

const inDist = (name) => path.join(dist, name)

/** A folder of the sources where the compiler puts it, for the program and for the tests. */
function makeFolders(name) {
  const folders = ['dist', 'dist-test/src'].map((root) =>
    fileURLToPath(new URL(`../${root}/${name}`, import.meta.url)),
  )
  for (const folder of folders) mkdirSync(folder, {recursive: true})
  return folders
}

/** What bin/ starts. */
await build({
  ...FILES,
  entryPoints: [
    fileURLToPath(new URL('launch.js', import.meta.url)),
    inDist('services/install/complete.js'),
    inDist('cli/answer-after-build.js'),
    inDist('cli/check-build.js'),
  ],
  entryNames: '[name]',
  outExtension: {'.js': '.cjs'},
})

/** Threads: they are found beside what starts them, under the same name. */
await build({
  ...FILES,
  entryPoints: [
    inDist('tree/walk/walk-worker.js'),
    inDist('host/archive/image/layer-worker.js'),
    fileURLToPath(new URL('check-build-worker.js', import.meta.url)),
  ],
  entryNames: '[name]',
})

/** The programs whose compiled code `load-program` keeps: the commands with oclif, and the check before a build. */
await writeProgram(inDist('cli/run-cli.js'), 'run-cli', OPTIONS, {
  analysis: [
    ...['context', 'ls', 'why', 'hook/check'].map((name) => inDist(`cli/commands/${name}.js`)),
    inDist('render/text/render-text.js'),
    inDist('render/json/render-json.js'),
  ],
  documents: [
    ...['compose', 'bake', 'workflow', 'told'].map((name) =>
      inDist(`services/load/find/find-${name}-builds.js`),
    ),
    inDist('config/read-settings.js'),
  ],
  steps: [
    ...['cache', 'dockerfile'].map((name) => inDist(`cli/commands/${name}.js`)),
    ...['cache', 'dockerfile'].map((name) => inDist(`render/text/render-${name}.js`)),
  ],
  image: [inDist('cli/commands/image.js'), inDist('render/text/render-image.js')],
  plugin: [inDist('cli/own-plugin.js')],
  more: [],
})
await writeProgram(inDist('services/hook/answer-check.js'), 'answer-check', OPTIONS, {})
writeFileSync(path.join(outdir, 'package.json'), '{"type": "commonjs"}\n')

// ASCII alone is read fast, and esbuild leaves regular expressions and comments as they are.
for (const name of readdirSync(outdir).filter((one) => /\.c?js$/.test(one))) {
  const file = path.join(outdir, name)
  const toAscii = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\0-\x7f]/g, toAscii))
}
