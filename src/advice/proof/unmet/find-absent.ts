/** Files that a command takes and that lie nowhere: the context lacks them, and no step makes them. */

import {relate, traceBack} from '../../../build/graph/placements.js'
import type {StageEvent} from '../../../build/graph/timeline.js'
import {shortImageName} from '../../../languages/dockerfile/evaluate/names/image-name.js'
import {readCopy} from '../../../languages/scripts/read-copy.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {baseName, isWithin, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {Image} from '../survey/survey.js'

/** A file that is nowhere. */
export interface AbsentFile {
  /** The place of its instruction among the events of the image. */
  at: number
  command: ShellCommand
  /** Where it would lie in the context. */
  contextPath: string
  containerPath: string
}

type RunEvent = StageEvent & {kind: 'run'}

/**
 * Finds what commands copy, move, install or start out of directories that a COPY of the context has filled, where no step
 * before may have put it. Nothing where the base image is not one of the official ones: nobody knows what lies in another.
 * @param isMissing tells whether the context has no such path, neither sent nor kept out
 */
export function findAbsentFiles(image: Image, isMissing: (contextPath: string) => boolean): AbsentFile[] {
  const {events, imageName} = image.timeline
  if (!isOfficial(imageName)) return []
  const past: ShellCommand[] = []
  return events.flatMap((event, at) => {
    if (event.kind !== 'run' || (event.isStart && !(image.timeline.isTarget && isLast(events, at)))) return []
    return event.commands.flatMap((command, number) => {
      const found = listNames(event, number).flatMap((name): AbsentFile[] => {
        const containerPath = resolveContainerPath(command.directory, name)
        const contextPath = locate(events.slice(0, at), containerPath)
        if (contextPath === null || !isMissing(contextPath) || OUTPUT.test(contextPath)) return []
        const isMade = past.some((one) => mayMake(one, containerPath))
        return isMade ? [] : [{at, command, contextPath, containerPath}]
      })
      if (!event.isStart) past.push(command)
      return found
    })
  })
}

/** Whether a place of an image is to come out of a copied directory that does not have it, and no step may put it there. @param before the place of a step among the events */
export function isNowhere(
  {timeline}: Image,
  containerPath: string,
  isMissing: (path: string) => boolean,
  before = timeline.events.length,
): boolean {
  const {imageName} = timeline
  const events = timeline.events.slice(0, before)
  const contextPath = isOfficial(imageName) ? locate(events, containerPath) : null
  if (contextPath === null || !isMissing(contextPath)) return false
  // of what builds make by custom every program must be known
  const isOutput = OUTPUT.test(`${contextPath}/`)
  const mayWrite = (one: ShellCommand) =>
    isOutput
      ? !isBounded(one, containerPath) &&
        (mayMake(one, containerPath) || MANAGERS.test(baseName(one.words[0] ?? '')))
      : !isBounded(one, containerPath) && mayMake(one, containerPath)
  return !events.some((event) => event.kind === 'run' && !event.isStart && event.commands.some(mayWrite))
}

/** A build that writes into the directory of outputs that is its own by custom. */
function isBounded(
  {words: [program = '', subcommand = '', ...args]}: ShellCommand,
  containerPath: string,
): boolean {
  const found = BOUNDED.get(baseName(program))
  if (
    found === undefined ||
    !found[0].test(subcommand) ||
    containerPath.split('/').some((part) => found[1].test(part))
  )
    return false
  return !args.some((word) => /^(?:-o|--output|--out-dir|--target-dir)\b/.test(word))
}

/** The subcommands of a tool, and the directories that it writes into. */
const BOUNDED: ReadonlyMap<string, readonly [subcommands: RegExp, outputs: RegExp]> = new Map([
  ['swift', [/^(?:build|package)$/, /^\.build$/]],
  ['cargo', [/^(?:build|fetch|check)$/, /^target$/]],
  ['go', [/^(?:mod|vet|test)$/, /^vendor$/]],
  ['dotnet', [/^(?:restore|build)$/, /^(?:bin|obj)$/]],
  ['mix', [/^(?:local\.hex|local\.rebar|deps\.get|deps\.compile|compile)$/, /^(?:_build|deps|priv|static)$/]],
])

