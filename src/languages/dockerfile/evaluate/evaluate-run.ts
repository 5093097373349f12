import {resolvePath} from '../../text/clean-path.js'
import {quote} from '../../text/quote.js'
import {parseHeredocMark} from '../syntax/heredoc.js'
import {scriptOf} from '../syntax/inner-text.js'
import type {Instruction} from '../syntax/instruction.js'
import {parseRunMounts, type RunMount} from '../syntax/run-mounts.js'
import type {EvaluatedMount, Origin, RunInstruction} from './evaluated-dockerfile.js'
import {describeOrigin, expandIn, type StepContext} from './step-context.js'

/** Evaluates RUN. */
export function evaluateRun(context: StepContext): RunInstruction {
  const {step, base, name, scope} = context
  const {instruction} = step
  const parsed = parseRunMounts(instruction, (word) => expandIn(context, word), scope.fail)
  const mounts: EvaluatedMount[] = []
  for (const [index, mount] of parsed.entries()) {
    const {type, target} = mount
    const origin = step.origins[index] ?? null
    mounts.push(evaluateMount(mount, origin && describeOrigin(origin)))
    if (origin && !context.isBuilt(origin)) {
      scope.fail(`cannot mount from stage ${quote(origin.name || `${origin.index}`)}: it is built later`)
    }
    if (type !== 'secret' && type !== 'ssh') checkTarget(context, target)
  }
  const {isJson} = instruction
  const script = scriptOf(instruction).text
  const flag = (key: string) =>
    instruction.flags.filter((one) => one.name === key).map(({value}) => value ?? '')
  return {
    ...base,
    keyword: 'RUN',
    name,
    script,
    isJson,
    mounts,
    ...evaluateCommand(instruction, script, base.state.shell ?? DEFAULT_SHELL),
    network: (flag('network')[0] as RunInstruction['network']) ?? null,
    security: (flag('security')[0] as RunInstruction['security']) ?? 'sandbox',
    devices: flag('device').map((device) => expandIn(context, device)),
  }
}

const DEFAULT_SHELL: readonly string[] = ['/bin/sh', '-c']

/** A heredoc that is the whole command and begins with `#!` becomes a file in a directory that only the step sees. */
function evaluateCommand(
  {args, isJson, heredocs}: Instruction,
  script: string,
  shell: readonly string[],
): Pick<RunInstruction, 'command' | 'scriptFile'> {
  if (isJson) return {command: args, scriptFile: null}
  const [first] = heredocs
  const isFile = first !== undefined && parseHeredocMark(args.join(' ')) && first.content.startsWith('#!')
  if (!isFile) return {command: [...shell, script], scriptFile: null}
  return {
    command: [...shell, `/dev/pipes/${first.name}`],
    scriptFile: {name: first.name, content: script},
  }
}

const OFF = /^(?:0|f|false)$/i

/** Fills in what BuildKit takes where a field is not given. */
function evaluateMount({fields, ...mount}: RunMount, from: Origin | null): EvaluatedMount {
  const isOn = (key: string) => fields.has(key) && !OFF.test(fields.get(key) ?? '')
  const {type, source, writtenSource, target, id} = mount
  const isReadOnly = type === 'bind' ? !isOn('rw') && !OFF.test(fields.get('ro') ?? '') : isOn('ro')
  const number = (key: string) => (fields.has(key) ? Number(fields.get(key)) : null)
  return {
    type,
    from,
    source,
    writtenSource,
    target,
    id,
    isReadOnly,
    isRequired: isOn('required'),
    sharing: fields.get('sharing')?.toLowerCase() || 'shared',
    mode: fields.get('mode')?.replace(/^0+(?=.)/, '') ?? null,
    uid: number('uid'),
    gid: number('gid'),
    size: fields.has('size') ? readMemorySize(fields.get('size') ?? '') : null,
    env: fields.get('env') ?? '',
  }
}

/** Reads a size as Docker does for memory: `64m` is 64 MiB. */
function readMemorySize(text: string): number {
  const [, number = '0', unit = ''] = /^([\d.]+) ?([kmgtp]?)/i.exec(text) ?? []
  return Math.floor(Number(number) * 1024 ** ('kmgtp'.indexOf(unit.toLowerCase() || '?') + 1))
}

/** Nothing can be mounted over the root; where the working directory is unknown a relative target may be right. */
function checkTarget({base, scope}: StepContext, target: string): void {
  if (!target.startsWith('/') && base.workdir === null) return
  if (resolvePath(base.workdir ?? '/', target) === '/') {
    scope.fail(`the mount's target ${quote(target)} is the root directory`)
  }
}
