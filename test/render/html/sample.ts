import type {ContextReport, PlanReport} from '../../../src/report/context-report.js'
import type {SizeNode} from '../../../src/report/size-node.js'
import type {Sizes} from '../../../src/report/sizes.js'
import {makeTree} from '../../measure/figures/size-trees.js'

/** Names that would do harm if they were taken for anything but text. */
export const HOSTILE = {
  script: '<script>document.title="owned"<\u2215script>.js',
  closing: '</style><\u2215script>',
  attribute: '"><img src=x onerror=alert(1)>.png',
  control: 'a\u001b[31m\nb.bin',
  direction: 'evil\u202egnp.exe',
  template: '{{7*7}}<!--.txt',
}

function sizes(transferBytes: number, fileCount: number, rebuildTransferBytes: number): Sizes {
  return {
    entryCount: fileCount,
    fileCount,
    fileBytes: transferBytes,
    transferBytes,
    rebuildTransferBytes,
  }
}

function plan(name: string, before: Sizes, after: Sizes): PlanReport {
  return {
    name,
    context: '.',
    dockerfile: `${name}/Dockerfile`,
    target: null,
    ignoreFile: '.dockerignore',
    usesContext: true,
    requestedPaths: null,
    eligible: before,
    before,
    after,
    namedContexts: [],
  }
}

/** What crosses: much that leaves, some that stays, hostile names among it. */
export const TREE: SizeNode = makeTree(
  [
    ['web/node_modules/next/dist/server.js', 120_000_000],
    ['web/node_modules/next/dist/client.js', 70_000_000],
    ['web/node_modules/react/index.js', 30_000_000],
    ['web/.next/cache/0.pack', 95_000_000],
    ['web/src/main.ts', 50_000],
    ['.git/objects/pack/0123.pack', 301_000_000],
    ['data/orders.csv', 9_000_000],
    ['data/שלום.csv', 3_000_000],
    ...Object.values(HOSTILE).map((name, at): [string, number] => [
      `odd/${name.replaceAll('/', '\u2215')}`,
      1_000_000 + at * 200_000,
    ]),
  ],
  ['.git', 'node_modules', '.next'],
)

const BEFORE = sizes(1_240_000_000, 48_211, 2_490_000)
const AFTER = sizes(18_300_000, 412, 30_000)

/** One build that could be much smaller. */
export const REPORT: ContextReport = {
  schemaVersion: 1,
  context: 'shop',
  plans: [{...plan('web', BEFORE, AFTER), dockerfile: 'Dockerfile', target: 'runtime'}],
  before: BEFORE,
  after: AFTER,
  largest: [
    {
      path: 'web/node_modules',
      kind: 'npm-packages',
      title: 'npm packages',
      fileCount: 31_204,
      fileBytes: 800_000_000,
      transferBytes: 812_000_000,
    },
    {
      path: HOSTILE.attribute,
      kind: 'other',
      title: '',
      fileCount: 1,
      fileBytes: 32_000_000,
      transferBytes: 32_000_000,
    },
  ],
  suggestions: [
    {
      pattern: '**/node_modules',
      rule: 'node-modules',
      confidence: 'safe',
      reason: 'no COPY names it; RUN npm ci recreates it (Dockerfile:9)',
      paths: ['web/node_modules'],
      fileCount: 31_204,
      savedBytes: 812_000_000,
      ignoreFile: '.dockerignore',
    },
    {
      pattern: '.git',
      rule: 'git',
      confidence: 'safe',
      reason: 'no step and no program of the image uses Git',
      paths: ['.git'],
      fileCount: 512,
      savedBytes: 301_000_000,
      ignoreFile: '.dockerignore',
    },
    {
      pattern: 'docs',
      rule: 'docs',
      confidence: 'review',
      reason: `COPY . . copies it ${HOSTILE.script}`,
      paths: ['a', 'b', 'c', 'd', 'e'],
      fileCount: 12,
      savedBytes: 1_200_000,
      ignoreFile: '.dockerignore',
    },
    {
      pattern: 'dist',
      rule: 'js-build',
      confidence: 'blocked',
      reason: 'COPY dist . names it (Dockerfile:7)',
      paths: ['dist'],
      fileCount: 3,
      savedBytes: 20_000_000,
      ignoreFile: '.dockerignore',
    },
  ],
  findings: [
    {
      rule: 'dead-pattern',
      severity: 'warning',
      message: '"src/dist" matches nothing',
      file: '.dockerignore',
      line: 4,
    },
    {
      rule: 'secret-in-context',
      severity: 'error',
      message: `${HOSTILE.closing} is in the context and COPY . . puts it in the image`,
      file: 'Dockerfile',
      line: 12,
    },
    {rule: 'no-ignore-file', severity: 'info', message: 'There is no ignore file'},
  ],
  budgets: [],
}

/** Three builds of one context, budgets passed and failed. */
export const SEVERAL: ContextReport = {
  ...REPORT,
  plans: [
    {
      ...plan('api', sizes(900_000_000, 30_000, 1_600_000), sizes(8_000_000, 212, 20_000)),
      namedContexts: [
        {
          name: 'lib',
          context: '../lib',
          usesContext: true,
          requestedPaths: null,
          before: sizes(1_000_000, 10, 900),
          after: sizes(1_000_000, 10, 900),
        },
      ],
    },
    plan('web', sizes(300_000_000, 18_000, 800_000), sizes(10_000_000, 100, 9_000)),
    plan(HOSTILE.script, sizes(40_000_000, 211, 90_000), sizes(300_000, 100, 1_000)),
  ],
  budgets: [
    {name: 'max-files', plan: 'web', unit: 'files', limit: 20_000, actual: 18_000, ok: true, relievedBy: []},
    {
      name: 'max-transfer',
      plan: 'api',
      unit: 'bytes',
      limit: 50_000_000,
      actual: 900_000_000,
      ok: false,
      relievedBy: [],
    },
    {
      name: 'max-files',
      plan: 'api',
      unit: 'files',
      limit: 1_000,
      actual: 30_000,
      ok: false,
      relievedBy: [{path: 'web/node_modules', transferBytes: 812_000_000, fileCount: 29_500}],
    },
  ],
}

/** A build with nothing to take away. */
export const LEAN: ContextReport = {
  ...REPORT,
  before: AFTER,
  after: AFTER,
  plans: [plan('web', AFTER, AFTER)],
  suggestions: [],
  findings: [],
}
