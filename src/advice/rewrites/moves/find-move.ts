import type {GraphStage, Step} from '../../../build/graph/build-graph.js'
import type {EvaluatedInstruction} from '../../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {listEnvironment} from '../../../languages/dockerfile/evaluate/step-state.js'
import {isWithin, joinPath, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {RewriteFacts} from '../rewrite-facts.js'
import {hasPosixShell, isAsideStep, isExpensive, usesManifest} from './aside.js'
import {type Cut, cutAside, findInstall, findSent, type Install, placeOf, usesNode} from './find-install.js'
import {findOwning, listTidied, mayNotice, type TidiedPath} from './list-tidied.js'
import {runsAsRoot} from './runs-as-root.js'

/** Copies of the source that can stand behind the steps that do not read it. */
export interface Move {
  /** In order; all in one stage. RUNs that only make paths in it, or give them a mode, go along. */
  copies: readonly Step[]
  /** In order; empty where only programs of the system come first. */
  installs: readonly Install[]
  /** The steps that come before the copies in the end, from the first copy on. */
  passed: readonly Step[]
  /** The last of them: the copies stand behind it. */
  last: Step
  /** The copies stand in the middle of the last one, where only its beginning needs no source; null: behind it. */
  cut: Cut | null
}

/** What was found behind one copy. */
export interface Search {
  start: Step
  /** From the shortest to the longest. */
  moves: readonly Move[]
  /** What ended the search, with an install behind it that could have moved. */
  obstacle: {instruction: EvaluatedInstruction; install: Step} | null
}

/** Instructions that neither read the source nor change where anything is copied to. */
const HARMLESS = new Set(
  'ENV ARG LABEL EXPOSE MAINTAINER STOPSIGNAL CMD ENTRYPOINT HEALTHCHECK USER SHELL'.split(' '),
)

/** Searches behind every copy of a stage; one that an earlier move takes along is no start of its own. */
export function findMoves(facts: RewriteFacts, stage: GraphStage): Search[] {
  const found: Search[] = []
  let behind = -1
  for (const start of stage.steps) {
    if (start.index <= behind || !isSourceCopy(facts, start)) continue
    const search = searchFrom(facts, start)
    if (search.moves.length === 0 && search.obstacle === null) continue
    found.push(search)
    behind = search.moves.at(-1)?.last.index ?? start.index
  }
  return found
}

/** What a search has come past so far. */
interface Passed {
  copies: Step[]
  installs: Install[]
  steps: Step[]
  /** Of the RUNs that go along with the copies. */
  tidied: TidiedPath[]
  /** What such a RUN does to packages, too, when it stands behind the install. */
  questions: string[]
  /** A program that chooses its version by package.json has come without its install so far. */
  isWaiting: boolean
  cut: Cut | null
}

function searchFrom(facts: RewriteFacts, start: Step): Search {
  const {instructions, steps} = start.stage
  const passed: Passed = {
    copies: [start],
    installs: [],
    steps: [],
    tidied: [],
    questions: [],
    isWaiting: false,
    cut: null,
  }
  const moves: Move[] = []
  let obstacle: EvaluatedInstruction | null = null
  for (const instruction of instructions.slice(instructions.indexOf(start.instruction) + 1)) {
    if (HARMLESS.has(instruction.keyword)) continue
    const step = steps.find((one) => one.instruction === instruction)
    const verdict = step === undefined || instruction.isInherited ? 'ends' : pass(facts, step, passed)
    if (verdict === 'ends') {
      obstacle = instruction
      break
    }
    if (verdict === 'gains' || verdict === 'gains and ends') moves.push(toMove(passed))
    if (verdict === 'gains and ends') break
  }
  const kept = moves.flatMap((move) => dropNarrow(facts, move) ?? [])
  const install = kept.length === 0 && obstacle !== null ? findLaterInstall(facts, start, obstacle) : null
  return {start, moves: kept, obstacle: install && {instruction: obstacle!, install}}
}

type Verdict = 'passes' | 'gains' | 'gains and ends' | 'ends'

/** Says whether the copies can stand behind a step, and whether that gains something. */
function pass(facts: RewriteFacts, step: Step, passed: Passed): Verdict {
  const {keyword} = step.instruction
  const landings = passed.copies.flatMap((copy) => copy.reads.map(({landing}) => landing.path))
  passed.steps.push(step)
  if (keyword === 'WORKDIR') return keepsOwner(facts, step, passed) ? 'passes' : 'ends'
  if (keyword !== 'RUN') return passCopy(facts, step, passed, landings)
  if (!hasPosixShell(step)) return 'ends'
  const hasHome = isHomeAmong(step, landings)
  if (!hasHome && isAsideStep(facts, step, landings, passed.copies)) {
    const commands = facts.commandsOf(step)
    if (commands.some(({words}) => usesManifest(words)) && hasNodeManifest(facts)) passed.isWaiting = true
    return !passed.isWaiting && commands.some(isExpensive) ? 'gains' : 'passes'
  }
  const found = findInstall(facts, step, passed.copies)
  if (found === null) return hasHome ? 'ends' : passOther(facts, step, passed, landings)
  if (isReplaced(facts, found, passed.copies)) return 'ends'
  return passInstall(hasHome ? askAboutHome(found) : found, passed)
}

/** A RUN that is no install goes along with the copies, or begins with what can stand before them. */
function passOther(facts: RewriteFacts, step: Step, passed: Passed, landings: readonly string[]): Verdict {
  if (goesAlong(facts, step, passed, landings)) return 'passes'
  passed.cut = passed.isWaiting ? null : cutAside(facts, step, landings, passed.copies)
  return passed.cut === null ? 'ends' : 'gains and ends'
}

/** What an install may read in its directory, whether the project has it or not. */
const READ_THERE =
  'package.json package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml pnpm-workspace.yaml bun.lock bun.lockb bunfig.toml .npmrc .yarnrc .yarnrc.yml .yarnclean .pnpmfile.cjs .pnpmfile.mjs .corepack.env .env.yarn binding.gyp go.mod go.sum go.work go.work.sum Gemfile Gemfile.lock .bundle/config composer.json composer.lock auth.json pyproject.toml poetry.lock poetry.toml uv.lock uv.toml .python-version Pipfile Pipfile.lock setup.cfg mix.exs mix.lock pom.xml .mvn/maven.config'.split(
    ' ',
  )

/** Tells whether one of the copies lays another file of the context where the install reads one. */
function isReplaced(
  facts: RewriteFacts,
  {command, directory, project, reads}: Install,
  copies: readonly Step[],
): boolean {
  const latest = copies.toReversed()
  const names = [...READ_THERE, ...(command.words[0] === 'pipenv' ? ['.env'] : [])]
  const paths = new Set([...reads.files, ...names.map((name) => joinPath(project, name))])
  return [...paths].some((path) => {
    const place = placeOf(path, project, directory)
    const found = place === null ? null : findSent(facts, latest, place)
    return found !== null && found !== path
  })
}

function passInstall(install: Install, passed: Passed): Verdict {
  if (mayNotice(install, passed.tidied)) return 'ends'
  const {reads} = install
  const questions = [...reads.questions, ...passed.questions]
  passed.installs.push({...install, reads: {...reads, questions}})
  if (usesNode(install)) passed.isWaiting = false
  if (passed.isWaiting) return 'passes'
  return install.tail === null && install.reads.ahead === undefined && install.reads.blocker === undefined
    ? 'gains'
    : 'gains and ends'
}

/** A copy to elsewhere comes first; one to the same place goes along. */
function passCopy(facts: RewriteFacts, step: Step, passed: Passed, landings: readonly string[]): Verdict {
  const isApart = step.reads.every(({landing}) =>
    landings.every((path) => !isWithin(path, landing.path) && !isWithin(landing.path, path)),
  )
  const stays = isApart || staysApart(facts, step, passed)
  // A source that stayed before the install would run it again all the same.
  if (stays && !isSourceCopy(facts, step)) return 'passes'
  if (!isPlainCopy(step)) return 'ends'
  passed.copies.push(step)
  return 'passes'
}

function goesAlong(facts: RewriteFacts, step: Step, passed: Passed, landings: readonly string[]): boolean {
  const owning = findOwning(facts, step, landings)
  if (owning !== null) {
    passed.questions.push(
      `${owning} comes after the install, too, and gives what it installs the same: may it? The layer then has each of these files a second time`,
    )
    passed.copies.push(step)
    return true
  }
  const tidied = listTidied(facts, step, landings)
  if (tidied === null) return false
  passed.tidied.push(...tidied)
  passed.copies.push(step)
  return true
}

/** Settings and caches of programs would lie in what is copied. */
function isHomeAmong({instruction}: Step, landings: readonly string[]): boolean {
  const home = listEnvironment(instruction.state.environment).find(([name]) => name === 'HOME')?.[1]
  return home !== undefined && landings.some((path) => isWithin(home, path))
}

/** What a program keeps at home would lie in the source, and the copy may come over it. */
function askAboutHome(install: Install): Install {
  const home = listEnvironment(install.step.instruction.state.environment).find(
    ([name]) => name === 'HOME',
  )?.[1]
  const question = `HOME is ${home}, where the source goes: does ${install.reads.title} read or write anything there that the source brings, such as .npmrc or .cache?`
  return {...install, reads: {...install.reads, questions: [...install.reads.questions, question]}}
}

function hasNodeManifest(facts: RewriteFacts): boolean {
  return facts.findFiles('', /^(?:package\.json|\.npmrc)$/).length > 0
}

/** Tells whether nothing that a copy brings falls on what the copies that move bring. */
function staysApart(facts: RewriteFacts, step: Step, {copies}: Passed): boolean {
  const own = facts.placesOf(step) ?? []
  if (own.length === 0) return isFileBeside(facts, step, copies)
  return copies.every((copy) =>
    (facts.placesOf(copy) ?? ['/']).every((path) =>
      own.every((other) => !isWithin(path, other) && !isWithin(other, path)),
    ),
  )
}

/** A copy from elsewhere to a name of its own in the working directory, where the copies bring nothing. */
function isFileBeside(facts: RewriteFacts, {instruction, reads}: Step, copies: readonly Step[]): boolean {
  const [read, ...others] = reads
  if (read === undefined || others.length > 0 || read.from.kind === 'context' || read.landing.isDirectory)
    return false
  const {path} = read.landing
  if (parentPath(path) !== resolveContainerPath('/', instruction.state.directory)) return false
  return copies.every((copy) => {
    const source = facts.sourceOf(copy, path)
    return source === null || !facts.sendsAnyOf(source)
  })
}

/** WORKDIR makes a directory that is not there, as the user in force: a copy would have made it first. */
function keepsOwner(facts: RewriteFacts, step: Step, {copies}: Passed): boolean {
  const isRoot = runsAsRoot(facts, step)
  return copies.every((copy) => {
    const {written, state} = copy.instruction
    const isOwned = written.flags.some(({name}) => name === 'chown' || name === 'chmod')
    const isThere = copy.reads.every(({landing}) => isWithin(state.directory, landing.path))
    return isThere || (isRoot && !isOwned)
  })
}

function toMove({copies, installs, steps, cut}: Passed): Move {
  return {copies: [...copies], installs: [...installs], passed: [...steps], last: steps.at(-1)!, cut}
}

/** Leaves the copies where they are that bring nothing but what the installs read; null if none is left. */
function dropNarrow(facts: RewriteFacts, move: Move): Move | null {
  const read = new Set(move.installs.flatMap(({reads}) => reads.files))
  const firstWide = move.copies.findIndex(
    (copy) => isSourceCopy(facts, copy) && !bringsOnly(facts, copy, read),
  )
  if (firstWide < 0) return null
  const copies = move.copies.slice(firstWide)
  const passed = move.passed.filter((step) => step.index > copies[0]!.index)
  const isDeliberate = !copies.some((copy) => isWhole(facts, copy, move))
  const mayNeed = move.installs.some(({reads}) => reads.runsScripts === true || reads.blocker !== undefined)
  return isDeliberate && mayNeed ? null : {...move, copies, passed}
}

/** Tells whether a copy brings the whole project of an install, not parts that somebody chose for it. */
function isWhole(facts: RewriteFacts, copy: Step, {installs}: Move): boolean {
  return (
    copy.reads.some(({path}) => path === '/') ||
    installs.some(({directory, project}) => facts.sourceOf(copy, directory) === project)
  )
}

/** Sources of programs by their endings; those that tools look for by their names are settings. */
const SOURCE_FILE = /(?<!\.config|\.conf|rc)\.(?:py|m?[jt]sx?|rb|php|go|rs|java|html|css)$/
const OF_TOOLS =
  /(?:^|\/)(?:setup\.py|gulpfile\.\w+|Gruntfile\.\w+|noxfile\.py|conftest\.py|build\.rs|\..*)$/i

/** A copy of a directory of the context, all of it, or of a source. */
function isSourceCopy(facts: RewriteFacts, step: Step): boolean {
  if (!isPlainCopy(step)) return false
  return step.reads.some(({path, hasWildcards}) => {
    if (path === '/') return true
    if (hasWildcards) return path.endsWith('/*')
    const index = facts.tree.find(path.slice(1))
    if (index < 0) return false
    if (!facts.tree.isDirectory(index)) return SOURCE_FILE.test(path) && !OF_TOOLS.test(path)
    return !OF_INSTALLS.test(path)
  })
}

/** Directories that are there for an install. */
const OF_INSTALLS = /\/(?:requirements|patches|\.yarn|\.mvn|gradle|wheels|certs)$/

/** A COPY or ADD from the context to a place that the Dockerfile names, which keeps its meaning elsewhere. */
function isPlainCopy({instruction, reads}: Step): boolean {
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return false
  const {flags, heredocs, from, isInherited} = instruction
  if (isInherited || from !== null || heredocs.length > 0) return false
  if (flags.link || flags.parents || flags.exclude.length > 0) return false
  return reads.every(
    ({from: origin, landing}) =>
      origin.kind === 'context' && origin.name === null && isProjectPlace(landing.path),
  )
}

/** Places where programs of the system look: what lies there may change what they do. */
const OF_SYSTEM =
  /^\/(?:$|root$|home\/[^/]+$|(?:bin|sbin|lib\w*|etc|proc|sys|dev|boot|run|usr\/(?:bin|sbin|lib\w*|include|share|local|libexec)|var\/(?:lib|cache|spool))(?:\/|$))/

function isProjectPlace(path: string): boolean {
  return path.startsWith('/') && (!OF_SYSTEM.test(path) || /^\/usr\/local\/(?:app|src)\b/.test(path))
}

/** More files than these no install reads. */
const MAX_FILES = 200

function bringsOnly(facts: RewriteFacts, copy: Step, files: ReadonlySet<string>): boolean {
  return copy.reads.every(({path, hasWildcards}) => {
    if (hasWildcards || path === '/') return false
    const start = facts.tree.find(path.slice(1))
    if (start < 0) return true
    if (facts.tree.endOf(start) - start > MAX_FILES) return false
    for (let index = start; index < facts.tree.endOf(start); index++) {
      const name = facts.tree.pathOf(index)
      if (!facts.tree.isDirectory(index) && facts.isSent(name) && !files.has(name)) return false
    }
    return true
  })
}

/** The first install behind an obstacle that reads what the copy brings, and no copy stands between. */
function findLaterInstall(facts: RewriteFacts, start: Step, {line}: EvaluatedInstruction): Step | null {
  const {steps} = start.stage
  if (!start.reads.some(({path}) => path === '/')) return null
  for (const step of steps.slice(steps.indexOf(start) + 1)) {
    if (step.instruction.keyword !== 'RUN') {
      if (step.instruction.keyword !== 'WORKDIR') return null
      continue
    }
    const install = step.line < line ? null : findInstall(facts, step, [start])
    if (install !== null && install.reads.ahead === undefined) return step.line === line ? null : step
  }
  return null
}
