import {sentence} from '../../../languages/text/sentence.js'
import type {ComposeFacts, ServiceFacts} from '../../facts/compose/compose-facts.js'
import {findHiddenInstalls} from '../../facts/compose/hidden-by-mount.js'
import type {ComposeHit, ComposeRule} from '../define-compose-rule.js'

/** Finds mounts that hide the packages which a RUN installs. */
const rule: ComposeRule = {
  id: 'compose-hidden-install',
  severity: 'warning',
  summary: 'Do not hide the packages of the image with a mount',
  reason:
    'The container does not see what a RUN installs in a mounted directory: it uses the packages of the host, which may be for another system, or finds none.',
  remedy:
    'Mount only the source folders, or add a volume for the packages inside the mount, such as /app/node_modules.',
  examples: {
    bad: [
      {
        compose: 'services:\n  web: {build: ., volumes: [".:/app"]}\n',
        files: {
          Dockerfile:
            'FROM node:22\nWORKDIR /app\nCOPY package.json .\nRUN npm install\nCMD ["node", "a.js"]\n',
          'package.json': '{}',
        },
      },
    ],
    good: [
      {
        compose: 'services:\n  web: {build: ., volumes: [".:/app", "/app/node_modules"]}\n',
        files: {
          Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package.json .\nRUN npm install\n',
          'package.json': '{}',
        },
      },
      {
        compose: 'services:\n  web: {build: ., volumes: [".:/app"]}\n',
        files: {
          Dockerfile:
            'FROM node:22\nENV PATH=$PATH:/node_modules/.bin\nWORKDIR /app\nCOPY package.json .yarnrc ./\nRUN yarn install\n',
          'package.json': '{}',
          '.yarnrc': '--modules-folder /node_modules\n',
        },
      },
      {
        compose: 'services:\n  web: {build: ., volumes: ["./src:/app/src"]}\n',
        files: {
          Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package.json .\nRUN npm install\n',
          'package.json': '{}',
        },
      },
    ],
  },
  check: (facts) => facts.services.flatMap((one) => checkService(facts, one)),
}
export default rule

function checkService(
  facts: ComposeFacts,
  {service, build, start, development: own}: ServiceFacts,
): ComposeHit[] {
  if (build === null) return []
  const development = facts.development ?? own
  return service.mounts.flatMap((mount): ComposeHit[] => {
    if (mount.kind !== 'bind') return []
    const found = findHiddenInstalls(build, mount, service.mounts).at(-1)
    if (found === undefined) return []
    const {target, command, step} = found
    const isInstalledAgain = start?.actions.some(({makes}) =>
      makes?.some((kind) => /install|deps/.test(kind)),
    )
    if (isInstalledAgain) return []
    return [
      {
        message: sentence`"${mount.written}" in "${service.name}" hides "${target}", which "${command}" (${build.file}:${String(step.instruction.line)}) fills: the container has what the host has there`,
        place: mount.place,
        service: service.name,
        ...(development !== null && {severity: 'info' as const}),
        fix: `Mount only the source folders, or add the volume "${target}"`,
      },
    ]
  })
}
