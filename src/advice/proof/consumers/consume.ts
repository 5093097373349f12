import type {PlacedAction} from '../../../build/graph/expand-actions.js'
import {type Consumer, type Consumption, firstUse, type Language, type ProjectView} from './consumption.js'
import {consumeDotnet} from './ecosystems/dotnet.js'
import {consumeElixir} from './ecosystems/elixir.js'
import {consumeGo} from './ecosystems/go.js'
import {consumeJavaScript} from './ecosystems/javascript/javascript.js'
import {consumeJvm} from './ecosystems/jvm.js'
import {consumeNative} from './ecosystems/native.js'
import {consumePhp} from './ecosystems/php.js'
import {consumePython} from './ecosystems/python.js'
import {consumeRuby} from './ecosystems/ruby.js'
import {consumeRust} from './ecosystems/rust.js'
import {consumeGit, consumeScript} from './ecosystems/scripts.js'
import {consumeSites} from './ecosystems/sites.js'
import {listOpened} from './files/read-files.js'
import {listToolFiles} from './files/tool-files.js'

const CONSUMERS: readonly (readonly [ecosystem: Language, consumer: Consumer])[] = [
  ['other', consumeGit],
  ['other', consumeScript],
  ['javascript', consumeJavaScript],
  ['python', consumePython],
  ['go', consumeGo],
  ['rust', consumeRust],
  ['jvm', consumeJvm],
  ['dotnet', consumeDotnet],
  ['ruby', consumeRuby],
  ['php', consumePhp],
  ['elixir', consumeElixir],
  ['other', consumeNative],
  ['other', consumeSites],
]

/**
 * Says what an action does with the files of its project, beyond those that its own words name.
 * @returns null for an action that is not understood: it may read anything
 */
export function consume(action: PlacedAction, project: ProjectView): Consumption | null {
  const isIdle = isAboutItself(action)
  const parts = CONSUMERS.flatMap(([ecosystem, consumer]) => {
    const part = consumer(action, project)
    return part === null ? [] : [{ecosystem, ...part}]
  })
  if (parts.length === 0) return null
  const runs = new Set(parts.flatMap((part) => part.runs ?? []))
  return {
    needs: [
      ...parts
        .flatMap(({needs = []}) => needs)
        .filter(({contextPath}) => !isIdle || OF_WRAPPER.test(contextPath)),
      ...listToolFiles(action, project),
      ...listOpened(action, project),
    ],
    git: firstUse(...parts.map(({git}) => git)),
    runs: [...runs],
    ecosystems: [...new Set([...parts.map(({ecosystem}) => ecosystem), ...runs])],
  }
}

/** Subcommands that are about the program itself or its settings, by program: of the project they read nothing that they need. */
const SETTINGS: Readonly<Record<string, RegExp>> = {
  npm: /^(?:config|set|get|cache|ping|login)$/,
  pnpm: /^(?:config|set|get|store|setup)$/,
  yarn: /^(?:config|cache)$/,
  bundle: /^(?:config|version)$/,
  go: /^(?:env|version|telemetry|help)$/,
  pip: /^(?:config|cache)$/,
  pip3: /^(?:config|cache)$/,
  poetry: /^(?:config|self|cache|about)$/,
}
/** What a wrapper starts its program from. */
const OF_WRAPPER =
  /(?:^|\/)(?:gradlew|mvnw|gradle-wrapper\.(?:jar|properties)|maven-wrapper\.(?:jar|properties))$/

/** `gradlew --version`, `npm config set`: the program is asked for itself. */
function isAboutItself({program, words}: PlacedAction): boolean {
  const [, first = ''] = words
  if (words.length === 2 && /^(?:--version|--help|-V)$/.test(first)) return true
  return Object.hasOwn(SETTINGS, program) && SETTINGS[program]!.test(first)
}
