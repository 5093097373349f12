import {sentence} from '../../../languages/text/sentence.js'
import {visitFiles} from '../../../tree/image/figures/image-figures.js'
import {KIND} from '../../../tree/image/layers/layer-tree.js'
import type {LayerStack} from '../../../tree/image/layers/stack-layers.js'
import {type ImageFacts, nameLayer} from '../../facts/image/image-facts.js'
import {defineImageRule} from '../define-image-rule.js'
import {MIN_BYTES} from './hidden-groups.js'

/** Where a package manager puts packages, and which of them test, check and bundle, and are loaded by no program that runs. */
interface Ecosystem {
  directories: readonly string[]
  names: ReadonlySet<string>
  fix: string
}

const ECOSYSTEMS: readonly Ecosystem[] = [
  {
    directories: ['node_modules'],
    names: new Set(
      [
        'typescript eslint jest jest-cli mocha vitest webpack vite rollup prettier nodemon ts-node',
        'cypress playwright nyc c8 karma husky lint-staged @biomejs @types',
      ].flatMap((line) => line.split(' ')),
    ),
    fix: 'Install with npm ci --omit=dev, pnpm install --prod or yarn workspaces focus --production',
  },
  {
    directories: ['site-packages', 'dist-packages'],
    names: new Set(
      [
        'pytest _pytest pytest_cov pytest_asyncio xdist mypy mypyc pyright basedpyright ruff black flake8 pylint isort',
        'coverage tox nox pre_commit bandit sphinx hypothesis',
      ].flatMap((line) => line.split(' ')),
    ),
    fix: 'Install with uv sync --no-dev or poetry install --only main, or leave out the requirements of development',
  },
]

interface Found {
  layer: number
  bytes: number
  names: string[]
  ecosystem: Ecosystem
}

/** Finds packages for development in the image that runs. */
export default defineImageRule<Found>({
  id: 'image-dev-dependencies',
  severity: 'info',
  summary: 'Install only what the program needs',
  reason: 'Compilers, test runners and type definitions are often more than half of what is installed.',
  remedy: 'Install with npm ci --omit=dev or uv sync --no-dev in the final stage, or prune before the copy.',
  examples: {
    good: [
      {layers: [{by: 'RUN npm ci --omit=dev', entries: ['app/node_modules/express/a.js (500000 bytes)']}]},
      {
        layers: [
          {by: 'RUN pip install numpy', entries: ['usr/lib/python3/dist-packages/numpy/a.so (900000 bytes)']},
        ],
      },
    ],
    bad: [
      {layers: [{by: 'RUN npm ci', entries: ['app/node_modules/typescript/lib/tsc.js (9000000 bytes)']}]},
      {
        layers: [
          {
            by: 'RUN uv sync --frozen',
            entries: ['app/.venv/lib/python3.12/site-packages/mypy/a.so (9000000 bytes)'],
          },
        ],
      },
    ],
  },
  message: ({layer, bytes, names}, facts) =>
    sentence`${nameLayer(facts, layer)} has packages for development: ${names.slice(0, 5).join(', ')}, ${{bytes}}`,
  fix: ({ecosystem}) => ecosystem.fix,
  check: (facts) =>
    findPackages(facts)
      .filter(({bytes}) => bytes >= MIN_BYTES)
      .map(toHit),
})

function toHit(found: Found) {
  return {data: found, bytes: found.bytes, layers: [found.layer]}
}

/** By layer and ecosystem. */
function findPackages({stack, layers}: ImageFacts): Found[] {
  const packages = findRoots(stack)
  const found = new Map<string, Found>()
  visitFiles(stack, (file, size, layer) => {
    const root = packages.get(stack.nodeOf[file]!)
    if (root === undefined || stack.linkCounts[file] === 0 || layers[layer]!.isBase) return
    const {name, ecosystem} = root
    const key = `${layer} ${ecosystem.directories[0]}`
    const known = found.get(key) ?? {layer, bytes: 0, names: [], ecosystem}
    known.bytes += size
    if (!known.names.includes(name)) known.names.push(name)
    found.set(key, known)
  })
  return [...found.values()]
}

interface Root {
  name: string
  ecosystem: Ecosystem
}

/** By path node: the package for development that it belongs to. A node stands behind its directory. */
function findRoots({paths, kinds}: LayerStack): Map<number, Root> {
  const roots = new Map<number, Root>()
  const installed = new Map<number, Ecosystem>()
  for (let node = 1; node < paths.length; node++) {
    const parent = paths.parentOf(node)
    const inherited = roots.get(parent)
    if (inherited !== undefined) {
      roots.set(node, inherited)
      continue
    }
    const around = installed.get(parent)
    if (around !== undefined) {
      const name = Buffer.from(paths.nameOf(node)).toString()
      if (around.names.has(name)) roots.set(node, {name, ecosystem: around})
    } else if (kinds[node] === KIND.directory) {
      const own = DIRECTORIES.find(({bytes}) => isSame(bytes, paths.nameOf(node)))
      if (own !== undefined) installed.set(node, own.ecosystem)
    }
  }
  return roots
}

const DIRECTORIES = ECOSYSTEMS.flatMap((ecosystem) =>
  ecosystem.directories.map((name) => ({bytes: Buffer.from(name), ecosystem})),
)

function isSame(bytes: Buffer, name: Uint8Array): boolean {
  return bytes.length === name.length && bytes.equals(name)
}
