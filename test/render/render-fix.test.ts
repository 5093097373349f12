import assert from 'node:assert/strict'
import {FORMATS, renderReport} from '../../src/cli/formats.js'
import {renderFindings} from '../../src/render/html/render-problems.js'
import {createPlan, createReport} from '../helpers/report-fixtures.js'

const REPORT = createReport([createPlan('Dockerfile')], {
  findings: [
    {
      rule: 'copy-missing-source',
      severity: 'error',
      message: '"a.txt" is not in the context',
      file: 'Dockerfile',
      line: 2,
      fix: 'write \u001b[31mb.txt',
    },
  ],
})

describe('what to do about a finding', () => {
  for (const format of FORMATS.filter((one) => one !== 'html')) {
    it(`stands in ${format}, harmless`, async () => {
      const text = await renderReport(format, REPORT, null, {
        width: 80,
        hasColor: false,
        hasUnicode: true,
        top: 10,
        isExact: false,
        isTree: false,
        all: false,
        version: '1.0.0',
        contextPath: '.',
      })
      assert.match(text, /[Ff]ix(?:: |": ")/)
      assert.match(text, /write /)
      assert.doesNotMatch(text, /\u001b/)
    })
  }

  it('stands in html, harmless', () => {
    assert.match(renderFindings(REPORT.findings), /Fix: write \\e\[31mb\.txt/)
  })
})
