import type {PlacedAction} from '../../../build/graph/expand-actions.js'
import {baseName, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {FileTree} from '../../../tree/model/file-tree.js'
import type {ProgramStart} from './closure.js'

/** What an action says that a Python program begins with: container paths. */
interface NamedStart {
  /** A module, or the path of a file. */
  name: string
  isFile: boolean
  /** Where modules are looked for first. */
  directory: string
}

/** Servers that are given `module:app`. */
const SERVERS = /^(?:uvicorn|gunicorn|hypercorn|daphne|granian|waitress-serve)$/

/**
 * Finds the sources that an action of Python begins with; null where it is not told, or not in the context.
 * @param locate the path of the context that stands at a container path
 */
export function findPythonStart(
  action: Pick<PlacedAction, 'program' | 'words' | 'directory' | 'env'>,
  tree: FileTree,
  locate: (containerPath: string) => string | null,
): ProgramStart | null {
  const named = readStart(action.program, action.words, action.directory, action.env)
  if (named === null) return null
  const told = (action.env.get('PYTHONPATH') ?? '').split(':').filter((path) => path.startsWith('/'))
  const places = [named.directory, ...told]
  const [first = ''] = named.isFile ? [] : named.name.split('.')
  const rootAt = (place: string): string[] => {
    const whole = locate(place)
    if (whole !== null || first === '') return whole === null ? [] : [whole]
    // several copies make the directory: the one that brings the module
    const part =
      locate(resolveContainerPath(place, first)) ?? locate(resolveContainerPath(place, `${first}.py`))
    const isSameName = part !== null && (baseName(part) === first || baseName(part) === `${first}.py`)
    return isSameName ? [parentPath(part)] : []
  }
  const roots = [...new Set(places.flatMap((place) => rootAt(resolveContainerPath('/', place))))]
  const isFile = (path: string) => tree.find(path) >= 0 && tree.isFile(tree.find(path))
  if (named.isFile) {
    const path = locate(resolveContainerPath(named.directory, named.name))
    if (path === null || !isFile(path)) return null
    return {files: [path], roots: [...new Set([parentPath(path), ...roots.slice(1)])]}
  }
  const parts = named.name.split('.')
  for (const root of roots) {
    const at = (depth: number) => [root, ...parts.slice(0, depth)].filter(Boolean).join('/')
    const whole = at(parts.length)
    const found = [
      `${whole}.py`,
      `${whole}/__main__.py`,
      `${whole}/__init__.py`,
      `${whole}/celery.py`,
    ].filter(isFile)
    if (found.length === 0) continue
    const around = parts.slice(1).map((_, depth) => `${at(depth + 1)}/__init__.py`)
    return {files: [...around.filter(isFile), ...found], roots}
  }
  return null
}

function readStart(
  program: string,
  words: readonly string[],
  directory: string,
  env: ReadonlyMap<string, string>,
): NamedStart | null {
  const rest = words.slice(1)
  if (/^python[\d.]*$/.test(program)) return readPython(rest, directory, env)
  const module = (name: string | undefined, at = directory): NamedStart | null =>
    name === undefined || !/^[\w.]+(?::|$)/.test(name)
      ? null
      : {name: name.split(':')[0]!, isFile: false, directory: at}
  if (SERVERS.test(program)) {
    const moved = optionOf(rest, /^--(?:app-dir|chdir)$/)
    const at = moved === undefined ? directory : resolveContainerPath(directory, moved)
    const given = rest.find((word) => /^[A-Za-z_][\w.]*:[\w.()]+$/.test(word))
    return module(
      given ?? (program === 'gunicorn' ? rest.find((word) => /^[\w.]+\.\w+$/.test(word)) : undefined),
      at,
    )
  }
  if (program === 'celery') return module(optionOf(rest, /^(?:-A|--app)$/))
  if (program === 'flask')
    return readFlask(optionOf(rest, /^(?:-A|--app)$/) ?? env.get('FLASK_APP'), directory)
  if (program === 'streamlit' || program === 'fastapi') {
    const file = rest.slice(1).find((word) => word.endsWith('.py'))
    return file === undefined ? null : {name: file, isFile: true, directory}
  }
  return null
}

function readFlask(app: string | undefined, directory: string): NamedStart | null {
  if (app === undefined) return null
  const [name = ''] = app.split(':')
  return {name, isFile: name.endsWith('.py'), directory}
}

function readPython(
  words: readonly string[],
  directory: string,
  env: ReadonlyMap<string, string>,
): NamedStart | null {
  for (const [index, word] of words.entries()) {
    if (word === '-m') {
      const [module = '', ...rest] = words.slice(index + 1)
      return readStart(module, [module, ...rest], directory, env) ?? {name: module, isFile: false, directory}
    }
    if (word === '-c') return null
    if (!word.startsWith('-')) return word.endsWith('.py') ? {name: word, isFile: true, directory} : null
  }
  return null
}

function optionOf(words: readonly string[], option: RegExp): string | undefined {
  for (const [index, word] of words.entries()) {
    const [name = '', value] = word.split('=', 2)
    if (option.test(name)) return value ?? words[index + 1]
  }
  return undefined
}
