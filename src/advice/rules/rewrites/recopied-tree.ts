import type {Read, Step} from '../../../build/graph/build-graph.js'
import {stepsBehind} from '../../../build/graph/query-graph.js'
import type {TextEdit} from '../../../languages/dockerfile/edit/apply-edits.js'
import {isWithin} from '../../../languages/text/container-path.js'
import {findBase} from '../../rewrites/bases/find-base.js'
import {describeFinalImage} from '../../rewrites/final-image.js'
import {chainBefore} from '../../rewrites/moves/chain-before.js'
import {findInstall} from '../../rewrites/moves/find-install.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds a directory that is written a second time over itself. */
const rule: RewriteRule = {
  id: 'recopied-tree',
  summary: 'Store a directory once',
  reason:
    'A copy over files that the image already has, or a separate step with chmod -R, stores every file again in another layer: the image grows by all of them, and each deploy pulls them. Proved: which earlier step wrote the files. Not proved: that both have the same files; only the image shows that.',
  examples: [
    {
      title: 'a virtual environment over that of the base stage',
      dockerfile:
        'FROM python:3.13 AS base\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-install-project\nFROM base AS build\nCOPY . .\nRUN uv sync --frozen\nFROM base\nCOPY --from=build /app/.venv /app/.venv\n',
      tree: ['pyproject.toml', 'uv.lock', 'a.py'],
      contents: {'pyproject.toml': '[project]\n'},
      expected: {confidence: 'review', says: /\/app\/\.venv/},
    },
    {
      title: 'a virtual environment over that of a base image of the project',
      dockerfile:
        'FROM example/orders-base AS build\nWORKDIR /app\nCOPY . .\nRUN uv pip install . --no-deps\nFROM example/orders-base\nWORKDIR /app\nCOPY --from=build /app/.venv /app/.venv\n',
      tree: ['pyproject.toml', 'uv.lock', 'a.py'],
      contents: {'pyproject.toml': '[project]\n'},
      outside: {
        'Dockerfile.base':
          'FROM python:3.13\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-install-project\n',
        Makefile: 'base:\n\tdocker build -f Dockerfile.base -t example/orders-base .\n',
      },
      expected: {confidence: 'review', says: /a wheel/},
    },
    {
      title: 'chmod -R of what was copied',
      dockerfile: 'FROM debian\nCOPY . /app\nRUN chmod -R a+rX /app\n',
      tree: ['a (2000000 bytes)'],
      expected: {
        confidence: 'review',
        says: /Engine 28/,
        dockerfile: 'FROM debian\nCOPY --chmod=a+rX . /app\n',
      },
    },
    {
      title: 'chmod -R with numbers',
      dockerfile: 'FROM debian\nCOPY . /app\nRUN chmod -R 755 /app\n',
      tree: ['a (2000000 bytes)'],
      expected: {
        confidence: 'review',
        says: /chmod/,
        dockerfile: 'FROM debian\nCOPY --chmod=755 . /app\n',
      },
    },
    {
      title: 'chmod -R of a small tree, with packages in it',
      dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN uv sync --frozen\nRUN chmod -R a+rX /app\n',
      tree: ['a', 'pyproject.toml', 'uv.lock'],
      contents: {'pyproject.toml': '[project]\n'},
      expected: {
        confidence: 'review',
        says: /such as the packages/,
        dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY --chmod=a+rX . .\nRUN uv sync --frozen\n',
      },
    },
    {
      title: 'a tree that is not there yet',
      dockerfile:
        'FROM python:3.13 AS build\nRUN python -m venv /venv\nFROM python:3.13\nCOPY --from=build /venv /venv\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'one file',
      dockerfile: 'FROM debian\nCOPY . /app\nRUN chmod 755 /app/a\n',
      tree: ['a'],
      expected: null,
    },
  ],
  find: (facts) =>
    describeFinalImage(facts.graph).steps.flatMap(
      (step) => proposeCopy(facts, step) ?? proposeMode(facts, step) ?? [],
    ),
}
export default rule

function proposeCopy(facts: RewriteFacts, step: Step): ProposedRewrite | null {
  const read = step.reads.find((one) => one.from.kind === 'stage' && TREE.test(one.landing.path))
  if (read === undefined || step.instruction.isInherited) return null
  const earlier = chainBefore(step).find((one) => puts(facts, one, read))
  const place = earlier === undefined ? findInBase(facts, step, read) : `${facts.file}:${earlier.line}`
  if (place === null) return null
  return {
    line: earlier?.line ?? step.line,
    endLine: step.instruction.endLine,
    title: `copy to ${read.landing.path} only what it does not have`,
    proof: [
      {
        claim: `${read.landing.path} already exists`,
        evidence: `${place} creates it, and ${facts.file}:${step.line} copies it again`,
      },
    ],
    questions: [
      `Can the last step add to ${read.landing.path} instead, such as a wheel that is installed without its dependencies?`,
    ],
    edits: [],
  }
}

