import type {Read, Step} from '../../../build/graph/build-graph.js'
import type {TextEdit} from '../../../languages/dockerfile/edit/apply-edits.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {baseName, joinPath, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds an install whose manifest is copied and whose lock file stays behind. */
const rule: RewriteRule = {
  id: 'lock-file-not-copied',
  summary: 'Copy the lock file with the manifest',
  reason:
    'Without its lock file an install uses the newest versions that match: two builds of one commit differ, and npm ci fails. Proved: the lock file is in the context, and no copy or mount before the install provides it. Not proved: that you want the versions of the lock file.',
  examples: [
    {
      title: 'package.json alone',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\n',
      tree: ['package.json', 'package-lock.json'],
      expected: {
        confidence: 'review',
        says: /package-lock\.json/,
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm install\nCOPY . .\n',
      },
    },
    {
      title: 'in JSON, from a directory',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY ["web/package.json", "/app/"]\nRUN yarn\n',
      tree: ['web/package.json', 'web/yarn.lock'],
      expected: {
        confidence: 'review',
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY ["web/package.json", "web/yarn.lock", "/app/"]\nRUN yarn\n',
      },
    },
    {
      title: 'a lock file that a wildcard brings',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json'],
      expected: null,
    },
    {
      title: 'a lock file that is mounted',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN --mount=source=package-lock.json,target=package-lock.json npm ci\n',
      tree: ['package.json', 'package-lock.json'],
      expected: null,
    },
    {
      title: 'one file to one name, and options without a command',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY --chown=1:1 ./web/package.json ./package.json\nRUN yarn --frozen-lockfile --non-interactive\n',
      tree: ['web/package.json', 'web/yarn.lock'],
      expected: {
        confidence: 'review',
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY --chown=1:1 ./web/package.json ./package.json\nCOPY --chown=1:1 web/yarn.lock ./yarn.lock\nRUN yarn --frozen-lockfile --non-interactive\n',
      },
    },
    {
      title: 'no lock file',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\n',
      tree: ['package.json'],
      expected: null,
    },
    {
      title: 'a lock file that is ignored',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\n',
      ignore: '*.lock\npackage-lock.json',
      tree: ['package.json', 'package-lock.json'],
      expected: null,
    },
    {
      title: 'packages by name',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install -g npm\n',
      tree: ['package.json', 'package-lock.json'],
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

interface Manager {
  manifest: string
  /** Any of them will do. */
  locks: readonly string[]
  /** The arguments of an install of the whole project. */
  install: RegExp
}

const OPTIONS = '(?: -\\S+)*'

const MANAGERS: Readonly<Record<string, Manager>> = {
  npm: {
    manifest: 'package.json',
    locks: ['package-lock.json', 'npm-shrinkwrap.json'],
    install: new RegExp(`^(?:ci|install|i)(?!.* (?:-g|--global)\\b)${OPTIONS}$`),
  },
  yarn: {
    manifest: 'package.json',
    locks: ['yarn.lock'],
    install: new RegExp(`^(?:|-\\S+|install)${OPTIONS}$`),
  },
  pnpm: {
    manifest: 'package.json',
    locks: ['pnpm-lock.yaml'],
    install: new RegExp(`^(?:install|i)${OPTIONS}$`),
  },
  bun: {
    manifest: 'package.json',
    locks: ['bun.lock', 'bun.lockb'],
    install: new RegExp(`^(?:install|i)${OPTIONS}$`),
  },
  bundle: {manifest: 'Gemfile', locks: ['Gemfile.lock'], install: new RegExp(`^install${OPTIONS}$`)},
  composer: {manifest: 'composer.json', locks: ['composer.lock'], install: new RegExp(`^install${OPTIONS}$`)},
  poetry: {manifest: 'pyproject.toml', locks: ['poetry.lock'], install: new RegExp(`^install${OPTIONS}$`)},
  uv: {manifest: 'pyproject.toml', locks: ['uv.lock'], install: new RegExp(`^sync${OPTIONS}$`)},
}

function propose(facts: RewriteFacts, install: Step, command: ShellCommand): ProposedRewrite | null {
  const [program = '', ...args] = command.words
  const manager = Object.hasOwn(MANAGERS, program) ? MANAGERS[program] : undefined
  if (manager === undefined || !command.isCertain || !manager.install.test(args.join(' '))) return null
  const before = install.stage.steps.slice(0, install.stage.steps.indexOf(install))
  const found = before
    .flatMap((step) => step.reads.map((read) => ({step, read})))
    .findLast(({read}) => isManifest(read, manager.manifest))
  if (found === undefined) return null
  const place = resolveContainerPath(command.directory, manager.manifest)
  if (facts.sourceOf(found.step, place) !== found.read.path.slice(1)) return null
  const directory = parentPath(found.read.path.slice(1))
  const lock = manager.locks.map((name) => joinPath(directory, name)).find((path) => facts.isSent(path))
  if (lock === undefined || hasLock(facts, [...before, install], command.directory, manager.locks))
    return null
  const call = `${program} ${args[0] ?? 'install'}`
  return {
    line: found.step.instruction.line,
    endLine: install.instruction.endLine,
    title: `copy ${lock} with ${manager.manifest}`,
    proof: [
      {claim: `${lock} is in the context`, evidence: 'the ignore file does not match it'},
      {claim: `${call} does not see it`, evidence: 'no copy and no mount before the install provides it'},
    ],
    questions: [`May ${call} use the versions of ${lock} from now on?`],
    edits: writeEdits(facts, found.step, found.read, lock),
    changes: ['requests'],
  }
}

function isManifest({from, how, path, hasWildcards}: Read, manifest: string): boolean {
  return (
    from.kind === 'context' &&
    from.name === null &&
    how === 'copy' &&
    !hasWildcards &&
    path.endsWith(`/${manifest}`)
  )
}

/** Whether a copy or mount brings a lock file, or all of its directory. */
function hasLock(
  facts: RewriteFacts,
  steps: readonly Step[],
  directory: string,
  locks: readonly string[],
): boolean {
  return steps.some(
    (step) =>
      step.reads.some(({how}) => how === 'mount') ||
      locks.some((name) => {
        const source = facts.sourceOf(step, resolveContainerPath(directory, name))
        return source !== null && facts.tree.find(source) >= 0
      }),
  )
}

function writeEdits(facts: RewriteFacts, {instruction}: Step, {source, landing}: Read, lock: string) {
  const {args, argRanges, isJson} = instruction.written
  const range = argRanges[args.indexOf(source)]
  // with a variable: a person must see to it
  if (range === undefined || /\s/.test(lock)) return []
  if (!landing.isDirectory) return writeBeside(facts, instruction, {source, lock})
  const text = isJson ? `, ${JSON.stringify(lock)}` : ` ${lock}`
  return [{range: {start: range.end, end: range.end}, text}]
}

/** A copy of its own for a manifest that is copied to a name: no edit where it is renamed. */
function writeBeside(
  facts: RewriteFacts,
  {written}: Step['instruction'],
  {source, lock}: {source: string; lock: string},
): TextEdit[] {
  const {args, keywordRange, flags, isJson, range} = written
  const [, target = ''] = args
  const [name, own] = [source, target].map(baseName)
  if (isJson || args.length !== 2 || name !== own) return []
  const head = [keywordRange, ...flags.map((flag) => flag.range)].map((one) => facts.textAt(one)).join(' ')
  const place = target.slice(0, target.length - own!.length) + baseName(lock)
  return [{range: {start: range.end, end: range.end}, text: `${facts.lineEnd}${head} ${lock} ${place}`}]
}
