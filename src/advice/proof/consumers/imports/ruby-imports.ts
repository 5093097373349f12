import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {
  joinPath,
  parentPath,
  relativeTo,
  resolveContainerPath,
} from '../../../../languages/text/container-path.js'
import {quoteCode} from '../../../../languages/text/quote.js'
import type {Need, ProjectView, SourceText} from '../consumption.js'
import {resolveIn} from '../needs.js'
import {isCaught, matchLines} from '../text-lines.js'

/** Servers that take `config.ru`. */
const SERVERS = /^(?:puma|rackup|unicorn|thin|falcon|iodine|passenger|pitchfork)$/
/** Programs that load a Rails application. */
const LOADERS = /^(?:rails|rake|sidekiq|good_job|shoryuken|clockwork)$/
/** Commands of these that load none. */
const ALONE = /^(?:new|-v|--version|version|-T|--tasks|-h|--help|notes|stats)$/
const REQUIRE =
  /^[ \t]*(?:require_relative\s*\(?\s*["']([^"'#\n]+)["']|require\s*\(?\s*File\.expand_path\(\s*["']([^"'#\n]+)["']\s*,\s*(?:__FILE__|__dir__)\)|(?:require|load)\s*\(?\s*["'](\.{1,2}\/[^"'#\n]+)["'])(?![^\n]*\b(?:if|unless|rescue)\b)/gm
/** Files of settings that are read when the application starts. */
const OPENS =
  /\b(?:YAML\.(?:safe_)?load_file|(?:File|IO)\.(?:read|open))\(?\s*(?:Rails\.root\.join\(([^()\n#]+)\)|["']([\w][\w./-]*)["'])|\bconfig_for\(?\s*:(\w+)/g
const ASKS = /exist|\brescue\b|\bfile\?/i
const LINES_BEFORE = 4
const MAX_MODULES = 100

/** What a started program of Ruby requires and opens, at any depth, and where that must lie. */
export function listRubyNeeds(action: PlacedAction, project: ProjectView): Need[] {
  const places = new Map(listStarted(action, project).map(({source, place}) => [source.path, place]))
  const needs: Need[] = []
  for (const [path, place] of places) {
    if (places.size > MAX_MODULES) break
    const text = project.textOf(path)
    if (text === null) continue
    for (const need of listRequired({path, text}, place)) {
      needs.push(need)
      if (project.isFile(need.contextPath)) places.set(need.contextPath, need.containerPath!)
    }
    needs.push(...listOpened({path, text}, action.directory, project))
  }
  return needs
}

interface Started {
  source: SourceText
  place: string
}

function listStarted(action: PlacedAction, project: ProjectView): Started[] {
  const {program, words, script, runsFile, directory} = action
  const own =
    script !== undefined && runsFile !== undefined && script.path.endsWith('.rb')
      ? [{source: script, place: resolveContainerPath(directory, runsFile)}]
      : []
  const isLoader = LOADERS.test(program) && words.length > 1 && !words.some((word) => ALONE.test(word))
  const names = SERVERS.test(program)
    ? ['config.ru']
    : isLoader
      ? ['config/environment.rb', ...(program === 'rake' ? ['Rakefile'] : [])]
      : []
  const started = names.flatMap((name) => readAt(name, directory, project))
  return [...own, ...started, ...listOfRails(started, directory, project)]
}

function readAt(name: string, directory: string, project: ProjectView): Started[] {
  const place = resolveContainerPath(directory, name)
  return project.read(directory, name).map((source) => ({source, place}))
}

/** A Rails application loads its settings by custom. */
function listOfRails(started: readonly Started[], directory: string, project: ProjectView): Started[] {
  if (started.length === 0) return []
  const [application] = project.read(directory, 'config/application.rb')
  if (application === undefined) return []
  const folder = parentPath(application.path)
  const place = resolveContainerPath(directory, 'config')
  const own = ['application.rb', 'environments/production.rb'].flatMap((name) =>
    readAt(joinPath('config', name), directory, project),
  )
  const initializers = project.readBelow(joinPath(folder, 'initializers'), /\.rb$/).map((source) => ({
    source,
    place: resolveContainerPath(place, folder === '' ? source.path : relativeTo(folder, source.path)),
  }))
  return [...own, ...initializers]
}

function listRequired({path, text}: SourceText, place: string): Need[] {
  return matchLines(text, REQUIRE).flatMap(({match, line}): Need[] => {
    const given = match[1] ?? match[3] ?? match[2]!.replace(/^\.\.\//, '')
    const name = /\.(?:rb|rake)$/.test(given) ? given : `${given}.rb`
    const contextPath = resolveIn(parentPath(path), name)
    if (isCaught(text, line) || contextPath.startsWith('..')) return []
    const containerPath = resolveContainerPath(parentPath(place), name)
    return [{contextPath, certainty: 'must', askedBy: {path, line, text: match[0].trim()}, containerPath}]
  })
}

function listOpened({path, text}: SourceText, directory: string, project: ProjectView): Need[] {
  const lines = text.split('\n')
  return matchLines(text, OPENS).flatMap(({match, line, content}): Need[] => {
    if (/^\s*#/.test(content) || ASKS.test(lines.slice(Math.max(0, line - LINES_BEFORE), line).join('\n')))
      return []
    const [, joined, plain, setting] = match
    const name = plain ?? (setting === undefined ? joinStrings(joined ?? '') : `config/${setting}.yml`)
    if (name === null) return []
    const containerPath = resolveContainerPath(directory, name)
    const askedBy = {path, line, text: quoteCode(match[0])}
    return project
      .guessSources(directory, name)
      .filter((one) => one !== '')
      .map((contextPath): Need => ({contextPath, certainty: 'must', askedBy, containerPath, isOpened: true}))
  })
}

/** `"config", "a.yml"`; null where one of them is no string. */
function joinStrings(list: string): string | null {
  const parts = list.split(',').map((one) => /^\s*["']([\w./-]+)["']\s*$/.exec(one)?.[1])
  return parts.includes(undefined) ? null : parts.join('/')
}
