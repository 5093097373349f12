import type {Step} from '../../../build/graph/build-graph.js'
import type {EvaluatedInstruction} from '../../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {scriptOf} from '../../../languages/dockerfile/syntax/inner-text.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {
  isWithin,
  parentPath,
  relativeTo,
  resolveContainerPath,
} from '../../../languages/text/container-path.js'
import type {Range} from '../../../languages/text/range.js'
import {type InstallReads, readsOfInstall} from '../../rewrites/install-reads.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Moves the copy of the source behind an install that reads a few manifests only. */
const rule: RewriteRule = {
  id: 'install-after-source',
  summary: 'Copy what an install reads first, then install, then copy the source',
  reason:
    'An install behind a copy of the whole source runs again whenever any file changes. Behind a copy of its manifests it runs again when they change. Proved: what it reads, that the copy of the source brings nothing that it writes, and that nothing between the two looks at the source.',
  examples: [
    {
      title: 'npm ci behind COPY . .',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "a.js"]\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "a.js"]\n',
      },
    },
    {
      title: 'an install and a build in one RUN, with flags, continuations and comments',
      dockerfile:
        'FROM node:22\nWORKDIR /app\n# the source\nCOPY --chown=node:node \\\n  . .\n# packages\nRUN --mount=type=cache,target=/root/.npm npm ci --omit=dev \\\n && npm run build\n',
      tree: ['package.json', 'package-lock.json', '.npmrc', 'a.js'],
      contents: {'package.json': '{"name": "a"}', '.npmrc': 'fund=false\n'},
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM node:22\nWORKDIR /app\n# the source\nCOPY --chown=node:node package.json package-lock.json .npmrc ./\n# packages\nRUN --mount=type=cache,target=/root/.npm npm ci --omit=dev\nCOPY --chown=node:node \\\n  . .\nRUN --mount=type=cache,target=/root/.npm npm run build\n',
      },
    },
    {
      title: 'workspaces, each manifest in its place',
      dockerfile: 'FROM node:22\nCOPY . /app\nWORKDIR /app\nRUN true\n',
      tree: ['package.json', 'package-lock.json', 'packages/a/package.json', 'packages/a/x.js'],
      contents: {
        'package.json': '{"workspaces": ["packages/*"]}',
        'packages/a/package.json': '{"name": "a"}',
      },
      expected: null,
    },
    {
      title: 'workspaces behind a copy to the working directory',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . /app\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'packages/a/package.json', 'packages/a/x.js'],
      contents: {
        'package.json': '{"workspaces": ["packages/*"]}',
        'packages/a/package.json': '{"name": "a"}',
      },
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json /app/\nCOPY packages/a/package.json /app/packages/a/\nRUN npm ci\nCOPY . /app\n',
      },
    },
    {
      title: 'manifests that are copied already',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nCOPY . .\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {
        confidence: 'safe',
        dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n',
      },
    },
    {
      title: 'pip with a list that names another one',
      dockerfile:
        'FROM python:3.13\r\nWORKDIR /app\r\nCOPY . .\r\nRUN pip install --no-cache-dir -r requirements.txt\r\n',
      tree: ['requirements.txt', 'requirements/base.txt', 'a.py'],
      contents: {'requirements.txt': '-r requirements/base.txt\nx==1\n', 'requirements/base.txt': 'y==2\n'},
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM python:3.13\r\nWORKDIR /app\r\nCOPY requirements.txt ./\r\nCOPY requirements/base.txt ./requirements/\r\nRUN pip install --no-cache-dir -r requirements.txt\r\nCOPY . .\r\n',
      },
    },
    {
      title: 'pnpm behind corepack, with a system package between',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN apk add git && pnpm add -g turbo@2\nRUN corepack enable && pnpm install --frozen-lockfile && pnpm build\n',
      tree: ['package.json', 'pnpm-lock.yaml', 'a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json pnpm-lock.yaml ./\nRUN apk add git && pnpm add -g turbo@2\nRUN corepack enable && pnpm install --frozen-lockfile\nCOPY . .\nRUN pnpm build\n',
      },
    },
    {
      title: 'a script that an install runs',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'prisma/schema.prisma'],
      contents: {'package.json': '{"scripts": {"postinstall": "prisma generate"}}'},
      expected: {confidence: 'review', says: /postinstall.*prisma generate/},
    },
    {
      title: 'workspaces behind a link',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'libs/a/package.json', 'packages -> libs'],
      contents: {'package.json': '{"workspaces": ["packages/*"]}'},
      expected: {confidence: 'review', says: /behind the link packages/},
    },
    {
      title: 'npm install, which may write the lock file',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm install\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {confidence: 'review', says: /npm ci/},
    },
    {
      title: 'packages in the context that would come over the installed ones',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'node_modules/x/package.json'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {confidence: 'blocked', says: /node_modules/},
    },
    {
      title: 'a package of the project itself',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'lib/package.json'],
      contents: {'package.json': '{"dependencies": {"lib": "file:lib"}}'},
      expected: {confidence: 'blocked', says: /file:lib/},
    },
    {
      title: 'a step between that may read the source',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN ./prepare.sh\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'prepare.sh'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {confidence: 'blocked', says: /Dockerfile:4/},
    },
    {
      title: 'an install of the project itself',
      dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install .\n',
      tree: ['setup.py'],
      expected: null,
    },
    {
      title: 'the right order',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: null,
    },
  ],
  find: (facts) =>
    facts.graph.steps.flatMap((step) => {
      const found = step.instruction.isInherited ? null : propose(facts, step)
      return found === null ? [] : [found]
    }),
}
export default rule

