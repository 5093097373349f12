import {formatRoughly} from '../../languages/text/amounts.js'
import type {CacheBuilder, CacheCause, CacheScenario, CacheStep} from '../../report/cache-report.js'

/** One line for each cause, the most telling first. @param show makes a name harmless */
export function explainCauses({state, causes}: CacheStep, show: (text: string) => string): string[] {
  const told = causes.map((cause) => explainCause(cause, state, show))
  return state === 'depends' && told.length === 0 ? ['depends on files that other steps write'] : told
}

function explainCause(cause: CacheCause, state: CacheStep['state'], show: (text: string) => string): string {
  switch (cause.kind) {
    case 'paths':
      return explainPaths(cause.paths, cause.context, show)
    case 'step':
      return `follows line ${cause.line}, which runs`
    case 'source':
      return state === 'depends'
        ? `depends on what line ${cause.line} writes`
        : `copies files from line ${cause.line}`
    case 'image':
      return `${nameImage(show(cause.image))} is new or has changed`
    case 'variables':
      return `${joinSome(cause.names.map(show))} changed`
    case 'setting':
      return `another ${cause.names.join(' and ')}`
    case 'instruction':
      return 'the instruction is new or edited'
    case 'not-exported':
      return `line ${cause.line} needs it, and a cache with mode=min does not have it`
    case 'gone':
      return 'its result was no longer in the cache'
    case 'no-cache':
      return 'the cache was turned off for it'
  }
}

/** What the history of builds does not name is called `its base`. */
function nameImage(image: string): string {
  return image === 'its base' ? 'its base image' : `the image ${image}`
}

function explainPaths(
  paths: readonly string[],
  context: string | null,
  show: (text: string) => string,
): string {
  const from = context === null ? '' : ` of context ${show(context)}`
  const named = paths.length === 0 ? 'files that it copies had changed' : joinSome(paths.map(show))
  return `${named}${from}`
}

const MAX_SHOWN = 2

function joinSome(names: readonly string[]): string {
  const others = names.length - MAX_SHOWN
  if (others <= 0) return names.join(', ')
  return `${names.slice(0, MAX_SHOWN).join(', ')} and ${others} more`
}

/** `3 of 9 steps run again, 1 more may`. */
export function sumUpScenario({stepCount, rerunCount, dependsCount}: CacheScenario): string {
  if (stepCount === 0) return 'the build has no steps'
  const steps = stepCount === 1 ? 'step' : 'steps'
  if (rerunCount === 0 && dependsCount === 0) return `none of ${stepCount} ${steps} runs again`
  const verb = rerunCount === 1 ? 'runs' : 'run'
  const runs =
    rerunCount === 0 ? 'no step is sure to run again' : `${rerunCount} of ${stepCount} ${steps} ${verb} again`
  return dependsCount === 0 ? runs : `${runs}, ${dependsCount} ${rerunCount === 0 ? 'may' : 'more may'}`
}

/** Whose cache is looked at, behind the name of what is built. */
export function describeBuilder(builder: CacheBuilder): string {
  switch (builder) {
    case 'local':
      return 'on a builder that has built it before'
    case 'min':
      return 'on another builder, with a cache of mode=min imported'
    default:
      return 'on another builder, with all of the cache imported'
  }
}

/** Said where no change could be looked at. */
export const NO_SCENARIO = 'no file that is sent looks like source code: name a path with --changed'

/** What a state is called in reports. */
export const STATE_WORDS: Readonly<Record<CacheStep['state'], string>> = {
  cached: 'cached',
  depends: 'may run',
  runs: 'runs',
}

/**
 * What a change costs, each in words: time, what crosses, what is new in the image. Empty where nothing runs again.
 * @param bytes writes an amount
 */
export function listCosts(
  {longestPathSeconds, transferBytes, newLayerBytes, rerunCount, dependsCount}: CacheScenario,
  bytes: (amount: number) => string,
): string[] {
  if (rerunCount + dependsCount === 0) return []
  return [
    ...(longestPathSeconds === null ? [] : [`${formatRoughly(longestPathSeconds)} on the longest path`]),
    ...(transferBytes === null ? [] : [`${bytes(transferBytes)} sent`]),
    ...(newLayerBytes === 0 ? [] : [`${bytes(newLayerBytes)} of files in new layers`]),
  ]
}
