import {isWithin} from '../../../languages/text/container-path.js'
import {sentence} from '../../../languages/text/sentence.js'
import type {ComposeMount} from '../../../plan/compose/service/read-mounts.js'
import type {ServiceFacts} from '../../facts/compose/compose-facts.js'
import {findHiddenCopies, findHiddenInstalls} from '../../facts/compose/hidden-by-mount.js'
import type {ServiceBuild} from '../../facts/compose/service-build.js'
import type {ComposeHit, ComposeRule} from '../define-compose-rule.js'

/** Finds volumes over code or packages of the image: they keep those of the first start. */
const rule: ComposeRule = {
  id: 'compose-stale-volume',
  severity: 'warning',
  summary: 'Keep code and packages out of volumes',
  reason:
    'Docker fills a volume from the image only once, when the volume is empty. After a new build the container still uses the old files in the volume, until the volume is removed.',
  remedy:
    'Use the volume only for a path with data, or run docker compose up --renew-anon-volumes after each build.',
  examples: {
    bad: [
      {
        compose: 'services:\n  api: {build: ., volumes: ["code:/app"]}\nvolumes: {code: {}}\n',
        files: {Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["python", "a.py"]\n', 'a.py': ''},
      },
      {
        compose: 'services:\n  web: {build: ., volumes: ["/app/node_modules"]}\n',
        files: {
          Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package.json .\nRUN npm ci\nCMD ["node", "a.js"]\n',
          'package.json': '{}',
        },
      },
    ],
    good: [
      {
        compose: 'services:\n  web: {build: ., volumes: ["static:/app/static"]}\nvolumes: {static: {}}\n',
        files: {
          Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./start.sh"]\n',
          'start.sh': '#!/bin/sh\npython manage.py collectstatic\nexec gunicorn app\n',
          'static/a.js': '',
        },
      },
      {
        compose: 'services:\n  api: {build: ., volumes: ["data:/app/data"]}\nvolumes: {data: {}}\n',
        files: {Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["python", "a.py"]\n', 'a.py': ''},
      },
    ],
  },
  check: ({services, development}) =>
    services.flatMap((one) =>
      one.service.mounts.flatMap((mount) => checkMount(one, mount, development !== null)),
    ),
}
export default rule

/** What programs hand to a web server in a volume, and write again when they start. */
const HANDED_OVER = /\/(?:static|staticfiles|static_root|collected_?static|assets|media|public)$/i
const WRITES_AGAIN = /\bcollectstatic\b|\bassets:(?:precompile|install)\b/

function isWrittenAgain({start}: ServiceFacts): boolean {
  const texts = (start?.actions ?? []).flatMap(({called, script}) => [called, script?.text ?? ''])
  return [...(start?.words ?? []), ...texts].some((text) => WRITES_AGAIN.test(text))
}

function checkMount(one: ServiceFacts, mount: ComposeMount, isMeant: boolean): ComposeHit[] {
  const {service, build} = one
  if (build === null || mount.kind !== 'volume') return []
  const isHandedOver = HANDED_OVER.test(mount.target)
  if (isHandedOver && isWrittenAgain(one)) return []
  const found = describeKept(build, mount, service.mounts)
  if (found === null) return []
  const kind = mount.volume === null ? 'the volume without a name' : `the volume "${mount.volume}"`
  // Packages in a volume are how development keeps them from a mount of the code.
  const isQuiet = isMeant || isHandedOver || service.mounts.some((other) => isAround(other, mount))
  return [
    {
      message: sentence`${kind} at "${mount.target}" in "${service.name}" keeps ${found} from its first start: a new build does not change it`,
      place: mount.place,
      service: service.name,
      ...(isQuiet && {severity: 'info' as const}),
      fix:
        mount.volume === null
          ? 'Start with docker compose up --renew-anon-volumes after a build'
          : `Remove the volume after a build, or keep only data in "${mount.volume}"`,
    },
  ]
}

function isAround(other: ComposeMount, mount: ComposeMount): boolean {
  return other.kind === 'bind' && other !== mount && isWithin(mount.target, other.target)
}

function describeKept(
  build: ServiceBuild,
  mount: ComposeMount,
  mounts: readonly ComposeMount[],
): string | null {
  const [install] = findHiddenInstalls(build, mount, mounts)
  if (install !== undefined) return `the packages of "${install.command}"`
  const copy = findHiddenCopies(build, mount).find(
    ({holdsCode, contextPath}) => holdsCode && contextPath !== null,
  )
  return copy === undefined ? null : `the code of "${copy.step.instruction.text}"`
}
