import type {Step} from '../../../build/graph/build-graph.js'
import type {TextEdit} from '../../../languages/dockerfile/edit/apply-edits.js'
import type {EvaluatedInstruction} from '../../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {listEnvironment} from '../../../languages/dockerfile/evaluate/step-state.js'
import {parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import {type BaseImage, describeFinalImage, isAlpine} from '../final-image.js'
import {isAside, redirectsOutside} from '../moves/aside.js'
import {chainBefore} from '../moves/chain-before.js'
import {findInstall, findSent} from '../moves/find-install.js'
import type {RewriteFacts} from '../rewrite-facts.js'
import {findTools, type Tools} from './find-tools.js'

/** The compilers of an image in a stage of their own, with the Python packages that they build. */
export interface ToolSplit {
  edits: readonly TextEdit[]
  questions: readonly string[]
}

/** Where the packages are, as a container path. */
interface Environment {
  kind: 'pip' | 'uv'
  path: string
}

/** A RUN that installs Python packages, and nothing else. */
interface PythonInstall {
  step: Step
  /** What it reads, as paths of the context; null: all that the image has by then. */
  files: readonly string[] | null
  questions: readonly string[]
}

/** What the two stages are written from. */
interface Plan {
  base: BaseImage
  environment: Environment
  installs: readonly PythonInstall[]
  tools: readonly Tools[]
}

/**
 * Writes a stage before the image's own that installs the compilers and the Python packages, and has the image copy the
 * packages. Null where more than Python packages may be compiled, or where it is not known what an install reads.
 */
export function splitTools(facts: RewriteFacts): ToolSplit | null {
  const plan = planTools(facts)
  if (plan === null) return null
  const lines = writeStage(facts, plan)
  const {start} = facts.linesOf({range: facts.graph.target.range})
  if (lines === null) return null
  const text = lines.map((line) => line + facts.lineEnd).join('') + facts.lineEnd
  return {
    edits: [
      {range: {start, end: start}, text},
      ...plan.tools.flatMap(({edits}) => edits),
      ...writeCopies(facts, plan),
    ],
    questions: [...new Set([...plan.tools.flatMap(({questions}) => questions), ...askOf(facts, plan)])],
  }
}

const STAGE = 'packages'

function planTools(facts: RewriteFacts): Plan | null {
  const {graph} = facts
  const {target} = graph
  const {base, steps} = describeFinalImage(graph)
  const isOwn = target.baseStage === null && target.base.kind === 'image'
  if (base === null || !isOwn || steps.some(({instruction}) => instruction.isInherited)) return null
  if (graph.stages.some(({name}) => name === STAGE) || /\s--from=\d/.test(facts.dockerfile.text)) return null
  const installs = findInstalls(facts, steps)
  const environment = installs === null ? null : findEnvironment(facts, installs, base)
  if (installs === null || environment === null) return null
  const tools = findTools(facts, steps, isAlpine(base))
  return tools === null || tools.length === 0 ? null : {base, environment, installs, tools}
}

const PIP = /^(?:python[\d.]* -m )?pip[\d.]* install\b/
const UV = /^uv sync\b/
const CLEANUP = /^(?:rm -rf? \/root\/\.cache\S*|pip[\d.]* cache purge|uv cache clean)$/
/** Calls that put packages elsewhere, or that need the source itself. */
const ELSEWHERE =
  / (?:--user|--target|-t|--prefix|--root|--break-system-packages|--editable|-e|\.\S*|-e\S+)(?:[ =]|$)/
/** Programs that only look at what is installed. */
const USES = /^python[\d.]* manage\.py (?:collectstatic|compilemessages|check)\b/

/** Every RUN that installs Python packages; null where another one may compile something, or where one reads more than is known. */
function findInstalls(facts: RewriteFacts, steps: readonly Step[]): PythonInstall[] | null {
  const found: PythonInstall[] = []
  for (const step of steps.filter(({instruction}) => instruction.keyword === 'RUN')) {
    const calls = facts.commandsOf(step).map(({words}) => words.join(' '))
    const isInstall = calls.some((call) => PIP.test(call) || UV.test(call))
    if (isInstall) {
      const install = readInstall(facts, step, calls)
      if (install === null) return null
      found.push(install)
    } else if (!isHarmless(facts, step)) return null
  }
  return found
}

function isHarmless(facts: RewriteFacts, step: Step): boolean {
  const commands = facts.commandsOf(step)
  return (
    commands.length > 0 &&
    redirectsOutside(facts, step, []) &&
    commands.every(
      (one) => isAside(one, []) || CLEANUP.test(one.words.join(' ')) || USES.test(one.words.join(' ')),
    )
  )
}

function readInstall(facts: RewriteFacts, step: Step, calls: readonly string[]): PythonInstall | null {
  const isOnly = calls.every((call) => PIP.test(call) || UV.test(call) || CLEANUP.test(call))
  const {user} = step.instruction.state
  const isRoot = user === null || /^(?:root|0)(?::|$)/.test(user)
  if (!isOnly || !isRoot || calls.some((call) => PIP.test(call) && ELSEWHERE.test(call))) return null
  const copies = chainBefore(step).filter(({instruction}) => instruction.keyword !== 'RUN')
  const install = findInstall(facts, step, copies)
  if (install === null) {
    const files = findLists(facts, step, copies)
    return files === null ? null : {step, files, questions: []}
  }
  const {ahead, blocker, files, questions} = install.reads
  if (install.tail !== null || (blocker !== undefined && PIP.test(calls.join(' ')))) return null
  return {step, files: ahead === undefined && blocker === undefined ? files : null, questions}
}

/** The lists that installs outside of a project name, none of which names files; none for packages by their names. */
function findLists(facts: RewriteFacts, step: Step, copies: readonly Step[]): string[] | null {
  const found = facts.commandsOf(step).map((command) => {
    const {words, directory} = command
    if (isAside(command, [])) return []
    const names = words.flatMap((word, at) =>
      /^(?:-r|--requirement)$/.test(words[at - 1] ?? '') ? [word] : [],
    )
    const paths = names.map((name) =>
      findSent(facts, copies.toReversed(), resolveContainerPath(directory, name)),
    )
    const isPlain = paths.every(
      (path) => path !== null && !NAMES_FILES.test(facts.wholeTexts.get(path) ?? '-r'),
    )
    return names.length > 0 && isPlain ? paths.filter((path) => path !== null) : null
  })
  return found.includes(null) ? null : found.flatMap((paths) => paths ?? [])
}

/** In a list: options, paths, addresses that are files. */
const NAMES_FILES = /^[ \t]*-|(?:^|[\s@])(?:file:|\.{0,2}\/)|\.(?:whl|zip|tar\.gz|tgz)\b/m

const MOVED =
  /^(?:VIRTUAL_ENV|PIP_(?:PREFIX|TARGET|USER|ROOT)|PYTHONUSERBASE|UV_PROJECT_ENVIRONMENT|UV_SYSTEM_PYTHON)$/

/** Where the packages go: one place for all installs. */
function findEnvironment(
  facts: RewriteFacts,
  installs: readonly PythonInstall[],
  base: BaseImage,
): Environment | null {
  const commands = installs.flatMap(({step}) => facts.commandsOf(step))
  const calls = commands.map(({words}) => words.join(' '))
  const isMoved = commands.some(({env}) => [...env.keys()].some((name) => MOVED.test(name)))
  const isInState = installs.some(({step}) =>
    listEnvironment(step.instruction.state.environment).some(([name]) => MOVED.test(name)),
  )
  if (calls.length === 0 || isMoved || isInState) return null
  const ofUv = commands.filter(({words}) => UV.test(words.join(' ')))
  if (ofUv.length === 0) return /(?:^|\/)python$/.test(base.name) ? {kind: 'pip', path: '/venv'} : null
  const [first, ...more] = ofUv
  const isAlone = more.length === 0 && !calls.some((call) => PIP.test(call))
  return isAlone ? {kind: 'uv', path: resolveContainerPath(first!.directory, '.venv')} : null
}

/** The stage that builds the packages: settings and directories as they are, the compilers, what the installs read, the installs. */
function writeStage(facts: RewriteFacts, plan: Plan): string[] | null {
  const {target} = facts.graph
  const last = plan.installs.at(-1)!.step.instruction
  const before = target.instructions.slice(0, target.instructions.indexOf(last) + 1)
  const lines = before.map((instruction) => writeLines(facts, plan, instruction))
  if (lines.includes(null)) return null
  const from = facts.textAt(target.range).replace(/\s+as\s+\S+\s*$/i, '')
  return [`${from} AS ${STAGE}`, ...lines.flatMap((own) => own ?? [])]
}

function writeLines(facts: RewriteFacts, plan: Plan, instruction: EvaluatedInstruction): string[] | null {
  const text = facts.textAt(instruction.written.range)
  const install = plan.installs.find(({step}) => step.instruction === instruction)
  if (install !== undefined) return writeInstall(facts, plan, install)
  const tools = plan.tools.find(({step}) => step.instruction === instruction)
  if (tools !== undefined) return [tools.install]
  switch (instruction.keyword) {
    case 'ENV':
    case 'ARG':
    case 'SHELL':
    case 'WORKDIR':
      return [text]
    case 'COPY':
    case 'ADD':
      return instruction.from !== null || plan.installs.some(({files}) => files === null) ? [text] : []
    default:
      return []
  }
}

/** Names that need no quotes in a COPY and are no wildcards. */
const PLAIN_NAME = /^[\w@+.,/-]+$/

/** An install with what it reads, and before the first one of pip the environment that it fills. */
function writeInstall(
  facts: RewriteFacts,
  {installs, environment}: Plan,
  {step, files}: PythonInstall,
): string[] | null {
  const text = facts.textAt(step.instruction.written.range)
  const made =
    environment.kind === 'pip' && step === installs[0]!.step
      ? [`RUN python -m venv ${environment.path}`, `ENV PATH=${environment.path}/bin:$PATH`]
      : []
  if (installs.some((one) => one.files === null)) return [...made, text]
  const places = (files ?? []).map((path) => [path, findPlace(facts, step, path)] as const)
  if (places.some(([path, place]) => place === null || !PLAIN_NAME.test(path) || !PLAIN_NAME.test(place)))
    return null
  const directories = new Map<string, string[]>()
  for (const [path, place] of places) {
    const directory = parentPath(place!)
    directories.set(directory, [...(directories.get(directory) ?? []), path])
  }
  const copies = [...directories].map(
    ([directory, paths]) => `COPY ${paths.join(' ')} ${directory.replace(/\/*$/, '/')}`,
  )
  return [...made, ...copies, text]
}

/** Where a file of the context is when a step runs; null where no copy brings it. */
function findPlace(facts: RewriteFacts, step: Step, path: string): string | null {
  const places = chainBefore(step)
    .toReversed()
    .map((copy) => facts.targetOf(copy, path))
  return places.find((place) => place !== null) ?? null
}

/** In the image the packages come in the place of the first install; the others go. */
function writeCopies(facts: RewriteFacts, {installs, environment: {kind, path}}: Plan): TextEdit[] {
  const copy = `COPY --from=${STAGE} ${path} ${path}`
  const lines = kind === 'pip' ? [copy, `ENV PATH=${path}/bin:$PATH`] : [copy]
  return installs.map(({step}, index) => {
    const {written} = step.instruction
    return index === 0
      ? {range: written.range, text: lines.join(facts.lineEnd)}
      : {range: facts.linesOf(written), text: ''}
  })
}

function askOf(facts: RewriteFacts, {installs, environment, tools}: Plan): string[] {
  const isNamed = facts.graph.target.steps.flatMap((step) =>
    facts.commandsOf(step).filter(({words}) => /^p?npm (?:install|i|add) /.test(words.join(' '))),
  )
  const names = tools.flatMap((one) => one.names)
  return [
    `Does anything compile when a container runs? It would no longer have ${names.join(', ')}`,
    ...(environment.kind === 'pip'
      ? [`Does anything use the path of a Python other than ${environment.path}/bin/python?`]
      : []),
    ...isNamed.map(({words}) => `Does ${words.join(' ')} compile anything?`),
    ...installs.flatMap(({questions}) => questions),
  ]
}
