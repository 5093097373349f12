import type {InstructionRef} from '../../../build/graph/timeline.js'
import {baseName, isWithin, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {Need} from '../consumers/consumption.js'
import type {Image, SurveyedAction} from '../survey/survey.js'
import {isOutput} from './build-outputs.js'
import {isNowhere} from './find-absent.js'
import type {ContextFacts, UnmetNeed} from './unmet-need.js'

/** Sources of a COPY from another stage that this stage was to get from the context. */
export function findHandoverNeeds(
  {timeline}: Image,
  facts: ContextFacts,
  images: readonly Image[],
): UnmetNeed[] {
  return timeline.events.flatMap((event, at) => {
    if (event.kind !== 'handover' || event.stageIndex === null) return []
    const source = images.find((one) => one.timeline.stageIndex === event.stageIndex)
    if (source === undefined) return []
    const action = toHandoverAction(event.where, at)
    return event.sources.flatMap((path) => checkHandover(action, source, path, facts))
  })
}

function checkHandover(
  action: SurveyedAction,
  source: Image,
  path: string,
  facts: ContextFacts,
): UnmetNeed[] {
  if (/[*?[]/.test(path)) return []
  const place = resolveContainerPath('/', path)
  const {actions, project, timeline} = source
  const [contextPath, ...others] = project.sourcesOf(place)
  if (contextPath === undefined || contextPath === '' || others.length > 0) return []
  const decidedBy = facts.findIgnoring(contextPath)
  const need: Need = {contextPath, certainty: 'must', askedBy: null}
  const isAbsent =
    decidedBy === null && facts.isMissing !== undefined && isNowhere(source, place, facts.isMissing)
  if (isAbsent) return [{action, need, state: 'absent', decidedBy: -1, later: null, git: null}]
  const name = baseName(contextPath)
  const isMade =
    facts.tree.find(contextPath) < 0 ||
    isOutput(contextPath) ||
    actions.some(
      ({words, script}) => words.some((word) => word.includes(name)) || script?.text.includes(name),
    ) ||
    timeline.events.some(
      (event) =>
        (event.kind === 'run' &&
          event.commands.some(({words}) => words.some((word) => word.includes(name)))) ||
        (event.kind === 'handover' && isWithin(place, resolveContainerPath('/', event.destination))),
    )
  if (decidedBy === null || isMade) return []
  return [{action, need, state: 'ignored', decidedBy, later: null, git: null}]
}

/** A COPY from another stage, as what asks for a file. */
function toHandoverAction(where: InstructionRef, at: number): SurveyedAction {
  return {
    text: where.text,
    called: where.text,
    words: [],
    program: 'COPY',
    directory: '/',
    env: new Map(),
    isCertain: true,
    where,
    at,
    isStart: false,
    use: null,
  }
}
