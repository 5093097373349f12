/** What sources of JavaScript and TypeScript take in, and which files a name of theirs may stand for. */
import {LineIndex} from '../text/line-index.js'
import {readStrings, type SourceString} from './source-strings.js'

/** One import of a source. */
export interface JavaScriptImport {
  /** As it stands, without a query: `./a.js`, `@scope/a/b`, `#a`. */
  name: string
  /** 1-based. */
  line: number
  /** A statement of the module itself, and of no type: it always runs. */
  isCertain: boolean
}

const STATEMENT =
  /^([ \t]*)(import|export)\b([ \t]+type\b(?![ \t]*(?:from\b|,)))?(?:[^'"`;()=]*?\bfrom)?\s*["']([^"'\n]+)["']/gm
const CALL =
  /\b(?:require|import|require\.resolve)\s*\(\s*(?:\/\*[^*]*\*\/\s*)?["'`]([^"'`\n$]+)["'`]\s*[,)]/g
/** What a line begins with whose call always runs. */
const OWN_LINE = /^(?:\}\s*=\s*|(?:const|let|var)\s+[^=\n]+=\s*|)require\s*\($/

/** Reads the imports of a source, in order; those in comments of their own lines are left out. */
export function readJavaScriptImports(text: string): JavaScriptImport[] {
  const code = blankComments(text)
  const lines = new LineIndex(code)
  const statements = Array.from(
    code.matchAll(STATEMENT),
    ({0: whole, 1: indent, 3: type, 4: name = '', index}) => ({
      name,
      at: index + whole.length,
      isCertain: indent === '' && type === undefined,
    }),
  )
  const calls = Array.from(code.matchAll(CALL), ({0: call, 1: name = '', index}) => {
    const before = code.slice(code.lastIndexOf('\n', index) + 1, index)
    const opening = call.slice(0, call.indexOf('(') + 1)
    return {name, at: index, isCertain: OWN_LINE.test(before + opening)}
  })
  return [...statements, ...calls]
    .sort((one, other) => one.at - other.at)
    .map(({name, at, isCertain}) => ({name: name.replace(/[?].*$/, ''), line: lines.lineAt(at), isCertain}))
}

/** The short strings of a source, and the pieces between the holes of its templates that look like paths. */
export function readJavaScriptStrings(text: string): SourceString[] {
  const lines = new LineIndex(text)
  const pieces = Array.from(text.matchAll(/`([^`\n]*)`/g), ({1: value = '', index}) =>
    value.split(/\$\{[^}]*\}/).map((piece) => ({text: piece.replace(/^\/+/, ''), line: lines.lineAt(index)})),
  )
  return [...readStrings(text), ...pieces.flat().filter(({text: piece}) => /^[\w@.-][\w@./-]*$/.test(piece))]
}

/** Endings that may be left out, the likeliest first, and files that a directory stands for. */
const ENDINGS = [
  '',
  ...['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.json', '.vue', '.svelte', '.node'],
  ...[
    '/index.ts',
    '/index.tsx',
    '/index.js',
    '/index.jsx',
    '/index.mjs',
    '/index.cjs',
    '/index.json',
    '/index.vue',
  ],
]

/** The files that a path of a module may stand for; TypeScript writes the ending of what it makes. */
export function listModuleFiles(path: string): string[] {
  const bare = path.replace(/\.([cm]?)jsx?$/, '')
  const typed = bare === path ? [] : [`${bare}.ts`, `${bare}.tsx`, `${bare}.mts`, `${bare}.cts`]
  return [...ENDINGS.map((ending) => path + ending), ...typed]
}

/** `"@lib/*": ["./src/lib/*"]`. */
const PATHS = /"([@~#]?[\w$-]*\/)\*"\s*:\s*\[\s*"([^"*\n]*)\*"/g
const BASE_URL = /"baseUrl"\s*:\s*"([^"\n]*)"/

/** What the settings of a compiler say that names of modules stand for: folders relative to its file. */
export function readCompilerPaths(text: string): {prefix: string; folder: string}[] {
  const [, base = ''] = BASE_URL.exec(text) ?? []
  return Array.from(text.matchAll(PATHS), ([, prefix = '', folder = '']) => ({
    prefix,
    folder: base === '' ? folder : `${base}/${folder}`,
  }))
}

/** The package that a name begins with: `@scope/a` of `@scope/a/b`. */
export function packageOf(name: string): string {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/')
}

/** Modules of Node.js itself. */
const BUILT_IN = new Set(
  'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib'.split(
    ' ',
  ),
)

/** Tells whether a name is that of a module which no package brings: `fs/promises`, `node:fs`, `bun:test`. */
export function isBuiltIn(name: string): boolean {
  return (
    /^(?:node|bun|deno|npm|jsr|data|https?|file|virtual|astro|cloudflare):|^bun$/.test(name) ||
    BUILT_IN.has(packageOf(name))
  )
}

/** Keeps the lines. Comments behind code are left: a string may look like one. */
function blankComments(text: string): string {
  return text.replace(/^[ \t]*(?:\/\/.*$|\/\*[\s\S]*?\*\/)/gm, (found) => found.replace(/[^\n]/g, ' '))
}
