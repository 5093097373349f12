import assert from 'node:assert/strict'
import {readdirSync} from 'node:fs'
import path from 'node:path'
import {COMPOSE_IDS} from '../../../../src/advice/rule-ids.js'
import {COMPOSE_RULES} from '../../../../src/advice/rules/compose/all-compose-rules.js'
import type {ComposeExample} from '../../../../src/advice/rules/define-compose-rule.js'
import {adviseCompose, type ComposeAnalysis} from '../../../../src/services/compose/report-compose.js'
import {planComposeChanges} from '../../../../src/services/compose/write-compose.js'
import {projectRoot} from '../../../helpers/project.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../../helpers/tree.js'

describe('the rules about Compose projects', () => {
  let directory = ''
  beforeEach(() => {
    directory = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(directory))

  const analyze = ({compose, files = {}}: ComposeExample): Promise<ComposeAnalysis> => {
    writeTree(directory, {'compose.yaml': compose, ...files})
    return adviseCompose({contextDir: '.', workingDir: directory, env: {}, configFile: null})
  }

  it('stand one in a file of the same name, sorted', () => {
    const files = readdirSync(path.join(projectRoot, 'src/advice/rules/compose'))
      .filter((file) => file !== 'all-compose-rules.ts')
      .map((file) => file.replace(/\.ts$/, ''))
    const ids = COMPOSE_RULES.map(({id}) => id)
    assert.deepEqual(ids, files.sort())
    assert.deepEqual(ids, COMPOSE_IDS)
  })

  for (const {id, examples, summary, reason, remedy} of COMPOSE_RULES) {
    describe(id, () => {
      for (const [at, example] of examples.bad.entries()) {
        it(`hits its bad example ${at + 1}`, async () => {
          const analysis = await analyze(example)
          assert.ok(
            analysis.report.findings.some(({rule}) => rule === id),
            JSON.stringify(analysis.report.findings),
          )
          const own = analysis.report.rewrites.filter(({rule}) => rule === id)
          const [change] = planComposeChanges(analysis, own)
          assert.equal(change && new TextDecoder().decode(change.after), example.expected)
        })
      }
      for (const [at, example] of examples.good.entries()) {
        it(`is quiet about its good example ${at + 1}`, async () => {
          const {report} = await analyze(example)
          assert.deepEqual(
            report.findings.filter(({rule}) => rule === id),
            [],
          )
        })
      }
      it('writes sentences', () => {
        assert.match(summary, /^[A-Z].*[^.]$/)
        assert.match(reason, /^.*\.$/)
        assert.match(remedy, /^.*\.$/)
      })
    })
  }

  for (const [profiles, severity] of [
    [['gpu', 'cpu'], 'info'],
    [['all', 'all'], 'warning'],
  ] as const) {
    it(`tells equal builds of the profiles ${profiles.join(' and ')} as ${severity}`, async () => {
      const [one, other] = profiles.map((profile) => `{build: ., profiles: [${profile}]}`)
      const compose = `services:\n  a: ${one}\n  b: ${other}\n`
      const {report} = await analyze({compose, files: {Dockerfile: 'FROM node:22\n'}})
      const found = report.findings.filter(({rule}) => rule === 'compose-repeated-build')
      assert.deepEqual(
        found.map((finding) => finding.severity),
        [severity],
      )
    })
  }
})
