import path from 'node:path'
import {compareFindings, compareTexts} from '../../advice/compare-findings.js'
import {ComposeFacts, type ServiceFacts} from '../../advice/facts/compose/compose-facts.js'
import {findHiddenCopies} from '../../advice/facts/compose/hidden-by-mount.js'
import {lacksHealthCheck} from '../../advice/facts/compose/known-images.js'
import {COMPOSE_RULES} from '../../advice/rules/compose/all-compose-rules.js'
import {
  type ComposeChange,
  type ComposeProblem,
  runComposeRules,
} from '../../advice/rules/define-compose-rule.js'
import {readInlineIgnores} from '../../advice/rules/inline-ignores.js'
import {rootOf, stagesBehind} from '../../build/graph/query-graph.js'
import {applyRuleSettings} from '../../config/apply-settings.js'
import {childOf} from '../../languages/documents/document-node.js'
import {LineIndex} from '../../languages/text/line-index.js'
import type {Finding} from '../../report/context-report.js'
import type {
  ComposeReport,
  ComposeRewrite,
  ComposeServiceReport,
} from '../../report/project/compose-report.js'
import {isTestData, isVendored} from './is-vendored.js'
import {listFailures} from './list-failures.js'
import {type ComposeRequest, type LoadedCompose, loadCompose} from './load-compose.js'
import {keepKnown} from './missing-values.js'
import {holdsChange} from './try-change.js'

/** A report with what stands behind it. */
export interface ComposeAnalysis {
  report: ComposeReport
  loaded: LoadedCompose
  /** Each rewrite of the report with its change. */
  changes: ReadonlyMap<ComposeRewrite, ComposeChange>
}

/** Finds what goes wrong between the services of a Compose project. @throws SlimCheckError when it could not run */
export async function adviseCompose(request: ComposeRequest): Promise<ComposeAnalysis> {
  const loaded = keepKnown(await loadCompose(request))
  return reportCompose(loaded, request)
}

function reportCompose(loaded: LoadedCompose, request: ComposeRequest): ComposeAnalysis {
  const {input, settings} = loaded
  const facts = new ComposeFacts(input)
  const problems = runComposeRules(COMPOSE_RULES, facts)
  const names = request.services ?? []
  const isWanted = ({plan}: Finding) => names.length === 0 || plan === undefined || names.includes(plan)
  const ignores = readInlineIgnores(listTexts(loaded))
  const isOn = (finding: Finding) => settings.rules.get(finding.rule) !== 'off' && !ignores.isIgnored(finding)
  const wanted = problems.filter(({finding}) => isWanted(finding) && isOn(finding))
  const rewrites = wanted.flatMap((problem) => toRewrite(loaded, problem))
  const {projectDir} = loaded.project
  const isOfOthers = isVendored(projectDir, loaded.workingDir) || isTestData(projectDir, loaded.workingDir)
  // Whoever copied a library does not run its tests, and has not all that they need.
  const weigh = (findings: readonly Finding[]): Finding[] =>
    findings.map((one) => (isOfOthers ? {...one, severity: 'info'} : one))
  const changes = new Map(rewrites.map(({rewrite, change}) => [rewrite, change] as const))
  const report: ComposeReport = {
    schemaVersion: 1,
    context: request.contextDir,
    files: [...input.files.keys()].map(loaded.show),
    project: input.projectName,
    development: facts.development,
    services: facts.services
      .filter(({service}) => names.length === 0 || names.includes(service.name))
      .map((one) => reportService(facts, one)),
    inactive: [...loaded.inactive],
    findings: [
      ...weigh(listFailures(loaded)).filter((finding) => isWanted(finding) && !ignores.isIgnored(finding)),
      ...applyRuleSettings(
        [...weigh(wanted.map(({finding}) => finding)), ...ignores.findings],
        settings.rules,
      ),
    ].sort(compareFindings),
    rewrites: [...changes.keys()].sort(
      (one, other) => compareTexts(one.file, other.file) || one.line - other.line,
    ),
  }
  return {report, loaded, changes}
}

/** The compose files, by the names that findings give them. */
function listTexts({input, show}: LoadedCompose): Map<string, string> {
  return new Map([...input.files].map(([file, {text}]) => [show(file), text]))
}

