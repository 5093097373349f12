import {listModuleFiles, readCompilerPaths} from '../../../../languages/sources/javascript-source.js'
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

/** Relative imports, and those by an alias for a directory of the project. */
export const readBundledImports: ImportReader = (source, project) => {
  const directory = parentPath(source.path)
  let aliases: Aliases | null = null
  return matchLines(source.text, IMPORTS).flatMap(({match, line}): Import[] => {
    const name = (match[1] ?? match[2] ?? '').replace(/[?#].*$/, '')
    const isRelative = name.startsWith('.')
    if (!isRelative) aliases ??= aliasesOf(directory, project)
    const bases = aliases === null || isRelative ? [resolveIn(directory, name)] : resolveAlias(name, aliases)
    const targets = bases.flatMap(listModuleFiles)
    return targets.length === 0 ? [] : [{targets, line, text: match[0]}]
  })
}

/** What names of modules stand for in one directory. */
interface Aliases {
  /** The packages around it, the nearest first. */
  roots: readonly string[]
  /** By the settings of the compiler. */
  told: readonly {prefix: string; folder: string}[]
}

/** By the project's view, then by directory: the sources of a directory share them. */
const ALIASES = new WeakMap<object, Map<string, Aliases>>()

function aliasesOf(directory: string, project: ProjectView): Aliases {
  const known = ALIASES.get(project) ?? new Map<string, Aliases>()
  ALIASES.set(project, known)
  const aliases = known.get(directory) ?? readAliases(directory, project)
  known.set(directory, aliases)
  return aliases
}

function readAliases(directory: string, project: ProjectView): Aliases {
  const roots = listRoots(directory, project)
  return {roots, told: roots.flatMap((root) => readAliasesOf(root, project))}
}

/** Where an alias leads; `@/` and `~/` by custom where the compiler's settings say nothing. */
function resolveAlias(name: string, {roots, told}: Aliases): string[] {
  const found = told.flatMap(({prefix, folder}) =>
    name.startsWith(prefix) ? [resolveIn(folder, name.slice(prefix.length))] : [],
  )
  if (found.length > 0) return found
  // SvelteKit's own
  if (name.startsWith('$lib/')) return roots.map((root) => resolveIn(root, `src/${name.slice(1)}`))
  if (!/^[@~]\//.test(name)) return []
  return roots.flatMap((root) => [
    joinPath(joinPath(root, 'src'), name.slice(2)),
    joinPath(root, name.slice(2)),
  ])
}

function listRoots(directory: string, project: ProjectView): string[] {
  const roots: string[] = []
  for (let at = directory; ; at = parentPath(at)) {
    if (project.isFile(joinPath(at, 'package.json'))) roots.push(at)
    if (at === '') return roots
  }
}

const COMPILER_SETTINGS = ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json', 'tsconfig.app.json']

function readAliasesOf(root: string, project: ProjectView): {prefix: string; folder: string}[] {
  return COMPILER_SETTINGS.flatMap((name) => {
    const text = project.textOf(joinPath(root, name))
    if (text === null) return []
    return readCompilerPaths(text).map(({prefix, folder}) => ({prefix, folder: resolveIn(root, folder)}))
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
