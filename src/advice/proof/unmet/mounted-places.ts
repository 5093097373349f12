import {isWithin} from '../../../languages/text/container-path.js'
import type {Need} from '../consumers/consumption.js'
import type {Image} from '../survey/survey.js'

/** Files that say how containers are started. */
const MOUNTING =
  /(?:compose|stack|deploy|k8s|kube|helm|swarm|quadlet)[\w./-]*\.ya?ml$|(?:^|\/)[Mm]akefile$|\.sh$/
const MOUNTS =
  /[\w./})-]:(\/[\w./-]+?)\/?(?=[:"'\s]|$)|\b(?:mountPath|target|destination|dst)["']?\s*[:=]\s*["']?(\/[\w./-]+?)\/?(?=["',\s]|$)/gm

/** Whether every service that runs the image mounts something there, or a file of the project says that one is. */
export function isMounted({timeline, project}: Image, containerPath: string, {isOpened}: Need): boolean {
  const {services} = timeline
  const isTarget = (target: string) => target !== '/' && isWithin(containerPath, target)
  if (services.length > 0 && services.every(({mounts}) => mounts.some(({target}) => isTarget(target))))
    return true
  return (
    isOpened === true &&
    project
      .readBelow('', MOUNTING)
      .some(({text}) => [...text.matchAll(MOUNTS)].some((match) => isTarget(match[1] ?? match[2]!)))
  )
}
