import type {
  Budget,
  ContextReport,
  LargestPath,
  PlanReport,
  Suggestion,
} from '../../src/report/context-report.js'
import type {Sizes} from '../../src/report/sizes.js'
import {addSizes} from '../../src/report/sizes.js'

/** Literal reports for the renderers: one of each kind that a format must cope with. */

/** Sizes of so many bytes in so many files; a rebuild sends some 60 bytes a file. */
export function createSizes(transferBytes: number, fileCount: number): Sizes {
  return {
    entryCount: fileCount + Math.ceil(fileCount / 10),
    fileCount,
    fileBytes: Math.floor(transferBytes * 0.98),
    transferBytes,
    rebuildTransferBytes: fileCount * 60 + 2,
  }
}

export function createPlan(name: string, change: Partial<PlanReport> = {}): PlanReport {
  const before = change.before ?? createSizes(18_300_000, 412)
  return {
    name,
    context: '.',
    dockerfile: 'Dockerfile',
    target: null,
    ignoreFile: '.dockerignore',
    usesContext: true,
    requestedPaths: null,
    eligible: before,
    before,
    after: before,
    namedContexts: [],
    ...change,
  }
}

export function createLargest(
  path: string,
  transferBytes: number,
  fileCount: number,
  title = '',
): LargestPath {
  const kind = title === '' ? 'other' : title.toLowerCase().replaceAll(' ', '-')
  return {path, kind, title, fileCount, fileBytes: Math.floor(transferBytes * 0.98), transferBytes}
}

export function createSuggestion(
  pattern: string,
  savedBytes: number,
  change: Partial<Suggestion> = {},
): Suggestion {
  return {
    pattern,
    rule: 'node-modules',
    confidence: 'safe',
    reason: 'no COPY names it; RUN npm ci recreates it (Dockerfile:9)',
    paths: [pattern.replace('**/', '')],
    fileCount: 1,
    savedBytes,
    ignoreFile: '.dockerignore',
    ...change,
  }
}

export function createBudget(change: Partial<Budget>): Budget {
  return {
    name: 'max-transfer',
    plan: 'Dockerfile',
    unit: 'bytes',
    limit: 50_000_000,
    actual: 18_300_000,
    ok: true,
    relievedBy: [],
    ...change,
  }
}

/** A report whose sums follow from its plans. */
export function createReport(plans: PlanReport[], change: Partial<ContextReport> = {}): ContextReport {
  return {
    schemaVersion: 1,
    context: '.',
    plans,
    before: addSizes(plans.map(({before}) => before)),
    after: addSizes(plans.map(({after}) => after)),
    largest: [],
    suggestions: [],
    findings: [],
    budgets: [],
    ...change,
  }
}

/** A small project in which all is well. */
export const CLEAN = createReport([createPlan('Dockerfile', {before: createSizes(48_213, 12)})], {
  largest: [createLargest('src', 40_100, 9), createLargest('package-lock.json', 8_113, 1)],
  budgets: [createBudget({limit: 1_000_000, actual: 48_213})],
})

/** One build that sends far too much. */
export const FAT = createReport(
  [
    createPlan('Dockerfile', {
      target: 'runtime',
      eligible: createSizes(1_310_000_000, 48_900),
      before: createSizes(1_240_000_000, 48_211),
      after: createSizes(18_300_000, 412),
      namedContexts: [
        {
          name: 'lib',
          context: '../lib',
          usesContext: true,
          requestedPaths: ['src'],
          before: createSizes(2_000_000, 20),
          after: createSizes(2_000_000, 20),
        },
      ],
    }),
  ],
  {
    largest: [
      createLargest('web/node_modules', 812_000_000, 31_204, 'npm packages'),
      createLargest('.git', 301_000_000, 512, 'Git history'),
      createLargest('web/.next', 95_000_000, 8_120, 'Next.js build output'),
      createLargest('services/payments/internal/generated/openapi/client/v2/models', 31_900_000, 8_000),
      createLargest('docs', 100_000, 375),
    ],
    suggestions: [
      createSuggestion('**/node_modules', 812_000_000, {fileCount: 31_204}),
      createSuggestion('.git', 301_000_000, {
        rule: 'git',
        reason: 'no step and no program of the image uses Git',
      }),
      createSuggestion('**/.next', 95_000_000, {
        rule: 'next-build',
        reason: 'RUN npm run build recreates it (Dockerfile:14)',
      }),
      createSuggestion('docs', 1_200_000, {
        rule: 'documentation',
        confidence: 'review',
        reason: 'COPY . . copies it and nothing proves it unused',
      }),
      createSuggestion('web/public/generated', 900_000, {
        rule: 'build-output',
        confidence: 'blocked',
        reason: 'COPY web/public/generated /srv names it (Dockerfile:21)',
      }),
    ],
    findings: [
      {
        rule: 'secret-in-context',
        severity: 'error',
        message: '".env" (environment file with secrets) goes into the image: COPY . .',
        file: 'Dockerfile',
        line: 12,
      },
      {
        rule: 'dead-pattern',
        severity: 'warning',
        message: '"src/dist" matches nothing',
        file: '.dockerignore',
        line: 4,
      },
      {rule: 'xattrs-not-read', severity: 'info', message: 'extended attributes are not counted'},
    ],
    budgets: [
      createBudget({
        actual: 1_242_000_000,
        ok: false,
        relievedBy: [
          {path: 'web/node_modules', transferBytes: 812_000_000, fileCount: 31_204},
          {path: '.git', transferBytes: 301_000_000, fileCount: 512},
          {path: 'web/.next', transferBytes: 95_000_000, fileCount: 8_120},
        ],
      }),
      createBudget({name: 'max-files', unit: 'files', limit: 60_000, actual: 48_231}),
    ],
    rates: [
      {bytesPerSecond: 12_500_000, label: '100 Mbit/s'},
      {bytesPerSecond: 1_250_000, label: '10 Mbit/s'},
    ],
  },
)

