import type {Step} from '../../../build/graph/build-graph.js'
import {readManifest} from '../../../build/graph/read-manifest.js'
import {readJsonRecord, toRecord} from '../../../languages/documents/json-record.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {joinPath, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import {
  askAboutTests,
  describeFinalImage,
  isForDevelopment,
  listCommands,
} from '../../rewrites/final-image.js'
import {chainBefore} from '../../rewrites/moves/chain-before.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {splitStage} from '../../rewrites/stages/split-stage.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds packages for development in the image that runs. */
const rule: RewriteRule = {
  id: 'dev-dependencies-in-final',
  summary: 'Leave development packages out of the final image',
  reason:
    'Test runners, linters and type checkers are often most of what is installed. Proved: the manifest has development packages, an install of the final image includes them, and no step removes them or builds with them. Not proved: that the program starts without them.',
  examples: [
    {
      title: 'npm ci in the last stage',
      dockerfile:
        'FROM node:22-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "a.js"]\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      contents: {'package.json': '{"devDependencies": {"eslint": "9", "jest": "29"}}'},
      expected: {
        confidence: 'review',
        says: /eslint, jest/,
        dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\nCOPY . .\nCMD ["node", "a.js"]\n',
      },
    },
    {
      title: 'a start by a program that is for development',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nCMD ["ng", "serve"]\n',
      tree: ['package.json', 'package-lock.json', 'a.ts'],
      contents: {
        'package.json': '{"devDependencies": {"@angular/cli": "18"}}',
        'package-lock.json':
          '{"packages": {"node_modules/@angular/cli": {"version": "18.0.0", "bin": {"ng": "bin/ng.js"}}}}',
      },
      expected: null,
    },
    {
      title: 'uv with its default group',
      dockerfile:
        'FROM python:3.13-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen\nCOPY src ./src\nCMD uvicorn a:app\n',
      tree: ['pyproject.toml', 'uv.lock', 'src/a.py'],
      contents: {
        'pyproject.toml':
          '[project]\nname = "a"\n[dependency-groups]\ndev = [\n  "pytest>=8",\n  "mypy",\n]\n',
      },
      expected: {
        confidence: 'review',
        says: /pytest, mypy/,
        dockerfile:
          'FROM python:3.13-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-dev\nCOPY src ./src\nCMD uvicorn a:app\n',
      },
    },
    {
      title: 'Composer',
      dockerfile:
        'FROM php:8.4\nWORKDIR /app\nCOPY . .\nRUN composer install --no-interaction\nCMD ["php", "a.php"]\n',
      tree: ['composer.json', 'a.php'],
      contents: {'composer.json': '{"require-dev": {"phpunit/phpunit": "^11"}}'},
      expected: {confidence: 'review', says: /phpunit/},
    },
    {
      title: 'NODE_ENV',
      dockerfile:
        'FROM node:22\nENV NODE_ENV=production\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "a.js"]\n',
      tree: ['package.json', 'package-lock.json'],
      contents: {'package.json': '{"devDependencies": {"eslint": "9"}}'},
      expected: null,
    },
    {
      title: 'a build that needs them',
      dockerfile: 'FROM nginx\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "a.js"]\n',
      tree: ['package.json', 'package-lock.json'],
      contents: {'package.json': '{"devDependencies": {"vite": "6"}}'},
      expected: null,
    },
    {
      title: 'an image for development',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["npm", "run", "dev"]\n',
      tree: ['package.json', 'package-lock.json'],
      contents: {'package.json': '{"devDependencies": {"vite": "6"}}'},
      expected: null,
    },
    {
      title: 'a start script that calls a package for development',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nCMD ["npm", "run", "serve"]\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      contents: {
        'package.json':
          '{"scripts": {"serve": "vue-cli-service serve"}, "devDependencies": {"@vue/cli-service": "5"}}',
      },
      expected: null,
    },
  ],
  find: (facts) => {
    const {steps, instructions} = describeFinalImage(facts.graph)
    const start = instructions.findLast(({keyword}) => keyword === 'CMD' || keyword === 'ENTRYPOINT')
    if (
      isForDevelopment(facts) ||
      start === undefined ||
      FOR_DEVELOPMENT.test(start.text) ||
      splitStage(facts) !== null
    )
      return []
    const commands = listCommands(facts, steps)
    if (commands.some(({command}) => BUILDS.test(command.words.join(' ')))) return []
    return commands.flatMap(({step, command}) => propose(facts, step, command) ?? [])
  },
}
export default rule

