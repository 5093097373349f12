/** What sources and manifests of Go say, and how a call of `go` names packages. */

import {LineIndex} from '../text/line-index.js'
import {rememberReadings} from './remember-readings.js'

/** A path that a source names. */
export interface GoReference {
  path: string
  /** 1-based. */
  line: number
}

/** What a go.mod calls its module. */
export function readModuleName(text: string): string | undefined {
  return /^module[ \t]+"?([^\s"]+)/m.exec(text)?.[1]
}

const IMPORT = /^import\s+(?:\(([^)]*)\)|(?:[\w.]+\s+)?["`]([^"`\n]+)["`])/gm
const QUOTED = /["`]([^"`\n]+)["`]/g

/** The paths that a source imports, in order. */
export const readGoImports = rememberReadings(findImports)

function findImports(text: string): readonly GoReference[] {
  const code = blankComments(text)
  const lines = new LineIndex(code)
  return Array.from(code.matchAll(IMPORT), ({0: whole, index}) =>
    Array.from(whole.matchAll(QUOTED), ({1: path = '', index: at}) => ({
      path,
      line: lines.lineAt(index + at),
    })),
  ).flat()
}

/** The patterns that `//go:embed` names, in order, without `all:`. */
export const readGoEmbeds = rememberReadings(findEmbeds)

function findEmbeds(text: string): readonly GoReference[] {
  if (!text.includes('//go:embed')) return []
  const lines = new LineIndex(text)
  return Array.from(text.matchAll(/^[ \t]*\/\/go:embed[ \t]+(.+)$/gm), ({1: list = '', index}) =>
    Array.from(list.matchAll(/"([^"]+)"|`([^`]+)`|(\S+)/g), ([, quoted, raw, plain]) => ({
      path: (quoted ?? raw ?? plain ?? '').replace(/^all:/, ''),
      line: lines.lineAt(index),
    })),
  ).flat()
}

/** Whether a file is compiled for some systems only, or if asked for. */
export const hasGoConstraint = rememberReadings(
  (text) => text.includes('//go:build') && /^\/\/go:build\b/m.test(text),
)

/** Flags that take the next word as their value (`go help build`, `go help testflag`). */
const VALUE_FLAG =
  /^--?(?:o|C|p|f|asmflags|bench|buildmode|compiler|count|covermode|coverpkg|coverprofile|cpu|exec|gccgoflags|gcflags|installsuffix|ldflags|mod|modfile|overlay|parallel|pgo|pkgdir|run|tags|timeout|toolexec)$/

/** The words of a call that are no flags and no values of flags. @param args what stands behind the subcommand */
export function listGoOperands(args: readonly string[]): string[] {
  const found: string[] = []
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!
    if (!word.startsWith('-')) found.push(word)
    else if (VALUE_FLAG.test(word)) at++
  }
  return found
}

/** Keeps the lines. */
function blankComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, (found) => found.replace(/[^\n]/g, ' '))
}
