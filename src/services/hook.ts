import {SlimCheckError} from '../errors.js'
import type {HookKind, HookOptions, HookPlace, HookStatus} from '../hooks/hook-kind.js'
import {HOOK_KINDS} from '../hooks/hook-kinds.js'
import {readFileOrNull} from '../system/change-files.js'
import {findDockerConfigDir, findDockerPlugin} from '../system/docker-places.js'
import {findGitPlaces} from '../system/git-places.js'
import {findOwnInstallation} from '../system/own-installation.js'

/** Finds a kind by its name. @throws SlimCheckError `hook-unknown` */
export function findHookKind(name: string): HookKind {
  const kind = HOOK_KINDS.find((candidate) => candidate.name === name)
  if (kind === undefined)
    throw new SlimCheckError('hook-unknown', {kind: name, kinds: HOOK_KINDS.map(({name}) => name)})
  return kind
}

/** Tells a kind where it is: the working directory, or the top of its repository, is the project. */
export function findHookPlace(options: HookOptions): HookPlace {
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
    options,
  }
}

/** What one kind's status is, or why it cannot be told. */
export interface KindStatus {
  name: string
  summary: string
  status: HookStatus
  problem?: string
}

/** Looks at every kind. Never throws: what cannot be read is told in its row. */
export function listHookStatus(): KindStatus[] {
  const place = findHookPlace({})
  return HOOK_KINDS.map((kind) => {
    const {name, summary} = kind
    try {
      return {name, summary, status: kind.status(place)}
    } catch (error) {
      return {name, summary, status: {isInstalled: false}, problem: (error as Error).message}
    }
  })
}
