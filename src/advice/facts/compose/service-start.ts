import path from 'node:path'
import {expandActions, type PlacedAction} from '../../../build/graph/expand-actions.js'
import {findFiles} from '../../../build/graph/proof-input.js'
import {rootOf, stagesBehind} from '../../../build/graph/query-graph.js'
import type {OtherInstruction} from '../../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {listActions} from '../../../languages/scripts/list-actions.js'
import {readExec, readShell} from '../../../languages/scripts/read-shell.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {resolveContainerPath} from '../../../languages/text/container-path.js'
import type {ComposeService} from '../../../plan/compose/service/compose-service.js'
import {keepsShell} from '../image-shell.js'
import type {ServiceBuild} from './service-build.js'

/** What the containers of a service start. */
export interface ServiceStart {
  /** The argument list of process 1, as far as it is known: the entrypoint of a base image is not. */
  words: readonly string[]
  /** Who says it: the compose file, or the Dockerfile. */
  origin: {file: string; line: number; isService: boolean}
  /** The simple commands in it, scripts given with `sh -c` read. */
  commands: readonly ShellCommand[]
  /** What they do, scripts of the context followed; of an image that is not built here the commands alone. */
  actions: readonly StartAction[]
  firstProcess: FirstProcess
  /** The script of the context that is process 1; null where it is none, or not known. */
  script: {path: string; text: string} | null
}

/** Something that is done at each start. */
export type StartAction = Pick<
  PlacedAction,
  'words' | 'makes' | 'isCertain' | 'directory' | 'program' | 'text'
> & {
  /** The command itself; `text` is that of the script around it. */
  called: string
  script?: {path: string; text: string}
}

/** `shell`: a shell waits for the program and passes no signal on. `init`: something made for it. */
type FirstProcess = 'program' | 'shell' | 'init' | 'unknown'

/** Finds what a service starts; null where only an image knows that is not built here. */
export function findServiceStart(service: ComposeService, build: ServiceBuild | null): ServiceStart | null {
  const found = findWords(service, build)
  if (found === null || found.words.length === 0) return null
  const directory = directoryOf(service, build)
  const commands = readExec(found.words, {directory})
  const script = readScript(found.words, commands[0]?.directory ?? '/', build)
  const start = {...found, commands, script}
  return {
    ...start,
    actions: listStartActions(found.words, commands, build),
    firstProcess: findFirstProcess(service, start, build),
  }
}

function findWords(
  {entrypoint, command}: ComposeService,
  build: ServiceBuild | null,
): Pick<ServiceStart, 'words' | 'origin'> | null {
  const image = build === null ? [] : instructionsOf(build)
  const last = (keyword: string) => image.findLast((one) => one.keyword === keyword)
  const own = command ?? entrypoint
  const origin = own && {...own.node.place, isService: true}
  if (entrypoint !== null && origin !== null) {
    return {words: [...entrypoint.words, ...(command?.words ?? [])], origin}
  }
  const entry = last('ENTRYPOINT')
  const cmd = last('CMD')
  const told = entry ?? cmd
  const places = told && {file: build!.file, line: told.line, isService: false}
  if (command !== null) return {words: [...(entry ? wordsOf(entry) : []), ...command.words], origin: origin!}
  if (told === undefined) return null
  return {words: [...(entry ? wordsOf(entry) : []), ...(cmd ? wordsOf(cmd) : [])], origin: places!}
}

function instructionsOf({graph}: ServiceBuild): OtherInstruction[] {
  return stagesBehind(graph.target)
    .flatMap(({instructions}) => instructions)
    .filter((one): one is OtherInstruction => one.keyword === 'CMD' || one.keyword === 'ENTRYPOINT')
}

/** A shell form is handed to a shell. */
function wordsOf({written, args}: OtherInstruction): readonly string[] {
  return written.isJson ? args : ['/bin/sh', '-c', args.join(' ')]
}

function directoryOf({workingDir}: ComposeService, build: ServiceBuild | null): string {
  return resolveContainerPath(build?.timeline.directory ?? '/?', workingDir ?? '.')
}

