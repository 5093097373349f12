import {rootOf, stepsBehind} from '../../../build/graph/query-graph.js'
import {listActions} from '../../../languages/scripts/list-actions.js'
import {joinNames, sentence} from '../../../languages/text/sentence.js'
import type {ComposeFacts, ServiceFacts} from '../../facts/compose/compose-facts.js'
import {type ForeignProgram, findForeignProgram} from '../../facts/compose/known-images.js'
import type {ServiceBuild} from '../../facts/compose/service-build.js'
import {mainCommand, type ServiceStart} from '../../facts/compose/service-start.js'
import type {ComposeHit, ComposeRule} from '../define-compose-rule.js'

/** Finds services that run somebody else's program from the project's own image. */
const rule: ComposeRule = {
  id: 'compose-foreign-program',
  severity: 'warning',
  summary: 'Run third-party programs from their own images',
  reason:
    'An image with all packages of the project is built, pulled and scanned for a program that uses none of them, such as a monitor, a proxy or a scheduler. Which packages the program imports is likely, not proved: it is a warning where the project lists packages that are known to be large, or builds the image for the program alone, else an info.',
  remedy: 'Use the official image of the program, or a small stage with only what it needs.',
  examples: {
    bad: [
      {
        compose: 'services:\n  flower:\n    build: .\n    command: celery -A app flower\n',
        files: {
          Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n',
          'requirements.txt': 'celery\nflower\ntorch\n',
        },
      },
      {
        compose:
          'services:\n  api: {build: ., command: python a.py}\n  proxy: {build: ., command: "nginx -g \'daemon off\'"}\n',
        files: {Dockerfile: 'FROM python:3.13\n'},
      },
    ],
    good: [
      {compose: 'services:\n  proxy: {build: .}\n', files: {Dockerfile: 'FROM nginx:1\nCMD ["nginx"]\n'}},
      {compose: 'services:\n  flower: {image: mher/flower, command: celery flower}\n'},
      {
        compose: 'services:\n  front: {build: .}\n',
        files: {
          Dockerfile:
            'FROM alpine:3.22\nRUN apk add nginx yarn\nWORKDIR /var/www\nCOPY . .\nRUN yarn install --production\nCMD ["nginx", "-g", "daemon off;"]\n',
          'package.json': '{"dependencies": {"jquery": "3"}}\n',
        },
      },
      {
        compose: 'services:\n  front: {build: ., command: "caddy run"}\n',
        files: {Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n'},
      },
    ],
  },
  check: (facts) => facts.services.flatMap((one) => checkService(facts, one)),
}
export default rule

function checkService(facts: ComposeFacts, one: ServiceFacts): ComposeHit[] {
  const {service, build, start} = one
  const command = start === null ? null : mainCommand(start)
  const program = command === null ? null : findForeignProgram(command.words)
  if (build === null || program === null || isItsOwnImage(build, program)) return []
  const others = facts.services.filter(
    (other) => other !== one && other.service.buildKey === service.buildKey && !runsForeign(other),
  )
  const install = isMadeFor(start!, program) ? null : findInstall(build)
  if (others.length === 0 && install === null) return []
  const unused = listHeavyPackages(build)
  // An image that other services use is there anyway: only what makes it large is worth a warning.
  const isShared = others.length > 0 && unused.length === 0
  const isQuiet = facts.development !== null || program.image === null || isShared
  const why =
    others.length > 0
      ? `from the image of ${joinNames(
          others.map((other) => other.service.name),
          3,
        )}`
      : `from an image with all packages of the project (${install})`
  const likely = unused.length === 0 ? '' : `; it probably does not use ${joinNames(unused, 4)}`
  return [
    {
      message: sentence`"${service.name}" runs ${program.name} alone, ${why}${likely}`,
      place: start!.origin.isService ? start!.origin : (service.build ?? service).place,
      service: service.name,
      ...(isQuiet && {severity: 'info' as const}),
      fix:
        program.image === null
          ? `Build a small stage for it, with ${program.needs}`
          : `Use the image ${program.image}, or a small stage with ${program.needs}`,
    },
  ]
}

function runsForeign({start}: ServiceFacts): boolean {
  const command = start === null ? null : mainCommand(start)
  return command !== null && findForeignProgram(command.words) !== null
}

/** The image starts the program itself, or the packages in it make what the program serves: they are there for it. */
function isMadeFor({origin}: ServiceStart, {needs}: ForeignProgram): boolean {
  return !origin.isService || needs.includes('files that it serves')
}

/** The image stands on that of the program. */
function isItsOwnImage({graph}: ServiceBuild, {name, image}: ForeignProgram): boolean {
  const root = rootOf(graph.target.end)
  const base = root.kind === 'image' ? root.image : root.kind === 'named-context' ? root.name : ''
  const words = [name, image ?? ''].flatMap((text) => text.split(/[/\s-]/)).filter((word) => word.length > 3)
  return words.some((word) => base.includes(word)) || (name === 'nginx' && /openresty|angie/.test(base))
}

/** The instruction that installs what the project lists; null for none. */
function findInstall({graph, timeline, file}: ServiceBuild): string | null {
  const lines = new Set(stepsBehind(graph.target).map(({instruction}) => instruction.line))
  const event = timeline.events.find(
    (one) =>
      one.kind === 'run' &&
      !one.isStart &&
      listActions(one.commands).some(
        ({makes, isPartial}) =>
          !isPartial && makes?.some((kind) => /^(?:npm|pip|bundle|composer)-install$/.test(kind)),
      ),
  )
  if (event === undefined || lines.size === 0) return null
  return event.where.place.replace(/^.*(?=:\d+$)/, file)
}

/** The largest, which a reader knows. */
const HEAVY_FIRST = ['torch', 'tensorflow', 'transformers', 'jax', 'pyspark', 'scipy', 'pandas']

const HEAVY =
  /^(?:torch|torchvision|tensorflow|tensorflow-gpu|jax|transformers|sentence-transformers|nvidia-[\w-]+|scipy|pandas|numpy|scikit-learn|opencv-python|pyspark|playwright|selenium|jupyterlab|spacy|onnxruntime|xgboost|lightgbm)$/

/** Large packages that the project lists, by name. */
function listHeavyPackages({evidence}: ServiceBuild): string[] {
  const found = new Set<string>()
  for (const [path, text] of evidence) {
    if (!/(?:^|\/)(?:requirements[\w.-]*\.(?:txt|in)|pyproject\.toml)$/.test(path)) continue
    for (const [, name = ''] of text.matchAll(
      /^[ \t]*["']?([A-Za-z][\w.-]*?)(?:\[[^\]]*\])?\s*(?:[<>=~!;,"'\s]|$)/gm,
    ))
      if (HEAVY.test(name.toLowerCase())) found.add(name.toLowerCase())
  }
  return HEAVY_FIRST.filter((name) => found.has(name)).concat(
    [...found].filter((name) => !HEAVY_FIRST.includes(name)),
  )
}