/** Instructions that neither read the source nor change where anything is copied to. */
const HARMLESS = new Set(
  'ENV ARG LABEL EXPOSE MAINTAINER STOPSIGNAL CMD ENTRYPOINT HEALTHCHECK USER'.split(' '),
)

/** Names that need no quotes in a COPY and are no wildcards. */
const PLAIN_NAME = /^[\w@+.,/-]+$/

interface Scene {
  facts: RewriteFacts
  /** The copy of the source, and the install behind it. */
  copy: Step
  install: Step
  command: ShellCommand
  /** The install's project in the context; empty for the root. */
  project: string
  reads: InstallReads
}

function propose(facts: RewriteFacts, install: Step): ProposedRewrite | null {
  const commands = facts.commandsOf(install)
  const command = commands.find(({words}) => !isPreparation(words))
  if (command === undefined || !command.isCertain || install.instruction.keyword !== 'RUN') return null
  const copy = findCopy(facts, install, command)
  const project = copy && facts.sourceOf(copy, command.directory)
  if (copy === null || project === null) return null
  const known = readsOfInstall(command, project, facts)
  if (known === null || isNarrow(facts, copy, known) || !isOrdinary(copy, install, command)) return null
  const reads = {...known, questions: [...known.questions, ...askAboutVariables(command)]}
  const scene = {facts, copy, install, command, project, reads}
  const tail = findTail(scene, commands)
  return tail === undefined ? null : describe(scene, tail)
}

/** Readies a package manager, and reads nothing of the project. */
function isPreparation(words: readonly string[]): boolean {
  return /^(?:corepack (?:enable|prepare)|(?:npm|pnpm|yarn) config set)\b/.test(words.join(' '))
}

/** The last step before the install that brings its directory from the context. */
function findCopy(facts: RewriteFacts, install: Step, command: ShellCommand): Step | null {
  const before = install.stage.steps.slice(0, install.stage.steps.indexOf(install))
  const copy = before.findLast(
    (step) => step.instruction.keyword === 'COPY' && facts.sourceOf(step, command.directory) !== null,
  )
  if (copy === undefined || copy.instruction.keyword !== 'COPY' || copy.instruction.isInherited) return null
  const {flags, heredocs, from, written} = copy.instruction
  const isPlain = from === null && heredocs.length === 0 && copy.reads.length === 1 && !written.isJson
  return isPlain && !flags.link && !flags.parents && flags.exclude.length === 0 ? copy : null
}

/** A POSIX shell, a destination that the Dockerfile names, and no mount over the project. */
function isOrdinary(copy: Step, {instruction}: Step, {directory}: ShellCommand): boolean {
  const {shell} = instruction.state
  const target = copy.reads[0]?.landing.path ?? ''
  if (shell !== null && !/(?:^|\/)(?:ba|da|a)?sh$/.test(shell[0] ?? '')) return false
  if (target === '/' || !target.startsWith('/')) return false
  const mounts = instruction.keyword === 'RUN' ? instruction.mounts : []
  return mounts.every(({type, target: place}) => type !== 'bind' || !overlaps(place, directory))
}

function overlaps(target: string, directory: string): boolean {
  const place = resolveContainerPath(directory, target)
  return isWithin(place, directory) || isWithin(directory, place)
}

