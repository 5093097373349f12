import {baseName, resolveContainerPath} from '../text/container-path.js'
import {type Action, type Recognizer, type StepFacts, sortArgs} from './action.js'
import {
  recognizeCargo,
  recognizeDotnet,
  recognizeGo,
  recognizeGradle,
  recognizeMake,
  recognizeMaven,
  recognizeSimple,
} from './programs/compiled-steps.js'
import {recognizeGit} from './programs/git-steps.js'
import {recognizeDeno, recognizeFrontend, recognizePackageManager} from './programs/javascript-steps.js'
import {optionsWithValue} from './programs/options.js'
import {isPlainProgram} from './programs/plain-programs.js'
import {
  recognizePip,
  recognizePoetry,
  recognizePython,
  recognizePythonTool,
  recognizeUv,
} from './programs/python-steps.js'
import {recognizeSite} from './programs/site-steps.js'
import type {ShellCommand} from './shell-command.js'

const PROGRAMS: Readonly<Record<string, Recognizer>> = {
  npm: recognizePackageManager,
  pnpm: recognizePackageManager,
  yarn: recognizePackageManager,
  yarnpkg: recognizePackageManager,
  bun: recognizePackageManager,
  deno: recognizeDeno,
  pip: recognizePip,
  uv: recognizeUv,
  poetry: recognizePoetry,
  pdm: recognizePoetry,
  python: recognizePython,
  git: recognizeGit,
  go: recognizeGo,
  cargo: recognizeCargo,
  mvn: recognizeMaven,
  mvnw: recognizeMaven,
  gradle: recognizeGradle,
  gradlew: recognizeGradle,
  dotnet: recognizeDotnet,
  make: recognizeMake,
  gmake: recognizeMake,
  just: recognizeMake,
  task: recognizeMake,
}

const PYTHON_TOOLS = new Set(
  'pipenv conda mamba micromamba pixi virtualenv pyproject-build hatch flit pytest py.test tox nox nosetests'.split(
    ' ',
  ),
)

/** Programs that only start another program: their options with a value, and the number of words before that program. */
const WRAPPERS: Readonly<Record<string, {values?: string; skipped?: number}>> = {
  sudo: {values: '-u -g -h -p -C'},
  exec: {values: '-a'},
  time: {values: '-f -o'},
  nice: {values: '-n'},
  ionice: {values: '-c -n'},
  nohup: {},
  command: {},
  builtin: {},
  env: {values: '-u -C -S'},
  npx: {values: '-p --package -c --call'},
  bunx: {},
  pnpx: {values: '--package'},
  uvx: {values: '--from --with --python -p'},
  pipx: {},
  tini: {values: '-e -p'},
  'dumb-init': {values: '-r --rewrite'},
  xargs: {values: '-n -I -P -L -d -a -s'},
  timeout: {values: '-s -k --signal --kill-after', skipped: 1},
  gosu: {skipped: 1},
  'su-exec': {skipped: 1},
  setsid: {},
  setpriv: {
    values: '--reuid --regid --ruid --euid --rgid --egid --groups --inh-caps --ambient-caps --bounding-set',
  },
  taskset: {skipped: 1},
  's6-setuidgid': {skipped: 1},
  chroot: {skipped: 1},
  stdbuf: {values: '-i -o -e'},
  'xvfb-run': {values: '-s -n -e --server-args --server-num'},
  chronic: {},
  catchsegv: {},
  'cross-env': {},
  'cross-env-shell': {},
  dotenv: {values: '-e -c -v'},
  ddtrace: {},
  'ddtrace-run': {},
  'opentelemetry-instrument': {values: '--service_name --traces_exporter --metrics_exporter'},
}

const RUNNERS: Readonly<Record<string, readonly string[]>> = {
  bundle: ['exec'],
  poetry: ['run'],
  pdm: ['run'],
  pipenv: ['run'],
  uv: ['run'],
  pipx: ['run'],
  uvx: ['run'],
  npm: ['exec', 'x'],
  pnpm: ['exec', 'dlx'],
  yarn: ['exec', 'dlx'],
  yarnpkg: ['exec', 'dlx'],
  bun: ['x'],
  corepack: ['npm', 'pnpm', 'yarn'],
  hatch: ['run'],
  rye: ['run'],
  conda: ['run'],
  symfony: ['console'],
  opam: ['exec'],
  carton: ['exec'],
}

/** Packages that bring a program of another name. */
const PROGRAM_OF_PACKAGE: Readonly<Record<string, string>> = {
  '@angular/cli': 'ng',
  '@nestjs/cli': 'nest',
  '@tailwindcss/cli': 'tailwindcss',
  '@sentry/cli': 'sentry-cli',
  '@vue/cli-service': 'vue-cli-service',
  '@craco/craco': 'craco',
  '@11ty/eleventy': 'eleventy',
  typescript: 'tsc',
  'webpack-cli': 'webpack',
  'http-server': 'http-server',
}

