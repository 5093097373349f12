import {andOthers, sentence} from '../../../languages/text/sentence.js'
import {defineCacheRule} from '../define-cache-rule.js'

interface EmptyMount {
  targets: string[]
  /** The workflow and its line. */
  where: string
}

/** Finds cache mounts that are empty whenever CI builds. */
export default defineCacheRule<EmptyMount>({
  id: 'cache-empty-mount',
  severity: 'info',
  summary: 'Do not rely on cache mounts in CI',
  reason:
    'The content of a cache mount stays on the builder and is not part of an exported cache: on a machine that is new for each job it is always empty.',
  remedy: 'Cache the step itself with cache-to, or save and restore the mount with an action for that.',
  examples: {
    good: [
      {dockerfile: 'FROM node\nRUN --mount=type=cache,target=/root/.npm npm ci\n', tree: []},
      {dockerfile: 'FROM node\nRUN npm ci\n', tree: [], cacheTo: null},
    ],
    bad: [
      {
        dockerfile: 'FROM node\nRUN --mount=type=cache,target=/root/.npm npm ci\n',
        tree: [],
        cacheTo: 'type=gha,mode=max',
      },
    ],
  },
  message: ({targets: [first = '', ...others], where}) =>
    sentence`the cache mount "${first}"${andOthers(others.length)} is always empty in ${where}, which builds on a new machine each time`,
  fix: () => 'Save its content with an action for cache mounts, or accept that only local builds use it',
  check: ({graph, ci}) => {
    const bare = ci.find(({keepsMounts}) => !keepsMounts)
    const mounted = graph.steps.flatMap((step) => {
      if (step.instruction.keyword !== 'RUN') return []
      const caches = step.instruction.mounts.filter(({type, from}) => type === 'cache' && from === null)
      return caches.map(({target}) => ({target, line: step.line}))
    })
    const [first] = mounted
    if (bare === undefined || first === undefined) return []
    const targets = [...new Set(mounted.map(({target}) => target))]
    return [{data: {targets, where: `${bare.file}:${bare.line}`}, line: first.line}]
  },
})
