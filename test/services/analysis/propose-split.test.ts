import assert from 'node:assert/strict'
import {existsSync, readFileSync} from 'node:fs'
import path from 'node:path'
import type {Analysis} from '../../../src/services/analysis/analysis.js'
import {acceptSplits, analyzeBuilds} from '../../../src/services/analysis/analyze-builds.js'
import {chooseTicked, listOffer} from '../../../src/services/context/choose-ticked.js'
import {writeChanges} from '../../../src/services/context/write-changes.js'
import type {AskedBuild} from '../../../src/services/load/load-builds.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const PLAIN = 'FROM python:3\nCOPY . .\n'
const NEEDS_GIT = 'FROM golang\nCOPY . .\nRUN git describe > version\n'
const FILES = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/objects/aa/bb': 'x'.repeat(1_500_000),
  '.dockerignore': '# mine\r\nnotes\r\n',
  'api/Dockerfile': PLAIN,
  'web/Dockerfile': NEEDS_GIT,
}

/** A data set that one build names, and the other sends. */
const DATA = {
  'web/data/orders.csv': 'x'.repeat(1_500_000),
  'api/Dockerfile': PLAIN,
  'web/Dockerfile': 'FROM python:3\nCOPY web/data /data\n',
}

/** A data set in the directory where one build of three works; nothing names it, and all send it. */
const HOME = {
  'pipeline/data/orders.csv': 'x'.repeat(1_500_000),
  'api/Dockerfile': PLAIN,
  'pipeline/Dockerfile': 'FROM python:3\nWORKDIR /app\nCOPY . .\nWORKDIR /app/pipeline\nCMD python -m run\n',
  'web/Dockerfile': 'FROM node\nWORKDIR /app\nCOPY . .\nCMD npm start\n',
}
const NARROW = {
  ...HOME,
  'pipeline/Dockerfile': 'FROM python:3\nWORKDIR /app\nCOPY pipeline/ .\nCMD python -m run\n',
}
const THREE = ['api', 'pipeline', 'web']

function rename(files: Record<string, string>, from: string, to: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name.replace(from, to), text]))
}