/** A monorepo: several builds on two contexts, with violated budgets. */
export const SEVERAL = createReport(
  [
    createPlan('api', {
      dockerfile: 'api/Dockerfile',
      target: 'runtime',
      ignoreFile: 'api/Dockerfile.dockerignore',
      before: createSizes(400_000_000, 20_000),
      after: createSizes(4_000_000, 210),
    }),
    createPlan('web', {
      dockerfile: 'web/Dockerfile',
      before: createSizes(812_000_000, 31_204),
      after: createSizes(71_000_000, 2_800),
      namedContexts: [
        {
          name: 'shared',
          context: 'packages/shared',
          usesContext: true,
          requestedPaths: null,
          before: createSizes(1_000_000, 30),
          after: createSizes(1_000_000, 30),
        },
      ],
    }),
    createPlan('pipeline', {
      context: 'pipeline',
      dockerfile: 'pipeline/Dockerfile',
      ignoreFile: null,
      before: createSizes(29_000_000, 90),
    }),
    createPlan('proxy', {
      dockerfile: 'proxy/Dockerfile',
      usesContext: false,
      requestedPaths: null,
      before: createSizes(0, 0),
    }),
  ],
  {
    largest: [
      createLargest('web/node_modules', 700_000_000, 28_000, 'npm packages'),
      createLargest('api/.venv', 396_000_000, 19_790, 'Python virtual environment'),
      createLargest('data/samples.parquet', 60_000_000, 1),
    ],
    suggestions: [
      createSuggestion('web/node_modules', 700_000_000, {
        reason: 'RUN npm ci recreates it (web/Dockerfile:7)',
      }),
      createSuggestion('api/.venv', 396_000_000, {
        rule: 'python-virtual-environment',
        reason: 'RUN uv sync recreates it (api/Dockerfile:5)',
        ignoreFile: 'api/Dockerfile.dockerignore',
      }),
      createSuggestion('data', 60_000_000, {
        rule: 'data',
        confidence: 'blocked',
        reason: 'COPY data /data names it (pipeline/Dockerfile:4)',
        blockedBy: ['pipeline'],
      }),
    ],
    findings: [
      {
        rule: 'copy-missing-source',
        severity: 'error',
        message: '"dist" does not exist',
        file: 'web/Dockerfile',
        line: 11,
        plan: 'web',
      },
      {
        rule: 'no-ignore-file',
        severity: 'warning',
        message: 'there is no ignore file, and COPY . . sends everything',
        plan: 'pipeline',
      },
    ],
    budgets: [
      createBudget({plan: 'api', actual: 400_000_000, ok: false}),
      createBudget({
        plan: 'web',
        actual: 813_000_000,
        ok: false,
        relievedBy: [{path: 'web/node_modules', transferBytes: 700_000_000, fileCount: 28_000}],
      }),
      createBudget({plan: 'pipeline', actual: 29_000_000}),
      createBudget({
        name: 'max-files',
        plan: 'web',
        unit: 'files',
        limit: 10_000,
        actual: 31_234,
        ok: false,
        relievedBy: [{path: 'web/node_modules', transferBytes: 700_000_000, fileCount: 28_000}],
      }),
      createBudget({
        name: 'baseline-transfer',
        plan: 'pipeline',
        limit: 22_000_000,
        actual: 29_000_000,
        ok: false,
        baseline: 20_000_000,
        tolerance: 2_000_000,
      }),
    ],
  },
)

