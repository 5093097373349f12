import type {GraphStage, Read, Step} from '../../../build/graph/build-graph.js'
import {rootOf, stepsBehind} from '../../../build/graph/query-graph.js'
import {baseName, isWithin, joinPath, relativeTo} from '../../../languages/text/container-path.js'
import {findBase} from '../../rewrites/bases/find-base.js'
import type {CopyStep} from '../../rewrites/linked-copy.js'
import {chainBefore} from '../../rewrites/moves/chain-before.js'
import {listPackageTrees} from '../../rewrites/package-trees.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds a copy of a directory with packages in it, over an image that has them. */
const rule: RewriteRule = {
  id: 'venv-copied-twice',
  summary: 'Copy only what the base does not have',
  reason:
    'COPY --from of a directory that contains .venv or node_modules stores all packages again if the image already has them: every file with the classic image store, and with --link with every store; the containerd store skips files that are exactly the same. The image grows by all of them, and each deploy pulls them with each change of the source. Proved: which step installed them, and that the other stage has them, too. docker slimcheck image shows how many bytes they are. For a copy of .venv itself see recopied-tree.',
  examples: [
    {
      title: 'the whole directory of a stage with the same base',
      dockerfile:
        'FROM python:3.13 AS base\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-install-project\nFROM base AS build\nCOPY . .\nRUN python -m compileall src\nFROM base\nCOPY --from=build /app /app\nCMD [".venv/bin/app"]\n',
      tree: ['pyproject.toml', 'uv.lock', 'src/a.py'],
      contents: {'pyproject.toml': '[project]\n'},
      expected: {confidence: 'review', says: /\/app\/\.venv/},
    },
    {
      title: 'packages that both stages install',
      dockerfile:
        'FROM node:22 AS build\nWORKDIR /src\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY --link --from=build /src ./\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      expected: {confidence: 'review', says: /\/app\/node_modules/},
    },
    {
      title: 'packages of a base image of the project',
      dockerfile:
        'FROM example/orders-base AS build\nWORKDIR /app\nCOPY . .\nRUN uv pip install . --no-deps\nFROM example/orders-base\nCOPY --from=build /app /app\n',
      tree: ['pyproject.toml', 'uv.lock', 'a.py'],
      contents: {'pyproject.toml': '[project]\n'},
      outside: {
        'Dockerfile.base':
          'FROM python:3.13\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-install-project\n',
        Makefile: 'base:\n\tdocker build -f Dockerfile.base -t example/orders-base .\n',
      },
      expected: {confidence: 'review', says: /\/app\/\.venv/},
    },
    {
      title: 'what was built alone',
      dockerfile:
        'FROM node:22 AS build\nWORKDIR /src\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY --from=build /src/dist ./dist\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      expected: null,
    },
    {
      title: 'an image without packages',
      dockerfile:
        'FROM python:3.13 AS build\nWORKDIR /app\nCOPY . .\nRUN uv sync --frozen\nFROM python:3.13-slim\nCOPY --from=build /app /app\n',
      tree: ['pyproject.toml', 'uv.lock'],
      expected: null,
    },
    {
      title: 'packages that stay behind',
      dockerfile:
        'FROM node:22 AS build\nWORKDIR /src\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY --from=build --exclude=node_modules /src ./\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      expected: null,
    },
  ],
  find: (facts) =>
    stepsBehind(facts.graph.target).flatMap((step) =>
      step.instruction.keyword === 'COPY' && !step.instruction.isInherited
        ? (propose(facts, step as CopyStep) ?? [])
        : [],
    ),
}
export default rule

function propose(facts: RewriteFacts, step: CopyStep): ProposedRewrite | null {
  for (const read of step.reads) {
    const earlier = findEarlier(facts, step, read)
    if (earlier === null) continue
    const {flags, line, endLine} = step.instruction
    const name = read.from.kind === 'stage' ? (read.from.stage.name ?? `${read.from.stage.index}`) : ''
    return {
      line: Math.min(earlier.line ?? line, line),
      endLine,
      title: `copy to ${read.landing.path} only what it does not have: ${earlier.tree} is already there`,
      proof: [
        {claim: `${earlier.tree} already exists`, evidence: `${earlier.place} makes it`},
        {
          claim: `the stage ${name} has it, too`,
          evidence: `${earlier.source}, copied by line ${line}`,
        },
        {
          claim: `all of it is stored again on ${flags.link ? 'every image store: the copy is linked' : 'the classic image store'}`,
          evidence: 'a copy does not compare its files with the image below it',
        },
      ],
      questions: [
        `Which parts of ${read.path} are new besides the packages of ${earlier.tree}? Copy only those, leave the packages out with --exclude, or use RUN --mount=type=bind,from=${name},source=${read.path},target=/v cp -au /v/. ${read.landing.path}/, which writes only what differs`,
      ],
      edits: [],
    }
  }
  return null
}

/** A tree that an image has, and what has put it there. */
interface MadeTree {
  tree: string
  /** `Dockerfile:4`, with what tells of it. */
  place: string
  /** In the Dockerfile at hand; null for a step of another one. */
  line: number | null
}

/** A tree strictly below a landing that the image has, and that the stage that is read has at the same place. */
function findEarlier(
  facts: RewriteFacts,
  copy: CopyStep,
  {from, path, landing, exclude}: Read,
): (MadeTree & {source: string}) | null {
  if (from.kind !== 'stage') return null
  const others = listTrees(facts, stepsBehind(from.stage), from.stage)
  for (const made of listTrees(facts, chainBefore(copy), copy.stage)) {
    const rest = isWithin(made.tree, landing.path) ? relativeTo(landing.path, made.tree) : ''
    const place = rest === '' ? null : joinPath(path === '/' ? '' : path, rest)
    const source = others.find(({tree}) => tree === place)
    if (source !== undefined && !exclude.some((one) => leavesOut(one, rest))) {
      return {...made, source: source.place}
    }
  }
  return null
}

/** Of some steps of a stage, and of the base image below them where a Dockerfile of the project makes it. */
function listTrees(facts: RewriteFacts, steps: readonly Step[], stage: GraphStage): MadeTree[] {
  const own = steps.flatMap((step) =>
    listPackageTrees(facts, step).map((tree) => {
      return {tree, place: `${facts.file}:${step.line}`, line: step.line}
    }),
  )
  const isSameBase = JSON.stringify(rootOf(stage.end)) === JSON.stringify(rootOf(facts.graph.target.end))
  const base = isSameBase ? findBase(facts) : null
  if (base === null) return own
  const below = stepsBehind(base.facts.graph.target).flatMap((step) =>
    listPackageTrees(base.facts, step).map((tree) => {
      return {tree, place: `${base.path}:${step.line} (${base.evidence})`, line: null}
    }),
  )
  return [...below, ...own]
}

/** Whether a pattern of --exclude may keep a tree out. */
function leavesOut(pattern: string, rest: string): boolean {
  const name = baseName(rest)
  return pattern.includes(name) || pattern.includes('*')
}
