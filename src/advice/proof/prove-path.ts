import {findMention} from '../../build/graph/find-mention.js'
import type {ProofInput} from '../../build/graph/proof-input.js'
import {type InstructionRef, traceHandover} from '../../build/graph/timeline.js'
import {isSelected} from '../../build/transfer/is-selected.js'
import type {Selection} from '../../build/transfer/select-entries.js'
import type {TrackedPaths} from '../../languages/git/tracked-paths.js'
import {baseName, isWithin, parentPath, resolveContainerPath} from '../../languages/text/container-path.js'
import type {Confidence} from '../../report/context-report.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {type Candidate, isRegenerated} from './candidate.js'
import {findGitNeed, findSignInSources, type GitNeed, mayCompare, mayList} from './find-git-need.js'
import type {NameSearch} from './find-names.js'
import {findNeed} from './find-need.js'
import {findProducer} from './find-producer.js'
import {ANYTHING, findUse, languagesOfBase, lastPartOf, type Use} from './find-use.js'
import {findHandoverOf, findWaysIn, followHandovers, isThereFor, type WayIn} from './find-ways-in.js'
import {findLister} from './listed-folders.js'
import {holdsModel, isLitterAnywhere, ownersOf} from './litter.js'
import {findHidingMount} from './mounted-over.js'
import {listGoOutputs} from './outputs/go-outputs.js'
import {type Image, placeOf, surveyImages} from './survey/survey.js'

/** What a Dockerfile says about leaving a path out, in words for people. */
export interface Verdict {
  confidence: Confidence
  reason: string
  /** Of a safe one: it is of use to nobody in this build, whoever makes it. */
  isUnused?: true
  /** Of another: Git tracks it, and the repository is compared with the files. What Git ignores inside is free. */
  isForTracking?: true
}

/** Tries a candidate that a build sends against that build. */
export type Prover = (candidate: Candidate) => Verdict

const VERSION_CONTROL = new Set([
  'git',
  'git-settings',
  'git-worktrees',
  'mercurial',
  'subversion',
  'jujutsu',
  'other-history',
])
const TESTS = new Set(['test-sources', 'test-files'])

/** Files that a repository holds on purpose, and that a program reads only if it names them. */
const SETTINGS = new Set([
  'git-settings',
  'version-control-settings',
  'editor-settings',
  'eclipse-settings',
  'netbeans-settings',
  'assistant-settings',
  'ci-settings',
  'repository-bots',
  'dockerfile',
  'compose-file',
  'docker-tool-settings',
  'dev-container',
  'dotnet-user-files',
])