/** The words of a command that must be files. */
function listNames(event: RunEvent, number: number): string[] {
  if (event.isStart) return listStarted(event.commands[number]!)
  return isOptional(event, number) ? [] : listTaken(event.commands[number]!)
}

/** Docker's own, and those of Microsoft and Google: none of them has files in the directories of a project. */
function isOfficial(imageName: string): boolean {
  const short = shortImageName(imageName)
  return short !== null && /^(?:[^/]+|mcr\.microsoft\.com\/.*|gcr\.io\/distroless\/.*)$/.test(short)
}

/** The last of its keyword: what an earlier one says is replaced. */
function isLast(events: readonly StageEvent[], at: number): boolean {
  const keywordOf = (event: StageEvent | undefined) => event?.where.text.split(/\s/, 1)[0]
  return !events
    .slice(at + 1)
    .some((event) => event.kind === 'run' && event.isStart && keywordOf(event) === keywordOf(events[at]))
}

/** What builds make, or packages bring. */
const OUTPUT =
  /(?:^|\/)(?:dist|build|out|output|target|bin|obj|lib|public|generated|gen|node_modules|vendor|_build|deps|static|release|tmp|temp|\.\w[\w-]*|__pycache__)\//

/** `cp x y || true`, one that asks first, and one that a variable decides. */
function isOptional({commands}: RunEvent, number: number): boolean {
  const {isCertain, hasFallback, guards = []} = commands[number]!
  const next = commands[number + 1]?.words[0] ?? ''
  return !isCertain || hasFallback === true || guards.length > 0 || /^(?:true|:)$/.test(next)
}

/** The words that must be files for a command not to fail. */
function listTaken({words}: ShellCommand): string[] {
  const [program = '', ...args] = words
  return (readCopy(words)?.sources ?? listRun(program, args)).filter(isLiteral)
}

const SHELLS = /^(?:sh|bash|ash|dash|zsh|source|\.)$/

/** A script that is called by its path, or by a shell. */
function listRun(program: string, args: readonly string[]): string[] {
  if (/^(?:\.{1,2}\/|\/)?[\w./-]+\.sh$/.test(program) && program.includes('/')) return [program]
  const first = SHELLS.test(program) ? args[0] : undefined
  return first !== undefined && /^[\w./-]+\.\w+$/.test(first) ? [first] : []
}

const INTERPRETERS = /^(?:sh|bash|ash|dash|python3?|node|ruby|php|perl|deno|bun|lua|Rscript)$/
const SCRIPT = /\.(?:sh|py|[cm]?js|ts|rb|php|pl|lua|R)$/

/** The script that a container starts. */
function listStarted({words: [program = '', ...args]}: ShellCommand): string[] {
  if (program.includes('/') && SCRIPT.test(program)) return [program].filter(isLiteral)
  const name = baseName(program)
  const first = INTERPRETERS.test(name) ? args[0] : undefined
  return first !== undefined && SCRIPT.test(first) && isLiteral(first) ? [first] : []
}

function isLiteral(word: string): boolean {
  return (
    /^[\w@.+-][\w@./+-]*$|^\/[\w@./+-]+$/.test(word) && !/^\.{0,2}\/?$/.test(word) && !word.includes('..')
  )
}

/** Where in the context a place of the image comes from, of directories that were copied as such; null where anything else may lie there. */
function locate(events: readonly StageEvent[], containerPath: string): string | null {
  const found = new Set<string>()
  for (const event of events) {
    if (mayBringOther(event, containerPath)) return null
    if (event.kind !== 'arrival') continue
    for (const placement of event.placements) {
      const path = traceBack(placement, containerPath)
      if (path !== null && relate(placement, path) !== null) found.add(path)
    }
  }
  const [path, ...others] = found
  return path === undefined || others.length > 0 || isOfSystem(containerPath) ? null : path
}

