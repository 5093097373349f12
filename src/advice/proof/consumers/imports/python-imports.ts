import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {
  describeImport,
  type PythonImport,
  readPythonImports,
} from '../../../../languages/sources/python-source.js'
import {
  isWithin,
  joinPath,
  parentPath,
  relativeTo,
  resolveContainerPath,
} from '../../../../languages/text/container-path.js'
import {quoteCode} from '../../../../languages/text/quote.js'
import type {Need, ProjectView, SourceText} from '../consumption.js'
import {type LoadedModule, listLoadedFiles} from '../files/module-files.js'
import {matchLines} from '../text-lines.js'
import {locate} from './source-imports.js'

/** A directory that modules are looked for in. */
interface Root {
  contextPath: string
  containerPath: string
}

/** A module, with the directory that it was found in. */
interface Module {
  root: Root
  source: SourceText
}

const DJANGO_SETTINGS = /DJANGO_SETTINGS_MODULE["'],\s*["']([\w.]+)["']/g
const DJANGO_APPS = /^INSTALLED_APPS[^\n]*=\s*\[[^\]]*\]/gm

const MAX_MODULES = 200
const DEPENDENCIES = /(?:^|\/)(?:requirements[\w.-]*\.(?:txt|in)|pyproject\.toml|Pipfile|setup\.(?:py|cfg))$/

/** The modules of a project that what a command starts imports, at any depth, and where they must lie. */
export function listModuleNeeds(action: PlacedAction, project: ProjectView): Need[] {
  const started = findStarted(action, project)
  const installed = readInstalled(project)
  const roots = [...started.map(({root}) => root), ...started.flatMap((one) => listPathRoots(action, one))]
  const known = new Map(started.map((one) => [one.source.path, one]))
  const needs: Need[] = []
  for (const {root, source} of known.values()) {
    if (known.size > MAX_MODULES) break
    for (const {name, line, text} of listNames(source, root)) {
      const found = findModule(name, roots, installed, project)
      if (found === null) continue
      const {contextPath, containerPath, root: own} = found
      const askedBy = {path: source.path, line, text: quoteCode(text.trim().split('\n')[0]!)}
      needs.push({contextPath, certainty: 'must', askedBy, containerPath})
      const content = project.textOf(contextPath)
      if (content !== null && !known.has(contextPath))
        known.set(contextPath, {root: own, source: {path: contextPath, text: content}})
    }
    needs.push(...listLoadedFiles(toLoaded(source, root, action), action.directory, project))
  }
  return [...needs, ...listFlaskPages([...known.values()])]
}

const MAX_PAGES = 4