/** Variables by which a package manager is told of files. */
const TELLS_OF_FILES =
  /^(?:PIP_(?!NO_|DISABLE_|DEFAULT_|CACHE_DIR|INDEX_URL|EXTRA_INDEX_URL|TRUSTED_HOST|PROGRESS|ROOT_USER)\w+|NPM_CONFIG_(?!CACHE|REGISTRY|LOGLEVEL)\w+|NODE_OPTIONS|PYTHONPATH|PYTHONSTARTUP)$/i

function askAboutVariables({env}: ShellCommand): string[] {
  const told = [...env].filter(([name, value]) => TELLS_OF_FILES.test(name) && /[/.]/.test(value))
  return told.map(([name]) => `Does the variable ${name} make the install read the source?`)
}

/** A copy that brings nothing but what the install reads. */
function isNarrow({tree}: RewriteFacts, copy: Step, reads: InstallReads): boolean {
  const [read] = copy.reads
  if (read === undefined || read.hasWildcards) return true
  const source = read.path.slice(1)
  if (source === '') return false
  const index = tree.find(source)
  return index < 0 || !tree.isDirectory(index) || reads.files.includes(source)
}

/** What a RUN does behind its install: null for nothing, undefined where the two cannot be told apart. */
function findTail(
  {facts, install, command}: Scene,
  commands: readonly ShellCommand[],
): Range | null | undefined {
  const {written, isJson} = install.instruction as Extract<EvaluatedInstruction, {keyword: 'RUN'}>
  const [first] = commands
  const second = commands[commands.indexOf(command) + 1]
  const script = isJson || written.heredocs.length > 0 ? null : scriptOf(written)
  if (script === null || first === undefined || first.range.start !== script.origin.start) return undefined
  if (second === undefined) return command.range.end === script.origin.end ? null : undefined
  // only a chain of `&&` fails as a whole where its first command fails
  const isChain = !/\|\||[;\n]|(?<!&)&(?!&)/.test(script.text)
  const gap = {start: command.range.end, end: second.range.start}
  const isJoined = /^[\s\\`]*&&[\s\\`]*$/.test(facts.textAt(gap))
  return isChain && isJoined ? gap : undefined
}

function describe(scene: Scene, tail: Range | null): ProposedRewrite {
  const {facts, copy, install, reads} = scene
  const missing = reads.files.filter((path) => !isCopiedBefore(scene, path))
  const blocker = reads.blocker ?? findOverwritten(scene) ?? findReader(scene) ?? findOddName(missing)
  return {
    line: copy.instruction.line,
    endLine: install.instruction.endLine,
    title:
      missing.length === 0
        ? `run ${reads.title} before the source is copied`
        : `copy ${listFirst(missing)} first, then ${reads.title}, then the source`,
    proof: [
      {claim: `${reads.title} reads ${reads.files.join(', ')}`, evidence: reads.evidence},
      {
        claim: 'the copy of the source brings nothing that the install writes',
        evidence: `not in the context: ${reads.writes.join(', ')}`,
      },
      {
        claim: 'nothing between the two depends on the order',
        evidence: describeBetween(scene),
      },
    ],
    questions: reads.questions,
    ...(blocker !== null && {blocker}),
    edits: blocker === null ? writeEdits(facts, copy, install, missing, tail) : [],
  }
}

const MAX_NAMES = 3

/** The first names, and how many others there are. */
function listFirst(names: readonly string[]): string {
  const others = names.length - MAX_NAMES
  return others <= 1 ? names.join(', ') : `${names.slice(0, MAX_NAMES).join(', ')} and ${others} others`
}

/** Whether an earlier step of the stage has put a manifest in its place. */
function isCopiedBefore({facts, copy, command, project}: Scene, path: string): boolean {
  const place =
    project === '' || isWithin(path, project)
      ? relativeTo(project === '' ? '/' : project, project === '' ? `/${path}` : path)
      : null
  if (place === null) return false
  const containerPath = command.directory === '/' ? `/${place}` : `${command.directory}/${place}`
  const before = copy.stage.steps.slice(0, copy.stage.steps.indexOf(copy))
  const last = before.findLast(
    (step) => step.reads.some(({how}) => how === 'copy') && facts.sourceOf(step, containerPath) !== null,
  )
  return last !== undefined && facts.sourceOf(last, containerPath) === path
}

function findOverwritten({facts, reads}: Scene): string | null {
  const path = reads.writes.find((written) => facts.sendsAnyOf(written))
  return path === undefined
    ? null
    : `${path} is in the context: its copy would come over what is installed. Ignore it first`
}