/** Whether a file of another origin, or of another name, may lie at a place after an event. */
function mayBringOther(event: StageEvent, containerPath: string): boolean {
  if (event.kind === 'handover') {
    const destination = resolveContainerPath('/', event.destination)
    return isWithin(containerPath, destination) || isWithin(destination, containerPath)
  }
  if (event.kind !== 'arrival') return false
  if (event.isMount || bringsOther(event, containerPath)) return true
  return event.placements.some(
    (one) => one.containerPath === null || (one.containerPath === containerPath && one.contextPath !== ''),
  )
}

/** A text or an address that is written to the place, or an archive that is unpacked. */
function bringsOther({where, placements}: StageEvent & {kind: 'arrival'}, containerPath: string): boolean {
  const name = baseName(containerPath)
  if (placements.length === 0) return where.text.includes(name)
  return /^ADD\b/i.test(where.text) && /\.(?:tar|tgz|tbz2?|txz|gz|bz2|xz)\b/.test(where.text)
}

/** Directories in which a base image has files of its own. */
function isOfSystem(containerPath: string): boolean {
  return /^\/(?:bin|boot|dev|etc|lib\w*|proc|run|s?bin|sys|usr(?!\/src\/)|var(?!\/(?:www|task)\/)|docker-entrypoint[^/]*|\?|[^/]+$)/.test(
    containerPath,
  )
}

/** Programs that write nothing into the directories of a project, or only packages. */
const QUIET = new Set(
  'apt apt-get apk dnf yum microdnf tdnf zypper pacman pip pip3 gem pecl useradd adduser addgroup groupadd usermod groupmod userdel chmod chown chgrp mkdir rm rmdir echo printf set export unset cd true : [ [[ test exit umask update-ca-certificates ldconfig locale-gen npm yarn pnpm corepack bundle a2enmod a2ensite a2dissite docker-php-ext-install docker-php-ext-configure docker-php-ext-enable virtualenv sed find ls cat which command sleep setcap ln cp mv install touch curl wget gpg tar unzip'.split(
    ' ',
  ),
)
/** Of these only an install leaves the project as it is. */
const MANAGERS = /^(?:npm|yarn|pnpm|bundle|pip3?)$/
const INSTALLS = /^(?:install|ci|i|add|config|set|clean-install|cache|download|wheel|enable)$/
/** Programs that put what they fetch where they work. */
const FETCHERS = /^(?:curl|wget|tar|unzip|gpg)$/

/** Programs that write where their words say. */
const WRITERS = /^(?:cp|mv|ln|install|touch|find|sed|tee)$/

/** Tells whether a command may have put a file at a place. */
function mayMake({words, outputs = [], directory}: ShellCommand, containerPath: string): boolean {
  const [program = '', ...args] = words
  const name = baseName(program)
  const isPython = /^python[\d.]*$/.test(name) && args[0] === '-m' && /^(?:pip|venv)$/.test(args[1] ?? '')
  if (!QUIET.has(name) && !isPython) return true
  if (MANAGERS.test(name) && !INSTALLS.test(args.find((word) => !word.startsWith('-')) ?? 'install'))
    return true
  const base = baseName(containerPath)
  if ([...args, ...outputs].some((word) => word.includes(base))) return true
  if (outputs.some((word) => /[$`*]/.test(word))) return true
  const reaches = (word: string) =>
    /[$`*{}]/.test(word) || isWithin(containerPath, resolveContainerPath(directory, word))
  if (WRITERS.test(name)) return args.some(reaches)
  return FETCHERS.test(name) && (isWithin(containerPath, directory) || args.some(reaches))
}
