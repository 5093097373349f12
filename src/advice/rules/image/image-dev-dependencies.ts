import {sentence} from '../../../languages/text/sentence.js'
import {visitFiles} from '../../../tree/image/figures/image-figures.js'
import {KIND} from '../../../tree/image/layers/layer-tree.js'
import type {LayerStack} from '../../../tree/image/layers/stack-layers.js'
import {type ImageFacts, nameLayer} from '../../facts/image/image-facts.js'
import {defineImageRule} from '../define-image-rule.js'
import {MIN_BYTES} from './hidden-groups.js'

/** Packages that test, check and bundle, and that no program loads while it runs. */
const DEVELOPMENT = new Set(
  [
    'typescript',
    'eslint',
    'jest',
    'mocha',
    'vitest',
    'webpack',
    'vite',
    'rollup',
    'prettier',
    'nodemon',
    'ts-node',
  ].concat([
    'cypress',
    'playwright',
    'nyc',
    'c8',
    'karma',
    'husky',
    'lint-staged',
    'jest-cli',
    '@biomejs',
    '@types',
  ]),
)

interface Found {
  layer: number
  bytes: number
  names: string[]
}

/** Finds packages for development in the node_modules of the image that runs. */
export default defineImageRule<Found>({
  id: 'image-dev-dependencies',
  severity: 'info',
  summary: 'Install only what runs',
  reason: 'Compilers, test runners and type definitions are often more than half of node_modules.',
  remedy: 'Install with npm ci --omit=dev in the final stage, or prune before the copy.',
  examples: {
    good: [
      {layers: [{by: 'RUN npm ci --omit=dev', entries: ['app/node_modules/express/a.js (500000 bytes)']}]},
    ],
    bad: [
      {layers: [{by: 'RUN npm ci', entries: ['app/node_modules/typescript/lib/tsc.js (9000000 bytes)']}]},
    ],
  },
  message: ({layer, bytes, names}, facts) =>
    sentence`${nameLayer(facts, layer)} holds packages for development: ${names.slice(0, 5).join(', ')}, ${{bytes}}`,
  fix: () => 'Install with npm ci --omit=dev, pnpm install --prod or yarn workspaces focus --production',
  check: (facts) => [...findPackages(facts).values()].filter(({bytes}) => bytes >= MIN_BYTES).map(toHit),
})

function toHit(found: Found) {
  return {data: found, bytes: found.bytes, layers: [found.layer]}
}

function findPackages({stack, layers}: ImageFacts): Map<number, Found> {
  const packages = findRoots(stack)
  const found = new Map<number, Found>()
  visitFiles(stack, (file, size, layer) => {
    const name = packages.get(stack.nodeOf[file]!)
    if (name === undefined || stack.linkCounts[file] === 0 || layers[layer]!.isBase) return
    const known = found.get(layer) ?? {layer, bytes: 0, names: []}
    known.bytes += size
    if (!known.names.includes(name)) known.names.push(name)
    found.set(layer, known)
  })
  return found
}

/** By path node: the package for development that it belongs to. A node stands behind its directory. */
function findRoots({paths, kinds}: LayerStack): Map<number, string> {
  const names = new Map<number, string>()
  const modules = new Set<number>()
  for (let node = 1; node < paths.length; node++) {
    const parent = paths.parentOf(node)
    const inherited = names.get(parent)
    if (inherited !== undefined) names.set(node, inherited)
    else if (modules.has(parent)) {
      const name = Buffer.from(paths.nameOf(node)).toString()
      if (DEVELOPMENT.has(name)) names.set(node, name)
    } else if (kinds[node] === KIND.directory && isModules(paths.nameOf(node))) modules.add(node)
  }
  return names
}

const MODULES = Buffer.from('node_modules')

function isModules(name: Uint8Array): boolean {
  return name.length === MODULES.length && MODULES.equals(name)
}
