import {rootOf, stagesBehind} from '../../../build/graph/query-graph.js'
import {sentence} from '../../../languages/text/sentence.js'
import type {ComposeService} from '../../../plan/compose/service/compose-service.js'
import type {ComposeFacts, ServiceFacts} from '../../facts/compose/compose-facts.js'
import {appendPair} from '../../facts/compose/edit-compose.js'
import {lacksHealthCheck, usualCheck} from '../../facts/compose/known-images.js'
import type {ServiceBuild} from '../../facts/compose/service-build.js'
import type {ComposeChange, ComposeHit, ComposeRule} from '../define-compose-rule.js'

/** Finds services that wait for the health of one that has no health check. */
const rule: ComposeRule = {
  id: 'compose-no-health-check',
  severity: 'error',
  summary: 'Give a service a health check before others wait for it',
  reason:
    'Compose stops with "dependency failed to start: container has no healthcheck configured": the condition service_healthy can never become true. Docker Official Images have no health check.',
  remedy: 'Add a healthcheck to the dependency, or wait for service_started.',
  examples: {
    bad: [
      {
        compose:
          'services:\n  web:\n    image: example/web\n    depends_on:\n      cache:\n        condition: service_healthy\n  cache:\n    image: redis:7\n',
        expected:
          'services:\n  web:\n    image: example/web\n    depends_on:\n      cache:\n        condition: service_healthy\n  cache:\n    image: redis:7\n    healthcheck:\n      test: ["CMD", "redis-cli", "ping"]\n      interval: 5s\n      timeout: 3s\n      retries: 10\n',
      },
      {
        compose:
          'services:\n  web:\n    image: x/web\n    depends_on: {api: {condition: service_healthy}}\n  api:\n    build: .\n',
        files: {Dockerfile: 'FROM node:22\nCMD ["node", "a.js"]\n'},
      },
      {
        compose:
          'services:\n  web: {image: x/web, depends_on: {db: {condition: service_healthy}}}\n  db: {image: x/db, healthcheck: {disable: true}}\n',
      },
    ],
    good: [
      {
        compose:
          'services:\n  web: {image: x/web, depends_on: {db: {condition: service_healthy}}}\n  db: {image: postgres:17, healthcheck: {test: pg_isready}}\n',
      },
      {
        compose:
          'services:\n  web: {image: x/web, depends_on: {api: {condition: service_healthy}}}\n  api: {build: .}\n',
        files: {Dockerfile: 'FROM node:22\nHEALTHCHECK CMD true\n'},
      },
      {
        compose:
          'services:\n  web: {image: x/web, depends_on: {db: {condition: service_healthy}}}\n  db: {image: example/postgres:17}\n',
      },
      {compose: 'services:\n  web: {image: x/web, depends_on: [db]}\n  db: {image: postgres:17}\n'},
    ],
  },
  check: (facts) => facts.services.flatMap(({service}) => checkService(facts, service)),
}
export default rule

function checkService(facts: ComposeFacts, service: ComposeService): ComposeHit[] {
  return service.dependencies.flatMap(({name, condition, place}): ComposeHit[] => {
    const other = facts.find(name)
    if (condition !== 'service_healthy' || other === undefined) return []
    const why = findLack(facts, other)
    if (why === null) return []
    const change = addCheck(facts, other.service)
    return [
      {
        message: sentence`"${service.name}" waits until "${name}" is healthy, and ${why}: it never starts`,
        place,
        service: service.name,
        fix: `Add a healthcheck to "${name}", or wait for service_started`,
        ...(change && {change}),
      },
    ]
  })
}

/** Why a service can never be healthy; null: it can, or nobody knows from here. */
function findLack(facts: ComposeFacts, {service, build}: ServiceFacts): string | null {
  if (service.health === 'set') return null
  if (service.health === 'off') return 'its health check is turned off'
  const builder = service.build === null ? findBuilder(facts, service.image) : build
  if (builder !== null) {
    return builtLacks(builder) ? `neither it nor ${builder.file} has a health check` : null
  }
  if (service.build !== null || service.image === null || !lacksHealthCheck(service.image)) return null
  return `the image ${service.image} has no health check`
}

/** Another service of the project that builds an image of this name. */
function findBuilder({services}: ComposeFacts, image: string | null): ServiceBuild | null {
  if (image === null) return null
  return services.find(({service, build}) => service.image === image && build !== null)?.build ?? null
}

function builtLacks({graph}: ServiceBuild): boolean {
  const instructions = stagesBehind(graph.target).flatMap((stage) => stage.instructions)
  const last = instructions.findLast(({keyword}) => keyword === 'HEALTHCHECK')
  if (last !== undefined) return /^HEALTHCHECK\s+NONE\b/i.test(last.text)
  const root = rootOf(graph.target.end)
  return root.kind === 'scratch' || (root.kind === 'image' && lacksHealthCheck(root.image))
}

/** The usual check of a well-known image, behind the last key of its service. */
function addCheck(facts: ComposeFacts, {name, image, node, health}: ComposeService): ComposeChange | null {
  const words = image === null || health !== 'image' ? null : usualCheck(image)
  const {file} = node.place
  const text = facts.input.files.get(file)
  if (words === null || text === undefined || node.source?.kind !== 'map') return null
  if (node.entries.has('healthcheck')) return null
  const edit = appendPair(text, node.source, [
    'healthcheck:',
    `  test: [${words.map((word) => JSON.stringify(word)).join(', ')}]`,
    '  interval: 5s',
    '  timeout: 3s',
    '  retries: 10',
  ])
  if (edit === null) return null
  return {
    title: `add the usual health check for ${image} to ${name}`,
    proof: [{claim: `${name} has no health check`, evidence: `${image} has none, and none is set`}],
    questions: [
      `Does ${words.slice(1).join(' ')} work in ${name} with its configuration (user, password, port)?`,
    ],
    file,
    edits: [edit],
    changes: {[name]: ['healthcheck']},
  }
}
