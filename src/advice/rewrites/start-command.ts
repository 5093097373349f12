import type {BuildGraph} from '../../build/graph/build-graph.js'
import {stagesBehind} from '../../build/graph/query-graph.js'
import type {OtherInstruction} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {scriptOf} from '../../languages/dockerfile/syntax/inner-text.js'
import {listActions} from '../../languages/scripts/list-actions.js'
import {readExec, readShell} from '../../languages/scripts/read-shell.js'
import type {ShellCommand} from '../../languages/scripts/shell-command.js'
import {resolveContainerPath} from '../../languages/text/container-path.js'
import type {MappedText} from '../../languages/text/mapped-text.js'

/** What a container of the image starts, as far as the Dockerfile says it. */
export interface StartCommand {
  instruction: OtherInstruction
  /** In shell form, or a JSON array. */
  isShell: boolean
  script: MappedText
  /** With their ranges in the Dockerfile. */
  commands: readonly ShellCommand[]
}

/** Tells whether a command installs the packages of a project. */
export function installsPackages(command: ShellCommand): boolean {
  return listActions([command]).some(({makes}) =>
    makes?.some((step) => /^(?:npm|pip|bundle|composer|bower)-install$|^mix-deps$/.test(step)),
  )
}

/** Finds the ENTRYPOINT or, without one, the CMD of the image that is built; null where the base image alone has them. */
export function findStart(graph: BuildGraph): StartCommand | null {
  const instructions = stagesBehind(graph.target).flatMap((stage) => stage.instructions)
  const last = (keyword: string) =>
    instructions.findLast((one): one is OtherInstruction => one.keyword === keyword && !one.isInherited)
  const instruction = last('ENTRYPOINT') ?? last('CMD')
  if (instruction === undefined || instruction.args.length === 0) return null
  const {written, state, args} = instruction
  const script = scriptOf(written)
  const start = {directory: resolveContainerPath('/', state.directory)}
  const isShell = !written.isJson
  return {
    instruction,
    isShell,
    script,
    commands: isShell ? readShell(script, start) : readExec(args, start, script),
  }
}
