import {expandActions, type PlacedAction} from '../../../build/graph/expand-actions.js'
import {choosePackages, listPackages, reach} from '../../../build/graph/list-packages.js'
import type {ProofInput} from '../../../build/graph/proof-input.js'
import type {Timeline} from '../../../build/graph/timeline.js'
import {isWithin, parentPath} from '../../../languages/text/container-path.js'
import {consume} from '../consumers/consume.js'
import type {Consumption, ProjectView} from '../consumers/consumption.js'
import {listMade, useOfMade} from './made-programs.js'
import {createProjectView} from './project-view.js'

/** An image of a build with all that is done in it. */
export interface Image {
  timeline: Timeline
  project: ProjectView
  actions: readonly SurveyedAction[]
  /** The directories of the packages that an action is told of, with those that they depend on; null: it is told of none. */
  chosenBy(action: PlacedAction): readonly string[] | null
  /** The directories of the packages of a workspace that the package of a directory depends on, its own among them. */
  reachOf(directory: string): readonly string[]
}

/** An action with what it does to the files around it. */
export interface SurveyedAction extends PlacedAction {
  /** Null: it is not understood, and may read anything. */
  use: Consumption | null
}

/** Lays out every program that runs in the images of a build, and what each reads; null without a Dockerfile. */
export function surveyImages(input: ProofInput): Image[] | null {
  if (input.timelines === null) return null
  const laidOut = input.timelines.map((timeline) => {
    const project = createProjectView(input, timeline)
    return {
      timeline,
      project,
      actions: expandActions(input, timeline).filter((one) => !isIdle(timeline, one)),
    }
  })
  const made = new Map(
    laidOut.flatMap(({project, actions}) => actions.flatMap((action) => listMade(action, project))),
  )
  return laidOut.map(({timeline, project, actions}) => ({
    timeline,
    project,
    actions: actions.map((action) => ({...action, use: consume(action, project) ?? useOfMade(action, made)})),
    chosenBy: (action) => listChosen(input, timeline, action),
    reachOf: (directory) => listReached(input, timeline, directory),
  }))
}

function listChosen(
  input: ProofInput,
  timeline: Timeline,
  {filters, directory}: PlacedAction,
): string[] | null {
  if (filters === undefined) return null
  const packages = listPackages(input, timeline, directory)
  return choosePackages(packages, filters, true)?.map((one) => one.directory) ?? null
}

function listReached(input: ProofInput, timeline: Timeline, directory: string): string[] {
  const found = new Set<string>()
  for (let root = directory; root !== '/' && root !== ''; root = parentPath(root)) {
    const packages = listPackages(input, timeline, root)
    const own = packages.findLast((one) => isWithin(directory, one.directory))
    if (own !== undefined) for (const one of reach(packages, own)) found.add(one.directory)
  }
  return [...found]
}

/** What only a started container would do, of an image that is never started; and what a later line replaces. */
function isIdle({events, isTarget}: Timeline, {isStart, at, where}: PlacedAction): boolean {
  if (!isStart) return false
  const keyword = where.text.split(/\s/, 1)[0]!
  // each service has its own
  if (keyword.endsWith(':')) return !isTarget
  const last = events.findLastIndex(
    (event) => event.kind === 'run' && event.isStart && event.where.text.split(/\s/, 1)[0] === keyword,
  )
  return !isTarget || at !== last
}

/** `Dockerfile:4 RUN make`: where an action stands, for people. */
export function placeOf({where, isStart, text}: PlacedAction): string {
  return `${where.place} ${isStart ? where.text.split(/\s/, 1)[0] : 'RUN'} ${text}`
}
