import type {PlacedAction} from '../../../build/graph/expand-actions.js'
import type {Consumption, Language, ProjectView} from '../consumers/consumption.js'
import {listGoFiles} from '../consumers/files/go-files.js'

/** The programs that a build makes of its own sources, by basename. */
export type MadePrograms = ReadonlyMap<string, MadeProgram>

interface MadeProgram {
  language: Language
  /** Where it was built, and the files of that image. */
  directory: string
  project: ProjectView
}

/** What an action makes, as far as its words or the project's manifests name it. */
export function listMade(action: PlacedAction, project: ProjectView): [string, MadeProgram][] {
  const {directory} = action
  return listNamesOfMade(action, project).map(([name, language]) => [name, {language, directory, project}])
}

function listNamesOfMade(
  {program, words, directory, makes}: PlacedAction,
  project: ProjectView,
): [string, Language][] {
  const language =
    program === 'go'
      ? 'go'
      : program === 'cargo'
        ? 'rust'
        : /^(?:gcc|g\+\+|cc|clang|clang\+\+)$/.test(program)
          ? 'other'
          : null
  if (language !== null) {
    const output = words[words.indexOf('-o') + 1]
    const given = words.includes('-o') && output !== undefined ? [baseOf(output)] : []
    const named =
      language === 'go'
        ? listGoNames(words, directory, project)
        : language === 'rust'
          ? listNames(project, directory, /(?:^|\/)Cargo\.toml$/, /^[ \t]*name\s*=\s*"([\w-]+)"/gm)
          : []
    return [...given, ...named].map((name) => [name, language])
  }
  if (makes?.includes('pip-install')) {
    const scripts = /^[ \t]*["']?([\w.-]+)["']?\s*=\s*["'][\w.]+:[\w.]+["']/gm
    return listNames(project, directory, /(?:^|\/)(?:pyproject\.toml|setup\.py|setup\.cfg)$/, scripts).map(
      (name) => [name, 'python'],
    )
  }
  return []
}

/** `go build ./cmd/a` and `go install ./...` call what they make after its directory, or the module. */
function listGoNames(words: readonly string[], directory: string, project: ProjectView): string[] {
  const packages = words
    .slice(2)
    .filter((word) => /^\.{0,2}\//.test(word) && !word.endsWith('...'))
    .map(baseOf)
  return [
    ...packages,
    ...listNames(project, directory, /(?:^|\/)go\.mod$/, /^module\s+(?:\S*\/)?([\w.-]+)\s*$/gm),
  ]
}

function listNames(project: ProjectView, directory: string, files: RegExp, pattern: RegExp): string[] {
  return project
    .readAll(directory, files)
    .flatMap(({text}) => [...text.matchAll(pattern)].map(([, name = '']) => name))
}

function baseOf(path: string): string {
  return path.replace(/\/+$/, '').replace(/^.*\//, '')
}

/** What such a program does stands in the sources of its language. */
export function useOfMade({program, directory}: PlacedAction, made: MadePrograms): Consumption | null {
  const found = made.get(program)
  if (found === undefined) return null
  const {language} = found
  const needs = language === 'go' ? listGoFiles(directory, found.directory, found.project) : []
  return {needs, git: null, runs: [language], ecosystems: [language]}
}
