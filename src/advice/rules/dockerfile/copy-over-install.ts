import {findMention} from '../../../build/graph/find-mention.js'
import {relate} from '../../../build/graph/placements.js'
import {type InstructionRef, type StageEvent, traceHandover} from '../../../build/graph/timeline.js'
import type {BuildStep} from '../../../languages/scripts/build-step.js'
import {parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import type {Image, SurveyedAction} from '../../proof/survey/survey.js'
import {surveyBuild} from '../../proof/survey/survey-build.js'
import {defineRule, type Hit} from '../define-rule.js'

interface Data {
  copy: string
  path: string
  /** What put the other one there, with its place; null: only the base image can have it. */
  maker: InstructionRef | null
  imageName: string
  isFatal: boolean
}

/** What each kind is made by. An environment of this machine works nowhere else. */
const KINDS: Readonly<Record<string, {step: BuildStep; isFatal: boolean}>> = {
  'npm-packages': {step: 'npm-install', isFatal: false},
  'composer-packages': {step: 'composer-install', isFatal: false},
  'python-virtualenv': {step: 'pip-install', isFatal: true},
}
const NAMES = ['node_modules', 'vendor', '.venv', 'venv']
/** Deeper ones are seldom, and told with the first. */
const MAX_FOUND = 20
/** Images that bring no environment of a project. */
const BARE =
  /^(?:docker\.io\/)?(?:library\/)?(?:python|node|php|debian|ubuntu|alpine|ruby|golang|rust|busybox|fedora|scratch)(?:[:@].*)?$|astral-sh\/uv/

/** Finds packages of this machine that a COPY lays over those of the image. */
export default defineRule<Data>({
  id: 'copy-over-install',
  severity: 'warning',
  summary: 'Do not copy packages of this machine over those of the image',
  reason:
    'A COPY of a directory also copies the packages that were installed there on this machine, over those that an earlier step, stage or the base image installed in the same place. In CI there are none, and the build works. For a virtual environment, which only works where it was created, this is an error.',
  remedy: 'Ignore the path.',
  examples: {
    good: [
      {
        dockerfile: 'FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci',
        ignore: 'notes',
        tree: ['package.json', 'node_modules/a/package.json', 'notes'],
      },
      {
        dockerfile: 'FROM node\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nCOPY . .',
        ignore: 'node_modules',
        tree: ['package.json', 'node_modules/a/package.json', 'notes'],
      },
    ],
    bad: [
      {
        dockerfile: 'FROM node\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .',
        ignore: 'notes',
        tree: ['package.json', 'node_modules/a/package.json', 'notes'],
      },
    ],
  },
  message: ({copy, path, maker, imageName, isFatal}) => {
    const other =
      maker === null
        ? `the one that ${imageName} must have, as nothing here creates it`
        : `what "${maker.text}" (${maker.place}) put there`
    return `"${copy}" copies the local "${path}" over ${other}: it works in CI, where there is none, and ${isFatal ? 'breaks' : 'may break'} on a developer's machine`
  },
  fix: ({path}) => `Ignore "${path}"`,
  check(facts) {
    const {plan, input} = facts
    if (plan.dockerfile === null || input.sources === undefined || plan.context.git !== undefined) return []
    const found = listLocal(facts)
    if (found.length === 0) return []
    const images = surveyBuild(input)
    const hits = images.flatMap((image) => found.flatMap((local) => checkImage(facts, image, local)))
    // images share stages
    return [...new Map(hits.map((hit) => [JSON.stringify([hit.place, hit.data.path]), hit])).values()]
  },
})

interface Local {
  path: string
  kind: string
}

/** The installed packages that cross, the topmost. */
function listLocal({tree, isSent, classify, input}: RuleFacts): Local[] {
  const found: Local[] = []
  for (const entry of NAMES.flatMap((name) => [...tree.entriesNamed(name)]).sort(
    (one, other) => one - other,
  )) {
    const kind = classify(entry)?.kind ?? ''
    if (isSent[entry] === 0 || !tree.isDirectory(entry) || !Object.hasOwn(KINDS, kind)) continue
    const path = tree.pathOf(entry)
    if (input.tracked?.has(path) || found.some((one) => path.startsWith(`${one.path}/`))) continue
    found.push({path, kind})
    if (found.length === MAX_FOUND) break
  }
  return found
}

function checkImage(facts: RuleFacts, image: Image, {path, kind}: Local): Hit<Data>[] {
  const {step, isFatal} = KINDS[kind]!
  return image.timeline.events.flatMap((event, at): Hit<Data>[] => {
    if (event.kind !== 'arrival' || event.isMount) return []
    const landing = findLanding(event, path)
    if (landing === null) return []
    const makers = image.actions.filter((action) => makesAt(action, step, landing))
    if (makers.some((action) => action.at > at)) return []
    const earlier = makers.findLast((action) => action.at < at && action.isCertain && !action.isPartial)
    const handover = findHandover(image, landing, at)
    const maker =
      earlier !== undefined ? {text: `RUN ${earlier.called}`, place: earlier.where.place} : handover
    if (maker === null && !(isFatal && isOfBase(facts, image, {path, landing}))) return []
    const line = Number(/:(\d+)$/.exec(event.where.place)?.[1])
    const data = {copy: event.where.text, path, maker, imageName: image.timeline.imageName, isFatal}
    return [{data, place: facts.atRequest({line}), ...(isFatal && {severity: 'error' as const})}]
  })
}

function findLanding(event: StageEvent & {kind: 'arrival'}, path: string): string | null {
  for (const placement of event.placements) {
    const relation = relate(placement, path)
    if (relation?.how === 'carried' && relation.landing !== null) return relation.landing
  }
  return null
}

function makesAt(
  {makes, makesEnvironment, isStart, directory}: SurveyedAction,
  step: BuildStep,
  landing: string,
): boolean {
  if (isStart) return false
  if (step === 'pip-install') {
    return makesEnvironment !== undefined && resolveContainerPath(directory, makesEnvironment) === landing
  }
  return makes?.includes(step) === true && directory === parentPath(landing)
}

function findHandover({timeline}: Image, landing: string, at: number): InstructionRef | null {
  const event = timeline.events
    .slice(0, at)
    .find((one) => one.kind === 'handover' && traceHandover(one, landing)?.isExact)
  return event?.where ?? null
}

/** Something works in the environment, nothing makes it, and a fresh checkout has none. */
function isOfBase(
  {input}: RuleFacts,
  {timeline}: Image,
  {path, landing}: {path: string; landing: string},
): boolean {
  return (
    !BARE.test(timeline.imageName) &&
    input.gitIgnore?.isIgnored(path, true).ignored === true &&
    findMention(timeline, landing) !== null
  )
}
