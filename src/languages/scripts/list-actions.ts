import {resolveContainerPath} from '../text/container-path.js'
import {type Action, type Recognizer, type StepFacts, sortArgs} from './action.js'
import {
  recognizeCargo,
  recognizeDotnet,
  recognizeGo,
  recognizeGradle,
  recognizeMake,
  recognizeMaven,
  recognizeSimple,
} from './compiled-steps.js'
import {recognizeGit} from './git-steps.js'
import {recognizeFrontend, recognizePackageManager} from './javascript-steps.js'
import {
  recognizePip,
  recognizePoetry,
  recognizePython,
  recognizePythonTool,
  recognizeUv,
} from './python-steps.js'
import type {ShellCommand} from './shell-command.js'

const PROGRAMS: Readonly<Record<string, Recognizer>> = {
  npm: recognizePackageManager,
  pnpm: recognizePackageManager,
  yarn: recognizePackageManager,
  yarnpkg: recognizePackageManager,
  bun: recognizePackageManager,
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

/** Options that take the next word, whoever they belong to. */
const WITH_VALUE = new Set(
  '--prefix --cwd -C --dir --filter -F -w --workspace --scope --omit --only --directory --project -f --file -pl --projects -p --project-dir -x --exclude-task --manifest-path --working-dir -d --gemfile -r --requirement -e --editable -c --constraint -i --index-url --extra-index-url --target -t -o -ldflags -tags -mod --features --bin --package --registry --cache --location --python -s --settings --config'.split(
    ' ',
  ),
)

/** Options of one program that stand alone although others take a value by that name. */
const SWITCHES: Readonly<Record<string, readonly string[]>> = {
  npm: ['-f', '-d', '-s', '-p'],
  pnpm: ['-r', '-w', '-P', '-s'],
  yarn: ['-f', '-s'],
  mix: ['-f'],
  make: ['-s', '-i', '-e', '-r', '-d', '-t', '-w'],
  mvn: ['-e', '-o', '-C'],
  mvnw: ['-e', '-o', '-C'],
  gradle: ['-i', '-s', '-d'],
  gradlew: ['-i', '-s', '-d'],
  cargo: ['-r'],
  go: ['-x', '-i'],
}

/** Programs that only start another one. */
const WRAPPERS = new Set(
  'sudo exec time nice nohup command env corepack npx bunx pnpx uvx tini dumb-init xargs builtin'.split(' '),
)
const RUNNERS: Readonly<Record<string, readonly string[]>> = {
  bundle: ['exec'],
  poetry: ['run'],
  pdm: ['run'],
  pipenv: ['run'],
  uv: ['run'],
  npm: ['exec'],
  pnpm: ['exec', 'dlx'],
  yarn: ['exec', 'dlx'],
  bun: ['x'],
  hatch: ['run'],
}

/** Says what commands do; those that matter to nobody here are left out. */
export function listActions(commands: readonly ShellCommand[]): Action[] {
  return commands.flatMap((command) => {
    const words = unwrap(command.words)
    const facts = recognize(words)
    if (facts === null) return []
    const {directory, env, isCertain} = command
    const place = facts.in === undefined ? directory : resolveContainerPath(directory, facts.in)
    const text = quoteCommand(command.words)
    return [{...facts, text, program: nameOf(words[0]!), directory: place, isCertain, env}]
  })
}

/** Takes off what only starts the command proper. */
function unwrap(words: readonly string[]): readonly string[] {
  let rest = words
  for (;;) {
    const [program = '', second = ''] = rest
    const name = nameOf(program)
    if (WRAPPERS.has(name)) rest = dropOptions(rest.slice(1))
    else if (Object.hasOwn(RUNNERS, name) && RUNNERS[name]?.includes(second))
      rest = dropOptions(rest.slice(2))
    else return rest
  }
}

function dropOptions(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !word.startsWith('-') && !/^[A-Za-z_]\w*=/.test(word))
  return first < 0 ? [] : words.slice(first)
}

function recognize(words: readonly string[]): StepFacts | null {
  const [program = '', ...rest] = words
  if (program === '') return null
  const name = nameOf(program)
  const switches = SWITCHES[name] ?? []
  const args = sortArgs(rest, new Set([...WITH_VALUE].filter((option) => !switches.includes(option))))
  const own = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined
  const facts =
    own?.(args, name) ??
    (PYTHON_TOOLS.has(name) ? recognizePythonTool(args, name) : null) ??
    recognizeSimple(args, name) ??
    recognizeFrontend(args, name)
  if (facts !== null) return facts
  return isFile(program) ? {runsFile: program} : sourcedFile(name, rest)
}

/** `sh build.sh`, `node scripts/build.js`, `. ./env.sh`. */
function sourcedFile(name: string, args: readonly string[]): StepFacts | null {
  if (!/^(?:sh|bash|ash|dash|zsh|node|ruby|php|perl|source|\.)$/.test(name)) return null
  const file = args.find((arg) => !arg.startsWith('-'))
  return file === undefined || args.includes('-c') ? null : {runsFile: file}
}

/** A program given by a path. */
function isFile(program: string): boolean {
  return program.includes('/') && !/^\/(?:usr|bin|sbin|opt)\//.test(program)
}

/** The basename; `python3.12` and `pip3` by their family, `xx-cargo` and other cross builders by what they call. */
function nameOf(program: string): string {
  const name = program.slice(program.lastIndexOf('/') + 1)
  if (name === 'cross') return 'cargo'
  return name.replace(/^xx-(cargo|go)$/, '$1').replace(/^(python|pip)[\d.]+$/, '$1')
}

const MAX_QUOTED = 60

function quoteCommand(words: readonly string[]): string {
  const text = words.join(' ').replace(/\s+/g, ' ')
  return text.length <= MAX_QUOTED ? text : `${text.slice(0, MAX_QUOTED - 1).trimEnd()}…`
}
