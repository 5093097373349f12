import {SlimCheckError} from '../../errors.js'
import {readFileOrNull} from '../../host/files/change-files.js'
import type {HookKind, HookPlace} from '../../host/hooks/hook-kind.js'
import {HOOK_KINDS} from '../../host/hooks/hook-kinds.js'
import {findDockerConfigDir, findDockerPlugin, isExecutable} from '../../host/process/docker-places.js'
import {findGitPlaces} from '../../host/process/git-places.js'
import {findOwnInstallation} from '../../host/process/own-installation.js'
import {parseSize} from '../../languages/text/parse-size.js'
import type {HookPlan} from '../../report/file-change.js'
import {dropIdleChanges} from '../../report/file-change.js'
import type {HookOptions, HookStatus} from '../../report/hook-status.js'

/** Finds a kind by its name. @throws SlimCheckError `hook-unknown` */
export function findHookKind(name: string): HookKind {
  const kind = HOOK_KINDS.find((candidate) => candidate.name === name)
  if (kind === undefined)
    throw new SlimCheckError('hook-unknown', {kind: name, kinds: HOOK_KINDS.map(({name}) => name)})
  return kind
}

/**
 * Tells a kind where it is: the working directory, or the top of its repository, is the project.
 * @throws SlimCheckError `bad-flag` for a budget that is not a size
 */
export function findHookPlace(options: HookOptions): HookPlace {
  const {maxTransfer} = options
  const dockerConfigDir = findDockerConfigDir()
  const git = findGitPlaces(process.cwd())
  return {
    ...findOwnInstallation(),
    platform: process.platform,
    projectDir: process.cwd(),
    gitRootDir: git?.rootDir ?? null,
    gitHooksDir: git?.hooksDir ?? null,
    dockerConfigDir,
    findPlugin: (name) => findDockerPlugin(name, dockerConfigDir),
    readFile: readFileOrNull,
    isExecutable,
    options: maxTransfer === undefined ? options : {...options, maxTransfer: readSize(maxTransfer)},
  }
}

/** What one kind's status is, or why it cannot be told. `problem` also says what is wrong with one that is installed. */
export interface KindStatus {
  name: string
  summary: string
  status: HookStatus
  problem?: string
}

/** Which kinds an option means something to; all for one that is not listed. */
const MEANT_FOR: readonly {option: keyof HookOptions; flag: string; isFor: (kind: string) => boolean}[] = [
  {option: 'maxTransfer', flag: '--max-transfer', isFor: (kind) => kind !== 'after-build'},
  {option: 'stops', flag: '--stop', isFor: (kind) => kind === 'docker-build'},
  {option: 'path', flag: '--path', isFor: (kind) => kind === 'script'},
]

/** Works out an installation. @throws SlimCheckError also `bad-flag` for an option that does nothing for the kind */
export function planHookInstall(name: string, options: HookOptions): HookPlan {
  const kind = findHookKind(name)
  for (const {option, flag, isFor} of MEANT_FOR) {
    if (!options[option] || isFor(name)) continue
    throw new SlimCheckError('bad-flag', {
      message: `${flag} has no effect for ${name}`,
      nextStep: 'Leave it out',
    })
  }
  return kind.install(findHookPlace(options))
}

/** Says that a hook is not as it would be installed now; undefined when it is. */
function findDrift(kind: HookKind, place: HookPlace, status: HookStatus): string | undefined {
  if (!status.isInstalled) return undefined
  try {
    const {changes} = kind.install({...place, options: status.options ?? {}})
    if (dropIdleChanges(changes).length === 0) return undefined
  } catch (error) {
    return (error as Error).message
  }
  return `it was changed, or written by another version: docker-slim-check hook install ${kind.name} writes it again`
}

/** A size as it goes into the text of a hook: without white space, so that it stays one word there. */
function readSize(given: string): string {
  if (parseSize(given) !== null) return given.replace(/\s/g, '')
  throw new SlimCheckError('bad-flag', {
    message: `--max-transfer: ${JSON.stringify(given)} is not a size`,
    nextStep: 'Write it as 50MB (10^6 bytes) or 50MiB (2^20 bytes)',
  })
}

/** Looks at every kind. Never throws: what cannot be read is told in its row. */
export function listHookStatus(): KindStatus[] {
  const place = findHookPlace({})
  return HOOK_KINDS.map((kind) => {
    const {name, summary} = kind
    try {
      const status = kind.status(place)
      const problem = status.problem ?? findDrift(kind, place, status)
      return {name, summary, status, ...(problem !== undefined && {problem})}
    } catch (error) {
      return {name, summary, status: {isInstalled: false}, problem: (error as Error).message}
    }
  })
}
