import {joinNames, sentence} from '../../../languages/text/sentence.js'
import type {Message} from '../../../report/message.js'
import {KIND} from '../../../tree/image/layers/layer-tree.js'
import type {LayerStack} from '../../../tree/image/layers/stack-layers.js'
import {type ImageFacts, nameLayer, pathAt} from '../../facts/image/image-facts.js'
import {defineImageRule} from '../define-image-rule.js'
import {MIN_BYTES} from './hidden-groups.js'

/** Names that stand together at the root of a checkout and mean nothing to a program. */
const SIGNS = new Set(
  [
    'Dockerfile',
    '.dockerignore',
    '.gitignore',
    '.github',
    '.gitlab-ci.yml',
    '.editorconfig',
    'Makefile',
  ].concat([
    'compose.yaml',
    'docker-compose.yml',
    'Jenkinsfile',
    '.pre-commit-config.yaml',
    'CONTRIBUTING.md',
    '.vscode',
    '.idea',
  ]),
)
const MIN_SIGNS = 2
const MAX_PATHS = 3

interface Checkout {
  node: number
  layer: number
  names: string[]
}

/** Finds a whole checkout in the image. */
export default defineImageRule<Checkout>({
  id: 'image-source-tree',
  severity: 'info',
  summary: 'Copy what runs, not the whole checkout',
  reason:
    'Every file of the checkout changes the layer, so that even an edit of the README makes every host pull the layer again.',
  remedy: 'COPY only what the program needs, or keep the rest out with the ignore file.',
  examples: {
    good: [{layers: [{by: 'COPY src /app/src # buildkit', entries: ['app/src/a.js (9 bytes)']}]}],
    bad: [
      {
        layers: [
          {
            by: 'COPY . /app # buildkit',
            entries: ['app/Dockerfile (9 bytes)', 'app/.gitignore (9 bytes)', 'app/a (9 bytes)'],
          },
        ],
      },
    ],
  },
  message: ({node, layer, names}, facts) =>
    sentence`${nameLayer(facts, layer)} has a whole checkout in "${pathAt(facts, node)}": ${names.slice(0, 4).join(', ')}${describeMade(facts, node, layer)}`,
  fix: () => 'Copy only what the program needs, or add the rest to the ignore file',
  check: (facts) =>
    findCheckouts(facts).map((data) => ({data, bytes: bytesBelow(facts, data), layers: [data.layer]})),
})

function findCheckouts(facts: ImageFacts): Checkout[] {
  const {stack, layers} = facts
  const found = new Map<number, Checkout>()
  for (let node = 1; node < stack.paths.length; node++) {
    const kind = stack.kinds[node]
    if (kind === KIND.none || kind === KIND.symlink) continue
    const name = signAt(stack, node)
    if (name === undefined || isOfPackage(stack, node)) continue
    const parent = stack.paths.parentOf(node)
    const known = found.get(parent) ?? {node: parent, layer: -1, names: []}
    known.layer = Math.max(known.layer, layerAt(stack, node))
    known.names.push(name)
    found.set(parent, known)
  }
  return [...found.values()].filter(
    ({names, layer}) => names.length >= MIN_SIGNS && layers[layer]?.isBase === false,
  )
}

/** What lies in a checkout and builds make again: it comes from the machine that built, and serves nobody here. */
function describeMade(facts: ImageFacts, checkout: number, layer: number): Message {
  const made = facts.contents.filter(
    (one) => one.layer === layer && one.kind.role === 'packages' && isBelow(facts.stack, one.node, checkout),
  )
  const bytes = made.reduce((sum, {shownBytes}) => sum + shownBytes, 0)
  if (bytes < MIN_BYTES) return []
  const paths = made.map(({node}) => pathAt(facts, node))
  return sentence`; ${{bytes}} of it are files that a build creates itself: ${joinNames(paths, MAX_PATHS)}`
}

/** A node stands behind its directory. */
function isBelow({paths}: LayerStack, node: number, directory: number): boolean {
  let at = node
  while (at > directory) at = paths.parentOf(at)
  return at === directory
}

function signAt({paths}: LayerStack, node: number): string | undefined {
  const bytes = paths.nameOf(node)
  if (bytes.length > LONGEST_SIGN || !FIRST_BYTES.has(bytes[0]!)) return undefined
  const name = Buffer.from(bytes).toString('latin1')
  return SIGNS.has(name) ? name : undefined
}

/** Of a million names few are looked at. */
const LONGEST_SIGN = Math.max(...[...SIGNS].map((name) => name.length))
const FIRST_BYTES = new Set([...SIGNS].map((name) => name.charCodeAt(0)))

/** Packages bring such files of their own. */
function isOfPackage({paths}: LayerStack, node: number): boolean {
  return /(^|\/)(node_modules|site-packages|dist-packages|vendor|gems|usr\/(share|lib|src)|pkg\/mod)\//.test(
    paths.pathOf(node).toString('latin1'),
  )
}

function layerAt({fileOf, firstFiles, kinds}: LayerStack, node: number): number {
  return kinds[node] === KIND.file ? firstFiles.findLastIndex((first) => first <= fileOf[node]!) : -1
}

function bytesBelow({layers}: ImageFacts, {layer}: Checkout): number {
  return layers[layer]!.fileBytes
}
