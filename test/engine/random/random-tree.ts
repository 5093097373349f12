import type {TreeRow} from '../../build/cache/rows.js'
import {pick, type Random} from '../../helpers/random.js'

const START = 1_700_000_000

/** Makes up a context. @param nonce no other pair has it in its files */
export function makeTree(random: Random, nonce: string): TreeRow[] {
  const file = (
    path: string,
    text = `${nonce} ${path} ${pick(random, ['one', 'two'])}\n`,
    mode = 0o644,
  ): TreeRow => {
    return ['file', path, text, mode, START]
  }
  const same = `${nonce} same\n`
  const all: TreeRow[] = [
    ['dir', 'src', null, pick(random, [0o755, 0o755, 0o700, 0o775]), START],
    ...['a.txt', 'b.txt', 'package.json', 'src/x.js', 'src/y.js', 'src/lib/z.js'].map((path) => file(path)),
    ...['src/lib/w.txt', 'conf/a.yml', 'conf/b.yml', 'docs/g.md', 'p/k.js'].map((path) => file(path)),
    file('p/x', random() < 0.4 ? same : undefined),
    file('q/x', random() < 0.4 ? same : undefined),
    file('run.sh', undefined, 0o755),
    file('src/blank', ''),
    ['dir', 'empty', null, 0o755, START],
    ['symlink', 'ln', 'a.txt', 0o777, START],
    ['symlink', 'lnd', 'src', 0o777, START],
    ['symlink', 'src/in', 'x.js', 0o777, START],
    ['symlink', 'src/out', '../a.txt', 0o777, START],
    ['hardlink', 'hard', 'b.txt', 0o644, START],
  ]
  // A path that a line names may be missing: such a build fails on both sides, and tells nothing.
  const kept = all.filter(([, path]) => !/^(?:docs|src\/lib\/w)/.test(path) || random() < 0.9)
  return [...kept, ['file', 'nonce.txt', nonce, 0o644, START]]
}

/** Changes a context at random. @returns the new tree, and what was done */
export function changeTree(random: Random, tree: readonly TreeRow[], nonce: string): [TreeRow[], string] {
  const later = START + 1 + Math.floor(random() * 1000)
  const at = Math.floor(random() * (tree.length - 1))
  const often = tree.filter(([, path]) => /^(?:a\.txt|package\.json|src\/x\.js)$/.test(path))
  const row = random() < 0.4 && often.length > 0 ? pick(random, often) : tree[at]!
  const [type, path, value, mode, time] = row
  const others = tree.filter((one) => one !== row)
  const replaced = (...rows: TreeRow[]): TreeRow[] => [
    ...tree.slice(0, tree.indexOf(row)),
    ...rows,
    ...tree.slice(tree.indexOf(row) + 1),
  ]
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''
  const name = path.slice(parent.length)
  const content = `${nonce} ${pick(random, ['one', 'two', 'three'])} ${path}\n`
  const hasBelow = others.some(([, other]) => other.startsWith(`${path}/`))
  const targeted = others.some(([kind, , to]) => kind === 'hardlink' && to === path)
  const changes: Record<string, () => TreeRow[] | null> = {
    edit: () => (type === 'file' ? replaced([type, path, content, mode, later]) : null),
    'edit, same size and time': () =>
      type === 'file' && value ? replaced([type, path, `${value.slice(0, -2)}Z\n`, mode, time]) : null,
    touch: () => (type === 'hardlink' ? null : replaced([type, path, value, mode, later])),
    mode: () =>
      type === 'file' || type === 'dir'
        ? replaced([
            type,
            path,
            value,
            pick(random, type === 'dir' ? [0o700, 0o755, 0o777] : [0o644, 0o755, 0o600, 0o4755]),
            time,
          ])
        : null,
    remove: () => (hasBelow || targeted ? null : others),
    add: () => [
      ...tree,
      [
        'file',
        `${pick(random, ['', 'src/', 'conf/', 'p/', 'src/lib/', 'new/'])}${pick(random, ['n.txt', 'n.js', 'n.yml', 'x2'])}`,
        content,
        0o644,
        later,
      ],
    ],
    'add an empty directory': () => [
      ...tree,
      ['dir', `${pick(random, ['', 'src/', 'conf/'])}void`, null, 0o755, later],
    ],
    rename: () => (hasBelow || targeted ? null : replaced([type, `${parent}r${name}`, value, mode, time])),
    'move into a neighbour': () =>
      hasBelow || targeted || type !== 'file'
        ? null
        : replaced([type, `${parent}${pick(random, ['lib', 'aa', 'zz'])}/${name}`, value, mode, time]),
    'rename a directory': () => renameDirectory(random, tree),
    'swap contents': () => swapContents(random, tree, later),
    retarget: () =>
      type === 'symlink'
        ? replaced([type, path, pick(random, ['b.txt', 'a.txt', 'p', 'x.js', 'y.js', 'conf']), mode, later])
        : null,
    'link becomes a file': () =>
      type === 'symlink'
        ? replaced(['file', path, contentBehind(tree, path, value!) ?? content, 0o644, later])
        : null,
    'file becomes a link': () =>
      type === 'file' && !targeted
        ? replaced(['symlink', path, pick(random, ['a.txt', 'x.js', 'k.js']), 0o777, later])
        : null,
    'file becomes a directory': () =>
      type === 'file' && !targeted ? replaced(['file', `${path}/inner`, content, 0o644, later]) : null,
    'hard link becomes a file': () =>
      type === 'hardlink'
        ? replaced(['file', path, tree.find(([, one]) => one === value)?.[2] ?? '', mode, later])
        : null,
    'touch everything': () =>
      tree.map(
        ([kind, one, text, bits, old]): TreeRow => [kind, one, text, bits, kind === 'hardlink' ? old : later],
      ),
  }
  const what = pick(random, [...Object.keys(changes), 'edit', 'edit', 'edit', 'add', 'edit'])
  const changed = changes[what]!()
  if (changed === null || hasClash(changed)) return changeTree(random, tree, nonce)
  return [changed, `${what} ${path}`]
}

