import assert from 'node:assert/strict'
import {FORMATS} from '../../src/cli/reports/choose-format.js'
import {contextForms} from '../../src/cli/reports/context-forms.js'
import {renderReport} from '../../src/cli/reports/write-report.js'
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
      const screen = {width: 80, hasColor: false, hasUnicode: true}
      const text = await renderReport(format, contextForms(REPORT, null, {}), {version: '1.0.0', screen})
      assert.match(text, /[Ff]ix(?:: |": ")/)
      assert.match(text, /write /)
      assert.doesNotMatch(text, /\u001b/)
    })
  }

  it('stands in html, harmless', () => {
    assert.match(renderFindings(REPORT.findings), /Fix: write \\e\[31mb\.txt/)
  })
})
