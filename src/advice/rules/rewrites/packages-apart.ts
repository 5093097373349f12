import type {GraphStage, Read, Step} from '../../../build/graph/build-graph.js'
import {stepsBehind} from '../../../build/graph/query-graph.js'
import type {EvaluatedInstruction} from '../../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {resolveContainerPath} from '../../../languages/text/container-path.js'
import {insertLines} from '../../rewrites/final-image.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Brings the packages of a Python project and the project itself to the image one after the other. */
const rule: RewriteRule = {
  id: 'packages-apart',
  summary: 'Copy packages into the image in one layer, and the project in another',
  reason:
    'A virtual environment that contains the project changes with every edit, and a copy of it is one layer: each deploy pulls all packages again. The change copies the packages from a stage that ends before the source is copied, and installs the project as a wheel without its dependencies. Proved: which step installs the packages, which one the project, and that the image has the same uv. The project is no longer installed in place, as uv sync does it.',
  examples: [
    {
      title: 'an environment that is built in another stage',
      dockerfile:
        'FROM example/python-uv:1 AS builder\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-dev --no-install-project\nCOPY . .\nRUN uv sync --frozen --no-dev\n\nFROM example/python-uv:1\nWORKDIR /app\nCOPY --from=builder /app/.venv /app/.venv\nCMD ["/app/.venv/bin/a"]\n',
      tree: ['pyproject.toml', 'uv.lock', 'src/a.py'],
      contents: {'pyproject.toml': '[project]\nname = "a"\n[build-system]\nrequires = ["hatchling"]\n'},
      expected: {
        confidence: 'review',
        says: /wheel/,
        dockerfile:
          'FROM example/python-uv:1 AS packages\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-dev --no-install-project\n\nFROM packages AS builder\nCOPY . .\nRUN uv build --wheel -o /dist\n\nFROM example/python-uv:1\nWORKDIR /app\nCOPY --from=packages /app/.venv /app/.venv\nRUN --mount=type=bind,from=builder,source=/dist,target=/dist uv pip install --no-deps /dist/*.whl\nCMD ["/app/.venv/bin/a"]\n',
      },
    },
    {
      title: 'an image that may have no uv',
      dockerfile:
        'FROM example/python-uv:1 AS builder\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-install-project\nCOPY . .\nRUN uv sync --frozen\nFROM python:3.13-slim\nWORKDIR /app\nCOPY --from=builder /app/.venv /app/.venv\n',
      tree: ['pyproject.toml', 'uv.lock', 'src/a.py'],
      contents: {'pyproject.toml': '[project]\nname = "a"\n[build-system]\nrequires = ["hatchling"]\n'},
      expected: null,
    },
    {
      title: 'a project that is no package',
      dockerfile:
        'FROM example/python-uv:1 AS builder\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-install-project\nCOPY . .\nRUN uv sync --frozen\nFROM example/python-uv:1\nWORKDIR /app\nCOPY --from=builder /app/.venv /app/.venv\n',
      tree: ['pyproject.toml', 'uv.lock', 'src/a.py'],
      contents: {'pyproject.toml': '[project]\nname = "a"\n'},
      expected: null,
    },
    {
      title: 'a step that the wheel would not know of',
      dockerfile:
        'FROM example/python-uv:1 AS builder\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-install-project\nCOPY . .\nRUN uv sync --frozen\nRUN uv pip install extra\nFROM example/python-uv:1\nWORKDIR /app\nCOPY --from=builder /app/.venv /app/.venv\n',
      tree: ['pyproject.toml', 'uv.lock', 'src/a.py'],
      contents: {'pyproject.toml': '[project]\nname = "a"\n[build-system]\nrequires = ["hatchling"]\n'},
      expected: null,
    },
    {
      title: 'a stage with an argument, which the next stage would not have',
      dockerfile:
        'FROM example/python-uv:1 AS builder\nARG INDEX\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-install-project\nCOPY . .\nRUN uv sync --frozen\nFROM example/python-uv:1\nWORKDIR /app\nCOPY --from=builder /app/.venv /app/.venv\n',
      tree: ['pyproject.toml', 'uv.lock', 'src/a.py'],
      contents: {'pyproject.toml': '[project]\nname = "a"\n[build-system]\nrequires = ["hatchling"]\n'},
      expected: null,
    },
  ],
  find: (facts) => {
    const copy = facts.graph.target.steps.find((step) => findEnvironment(step) !== null)
    const found = copy === undefined ? null : propose(facts, copy, findEnvironment(copy)!)
    return found === null ? [] : [found]
  },
}
export default rule

/** What the stage is called that ends with the packages. */
const STAGE = 'packages'

/** The read of a copy that brings a virtual environment of another stage to its own place. */
function findEnvironment({instruction, reads}: Step): {read: Read; stage: GraphStage} | null {
  const [read] = reads
  if (instruction.keyword !== 'COPY' || reads.length !== 1 || read === undefined) return null
  const isEnvironment = /\/\.venv$/.test(read.path) && read.path === read.landing.path
  return isEnvironment && read.from.kind === 'stage' ? {read, stage: read.from.stage} : null
}