/** An instruction between the two that may look at the source, or at which of them comes first. */
function findReader({facts, copy, install}: Scene): string | null {
  const between = listBetween(copy, install)
  const odd = between.find(
    (instruction) => !HARMLESS.has(instruction.keyword) && !isAside(facts, copy, instruction),
  )
  return odd === undefined
    ? null
    : `${facts.file}:${odd.line} stands between and may read the source: ${odd.text}`
}

/** A RUN that only calls programs of the system, which do not look at a project. */
function isAside(facts: RewriteFacts, {stage}: Step, instruction: EvaluatedInstruction): boolean {
  const step = stage.steps.find((one) => one.instruction === instruction)
  const commands = step === undefined ? [] : facts.commandsOf(step)
  return commands.length > 0 && commands.every(({words}) => isOfSystem(words) || isPreparation(words))
}

const SYSTEM = /^(?:apt-get|apt|apk|groupadd|useradd|addgroup|adduser)$/
const PIP_OPTION = /^(?:--upgrade|-U|--no-cache-dir|--user|--quiet|-q|--break-system-packages)$/
const PACKAGE = /^(?:@[\w.-]+\/)?\w[\w.-]*(?:(?:[=<>~!]=?|@)[\w.*^~-]+)?$/

/** An install for the whole system, or of packages by name: of a project it reads a manifest at most. */
function isOfSystem([program = '', ...args]: readonly string[]): boolean {
  if (SYSTEM.test(program)) return true
  const names = args.slice(1).filter((arg) => !arg.startsWith('-') && arg !== 'add')
  const isByName = names.every((name) => PACKAGE.test(name) && !/\.(?:tgz|tar\.gz|whl|zip)$/.test(name))
  const isGlobal =
    (/^p?npm$/.test(program) && args.some((arg) => arg === '-g' || arg === '--global')) ||
    (program === 'yarn' && args[0] === 'global' && args[1] === 'add')
  const options = args.filter((arg) => arg.startsWith('-'))
  const isPip =
    /^pip3?$/.test(program) && args[0] === 'install' && options.every((option) => PIP_OPTION.test(option))
  return isByName && names.length > 0 && (isGlobal || isPip)
}

function describeBetween({copy, install}: Scene): string {
  const between = listBetween(copy, install)
  if (between.length === 0) return 'one follows the other'
  return `only ${[...new Set(between.map(({keyword}) => keyword))].join(', ')}`
}

function listBetween(copy: Step, install: Step): readonly EvaluatedInstruction[] {
  const {instructions} = copy.stage
  return instructions.slice(
    instructions.indexOf(copy.instruction) + 1,
    instructions.indexOf(install.instruction),
  )
}

function findOddName(paths: readonly string[]): string | null {
  const odd = paths.find((path) => !PLAIN_NAME.test(path))
  return odd === undefined ? null : `the name ${JSON.stringify(odd)} would have to be quoted`
}

function writeEdits(
  facts: RewriteFacts,
  copy: Step,
  install: Step,
  missing: readonly string[],
  tail: Range | null,
) {
  const {lineEnd} = facts
  const source = copy.instruction.written
  const run = install.instruction.written
  const copied = facts.textAt(source.range)
  const manifests = writeCopies(facts, copy, missing).join(lineEnd)
  const first =
    manifests === '' ? {range: facts.linesOf(source), text: ''} : {range: source.range, text: manifests}
  if (tail === null) {
    const end = {start: run.range.end, end: run.range.end}
    return [first, {range: end, text: lineEnd + copied}]
  }
  const head = [facts.textAt(run.keywordRange), ...run.flags.map(({range}) => facts.textAt(range))].join(' ')
  return [first, {range: tail, text: `${lineEnd}${copied}${lineEnd}${head} `}]
}

/** One COPY for each directory, with the flags of the copy of the source. */
function writeCopies(facts: RewriteFacts, copy: Step, paths: readonly string[]): string[] {
  const {keywordRange, flags, argRanges} = copy.instruction.written
  const head = [keywordRange, ...flags.map(({range}) => range)].map((range) => facts.textAt(range)).join(' ')
  const destination = facts.textAt(argRanges.at(-1)!).replace(/\/*$/, '/')
  const source = copy.reads[0]!.path.slice(1)
  const directories = new Map<string, string[]>()
  for (const path of paths) {
    const directory = parentPath(path)
    directories.set(directory, [...(directories.get(directory) ?? []), path])
  }
  return [...directories].map(([directory, names]) => {
    const below = source === '' ? directory : relativeTo(source, directory)
    return `${head} ${names.join(' ')} ${destination}${below === '' ? '' : `${below}/`}`
  })
}
