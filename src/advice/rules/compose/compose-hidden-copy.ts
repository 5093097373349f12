import {joinNames, sentence} from '../../../languages/text/sentence.js'
import type {ComposeMount} from '../../../plan/compose/service/read-mounts.js'
import type {ComposeFacts, ServiceFacts} from '../../facts/compose/compose-facts.js'
import {type ComposeEdit, findPair, isBlock, removeLines} from '../../facts/compose/edit-compose.js'
import {findHiddenCopies, type HiddenCopy, hasMountedCode} from '../../facts/compose/hidden-by-mount.js'
import {findHiddenResults, isConfiguration} from '../../facts/compose/hidden-result.js'
import {isKeptRunning, startsServer} from '../../facts/compose/is-serving.js'
import type {ServiceBuild} from '../../facts/compose/service-build.js'
import type {ComposeChange, ComposeHit, ComposeRule} from '../define-compose-rule.js'

const MAX_NAMES = 4

/** Finds mounts of the build context over what COPY brings from it. */
const rule: ComposeRule = {
  id: 'compose-hidden-copy',
  severity: 'warning',
  summary: 'Run the code of the image, not the code of the host',
  reason:
    'A mounted directory hides everything that the image has there. In production the code that runs is then not the code of the image that was tested, and the files in the image are useless. It is a warning where the service is kept running (restart, or what a server does under deploy) or starts a server that does not watch the code, else an info: somebody may edit the code there.',
  remedy:
    'Move the mount to compose.override.yaml, which docker compose reads in development and which a server does not need.',
  examples: {
    bad: [
      {
        compose:
          'services:\n  api:\n    build: .\n    volumes:\n      - ./src:/app/src\n      - data:/data\nvolumes:\n  data:\n',
        files: {
          Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY src src\nCMD ["python", "src/a.py"]\n',
          'src/a.py': '',
        },
        expected: 'services:\n  api:\n    build: .\n    volumes:\n      - data:/data\nvolumes:\n  data:\n',
      },
      {
        compose: 'services:\n  api:\n    build: .\n    volumes:\n      - .:/app\n    restart: always\n',
        files: {Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["python", "a.py"]\n', 'a.py': ''},
        expected: 'services:\n  api:\n    build: .\n    restart: always\n',
      },
      {
        compose: 'services:\n  api: {build: ., volumes: ["./data:/app/data"]}\n',
        files: {
          Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["python", "a.py"]\n',
          'data/a.csv': '',
        },
      },
      {
        compose: 'services:\n  web: {build: ., volumes: [".:/srv"]}\n',
        files: {
          Dockerfile:
            'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM nginx\nCOPY --from=build /app/dist /srv/dist\n',
          'package.json': '{}',
        },
      },
    ],
    good: [
      {
        compose: 'services:\n  api: {build: ., volumes: ["./conf:/etc/api:ro"]}\n',
        files: {
          Dockerfile: 'FROM python:3.13\nCOPY conf/gunicorn.py /etc/api/gunicorn.py\n',
          'conf/gunicorn.py': '',
        },
      },
      {
        compose: 'services:\n  web: {build: ., volumes: ["./public:/srv/public"]}\n',
        files: {
          Dockerfile:
            'FROM node:22 AS build\nRUN npm run build\nFROM nginx\nCOPY --from=build /app/public /srv/public\n',
          'public/index.html': '',
        },
      },
      {
        compose:
          'services:\n  api:\n    build: .\n    volumes: [".:/app"]\n    command: uvicorn a:app --reload\n',
        files: {Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\n', 'a.py': ''},
      },
      {
        compose: 'services:\n  css: {build: ., profiles: [assets], volumes: [".:/app"]}\n',
        files: {Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["./css"]\n', 'a.js': ''},
      },
      {
        compose: 'services:\n  web: {build: ., volumes: [".:/app"]}\n',
        files: {
          Dockerfile: 'FROM ruby:3.4\nWORKDIR /app\nCOPY start.sh .\nCMD ["./start.sh"]\n',
          'start.sh': '',
          'a.rb': '',
          'b.rb': '',
        },
      },
      {
        compose:
          'services:\n  docs:\n    build: .\n    volumes: [".:/docs"]\n    command: bundle exec middleman server --watcher-force-polling\n',
        files: {Dockerfile: 'FROM ruby:3.4\nWORKDIR /docs\nCOPY . .\n', 'a.rb': ''},
      },
      {
        compose: 'services:\n  api: {build: ., volumes: ["./conf:/etc/api"]}\n',
        files: {Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY src .\n', 'src/a.py': '', 'conf/x': ''},
      },
    ],
  },
  check: (facts) => {
    if (facts.development !== null) return []
    return [
      ...groupHidden(facts).map((group) => describeGroup(facts, group)),
      ...facts.services.flatMap((one) => describeResults(facts, one)),
    ]
  },
}
export default rule

interface Hidden {
  one: ServiceFacts
  mount: ComposeMount
  copy: HiddenCopy
}

/** The same mount over the same copy in several services is one finding. */
function groupHidden({services}: ComposeFacts): Hidden[][] {
  const groups = new Map<string, Hidden[]>()
  for (const one of services) {
    for (const mount of one.service.mounts) {
      if (one.build === null || one.development !== null || mount.kind !== 'bind') continue
      const copies = findHiddenCopies(one.build, mount)
      const copy = copies.findLast(({isRepeated}) => isRepeated)
      if (copy === undefined || (copy.holdsCode && !isMeantToRun(one.build, mount, copies))) continue
      const key = JSON.stringify([mount.source, mount.target])
      groups.set(key, [...(groups.get(key) ?? []), {one, mount, copy}])
    }
  }
  return [...groups.values()]
}

/** Code that is configuration is for the host to give. */
function isMeantToRun(build: ServiceBuild, mount: ComposeMount, copies: readonly HiddenCopy[]): boolean {
  return !isConfiguration(mount) && hasMountedCode(build, mount, copies)
}

function describeGroup(facts: ComposeFacts, group: readonly Hidden[]): ComposeHit {
  const {mount, copy} = group[0]!
  const names = group.map(({one}) => one.service.name)
  const places = [
    ...new Set(group.map(({one, copy: {step}}) => `${one.build!.file}:${step.instruction.line}`)),
  ]
  const who = names.length > MAX_NAMES ? `${names.length} services` : joinNames(names, MAX_NAMES)
  const what = copy.step.instruction.text
  const base = {
    place: mount.place,
    ...(names.length === 1 && {service: names[0]!}),
  }
  if (!copy.holdsCode) {
    const bytes = {bytes: copy.bytes ?? 0}
    return {
      ...base,
      severity: 'info',
      message: sentence`${who} ${names.length === 1 ? 'mounts' : 'mount'} "${mount.written}" over the files of "${what}" (${places.join(', ')}), ${bytes}, which the container never sees`,
      fix: `Add "${copy.contextPath}" to the ignore file`,
    }
  }
  const change = planChange(facts, group)
  return {
    ...base,
    // A project that nothing says is for a server is as likely one in which somebody edits the code.
    ...(!group.some(({one}) => isKeptRunning(one.service) || startsServer(one.start)) && {
      severity: 'info' as const,
    }),
    message: sentence`"${mount.written}" in ${who} hides what "${what}" (${places.join(', ')}) copies to "${copy.target}": the code of the image never runs`,
    fix: 'Move the mount to compose.override.yaml, for development',
    ...(change && {change}),
  }
}

/** What a build made is nowhere else: the program does not find it. */
function describeResults({input}: ComposeFacts, {service, build, development}: ServiceFacts): ComposeHit[] {
  if (build === null || development !== null) return []
  return service.mounts.flatMap((mount): ComposeHit[] => {
    if (mount.kind !== 'bind') return []
    const found = findHiddenResults(build, mount, service.mounts, input.isThere).at(-1)
    if (found === undefined) return []
    const {step, target, hostPath} = found
    return [
      {
        message: sentence`"${mount.written}" in "${service.name}" hides "${target}", which "${step.instruction.text}" (${build.file}:${String(step.instruction.line)}) brings from another stage, and there is no "${input.show(hostPath)}" to take its place`,
        place: mount.place,
        service: service.name,
        fix: 'Mount only what is edited, or move the mount to compose.override.yaml, for development',
      },
    ]
  })
}

/** Takes the mounts out; a list that holds nothing else goes with its last one. */
function planChange(facts: ComposeFacts, group: readonly Hidden[]): ComposeChange | null {
  const {file} = group[0]!.mount.place
  const edits = group.map(({one, mount}) => removeMount(facts, one, mount))
  if (edits.some((edit) => edit === null) || group.some(({mount}) => mount.place.file !== file)) return null
  const distinct = (edits as ComposeEdit[]).filter(
    (edit, at) => edits.findIndex((other) => other!.range.start === edit.range.start) === at,
  )
  const names = group.map(({one}) => one.service.name)
  return {
    title: `remove the mount ${group[0]!.mount.written} from ${names.join(', ')}`,
    proof: [
      {
        claim: 'the image has the same files there',
        evidence: `${group[0]!.copy.step.instruction.text} copies ${group[0]!.copy.contextPath || 'the context'} to ${group[0]!.copy.target}`,
      },
    ],
    questions: [
      'Do you edit these files on the host while the container runs, or read there what it writes?',
    ],
    file,
    edits: distinct,
    changes: Object.fromEntries(names.map((name) => [name, ['volumes']])),
  }
}

function removeMount(facts: ComposeFacts, {service}: ServiceFacts, mount: ComposeMount): ComposeEdit | null {
  const text = facts.input.files.get(mount.place.file)
  const volumes = service.node.entries.get('volumes')
  if (text === undefined || mount.node.source === undefined || volumes?.kind !== 'list') return null
  const pair = findPair(text, volumes.source)
  if (pair === null || !isBlock(text, pair.pair)) return null
  const items = pair.pair.value.kind === 'list' ? pair.pair.value.items : []
  if (items.length === 1) return removeLines(text, pair.pair.key.range.start, pair.pair.value)
  const {range} = mount.node.source
  const isOwnLine = /^[ ]*-[ ]+$/.test(
    text.text.slice(text.text.lastIndexOf('\n', range.start - 1) + 1, range.start),
  )
  return isOwnLine ? removeLines(text, range.start, mount.node.source) : null
}
