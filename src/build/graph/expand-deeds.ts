import type {Deed} from '../../languages/scripts/deed.js'
import {listDeeds} from '../../languages/scripts/list-deeds.js'
import {readShell} from '../../languages/scripts/read-shell.js'
import {resolveContainerPath} from '../../languages/text/container-path.js'
import {findFiles, type ProofInput} from './proof-input.js'
import {readManifest} from './read-manifest.js'
import type {Timeline, Where} from './timeline.js'

/** A deed with where it is done; what a script does is told under the command that runs it. */
export interface PlacedDeed extends Deed {
  where: Where
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
export function expandDeeds(input: ProofInput, timeline: Timeline): PlacedDeed[] {
  const found: PlacedDeed[] = []
  for (const event of timeline.events) {
    if (event.kind !== 'run') continue
    const {where, isStart} = event
    for (const deed of event.deeds) found.push(...expand(input, timeline, {...deed, where, isStart}, 0))
  }
  return found
}

function expand(input: ProofInput, timeline: Timeline, deed: PlacedDeed, depth: number): PlacedDeed[] {
  if (depth >= MAX_DEPTH) return [deed]
  if (deed.packageScript !== undefined) {
    return expandScripts(input, timeline, deed, scriptNames(deed.packageScript), depth)
  }
  if (deed.runsFile !== undefined) {
    return expandFile(input, timeline, deed, resolveContainerPath(deed.directory, deed.runsFile), depth)
  }
  if (deed.runsMake) return expandMake(input, timeline, deed)
  if (deed.makes?.includes('npm-install')) {
    return [deed, ...expandScripts(input, timeline, deed, LIFECYCLE, depth).filter(({readsGit}) => readsGit)]
  }
  return [deed]
}

function scriptNames(name: string): string[] {
  return [`pre${name}`, name, `post${name}`]
}

/** What scripts of package.json do; where its text is not known, the name must do. */
function expandScripts(
  input: ProofInput,
  timeline: Timeline,
  deed: PlacedDeed,
  names: readonly string[],
  depth: number,
): PlacedDeed[] {
  const paths = findFiles(input, timeline, deed.directory, 'package.json')
  const texts = paths.flatMap((path) => input.evidence.get(path) ?? [])
  if (texts.length === 0) return [guessScript(deed, paths[0])]
  const inner = texts.flatMap((text) => {
    const {scripts} = readManifest(text)
    return names.flatMap((name) => scripts.get(name) ?? [])
  })
  const {makes: _makes, packageScript: _script, ...outer} = deed
  const found = inner.flatMap((script) => {
    const deeds = listDeeds(readShell(script, {directory: deed.directory, env: deed.env}))
    return deeds.flatMap((one) => expand(input, timeline, underneath(one, deed), depth + 1))
  })
  return [outer, ...found]
}

function guessScript(deed: PlacedDeed, unread: string | undefined): PlacedDeed {
  const isBuild = BUILD_SCRIPT.test(deed.packageScript ?? '')
  return {
    ...deed,
    ...(isBuild && {makes: ['js-build', 'next-build'] as const}),
    ...(unread !== undefined && {unread}),
  }
}

/** A deed of a script, told as the command that a reader of the Dockerfile sees. */
function underneath(
  inner: Deed,
  {text, where, isStart, isCertain, isPartial, isRecursive}: PlacedDeed,
): PlacedDeed {
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
  deed: PlacedDeed,
  containerPath: string,
  depth: number,
): PlacedDeed[] {
  const slash = containerPath.lastIndexOf('/')
  const [path] = findFiles(input, timeline, containerPath.slice(0, slash), containerPath.slice(slash + 1))
  if (path === undefined) return [deed]
  const text = input.evidence.get(path)
  if (text === undefined) return [{...deed, unread: path}]
  const placed = {...deed, script: {path, text}}
  const isShell = /\.(?:sh|bash)$/.test(path) || /^#!.*\b(?:ba|da|a|z)?sh\b/.test(text)
  if (!isShell) return [placed]
  const deeds = listDeeds(readShell(text, {directory: deed.directory, env: deed.env}))
  return [placed, ...deeds.flatMap((one) => expand(input, timeline, underneath(one, deed), depth + 1))]
}

function expandMake(input: ProofInput, timeline: Timeline, deed: PlacedDeed): PlacedDeed[] {
  const [path] = MAKEFILES.flatMap((name) => findFiles(input, timeline, deed.directory, name))
  if (path === undefined) return [deed]
  const text = input.evidence.get(path)
  return [text === undefined ? {...deed, unread: path} : {...deed, script: {path, text}}]
}
