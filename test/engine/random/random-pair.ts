import type {TreeRow} from '../../build/cache/rows.js'
import {pick, type Random} from '../../helpers/random.js'
import {type Abilities, makeDraft, writeDraft} from './random-dockerfile.js'
import {editDraft} from './random-edit.js'
import {changeTree, makeTree} from './random-tree.js'

/** One build of a pair. */
export interface RandomBuild {
  dockerfile: string
  /** Null: there is no ignore file. */
  ignore: string | null
  tree: TreeRow[]
  buildArgs: Record<string, string>
  /** Empty: the last stage. */
  target: string
  noCache: boolean
  noCacheFilter: string[]
  /** Whether the tag `bb:1` has moved to other layers. */
  isMoved: boolean
  /** The named context `lib`. */
  lib: TreeRow[]
}

/** A build, and the same after a change. */
export interface RandomPair {
  before: RandomBuild
  after: RandomBuild
  /** For people: what was changed. */
  changes: string[]
}

const IGNORES = [
  ...[
    '',
    'docs\n',
    '*.md\nDockerfile\n',
    'Dockerfile\n.dockerignore\n',
    '*\n!src\n!a.txt\n!nonce.txt\n!package.json\n!conf\n',
  ],
  ...['src/lib\n!src/lib/z.js\n', 'Dockerfile\np\n', '**/*.yml\n', '.dockerignore\nempty\n'],
]

/** Makes up a pair. @param nonce no other pair of the engine has it */
export function makePair(random: Random, abilities: Abilities, nonce: string): RandomPair {
  const draft = makeDraft(random, abilities)
  const lib: TreeRow[] = [
    ['file', 'l.txt', `${nonce} l\n`, 0o644, 1_700_000_000],
    ['file', 'sub/m.js', `${nonce} m\n`, 0o644, 1_700_000_000],
    ['file', 'nonce.txt', nonce, 0o644, 1_700_000_000],
  ]
  const names = draft.stages.flatMap(({name}) => name ?? [])
  const before: RandomBuild = {
    dockerfile: writeDraft(draft).replaceAll('NONCE', nonce),
    ignore: random() < 0.5 ? null : pick(random, IGNORES),
    tree: makeTree(random, nonce),
    buildArgs: makeArguments(random),
    target: random() < 0.1 ? pick(random, [...names, '']) : '',
    noCache: false,
    noCacheFilter: [],
    isMoved: false,
    lib,
  }
  const after = {...before}
  const changes: string[] = []
  const count = random() < 0.75 ? 1 : 2
  while (changes.length < count) {
    const roll = random()
    if (roll < 0.5) {
      const [tree, what] = changeTree(random, after.tree, nonce)
      after.tree = tree
      changes.push(what)
    } else if (roll < 0.78) {
      changes.push(`Dockerfile: ${editDraft(random, abilities, draft)}`)
      after.dockerfile = writeDraft(draft).replaceAll('NONCE', nonce)
    } else changes.push(changeSettings(random, after, names))
  }
  return {before, after, changes}
}

function makeArguments(random: Random): Record<string, string> {
  if (random() < 0.6) return {}
  return pick<Record<string, string>>(random, [
    {A: '5'},
    {GIT_SHA: 'abc'},
    {VERSION: ''},
    {A: 'src', UNUSED: '1'},
    {SOURCE_DATE_EPOCH: '1'},
    {HTTP_PROXY: 'http://p'},
  ])
}

function changeSettings(random: Random, build: RandomBuild, names: readonly string[]): string {
  const {lib} = build
  const changes: Record<string, () => void> = {
    arguments: () => {
      build.buildArgs = makeArguments(random)
    },
    'ignore file': () => {
      build.ignore = random() < 0.2 ? null : pick(random, IGNORES)
    },
    target: () => {
      build.target = pick(random, [...names, ''])
    },
    'no cache': () => {
      build.noCache = true
    },
    'no cache for a stage': () => {
      build.noCacheFilter = [pick(random, [...names, 's0', '0'])]
    },
    'base moved': () => {
      build.isMoved = true
    },
    'named context': () => {
      const [type, path, , mode, time] = lib[0]!
      build.lib = [[type, path, `${lib[2]![2]} edited\n`, mode, time + 5], ...lib.slice(1)]
    },
    nothing: () => {},
  }
  const what = pick(random, [
    ...Object.keys(changes),
    'arguments',
    'ignore file',
    'arguments',
    'no cache for a stage',
  ])
  changes[what]!()
  return what
}