function listStartActions(
  words: readonly string[],
  commands: readonly ShellCommand[],
  build: ServiceBuild | null,
): StartAction[] {
  const plain = listActions(commands).map((action) => ({...action, called: action.text}))
  if (build === null) return plain
  const {timeline, proof} = build
  const events = timeline.events.filter((event) => event.kind !== 'run' || !event.isStart)
  const where = {place: '', text: words.join(' ')}
  const start = {kind: 'run' as const, where, commands, actions: listActions(commands), isStart: true}
  return expandActions(proof, {...timeline, events: [...events, start]}).filter(({isStart}) => isStart)
}

const INIT = /^(?:tini|dumb-init|docker-init|init|s6-svscan|catatonit|supervisord|runit|my_init|systemd)$/
const SHELL = /^(?:sh|bash|ash|dash|zsh)$/

/** They hand their place to the program. */
const HANDS_OVER = /^(?:exec|trap|wait)$/

function findFirstProcess(
  {hasInit, image}: ComposeService,
  {words, commands, script}: Pick<ServiceStart, 'words' | 'commands' | 'script'>,
  build: ServiceBuild | null,
): FirstProcess {
  if (hasInit) return 'init'
  const name = path.posix.basename(words[0] ?? '')
  if (INIT.test(name)) return 'init'
  if (script !== null) return waitsForProgram(script.text, readShell(script.text, {directory: '/'}))
  // The script of an official image, which gives its place to what it is given.
  if (name.startsWith('docker-entrypoint')) return 'program'
  // Flags are for the entrypoint of an image that is not known.
  if (name.startsWith('-')) return 'unknown'
  if (!SHELL.test(name)) return /\.(?:sh|bash)$/.test(name) ? 'unknown' : 'program'
  const flag = words.findIndex((word) => /^-[a-z]*c$/.test(word))
  if (flag < 0) return 'unknown'
  const process = waitsForProgram(words[flag + 1] ?? '', commands)
  if (process !== 'shell' || name === 'dash') return process
  return name === 'sh' && keepsShell(imageOf(image, build) ?? '') ? 'shell' : 'unknown'
}

/** What the container's files come from at the bottom; null for none that is known. */
function imageOf(image: string | null, build: ServiceBuild | null): string | null {
  if (build === null) return image
  const root = rootOf(build.graph.target.end)
  return root.kind === 'image' ? root.image : null
}

/** A single plain command takes the place of its shell; behind others only with `exec`. */
function waitsForProgram(text: string, commands: readonly ShellCommand[]): FirstProcess {
  if (commands.length < 2) return 'program'
  const isHandedOver = commands.some(({words}) => HANDS_OVER.test(words[0] ?? ''))
  // What a script does with functions and what it is given is not followed.
  return isHandedOver || /\bexec\b|\btrap\b|"\$@"/.test(text) ? 'program' : 'shell'
}

function readScript(
  words: readonly string[],
  directory: string,
  build: ServiceBuild | null,
): ServiceStart['script'] {
  if (build === null) return null
  const [first = '', second = ''] = words
  const isShell = SHELL.test(path.posix.basename(first))
  const called = isShell ? second : first
  if (called === '' || called.startsWith('-')) return null
  const found = called.includes('/')
    ? [resolveContainerPath(directory, called)]
    : [`/usr/local/bin/${called}`, `/usr/bin/${called}`, resolveContainerPath(directory, called)]
  for (const containerPath of found) {
    const slash = containerPath.lastIndexOf('/')
    const files = findFiles(
      build.proof,
      build.timeline,
      containerPath.slice(0, slash) || '/',
      containerPath.slice(slash + 1),
    )
    for (const file of files) {
      const text = build.evidence.get(file)
      const isScript = text !== undefined && (/^#!.*sh\b/.test(text) || isShell)
      if (isScript) return {path: file, text}
    }
  }
  return null
}

/** The program behind wrappers and shells, and what it is given; null for none. */
export function mainCommand({commands}: ServiceStart): ShellCommand | null {
  return commands.findLast(({words}) => words.length > 0) ?? null
}
