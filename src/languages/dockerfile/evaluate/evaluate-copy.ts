import {quote} from '../../text/quote.js'
import {heredocBody, parseHeredocMark} from '../syntax/heredoc.js'
import {flagValue} from '../syntax/instruction.js'
import {expandWord} from '../words/expand-word.js'
import type {CopyInstruction} from './evaluated-dockerfile.js'
import {isHttp, sourceKind} from './remote-source.js'
import {describeOrigin, expandIn, makeSourceUse, type SourceUse, type StepContext} from './step-context.js'

const OCTAL_MODE = /^[0-7]+$/
const SYMBOLIC_MODE = /^[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+(?:,[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+)*$/
const MAX_MODE = 0o7777

/** Evaluates COPY or ADD and notes each path that it asks for. */
export function evaluateCopy(context: StepContext): {instruction: CopyInstruction; uses: SourceUse[]} {
  const {step, base, isBuilt, scope} = context
  const {instruction} = step
  const keyword = instruction.keyword === 'ADD' ? 'ADD' : 'COPY'
  const written = instruction.args.slice(0, -1).filter((source) => !parseHeredocMark(source))
  const sources = written.map((source) => expandIn(context, source))
  const destination = expandIn(context, instruction.args.at(-1) ?? '')
  const [origin = null] = step.origins
  if (origin && !isBuilt(origin)) {
    scope.fail(`cannot copy from stage ${quote(origin.name || `${origin.index}`)}: it is built later`)
  }
  checkModes(context, sources)
  checkHeredocs(context)
  const uses = sources.flatMap((source, index) => {
    const kind = checkedKind(context, keyword, source)
    if (kind === 'http' || isHttp(source)) return []
    const facts = {origin, written: written[index] ?? '', expanded: source, isRead: kind === 'local'}
    // A remote is asked for like a path by BuildKit too, though nothing reads it.
    return [makeSourceUse(context, kind === 'git' ? {...facts, implicitReason: 'git-remote'} : facts)]
  })
  const from = origin && describeOrigin(origin)
  return {instruction: {...base, keyword, sources, destination, from, heredocs: instruction.heredocs}, uses}
}

function checkedKind({scope}: StepContext, keyword: 'COPY' | 'ADD', source: string) {
  const kind = sourceKind(source)
  if (keyword === 'COPY' && kind !== 'local') {
    scope.fail(`COPY cannot take the remote source ${quote(source)}: use ADD`)
  }
  return kind
}

function checkModes(context: StepContext, sources: readonly string[]): void {
  const {step, scope} = context
  const expandFlag = (name: string) => expandIn(context, flagValue(step.instruction, name))
  expandFlag('chown')
  const mode = expandFlag('chmod')
  const isMode = OCTAL_MODE.test(mode) ? Number.parseInt(mode, 8) <= MAX_MODE : SYMBOLIC_MODE.test(mode)
  if (mode !== '' && !isMode) scope.fail(`bad mode ${quote(mode)}: write 755 or u=rwX,go=rX`)
  const [source = '', ...more] = sources
  if (expandFlag('checksum') === '') return
  if (more.length > 0 || sourceKind(source) === 'local') scope.fail('"--checksum" needs one remote source')
}

/** Expands the heredocs for the errors' sake: their text is no source. */
function checkHeredocs({step, scope}: StepContext): void {
  for (const heredoc of step.instruction.heredocs) {
    if (!heredoc.isExpanded) continue
    expandWord(heredocBody(heredoc), {...scope, escapeCharacter: '\\'}, {ignoresQuotes: true})
  }
}
