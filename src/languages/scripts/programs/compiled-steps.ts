import type {Recognizer, StepFacts} from '../action.js'
import type {BuildStep} from '../build-step.js'

export const recognizeGo: Recognizer = (args) => {
  const [subcommand = '', second = ''] = args.plain
  const directory = args.valueOf('-C')
  const place: StepFacts = directory === undefined ? {} : {in: directory}
  const isUnstamped = args.options.includes('-buildvcs=false') || namesFiles(args.plain.slice(1))
  const stamps: StepFacts = isUnstamped ? {} : {stampsGit: true}
  if (subcommand === 'mod' && second === 'vendor') return {...place, makes: ['go-vendor']}
  if (subcommand === 'test' || subcommand === 'vet') return {...place, runsTests: true}
  if (subcommand === 'build' || subcommand === 'install') {
    // `go install example.org/tool@v1` builds something else
    return second.includes('@') ? null : {...place, ...stamps, makes: ['go-build']}
  }
  return subcommand === 'generate' ? {...place, ...stamps} : null
}

/** What is built of files is no package of a module: Go does not ask Git then (`go build main.go`). */
function namesFiles(names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => name.endsWith('.go'))
}

export const recognizeCargo: Recognizer = (args) => {
  const [subcommand = ''] = args.plain.filter((word) => !word.startsWith('+'))
  const manifest = args.valueOf('--manifest-path')
  const place: StepFacts = manifest === undefined ? {} : {in: `${manifest}/..`}
  if (/^(?:test|nextest|bench)$/.test(subcommand)) return {...place, makes: ['cargo-build'], runsTests: true}
  // `cargo chef prepare` writes a recipe, and builds nothing
  if (subcommand === 'chef' && !args.plain.includes('cook')) return null
  if (/^(?:build|b|install|rustc|run|chef|zigbuild|leptos)$/.test(subcommand)) {
    const isTool = subcommand === 'install' && !args.has('--path')
    return isTool ? null : {...place, makes: ['cargo-build']}
  }
  return null
}

export const recognizeMaven: Recognizer = (args) => {
  const goals = args.plain
  const file = args.valueOf('-f', '--file')
  const isBuild = goals.some((goal) =>
    /^(?:compile|test|package|verify|install|deploy|process-|.*:build|.*:jib)/.test(goal),
  )
  if (!isBuild) return null
  const skips = args.options.some((option) => /^-D(?:skipTests|maven\.test\.skip)(?:=true)?$/.test(option))
  const isTested = !skips && goals.some((goal) => /^(?:test|package|verify|install|deploy)$/.test(goal))
  return {
    makes: ['maven-build'],
    isRecursive: true,
    ...(file !== undefined && {in: file.endsWith('.xml') ? `${file}/..` : file}),
    ...(args.has('-pl', '--projects') && {isPartial: true}),
    ...(isTested && {runsTests: true}),
  }
}

export const recognizeGradle: Recognizer = (args) => {
  const tasks = args.plain
  const directory = args.valueOf('-p', '--project-dir')
  const isBuild = tasks.some((task) =>
    /(?:^|:)(?:build|assemble|jar|war|bootJar|shadowJar|installDist|distTar|distZip|check|test|classes|nativeCompile|buildFatJar|publish|fatJar|uberJar)/.test(
      task,
    ),
  )
  if (!isBuild) return null
  const skipsTests = args.valueOf('-x', '--exclude-task') !== undefined
  const isTested = !skipsTests && tasks.some((task) => /(?:^|:)(?:build|check|test)$/.test(task))
  return {
    makes: ['gradle-build'],
    isRecursive: true,
    ...(directory !== undefined && {in: directory}),
    ...(tasks.every((task) => task.includes(':')) && {isPartial: true}),
    ...(isTested && {runsTests: true}),
  }
}

export const recognizeDotnet: Recognizer = (args) => {
  const [subcommand = ''] = args.plain
  if (subcommand === 'restore') return {makes: ['dotnet-restore'], isRecursive: true}
  if (/^(?:build|publish|pack|msbuild)$/.test(subcommand)) {
    // it takes what an earlier command built
    if (args.has('--no-build')) return {}
    const makes: readonly BuildStep[] = args.has('--no-restore')
      ? ['dotnet-build']
      : ['dotnet-build', 'dotnet-restore']
    return {makes, isRecursive: true}
  }
  return subcommand === 'test'
    ? {makes: ['dotnet-build', 'dotnet-restore'], isRecursive: true, runsTests: true}
    : null
}

