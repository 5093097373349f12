import {expandActions} from '../../build/graph/expand-actions.js'
import {findMention} from '../../build/graph/find-mention.js'
import {relate} from '../../build/graph/placements.js'
import type {ProofInput} from '../../build/graph/proof-input.js'
import type {InstructionRef} from '../../build/graph/timeline.js'
import {isWithin, parentPath} from '../../languages/text/container-path.js'
import type {Confidence} from '../../report/context-report.js'
import type {Candidate} from './candidate.js'
import {findGitNeed} from './find-git-need.js'
import {findProducer, type Image} from './find-producer.js'
import {isOfNoUse} from './is-of-no-use.js'
import {makesOwn} from './makes-own.js'

/** What a Dockerfile says about leaving a path out, in words for people. */
export interface Verdict {
  confidence: Confidence
  reason: string
  /** Of a blocked one: an instruction names the path. */
  isNamed?: true
  /** Of a blocked one: nothing in the build can use the path, so it has no say where another build makes or names it. */
  isUseless?: true
}

/** One way in: carried along with a directory around it. */
interface WayIn {
  image: Image
  where: InstructionRef
  landing: string | null
}

/** Tries candidates against one build. */
export interface Prover {
  /** Of one that the build sends. */
  prove(candidate: Candidate): Verdict
  /** Of one that it does not send: whether it makes one of its own, so that it is known whose that is. */
  makesOwn(candidate: Candidate): boolean
}

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

/** Prepares the proof against one build. */
export function createProver(input: ProofInput): Prover {
  const images =
    input.timelines?.map((timeline) => ({timeline, actions: expandActions(input, timeline)})) ?? null
  if (images === null) return {prove: proveWithoutDockerfile, makesOwn: () => false}
  return {
    prove: (candidate) => new Proof(input, images, candidate).run(),
    makesOwn: (candidate) => makesOwn(images, candidate),
  }
}

function proveWithoutDockerfile({entry, evidence}: Candidate): Verdict {
  if (entry?.disposition === 'junk') return safe(`${entry.title}: of no use in an image`)
  return review(`there is no Dockerfile to show whether it is needed: ${entry?.title ?? evidence}`)
}

class Proof {
  private readonly waysIn: WayIn[] = []

  constructor(
    private readonly input: ProofInput,
    private readonly images: readonly Image[],
    private readonly candidate: Candidate,
  ) {}

  run(): Verdict {
    const naming = this.findWaysIn()
    if (naming !== null) return {...blocked(`${naming.text} names it (${naming.place})`), isNamed: true}
    return this.checkGit() ?? this.checkTests() ?? this.checkMentions() ?? this.proveByKind()
  }

  /** Collects what carries the path; returns what names it. */
  private findWaysIn(): InstructionRef | null {
    for (const image of this.images) {
      for (const event of image.timeline.events) {
        if (event.kind !== 'arrival') continue
        for (const placement of event.placements) {
          const relation = relate(placement, this.candidate.path)
          if (relation?.how === 'named') return event.where
          if (relation) this.waysIn.push({image, where: event.where, landing: relation.landing})
        }
      }
    }
    return null
  }

  private checkGit(): Verdict | null {
    if (!VERSION_CONTROL.has(this.candidate.entry?.rule ?? '')) return null
    let doubt: Verdict | null = null
    for (const {image, landing} of this.waysIn) {
      const directory = landing && parentPath(landing)
      const need = findGitNeed(this.input, image.timeline, image.actions, directory)
      if (need?.isDoubt) doubt ??= review(need.reason)
      else if (need) return blocked(need.reason)
    }
    return doubt
  }

  private checkTests(): Verdict | null {
    if (!TESTS.has(this.candidate.entry?.rule ?? '')) return null
    for (const {image} of this.waysIn) {
      const run = image.actions.find((action) => action.runsTests)
      if (run) return blocked(`RUN ${run.text} runs tests (${run.where.place})`)
    }
    return null
  }

