import assert from 'node:assert/strict'
import {followLinks, type LinkReader} from '../../../src/tree/model/follow-links.js'

const LINKS: Record<string, string> = {
  link: 'real',
  chain: 'link',
  'd/out': '../real/a',
  abs: '/real/b',
  outside: '../../../etc',
  root: '.',
  loop1: 'loop2',
  loop2: 'loop1',
  l1: 'one',
  l2: 'two',
}

const NAMES: Record<string, string[]> = {
  '': ['link', 'real', 'l1', 'l2', 'loop1', 'loop2', 'chain'],
  d: ['out'],
}

const reader: LinkReader = {
  readLink: (path) => (Object.hasOwn(LINKS, path) ? LINKS[path]! : null),
  listNames: (directory) => NAMES[directory] ?? [],
}

describe('followLinks', () => {
  const rows: [requested: string[], followed: string[] | null][] = [
    [['src'], ['src']],
    [['src', 'src/a'], ['src']],
    [['link'], ['link', 'real']],
    [['link/a'], ['link', 'real/a']],
    [['chain/b'], ['chain', 'link', 'real/b']],
    [['d/out'], ['d/out', 'real/a']],
    [['d/*'], ['d/*', 'real/a']],
    [['abs'], ['abs', 'real/b']],
    [['outside'], ['etc', 'outside']],
    [['root'], null],
    [['root/src'], ['root', 'src']],
    [['loop1'], ['loop1', 'loop2']],
    [['l?/x'], ['l?', 'one/x', 'two/x']],
    [['r*/x'], ['r*/x']],
    [['\\l1'], ['\\l1']],
    [['.'], null],
    [['../x'], ['x']],
  ]
  for (const [requested, followed] of rows) {
    it(`${requested.join(' ')} → ${followed?.join(' ') ?? 'everything'}`, () => {
      assert.deepEqual(followLinks(requested, reader), followed)
    })
  }
})
