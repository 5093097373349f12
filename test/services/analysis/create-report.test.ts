import assert from 'node:assert/strict'
import path from 'node:path'
import {analyzeBuilds} from '../../../src/services/analysis/analyze-builds.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

describe('the findings of builds that cannot start', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      'app/Dockerfile': 'FROM scratch\nCOPY . .\n',
      'app/web/Dockerfile': 'FROM\n',
      'app/api/Dockerfile': 'FROM scratch\nCOPY . .\n',
      'app/api/.dockerignore': 'a\n[b\n',
      'app/late/Dockerfile': 'FROM scratch\nCOPY . .\n',
      'app/late/.dockerignore': '[z-a]\n',
    })
  })
  after(() => removeTree(root))

  // A report's paths are relative to its context, wherever the program runs.
  const rows: [workingDir: string, contextDir: string, up: string][] = [
    ['app', '.', ''],
    ['.', 'app', 'app/'],
    ['app/web', '..', '../'],
  ]
  for (const [place, contextDir, up] of rows) {
    it(`name their file relative to the report's context, run in ${place}`, async () => {
      const workingDir = path.join(root, place)
      const context = (name: string): string => `${up}${name}` || '.'
      const builds = [
        {name: 'whole', options: {contextDir: context(''), workingDir}},
        {name: 'web', options: {contextDir: context(''), dockerfile: `${up}web/Dockerfile`, workingDir}},
        {name: 'api', options: {contextDir: context('api'), workingDir}},
        {name: 'late', options: {contextDir: context('late'), workingDir}},
        {name: 'gone', options: {contextDir: context('gone'), workingDir}},
      ]
      const {report} = await analyzeBuilds(builds, {contextDir, workingDir})
      const broken = report.findings.filter(({rule}) => rule === 'broken-build')
      assert.deepEqual(
        broken.map(({plan, file, line}) => [plan, file, line]),
        [
          ['api', 'api/.dockerignore', 2],
          ['late', 'late/.dockerignore', 1],
          ['web', 'web/Dockerfile', 1],
          ['gone', undefined, undefined],
        ],
      )
    })
  }
})
