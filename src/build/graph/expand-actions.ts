import type {Action} from '../../languages/scripts/action.js'
import {listActions} from '../../languages/scripts/list-actions.js'
import {listMixCommands} from '../../languages/scripts/mix-tasks.js'
import {readCopy} from '../../languages/scripts/read-copy.js'
import {listRecipes, MAKEFILES, readMakefile, withVariables} from '../../languages/scripts/read-makefile.js'
import {readShell} from '../../languages/scripts/read-shell.js'
import type {ShellCommand} from '../../languages/scripts/shell-command.js'
import {baseName, isWithin, parentPath, resolveContainerPath} from '../../languages/text/container-path.js'
import {
  choosePackages,
  findWorkspaces,
  isListed,
  listPackages,
  type WorkspacePackage,
} from './list-packages.js'
import {relate} from './placements.js'
import {findFiles, type ProofInput} from './proof-input.js'
import {type InstructionRef, type StageEvent, type Timeline, traceHandover} from './timeline.js'

/** An action and its place. An action of a script has the text of the command that runs the script. */
export interface PlacedAction extends Action {
  where: InstructionRef
  /** The place of its instruction among the events of the image. */
  at: number
  /** It happens when the container starts, not while it is built. */
  isStart: boolean
  /** The command itself, where `text` is that of the script around it. */
  called: string
  /** A file of the context that it runs and whose text is not known. */
  unread?: string
  /** It only starts scripts of package.json, which stand behind it as actions of their own. */
  isFollowed?: true
  /** The text of a file that it runs. */
  script?: {path: string; text: string}
}

/** What a script defines for itself: its commands are read where they stand. */
const FUNCTION = /^[ \t]*(?:function[ \t]+)?([\w.:-]+)[ \t]*\([ \t]*\)/gm

/** Scripts that call scripts. */
const MAX_DEPTH = 8

/** Files that are moved, and moved again. */
const MAX_COPIES = 3

/** More than these no image does that anybody reads. */
const MAX_ACTIONS = 2_000

const LIFECYCLE = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
]
/** What an install runs in each package of a workspace. */
const MEMBER_LIFECYCLES: Readonly<Record<string, readonly string[]>> = {
  npm: LIFECYCLE,
  pnpm: LIFECYCLE,
  yarn: ['preinstall', 'install', 'postinstall'],
}
const TASK_FILES: Readonly<Record<string, readonly string[]>> = {
  just: ['justfile', 'Justfile', '.justfile'],
  task: ['Taskfile.yml', 'Taskfile.yaml', 'taskfile.yml', 'Taskfile.dist.yml'],
}
const BUILD_SCRIPT = /build|compile|generate|bundle|export|dist/

/** Lists all that the commands of an image do, in order, scripts of the context followed. */
export function expandActions(input: ProofInput, timeline: Timeline): PlacedAction[] {
  return new Expansion(input, timeline).run()
}

