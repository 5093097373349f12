import type {PlacedAction} from '../../build/graph/expand-actions.js'
import {findMention} from '../../build/graph/find-mention.js'
import {choosePackages, listPackages} from '../../build/graph/list-packages.js'
import type {ProofInput} from '../../build/graph/proof-input.js'
import {traceHandover} from '../../build/graph/timeline.js'
import {checkWorkspace} from '../../build/graph/workspaces.js'
import type {BuildStep} from '../../languages/scripts/build-step.js'
import {baseName, isWithin, parentPath, resolveContainerPath} from '../../languages/text/container-path.js'
import type {Candidate} from './candidate.js'
import type {ProjectView} from './consumers/consumption.js'
import {buildsAbove} from './outputs/cargo-outputs.js'
import {checkGoOutput} from './outputs/go-outputs.js'
import {mayWriteTo} from './outputs/output-directories.js'
import {buildsProject} from './outputs/python-outputs.js'
import {writesSite} from './outputs/site-outputs.js'
import {findStaleState} from './outputs/stale-state.js'
import {findUnmadeOutput, listTaken} from './outputs/wanted-outputs.js'
import type {Image} from './survey/survey.js'

/** Whether something in an image makes a path again: yes, perhaps with an open question, or nothing does. */
export type Production =
  | {how: 'proved'; reason: string}
  | {how: 'question'; reason: string}
  | {how: 'nothing'}

const NOTHING: Production = {how: 'nothing'}

/** Kinds that are never used in place: the packages go elsewhere, or the build tool finds its own projects. */
const PLACELESS = new Set([
  'python-virtualenv',
  'conda-environment',
  'pixi-environments',
  'python-local-packages',
  'dotnet-bin',
  'dotnet-obj',
  'nuget-packages',
  'dotnet-artifacts',
])

/** What only the build of the Python project itself leaves: its requirements leave nothing there. */
const OF_PROJECT = new Set(['python-egg-info', 'python-build'])

/** Steps that download what they bring. */
const FETCHES = new Set<BuildStep>([
  'npm-install',
  'bower-install',
  'pip-install',
  'go-vendor',
  'bundle-install',
  'composer-install',
  'mix-deps',
])

/** Names that many programs use for many things: a build step alone does not prove who makes them. */
const AMBIGUOUS = new Set(['js-build', 'eleventy-site'])

/** Finds what makes a candidate again where it lands in an image. @param images all that the build hands on */
export function findProducer(
  input: ProofInput,
  images: readonly Image[],
  candidate: Candidate,
  arrival: Arrival,
): Production {
  return new ProducerSearch(input, images, candidate, arrival).run()
}

/** An image that gets a path. */
export interface Arrival {
  image: Image
  /** Where the path lands there; null where that is not known. */
  landing: string | null
}

class ProducerSearch {
  private readonly image: Image
  private readonly landing: string | null

  constructor(
    private readonly input: ProofInput,
    private readonly images: readonly Image[],
    private readonly candidate: Candidate,
    {image, landing}: Arrival,
  ) {
    this.image = image
    this.landing = landing
  }

  run(): Production {
    const handover = this.landing === null ? NOTHING : this.findHandover(this.landing)
    if (handover.how === 'proved') return handover
    let best = NOTHING
    const kind = this.candidate.entry?.kind ?? ''
    for (const action of this.image.actions) {
      const step = this.candidate.entry?.producers?.find(
        (one) => !action.isStart && action.makes?.includes(one),
      )
      if (step === undefined || (OF_PROJECT.has(kind) && !buildsProject(action, this.image.project))) continue
      if (this.isApart(action)) continue
      const production = this.tryAction(action, step)
      if (production.how === 'proved') return production
      if (best.how === 'nothing') best = production
    }
    return best
  }

  /** It installs what its words name, in a place that has nothing to do with this one. */
  private isApart({program, isPartial, filters, words, directory}: PlacedAction): boolean {
    const isNamed = program === 'npm' && words.some((word) => /^-(?:C|-prefix)(?:=|$)/.test(word))
    if (!isPartial || !isNamed || filters !== undefined || this.landing === null) return false
    return !isWithin(this.landing, directory)
  }

  /** `COPY --from=deps /app/node_modules ./node_modules` brings it too. */
  private findHandover(landing: string): Production {
    for (const event of this.image.timeline.events) {
      if (event.kind !== 'handover') continue
      const traced = traceHandover(event, landing)
      if (traced === null) continue
      const source = this.images.find((one) => one.timeline.stageIndex === event.stageIndex)
      const isMade = source && traced.sources.some((path) => isInstalled(source, this.candidate, path))
      if (traced.isExact || isMade)
        return {how: 'proved', reason: `${event.where.text} adds it (${event.where.place})`}
    }
    return NOTHING
  }

