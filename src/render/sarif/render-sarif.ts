import type {Fix, Log, ReportingDescriptor, Result} from 'sarif'
import type {ContextReport, Severity} from '../../report/context-report.js'
import type {RuleDescription} from '../../report/rule-description.js'
import {PROJECT_URL} from '../../report/rule-description.js'
import {listNotices, type Notice} from '../list-notices.js'
import {guessContextPath, toRepositoryPath} from '../repository-path.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {createFingerprint} from './create-fingerprint.js'
import {describeRule} from './describe-rule.js'

export interface SarifOptions {
  /** The version of this program. */
  toolVersion: string
  /** What documents the rules of findings. */
  rules: readonly RuleDescription[]
  /** The context, relative to the root of the repository; default: as it was given, if that is relative. */
  contextPath?: string
  /** Tells several uploads of one commit apart, as GitHub's `category` does. */
  category?: string
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'
const ROOT = '%SRCROOT%'
const FALLBACK_FILE = '.dockerignore'
const LEVELS: Record<Severity, Result.level> = {error: 'error', warning: 'warning', info: 'note'}

/** Renders findings, exceeded budgets and safe suggestions as SARIF 2.1.0 for GitHub's code scanning. */
export function renderSarif(report: ContextReport, options: SarifOptions): string {
  const notices = listNotices(report)
  const ids = [...new Set(notices.map(toRuleId))].sort()
  const descriptors = ids.map((id) => describeRule(id, options.rules))
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {driver: createDriver(descriptors, options.toolVersion)},
        ...(options.category !== undefined && {automationDetails: {id: `slim-check/${options.category}/`}}),
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {[ROOT]: {description: {text: 'The root of the repository'}}},
        invocations: [{executionSuccessful: true}],
        results: createResults(notices, ids, options.contextPath ?? guessContextPath(report) ?? '.'),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function createDriver(rules: ReportingDescriptor[], version: string) {
  return {name: 'slim-check', semanticVersion: version, version, informationUri: PROJECT_URL, rules}
}

/** Budgets and suggestions have rules of their own, so that their names cannot meet those of findings. */
function toRuleId({source, rule}: Notice): string {
  return source === 'finding' ? rule : `${source}/${rule}`
}

function createResults(notices: readonly Notice[], ids: readonly string[], contextPath: string): Result[] {
  const seen = new Map<string, number>()
  return notices.map((notice) => {
    const ruleId = toRuleId(notice)
    const fingerprint = createFingerprint([ruleId, ...notice.identity])
    const number = (seen.get(fingerprint) ?? 0) + 1
    seen.set(fingerprint, number)
    const {uri, startLine, place} = locate(notice, contextPath)
    return {
      ruleId,
      ruleIndex: ids.indexOf(ruleId),
      level: LEVELS[notice.level],
      message: {text: escapeMessage(place + notice.message)},
      locations: [{physicalLocation: {artifactLocation: {uri, uriBaseId: ROOT}, region: {startLine}}}],
      ...(notice.edits !== undefined && place === '' && {fixes: [createFix(notice.edits, uri)]}),
      // The first is the name that GitHub looks for.
      partialFingerprints: {
        primaryLocationLineHash: `${fingerprint.slice(0, 16)}:${number}`,
        'slimCheckFingerprint/v1': `${fingerprint}:${number}`,
      },
    }
  })
}

/** Offsets are in UTF-16 code units, as `columnKind` says, and do not count a byte-order mark. */
function createFix(edits: Notice['edits'] & object, uri: string): Fix {
  const replacements = edits.map(({start, end, text}) => ({
    deletedRegion: {charOffset: start, charLength: end - start},
    ...(text !== '' && {insertedContent: {text}}),
  }))
  return {artifactChanges: [{artifactLocation: {uri, uriBaseId: ROOT}, replacements}]}
}

/** Where to show it. GitHub wants a place within the repository and a line; what has none gets the first line. */
function locate({file, line}: Notice, contextPath: string): {uri: string; startLine: number; place: string} {
  const known = toRepositoryPath(file, contextPath)
  if (known !== null) return {uri: encodePath(known), startLine: line ?? 1, place: ''}
  const other = toRepositoryPath(FALLBACK_FILE, contextPath) ?? FALLBACK_FILE
  return {uri: encodePath(other), startLine: 1, place: `${file}${line === undefined ? '' : `:${line}`} `}
}

/** A path as a relative reference: every segment percent-encoded; what is no text becomes U+FFFD. */
function encodePath(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd')))
    .join('/')
}

/** Plain text, in which SARIF knows links of the form `[text](target)`. */
function escapeMessage(text: string): string {
  return escapeForTerminal(text).replace(/\[(?=[^\]]*\]\()/g, '\\[')
}