/** What a command copies or moves to a place, a container path; null where it does not. */
function findCopiedTo({words, directory}: ShellCommand, containerPath: string): string | null {
  const copy = readCopy(words)
  if (copy?.target == null || copy.sources.some((one) => /[$*?[`]/.test(one))) return null
  const target = resolveContainerPath(directory, copy.target)
  const name = baseName(containerPath)
  const [only] = copy.sources
  if (target === containerPath && copy.sources.length === 1) return resolveContainerPath(directory, only!)
  if (target !== parentPath(containerPath)) return null
  const source = copy.sources.find((one) => one === name || one.endsWith(`/${name}`))
  return source === undefined ? null : resolveContainerPath(directory, source)
}

class Expansion {
  private readonly found: PlacedAction[] = []
  /** What is being followed: a script that calls itself is not. */
  private readonly open = new Set<string>()

  constructor(
    private readonly input: ProofInput,
    private readonly timeline: Timeline,
  ) {}

  run(): PlacedAction[] {
    const {events} = this.timeline
    for (const [at, event] of events.entries()) {
      if (event.kind !== 'run') continue
      const {where, isStart} = event
      const actions = isStart ? startedBy(events, event) : event.actions
      for (const action of actions) this.add({...action, where, isStart, at, called: action.text}, 0)
    }
    return this.found
  }

  private add(action: PlacedAction, depth: number): void {
    if (this.found.length >= MAX_ACTIONS) return
    const {packageScript, runsFile, directory} = action
    const copied = action.isStranger ? this.findOnPath(action) : undefined
    if (copied !== undefined) {
      this.add({...withoutStranger(action), runsFile: copied}, depth)
      return
    }
    const started = SUPERVISORS.test(action.program) ? this.findServices(action) : []
    if (started.length > 0 && depth < MAX_DEPTH) {
      for (const text of started) this.addScript(text, withoutStranger(action), depth + 1)
      return
    }
    const isFollowed =
      packageScript !== undefined ||
      runsFile !== undefined ||
      action.runsMake ||
      isInstall(action) ||
      action.program === 'mix'
    const key = `${action.at} ${directory} ${action.isRecursive ?? ''} ${packageScript ?? runsFile ?? action.words.join(' ')}`
    if (!isFollowed || depth >= MAX_DEPTH || this.open.has(key)) {
      this.found.push(action)
      return
    }
    this.open.add(key)
    this.follow(action, depth + 1)
    this.open.delete(key)
  }

  /** The scripts of what a supervisor starts, as files of the context say; none where they are not there. */
  private findServices({program, words, directory}: PlacedAction): string[] {
    if (program === 'supervisord') {
      const flag = words.findIndex((word) => word === '-c' || word === '--configuration')
      const given = flag > 0 ? [resolveContainerPath(directory, words[flag + 1] ?? '')] : SUPERVISOR_FILES
      const texts = [...given, ...this.listPlaced(/^\/etc\/supervisor\b.*\.(?:conf|ini)$/)].flatMap((path) =>
        this.readAt(path),
      )
      return texts.flatMap((text) =>
        [...text.matchAll(/^[ \t]*command\s*=\s*(.+)$/gm)].map(([, command = '']) => command),
      )
    }
    const folders = words.slice(1).filter((word) => !word.startsWith('-'))
    return folders.flatMap((folder) => {
      const root = resolveContainerPath(directory, folder)
      return this.listPlaced(/\/run$/)
        .filter((path) => isWithin(path, root))
        .flatMap((path) => this.readAt(path))
    })
  }

  /** Where files of the context come to lie in the image, by a pattern of their places. */
  private listPlaced(pattern: RegExp): string[] {
    const {tree} = this.input
    return this.timeline.events.flatMap((event) => {
      if (event.kind !== 'arrival') return []
      return event.placements.flatMap(({contextPath, containerPath}) => {
        if (containerPath === null || contextPath === '') return []
        const root = tree.find(contextPath)
        const found: string[] = []
        for (let entry = Math.max(root, 0); root >= 0 && entry < tree.endOf(root); entry++) {
          const rest = tree.pathOf(entry).slice(contextPath.length)
          if (tree.typeOf(entry) === 'file' && pattern.test(containerPath + rest))
            found.push(resolveContainerPath('/', containerPath + rest))
        }
        return found
      })
    })
  }

  private readAt(containerPath: string): string[] {
    const slash = containerPath.lastIndexOf('/')
    const [path] = findFiles(
      this.input,
      this.timeline,
      containerPath.slice(0, slash) || '/',
      containerPath.slice(slash + 1),
    )
    const text = path === undefined ? undefined : this.input.evidence.get(path)
    return text === undefined ? [] : [text]
  }

  /** A script of the context that was copied to where programs lie. */
  private findOnPath({program, env}: PlacedAction): string | undefined {
    const own = (env.get('PATH') ?? '').split(':').filter((directory) => /^\/[^$]*$/.test(directory))
    const directories = [
      ...PROGRAM_DIRECTORIES,
      ...own.map((directory) => resolveContainerPath('/', directory)),
    ]
    return directories
      .map((directory) => `${directory}/${program}`)
      .find((path) => this.findFilesAt(path).length > 0)
  }

  /** Files of the context that lie at a place: a COPY put them there, or a command that copies or moves. */
  private findFilesAt(containerPath: string, depth = 0): string[] {
    const slash = containerPath.lastIndexOf('/')
    const [directory, name] = [containerPath.slice(0, slash) || '/', containerPath.slice(slash + 1)]
    const copied = findFiles(this.input, this.timeline, directory, name)
    if (copied.length > 0 || depth >= MAX_COPIES) return copied
    return this.timeline.events.flatMap((event) => {
      if (event.kind !== 'run' || event.isStart) return []
      return event.commands.flatMap((command) => {
        const source = findCopiedTo(command, containerPath)
        return source === null ? [] : this.findFilesAt(source, depth + 1)
      })
    })
  }

  private follow(action: PlacedAction, depth: number): void {
    const {packageScript, runsFile, directory} = action
    if (packageScript !== undefined) this.followScripts(action, packageScript, depth)
    else if (runsFile !== undefined) this.followFile(action, resolveContainerPath(directory, runsFile), depth)
    else if (action.runsMake) this.followMake(action, depth)
    else if (action.program === 'mix') this.followMix(action, depth)
    else this.followInstall(action, depth)
  }

  /** What scripts of package.json do; where its text is not known, the name must do. */
  private followScripts(action: PlacedAction, name: string, depth: number): void {
    const packages = this.findPackages(action)
    const scripts = packages.flatMap((one) => listScripts(one, [`pre${name}`, name, `post${name}`]))
    if (packages.length === 0 || (scripts.length === 0 && action.isRecursive)) {
      this.found.push(this.guessScript(action, name))
      return
    }
    if (scripts.length === 0 && TAKES_PROGRAMS.test(action.program)) {
      this.addScript(quoteFrom(action.words, name), withoutScript(action), depth)
      return
    }
    const {makes: _makes, packageScript: _script, isPartial: _partial, isRecursive: _all, ...outer} = action
    const isChosen = action.filters !== undefined || action.isRecursive
    const isPartial = action.isPartial && !isChosen
    this.found.push({...outer, isFollowed: true, ...(isPartial && {isPartial})})
    for (const {text, directory} of scripts) {
      this.addScript(text, {...outer, directory, ...(isPartial && {isPartial})}, depth)
    }
  }

  private findPackages(action: PlacedAction): WorkspacePackage[] {
    const packages = listPackages(this.input, this.timeline, action.directory)
    if (action.filters !== undefined) {
      return choosePackages(packages, action.filters, action.withDependencies === true) ?? []
    }
    return action.isRecursive ? packages : packages.filter(({place}) => place === '')
  }

  private guessScript(action: PlacedAction, name: string): PlacedAction {
    const [unread] = findFiles(this.input, this.timeline, action.directory, 'package.json')
    const isUnread = unread !== undefined && !this.input.evidence.has(unread)
    return {
      ...action,
      ...(BUILD_SCRIPT.test(name) && {makes: ['js-build', 'next-build'] as const}),
      ...(isUnread && {unread}),
    }
  }

  /** An install runs some scripts of the project by itself. */
  private followInstall(action: PlacedAction, depth: number): void {
    this.found.push(action)
    if (action.ignoresScripts) return
    const packages = listPackages(this.input, this.timeline, action.directory)
    const names = MEMBER_LIFECYCLES[action.program] ?? []
    for (const one of packages) {
      const run = one.place === '' ? LIFECYCLE : this.isInstalled(action, one, packages) ? names : []
      for (const {text, directory} of listScripts(one, run))
        this.addScript(text, {...action, directory}, depth)
    }
  }

  /** Whether a package is one of the workspace, chosen, and its manifest has come. */
  private isInstalled(
    {filters, withDependencies, at}: PlacedAction,
    one: WorkspacePackage,
    packages: readonly WorkspacePackage[],
  ): boolean {
    const root = parentPath(packages.find(({place}) => place === '')?.path ?? '')
    const isMember = findWorkspaces(this.input, root).some((globs) => isListed(globs, one.place))
    if (!isMember) return false
    if (filters !== undefined && !choosePackages(packages, filters, withDependencies === true)?.includes(one))
      return false
    return this.timeline.events
      .slice(0, at)
      .some((event) =>
        event.kind === 'handover'
          ? traceHandover(event, `${one.directory}/package.json`) !== null
          : event.kind === 'arrival' &&
            event.placements.some((placement) => relate(placement, one.path) !== null),
      )
  }

  private followFile(action: PlacedAction, containerPath: string, depth: number): void {
    const [path] = this.findFilesAt(containerPath)
    const text = path === undefined ? undefined : this.input.evidence.get(path)
    if (path === undefined || text === undefined) {
      this.found.push(path === undefined ? action : {...action, unread: path})
      return
    }
    this.found.push({...action, script: {path, text}})
    const isShell =
      /\.(?:sh|bash)$/.test(path) || /^#!.*\b(?:ba|da|a|z|k)?sh\b/.test(text) || action.program === '.'
    if (isShell) this.addScript(text, action, depth)
  }

  private followMake(action: PlacedAction, depth: number): void {
    const {input, timeline} = this
    const given = action.words.findIndex((word) => word === '-f' || word === '--file')
    const own = Object.hasOwn(TASK_FILES, action.program) ? TASK_FILES[action.program]! : MAKEFILES
    const names = given > 0 ? [action.words[given + 1] ?? ''] : own
    const [path] = names.flatMap((name) => findFiles(input, timeline, action.directory, name))
    const text = path === undefined ? undefined : input.evidence.get(path)
    if (path === undefined || text === undefined) {
      this.found.push(path === undefined ? action : {...action, unread: path})
      return
    }
    this.found.push({...action, script: {path, text}})
    const goals = action.words.slice(1).filter((word) => !word.startsWith('-') && !word.includes('='))
    const lines = Object.hasOwn(TASK_FILES, action.program)
      ? listTaskLines(text)
      : listRecipes(
          withVariables(readMakefile(this.readIncluded(path, text, 0)), readGiven(action.words), action.env),
          goals,
        )
    for (const line of lines) this.addScript(line, action, depth)
  }

  /** A list of tasks, an alias of mix.exs, a command of the system. */
  private followMix(action: PlacedAction, depth: number): void {
    const read = (name: string) => {
      const [path = ''] = findFiles(this.input, this.timeline, action.directory, name)
      return this.input.evidence.get(path) ?? ''
    }
    const project = {manifest: read('mix.exs'), settings: read('config/config.exs')}
    const lines = listMixCommands(action.words, project)
    this.found.push(lines !== null && action.words[1] === 'do' ? withoutScript(action) : action)
    for (const line of lines ?? []) this.addScript(line, action, depth)
  }

  /** A Makefile's text and those of the files that it takes in. */
  private readIncluded(path: string, text: string, depth: number): string[] {
    const included = depth >= MAX_DEPTH ? [] : readMakefile([text]).includes
    return [
      text,
      ...included.flatMap((name) => {
        const one = resolveContainerPath(`/${parentPath(path)}`, name).slice(1)
        const found = this.input.evidence.get(one)
        return found === undefined || one === path ? [] : this.readIncluded(one, found, depth + 1)
      }),
    ]
  }

  private addScript(script: string, outer: PlacedAction, depth: number): void {
    const functions = new Set([...script.matchAll(FUNCTION)].map(([, name]) => name))
    const actions = listActions(readShell(script, {directory: outer.directory, env: outer.env}))
    for (const one of actions) if (!functions.has(one.program)) this.add(underneath(one, outer), depth)
  }
}

/** `make NAME=value`. */
function readGiven(words: readonly string[]): Map<string, string> {
  return new Map(
    words.slice(1).flatMap((word): [string, string][] => {
      const [, name, value = ''] = /^([A-Za-z_]\w*):?=(.*)$/s.exec(word) ?? []
      return name === undefined ? [] : [[name, value]]
    }),
  )
}

/** Managers that run a program of a package where there is no script of the name. */
const TAKES_PROGRAMS = /^(?:pnpm|yarn|yarnpkg|bun)$/

function withoutScript({makes: _makes, packageScript: _script, ...action}: PlacedAction): PlacedAction {
  return action
}

/** The words from a name on, as a shell reads them. */
function quoteFrom(words: readonly string[], name: string): string {
  const rest = words.slice(Math.max(0, words.indexOf(name)))
  return rest
    .map((word) => (/^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ')
}

type RunEvent = Extract<StageEvent, {kind: 'run'}>

/** A script that goes on with what it is given, and what only starts another program. */
const PASSES_ON = /(?:\.sh|entrypoint[\w.-]*|tini|dumb-init|init|env|exec)$/

/** What a CMD starts: with an ENTRYPOINT before it, it is mostly that program's arguments. */
function startedBy(events: readonly StageEvent[], event: RunEvent): readonly Action[] {
  if (!/^(?:CMD|command:)/.test(event.where.text)) return event.actions
  const entry = events.findLast(
    (one): one is RunEvent =>
      one.kind === 'run' && one.isStart && /^(?:ENTRYPOINT|entrypoint:)/.test(one.where.text),
  )
  const [program, ...more] = entry?.commands ?? []
  const [given] = event.commands
  if (program === undefined || more.length > 0 || given === undefined) return event.actions
  if (program.words.some((word) => PASSES_ON.test(word))) return event.actions
  return listActions([{...program, words: [...program.words, ...given.words]}])
}

/** Programs that start what their settings say. */
const SUPERVISORS = /^(?:supervisord|s6-svscan|runsvdir)$/
const SUPERVISOR_FILES = ['/etc/supervisord.conf', '/etc/supervisor/supervisord.conf']

const PROGRAM_DIRECTORIES = ['/usr/local/bin', '/usr/local/sbin', '/usr/bin', '/usr/sbin', '/bin', '/sbin']

function withoutStranger({isStranger: _isStranger, ...action}: PlacedAction): PlacedAction {
  return action
}

/** Every command of a justfile or a Taskfile, whichever task it belongs to. */
function listTaskLines(text: string): string[] {
  const lines = [...text.matchAll(/^[ \t]+(?:-[ \t]+)?(?:cmd:[ \t]*)?["']?@?(.+?)["']?$/gm)].map(
    ([, line = '']) => line,
  )
  return lines
    .filter((line) => !/^[\w-]+:(?:\s|$)/.test(line))
    .map((line) => line.replace(/\{\{[^}]*\}\}/g, 'x'))
}

function isInstall({makes}: Action): boolean {
  return makes?.includes('npm-install') === true
}

function listScripts(
  {manifest, directory}: WorkspacePackage,
  names: readonly string[],
): {text: string; directory: string}[] {
  return names.flatMap((name) => {
    const text = manifest.scripts.get(name)
    return text === undefined ? [] : [{text, directory}]
  })
}

/** An action of a script, with the text of the command in the Dockerfile. */
function underneath(
  inner: Action,
  {text, where, at, isStart, isCertain, isPartial, isRecursive, branch, hasFallback, guards}: PlacedAction,
): PlacedAction {
  const innerBranch = branch ?? inner.branch
  const {branch: _branch, ...rest} = inner
  return {
    ...rest,
    text,
    called: inner.text,
    where,
    at,
    isStart,
    isCertain: inner.isCertain && isCertain,
    ...(innerBranch && {branch: innerBranch}),
    ...(isPartial && {isPartial}),
    ...(isRecursive && {isRecursive}),
    ...(hasFallback && {hasFallback}),
    ...((guards ?? inner.guards) && {guards: [...(guards ?? []), ...(inner.guards ?? [])]}),
  }
}
