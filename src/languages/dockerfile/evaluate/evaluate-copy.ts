import {quote} from '../../text/quote.js'
import {heredocBody, parseHeredocMark} from '../syntax/heredoc.js'
import {flagValue, type Instruction} from '../syntax/instruction.js'
import {expandWord} from '../words/expand-word.js'
import type {CopyFlags, CopyInstruction, InlineFile} from './evaluated-dockerfile.js'
import {sourceKind} from './names/remote-source.js'
import {describeOrigin, expandIn, type StepContext} from './step-context.js'

const OCTAL_MODE = /^[0-7]+$/
const SYMBOLIC_MODE = /^[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+(?:,[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+)*$/
const MAX_MODE = 0o7777

/** Evaluates COPY or ADD. */
export function evaluateCopy(context: StepContext): CopyInstruction {
  const {step, base, name, isBuilt, scope} = context
  const {instruction} = step
  const keyword = instruction.keyword === 'ADD' ? 'ADD' : 'COPY'
  const written = instruction.args.slice(0, -1).filter((source) => !parseHeredocMark(source))
  const sources = written.map((source) => expandIn(context, source))
  const destination = expandIn(context, instruction.args.at(-1) ?? '')
  const [origin = null] = step.origins
  if (origin && !isBuilt(origin)) {
    scope.fail(`cannot copy from stage ${quote(origin.name || `${origin.index}`)}: it is built later`)
  }
  const flags = evaluateFlags(context, sources)
  const inlineFiles = expandHeredocs(context)
  if (keyword === 'COPY') checkLocal(context, sources)
  const from = origin && describeOrigin(origin)
  const {heredocs} = instruction
  return {...base, keyword, name, sources, destination, from, heredocs, inlineFiles, flags}
}

function checkLocal({scope}: StepContext, sources: readonly string[]): void {
  const remote = sources.find((source) => sourceKind(source) !== 'local')
  if (remote !== undefined) scope.fail(`COPY cannot take the remote source ${quote(remote)}: use ADD`)
}

/** Expands the flags. Docker leaves a `--chown` and an `--exclude` unchecked until it copies. */
function evaluateFlags(context: StepContext, sources: readonly string[]): CopyFlags {
  const {instruction} = context.step
  const expandFlag = (name: string) => expandIn(context, flagValue(instruction, name))
  const chown = expandFlag('chown')
  const chmod = expandFlag('chmod')
  const checksum = checkFlags(context, sources, chmod, expandFlag)
  const exclude = instruction.flags.filter(({name}) => name === 'exclude')
  return {
    chown,
    chmod,
    link: isOn(instruction, 'link') ?? false,
    parents: isOn(instruction, 'parents') ?? false,
    exclude: exclude.map(({value}) => expandIn(context, value ?? '')),
    checksum,
    keepGitDir: isOn(instruction, 'keep-git-dir') ?? false,
    unpack: isOn(instruction, 'unpack'),
  }
}

/** Null where a switch is not given. */
function isOn({flags}: Instruction, name: string): boolean | null {
  const flag = flags.find((one) => one.name === name)
  return flag === undefined ? null : flag.value === null || flag.value.toLowerCase() === 'true'
}

/** @returns the checksum */
function checkFlags(
  {scope}: StepContext,
  sources: readonly string[],
  mode: string,
  expandFlag: (name: string) => string,
): string {
  const isMode = OCTAL_MODE.test(mode) ? Number.parseInt(mode, 8) <= MAX_MODE : SYMBOLIC_MODE.test(mode)
  if (mode !== '' && !isMode) scope.fail(`bad mode ${quote(mode)}: write 755 or u=rwX,go=rX`)
  const [source = '', ...more] = sources
  const checksum = expandFlag('checksum')
  if (checksum === '') return ''
  if (more.length > 0 || sourceKind(source) === 'local') scope.fail('"--checksum" needs one remote source')
  return checksum
}

/** The files that the heredocs make: their text is no source. */
function expandHeredocs({step, scope}: StepContext): InlineFile[] {
  return step.instruction.heredocs.map((heredoc) => {
    const body = heredocBody(heredoc)
    const inner = {...scope, escapeCharacter: '\\'}
    const content = heredoc.isExpanded ? expandWord(body, inner, {ignoresQuotes: true}) : body
    return {name: heredoc.name, content}
  })
}