/** Where a Dockerfile of the project puts the tree into the base image; null where none does. */
function findInBase(facts: RewriteFacts, step: Step, read: Read): string | null {
  const base = step.stage === facts.graph.target ? findBase(facts) : null
  const earlier = base && stepsBehind(base.facts.graph.target).find((one) => puts(base.facts, one, read))
  return base && earlier ? `${base.path}:${earlier.line} (${base.evidence})` : null
}

const TREE = /\/(?:\.venv|venv|node_modules|vendor|site-packages)$/

/** Whether a step makes a tree where a read lands. */
function puts(facts: RewriteFacts, step: Step, {landing}: Read): boolean {
  if (step.reads.some((read) => read.from.kind === 'stage' && read.landing.path === landing.path)) return true
  return facts.commandsOf(step).some(({words, directory}) => {
    const call = words.join(' ')
    const isVenv =
      /^(?:uv (?:sync|venv)|poetry install|pipenv (?:install|sync))\b/.test(call) &&
      landing.path === `${directory}/.venv`
    const isModules =
      /^(?:npm (?:ci|install|i)|yarn(?: install)?|pnpm install)\b/.test(call) &&
      landing.path === `${directory}/node_modules`
    return isVenv || isModules
  })
}

/** Whether a step installs packages into a directory of a tree. */
function installsBelow(facts: RewriteFacts, step: Step, tree: string): boolean {
  const install = step.instruction.keyword === 'RUN' ? findInstall(facts, step, []) : null
  if (install === null || install.reads.writes.length === 0) return false
  // pip writes elsewhere
  return !/^pip/.test(install.reads.title) && isWithin(install.directory, tree)
}

/** Fewer bytes are not worth a change. */
const WORTH_WHILE = 1_000_000

/** `chmod -R` of what copies have brought, in a step of its own. */
function proposeMode(facts: RewriteFacts, step: Step): ProposedRewrite | null {
  const commands = facts.commandsOf(step)
  const [command] = commands
  const [program, option = '', mode = '', target = ''] = command?.words ?? []
  if (
    commands.length !== 1 ||
    program !== 'chmod' ||
    !/^(?:-R|--recursive)$/.test(option) ||
    command?.words.length !== 4
  )
    return null
  const copy = chainBefore(step).find(
    ({instruction, reads}) =>
      instruction.keyword !== 'RUN' &&
      reads.some(({landing}) => isWithin(landing.path, target) || isWithin(target, landing.path)),
  )
  const bytes = copy === undefined ? null : facts.bytesOf(copy)
  const install = chainBefore(step).find((one) => installsBelow(facts, one, target))
  if (bytes !== null && bytes < WORTH_WHILE && install === undefined) return null
  if (copy === undefined || !target.startsWith('/') || step.instruction.isInherited) return null
  return {
    line: copy.line,
    endLine: step.instruction.endLine,
    title: `give the files of ${target} their mode with COPY --chmod`,
    proof: [
      {claim: `a COPY writes the files in ${target}`, evidence: `${facts.file}:${copy.line}`},
      ...(install === undefined
        ? []
        : [{claim: 'packages are installed in it', evidence: `${facts.file}:${install.line}`}]),
    ],
    questions: askOfMode(mode, install !== undefined),
    edits: writeMode(facts, {copy, step, mode, target}),
    changes: ['commands', 'owners'],
  }
}

/** Letters are read since Dockerfile 1.14, with Engine 28; before that, the mode stays as it is, and nothing says so. */
function askOfMode(mode: string, hasPackages: boolean): string[] {
  return [
    `Does chmod -R ${mode} change any file that the COPY does not bring${hasPackages ? ', such as the packages' : ''}? Each that it changes is stored twice`,
    ...(/^\d+$/.test(mode)
      ? []
      : [
          `Do all who build it have Engine 28, or does the file begin with # syntax=docker/dockerfile:1? Older ones pass over COPY --chmod=${mode} without a word`,
        ]),
  ]
}

/** Modes that COPY reads as chmod does. */
const COPY_MODE = /^(?:[0-7]{3,4}|(?:[ugoa]*[-+=][rwxX]+)(?:,[ugoa]*[-+=][rwxX]+)*)$/

/** The copy with the mode, and the RUN gone; no edit where other copies come between, or have a mode. */
function writeMode(
  facts: RewriteFacts,
  {copy, step, mode, target}: {copy: Step; step: Step; mode: string; target: string},
): TextEdit[] {
  const {written} = copy.instruction
  const others = chainBefore(step).filter(
    (one) =>
      one !== copy &&
      one.instruction.keyword !== 'RUN' &&
      one.reads.some(({landing}) => isWithin(landing.path, target)),
  )
  const isWhole = copy.reads.every(({landing}) => isWithin(landing.path, target))
  const isPlain =
    isWhole &&
    others.length === 0 &&
    COPY_MODE.test(mode) &&
    copy.stage === step.stage &&
    written.flags.every(({name}) => name !== 'chmod') &&
    !copy.instruction.isInherited
  if (!isPlain) return []
  const at = written.keywordRange.end
  return [
    {range: {start: at, end: at}, text: ` --chmod=${mode}`},
    {range: facts.linesOf(step.instruction.written), text: ''},
  ]
}
