import path from 'node:path'
import {childOf, type DocumentNode} from '../../../languages/documents/document-node.js'
import {readExec} from '../../../languages/scripts/read-shell.js'
import {sentence} from '../../../languages/text/sentence.js'
import type {ComposeService} from '../../../plan/compose/service/compose-service.js'
import {buildLacks, type CheckProgram, lacksProgram} from '../../facts/compose/absent-programs.js'
import type {ComposeFacts, ServiceFacts} from '../../facts/compose/compose-facts.js'
import type {ComposeHit, ComposeRule} from '../define-compose-rule.js'

/** Finds health checks that call a program which the image does not have. */
const rule: ComposeRule = {
  id: 'compose-check-program',
  severity: 'warning',
  summary: 'Check health with a program that the image has',
  reason:
    'Slim images have neither curl nor wget, those of Alpine no curl: the check fails each time, the service stays unhealthy, and what waits for its health never starts. In a project for development it is an info where nothing waits.',
  remedy:
    'Call what the image has (wget of Alpine, the interpreter of the language), or install the program.',
  examples: {
    bad: [
      {
        compose:
          'services:\n  api:\n    build: .\n    healthcheck: {test: ["CMD", "curl", "-f", "http://localhost/"]}\n',
        files: {
          Dockerfile: 'FROM python:3.13-slim\nCOPY api.py /\nCMD ["python", "/api.py"]\n',
          'api.py': '',
        },
      },
      {
        compose:
          'services:\n  api:\n    image: node:22-alpine\n    healthcheck: {test: "curl -f http://localhost/ || exit 1"}\n',
      },
      {
        compose:
          'services:\n  api:\n    build: .\n    healthcheck: {test: ["CMD-SHELL", "wget -q http://localhost/ || exit 1"]}\n',
        files: {
          Dockerfile:
            'FROM golang:1.25 AS build\nRUN go build -o /api\nFROM scratch\nCOPY --from=build /api /api\n',
        },
      },
    ],
    good: [
      {
        compose:
          'services:\n  api:\n    build: .\n    healthcheck: {test: ["CMD", "curl", "http://localhost/"]}\n',
        files: {Dockerfile: 'FROM python:3.13-slim\nRUN apt-get update && apt-get install -y curl\n'},
      },
      {
        compose:
          'services:\n  api:\n    build: .\n    healthcheck: {test: ["CMD", "curl", "http://localhost/"]}\n',
        files: {Dockerfile: 'FROM python:3.13-slim\nCOPY install.sh /\nRUN /install.sh\n', 'install.sh': ''},
      },
      {
        compose:
          'services:\n  api: {image: "node:22-alpine", healthcheck: {test: ["CMD", "wget", "-q", "http://localhost/"]}}\n  web: {image: "node:22", healthcheck: {test: ["CMD", "curl", "http://localhost/"]}}\n',
      },
      {
        compose:
          'services:\n  api: {image: "node:22-slim", healthcheck: {test: "curl http://localhost/ || node check.js"}}\n',
      },
      {
        compose:
          'services:\n  api: {image: "node:22-slim", command: sh -c "apt-get install curl && node a.js", healthcheck: {test: curl http://localhost/}}\n',
      },
    ],
  },
  check: (facts) => facts.services.flatMap((one) => checkService(facts, one)),
}
export default rule

function checkService(facts: ComposeFacts, {service, build, start}: ServiceFacts): ComposeHit[] {
  const test = childOf(childOf(service.node, 'healthcheck'), 'test')
  const program = service.health === 'set' && test !== undefined ? findProgram(test) : null
  if (test === undefined || program === null) return []
  // What installs it when the container starts.
  if (start?.words.some((word) => word.includes(program))) return []
  const image = build === null ? imageWithout(service, program) : buildLacks(build, program)
  if (image === null) return []
  const waiting = facts.services.find(({service: {dependencies}}) =>
    dependencies.some(({name, condition}) => name === service.name && condition === 'service_healthy'),
  )
  const what = sentence`the health check of "${service.name}" calls ${program}, which ${image === 'scratch' ? 'an image from scratch' : image} does not have`
  return [
    {
      message:
        waiting === undefined
          ? sentence`${what}: it is never healthy`
          : sentence`${what}: "${waiting.service.name}", which waits for it, never starts`,
      place: test.place,
      service: service.name,
      ...(waiting && {severity: 'error' as const}),
      // Nothing waits for it, and nobody looks at it but who works on the code.
      ...(!waiting && facts.development !== null && {severity: 'info' as const}),
      fix: `Call a program that the image has, or install ${program}`,
    },
  ]
}

/** A service with a build that is not read from here has an image that nobody knows. */
function imageWithout({image, build}: ComposeService, program: CheckProgram): string | null {
  return build === null && image !== null && lacksProgram(image, program) ? image : null
}

const ENDS = /^(?:exit|false|true|kill|:)$/

/** The one program that a check calls; null for another one, and where it tries several. */
function findProgram(test: DocumentNode): CheckProgram | null {
  const items = test.kind === 'list' ? test.items : [test]
  const words = items.map((item) => (item.kind === 'scalar' ? item.text : ''))
  const exec = test.kind === 'list' && words[0] === 'CMD' ? words.slice(1) : ['sh', '-c', words.at(-1) ?? '']
  const called = readExec(exec, {directory: '/'}).filter(
    ({words: [name = '']}) => name !== '' && !ENDS.test(name),
  )
  const [only, ...others] = called.map(({words: [name = '']}) => path.posix.basename(name))
  return others.length === 0 && (only === 'curl' || only === 'wget') ? only : null
}
