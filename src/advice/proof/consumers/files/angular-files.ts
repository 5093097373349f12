import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {parentPath} from '../../../../languages/text/container-path.js'
import type {Need, ProjectView, SourceText} from '../consumption.js'
import {resolveIn} from '../needs.js'
import {lineAt} from '../text-lines.js'

interface BuildTarget {
  options?: Readonly<Record<string, unknown>>
  configurations?: Readonly<Record<string, BuildConfiguration>>
  defaultConfiguration?: string
}

interface BuildConfiguration extends Readonly<Record<string, unknown>> {
  fileReplacements?: readonly {with?: unknown}[]
}

/** Files that `ng build` cannot do without, as angular.json names them. */
export function listAngularFiles({words, directory}: PlacedAction, project: ProjectView): Need[] {
  return project
    .read(directory, 'angular.json')
    .flatMap((settings) => readTargets(settings.text).flatMap((target) => listNamed(target, words, settings)))
}

function listNamed(target: BuildTarget, words: readonly string[], {path, text}: SourceText): Need[] {
  const chosen = target.configurations?.[chooseConfiguration(target, words)] ?? {}
  const options = {...target.options, ...chosen}
  const replaced = (chosen.fileReplacements ?? []).map((one) => one.with)
  const files = OPTIONS.map((name) => options[name])
  const lists = [options.styles, options.scripts].flatMap((list) => (Array.isArray(list) ? list : []))
  return [...files, ...lists, readWorker(options), ...replaced].flatMap((name): Need[] => {
    if (typeof name !== 'string' || !/\/|\.\w+$/.test(name) || name.startsWith('@')) return []
    const {line} = lineAt(text, Math.max(0, text.indexOf(`"${name}"`)))
    return [
      {contextPath: resolveIn(parentPath(path), name), certainty: 'must', askedBy: {path, line, text: name}},
    ]
  })
}

/** Options that are a file of the project. */
const OPTIONS = ['main', 'browser', 'index', 'tsConfig', 'polyfills', 'webWorkerTsConfig']

/** The settings of the service worker, where one is made. */
function readWorker({
  serviceWorker,
  ngswConfigPath = 'ngsw-config.json',
}: Readonly<Record<string, unknown>>): unknown {
  return serviceWorker === true ? ngswConfigPath : serviceWorker
}

function chooseConfiguration({defaultConfiguration}: BuildTarget, words: readonly string[]): string {
  const at = words.findIndex((word) => word === '-c' || word === '--configuration')
  const glued = words.find((word) => word.startsWith('--configuration='))?.slice('--configuration='.length)
  return (
    (at > 0 ? words[at + 1] : glued) ?? (words.includes('--prod') ? 'production' : defaultConfiguration) ?? ''
  )
}

/** The targets called `build`; none where the text is no JSON. */
function readTargets(text: string): BuildTarget[] {
  try {
    const {projects = {}} = JSON.parse(text) as {
      projects?: Record<string, Record<string, {build?: BuildTarget}>>
    }
    return Object.values(projects).flatMap(({architect, targets}) => (architect ?? targets)?.build ?? [])
  } catch {
    return []
  }
}
