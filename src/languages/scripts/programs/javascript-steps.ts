import type {CommandArgs, Recognizer, StepFacts} from '../action.js'

const INSTALLS = new Set(['install', 'i', 'ci', 'clean-install', 'install-clean', 'isntall', 'add'])
const RUNS = new Set(['run', 'run-script', 'rum', 'urn'])
/** Scripts that npm runs without `run`. */
const NPM_SCRIPTS = new Set(['start', 'stop', 'restart'])
const TEST_SCRIPT = /^(?:test|tests|e2e|coverage)(?:$|[:.-])|(?:^|[:-])tests?$/
const TEST_SUBCOMMANDS = new Set(['test', 't', 'tst', 'install-test', 'it', 'cit'])

/** Subcommands of Yarn and pnpm that are no scripts of the package. */
const OWN_COMMANDS = new Set(
  'add cache config create dedupe deploy dlx exec fetch global help import info init link list ls node npm outdated pack patch plugin prune publish rebuild remove root set setup store unlink up update upgrade version versions why workspace workspaces x'.split(
    ' ',
  ),
)

const FILTERS = ['--filter', '-F', '-w', '--workspace', '--scope', '--focus'] as const

/** npm, pnpm, Yarn and Bun. */
export const recognizePackageManager: Recognizer = (args, program) => {
  if (args.has('-g', '--global', '--location')) return null
  const [subcommand = program === 'yarn' ? 'install' : '', ...rest] = args.plain
  const filters = args.valuesOf(...FILTERS)
  const facts: StepFacts = {
    ...locate(args),
    ...(isFiltered(args, program) && {isPartial: true}),
    ...(filters.length > 0 && {filters}),
  }
  if (INSTALLS.has(subcommand)) return {...facts, ...recognizeInstall(args, rest)}
  if (TEST_SUBCOMMANDS.has(subcommand)) return {...facts, runsTests: true, packageScript: 'test'}
  if (subcommand === 'workspaces' && rest[0] === 'focus')
    return {...facts, ...recognizeFocus(args, rest.slice(1))}
  if (subcommand === 'workspace' && rest[1]) {
    const script = rest[1] === 'run' ? (rest[2] ?? '') : rest[1]
    if (INSTALLS.has(script)) return {...facts, makes: ['npm-install'], isPartial: true}
    return {...runScript(script), isPartial: true, filters: [rest[0]!]}
  }
  if (subcommand === 'workspaces' && (rest[0] === 'run' || rest[0] === 'foreach')) {
    const script = rest.slice(1).filter((word) => word !== 'run')[0] ?? ''
    return {...facts, ...runScript(script), isRecursive: true}
  }
  if (RUNS.has(subcommand)) return {...facts, ...runScript(rest[0] ?? '')}
  if (program === 'bun' && subcommand === 'build') return {...facts, makes: ['js-build']}
  if (isScript(program, subcommand)) return {...facts, ...runScript(subcommand)}
  // `pnpm --filter web deploy /srv`: it has to do with the packages that it is told of
  return filters.length > 0 ? facts : null
}

/** `yarn workspaces focus web` installs for the packages that it names, and those that they depend on. */
function recognizeFocus(args: CommandArgs, packages: readonly string[]): StepFacts {
  const production = args.has('--production') ? ({isProduction: true} as const) : {}
  if (args.has('-A', '--all')) return {makes: ['npm-install'], ...production}
  const isNamed = packages.length > 0
  return {
    makes: ['npm-install'],
    isPartial: true,
    ...production,
    ...(isNamed && {filters: packages, withDependencies: true}),
  }
}

/** Whether a subcommand is a script of the package. */
function isScript(program: string, subcommand: string): boolean {
  if (program === 'npm') return NPM_SCRIPTS.has(subcommand)
  return subcommand !== '' && !OWN_COMMANDS.has(subcommand)
}

function locate(args: CommandArgs): StepFacts {
  const directory = args.valueOf('--prefix', '--cwd', '-C', '--dir')
  const isRecursive = args.has('-r', '--recursive', '--workspaces', '-ws')
  return {...(directory !== undefined && {in: directory}), ...(isRecursive && {isRecursive: true})}
}

/** `pnpm -w` is the root of the workspace, `npm -w` one of its packages. */
function isFiltered(args: CommandArgs, program: string): boolean {
  return args.has(...FILTERS.filter((name) => name !== '-w' || program === 'npm'))
}

function recognizeInstall(args: CommandArgs, packages: readonly string[]): StepFacts {
  const omitted = args.valueOf('--omit', '--only')
  const isProduction =
    (args.has('--production', '--prod', '-P') &&
      !args.options.some((option) => /^--prod(?:uction)?=false$/.test(option))) ||
    omitted === 'dev' ||
    /^prod/.test(omitted ?? '')
  const isPartial = packages.length > 0 || args.has('--package-lock-only', '--lockfile-only', '--dry-run')
  return {
    makes: ['npm-install'],
    ...(isProduction && {isProduction: true}),
    ...(isPartial && {isPartial: true}),
    ...(args.has('--ignore-scripts') && {ignoresScripts: true}),
  }
}

function runScript(name: string): StepFacts {
  if (name === '') return {}
  // Bun runs files by the same word
  if (SOURCE_FILE.test(name)) return {runsFile: name}
  return {packageScript: name, ...(TEST_SCRIPT.test(name) && {runsTests: true})}
}

const SOURCE_FILE = /\.[cm]?[jt]sx?$/

