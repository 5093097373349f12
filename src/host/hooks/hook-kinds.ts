import {afterBuild} from './after-build.js'
import {dockerBuild} from './docker-build.js'
import {git} from './git.js'
import {github} from './github.js'
import {gitlab} from './gitlab.js'
import type {HookKind} from './hook-kind.js'
import {make} from './make.js'
import {npm} from './npm.js'
import {preCommit} from './pre-commit.js'
import {script} from './script.js'

/** Every kind of hook, in the order in which they are listed. */
export const HOOK_KINDS: readonly HookKind[] = [
  script,
  dockerBuild,
  afterBuild,
  git,
  npm,
  preCommit,
  github,
  gitlab,
  make,
]

/** The kinds that live in Docker's own configuration. */
export const DOCKER_HOOK_KINDS: readonly HookKind[] = [dockerBuild, afterBuild]
