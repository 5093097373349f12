import type {Step} from '../../../build/graph/build-graph.js'
import {isWithin, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {RewriteFacts} from '../rewrite-facts.js'
import {type Install, placeOf} from './find-install.js'

/** These give a path a mode, or make it, and look at nothing else. */
const TIDIES = /^(?:chmod|touch|mkdir)$/
const OPTION = /^(?:-p|--parents|-m|--mode=\w+|-v)$/
/** A variable, a substitution, or a pattern that other files may match once an install has run. */
const OPEN = /[$`*?[{]/

/** A path that a RUN makes or gives a mode. */
export interface TidiedPath {
  /** A container path. */
  path: string
  /** It may be a new, empty file. */
  isFile: boolean
}

/**
 * The paths that a RUN makes or gives a mode, where it does nothing else and all of them lie where the source
 * does; null for any other RUN. It can stand behind the source, whatever comes between.
 */
export function listTidied(
  facts: RewriteFacts,
  step: Step,
  landings: readonly string[],
): TidiedPath[] | null {
  if (step.instruction.keyword !== 'RUN' || step.instruction.isJson || step.reads.length > 0) return null
  const commands = facts.commandsOf(step)
  if (commands.length === 0 || /[<>|]/.test(facts.textAt(step.instruction.written.range))) return null
  const tidied: TidiedPath[] = []
  for (const {words, directory, isCertain} of commands) {
    const [program = '', ...args] = words
    const operands = args.filter((arg) => !OPTION.test(arg)).slice(program === 'chmod' ? 1 : 0)
    if (!isCertain || !TIDIES.test(program) || operands.some((arg) => OPEN.test(arg) || isFlag(arg)))
      return null
    const isFile = program === 'touch'
    tidied.push(...operands.map((operand) => ({path: resolveContainerPath(directory, operand), isFile})))
  }
  const isOfSource = ({path}: TidiedPath) =>
    landings.some((landing) => path !== landing && isWithin(path, landing))
  return tidied.length > 0 && tidied.every(isOfSource) ? tidied : null
}

/** A RUN that gives all of the source another owner, and does nothing else, as its text; null for any other. */
export function findOwning(facts: RewriteFacts, step: Step, landings: readonly string[]): string | null {
  if (step.instruction.keyword !== 'RUN' || step.instruction.isJson || step.reads.length > 0) return null
  const [command, ...more] = facts.commandsOf(step)
  if (command === undefined || more.length > 0 || !command.isCertain) return null
  const [program, option = '', owner = '', ...paths] = command.words
  const isRecursive = program === 'chown' && /^(?:-R|--recursive)$/.test(option) && /^[\w.:-]+$/.test(owner)
  const isOfSource = paths.every(
    (path) => !OPEN.test(path) && landings.includes(resolveContainerPath(command.directory, path)),
  )
  return isRecursive && paths.length > 0 && isOfSource ? command.words.join(' ') : null
}

/** `chmod -R` reaches what an install makes; `chmod -x` has its mode taken away already. */
function isFlag(operand: string): boolean {
  return operand.startsWith('-')
}

/** Tells whether an install may see it: what it reads or calls, what lies where it writes, and new files beside its manifest. */
export function mayNotice({directory, project, reads}: Install, tidied: readonly TidiedPath[]): boolean {
  const [written, read] = [reads.writes, reads.files].map((paths) =>
    paths.flatMap((path) => placeOf(path, project, directory) ?? []),
  ) as [string[], string[]]
  return tidied.some(
    ({path, isFile}) =>
      (isFile && parentPath(path) === directory) ||
      read.includes(path) ||
      written.some((place) => isWithin(path, place) || isWithin(place, path)),
  )
}