/** Programs known by their first plain word; an empty pattern takes any. */
const SIMPLE: Readonly<Record<string, readonly (readonly [pattern: RegExp, step: BuildStep | 'tests'])[]>> = {
  bundle: [[/^(?:install|)$/, 'bundle-install']],
  composer: [
    [/^(?:install|i|update)$/, 'composer-install'],
    [/^test$/, 'tests'],
  ],
  mix: [
    [/^deps\.(?:get|update)$/, 'mix-deps'],
    [/^(?:compile|release|do|deps\.compile|escript\.build)$/, 'mix-compile'],
    [/^(?:assets\.(?:deploy|build)|phx\.digest|esbuild|tailwind)/, 'phoenix-assets'],
    [/^test$/, 'tests'],
  ],
  rails: [
    [/^(?:assets:precompile|webpacker:compile|vite:build)$/, 'rails-assets'],
    [/^(?:test|spec)/, 'tests'],
  ],
  rake: [
    [/^(?:assets:precompile|webpacker:compile)$/, 'rails-assets'],
    [/^(?:test|spec|default)/, 'tests'],
  ],
  sbt: [
    [/^(?:.*\/)?(?:compile|package|assembly|stage|dist|universal:|docker:)/, 'sbt-build'],
    [/^(?:.*\/)?test/, 'tests'],
  ],
  cmake: [[/^/, 'native-build']],
  ninja: [[/^/, 'native-build']],
  meson: [
    [/^test$/, 'tests'],
    [/^/, 'native-build'],
  ],
  gcc: [[/^/, 'native-build']],
  'g++': [[/^/, 'native-build']],
  cc: [[/^/, 'native-build']],
  clang: [[/^/, 'native-build']],
  bazel: [
    [/^test$/, 'tests'],
    [/^(?:build|run)$/, 'bazel-build'],
  ],
  zig: [[/^build/, 'zig-build']],
  stack: [[/^(?:build|install)$/, 'haskell-build']],
  cabal: [[/^(?:v2-|new-)?(?:build|install)$/, 'haskell-build']],
  dune: [[/^build$/, 'ocaml-build']],
  opam: [[/^install$/, 'ocaml-build']],
  swift: [
    [/^build$/, 'swift-build'],
    [/^test$/, 'tests'],
  ],
  dart: [[/^(?:compile|pub|run)$/, 'dart-build']],
  flutter: [[/^(?:build|pub)$/, 'dart-build']],
  rspec: [[/^/, 'tests']],
  phpunit: [[/^/, 'tests']],
  ctest: [[/^/, 'tests']],
  gotestsum: [[/^/, 'tests']],
}

const DIRECTORY_OPTIONS: Readonly<Record<string, string>> = {composer: '-d', ninja: '-C', bundle: '--gemfile'}

export const recognizeSimple: Recognizer = (args, program) => {
  const rows = Object.hasOwn(SIMPLE, program) ? SIMPLE[program] : undefined
  const words = args.plain.length > 0 ? args.plain : ['']
  const row = rows?.find(([pattern]) =>
    words.some((word, at) => (at === 0 || program !== 'bundle') && pattern.test(word)),
  )
  if (row === undefined) return null
  const directory = args.valueOf('--working-dir', DIRECTORY_OPTIONS[program] ?? '--working-dir')
  const [, step] = row
  if (step === 'tests') return {runsTests: true}
  const isRecursive = step === 'sbt-build' || step === 'bazel-build' || step === 'native-build'
  return {
    makes: step === 'mix-compile' ? listMixSteps(args.plain) : [step],
    ...(directory !== undefined && {in: program === 'bundle' ? `${directory}/..` : directory}),
    ...(isRecursive && {isRecursive: true}),
  }
}

/** `mix do deps.get, compile`: only what fetches packages brings them. */
function listMixSteps(words: readonly string[]): readonly BuildStep[] {
  const fetches = words.some((word) => /^(?:deps\.(?:get|update)|setup),?$/.test(word))
  return fetches ? ['mix-compile', 'mix-deps'] : ['mix-compile']
}

/** make, just and task: what they call stands in their file. */
export const recognizeMake: Recognizer = (args) => {
  const directory = args.valueOf('-C', '--directory')
  const runsTests = args.plain.some((target) => /^(?:test|check)/.test(target))
  return {
    makes: ['native-build'],
    isRecursive: true,
    runsMake: true,
    ...(directory !== undefined && {in: directory}),
    ...(runsTests && {runsTests: true}),
  }
}