  private tryAction(action: PlacedAction, step: BuildStep): Production {
    const {image, candidate, landing} = this
    const command = `RUN ${action.text} (${action.where.place})`
    const kind = candidate.entry?.kind ?? ''
    if (!isDone(image, action, step)) return ask(`a condition decides whether ${command} recreates it`)
    if (isOffline(action, step, kind))
      return ask(`${command} has no network: does it find everything elsewhere?`)
    const isWhole = this.isChosen(action, step) || this.isAllTaken(step) || this.isCleared(action)
    if (action.isPartial && !isWhole) return ask(`${command} may recreate only a part of it`)
    if (PLACELESS.has(kind)) return this.tryPlaceless(action, step)
    if (landing === null) return ask(`it is not known where in the image it is; ${command} creates one`)
    if (step === 'site-build') return this.trySite(action, landing)
    const owner = parentPath(landing, levelsOf(candidate.entry?.names ?? [], candidate.path))
    const elsewhere = this.checkPlace(action, step, owner)
    if (elsewhere !== null) return ask(`${command} ${elsewhere}`)
    if (kind === 'go-binaries') {
      const missing = checkGoOutput(this.images, {image, landing}, this.listMakers(step))
      if (missing !== null) return ask(`${command} ${missing}`)
    }
    const doubt = AMBIGUOUS.has(kind)
      ? (checkOutput(image, action, candidate) ?? findStaleState(image.project, action, candidate.path))
      : checkProduction(image, action, step)
    if (doubt !== null) return ask(doubt)
    const unmade = this.findUnmade(step)
    if (unmade !== null)
      return ask(`${command} creates it, but not "${unmade}": is that copied from this machine?`)
    const does = kind === 'go-vendor' && step === 'go-build' ? 'fetches the modules itself' : 'recreates it'
    return {how: 'proved', reason: `RUN ${action.text} ${does} (${action.where.place})`}
  }

  /** A site is written where flags and settings say. */
  private trySite(action: PlacedAction, landing: string): Production {
    const {image, candidate} = this
    const command = `RUN ${action.text} (${action.where.place})`
    if (candidate.isGitIgnored === false)
      return ask(`Git does not ignore it: is it kept on purpose, or does ${command} recreate it?`)
    const kind = candidate.entry?.kind ?? ''
    if (!writesSite(action, image.project, {kind, landing})) return ask(`does ${command} write to it?`)
    return {how: 'proved', reason: `RUN ${action.text} recreates it (${action.where.place})`}
  }

  /** A part of the output that somebody takes and no command asks for. */
  private findUnmade(step: BuildStep): string | null {
    const {image, images, candidate, landing} = this
    if (landing === null) return null
    return findUnmadeOutput(
      images,
      {image, landing, kind: candidate.entry?.kind ?? ''},
      this.listMakers(step),
    )
  }

  private listMakers(step: BuildStep): PlacedAction[] {
    return this.image.actions.filter(({makes, isStart}) => !isStart && makes?.includes(step))
  }

  /** `npm ci --workspace=a` throws away what is there before it installs. */
  private isCleared({program, words, directory}: PlacedAction): boolean {
    const isClean = program === 'npm' && /^(?:ci|clean-install|ic)$/.test(words[1] ?? '')
    return isClean && this.landing === resolveContainerPath(directory, 'node_modules')
  }

  /** A filter names the very package; an install takes those that it depends on along. */
  private isChosen({filters, directory}: PlacedAction, step: BuildStep): boolean {
    const {landing} = this
    if (filters === undefined || landing === null) return false
    const packages = listPackages(this.input, this.image.timeline, directory)
    const chosen = choosePackages(packages, filters, step === 'npm-install')
    return chosen?.some((one) => one.directory === parentPath(landing)) === true
  }

  /** The projects that Nx was told of are all that anybody takes. */
  private isAllTaken(step: BuildStep): boolean {
    const {images, image, landing, candidate} = this
    if (candidate.entry?.kind !== 'nx-output' || landing === null) return false
    const projects = this.listMakers(step).flatMap(({filters = []}) => filters)
    const taken = listTaken(images, image, landing)
    return taken.length > 0 && taken.every((part) => projects.some((one) => part.split('/').includes(one)))
  }

  /** Packages that go elsewhere: the directory itself is missed only by what names it. */
  private tryPlaceless(action: PlacedAction, step: BuildStep): Production {
    const {image, candidate, landing} = this
    const mention = landing === null ? null : findMention(image.timeline, landing)
    const isMadeThere = image.actions.some(
      ({makesEnvironment, directory}) =>
        makesEnvironment !== undefined && resolveContainerPath(directory, makesEnvironment) === landing,
    )
    if (mention !== null && !isMadeThere) {
      return ask(`${mention.text} (${mention.place}) names it, and nothing creates it there`)
    }
    const unmade = this.findUnmade(step)
    if (unmade !== null) return ask(`RUN ${action.text} (${action.where.place}) does not create "${unmade}"`)
    const isDotnet = candidate.entry?.kind.startsWith('dotnet')
    const verb = isDotnet ? 'recreates it' : 'installs the packages again'
    return {how: 'proved', reason: `RUN ${action.text} ${verb} (${action.where.place})`}
  }