function propose(
  facts: RewriteFacts,
  copy: Step,
  {read, stage}: {read: Read; stage: GraphStage},
): ProposedRewrite | null {
  const installs = findInstalls(facts, stage, read.path)
  if (installs === null || !isSimple(facts, copy, stage)) return null
  const {packages, project, command} = installs
  const name = /\bas\s+(\S+)\s*$/i.exec(facts.textAt(stage.range))
  const flag = /--from=(\S+)/.exec(facts.textAt(copy.instruction.written.range))
  const next = stage.instructions[stage.instructions.indexOf(packages.instruction) + 1]
  const last = command.wordRanges.at(-1)
  const behind = behindOf(facts, copy.instruction)
  if (name === null || flag === null || next === undefined || last === undefined) return null
  const named = name[1]!
  const nameEnd = stage.range.start + name.index + name[0].trimEnd().length
  const flagStart = copy.instruction.written.range.start + flag.index + '--from='.length
  return {
    line: stage.line,
    endLine: copy.instruction.endLine,
    title: `copy the packages of ${read.path} from a separate stage, and install the project as a wheel`,
    proof: [
      {
        claim: 'the packages are installed first',
        evidence: `${facts.file}:${packages.line} installs all but the project`,
      },
      {
        claim: `${read.path} changes with every edit`,
        evidence: `${facts.file}:${project.line} puts the project into it, and ${facts.file}:${copy.line} copies it whole`,
      },
      {claim: 'the image has the same uv', evidence: 'both stages are made from the same image'},
    ],
    questions: [
      'May the project be installed as a wheel? uv sync installs it in place, with a link to its source',
      'Does the wheel contain all files that the project reads?',
    ],
    edits: [
      {range: {start: nameEnd - named.length, end: nameEnd}, text: STAGE},
      insertLines(facts, next, ['', `FROM ${STAGE} AS ${named}`]),
      {range: {start: command.wordRanges[0]!.start, end: last.end}, text: 'uv build --wheel -o /dist'},
      {range: {start: flagStart, end: flagStart + flag[1]!.length}, text: STAGE},
      {
        range: {start: behind, end: behind},
        text: `RUN --mount=type=bind,from=${named},source=/dist,target=/dist uv pip install --no-deps /dist/*.whl${facts.lineEnd}`,
      },
    ],
    changes: ['stages'],
  }
}

interface Installs {
  /** Everything but the project. */
  packages: Step
  /** The project. */
  project: Step
  command: ShellCommand
}

/** The two calls of `uv sync` that fill an environment; null where another step does anything there. */
function findInstalls(facts: RewriteFacts, {steps}: GraphStage, environment: string): Installs | null {
  const runs = steps.flatMap((step) => facts.commandsOf(step).map((command) => ({step, command})))
  const syncs = runs.filter(({command: {words, directory}}) => {
    return /^uv sync\b/.test(words.join(' ')) && resolveContainerPath(directory, '.venv') === environment
  })
  const [first, second] = syncs
  const isLast = second !== undefined && second.step === steps.at(-1) && runs.at(-1) === second
  if (first === undefined || syncs.length !== 2 || !isLast) return null
  const [before, after] = [first.command.words, second.command.words].map((words) => words.slice(2))
  const isSame = before!.filter((word) => word !== '--no-install-project').join(' ') === after!.join(' ')
  const alone = [first, second].every(({step}) => facts.commandsOf(step).length === 1)
  if (!before!.includes('--no-install-project') || !isSame || !alone) return null
  const between = steps.slice(steps.indexOf(first.step) + 1, -1)
  if (between.some(({instruction}) => instruction.keyword === 'RUN')) return null
  return isPackage(facts, second.step, second.command.directory)
    ? {packages: first.step, project: second.step, command: second.command}
    : null
}

/** uv installs a project that says how it is built. */
function isPackage(facts: RewriteFacts, step: Step, directory: string): boolean {
  const place = resolveContainerPath(directory, 'pyproject.toml')
  const path = stepsBehind(step.stage)
    .toReversed()
    .map((one) => facts.sourceOf(one, place))
    .find((one) => one !== null)
  return path !== undefined && path !== null && /^\[build-system\]/m.test(facts.evidence.get(path) ?? '')
}

/** Both stages have the same image below them and nothing that a stage between would lose. */
function isSimple(facts: RewriteFacts, copy: Step, stage: GraphStage): boolean {
  const [base, own] = [stage.base, copy.stage.base]
  const isSameBase = base.kind === 'image' && own.kind === 'image' && base.image === own.image
  const {state} = copy.instruction
  const project = stage.steps.at(-1)?.instruction.state
  const hasRoom = !facts.graph.stages.some(({name}) => name === STAGE)
  const hasArgument = stage.instructions.some(({keyword}) => keyword === 'ARG' || keyword === 'USER')
  const isInherited = [...stage.steps, copy].some(({instruction}) => instruction.isInherited)
  return (
    isSameBase &&
    hasRoom &&
    !hasArgument &&
    !isInherited &&
    state.user === null &&
    state.directory === project?.directory
  )
}

/** Behind the line on which an instruction ends. */
function behindOf(facts: RewriteFacts, {written}: EvaluatedInstruction): number {
  return facts.linesOf(written).end
}
