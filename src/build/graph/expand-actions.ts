import type {Action} from '../../languages/scripts/action.js'
import {listActions} from '../../languages/scripts/list-actions.js'
import {readShell} from '../../languages/scripts/read-shell.js'
import {resolveContainerPath} from '../../languages/text/container-path.js'
import {findFiles, type ProofInput} from './proof-input.js'
import {readManifest} from './read-manifest.js'
import type {InstructionRef, Timeline} from './timeline.js'

/** An action with where it is done; what a script does is told under the command that runs it. */
export interface PlacedAction extends Action {
  where: InstructionRef
  /** It happens when the container starts, not while it is built. */
  isStart: boolean
  /** A file of the context that it runs and whose text is not known. */
  unread?: string
  /** The text of a file that it runs. */
  script?: {path: string; text: string}
}

/** Scripts that call scripts. */
const MAX_DEPTH = 4

const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'prepare']
const MAKEFILES = [
  'Makefile',
  'makefile',
  'GNUmakefile',
  'justfile',
  'Justfile',
  'Taskfile.yml',
  'Taskfile.yaml',
]
const BUILD_SCRIPT = /build|compile|generate|bundle|export|dist/

/** Lists all that the commands of an image do, in order, scripts of the context followed. */
export function expandActions(input: ProofInput, timeline: Timeline): PlacedAction[] {
  const found: PlacedAction[] = []
  for (const event of timeline.events) {
    if (event.kind !== 'run') continue
    const {where, isStart} = event
    for (const action of event.actions) found.push(...expand(input, timeline, {...action, where, isStart}, 0))
  }
  return found
}

function expand(input: ProofInput, timeline: Timeline, action: PlacedAction, depth: number): PlacedAction[] {
  if (depth >= MAX_DEPTH) return [action]
  if (action.packageScript !== undefined) {
    return expandScripts(input, timeline, action, scriptNames(action.packageScript), depth)
  }
  if (action.runsFile !== undefined) {
    return expandFile(input, timeline, action, resolveContainerPath(action.directory, action.runsFile), depth)
  }
  if (action.runsMake) return expandMake(input, timeline, action)
  if (action.makes?.includes('npm-install')) {
    return [
      action,
      ...expandScripts(input, timeline, action, LIFECYCLE, depth).filter(({readsGit}) => readsGit),
    ]
  }
  return [action]
}

function scriptNames(name: string): string[] {
  return [`pre${name}`, name, `post${name}`]
}

/** What scripts of package.json do; where its text is not known, the name must do. */
function expandScripts(
  input: ProofInput,
  timeline: Timeline,
  action: PlacedAction,
  names: readonly string[],
  depth: number,
): PlacedAction[] {
  const paths = findFiles(input, timeline, action.directory, 'package.json')
  const texts = paths.flatMap((path) => input.evidence.get(path) ?? [])
  if (texts.length === 0) return [guessScript(action, paths[0])]
  const inner = texts.flatMap((text) => {
    const {scripts} = readManifest(text)
    return names.flatMap((name) => scripts.get(name) ?? [])
  })
  const {makes: _makes, packageScript: _script, ...outer} = action
  const found = inner.flatMap((script) => {
    const actions = listActions(readShell(script, {directory: action.directory, env: action.env}))
    return actions.flatMap((one) => expand(input, timeline, underneath(one, action), depth + 1))
  })
  return [outer, ...found]
}

function guessScript(action: PlacedAction, unread: string | undefined): PlacedAction {
  const isBuild = BUILD_SCRIPT.test(action.packageScript ?? '')
  return {
    ...action,
    ...(isBuild && {makes: ['js-build', 'next-build'] as const}),
    ...(unread !== undefined && {unread}),
  }
}

/** An action of a script, told as the command that a reader of the Dockerfile sees. */
function underneath(
  inner: Action,
  {text, where, isStart, isCertain, isPartial, isRecursive}: PlacedAction,
): PlacedAction {
  return {
    ...inner,
    text,
    where,
    isStart,
    isCertain: inner.isCertain && isCertain,
    ...(isPartial && {isPartial}),
    ...(isRecursive && {isRecursive}),
  }
}

function expandFile(
  input: ProofInput,
  timeline: Timeline,
  action: PlacedAction,
  containerPath: string,
  depth: number,
): PlacedAction[] {
  const slash = containerPath.lastIndexOf('/')
  const [path] = findFiles(input, timeline, containerPath.slice(0, slash), containerPath.slice(slash + 1))
  if (path === undefined) return [action]
  const text = input.evidence.get(path)
  if (text === undefined) return [{...action, unread: path}]
  const placed = {...action, script: {path, text}}
  const isShell = /\.(?:sh|bash)$/.test(path) || /^#!.*\b(?:ba|da|a|z)?sh\b/.test(text)
  if (!isShell) return [placed]
  const actions = listActions(readShell(text, {directory: action.directory, env: action.env}))
  return [placed, ...actions.flatMap((one) => expand(input, timeline, underneath(one, action), depth + 1))]
}

function expandMake(input: ProofInput, timeline: Timeline, action: PlacedAction): PlacedAction[] {
  const [path] = MAKEFILES.flatMap((name) => findFiles(input, timeline, action.directory, name))
  if (path === undefined) return [action]
  const text = input.evidence.get(path)
  return [text === undefined ? {...action, unread: path} : {...action, script: {path, text}}]
}
