import assert from 'node:assert/strict'
import {type CacheRow, predictRow} from './rows.js'

/** What Engine 28.5 did with the last step after an edit of the Dockerfile, or with other settings. */
const SEEN: [before: string, after: string, state: 'cached' | 'runs', change?: CacheRow['change']][] = [
  ['WORKDIR /x/y', 'WORKDIR /x/y/', 'cached'],
  ['WORKDIR /x', 'WORKDIR /y', 'runs'],
  ['WORKDIR /x\nWORKDIR y', 'WORKDIR /x\nWORKDIR /x/y', 'cached'],
  ['WORKDIR /w/../v', 'WORKDIR /v', 'cached'],
  ['WORKDIR /\nWORKDIR w', 'WORKDIR /w', 'cached'],
  ['WORKDIR "/w"', 'WORKDIR /w', 'cached'],
  ['workdir   /w', 'WORKDIR /w', 'cached'],
  ['WORKDIR /w\nWORKDIR /w\nRUN x', 'WORKDIR /w\nRUN x', 'runs'],
  ['USER app\nWORKDIR /w', 'USER web\nWORKDIR /w', 'runs'],
  ['USER app\nWORKDIR /w', 'USER 1000\nWORKDIR /w', 'runs'],
  ['WORKDIR /w', 'USER root\nWORKDIR /w', 'runs'],
  ['USER root\nWORKDIR /w', 'USER 0:0\nWORKDIR /w', 'runs'],
  ['ENV P=/w\nWORKDIR $P', 'WORKDIR /w', 'cached'],
  ['ENV P=/w\nWORKDIR $P', 'ENV P=/v\nWORKDIR $P', 'runs'],
  ['ENV A=1\nWORKDIR /w', 'ENV A=2\nWORKDIR /w', 'cached'],
  ['SHELL ["/bin/sh"]\nWORKDIR /w', 'WORKDIR /w', 'cached'],
  ['WORKDIR /w', 'WORKDIR /w', 'runs', {buildArgs: {SOURCE_DATE_EPOCH: '7'}}],
  ['WORKDIR /w', 'WORKDIR /w', 'cached', {noCache: true}],
  [
    'COPY a /a\nWORKDIR /w',
    'COPY a /a\nWORKDIR /w',
    'runs',
    {put: [['file', 'a', 'edited', 0o644, 1_700_000_005]]},
  ],
]

describe('WORKDIR, as seen on an engine', () => {
  for (const [before, after, state, change = {}] of SEEN) {
    const what = Object.keys(change)[0] ?? ''
    it(`${toLine(before)} → ${toLine(after)} ${what}: ${state}`, () => {
      const steps = predict(`FROM bb:1\n${before}\n`, `FROM bb:1\n${after}\n`, change)
      assert.equal(steps.at(-1), state)
    })
  }

  it('may be there already, whoever would make it: what is taken of it depends', () => {
    const take = (user: string) =>
      `FROM bb:1 AS s\n${user}WORKDIR /w\nCOPY a .\nFROM bb:1\nCOPY --from=s /w /x\n`
    assert.equal(predict(take(''), take('USER app\n'), {}).at(-1), 'depends')
  })
})

function predict(before: string, after: string, change: CacheRow['change']): string[] {
  const row: CacheRow = {
    name: '',
    dockerfile: before,
    ignore: 'Dockerfile\n',
    tree: [['file', 'a', 'one', 0o644, 1_700_000_000]],
    buildArgs: {},
    target: '',
    change: {dockerfile: after, ...change},
    expect: {steps: []},
  }
  return predictRow(row).map((step) => step.state)
}

function toLine(text: string): string {
  return text.replaceAll('\n', '; ')
}