  private checkMentions(): Verdict | null {
    if (this.candidate.entry?.disposition === 'regenerated') return null
    for (const {image, landing} of this.waysIn) {
      const mention = landing && findMention(image.timeline, landing)
      if (mention) return blocked(`${mention.text} uses it (${mention.place})`)
    }
    return null
  }

  private proveByKind(): Verdict {
    const {entry, evidence} = this.candidate
    switch (entry?.disposition) {
      case 'junk':
        return this.proveJunk(entry.rule, entry.title)
      case 'regenerated':
        return this.proveRegenerated()
      case 'secret':
        return review(`${entry.title}: ${this.carrier()}; does the program read it from the image?`)
      case 'doubtful':
        return review(`${entry.title}: ${this.carrier()} and nothing proves it unused`)
      default:
        return review(`${evidence}; ${this.carrier()} and nothing proves it unused`)
    }
  }

  private proveJunk(rule: string, title: string): Verdict {
    const link = this.findLinkInto()
    if (link !== null) return review(`${title}: the link ${link} leads to it; is it used?`)
    return safe(rule === 'git' ? 'no RUN step uses Git' : `no COPY names it; ${title}: of no use in an image`)
  }

  private proveRegenerated(): Verdict {
    const {input, images, waysIn, candidate} = this
    let proof: string | null = null
    for (const {image, where, landing} of waysIn) {
      const production = findProducer(input, images, image, candidate, landing)
      if (production.how === 'question') return review(production.reason)
      if (production.how === 'nothing') return this.proveUnproduced(where)
      proof ??= production.reason
    }
    if (proof === null) return review(`${candidate.entry?.title}: no instruction shows what it is sent for`)
    return safe(`no COPY names it; ${proof}`)
  }

  /** What is made again in another image only may be needed here, or not. */
  private proveUnproduced({text, place}: InstructionRef): Verdict {
    const steps = this.candidate.entry?.producers ?? []
    const other = this.images
      .flatMap(({actions}) => actions)
      .find(({makes}) => makes?.some((step) => steps.includes(step)))
    if (other === undefined) {
      const verdict = blocked(`${text} copies it (${place}) and no step makes it again`)
      const landings = this.waysIn.map(({landing}) => landing)
      const isUseless = this.findLinkInto() === null && isOfNoUse(this.images, this.candidate, landings)
      return isUseless ? {...verdict, isUseless} : verdict
    }
    const maker = `RUN ${other.text} (${other.where.place})`
    return review(
      `${text} (${place}) brings it to an image where no step makes it, as ${maker} does elsewhere: is it used there?`,
    )
  }

  private carrier(): string {
    const [first] = this.waysIn
    return first === undefined ? 'it is sent' : `${first.where.text} (${first.where.place}) carries it`
  }

  /** A link that is not itself part of the candidate shows that somebody wants it. */
  private findLinkInto(): string | null {
    const {tree, links} = this.input
    const {index, path} = this.candidate
    const link = links.find(
      (one) => isWithin(one.target, path) && (one.index < index || one.index >= tree.endOf(index)),
    )
    return link === undefined ? null : tree.pathOf(link.index)
  }
}

/** The verdicts that count: a build that only carries along what another one makes or names has no say. */
export function listDecisive<One extends Verdict>(verdicts: readonly One[]): readonly One[] {
  const isOfOther = verdicts.some(({confidence, isNamed}) => confidence === 'safe' || isNamed)
  return isOfOther ? verdicts.filter(({isUseless}) => !isUseless) : verdicts
}

/** The gravest of several verdicts, the first of its kind: safe only if safe for each. */
export function combineVerdicts(verdicts: readonly Verdict[]): Verdict | null {
  const gravity: readonly Confidence[] = ['blocked', 'review', 'safe']
  for (const confidence of gravity) {
    const found = verdicts.find((verdict) => verdict.confidence === confidence)
    if (found) return found
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