/** Names that try to be something else in each of the formats. */
export const HOSTILE_NAMES = [
  'line\nbreak\r\nand\ttab',
  '\u001b[31mred\u001b]8;;https://evil.example\u0007link',
  'right\u202eto\u2066left\u200b',
  '::error file=x::owned%0A',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '"quoted" \'both\' \\back\\',
  '`tick` ``two`` |pipe| \\|',
  '[click](https://evil.example) ![image](https://evil.example/x.png)',
  '@everyone #1 GH-2 https://evil.example www.evil.example a@evil.example',
  '# heading\n- list\n```\nfence\n</details><!-- slim-check -->',
  '**bold** _em_ ~~gone~~ $math$ :smile: &amp; &lt;',
  '{{.Template}} \u0024{{ secrets.X }} {0}',
  '日本語/ディレクトリ/とても長い名前のファイル.txt',
  'e\u0301\u0327 👩‍👩‍👧‍👦 \ud800 \ue000',
  ' leading and trailing ',
  `${'deep/'.repeat(60)}end`,
  '..',
  'C:\\con',
  'a%2Fb?c#d',
] as const

/** Every hostile name in every place that takes one. */
export const HOSTILE = createReport(
  [
    createPlan(HOSTILE_NAMES[4], {
      context: HOSTILE_NAMES[0],
      dockerfile: HOSTILE_NAMES[3],
      target: HOSTILE_NAMES[6],
      ignoreFile: HOSTILE_NAMES[1],
      after: createSizes(1, 1),
      namedContexts: [
        {
          name: HOSTILE_NAMES[2],
          context: HOSTILE_NAMES[7],
          usesContext: true,
          requestedPaths: null,
          before: createSizes(10 ** 15, 1),
          after: createSizes(10 ** 15, 1),
        },
      ],
    }),
    createPlan(HOSTILE_NAMES[8], {dockerfile: HOSTILE_NAMES[9], ignoreFile: HOSTILE_NAMES[10]}),
  ],
  {
    context: HOSTILE_NAMES[0],
    largest: HOSTILE_NAMES.map((name, at) => createLargest(name, Math.max(1, 10 ** (15 - at)), at)),
    suggestions: HOSTILE_NAMES.map((name, at) =>
      createSuggestion(name, Math.max(1, 10 ** (14 - at)), {
        ignoreFile: HOSTILE_NAMES[at % 2]!,
        reason: `RUN echo "${name}" > ${name}`,
        paths: [name],
        confidence: (['safe', 'review', 'blocked'] as const)[at % 3]!,
        ...(at % 3 === 2 && {blockedBy: [HOSTILE_NAMES[8]]}),
      }),
    ),
    findings: HOSTILE_NAMES.map((name, at) => ({
      rule: 'dead-pattern',
      severity: (['error', 'warning', 'info'] as const)[at % 3]!,
      message: `"${name}" matches nothing, ${name}`,
      file: name,
      line: at + 1,
      plan: HOSTILE_NAMES[4],
    })),
    budgets: [
      createBudget({
        plan: HOSTILE_NAMES[8],
        ok: false,
        actual: 10 ** 15,
        relievedBy: HOSTILE_NAMES.slice(0, 3).map((path) => ({path, transferBytes: 10 ** 14, fileCount: 1})),
      }),
    ],
    rates: [{bytesPerSecond: 1, label: HOSTILE_NAMES[2]}],
  },
)

/** More paths than are listed. */
const FLAT = createReport([createPlan('Dockerfile', {before: createSizes(78_000_000, 1_000_000)})], {
  largest: Array.from({length: 12}, (_, at) => createLargest(`file-${at}.js`, 100 - at, 1)),
  otherPaths: {pathCount: 999_988, fileCount: 999_988, fileBytes: 49_999_400, transferBytes: 77_998_866},
})

/** Every fixture by the name that its snapshots carry. */
/** Two services of one context: on one builder it crosses once. */
const SHARED = createReport(
  ['api', 'web'].map((name, number) =>
    createPlan(name, {
      before: createSizes(400_000_000, 20_000),
      after: createSizes(4_000_000, 210),
      oneBuilder: {
        before: createSizes(number === 0 ? 400_000_000 : 0, number === 0 ? 20_000 : 0),
        after: createSizes(number === 0 ? 4_000_000 : 0, number === 0 ? 210 : 0),
      },
    }),
  ),
  {
    oneBuilder: {before: createSizes(400_000_000, 20_000), after: createSizes(4_000_000, 210)},
    suggestions: [createSuggestion('**/node_modules', 792_000_000, {oneBuilderSavedBytes: 396_000_000})],
  },
)

export const REPORTS: readonly [name: string, report: ContextReport][] = [
  ['clean', CLEAN],
  ['fat', FAT],
  ['several', SEVERAL],
  ['hostile', HOSTILE],
  ['flat', FLAT],
  ['shared', SHARED],
]
