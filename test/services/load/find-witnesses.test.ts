import assert from 'node:assert/strict'
import {analyzeInDepth} from '../../../src/services/context/analyze-context.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const HISTORY = {'.git/HEAD': 'ref: refs/heads/main\n', '.git/objects/aa/bb': 'x'.repeat(20_000)}
const MAIN = 'FROM node:22\nCOPY . .\n'
const NEEDS_GIT = 'FROM golang\nCOPY . .\nRUN git describe > version\n'

describe('findWitnesses', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(root))

  const rows: [title: string, files: Record<string, string>, witnesses: string[], git: string][] = [
    ['none beside it', {Dockerfile: MAIN}, [], 'safe'],
    ['one beside it', {Dockerfile: MAIN, 'Dockerfile.dev': NEEDS_GIT}, ['Dockerfile.dev'], 'blocked'],
    ['another spelling', {Dockerfile: MAIN, 'dev.Dockerfile': NEEDS_GIT}, ['dev.Dockerfile'], 'blocked'],
    [
      'a folder of nothing but Dockerfiles, none at the root',
      {'packaging/alpine/Dockerfile': NEEDS_GIT, 'main.go': 'package main'},
      ['packaging/alpine/Dockerfile'],
      'blocked',
    ],
    [
      'one that asks for what only the root has',
      {
        Dockerfile: MAIN,
        'api/Dockerfile': 'FROM a\nCOPY lib lib\nCOPY . .\nRUN git describe\n',
        'api/a.go': '',
        'lib/a': 'a',
      },
      ['api/Dockerfile'],
      'blocked',
    ],
    [
      'one with a project of its own around it',
      {Dockerfile: MAIN, 'api/Dockerfile': NEEDS_GIT, 'api/main.go': 'package main'},
      [],
      'safe',
    ],
    [
      'one with an ignore file of its own',
      {Dockerfile: MAIN, 'Dockerfile.dev': NEEDS_GIT, 'Dockerfile.dev.dockerignore': '\n'},
      [],
      'safe',
    ],
    ['one that does not parse', {Dockerfile: MAIN, 'Dockerfile.dev': 'FROM a\nNONSENSE\n'}, [], 'safe'],
    ['templates', {Dockerfile: MAIN, 'Dockerfile.j2': NEEDS_GIT, 'Dockerfile.md': NEEDS_GIT}, [], 'safe'],
    ['in a package', {Dockerfile: MAIN, 'node_modules/x/Dockerfile': NEEDS_GIT}, [], 'safe'],
  ]
  for (const [title, files, witnesses, git] of rows) {
    it(title, async () => {
      writeTree(root, {...HISTORY, ...files})
      const {groups, report} = await analyzeInDepth({contextDir: root})
      assert.deepEqual(
        groups[0]!.evidence.witnesses.map(({plan}) => plan.name),
        witnesses,
      )
      const line = report.suggestions.find(({pattern}) => pattern === '.git')
      assert.equal(line?.confidence, git)
      assert.equal(report.plans.length, 1)
    })
  }

  it('names the build that blocks a line', async () => {
    writeTree(root, {...HISTORY, Dockerfile: MAIN, 'Dockerfile.dev': NEEDS_GIT})
    const {report} = await analyzeInDepth({contextDir: root})
    const {blockedBy, reason} = report.suggestions.find(({pattern}) => pattern === '.git')!
    assert.deepEqual(blockedBy, ['Dockerfile.dev'])
    assert.match(reason, /Dockerfile\.dev:3/)
  })
})
