/**
 * Writes a program for `load-program` as chunks, each in a function of its own: what a call does not need is not read,
 * its modules are not evaluated, its functions not made, and the kept code is without it. esbuild splits modules alone,
 * so its chunks are turned into functions here: imports at the beginning, one export at the end and `import()` are all
 * that a chunk has of a module.
 */
import {realpathSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {build} from 'esbuild'

const IMPORT = /\s*import\s*(?:\{([^}]*)\}\s*from\s*)?("\.\/[^"]+");/y
const EXPORT = /\bexport\s*(?:\{([^}]*)\}|default\s+([\w$]+\(\)));\s*$/
const DYNAMIC_IMPORT = /\bimport\(\s*("\.\/[^"]+")\s*\)/g

/** Stands in the program's first file. A chunk of another file comes with all that its file holds. */
const RUNTIME = `
const __fileUrl = require("node:url").pathToFileURL(__filename).href;
const __loaded = {};
const __load = (name) => {
  if (!(name in __files)) return require(name);
  if (name in __loaded) return __loaded[name];
  if (!(name in __chunks)) Object.assign(__chunks, require(__files[name]));
  const exports = (__loaded[name] = {});
  __chunks[name](exports, __load, __fileUrl);
  return exports;
};
__load.resolve = require.resolve;`

/**
 * Bundles a module with all that it imports.
 * @param name of the first file: it holds what is needed as the module loads
 * @param parts the other files by their names: the modules that it serves, such as those of commands. A chunk is in the
 *   file whose modules need it as they load, in the first part if several do, and in the last if none does
 */
export async function writeProgram(entry, name, options, parts) {
  const {outputFiles, metafile} = await build({
    ...options,
    entryPoints: [{in: entry, out: name}],
    format: 'esm',
    splitting: true,
    legalComments: 'external',
    define: {'import.meta.url': '__fileUrl'},
    metafile: true,
    write: false,
  })
  const files = placeChunks(metafile.outputs, {[name]: [entry], ...parts})
  const textOf = new Map(outputFiles.map(({path: file, text}) => [toName(file), text]))
  const legal = [...textOf].filter(([file]) => file.endsWith('.LEGAL.txt')).map(([, text]) => text)
  const last = [...files.keys()].at(-1)
  for (const [file, chunks] of files) {
    const list = chunks.map((chunk) => `${JSON.stringify(chunk)}${toFunction(textOf.get(chunk))}`)
    const object = `{\n${list.join(',\n')}\n}`
    const body = file === name ? startProgram(`./${name}.js`, files, object) : `module.exports = ${object}`
    writeFileSync(
      path.join(options.outdir, `${file}.cjs`),
      wrap(body) + (file === last ? comment(legal) : ''),
    )
  }
}

/** What each file holds. @param wanted by file, paths of modules; the first one loads always */
function placeChunks(outputs, wanted) {
  const importsOf = new Map()
  const chunkOf = new Map()
  for (const [file, {imports, entryPoint}] of Object.entries(outputs)) {
    if (!file.endsWith('.js')) continue
    const needed = imports.filter(({kind, external}) => kind === 'import-statement' && !external)
    importsOf.set(
      toName(file),
      needed.map((one) => toName(one.path)),
    )
    if (entryPoint) chunkOf.set(realpathSync(entryPoint), toName(file))
  }
  const needs = Object.entries(wanted).map(([file, modules]) => {
    const chunks = modules.map((module) => chunkOf.get(realpathSync(module)))
    return {file, chunks: withImports(chunks, importsOf)}
  })
  const placed = new Map(needs.map(({file}) => [file, []]))
  for (const chunk of importsOf.keys()) placed.get(fileFor(chunk, needs)).push(chunk)
  return placed
}

/** Chunks with all that they need as they load. */
function withImports(chunks, importsOf) {
  const found = new Set(chunks)
  for (const chunk of found) for (const needed of importsOf.get(chunk)) found.add(needed)
  return found
}

/** The file that needs a chunk; the second one for what several need, so that none of them brings another. */
function fileFor(chunk, needs) {
  const users = needs.filter(({chunks}) => chunks.has(chunk))
  if (users.length === 0) return needs.at(-1).file
  return (users[0] === needs[0] || users.length === 1 ? users[0] : needs[1]).file
}

const toName = (file) => `./${path.basename(file)}`

function startProgram(entry, files, chunks) {
  const fileOf = [...files].flatMap(([file, names]) => names.map((name) => [name, `./${file}.cjs`]))
  return `const __files = ${JSON.stringify(Object.fromEntries(fileOf))};
const __chunks = ${chunks};${RUNTIME}
module.exports = __load("${entry}");`
}

/** What `load-program` runs. */
function wrap(body) {
  return `(function (exports, require, module, __filename) {"use strict";\n${body}\n})\n`
}

function comment(texts) {
  return [...new Set(texts)].join('\n').replace(/^/gm, '// ')
}

/** What is imported becomes constants: no chunk loads before those that it needs. */
function toFunction(text) {
  const constants = []
  let start = 0
  IMPORT.lastIndex = 0
  for (let match = IMPORT.exec(text); match !== null; match = IMPORT.exec(text)) {
    start = IMPORT.lastIndex
    const names = splitNames(match[1] ?? '').map(([exported, own]) => `${exported}:${own}`)
    constants.push(`const {${names}}=require(${match[2]});`)
  }
  const {index: end = text.length, 1: list = '', 2: standard} = EXPORT.exec(text) ?? {}
  const code = text.slice(start, end).replace(DYNAMIC_IMPORT, 'Promise.resolve().then(()=>require($1))')
  for (const [own] of splitNames(list)) checkConstant(own, code)
  const exported = standard
    ? [`default:${standard}`]
    : splitNames(list).map(([own, name]) => `${name}:${own}`)
  return `(exports,require,__fileUrl){${constants.join('')}${code}\nObject.assign(exports,{${exported}})}`
}

/** @throws Error for a name that gets a second value: who imported it would keep the first */
function checkConstant(name, code) {
  const own = name.replaceAll('$', String.raw`\$`)
  const isAssigned = new RegExp(String.raw`(?<![\w$.])${own}(?:[-+*/%&|^<>?]{0,3}=(?![=>])|\+\+|--)`, 'g')
  const isDeclaredAlone = new RegExp(String.raw`\b(?:function\*?|class)\s+${own}(?![\w$])`).test(code)
  const times = code.match(isAssigned)?.length ?? 0
  if (times > (isDeclaredAlone ? 0 : 1)) throw new Error(`${name} is exported, and assigned ${times} times`)
}

/** Reads `a as b, c` as pairs: `a` and `b`, `c` and `c`. */
function splitNames(list) {
  const parts = list.split(',').map((part) => part.trim())
  return parts.filter(Boolean).map((part) => {
    const [first, second = first] = part.split(/\s+as\s+/)
    return [first, second]
  })
}