/** The pages that a Flask application fills in: `templates` beside the module that makes it. */
function listFlaskPages(modules: readonly Module[]): Need[] {
  const application = modules.find(({source}) => /\bFlask\(\s*__name__/.test(source.text))
  if (application === undefined || application.source.text.includes('template_folder')) return []
  const {source, root} = application
  const own = source.path.slice(root.contextPath === '' ? 0 : root.contextPath.length + 1)
  const folder = joinPath(parentPath(own), 'templates')
  const pages = modules.flatMap((module) =>
    matchLines(module.source.text, /\brender_template\(\s*["']([\w./-]+)["']/g).map(
      ({match, line}): Need => ({
        contextPath: joinPath(root.contextPath, joinPath(folder, match[1]!)),
        certainty: 'must',
        askedBy: {path: module.source.path, line, text: match[0]},
        containerPath: resolveContainerPath(root.containerPath, `${folder}/${match[1]!}`),
        isOpened: true,
      }),
    ),
  )
  return pages.slice(0, MAX_PAGES)
}

/** A module where the image has it; one that a server is given is not the program itself. */
function toLoaded(source: SourceText, root: Root, {script}: PlacedAction): LoadedModule {
  const tail = source.path.slice(root.contextPath === '' ? 0 : root.contextPath.length + 1)
  const containerPath = resolveContainerPath(root.containerPath, tail)
  return {source, containerPath, isStarted: source.path === script?.path}
}

/** What the manifests say of packages, but for the name of the project itself. */
function readInstalled(project: ProjectView): string {
  const texts = project.readAll('/', DEPENDENCIES).map(({text}) => text.replace(/^[ \t]*name\s*=.*$/gm, ''))
  return texts.join('\n')
}

/** Finds a module below the first root that has it; null where a package that is installed may have the name. */
function findModule(
  name: string,
  roots: readonly Root[],
  installed: string,
  project: ProjectView,
): {contextPath: string; containerPath: string; root: Root} | null {
  const [top = ''] = name.split('.')
  for (const root of roots) {
    const isOwn = project.has(joinPath(root.contextPath, `${top}/__init__.py`))
    if (!isOwn && new RegExp(`\\b${top}\\b`, 'i').test(installed)) continue
    const tail = findTail(name, root, project)
    if (tail !== null) {
      const containerPath = resolveContainerPath(root.containerPath, tail)
      return {contextPath: joinPath(root.contextPath, tail), containerPath, root}
    }
  }
  return null
}

/** The directories of PYTHONPATH, by where a started module lies in image and context. */
function listPathRoots(action: PlacedAction, {root}: Module): Root[] {
  return listPlaces(action).flatMap((containerPath) => {
    if (containerPath === root.containerPath || !isWithin(root.containerPath, containerPath)) return []
    const tail = relativeTo(containerPath, root.containerPath)
    if (root.contextPath !== tail && !root.contextPath.endsWith(`/${tail}`)) return []
    const contextPath = root.contextPath.slice(0, root.contextPath.length - tail.length).replace(/\/$/, '')
    return [{contextPath, containerPath}]
  })
}

/** The file of a module below a root; the directory on the way where nobody looked into it. */
function findTail(name: string, {contextPath}: Root, project: ProjectView): string | null {
  const path = name.replaceAll('.', '/')
  const found = locate(
    [`${path}.py`, `${path}/__init__.py`].map((one) => joinPath(contextPath, one)),
    project,
  )
  return found === null || found === contextPath
    ? null
    : found.slice(contextPath === '' ? 0 : contextPath.length + 1)
}

/** The modules that a source names, by their full names. */
function listNames(source: SourceText, root: Root): {name: string; line: number; text: string}[] {
  const own = source.path.slice(root.contextPath === '' ? 0 : root.contextPath.length + 1)
  // one in a block may never run
  const imported = readPythonImports(source.text)
    .filter(({isCertain}) => isCertain)
    .flatMap((one) =>
      listMembers(resolveDots(one, own), one.names).map((name) => ({
        name,
        line: one.line,
        text: describeImport(one),
      })),
    )
    .filter(({name}) => /^[A-Za-z_]/.test(name))
  const settings = matchLines(source.text, DJANGO_SETTINGS).map(({match, line}) => ({
    name: match[1]!,
    line,
    text: match[0],
  }))
  const apps = matchLines(source.text, DJANGO_APPS).flatMap(({match, line}) =>
    matchLines(match[0], /["']([a-z_][\w.]*)["']/g).map((one) => ({
      name: one.match[1]!.replace(/\.apps\.\w+$/, ''),
      line: line + one.line - 1,
      text: `INSTALLED_APPS ${one.match[0]}`,
    })),
  )
  return [...imported, ...settings, ...apps]
}

/** The module, and what may be modules in it. */
function listMembers(module: string, names: readonly string[]): string[] {
  return [module, ...names.map((one) => (module === '' ? one : `${module}.${one}`))]
}

/** `from ..db import x` in `api/routes/a.py` is of `api.db`. */
function resolveDots({module, level}: PythonImport, own: string): string {
  if (level === 0) return module
  const folder = parentPath(own, level)
  return [folder.replaceAll('/', '.'), module].filter(Boolean).join('.')
}

/** Programs that are given a module: `uvicorn app.main:app`. */
const SERVERS =
  /^(?:uvicorn|gunicorn|hypercorn|daphne|granian|waitress-serve|uwsgi|celery|dramatiq|rq|huey|arq|faust|fastapi|flask|robyn|sanic|litestar|nicegui|taskiq|procrastinate)$/
/** Programs that are given a file: `streamlit run app.py`. */
const FILE_SERVERS = /^(?:streamlit|fastapi|gradio|chainlit|panel|bokeh|marimo|solara|mesop|papermill|manim)$/
const MODULE = /^([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?::[\w.()]+)?$/

function findStarted(action: PlacedAction, project: ProjectView): Module[] {
  const {program, script, runsFile, directory} = action
  if (script !== undefined && runsFile !== undefined && program === 'python') {
    const place = parentPath(resolveContainerPath(directory, runsFile))
    return [{root: {contextPath: parentPath(script.path), containerPath: place}, source: script}]
  }
  const file = FILE_SERVERS.test(program) ? action.words.find((word) => word.endsWith('.py')) : undefined
  if (file !== undefined) {
    const containerPath = parentPath(resolveContainerPath(directory, file))
    return project
      .read(directory, file)
      .map((source) => ({root: {contextPath: parentPath(source.path), containerPath}, source}))
  }
  const tails = listModules(action).flatMap((name) => {
    const path = name.replaceAll('.', '/')
    return [`${path}.py`, `${path}/__main__.py`, `${path}/__init__.py`]
  })
  return listPlaces(action).flatMap((containerPath) =>
    tails.flatMap((tail) =>
      project.read(containerPath, tail).flatMap((source): Module[] => {
        const isBelow = source.path === tail || source.path.endsWith(`/${tail}`)
        const contextPath = source.path.slice(0, source.path.length - tail.length).replace(/\/$/, '')
        return isBelow ? [{root: {contextPath, containerPath}, source}] : []
      }),
    ),
  )
}

/** The modules that the words of a command, or its environment, name. */
function listModules({program, words, env}: PlacedAction): string[] {
  if (program === 'python') return words[1] === '-m' ? [words[2] ?? ''] : []
  if (!SERVERS.test(program)) return []
  const given = [
    ...words.slice(1).map((word) => word.replace(/^--(?:app|module|wsgi)=/, '').replace(/\.py$/, '')),
    ...(program === 'flask' ? [env.get('FLASK_APP')?.replace(/\.py$/, '') ?? 'app', 'wsgi'] : []),
  ]
  return given.flatMap((word) => MODULE.exec(word)?.[1] ?? [])
}

/** Where Python looks: PYTHONPATH, what an option says, where the command works. */
function listPlaces({words, env, directory}: PlacedAction): string[] {
  const told = words.flatMap((word, at) => {
    const value = /^--(?:app-dir|chdir|pythonpath|workdir)=(.+)$/.exec(word)?.[1]
    return value ?? (/^--(?:app-dir|chdir|pythonpath|workdir)$/.test(word) ? (words[at + 1] ?? []) : [])
  })
  const path = (env.get('PYTHONPATH') ?? '').split(':').filter((one) => one !== '' && !one.includes('$'))
  return [...new Set(['.', ...told, ...path].map((one) => resolveContainerPath(directory, one)))]
}
