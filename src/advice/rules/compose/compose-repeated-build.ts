import {childOf} from '../../../languages/documents/document-node.js'
import type {SourceMap} from '../../../languages/documents/source-node.js'
import {joinNames, sentence} from '../../../languages/text/sentence.js'
import type {ComposeFacts, ComposeText, ServiceFacts} from '../../facts/compose/compose-facts.js'
import {
  appendPair,
  type ComposeEdit,
  copyPair,
  findPair,
  isBlock,
  replacePair,
  type WrittenPair,
} from '../../facts/compose/edit-compose.js'
import type {ComposeChange, ComposeHit, ComposeRule} from '../define-compose-rule.js'

const MAX_NAMES = 4

/** Finds services that build the same image, each for itself. */
const rule: ComposeRule = {
  id: 'compose-repeated-build',
  severity: 'warning',
  summary: 'Build an image once for all services that use it',
  reason:
    'For services with equal builds the steps run once, but the image is exported for each of them: several images with the same content and different IDs, which take time to write and, with the containerd store, disk space.',
  remedy:
    'Keep the build in one service, and use its image in the others with pull_policy: never, so that Compose does not look for it in a registry.',
  examples: {
    bad: [
      {
        compose:
          'services:\n  web:\n    build: .\n  worker:\n    build: . # the same\n    command: [node, worker.js]\n    depends_on: [web]\n',
        files: {Dockerfile: 'FROM node:22\n'},
        expected:
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Compose
          'services:\n  web:\n    build: .\n  worker:\n    image: ${COMPOSE_PROJECT_NAME}-web\n    pull_policy: never # the same\n    command: [node, worker.js]\n    depends_on: [web]\n',
      },
      {
        compose:
          'x-app: &app\n  build:\n    context: .\n    target: run\n  restart: always\nservices:\n  web:\n    <<: *app\n    ports: ["80:80"]\n  worker:\n    <<: *app\n    command: [node, worker.js]\n    depends_on: [web]\n',
        files: {Dockerfile: 'FROM node:22 AS run\n'},
        expected:
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Compose
          'x-app: &app\n  image: ${COMPOSE_PROJECT_NAME}-web\n  pull_policy: never\n  restart: always\nservices:\n  web:\n    <<: *app\n    ports: ["80:80"]\n    build:\n      context: .\n      target: run\n  worker:\n    <<: *app\n    command: [node, worker.js]\n    depends_on: [web]\n',
      },
      {
        compose: 'services: {a: {build: .}, b: {build: .}}\n',
        files: {Dockerfile: 'FROM node:22\n'},
      },
    ],
    good: [
      {compose: 'services:\n  a: {build: ./a}\n  b: {build: ./b}\n'},
      {compose: 'services:\n  a: {build: ., image: app}\n  b: {image: app}\n'},
      {
        compose:
          'services:\n  a: {build: {context: ., args: {A: 1}}}\n  b: {build: {context: ., args: {A: 2}}}\n',
      },
    ],
  },
  check: (facts) => facts.sharedBuilds.map((group) => describeGroup(facts, group)),
}
export default rule

function describeGroup(facts: ComposeFacts, group: readonly ServiceFacts[]): ComposeHit {
  const owner = chooseOwner(facts, group)
  const others = group.filter((one) => one !== owner)
  const names = others.map(({service}) => service.name)
  const isMeant = group.some(({service}) => service.image !== null)
  const isQuiet = isMeant || facts.development !== null || areAlternatives(group)
  const change = planChange(facts, owner, others)
  return {
    message: sentence`${joinNames(names, MAX_NAMES)} ${names.length === 1 ? 'builds' : 'build'} the same image as "${owner.service.name}", and ${names.length === 1 ? 'exports' : 'each exports'} it again`,
    place: (others[0]!.service.build ?? others[0]!.service).place,
    ...(names.length === 1 && {service: names[0]!}),
    ...(isQuiet && {severity: 'info' as const}),
    fix: `Run the image of "${owner.service.name}" in ${joinNames(names, MAX_NAMES)}`,
    ...(change && {change}),
  }
}

