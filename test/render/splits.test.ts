import assert from 'node:assert/strict'
import {renderHtml} from '../../src/render/html/render-html.js'
import {renderMarkdown} from '../../src/render/markdown/render-markdown.js'
import {renderText} from '../../src/render/text/render-text.js'
import type {ContextReport, SplitReport} from '../../src/report/context-report.js'
import {createPlan, createReport, createSizes, createSuggestion} from '../helpers/report-fixtures.js'
import {TREE} from './html/sample.js'

const SPLIT: SplitReport = {
  ignoreFile: '.dockerignore',
  patterns: ['pipeline/data'],
  ownFiles: [
    {
      ignoreFile: 'pipeline/Dockerfile.dockerignore',
      dockerfile: 'pipeline/Dockerfile',
      plans: ['pipeline'],
    },
  ],
  savedBytes: 160_000_000,
  confidence: 'review',
  forSenders: false,
  neededBy: ['pipeline'],
  isNeedLikely: true,
}
const HOSTILE = '\u001b[31m<b>a|b`\n\u202e'

function reportOf(split: SplitReport): ContextReport {
  const plans = ['pipeline', 'web'].map((name) =>
    createPlan(name, {dockerfile: `${name}/Dockerfile`, before: createSizes(80_000_000, 9)}),
  )
  const line = {confidence: 'review', wantedBy: split.neededBy} as const
  const suggestions = [createSuggestion('pipeline/data', 160_000_000, line)]
  return createReport(plans, {suggestions, splits: [split]})
}

const formats: Record<string, (report: ContextReport) => string> = {
  text: (report) =>
    renderText(report, {top: 10, isExact: false, width: 200, hasColor: false, hasUnicode: true}),
  Markdown: (report) => renderMarkdown(report),
  HTML: (report) => renderHtml(report, TREE),
}

describe('an ignore file of its own', () => {
  for (const [name, render] of Object.entries(formats)) {
    it(`${name} says which, for whom, and what it saves`, () => {
      const text = render(reportOf(SPLIT)).replace(/<[^>]*>|[`\\]/g, '')
      assert.match(text, /probably needed by pipeline/)
      assert.match(text, /An ignore file of its own would help/)
      assert.match(text, /pipeline\/Dockerfile\.dockerignore/)
      assert.match(
        text,
        /pipeline probably needs pipeline\/data; it is not known whether the other builds do/,
      )
      assert.match(text, /160 MB/)
    })

    it(`${name} escapes hostile names`, () => {
      const own = {ignoreFile: HOSTILE, dockerfile: HOSTILE, plans: [HOSTILE]}
      const text = render(
        reportOf({...SPLIT, ownFiles: [own], patterns: [HOSTILE], neededBy: [HOSTILE], ignoreFile: HOSTILE}),
      )
      assert.doesNotMatch(text, /\u001b|\u202e/)
      if (name === 'HTML') assert.doesNotMatch(text, /<b>a/)
      if (name === 'Markdown') {
        const row = text.split('\n').find((line) => line.startsWith('| review'))
        assert.equal(row!.replace(/\\.|`[^`]*`/g, '').split('|').length, 6, row)
      }
    })
  }
})