/** None for a change that would change more than it says. */
function toRewrite(
  loaded: LoadedCompose,
  {finding, change}: ComposeProblem,
): {rewrite: ComposeRewrite; change: ComposeChange}[] {
  const text = change === null ? undefined : loaded.input.files.get(change.file)?.text
  if (change === null || text === undefined || !holdsChange(loaded, change)) return []
  const lines = new LineIndex(text)
  const edits = change.edits
    .map(({range: {start, end}, text: put}) => ({start, end, text: put}))
    .sort((one, other) => one.start - other.start)
  const {title, proof, questions} = change
  const rewrite: ComposeRewrite = {
    rule: finding.rule,
    confidence: questions.length === 0 ? 'safe' : 'review',
    file: loaded.show(change.file),
    line: lines.lineAt(edits[0]!.start),
    endLine: lines.lineAt(edits.at(-1)!.end),
    title,
    proof: [...proof],
    ...(questions.length > 0 && {questions: [...questions]}),
    edits,
  }
  return [{rewrite, change}]
}

function reportService(facts: ComposeFacts, one: ServiceFacts): ComposeServiceReport {
  const {service, build, start, development} = one
  const {name, place, limits, graceSeconds} = service
  const {show} = facts.input
  return {
    name,
    file: show(place.file),
    line: place.line,
    image: imageOf(facts, one),
    imageOf: service.build === null ? findMaker(facts, one) : null,
    build: service.build && {
      context: build === null ? contextOf(one, show) : show(build.contextPath) || '.',
      dockerfile: build?.file ?? null,
      target: build?.plan.target ?? null,
      sameAs: findSame(facts, one),
    },
    sizeBytes: null,
    command: start === null ? null : [...start.words],
    firstProcess: start?.firstProcess ?? (service.hasInit ? 'init' : 'unknown'),
    graceSeconds,
    limits: {memory: limits.memory, cpus: limits.cpus, pids: limits.pids},
    health: describeHealth(one),
    volumes: service.mounts.map((mount) => ({
      kind: mount.kind,
      source: mount.source === null ? mount.volume : show(mount.source) || '.',
      target: mount.target,
      isReadOnly: mount.isReadOnly,
      hides: mount.kind === 'volume' || build === null ? [] : listHidden(build, mount),
    })),
    development,
  }
}

/** Compose names what it builds after the project and the service. */
function imageOf({input}: ComposeFacts, {service}: ServiceFacts): string | null {
  return service.image ?? (service.build === null ? null : `${input.projectName}-${service.name}`)
}

function findMaker(facts: ComposeFacts, one: ServiceFacts): string | null {
  const image = imageOf(facts, one)
  const maker = facts.services.find(
    (other) => other.service.build !== null && imageOf(facts, other) === image,
  )
  return maker?.service.name ?? null
}

function listHidden(
  build: NonNullable<ServiceFacts['build']>,
  mount: ServiceFacts['service']['mounts'][number],
): string[] {
  const steps = new Set(findHiddenCopies(build, mount).map(({step}) => step))
  return [...steps].map(({instruction}) => `${build.file}:${instruction.line} ${instruction.text}`)
}

function contextOf({service}: ServiceFacts, show: (hostPath: string) => string): string {
  const node = service.build === null ? undefined : childOf(service.build, 'context')
  const given = node?.kind === 'scalar' ? node.text : '.'
  return path.isAbsolute(given) ? show(given) || '.' : given
}

function findSame({services}: ComposeFacts, one: ServiceFacts): string | null {
  const first = services.find(
    ({service}) => service.buildKey !== null && service.buildKey === one.service.buildKey,
  )
  return first === undefined || first === one ? null : first.service.name
}

function describeHealth({service, build}: ServiceFacts): ComposeServiceReport['health'] {
  if (service.health === 'set') return 'service'
  if (service.health === 'off') return 'none'
  if (build === null) {
    return service.build === null && service.image !== null && lacksHealthCheck(service.image)
      ? 'none'
      : 'unknown'
  }
  const instructions = stagesBehind(build.graph.target).flatMap((stage) => stage.instructions)
  const last = instructions.findLast(({keyword}) => keyword === 'HEALTHCHECK')
  if (last !== undefined) return /^HEALTHCHECK\s+NONE\b/i.test(last.text) ? 'none' : 'image'
  const root = rootOf(build.graph.target.end)
  if (root.kind === 'scratch') return 'none'
  return root.kind === 'image' && lacksHealthCheck(root.image) ? 'none' : 'unknown'
}
