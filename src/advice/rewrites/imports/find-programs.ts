import {isWithin} from '../../../languages/text/container-path.js'
import type {SurveyedAction} from '../../proof/survey/survey.js'
import type {RewriteFacts} from '../rewrite-facts.js'
import type {ProgramClosure, ProgramStart} from './closure.js'
import {findNodeStart} from './find-node-start.js'
import {findPythonStart} from './find-python-start.js'
import {followJavaScript} from './follow-javascript.js'
import {followPython} from './follow-python.js'

/** A program of Python or Node.js that a container starts. */
export interface Program {
  language: 'python' | 'javascript'
  /** The service, or what the Dockerfile starts: `python -m a`. */
  name: string
  start: ProgramStart
  /** What imports alone load. */
  imports: ProgramClosure
  /** What it may load, strings that name modules counted. */
  all: ProgramClosure
}

/** Finds the programs that an image starts; null where one is of another language, or begins nobody knows where. */
export function findPrograms(facts: RewriteFacts): Program[] | null {
  const image = facts.images.find(({timeline}) => timeline.isTarget)
  const services = image?.timeline.services.filter(({starts}) => starts.some(isCommand)) ?? []
  const actions = image?.actions.filter(({isStart, where}) => isStart && isOfProgram(where.text)) ?? []
  const own = actions.filter(({where}) => /^(?:command|entrypoint):/.test(where.text))
  const isEachTold = services.length > 0 && services.length === (image?.timeline.services.length ?? 0)
  const chosen = isEachTold ? own : actions
  const found = chosen.map((action) => readProgram(facts, action))
  if (found.length === 0 || found.some((one) => one === null)) return null
  return found.filter((one) => one !== null)
}

function isCommand({keyword}: {keyword: string}): boolean {
  return keyword !== 'healthcheck'
}

function isOfProgram(text: string): boolean {
  return /^(?:CMD|ENTRYPOINT|command:|entrypoint:)/.test(text)
}

function readProgram(facts: RewriteFacts, action: SurveyedAction): Program | null {
  const {tree, wholeTexts: evidence} = facts
  const input = {tree, evidence}
  const python = findPythonStart(action, tree, (place) => locate(facts, place))
  const start = python ?? findNodeStart(action, input, (place) => locate(facts, place))
  if (start === null) return null
  const follow = python === null ? followJavaScript : followPython
  const imports = follow(input, start, true)
  const all = follow(input, start)
  if (imports.unread !== null || all.unread !== null) return null
  return {
    language: python === null ? 'javascript' : 'python',
    name: nameOf(facts, action),
    start,
    imports,
    all,
  }
}

function locate(facts: RewriteFacts, place: string): string | null {
  const found = facts.images
    .filter(({timeline}) => timeline.isTarget)
    .flatMap(({project}) => project.sourcesOf(place))
  return found.find((path) => path === '' || facts.tree.find(path) >= 0) ?? null
}

function nameOf({services}: RewriteFacts, {where, called}: SurveyedAction): string {
  const service = services.find(({starts}) =>
    starts.some(({place, keyword}) => `${place.file}:${place.line}` === where.place && isCommand({keyword})),
  )
  // a service that says nothing starts what the image does
  const [only, ...more] = services
  return service?.service ?? (only !== undefined && more.length === 0 ? only.service : called)
}

/** Tells whether a program loads anything below a directory. */
export function loadsBelow({all}: Program, directory: string): boolean {
  return [...all.files, ...all.named.keys()].some((path) => isWithin(path, directory))
}
