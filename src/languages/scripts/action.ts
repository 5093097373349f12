import type {BuildStep} from './build-step.js'
import type {Branch} from './shell-command.js'

/** What one command of a script does, as far as it matters for what must be sent. */
export interface Action extends StepFacts {
  /** The command as a report quotes it. */
  text: string
  /** The program and what follows it, wrappers such as npx taken off. */
  words: readonly string[]
  /** The basename of what is called. */
  program: string
  /** Where it works: a container path. */
  directory: string
  /** False where a variable decides whether it runs. */
  isCertain: boolean
  /** Where it fails, another command goes on. */
  hasFallback?: true
  /** Files without which it is not reached, relative to the directory. */
  guards?: readonly string[]
  /** The one branch of a condition that it stands in, where no more than that makes it uncertain. */
  branch?: Branch
  env: ReadonlyMap<string, string>
}

/** What a command does. An absent field means that it does not do this. */
export interface StepFacts {
  makes?: readonly BuildStep[]
  /** Works in another directory than the shell's, as `--prefix web` says. */
  in?: string
  /** Does only a part of it (a filter, packages given by name): no proof that a path comes back. */
  isPartial?: true
  /** Leaves out what only development needs. */
  isProduction?: true
  /** Works in every package of the workspace. */
  isRecursive?: true
  runsTests?: true
  readsGit?: true
  /** Go writes the commit into what it builds. */
  stampsGit?: true
  /** Makes a Git repository here, so that later commands read that one. */
  makesRepository?: string
  /** Builds the Python project in the directory with its own backend. */
  buildsPythonProject?: true
  /** Makes a virtual environment at this path, relative to the directory. */
  makesEnvironment?: string
  /** A script of package.json. */
  packageScript?: string
  /** Which packages of the workspace it is for, as `--filter` and `--workspace` name them. */
  filters?: readonly string[]
  /** Those that these depend on, too. */
  withDependencies?: true
  /** Leaves out the scripts that an install runs. */
  ignoresScripts?: true
  /** Code that it is given as an argument. */
  inlineCode?: string
  /** Calls make, just or task. */
  runsMake?: true
  /** Runs a file, relative to the directory. */
  runsFile?: string
  /** No table here knows the program. */
  isStranger?: true
}

/** Recognises one program's commands; null for what it does not know. */
export type Recognizer = (args: CommandArgs, program: string) => StepFacts | null

/** A command's words behind the program, sorted. */
export interface CommandArgs {
  all: readonly string[]
  /** Options as written, `=value` included. */
  options: readonly string[]
  /** Words that are neither options nor the values of those that take one. */
  plain: readonly string[]
  /** The last value given for one of these options, in either spelling. */
  valueOf(...names: string[]): string | undefined
  /** All values of these options, in order. */
  valuesOf(...names: string[]): string[]
  has(...names: string[]): boolean
}

/** Sorts words; `withValue` names the options that take the next word. */
export function sortArgs(words: readonly string[], withValue: ReadonlySet<string>): CommandArgs {
  const options: string[] = []
  const plain: string[] = []
  const values: [name: string, value: string][] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (!/^-./.test(word)) {
      plain.push(word)
      continue
    }
    options.push(word)
    const [, name = word, value] = /^([^=]+)=(.*)$/s.exec(word) ?? []
    if (value !== undefined) values.push([name, value])
    else if (withValue.has(word)) values.push([word, words[++at] ?? ''])
  }
  const bare = new Set(options.map((option) => option.split('=', 1)[0]!))
  return {
    all: words,
    options,
    plain,
    valueOf: (...names) => {
      const last = names.map((name) => values.findLast((pair) => pair[0] === name))
      return last.findLast((pair) => pair !== undefined)?.[1]
    },
    valuesOf: (...names) => values.filter(([name]) => names.includes(name)).map(([, value]) => value),
    has: (...names) => names.some((name) => bare.has(name)),
  }
}