/** Deno runs files, and tasks of its own manifest. */
export const recognizeDeno: Recognizer = (args) => {
  const [subcommand = '', first] = args.plain
  if (subcommand === 'task') return first === undefined ? {} : {...locate(args), packageScript: first}
  if (subcommand === 'test') return {runsTests: true}
  const file = args.plain.find((word) => SOURCE_FILE.test(word))
  return file === undefined ? {} : {runsFile: file}
}

const ALWAYS_BUILD = new Set(
  'tsc webpack rollup esbuild tsup tsdown unbuild microbundle rspack swc babel gulp grunt ncc vue-tsc sass tailwindcss eleventy'.split(
    ' ',
  ),
)

/** Programs that build with a subcommand, and the directories that they write to. */
const BUILD_COMMANDS: Readonly<Record<string, RegExp>> = {
  vite: /^build$/,
  // Vite with its test program and linter in one
  vp: /^build$/,
  parcel: /^build$/,
  'react-scripts': /^build$/,
  'vue-cli-service': /^build$/,
  ng: /^(?:build|b)$/,
  nuxt: /^(?:build|generate)$/,
  nuxi: /^(?:build|generate)$/,
  astro: /^build$/,
  'svelte-kit': /^(?:build|package|sync)$/,
  remix: /^(?:build|vite:build)$/,
  'react-router': /^build$/,
  gatsby: /^build$/,
  nest: /^build$/,
  ember: /^(?:build|b)$/,
  docusaurus: /^build$/,
  vitepress: /^build$/,
  vuepress: /^build$/,
  expo: /^export$/,
  vinxi: /^build$/,
  rsbuild: /^build$/,
  ionic: /^build$/,
  quasar: /^build$/,
}

const TASK_RUNNERS = new Set(['turbo', 'nx', 'lerna', 'wireit', 'rush', 'moon'])
const TEST_PROGRAMS = new Set('jest vitest mocha ava tap karma cypress playwright wdio'.split(' '))

/** Bundlers, frameworks, task runners and test programs. */
export const recognizeFrontend: Recognizer = (args, program) => {
  const [subcommand = ''] = args.plain
  if (TEST_PROGRAMS.has(program)) return {runsTests: true}
  if (program === 'next')
    return subcommand === 'build' ? {...sited(args, program), makes: ['next-build', 'js-build']} : null
  if (TASK_RUNNERS.has(program)) return recognizeTasks(args, program)
  if (program === 'bower') return subcommand === 'install' ? {makes: ['bower-install']} : null
  if (ALWAYS_BUILD.has(program)) return args.has('--noEmit', '--version') ? null : {makes: ['js-build']}
  const pattern = Object.hasOwn(BUILD_COMMANDS, program) ? BUILD_COMMANDS[program] : undefined
  return pattern?.test(subcommand) ? {...sited(args, program), makes: ['js-build']} : null
}

/** What takes the directory of a site behind its subcommand; others take the name of a project. */
const TAKES_SITE = /^(?:next|nuxt|nuxi|vite|docusaurus|vitepress|vuepress|remix|react-router|rsbuild)$/

/** Options of builds that stand alone: what follows them is no value. */
const SWITCHES =
  /^(?:-[dw]|--(?:debug|profile|no-[\w-]+|watch|turbo|turbopack|webpack|emptyOutDir|force|prod|production|verbose|experimental-app-only))$/

/** `next build web`; in `next build --experimental-build-mode compile` the last word may be a value. */
function sited({plain, all}: CommandArgs, program: string): StepFacts {
  const place = plain[1]
  if (!TAKES_SITE.test(program) || place === undefined) return {}
  const before = all[all.indexOf(place, all.indexOf(plain[0]!) + 1) - 1] ?? ''
  const isValue = before.startsWith('-') && !before.includes('=') && !SWITCHES.test(before)
  return isValue ? {} : {in: place}
}

function recognizeTasks(args: CommandArgs, program: string): StepFacts | null {
  const [verb = ''] = args.plain
  // `turbo prune` and `nx reset` build nothing
  if (/^(?:prune|reset|login|link|daemon|ls|list|bootstrap|init|graph|format:\w+)$/.test(verb)) return {}
  const words = args.plain.filter((word) => !/^(?:run|run-many|exec|affected)$/.test(word))
  const given = (args.valueOf('--target', '-t', '--targets') ?? '').split(',').filter(Boolean)
  const [project, own] = program === 'nx' && verb === 'run' ? (words[0] ?? '').split(':') : []
  const tasks = own !== undefined ? [own] : given.length > 0 ? given : words
  const target = tasks.find((task) => BUILD_TASK.test(task)) ?? tasks[0] ?? ''
  if (TEST_SCRIPT.test(target)) return {runsTests: true, packageScript: target, isRecursive: true}
  const named = program === 'nx' && given.length === 0 && own === undefined ? words.slice(1, 2) : []
  const listed = args.valuesOf('--projects', '-p', '--scope').flatMap((value) => value.split(','))
  const filters = [
    ...args.valuesOf('--filter', '-F'),
    ...listed,
    ...named,
    ...(own === undefined ? [] : [project!]),
  ]
  const facts: StepFacts = {
    isRecursive: true,
    packageScript: target,
    withDependencies: true,
    ...(filters.length > 0 && {filters, isPartial: true}),
  }
  return BUILD_TASK.test(target) ? {...facts, makes: ['js-build', 'next-build']} : facts
}

const BUILD_TASK = /build|compile|generate|export/
