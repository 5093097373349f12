import type {Step} from '../../../build/graph/build-graph.js'
import type {TextEdit} from '../../../languages/dockerfile/edit/apply-edits.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import type {RewriteFacts} from '../rewrite-facts.js'
import {isForBuilds, libraryOf} from './system-packages.js'

/** The compilers and headers that one RUN installs. */
export interface Tools {
  step: Step
  names: readonly string[]
  /** The RUN that installs them in a stage that only builds. */
  install: string
  /** Leaves them out of the RUN, and puts the libraries of headers in their place. */
  edits: readonly TextEdit[]
  questions: readonly string[]
}

/** Programs that an install of packages may call beside a compiler. */
const FOR_FETCHING = /^(?:git|curl|wget|ca-certificates|unzip)$/
const MANAGERS = /^(?:apt-get|apt|apk)$/

/** Finds compilers in steps, those that are removed again left out; null where a RUN cannot be written without them. */
export function findTools(facts: RewriteFacts, steps: readonly Step[], isOnAlpine: boolean): Tools[] | null {
  const installs = steps.filter((step) => facts.commandsOf(step).some((one) => toolsOf(one).length > 0))
  const found = installs.map((step) => readTools(facts, step, isOnAlpine))
  return found.includes(null) ? null : found.filter((one) => one !== null)
}

function readTools(facts: RewriteFacts, step: Step, isOnAlpine: boolean): Tools | null {
  const commands = facts.commandsOf(step)
  const own = commands.filter((command) => toolsOf(command).length > 0)
  const names = own.flatMap(toolsOf)
  const edits = own.every(keepsSome(isOnAlpine))
    ? own.flatMap((command) => leaveOut(command, isOnAlpine))
    : commands.every((command) => own.includes(command) || isAround(command))
      ? [{range: facts.linesOf(step.instruction.written), text: ''}]
      : null
  if (edits === null || edits.some(({range}) => /#/.test(facts.textAt(range)))) return null
  const fetching = own.flatMap((command) => namesOf(command).filter((name) => FOR_FETCHING.test(name)))
  return {
    step,
    names,
    edits,
    install: writeInstall([...names, ...fetching], isOnAlpine),
    questions: askOf(names, isOnAlpine),
  }
}

function writeInstall(names: readonly string[], isOnAlpine: boolean): string {
  const listed = [...new Set(names)].join(' ')
  return isOnAlpine
    ? `RUN apk add --no-cache ${listed}`
    : `RUN apt-get update && apt-get install -y ${listed} && rm -rf /var/lib/apt/lists/*`
}

/** The names of packages that a command installs. */
function namesOf({words}: ShellCommand): string[] {
  const [program = '', ...args] = words
  const at = args.findIndex((arg) => arg === 'install' || arg === 'add')
  return MANAGERS.test(program) && at >= 0 ? args.slice(at + 1).filter((arg) => !arg.startsWith('-')) : []
}

function toolsOf(command: ShellCommand): string[] {
  return namesOf(command).filter((name) => isForBuilds(bareOf(name)))
}

/** Without a version. */
function bareOf(name: string): string {
  return name.split(/[=~<>]/)[0] ?? name
}

/** A command that has a package left, be it a library in the place of headers. */
function keepsSome(isOnAlpine: boolean): (command: ShellCommand) => boolean {
  return (command) =>
    namesOf(command).some(
      (name) => !isForBuilds(bareOf(name)) || typeof libraryOf(bareOf(name), isOnAlpine) === 'string',
    )
}

/** Updates and clean-ups, which are for nothing without an install. */
function isAround({words}: ShellCommand): boolean {
  return /^(?:(?:apt-get|apt) (?:-\S+ )*(?:update|clean)|apk (?:-\S+ )*update|rm -rf \/var\/lib\/apt\/lists\S*)(?: -\S+)*$/.test(
    words.join(' '),
  )
}

function leaveOut(command: ShellCommand, isOnAlpine: boolean): TextEdit[] {
  const {words, wordRanges} = command
  const names = namesOf(command)
  return words.flatMap((word, index) => {
    const [range, previous] = [wordRanges[index], wordRanges[index - 1]]
    if (range === undefined || previous === undefined || !names.includes(word)) return []
    if (!isForBuilds(bareOf(word))) return []
    const library = libraryOf(bareOf(word), isOnAlpine)
    return typeof library === 'string' && !names.includes(library)
      ? [{range, text: library}]
      : [{range: {start: previous.end, end: range.end}, text: ''}]
  })
}

function askOf(names: readonly string[], isOnAlpine: boolean): string[] {
  const libraries = names.flatMap((name) => libraryOf(bareOf(name), isOnAlpine) ?? [])
  const unknown = names.filter((name) => libraryOf(bareOf(name), isOnAlpine) === undefined)
  return [
    ...(libraries.length === 0
      ? []
      : [`Are ${[...new Set(libraries)].join(', ')} all libraries that the compiled packages load?`]),
    ...unknown.map(
      (name) => `Which library of ${name} do the compiled packages load? Install it in its place`,
    ),
  ]
}