  /** An action works in its own directory, below it or, as Cargo does, above it. @param owner a container path */
  private checkPlace(action: PlacedAction, step: BuildStep, owner: string): string | null {
    if (owner === action.directory || buildsAbove(action, owner, this.image.project)) return null
    const isBelow = isWithin(owner, action.directory) && !action.directory.startsWith('?cd')
    return isBelow
      ? this.checkBelow(action, step, owner)
      : 'creates one elsewhere: does it create this one, too?'
  }

  /** Steps that reach below their directory by their own rules. @param owner the directory below, a container path */
  private checkBelow(action: PlacedAction, step: BuildStep, owner: string): string | null {
    const {input, image, candidate} = this
    if (step === 'npm-install') return checkWorkspace(input, image.timeline, action, owner)
    if (step === 'js-build' || step === 'next-build') {
      if (!action.isRecursive)
        return `runs in another directory: does it build ${parentPath(candidate.path)}, too?`
      return checkWorkspace(input, image.timeline, action, owner)
    }
    if (action.isRecursive || candidate.entry?.kind === 'object-files') return null
    return `runs in another directory: does it create this one, too?`
  }
}

function ask(reason: string): Production {
  return {how: 'question', reason}
}

function isInstalled({actions}: Image, {entry}: Candidate, path: string): boolean {
  return actions.some(
    (action) =>
      isSure(action) &&
      action.makes?.some((step) => entry?.producers?.includes(step)) &&
      action.directory === parentPath(path, levelsOf(entry?.names ?? [], path)),
  )
}

/** It downloads what it brings, and cannot. */
function isOffline({where, env}: PlacedAction, step: BuildStep, kind: string): boolean {
  if (!FETCHES.has(step) && kind !== 'go-vendor') return false
  return /\s--network=none\b/.test(where.text) || env.get('GOPROXY') === 'off'
}

function isSure({isCertain, isPartial, isStart}: PlacedAction): boolean {
  return isCertain && !isPartial && !isStart
}

/** It runs, or each way of the condition that it stands in does the same. */
function isDone({actions}: Image, action: PlacedAction, step: BuildStep): boolean {
  if (action.isCertain) return true
  const choice = action.branch?.choice
  if (choice === undefined || !choice.isExhaustive) return false
  const ways = new Set(
    actions.flatMap(({branch, makes, directory}) =>
      branch?.choice === choice && makes?.includes(step) && directory === action.directory
        ? [branch.number]
        : [],
    ),
  )
  return ways.size === choice.branchCount
}

/** With development packages left out, a later step may have lived on those of this machine. */
function checkProduction(
  {actions, timeline, project}: Image,
  action: PlacedAction,
  step: BuildStep,
): string | null {
  if (step !== 'npm-install') return null
  const isProduction = (one: PlacedAction) =>
    one.isProduction === true || (one.env.get('NODE_ENV') === 'production' && !isYarnBerry(one, project))
  if (!isProduction(action)) return null
  const others = actions.filter(
    (one) => one.makes?.includes('npm-install') && one.directory === action.directory,
  )
  if (others.some((one) => isSure(one) && !isProduction(one))) return null
  const user = actions.find(
    (one) => !one.isStart && (one.runsTests || one.makes?.some((made) => /^(?:js|next)-build$/.test(made))),
  )
  if (user === undefined || timeline.events.length === 0) return null
  return `RUN ${action.text} (${action.where.place}) leaves out the development packages: does RUN ${user.text} (${user.where.place}) need them?`
}

/** Yarn from its second version on does not ask NODE_ENV. */
function isYarnBerry({program, words, directory}: PlacedAction, project: ProjectView): boolean {
  if (!/^yarn(?:pkg)?$/.test(program)) return false
  return (
    words.some((word) => /^--(?:immutable|no-immutable)$/.test(word)) ||
    project.read(directory, '.yarnrc.yml').length > 0 ||
    project.read(directory, 'package.json').some(({text}) => /"packageManager":\s*"yarn@[2-9]/.test(text))
  )
}

/** `dist` is what a bundler writes, or something made by hand that is kept. */
function checkOutput({actions}: Image, action: PlacedAction, {path, isGitIgnored}: Candidate): string | null {
  const name = baseName(path)
  const makers = actions.filter(
    (one) => one.directory === action.directory && one.makes?.includes('js-build'),
  )
  const answers = makers.map(({program}) => mayWriteTo(program, name))
  const command = `RUN ${action.text} (${action.where.place})`
  if (isGitIgnored === false)
    return `Git does not ignore it: is it kept on purpose, or does ${command} recreate it?`
  if (answers.includes('yes')) return null
  if (isGitIgnored && answers.includes('perhaps')) return null
  return `does ${command} write to ${name}?`
}

/** How many levels above a path its owner stands: `vendor/bundle` belongs two levels up. */
function levelsOf(names: readonly string[], path: string): number {
  const depths = names
    .filter((name) => path.endsWith(name) || name.includes('*'))
    .map((name) => name.split('/').length)
  return Math.max(1, ...depths)
}
