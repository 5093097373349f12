import assert from 'node:assert/strict'
import stringWidth from 'string-width'
import {renderText} from '../../src/render/render-text.js'
import type {ContextReport} from '../../src/report/context-report.js'
import {matchSnapshot} from '../helpers/snapshot.js'

const SIZES = {
  entryCount: 50_000,
  fileCount: 48_211,
  fileBytes: 1_200_000_000,
  transferBytes: 1_240_000_000,
  rebuildTransferBytes: 2_490_000,
}
const AFTER = {
  entryCount: 500,
  fileCount: 412,
  fileBytes: 18_000_000,
  transferBytes: 18_300_000,
  rebuildTransferBytes: 30_000,
}

const REPORT: ContextReport = {
  schemaVersion: 1,
  context: '.',
  plans: [
    {
      name: 'Dockerfile',
      context: '.',
      dockerfile: 'Dockerfile',
      target: 'runtime',
      ignoreFile: '.dockerignore',
      usesContext: true,
      requestedPaths: null,
      eligible: SIZES,
      before: SIZES,
      after: AFTER,
      namedContexts: [],
    },
  ],
  before: SIZES,
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
      path: '.git',
      kind: 'git-history',
      title: 'Git history',
      fileCount: 512,
      fileBytes: 300_000_000,
      transferBytes: 301_000_000,
    },
    {
      path: 'web/.next',
      kind: 'next-build',
      title: 'Next.js build output',
      fileCount: 8_120,
      fileBytes: 94_000_000,
      transferBytes: 95_000_000,
    },
    {
      path: 'a\u001b[31m\u202e\n/very/long/path/that/does/not/fit/on/a/narrow/screen/日本語.txt',
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
      reason: 'no COPY names it; RUN npm ci makes it again (Dockerfile:9)',
      paths: ['web/node_modules'],
      fileCount: 31_204,
      savedBytes: 812_000_000,
      ignoreFile: '.dockerignore',
    },
    {
      pattern: 'docs',
      rule: 'docs',
      confidence: 'review',
      reason: 'COPY . . carries it and nothing proves it unused',
      paths: ['docs'],
      fileCount: 12,
      savedBytes: 1_200_000,
      ignoreFile: '.dockerignore',
    },
  ],
  findings: [
    {
      rule: 'secret-in-context',
      severity: 'error',
      message: '.env is in the context and COPY . . (Dockerfile:12) puts it in the image',
    },
    {
      rule: 'dead-pattern',
      severity: 'warning',
      message: '"src/dist" matches nothing',
      file: '.dockerignore',
      line: 4,
    },
  ],
  budgets: [],
}

describe('renderText', () => {
  for (const width of [60, 80, 120, 200]) {
    it(`fits ${width} columns`, () => {
      const text = renderText(REPORT, {width, hasColor: false, hasUnicode: true, top: 10, isExact: false})
      const paths = text.split('\n').filter((line) => /█|▏/.test(line))
      for (const line of paths) assert.ok(stringWidth(line) <= width, `${stringWidth(line)}: ${line}`)
      matchSnapshot(`text/width-${width}.txt`, text)
    })
  }

  it('needs no Unicode', () => {
    const text = renderText(REPORT, {width: 100, hasColor: false, hasUnicode: false, top: 2, isExact: true})
    const names = text.split('\n').filter((line) => !line.includes('more'))
    assert.match(names.join('\n'), /^[\x20-\x7e\n]*$/)
    matchSnapshot('text/ascii.txt', text)
  })

  it('lets no escape sequence of a file name through', () => {
    const text = renderText(REPORT, {width: 200, hasColor: false, hasUnicode: true, top: 10, isExact: false})
    assert.doesNotMatch(text, /[\u001b\u202e]/)
  })

  it('says the same with colour as without', () => {
    const options = {width: 120, hasUnicode: true, top: 10, isExact: false}
    const colored = renderText(REPORT, {...options, hasColor: true})
    assert.notEqual(colored, renderText(REPORT, {...options, hasColor: false}))
    assert.equal(colored.replace(/\u001b\[\d+m/g, ''), renderText(REPORT, {...options, hasColor: false}))
  })
})
