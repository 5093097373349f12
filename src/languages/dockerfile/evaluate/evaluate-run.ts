import {resolvePath} from '../../text/clean-path.js'
import {quote} from '../../text/quote.js'
import {heredocBody, parseHeredocMark} from '../syntax/heredoc.js'
import type {Instruction} from '../syntax/instruction.js'
import {parseRunMounts, type RunMount} from '../syntax/run-mounts.js'
import type {EvaluatedMount, RunInstruction} from './evaluated-dockerfile.js'
import {describeOrigin, expandIn, makeSourceUse, type SourceUse, type StepContext} from './step-context.js'

/** Evaluates RUN and notes each path that its mounts ask for. */
export function evaluateRun(context: StepContext): {instruction: RunInstruction; uses: SourceUse[]} {
  const {step, base, scope} = context
  const {instruction} = step
  const parsed = parseRunMounts(instruction, (word) => expandIn(context, word), scope.fail)
  const mounts: EvaluatedMount[] = []
  const uses: SourceUse[] = []
  for (const [index, mount] of parsed.entries()) {
    const {type, source, target, id} = mount
    const origin = step.origins[index] ?? null
    mounts.push({type, source, target, id, from: origin && describeOrigin(origin)})
    if (origin && !context.isBuilt(origin)) {
      scope.fail(`cannot mount from stage ${quote(origin.name || `${origin.index}`)}: it is built later`)
    }
    if (type === 'secret' || type === 'ssh') continue
    checkTarget(context, target)
    uses.push(...mountUses(context, mount, index))
  }
  const {isJson} = instruction
  return {instruction: {...base, keyword: 'RUN', script: runScript(instruction), isJson, mounts}, uses}
}

/** A tmpfs mount asks for its source like a bind mount although it reads nothing; a cache only through `from`. */
function mountUses(context: StepContext, mount: RunMount, index: number): SourceUse[] {
  const origin = context.step.origins[index] ?? null
  if (mount.type === 'cache' && !origin) return []
  const facts = {origin, written: mount.writtenSource, expanded: mount.source}
  if (mount.type !== 'tmpfs') return [makeSourceUse(context, {...facts, isRead: true})]
  return [makeSourceUse(context, {...facts, isRead: false, implicitReason: 'tmpfs-mount'})]
}

/** Nothing can be mounted over the root; where the working directory is unknown a relative target may be right. */
function checkTarget({base, scope}: StepContext, target: string): void {
  if (!target.startsWith('/') && base.workdir === null) return
  if (resolvePath(base.workdir ?? '/', target) === '/') {
    scope.fail(`the mount's target ${quote(target)} is the root directory`)
  }
}

/** What the shell is given: a heredoc that is the whole command is the script itself. */
function runScript({args, isJson, heredocs}: Instruction): string {
  const command = args.join(' ')
  const [first] = heredocs
  if (isJson || !first) return command
  if (parseHeredocMark(command)) return heredocBody(first)
  return [command, ...heredocs.map(({content, name}) => content + name)].join('\n')
}
