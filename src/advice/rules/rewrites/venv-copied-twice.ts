import type {Read, Step} from '../../../build/graph/build-graph.js'
import {stepsBehind} from '../../../build/graph/query-graph.js'
import {isWithin, joinPath, relativeTo} from '../../../languages/text/container-path.js'
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
    'COPY --from of a directory around .venv or node_modules stores all packages again where the image has them already: every file on the classic image store, and with --link on every store; the containerd store leaves out files that are quite the same. The image grows by all of them, and each deploy pulls them with each change of the source. Proved: which step has put them there, and that the other stage has them, too. How many bytes they are docker slimcheck image tells. For a copy of .venv itself see recopied-tree. Written by `--all --write`, after your review.',
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
      line: earlier.step.line,
      endLine: Math.max(endLine, earlier.step.instruction.endLine),
      title: `bring to ${read.landing.path} only what it does not have: ${earlier.tree} is copied over itself`,
      proof: [
        {claim: `${earlier.tree} is there already`, evidence: `${facts.file}:${earlier.step.line} makes it`},
        {
          claim: `the stage ${name} has it, too`,
          evidence: `${facts.file}:${earlier.source.line}, copied by line ${line}`,
        },
        {
          claim: `all of it is stored again on ${flags.link ? 'every image store: the copy is linked' : 'the classic image store'}`,
          evidence: 'a copy compares nothing with the image below',
        },
      ],
      questions: [
        `Which parts of ${read.path} are new besides the packages of ${earlier.tree}? Name them, leave the packages out with --exclude, or RUN --mount=type=bind,from=${name},source=${read.path},target=/v cp -au /v/. ${read.landing.path}/, which writes only what differs`,
      ],
      edits: [],
    }
  }
  return null
}

interface Earlier {
  tree: string
  /** Of this chain, which makes it. */
  step: Step
  /** Of the other stage's chain. */
  source: Step
}

/** A tree strictly below a landing that this chain has made, and that the stage that is read has at the same place. */
function findEarlier(
  facts: RewriteFacts,
  copy: CopyStep,
  {from, path, landing, exclude}: Read,
): Earlier | null {
  if (from.kind !== 'stage') return null
  const others = stepsBehind(from.stage)
  for (const step of chainBefore(copy)) {
    for (const tree of listPackageTrees(facts, step)) {
      const rest = isWithin(tree, landing.path) ? relativeTo(landing.path, tree) : ''
      const place = rest === '' ? null : joinPath(path === '/' ? '' : path, rest)
      const source = others.find((one) => place !== null && listPackageTrees(facts, one).includes(place))
      if (source !== undefined && !exclude.some((one) => leavesOut(one, rest))) return {tree, step, source}
    }
  }
  return null
}

/** Whether a pattern of --exclude may keep a tree out. */
function leavesOut(pattern: string, rest: string): boolean {
  const name = rest.slice(rest.lastIndexOf('/') + 1)
  return pattern.includes(name) || pattern.includes('*')
}