/** Whether no profile has two of the services: people start one or the other. */
function areAlternatives(group: readonly ServiceFacts[]): boolean {
  const profiles = group.map(({service}) => new Set(service.profiles))
  const all = profiles.flatMap((names) => [...names])
  return profiles.every((names) => names.size > 0) && new Set(all).size === all.length
}

/** The one that the others wait for, if there is one: then it is built before they start. */
function chooseOwner(facts: ComposeFacts, group: readonly ServiceFacts[]): ServiceFacts {
  const isWaitedFor = (one: ServiceFacts) =>
    group.every((other) => other === one || waitsFor(facts, other, one))
  return group.find(isWaitedFor) ?? group[0]!
}

function waitsFor(facts: ComposeFacts, from: ServiceFacts, to: ServiceFacts): boolean {
  const seen = new Set<ServiceFacts>()
  const open = [from]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true
    if (seen.has(at)) continue
    seen.add(at)
    open.push(...at.service.dependencies.flatMap(({name}) => facts.find(name) ?? []))
  }
  return false
}

function planChange(
  facts: ComposeFacts,
  owner: ServiceFacts,
  others: readonly ServiceFacts[],
): ComposeChange | null {
  const {file} = owner.service.place
  const text = facts.input.files.get(file)
  if (text === undefined || others.some(({service}) => service.node.place.file !== file)) return null
  const image = owner.service.image ?? `\${COMPOSE_PROJECT_NAME}-${owner.service.name}`
  const edits = editBuilds(text, owner, others, image)
  if (edits === null) return null
  const names = others.map(({service}) => service.name)
  const isBuiltBefore = others.every((one) => waitsFor(facts, one, owner))
  const isMeant = [owner, ...others].some(({service}) => service.image !== null)
  return {
    title: `run the image of ${owner.service.name} in ${names.join(', ')}`,
    proof: [
      {
        claim: 'they build the same image',
        evidence: 'context, Dockerfile, target, arguments and platform are equal',
      },
      ...(isBuiltBefore
        ? [
            {
              claim: 'the image is there when they start',
              evidence: `${names.join(', ')} ${names.length === 1 ? 'waits' : 'wait'} for ${owner.service.name} (depends_on)`,
            },
          ]
        : []),
    ],
    questions: [
      ...(isMeant ? ['Should one of them be built separately, because its image has its own name?'] : []),
      ...(isBuiltBefore
        ? []
        : [
            `Is ${names.join(', ')} ever started or built without ${owner.service.name} (docker compose up ${names[0]})? It would then use the image that exists, or find none`,
          ]),
    ],
    file,
    edits,
    changes: Object.fromEntries([
      ...names.map((name) => [name, ['build', 'image', 'pull_policy']] as const),
      [owner.service.name, ['image', 'pull_policy']] as const,
    ]),
  }
}

/** Null where a person has to do it. */
function editBuilds(
  text: ComposeText,
  owner: ServiceFacts,
  others: readonly ServiceFacts[],
  image: string,
): ComposeEdit[] | null {
  const pairs = others.map(({service}) => findPair(text, service.build?.source))
  if (pairs.some((pair) => pair === null || !isBlock(text, pair.pair))) return null
  if (others.some(({service}) => childOf(service.node, 'pull_policy') !== undefined)) return null
  if (others.some(({service}) => service.image !== null && service.image !== owner.service.image)) return null
  const lines = [...(others[0]!.service.image === null ? [`image: ${image}`] : []), 'pull_policy: never']
  const distinct = distinctPairs(pairs as WrittenPair[])
  const own = findPair(text, owner.service.build?.source)
  const edits = distinct.map((pair) => replacePair(text, pair, lines))
  if (own === null || !distinct.some(({map}) => map === own.map)) return edits
  // The owner has its build from the same anchor: it gets it for itself.
  const {source} = owner.service.node
  if (distinct.length > 1 || source?.kind !== 'map' || source === own.map) return null
  const appended = appendPair(text, source as SourceMap, copyPair(text, own))
  return appended && [...edits, appended]
}

function distinctPairs(pairs: readonly WrittenPair[]): WrittenPair[] {
  return pairs.filter((pair, at) => pairs.findIndex(({map}) => map === pair.map) === at)
}
