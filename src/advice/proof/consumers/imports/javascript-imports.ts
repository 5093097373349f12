import {joinPath, parentPath} from '../../../../languages/text/container-path.js'
import type {ProjectView, SourceText} from '../consumption.js'
import {resolveIn} from '../needs.js'
import {matchLines} from '../text-lines.js'
import type {Import, ImportReader} from './source-imports.js'

/** What a bundler or a compiler takes in. */
export const JAVASCRIPT_SOURCES = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/

/** Statements of a module, and calls that a bundler follows. A type alone is nothing to run, yet a compiler wants it. */
const IMPORTS =
  /^[ \t]*(?!\/\/|\*)(?:(?:import|export)\b[^'"\n;(]*|\}\s*from\s*|(?:(?:const|let|var)\s+[^=\n]+=\s*)?require\(\s*)["']([.@~#$]\/?[^"'\n]*)["']|\bimport\(\s*["'](\.{1,2}\/[^"'\n]+)["']/gm

/** Endings that may be left out, and those that a name may stand for. */
const ENDINGS = [
  '',
  ...['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.json', '.vue', '.svelte'],
  ...['/index.ts', '/index.tsx', '/index.js', '/index.jsx', '/index.mjs', '/index.vue'],
]

/** Relative imports, and those by an alias for a directory of the project. */
export const readJavaScriptImports: ImportReader = (source, project) =>
  matchLines(source.text, IMPORTS).flatMap(({match, line}): Import[] => {
    const name = (match[1] ?? match[2] ?? '').replace(/[?#].*$/, '')
    const bases = name.startsWith('.')
      ? [resolveIn(parentPath(source.path), name)]
      : resolveAlias(name, source.path, project)
    const targets = bases.flatMap(complete)
    return targets.length === 0 ? [] : [{targets, line, text: match[0]}]
  })

/** TypeScript writes the ending of what it makes. */
function complete(path: string): string[] {
  const bare = path.replace(/\.([cm]?)jsx?$/, '')
  const typed = bare === path ? [] : [`${bare}.ts`, `${bare}.tsx`, `${bare}.mts`]
  return [...ENDINGS.map((ending) => path + ending), ...typed]
}

/** `"@lib/*": ["./src/lib/*"]`. */
const PATHS = /"([@~#]?[\w$-]*\/)\*"\s*:\s*\[\s*"([^"*\n]*)\*"/g
const BASE_URL = /"baseUrl"\s*:\s*"([^"\n]*)"/

/** Where an alias leads, by the settings of the compiler; `@/` and `~/` by custom where these say nothing. */
function resolveAlias(name: string, path: string, project: ProjectView): string[] {
  const roots = listRoots(path, project)
  const told = roots.flatMap((root) =>
    readAliases(root, project).flatMap(({prefix, folder}) =>
      name.startsWith(prefix) ? [resolveIn(folder, name.slice(prefix.length))] : [],
    ),
  )
  if (told.length > 0) return told
  // SvelteKit's own
  if (name.startsWith('$lib/')) return roots.map((root) => resolveIn(root, `src/${name.slice(1)}`))
  if (!/^[@~]\//.test(name)) return []
  return roots.flatMap((root) => [
    joinPath(joinPath(root, 'src'), name.slice(2)),
    joinPath(root, name.slice(2)),
  ])
}

/** The packages around a file, the nearest first. */
function listRoots(path: string, project: ProjectView): string[] {
  const roots: string[] = []
  for (let at = parentPath(path); ; at = parentPath(at)) {
    if (project.isFile(joinPath(at, 'package.json'))) roots.push(at)
    if (at === '') return roots
  }
}

function readAliases(root: string, project: ProjectView): {prefix: string; folder: string}[] {
  return ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json', 'tsconfig.app.json'].flatMap((name) => {
    const text = project.textOf(joinPath(root, name))
    if (text === null) return []
    const base = resolveIn(root, BASE_URL.exec(text)?.[1] ?? '')
    return [...text.matchAll(PATHS)].map(([, prefix = '', folder = '']) => ({
      prefix,
      folder: resolveIn(base, folder),
    }))
  })
}

/** Modules that a page begins with: `<script type="module" src="/src/main.ts">`. */
export function readPageScripts({path, text}: SourceText): Import[] {
  return matchLines(text, /<script\b[^>]*\bsrc=["']\.?\/?([^"':\n]+\.[cm]?[jt]sx?)["']/g).map(
    ({match, line}) => ({
      targets: [resolveIn(parentPath(path), match[1]!)],
      line,
      text: match[0],
    }),
  )
}
