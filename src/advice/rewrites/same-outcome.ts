import type {BuildGraph, Step} from '../../build/graph/build-graph.js'
import {stagesBehind} from '../../build/graph/query-graph.js'
import {type ContextRequest, listRequests} from '../../build/graph/requests/list-requests.js'
import type {EvaluatedInstruction} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {listEnvironment} from '../../languages/dockerfile/evaluate/step-state.js'
import {scriptOf} from '../../languages/dockerfile/syntax/inner-text.js'
import {readExec, readShell} from '../../languages/scripts/read-shell.js'
import type {ShellCommand} from '../../languages/scripts/shell-command.js'
import {isWithin} from '../../languages/text/container-path.js'

/** What may differ between two texts of one Dockerfile. */
export interface AllowedDifference {
  /** CMD and ENTRYPOINT. */
  start?: boolean
  /** What the RUNs call. */
  commands?: boolean
  /** More may be asked of the context. */
  requests?: boolean
  /** The owner and the mode of what is copied. */
  owners?: boolean
  /** Whether a copy is linked. */
  links?: boolean
  /** What is copied. */
  copies?: boolean
  /** The image says more than before. */
  settings?: boolean
  /** There are other stages; the last one says what the last one said. */
  stages?: boolean
}

/**
 * Says what differs between the builds of two texts beyond the order of steps; null if nothing does. The new one may ask
 * for parts of what the old one asks for, and copy them besides.
 */
export function findDifference(old: BuildGraph, now: BuildGraph, allowed: AllowedDifference): string | null {
  if (old.stages.length !== now.stages.length && allowed.stages !== true) return 'the stages'
  const requests = listRequests(old)
  const widened = listRequests(now).find((request) => !isCovered(request, requests))
  if (widened !== undefined && allowed.requests !== true)
    return `what is sent from the context: ${widened.path}`
  if (!keepsSettings(listSettings(old, allowed), listSettings(now, allowed), allowed))
    return 'the configuration of the image'
  if (allowed.stages === true) return null
  if (allowed.commands !== true && !isSame(listCommands(old).sort(), listCommands(now).sort())) {
    return 'the commands that run, or their environment'
  }
  if (allowed.copies === true) return null
  const copies = new Set(listCopies(now, allowed))
  const lost = listCopies(old, allowed).find((copy) => !copies.has(copy))
  return lost === undefined ? null : `what is copied: ${lost}`
}

/** With more allowed, each setting must still be there, in any order. */
function keepsSettings(
  old: readonly string[],
  now: readonly string[],
  {settings, stages}: AllowedDifference,
): boolean {
  return settings === true || stages === true ? old.every((one) => now.includes(one)) : isSame(old, now)
}

function isCovered({context, path}: ContextRequest, requests: readonly ContextRequest[]): boolean {
  return requests.some(
    (other) =>
      other.context === context && (other.isRoot || other.path === path || isWithin(path, other.path)),
  )
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index])
}

/** What the image says besides its files, in order, of the target and what it is made from. */
function listSettings({target}: BuildGraph, {start}: AllowedDifference): string[] {
  const instructions = stagesBehind(target).flatMap((stage) => stage.instructions)
  const settings = instructions.flatMap((instruction) => describeSetting(instruction, start === true))
  return [...settings, JSON.stringify(instructions.at(-1)?.state.directory)]
}

function describeSetting(instruction: EvaluatedInstruction, isStartFree: boolean): string[] {
  switch (instruction.keyword) {
    case 'COPY':
    case 'ADD':
    case 'RUN':
    case 'WORKDIR':
      return []
    case 'ENV':
      return [JSON.stringify(instruction.pairs)]
    default: {
      const {keyword, args} = instruction
      const isStart = keyword === 'CMD' || keyword === 'ENTRYPOINT'
      return isStart && isStartFree ? [] : [JSON.stringify([keyword, args])]
    }
  }
}

/** Each command of every stage, with what it runs with. */
function listCommands({steps}: BuildGraph): string[] {
  return steps.flatMap((step) => {
    const {instruction, stage} = step
    if (instruction.keyword !== 'RUN') return []
    const {written, isJson, state, mounts, network, security} = instruction
    const start = {directory: state.directory}
    const script = scriptOf(written)
    const commands = isJson ? readExec(written.args, start, script) : readShell(script, start)
    const {user, shell} = state
    const environment = listEnvironment(state.environment)
    const mounted = mounts.map(({writtenSource: _, ...mount}) => mount)
    const around = [stage.index, user, shell, environment, mounted, network, security]
    return withOptions(commands).map(({words, directory, options}) =>
      JSON.stringify([words, directory, options, ...around]),
    )
  })
}

/** The commands with what `set` has told the shell before each; `set` itself is none. */
function withOptions(commands: readonly ShellCommand[]): (ShellCommand & {options: readonly string[]})[] {
  const options: string[] = []
  return commands.flatMap((command) => {
    if (command.words[0] !== 'set') return [{...command, options: [...options]}]
    options.push(command.words.slice(1).join(' '))
    return []
  })
}

/** Each copy of every stage: what, from where, where to and how. */
function listCopies({steps}: BuildGraph, allowed: AllowedDifference): string[] {
  return steps.flatMap((step) => describeCopies(step, allowed))
}

function describeCopies({instruction, stage, reads}: Step, {owners, links}: AllowedDifference): string[] {
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return []
  const flags = {
    ...instruction.flags,
    ...(owners === true && {chown: '', chmod: ''}),
    ...(links === true && {link: false}),
  }
  return reads.map(({from, path, landing, exclude}) => {
    const origin = from.kind === 'stage' ? ['stage', from.stage.index] : [from]
    return JSON.stringify([stage.index, origin, path, landing, exclude, flags])
  })
}