describe('proposeSplits', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(root))

  function listBuilds(names: readonly string[]): AskedBuild[] {
    return names.map((name) => ({
      name,
      options: {contextDir: root, dockerfile: path.join(root, name.replace(/-.*/, ''), 'Dockerfile')},
    }))
  }

  function analyze(files: Record<string, string>, names = ['api', 'web']): Promise<Analysis> {
    writeTree(root, files)
    return analyzeBuilds(listBuilds(names), {contextDir: root})
  }

  const rows: [title: string, files: Record<string, string>, names: string[], own: string[]][] = [
    ['one build needs what the other does not', FILES, ['api', 'web'], ['web/Dockerfile.dockerignore']],
    [
      'two builds of one Dockerfile go together',
      FILES,
      ['api', 'web', 'web-worker'],
      ['web/Dockerfile.dockerignore'],
    ],
    ['all need it', {...FILES, 'api/Dockerfile': NEEDS_GIT}, ['api', 'web'], []],
    ['none needs it', {...FILES, 'web/Dockerfile': PLAIN}, ['api', 'web'], []],
    ['too little to gain', {...FILES, '.git/objects/aa/bb': 'x'.repeat(900_000)}, ['api', 'web'], []],
    ['only the build that needs it is at hand', FILES, ['web'], []],
    ['only a build that does not is at hand', FILES, ['api'], ['api/Dockerfile.dockerignore']],
    ['nothing proves that the others do without', DATA, ['api', 'web'], ['web/Dockerfile.dockerignore']],
    ['and only one of these is at hand', DATA, ['api'], ['api/Dockerfile.dockerignore']],
    ['it lies where one build works', HOME, THREE, ['pipeline/Dockerfile.dockerignore']],
    [
      'it lies where one build works, which copies only that',
      NARROW,
      THREE,
      ['pipeline/Dockerfile.dockerignore'],
    ],
    ['and this one is not at hand', NARROW, ['web'], ['web/Dockerfile.dockerignore']],
    ['it lies where none of them works', rename(HOME, 'pipeline/data', 'data'), THREE, []],
    [
      'it is not known where another works',
      {...HOME, Dockerfile: 'FROM node\nCOPY . .\nCMD npm start\n'},
      ['.', ...THREE],
      [],
    ],
    [
      'each build has its own, and the larger one is proposed first',
      {...HOME, 'web/data/clicks.csv': 'x'.repeat(1_800_000)},
      ['pipeline', 'web'],
      ['web/Dockerfile.dockerignore'],
    ],
    [
      'each build has its own, and a third has none',
      {...HOME, 'web/data/clicks.csv': 'x'.repeat(1_800_000)},
      THREE,
      ['pipeline/Dockerfile.dockerignore', 'web/Dockerfile.dockerignore'],
    ],
  ]
  for (const [title, files, names, own] of rows) {
    it(title, async () => {
      const {report} = await analyze(files, names)
      assert.deepEqual(
        (report.splits ?? []).flatMap(({ownFiles}) => ownFiles.map(({ignoreFile}) => ignoreFile)),
        own,
      )
    })
  }

  it('writes both files with consent: what it promised is measured, and each build keeps what it needs', async () => {
    const before = await analyze(FILES)
    const [split] = before.report.splits!
    assert.deepEqual(split!.patterns, ['.git'])
    const {lost, after} = await writeChanges(acceptSplits(before))
    assert.deepEqual(lost, [])
    assert.equal(after.transferBytes, before.report.after.transferBytes - split!.savedBytes)
    const text = (name: string): string => readFileSync(path.join(root, name), 'utf8')
    assert.match(text('.dockerignore'), /^# mine\r\nnotes\r\n# >>>.*\r\n\.git\r\n/)
    assert.match(
      text('web/Dockerfile.dockerignore'),
      /^# For web\/Dockerfile this file replaces \.dockerignore entirely/,
    )
    assert.match(text('web/Dockerfile.dockerignore'), /^# mine\r\nnotes\r\n/m)
    assert.doesNotMatch(text('web/Dockerfile.dockerignore'), /^\.git\r$/m)
    const again = await analyzeBuilds(listBuilds(['api', 'web']), {contextDir: root})
    assert.equal(again.report.before.transferBytes, after.transferBytes)
    assert.equal(again.report.splits, undefined)
    assert.deepEqual(again.changes, [])
  })

  it('keeps what is to be reviewed for --all', async () => {
    const {report, splits, ...analysis} = await analyze(DATA, ['api', 'web'])
    const [split] = report.splits!
    assert.deepEqual(
      [split!.confidence, split!.forSenders, split!.neededBy, split!.patterns],
      ['review', false, ['web'], ['web/data']],
    )
    assert.deepEqual(acceptSplits({report, splits, ...analysis}).changes, [])
    const all = await analyzeBuilds(listBuilds(['api', 'web']), {contextDir: root, all: true})
    assert.deepEqual(
      acceptSplits(all).changes.map(({path: file}) => file),
      ['web/Dockerfile.dockerignore', '.dockerignore'],
    )
  })

  it('leaves a path to the build where it lies: with --all no shared line takes it, and with consent the others get rid of it', async () => {
    writeTree(root, HOME)
    const options = {contextDir: root, all: true}
    const before = await analyzeBuilds(listBuilds(THREE), options)
    const [split] = before.report.splits!
    assert.deepEqual(
      [split!.confidence, split!.neededBy, split!.isNeedLikely, split!.patterns],
      ['review', ['pipeline'], true, ['pipeline/data']],
    )
    const {wantedBy, confidence} = before.report.suggestions.find(({pattern}) => pattern === 'pipeline/data')!
    assert.deepEqual([wantedBy, confidence], [['pipeline'], 'review'])
    assert.deepEqual(before.changes, [])
    const {lost, after} = await writeChanges(acceptSplits(before))
    assert.deepEqual(lost, [])
    assert.equal(after.transferBytes, before.report.after.transferBytes - split!.savedBytes)
    const again = await analyzeBuilds(listBuilds(THREE), options)
    const sizes = new Map(again.report.plans.map(({name, before: now}) => [name, now.fileBytes]))
    assert.ok(sizes.get('pipeline')! > 1_500_000, String(sizes.get('pipeline')))
    assert.ok(sizes.get('web')! < 10_000 && sizes.get('api')! < 10_000)
    assert.deepEqual([again.report.splits, again.changes], [undefined, []])
  })

  it('puts such a line into the shared file with --all where no file would help', async () => {
    writeTree(root, {...HOME, 'pipeline/data/orders.csv': 'x'.repeat(500_000)})
    const {report, changes} = await analyzeBuilds(listBuilds(THREE), {contextDir: root, all: true})
    assert.equal(report.splits, undefined)
    assert.match(Buffer.from(changes[0]!.after).toString(), /^pipeline\/data$/m)
  })

  const ticks: [title: string, ticked: RegExp, written: string[]][] = [
    ['nothing', /^$/, []],
    ['the line', /^line/, ['.dockerignore']],
    ['the file', /^file/, ['pipeline/Dockerfile.dockerignore', '.dockerignore']],
    ['both, where the file wins', /./, ['pipeline/Dockerfile.dockerignore', '.dockerignore']],
  ]
  for (const [title, ticked, written] of ticks) {
    it(`ticked: ${title}`, async () => {
      const analysis = await analyze(HOME, THREE)
      const offer = listOffer(analysis)
      const names = [...offer.lines.map(() => 'line'), ...offer.splits.map(() => 'file')]
      const places = [...names.keys()].filter((at) => ticked.test(names[at]!))
      const {analysis: chosen, ownBytes} = chooseTicked(analysis, offer, places)
      assert.deepEqual(
        chosen.changes.map(({path: file}) => file),
        written,
      )
      assert.equal(ownBytes > 1_500_000, written.length > 1, String(ownBytes))
    })
  }

  it('gives a build that sends for nothing a file, and leaves the others alone', async () => {
    writeTree(root, DATA)
    const options = {contextDir: root, all: true}
    const before = await analyzeBuilds(listBuilds(['api']), options)
    const both = await analyzeBuilds(listBuilds(['api', 'web']), options)
    const {lost, after} = await writeChanges(acceptSplits(before))
    assert.deepEqual(lost, [])
    assert.ok(after.transferBytes < 10_000, String(after.transferBytes))
    assert.ok(!existsSync(path.join(root, '.dockerignore')))
    assert.match(
      readFileSync(path.join(root, 'api/Dockerfile.dockerignore'), 'utf8'),
      /^# For api\/Dockerfile this file replaces \.dockerignore entirely.*\n# with web\/data, which web\/Dockerfile needs and this build does not\.\n[\s\S]*\nweb\/data\n/,
    )
    const again = await analyzeBuilds(listBuilds(['api', 'web']), options)
    const sizeOf = ({report: {plans}}: Analysis) => plans.find(({name}) => name === 'web')!.before
    assert.deepEqual(sizeOf(again), sizeOf(both))
  })

  it('makes no file without consent', async () => {
    const analysis = await analyze(FILES)
    if (analysis.changes.length > 0) await writeChanges(analysis)
    assert.ok(!existsSync(path.join(root, 'web/Dockerfile.dockerignore')))
  })
})
