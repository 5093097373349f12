import type {Step} from '../../../build/graph/build-graph.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {joinPath, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import {chainBefore} from '../../rewrites/moves/chain-before.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds an install of a project that has no lock file at all. */
const rule: RewriteRule = {
  id: 'no-lock',
  summary: 'Install from a lock file',
  reason:
    'Without a lock file an install uses the newest versions that match: two builds of one commit differ, and a cached install keeps old versions. Proved: the manifest is in the context, and there is no lock file.',
  examples: [
    {
      title: 'uv without uv.lock',
      dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN uv sync --no-dev\n',
      tree: ['pyproject.toml', 'a.py'],
      expected: {confidence: 'review', says: /uv lock/},
    },
    {
      title: 'npm',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\n',
      tree: ['package.json'],
      expected: {confidence: 'review', says: /npm install --package-lock-only/},
    },
    {
      title: 'a lock file of another manager',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\n',
      tree: ['package.json', 'yarn.lock'],
      expected: null,
    },
    {
      title: 'a lock file that is ignored',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\n',
      ignore: 'package-lock.json',
      tree: ['package.json', 'package-lock.json'],
      expected: null,
    },
    {
      title: 'a manifest that the build makes',
      dockerfile: 'FROM node:22\nWORKDIR /app\nRUN npm init -y && npm install\n',
      tree: ['a'],
      expected: null,
    },
  ],
  find: (facts) =>
    facts.graph.steps.flatMap((step) =>
      step.instruction.isInherited
        ? []
        : facts.commandsOf(step).flatMap((command) => propose(facts, step, command) ?? []),
    ),
}
export default rule

const NODE_LOCKS = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
]

const MANAGERS: readonly {call: RegExp; manifest: string; locks: readonly string[]; make: string}[] = [
  {
    call: /^npm (?:install|i)(?: -(?!g\b|-global\b)\S+)*$/,
    manifest: 'package.json',
    locks: NODE_LOCKS,
    make: 'npm install --package-lock-only',
  },
  {call: /^yarn(?: install)?(?: -\S+)*$/, manifest: 'package.json', locks: NODE_LOCKS, make: 'yarn install'},
  {
    call: /^pnpm (?:install|i)(?: -\S+)*$/,
    manifest: 'package.json',
    locks: NODE_LOCKS,
    make: 'pnpm install --lockfile-only',
  },
  {call: /^uv sync\b/, manifest: 'pyproject.toml', locks: ['uv.lock'], make: 'uv lock'},
  {call: /^poetry install\b/, manifest: 'pyproject.toml', locks: ['poetry.lock'], make: 'poetry lock'},
  {call: /^pipenv install(?: -\S+)*$/, manifest: 'Pipfile', locks: ['Pipfile.lock'], make: 'pipenv lock'},
  {call: /^bundle install\b/, manifest: 'Gemfile', locks: ['Gemfile.lock'], make: 'bundle lock'},
  {
    call: /^composer install\b/,
    manifest: 'composer.json',
    locks: ['composer.lock'],
    make: 'composer update --no-install',
  },
]

function propose(
  facts: RewriteFacts,
  step: Step,
  {words, directory, isCertain}: ShellCommand,
): ProposedRewrite | null {
  const call = words.join(' ')
  const manager = MANAGERS.find((one) => one.call.test(call))
  if (manager === undefined || !isCertain) return null
  const place = resolveContainerPath(directory, manager.manifest)
  const path = chainBefore(step)
    .toReversed()
    .map((one) => facts.sourceOf(one, place))
    .find((one) => one !== null)
  if (path === undefined || path === null || !facts.isSent(path)) return null
  // a workspace has its lock file further up
  for (let at = parentPath(path); ; at = parentPath(at)) {
    if (manager.locks.some((name) => facts.tree.find(joinPath(at, name)) >= 0)) return null
    if (at === '') break
  }
  return {
    line: step.line,
    endLine: step.instruction.endLine,
    title: `install from a lock file, which ${path} does not have`,
    proof: [
      {
        claim: `there is no lock file for ${path}`,
        evidence: `the context does not have ${manager.locks.slice(0, 4).join(', ')}`,
      },
    ],
    questions: [`Can you run ${manager.make}, and commit the lock file?`],
    edits: [],
  }
}