/** Directories whose files are samples: what a program ships, or what its tests are about. */
const SAMPLES =
  /(?:^|\/)(?:tests?|__tests__|test[-_]?data|spec|fixtures?|__fixtures__|mocks?|__mocks__|templates?|_templates|examples?|samples?|scaffold(?:ing|s)?|boilerplates?|skeletons?|starters?|generators?|cookiecutter[^/]*|[^/]*(?:\{\{|\{%|<%)[^/]*)\//i
const TEST_DIRECTORY =
  /(?:^|\/)(?:tests?|__tests__|test[-_]?data|spec|e2e|fixtures?|__fixtures__|mocks?|__mocks__)\//i

/**
 * Prepares the proof against one build.
 * @param selection what it sends
 * @param findName says where the sources name a file
 * @param tracked what Git tracks of the context
 */
export function createProver(
  input: ProofInput,
  selection: Selection,
  findName: NameSearch,
  tracked: TrackedPaths | null,
): Prover {
  const images = surveyImages(input)
  if (images === null) return proveWithoutDockerfile
  const isAltered = () => tracked !== null && differsFromCommit(input.tree, selection, tracked)
  const repository = sendsRepository(input.tree, selection.entries)
    ? findRepositoryNeed(images, isAltered)
    : null
  return (candidate) => new Proof(input, images, candidate, {findName, repository}).run()
}

/** The tree holds what the ignore file keeps out, too, as far as Docker looks at it. */
function sendsRepository(tree: FileTree, entries: Uint32Array): boolean {
  const entry = tree.find('.git')
  return entry >= 0 && entries.includes(entry)
}

/** What compares the files with the repository that the build sends; null: nothing that would see one more missing. */
function findRepositoryNeed(images: readonly Image[], isAltered: () => boolean): GitNeed | null {
  const {carried} = findWaysIn(images, '.git')
  const need = findGitNeedOf(images, carried, mayCompare)
  return need !== null && isAltered() ? findGitNeedOf(images, carried, mayList) : need
}

/** Tells whether the build leaves out what Git tracks: whoever compares finds a difference already. */
function differsFromCommit(tree: FileTree, selection: Selection, tracked: TrackedPaths): boolean {
  return tracked.some((path) => tracked.submoduleOf(path) === null && isLeftOut(tree, selection, path))
}

/** Not what is missing on the disk: Git may be told to pass over that. */
function isLeftOut(tree: FileTree, selection: Selection, path: string): boolean {
  for (let at = path; at !== ''; at = parentPath(at)) {
    const entry = tree.find(at)
    if (entry >= 0) return !isSelected(selection, entry)
  }
  return false
}

function findGitNeedOf(
  images: readonly Image[],
  ways: readonly WayIn[],
  isAsked?: typeof mayCompare,
): GitNeed | null {
  const all = ways.flatMap((way) => [way, ...followHandovers(images, way)])
  const needs = all.flatMap((way) => findGitNeed(way, isAsked) ?? [])
  return needs.find(({isDoubt}) => !isDoubt) ?? needs[0] ?? null
}

function proveWithoutDockerfile({entry, evidence, isTracked}: Candidate): Verdict {
  if (entry?.disposition === 'junk' && !isTracked) return safe(`${entry.title}: of no use in an image`)
  return review(`there is no Dockerfile to show whether it is needed: ${entry?.title ?? evidence}`)
}

interface Surroundings {
  findName: NameSearch
  /** What compares the files with the repository. */
  repository: GitNeed | null
}

class Proof {
  /** Where it is carried along, and where it is handed on. */
  private ways: readonly WayIn[] = []
  private reached: readonly WayIn[] = []

  constructor(
    private readonly input: ProofInput,
    private readonly images: readonly Image[],
    private readonly candidate: Candidate,
    private readonly surroundings: Surroundings,
  ) {}

  run(): Verdict {
    const {naming, carried} = findWaysIn(this.images, this.candidate.path)
    if (naming !== null) return blocked(`${naming.text} names it (${naming.place})`)
    this.ways = carried
    this.reached = [...carried, ...carried.flatMap((way) => followHandovers(this.images, way))]
    return (
      this.checkGit() ??
      this.checkTests() ??
      this.checkMade() ??
      this.checkNeeds() ??
      this.checkMentions() ??
      this.checkTracked() ??
      this.judge()
    )
  }

  private checkGit(): Verdict | null {
    if (!VERSION_CONTROL.has(this.candidate.entry?.rule ?? '')) return null
    const need = findGitNeedOf(this.images, this.ways)
    return need && (need.isDoubt ? review(need.reason) : blocked(need.reason))
  }

  /** Nothing is safe in what the tests are about, but for what lies anywhere. */
  private checkTests(): Verdict | null {
    const {path, entry} = this.candidate
    const rule = entry?.rule ?? ''
    const isTest =
      TESTS.has(rule) ||
      (TEST_DIRECTORY.test(path) && !isLitterAnywhere(this.candidate) && entry?.disposition !== 'regenerated')
    if (!isTest) return null
    for (const {image} of this.reached) {
      const run = image.actions.find((action) => action.runsTests)
      if (run) return blocked(`RUN ${run.text} runs tests (${run.where.place})`)
    }
    return null
  }

  /** Programs that a step builds at the very place where others take them from. */
  private checkMade(): Verdict | null {
    if (this.candidate.entry === null) return this.checkMadeProgram()
    if (this.candidate.entry.kind !== 'go-binaries' || !isRegenerated(this.candidate)) return null
    const verdict = this.judgeRegenerated()
    return verdict.confidence === 'safe' ? verdict : null
  }

  /** A program that Git ignores, and that `go build -o` writes in each image that gets it. */
  private checkMadeProgram(): Verdict | null {
    const {isGitIgnored, isDirectory} = this.candidate
    if (isGitIgnored !== true || isDirectory || this.ways.length === 0) return null
    const makers = this.ways.map(({image, landing, since}) =>
      image.actions.find(
        (action) =>
          action.makes?.includes('go-build') &&
          !action.isStart &&
          action.isCertain &&
          action.at > since &&
          landing !== null &&
          listGoOutputs(action).includes(landing),
      ),
    )
    const [maker] = makers
    if (maker === undefined || makers.includes(undefined)) return null
    return safe(`no COPY names it; RUN ${maker.text} recreates it (${maker.where.place})`)
  }

  private checkNeeds(): Verdict | null {
    if (this.candidate.entry?.disposition === 'regenerated') return null
    const need = findNeed(new Set(this.reached.map(({image}) => image)), this.candidate)
    return need && (need.isDoubt ? review(`${this.title()}: ${need.reason}`) : blocked(need.reason))
  }

  private checkMentions(): Verdict | null {
    if (this.candidate.entry?.disposition === 'regenerated') return null
    for (const way of this.reached) {
      const {image, landing} = way
      if (findHidingMount(way, this.candidate) !== null) continue
      const mention = (landing && findMention(image.timeline, landing)) || findHandoverOf(this.images, way)
      if (mention) return blocked(`${mention.text} uses it (${mention.place})`)
    }
    return null
  }

  /** Without a tracked file, the repository in the image says that the sources were changed. */
  private checkTracked(): Verdict | null {
    const {repository} = this.surroundings
    const {isTracked, entry} = this.candidate
    if (!isTracked || repository === null || entry?.rule === 'git') return null
    const verdict = repository.isDoubt ? review : blocked
    const reason = `Git tracks it: without it the repository would be "dirty" for ${repository.who}`
    return {...verdict(reason), isForTracking: true}
  }

  private judge(): Verdict {
    const {entry, evidence} = this.candidate
    switch (entry?.disposition) {
      case 'junk':
        return this.judgeJunk(entry.rule, entry.title)
      case 'regenerated':
        return this.judgeRegenerated()
      case 'secret':
        return review(`${entry.title}: ${this.carrier()}; does the program read it from the image?`)
      case 'doubtful':
        if (isRegenerated(this.candidate)) return this.judgeRegenerated()
        return this.proveUnused() ?? review(`${entry.title}: ${this.carrier()} and nothing proves it unused`)
      default:
        return this.proveUnused() ?? review(`${evidence}; ${this.carrier()} and nothing proves it unused`)
    }
  }

  /** Safe where no program of the images that get it could read it, whatever it is. */
  private proveUnused(): Verdict | null {
    const isUsed = this.ways.length === 0 || this.ways.some((way) => this.findUseOf(way) !== null)
    return isUsed ? null : {...safe(`no COPY names it; ${this.describeUnused()}`), isUnused: true}
  }

  private judgeJunk(rule: string, title: string): Verdict {
    const link = this.findLinkInto()
    if (link !== null) return review(`${title}: the link ${link} points to it; is it used?`)
    const start = rule === 'git' ? this.doubtStart() : null
    if (start !== null) return review(start)
    if (rule === 'git') return safe('no step and no program of the image uses Git')
    const doubt =
      this.findOwner() ??
      this.findListing() ??
      this.findOfflineInstall(rule) ??
      (isLitterAnywhere(this.candidate) ? null : this.doubtJunk(rule))
    return doubt === null
      ? safe(`no COPY names it; ${title}: of no use in an image`)
      : review(`${title}: ${doubt}`)
  }

  /** Whether what only the base of an image starts reads the repository; null where it does not. */
  private doubtStart(): string | null {
    const images = new Set(this.reached.flatMap(({image, only}) => (only === undefined ? [image] : [])))
    const started = [...images].find(({timeline}) => timeline.isTarget)
    if (started === undefined || started.actions.some(({isStart}) => isStart)) return null
    const {imageName} = started.timeline
    const languages = languagesOfBase(started)
    if (languages === null) return `it is not known what ${imageName} starts: does that read the repository?`
    const sign = findSignInSources(started.project, languages)
    return (
      sign &&
      `${sign.path}:${sign.line} has ${sign.found}: does what ${imageName} starts read the repository?`
    )
  }

  /** A tool that runs in an image, and keeps its things in a directory of its name. */
  private findOwner(): string | null {
    const owners = ownersOf(this.candidate)
    if (owners.length === 0) return null
    for (const way of this.reached) {
      const {isTarget, imageName} = way.image.timeline
      if (isTarget && way.only === undefined && owners.includes(lastPartOf(imageName)))
        return `does ${imageName} use it, which is what the image is based on?`
      const user = way.image.actions.find(
        (action) => isThereFor(way, action) && owners.includes(action.program),
      )
      if (user !== undefined) return `does ${user.called} use it? (${placeOf(user)})`
    }
    return null
  }

  /** A server that shows the folder with all that lies in it. */
  private findListing(): string | null {
    if (isLitterAnywhere(this.candidate)) return null
    for (const way of this.reached) {
      const lister = findLister(way, this.candidate.path, this.input.tree)
      if (lister !== null) return `"${lister}" lists the folder: is it there for those who open it?`
    }
    return null
  }

  /** An install that takes packages from a cache, which may be this one. */
  private findOfflineInstall(rule: string): string | null {
    if (rule !== 'npm-cache') return null
    for (const way of this.reached) {
      const install = way.image.actions.find(
        (action) =>
          isThereFor(way, action) &&
          action.makes?.includes('npm-install') &&
          action.words.some((word) => /^--(?:prefer-)?offline$/.test(word)),
      )
      if (install !== undefined) return `does ${install.called} take packages from it? (${placeOf(install)})`
    }
    return null
  }

  /** Why what looks like litter may be wanted; null for what a fresh checkout lacks, or what nobody can read. */
  private doubtJunk(rule: string): string | null {
    const {path, isTracked, isGitIgnored} = this.candidate
    const named = this.surroundings.findName(baseName(path), path)
    if (named !== null) return `${named.path}:${named.line} names it: is it read?`
    if (holdsModel(this.input.tree, this.candidate))
      return 'it holds a model: does the program load it from there?'
    const taker = this.findTaker(baseName(path))
    if (taker !== null) return `${taker.text} takes one of this name: is it this? (${taker.place})`
    if (isGitIgnored === true) return null
    if (SAMPLES.test(path)) return 'it is among samples: does the program ship it, or does a test read it?'
    if (isTracked !== true) return null
    if (!SETTINGS.has(rule)) return 'Git tracks it: is it there on purpose?'
    return this.findStranger()
  }

  /** A COPY --from of the same name, from wherever a step may have brought it. */
  private findTaker(name: string): InstructionRef | null {
    const isNamed = (source: string) => baseName(source) === name
    for (const {timeline} of this.images) {
      const taker = timeline.events.find(
        (event) => event.kind === 'handover' && event.stageIndex !== null && event.sources.some(isNamed),
      )
      if (taker !== undefined) return taker.where
    }
    return null
  }

  /** The first program in the images that is not understood: it may read anything. */
  private findStranger(): string | null {
    for (const way of this.reached) {
      const stranger = way.image.actions.find((action) => action.use === null && isThereFor(way, action))
      if (stranger !== undefined) return `does ${stranger.called} read it? (${placeOf(stranger)})`
    }
    return null
  }

  private judgeRegenerated(): Verdict {
    const {input, images, candidate} = this
    let proof: string | null = null
    let isUsed = false
    for (const way of this.ways) {
      const use = this.findUseOf(way)
      if (use === null) continue
      isUsed = true
      const production =
        this.isEnvironment() && use.isSure
          ? this.findEnvironment(way, use)
          : findProducer(input, images, candidate, way)
      if (production.how === 'question') return review(production.reason)
      if (production.how === 'nothing') return this.judgeUnproduced(way, use)
      proof ??= production.reason
    }
    if (proof !== null) return safe(`no COPY names it; ${proof}`)
    if (isUsed || this.ways.length === 0)
      return review(`${this.title()}: no instruction shows what it is sent for`)
    return {...safe(`no COPY names it; ${this.describeUnused()}`), isUnused: true}
  }

  private describeUnused(): string {
    for (const way of this.ways) {
      const mount = findHidingMount(way, this.candidate)
      if (mount === null) continue
      const place = `${mount.place.file}:${mount.place.line}`
      return `the service mounts "${mount.written}" over it (${place}), Git ignores it, and no step reads it`
    }
    const steps = this.candidate.entry?.producers ?? []
    const maker = this.ways
      .flatMap(({image}) => image.actions)
      .find(({makes, isStart}) => !isStart && makes?.some((step) => steps.includes(step)))
    return maker === undefined
      ? 'no program in the images that get it reads it'
      : `RUN ${maker.text} creates its own (${maker.where.place}), and nothing reads this one`
  }

  /** What could use it in the image that it comes into, or in one that it is handed on to. */
  private findUseOf(way: WayIn): Use | null {
    const known = {findName: this.surroundings.findName, tree: this.input.tree}
    const uses = [way, ...followHandovers(this.images, way)].flatMap(
      (one) => findUse(this.images, this.candidate, one, known) ?? [],
    )
    const link = this.findLinkInto()
    if (link !== null) uses.push({reason: `the link ${link} points to it`, isSure: false})
    return uses.find(({isSure}) => isSure) ?? uses[0] ?? null
  }

  private isEnvironment(): boolean {
    return this.candidate.entry?.kind === 'python-virtualenv'
  }

  /** An environment that a program works in must be made at the same place. */
  private findEnvironment({image, landing}: WayIn, use: Use): {how: 'proved' | 'question'; reason: string} {
    const maker = image.actions.find(
      ({makesEnvironment, directory, isStart, isCertain}) =>
        !isStart &&
        isCertain &&
        makesEnvironment !== undefined &&
        resolveContainerPath(directory, makesEnvironment) === landing,
    )
    const bringer = image.timeline.events.find(
      (event) => event.kind === 'handover' && landing !== null && traceHandover(event, landing)?.isExact,
    )
    if (bringer !== undefined)
      return {how: 'proved', reason: `${bringer.where.text} adds it (${bringer.where.place})`}
    if (maker !== undefined)
      return {how: 'proved', reason: `RUN ${maker.text} recreates it (${maker.where.place})`}
    return {how: 'question', reason: `${use.reason}, and nothing creates it there`}
  }

  /** What is made again in another image only may be needed here, or not. */
  private judgeUnproduced({where}: WayIn, use: Use): Verdict {
    const {text, place} = where
    const steps = this.candidate.entry?.producers ?? []
    const makers = this.images
      .flatMap(({actions}) => actions)
      .filter(({makes}) => makes?.some((step) => steps.includes(step)))
    const atStart = makers.find(({isStart}) => isStart)
    const other = makers.find(({isStart}) => !isStart)
    if (other !== undefined) {
      const maker = `RUN ${other.text} (${other.where.place})`
      return review(
        `${text} (${place}) copies it into an image where no step creates it, unlike ${maker} elsewhere: ${use.reason === '' || use.isSure ? 'is it used there?' : use.reason}`,
      )
    }
    if (atStart !== undefined) {
      return review(
        `${text} copies it (${place}), and ${atStart.called} creates it only when the container starts (${placeOf(atStart)}): is it needed before?`,
      )
    }
    const verdict = `${text} copies it (${place}) and no step recreates it`
    const {isGitIgnored, isTracked} = this.candidate
    // nothing names it, and a fresh checkout lacks it
    if (use === ANYTHING && isGitIgnored === true && isTracked === false)
      return review(`${verdict}: does the program use it?`)
    return use.isSure
      ? blocked(use.reason === '' ? verdict : `${verdict}; ${use.reason}`)
      : review(`${verdict}: ${use.reason}`)
  }

  private title(): string {
    const {entry, evidence} = this.candidate
    return entry?.title ?? evidence
  }

  private carrier(): string {
    const [first] = this.ways
    return first === undefined ? 'it is sent' : `${first.where.text} (${first.where.place}) copies it`
  }

  /** A link that is not itself part of the candidate shows that somebody wants it. */
  private findLinkInto(): string | null {
    const {tree, links} = this.input
    const {index, path} = this.candidate
    const link = links.find(
      (one) => isWithin(one.target, path) && (one.entry < index || one.entry >= tree.endOf(index)),
    )
    return link === undefined ? null : tree.pathOf(link.entry)
  }
}

/** The gravest of several verdicts, the first of its kind: safe only if safe for each. Of safe ones, one that says who makes it. */
export function combineVerdicts<One extends Verdict>(verdicts: readonly One[]): One | null {
  const gravity: readonly Confidence[] = ['blocked', 'review', 'safe']
  for (const confidence of gravity) {
    const found = verdicts.filter((verdict) => verdict.confidence === confidence)
    if (found.length > 0)
      return found.find(({isUnused, isForTracking}) => !isUnused && !isForTracking) ?? found[0]!
  }
  return null
}

function safe(reason: string): Verdict {
  return {confidence: 'safe', reason}
}

function review(reason: string): Verdict {
  return {confidence: 'review', reason}
}

function blocked(reason: string): Verdict {
  return {confidence: 'blocked', reason}
}