/** A start for people who write the program, or that tests it. */
const FOR_DEVELOPMENT =
  /\b(?:dev|develop|watch|test|tests|pytest|jest|vitest|nodemon|ts-node(?:-dev)?|tsx|vite|storybook|lint|--reload|bash|sh)\b(?!-)(?!["']?,?\s*["']?-c)/

/** Uses what is installed for development, or removes it. */
const BUILDS =
  /^(?:npm run|yarn (?:run )?(?:build|compile)|pnpm (?:run )?(?:build|compile)|npx|pnpm exec|yarn (?:tsc|vite)|tsc|vite|webpack|next build|npm prune|pnpm prune|yarn workspaces focus|composer (?:install|dump-autoload).*--no-dev|bun run|make)\b/

interface Manager {
  call: RegExp
  manifest: string
  /** What leaves the packages out. */
  without: RegExp
  /** What is put behind the subcommand. */
  option: string
  /** The names of the packages, by the manifest's text. */
  read(text: string): string[]
}

const MANAGERS: readonly Manager[] = [
  {
    call: /^npm (?:ci|install|i)(?= -|$)/,
    manifest: 'package.json',
    without: /--omit[ =]dev|--only[ =]prod|--production|--prod\b/,
    option: '--omit=dev',
    read: (text) => namesOf(text, 'devDependencies'),
  },
  {
    call: /^pnpm (?:install|i)(?= -|$)/,
    manifest: 'package.json',
    without: /--prod|-P\b/,
    option: '--prod',
    read: (text) => namesOf(text, 'devDependencies'),
  },
  {
    call: /^yarn(?: install)(?= -|$)/,
    manifest: 'package.json',
    without: /--prod/,
    option: '--production',
    read: (text) => namesOf(text, 'devDependencies'),
  },
  {
    call: /^uv sync(?= -|$)/,
    manifest: 'pyproject.toml',
    without: /--no-dev|--no-default-groups|--only-group|--no-group/,
    option: '--no-dev',
    read: (text) => namesOfGroup(text),
  },
  {
    call: /^composer install(?= -|$)/,
    manifest: 'composer.json',
    without: /--no-dev/,
    option: '--no-dev',
    read: (text) => namesOf(text, 'require-dev'),
  },
]

function propose(facts: RewriteFacts, step: Step, command: ShellCommand): ProposedRewrite | null {
  const text = command.words.join(' ')
  const manager = MANAGERS.find(({call}) => call.test(text))
  if (
    manager === undefined ||
    manager.without.test(text) ||
    !command.isCertain ||
    step.instruction.isInherited
  )
    return null
  if (
    /production/.test(command.env.get('NODE_ENV') ?? '') ||
    /^(?:1|true)$/.test(command.env.get('UV_NO_DEV') ?? command.env.get('COMPOSER_NO_DEV') ?? '')
  )
    return null
  if (/\s(?:-g|--global)\b/.test(text)) return null
  const place = resolveContainerPath(command.directory, manager.manifest)
  const path = chainBefore(step)
    .toReversed()
    .map((one) => facts.sourceOf(one, place))
    .find((one) => one !== null)
  const names = path === undefined || path === null ? [] : manager.read(facts.evidence.get(path) ?? '')
  const at = command.wordRanges.at(-1)?.end
  if (names.length === 0 || at === undefined) return null
  if (startsWith(facts, path!, names)) return null
  const shown = names.slice(0, 4).join(', ')
  return {
    line: step.line,
    endLine: step.instruction.endLine,
    title: `call ${command.words.slice(0, 2).join(' ')} with ${manager.option}`,
    proof: [
      {claim: `${names.length} packages are for development`, evidence: `${path}: ${shown}`},
      {
        claim: 'the image has them',
        evidence: `${facts.file}:${step.line} installs them, no build step uses them, and nothing removes them`,
      },
    ],
    questions: [
      `Does the program start without ${shown}${names.length > 4 ? ' and the others' : ''}?`,
      ...askAboutTests(facts),
    ],
    edits: [{range: {start: at, end: at}, text: ` ${manager.option}`}],
    changes: ['commands'],
  }
}

/** Tells whether the start calls a program of a package for development, itself or by a script of package.json. */
function startsWith({graph, evidence}: RewriteFacts, path: string, names: readonly string[]): boolean {
  const {instructions} = describeFinalImage(graph)
  const start = instructions.findLast(({keyword}) => keyword === 'CMD')?.text ?? ''
  const entry = instructions.findLast(({keyword}) => keyword === 'ENTRYPOINT')?.text ?? ''
  const [, name] = /\b(?:npm|yarn|pnpm|bun)["',\s]+(?:run["',\s]+)?([\w:-]+)/.exec(start) ?? []
  const script = name === undefined ? '' : (readManifest(evidence.get(path) ?? '').scripts.get(name) ?? '')
  const words = new Set([script, start, entry].flatMap((text) => text.split(/[^\w@./-]+/)))
  const lock = readJsonRecord(evidence.get(joinPath(parentPath(path), 'package-lock.json')) ?? '')
  const programsOf = (one: string) => [
    one,
    one.split('/').at(-1)!,
    one.replace(/^@/, '').replace('/', '-'),
    ...Object.keys(toRecord(toRecord(toRecord(lock.packages)[`node_modules/${one}`]).bin)),
    ...(PROGRAMS_OF[one] ?? []),
  ]
  return names.some((one) => programsOf(one).some((program) => words.has(program)))
}

/** Programs that are not called as their package is, for lock files that do not say so. */
const PROGRAMS_OF: Readonly<Record<string, readonly string[]>> = {
  '@angular/cli': ['ng'],
  '@babel/node': ['babel-node'],
  '@nestjs/cli': ['nest'],
  '@remix-run/dev': ['remix'],
  '@vue/cli-service': ['vue-cli-service'],
  typescript: ['tsc'],
  'webpack-cli': ['webpack'],
  'webpack-dev-server': ['webpack'],
}

function namesOf(text: string, key: string): string[] {
  try {
    const root = JSON.parse(text) as Record<string, unknown>
    const list = root[key]
    return typeof list === 'object' && list !== null ? Object.keys(list) : []
  } catch {
    return []
  }
}

/** The names of the group `dev` of a pyproject.toml. */
function namesOfGroup(text: string): string[] {
  const [, groups = ''] = /^\[dependency-groups\]([\s\S]*?)(?=^\[|(?![\s\S]))/m.exec(text) ?? []
  const [, list = ''] = /^dev\s*=\s*\[([\s\S]*?)\n?\]/m.exec(groups) ?? []
  return Array.from(list.matchAll(/["']([\w.-]+)/g), ([, name = '']) => name)
}
