import assert from 'node:assert/strict'
import {type CacheRow, predictRow, type TreeRow} from './rows.js'

const TREE: TreeRow[] = [
  ['file', 'a', 'one', 0o644, 1_700_000_000],
  ['file', 'b', 'two', 0o644, 1_700_000_000],
]

/** What Engine 28.5 did with the last step after an edit of the Dockerfile, or of a file. */
const SEEN: [before: string, after: string | {edit: string}, state: 'cached' | 'runs'][] = [
  ['RUN --mount=type=cache,target=/c x', 'RUN --mount=type=cache,target=/c,sharing=shared,id=/c x', 'cached'],
  ['RUN --mount=type=cache,target=/c x', 'RUN --mount=type=cache,target=/c,sharing=locked x', 'runs'],
  ['RUN --mount=type=cache,target=/c x', 'RUN --mount=type=cache,target=/c,id=q x', 'runs'],
  ['RUN --mount=type=cache,target=/c x', 'RUN --mount=type=cache,target=/c,id=c x', 'runs'],
  ['RUN --mount=type=cache,target=/c,id=q x', 'RUN --mount=type=cache,target=/c,id=r x', 'cached'],
  ['RUN --mount=type=cache,target=/c,id=q x', 'RUN --mount=type=cache,target=/c,sharing=locked x', 'cached'],
  ['RUN --mount=type=cache,target=/c x', 'RUN --mount=type=cache,target=/c/ x', 'runs'],
  ['RUN --mount=type=cache,target=/c/ x', 'RUN --mount=type=cache,target=/c/,id=/c x', 'cached'],
  ['RUN --mount=type=cache,target=/c/ x', 'RUN --mount=type=cache,target=/c/,id=/c/ x', 'runs'],
  ['RUN --mount=type=cache,target=/c x', 'RUN --mount=type=cache,target=/c,uid=0 x', 'runs'],
  ['RUN --mount=type=cache,target=/c,uid=0 x', 'RUN --mount=type=cache,target=/c,mode=0755 x', 'cached'],
  ['RUN --mount=type=cache,target=/c x', 'RUN --mount=type=cache,target=/c,ro=false x', 'cached'],
  ['RUN --mount=type=cache,target=/c x', 'RUN --mount=type=cache,target=/c,ro x', 'runs'],
  [
    'WORKDIR /w\nRUN --mount=type=cache,target=c x',
    'WORKDIR /w\nRUN --mount=type=cache,target=/w/c x',
    'runs',
  ],
  ['RUN --mount=type=tmpfs,target=/t x', 'RUN --mount=type=tmpfs,target=/t,size=0 x', 'cached'],
  [
    'RUN --mount=type=tmpfs,target=/t,size=64m x',
    'RUN --mount=type=tmpfs,target=/t,size=67108864 x',
    'cached',
  ],
  ['RUN --mount=type=tmpfs,target=/t,size=64m x', 'RUN --mount=type=tmpfs,target=/t,size=65m x', 'runs'],
  ['RUN --mount=type=secret,id=s x', 'RUN --mount=type=secret,src=s x', 'cached'],
  [
    'RUN --mount=type=secret,id=s x',
    'RUN --mount=type=secret,id=s,target=/run/secrets/s,mode=0400 x',
    'cached',
  ],
  ['RUN --mount=type=secret,id=s,env=S x', 'RUN --mount=type=secret,id=s,env=T x', 'runs'],
  [
    'WORKDIR /w\nRUN --mount=type=secret,id=s,target=q x',
    'WORKDIR /w\nRUN --mount=type=secret,id=s,target=/w/q x',
    'runs',
  ],
  [
    'RUN --mount=type=ssh x',
    'RUN --mount=type=ssh,target=/run/buildkit/ssh_agent.0,required=false x',
    'cached',
  ],
  ['RUN --mount=type=ssh x', 'RUN --mount=type=ssh,id=default x', 'runs'],
  [
    'RUN --mount=type=bind,source=a,target=/a x',
    'RUN --mount=type=bind,source=a,target=/a,ro=true x',
    'cached',
  ],
  ['RUN --mount=type=bind,target=/w --mount=type=bind,source=a,target=/a x', {edit: 'b'}, 'runs'],
  ['COPY --exclude=zzz a /d/', {edit: 'a'}, 'runs'],
  ['COPY --exclude=zzz a /d/', {edit: 'b'}, 'cached'],
]

describe('what a step compares, as seen on an engine', () => {
  for (const [before, after, state] of SEEN) {
    const what = typeof after === 'string' ? after : `an edit of ${after.edit}`
    it(`${before.replace('\n', '; ')} → ${what.replace('\n', '; ')}: ${state}`, () => {
      const change: CacheRow['change'] =
        typeof after === 'string'
          ? {dockerfile: `FROM bb:1\n${after}\n`}
          : {put: [['file', after.edit, 'edited', 0o644, 1_700_000_005]]}
      const row = {
        name: '',
        dockerfile: `FROM bb:1\n${before}\n`,
        ignore: 'Dockerfile\n',
        tree: TREE,
        buildArgs: {},
        target: '',
      }
      const steps = predictRow({...row, change, expect: {steps: []}})
      assert.equal(steps.at(-1)?.state, state)
    })
  }
})