function renameDirectory(random: Random, tree: readonly TreeRow[]): TreeRow[] {
  const [from, to] = pick(random, [
    ['p/', 'p2/'],
    ['p/', 'z/'],
    ['conf/', 'conf2/'],
    ['src/lib/', 'src/lib2/'],
    ['q/', 'a/'],
  ] as const)
  return tree.map(
    ([type, path, value, mode, time]): TreeRow => [
      type,
      path.startsWith(from) ? `${to}${path.slice(from.length)}` : path,
      value,
      mode,
      time,
    ],
  )
}

function swapContents(random: Random, tree: readonly TreeRow[], later: number): TreeRow[] | null {
  const files = tree.filter(([type]) => type === 'file')
  const one = pick(random, files)
  const other = pick(random, files)
  if (one === other) return null
  return tree.map((row): TreeRow => {
    if (row === one) return ['file', row[1], other[2], row[3], later]
    return row === other ? ['file', row[1], one[2], row[3], later] : row
  })
}

function contentBehind(tree: readonly TreeRow[], path: string, target: string): string | null {
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''
  const place = `${parent}${target}`.replace(/[^/]+\/\.\.\//, '')
  return tree.find(([type, one]) => type === 'file' && one === place)?.[2] ?? null
}

/** Two rows of one path, or a file in the way of a directory. */
function hasClash(tree: readonly TreeRow[]): boolean {
  const types = new Map<string, string>()
  for (const [type, path] of tree) {
    if (types.has(path)) return true
    types.set(path, type)
  }
  const isInTheWay = ([, path]: TreeRow): boolean => {
    const parts = path.split('/')
    return parts.slice(1).some((_, at) => {
      const type = types.get(parts.slice(0, at + 1).join('/'))
      return type !== undefined && type !== 'dir'
    })
  }
  const isLost = ([type, , value]: TreeRow): boolean => type === 'hardlink' && types.get(value!) !== 'file'
  return tree.some((row) => isInTheWay(row) || isLost(row))
}