/** Says what commands do. Those of programs that touch only what their words name are left out. */
export function listActions(commands: readonly ShellCommand[]): Action[] {
  return commands.flatMap((command) => {
    const words = unwrap(splitProgram(command.words))
    const facts = recognize(words)
    if (facts === null) return []
    const {directory, env, isCertain, branch, hasFallback, guards} = command
    const place = facts.in === undefined ? directory : resolveContainerPath(directory, facts.in)
    const text = quoteCommand(command.words)
    const program = nameOf(words[0]!)
    return [
      {
        ...facts,
        text,
        words,
        program,
        directory: place,
        isCertain,
        env,
        ...(branch && {branch}),
        ...(hasFallback && {hasFallback}),
        ...(guards && {guards}),
      },
    ]
  })
}

/** `$ARTISAN` may stand for `php artisan`: no program has a blank in its name. */
function splitProgram(words: readonly string[]): readonly string[] {
  const [program = '', ...rest] = words
  return /\s/.test(program) && !program.includes('${') ? [...program.trim().split(/\s+/), ...rest] : words
}

/** Takes off what only starts the command proper. */
function unwrap(words: readonly string[]): readonly string[] {
  let rest = words
  for (;;) {
    const [program = '', second = ''] = rest
    const name = nameOf(program)
    const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined
    if (wrapper !== undefined && rest.length > 1) rest = dropOptions(rest.slice(1), wrapper)
    else if (name === 'php' && /(?:^|\/)composer(?:\.phar)?$/.test(second)) rest = rest.slice(1)
    else if (name === 'corepack' && RUNNERS.corepack!.includes(nameOf(second))) rest = rest.slice(1)
    else if (Object.hasOwn(RUNNERS, name) && RUNNERS[name]?.includes(second)) {
      rest = withInterpreter(dropOptions(rest.slice(2), {values: [...optionsWithValue(name)].join(' ')}))
    } else if (/^\$\{\w+:?\+/.test(program) && rest.length > 1) rest = dropOptions(rest.slice(1), {})
    else return rest
  }
}

/** `uv run app.py` runs a file. */
function withInterpreter(words: readonly string[]): readonly string[] {
  return /^(?!.*\/bin\/).*\.py$/.test(words[0] ?? '') ? ['python', ...words] : words
}

/** The words from the program on: behind options and their values, assignments, and what the wrapper itself takes. */
function dropOptions(
  words: readonly string[],
  {values = '', skipped = 0}: {values?: string; skipped?: number},
): readonly string[] {
  const withValue = new Set(values.split(' '))
  let left = skipped
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (word.startsWith('-')) at += withValue.has(word) ? 1 : 0
    else if (/^[A-Za-z_]\w*=/.test(word)) continue
    else if (left-- <= 0) return words.slice(at)
  }
  return []
}

/** @returns null for what reads no project */
function recognize(words: readonly string[]): StepFacts | null {
  const [program = '', ...rest] = words
  // what a start script is given is the image's CMD, which is read by itself
  if (program === '' || /^\$[@*\d]$/.test(program)) return null
  const name = nameOf(program)
  const args = sortArgs(rest, optionsWithValue(name))
  const own = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined
  const facts =
    own?.(args, name) ??
    (PYTHON_TOOLS.has(name) ? recognizePythonTool(args, name) : null) ??
    recognizeSimple(args, name) ??
    recognizeSite(args, name) ??
    recognizeFrontend(args, name)
  if (facts !== null) return facts
  if (isPlainProgram(name) && !isScriptRunner(name)) return null
  const file = program.includes('/') && !isScriptRunner(name) ? {runsFile: program} : sourcedFile(name, rest)
  if (file !== null) return file
  if (isPlainProgram(name)) return null
  return own === undefined ? {isStranger: true} : {}
}

/** `sh build.sh`, `node scripts/build.js`, `. ./env.sh`. */
function sourcedFile(name: string, args: readonly string[]): StepFacts | null {
  if (!isScriptRunner(name)) return null
  const withValue = optionsWithValue(name)
  const file = args.find((arg, at) => !arg.startsWith('-') && !withValue.has(args[at - 1] ?? ''))
  return file === undefined || args.includes('-c') ? null : {runsFile: file}
}

function isScriptRunner(name: string): boolean {
  return /^(?:sh|bash|ash|dash|zsh|node|bun|deno|tsx|ts-node|ruby|php|perl|lua|Rscript|source|\.)$/.test(name)
}

/** The basename; `python3.12` and `pip3` by their family, `xx-cargo` and other cross builders by what they call. */
function nameOf(program: string): string {
  const bare = program.replace(/(?<=.)@[^/]*$/, '')
  if (Object.hasOwn(PROGRAM_OF_PACKAGE, bare)) return PROGRAM_OF_PACKAGE[bare]!
  const name = baseName(bare)
  if (name === 'cross') return 'cargo'
  return name
    .replace(/^xx-(cargo|go)$/, '$1')
    .replace(/^(python|pip|php|ruby|go)[\d.]+$/, '$1')
    .replace(/^nodejs$/, 'node')
    .replace(/^composer\.phar$/, 'composer')
}

const MAX_QUOTED = 60

function quoteCommand(words: readonly string[]): string {
  const text = words.join(' ').replace(/\s+/g, ' ')
  return text.length <= MAX_QUOTED ? text : `${text.slice(0, MAX_QUOTED - 1).trimEnd()}…`
}
