import type {BuildOptions} from '../../plan/build-options.js'
import {loadPlan} from '../load/load-plan.js'

/** Tells whether a build has a Dockerfile: without one everything counts as asked for. @throws SlimCheckError as `loadPlan` */
export function hasDockerfile(options: BuildOptions): boolean {
  return loadPlan(options).dockerfile !== null
}
