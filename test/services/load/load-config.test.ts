import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {mkdirSync, symlinkSync, truncateSync} from 'node:fs'
import path from 'node:path'
import {SlimCheckError} from '../../../src/errors.js'
import {loadConfig} from '../../../src/services/load/load-config.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

describe('loadConfig', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      '.slim-check.yaml': 'top: 99',
      'repo/.git/HEAD': 'ref',
      'repo/.slim-check.yml': 'top: 1',
      'repo/web/package.json': '{"name": "web"}',
      'repo/web/app/x': '',
      'repo/api/package.json': '{"slim-check": {"top": 2}}',
      'repo/api/src/x': '',
      'repo/both/.slim-check.yaml': 'top: 3',
      'repo/both/.slim-check.json': '{"top": 4}',
      'repo/both/package.json': '{"slim-check": {"top": 5}}',
      'repo/broken/package.json': '{"name": ',
      'repo/half/package.json': '{"slim-check": ',
      'repo/empty/.slim-check.yaml': '',
      'repo/bad/.slim-check.yaml': 'budgets:\n  max-transfr: 5MB\ntop: x\n',
      'repo/binary/.slim-check.yaml': '\u0000\u0001',
      'repo/large/.slim-check.yaml': '',
      'alone/.git': 'gitdir: elsewhere',
      'alone/web/x': '',
      'other.yaml': 'top: 7',
    })
    truncateSync(path.join(root, 'repo/large/.slim-check.yaml'), 100_000_000)
    mkdirSync(path.join(root, 'repo/folder/.slim-check.yaml'), {recursive: true})
    mkdirSync(path.join(root, 'repo/folders/package.json'), {recursive: true})
    mkdirSync(path.join(root, 'repo/pipe'))
    spawnSync('mkfifo', [path.join(root, 'repo/pipe/.slim-check.yaml')])
    mkdirSync(path.join(root, 'repo/zero'))
    symlinkSync('/dev/zero', path.join(root, 'repo/zero/.slim-check.yaml'))
  })
  after(() => removeTree(root))

  const load = (contextDir: string, file?: string | null) =>
    loadConfig({contextDir, workingDir: root, ...(file !== undefined && {file})})

  for (const [contextDir, file, top] of [
    ['repo', 'repo/.slim-check.yml', 1],
    ['repo/web/app', 'repo/.slim-check.yml', 1],
    ['repo/api/src', 'repo/api/package.json', 2],
    ['repo/both', 'repo/both/.slim-check.yaml', 3],
    ['repo/broken', 'repo/.slim-check.yml', 1],
    ['repo/folders', 'repo/.slim-check.yml', 1],
    ['repo/empty', 'repo/empty/.slim-check.yaml', undefined],
    ['alone/web', null, undefined],
    ['.', '.slim-check.yaml', 99],
  ] as const) {
    it(`finds ${file ?? 'nothing'} for ${contextDir}`, async () => {
      const found = await load(contextDir)
      assert.deepEqual([found.file, found.settings.top], [file, top])
      if (file !== null) assert.equal(found.directory, path.dirname(path.join(root, file)))
    })
  }

  it('takes the file it is told, or none', async () => {
    assert.equal((await load('repo', 'other.yaml')).settings.top, 7)
    assert.equal((await load('repo', null)).file, null)
    await assert.rejects(load('repo', 'none.yaml'), {code: 'config-not-found'})
  })

  for (const [contextDir, code, message] of [
    [
      'repo/bad',
      'config-invalid',
      /^repo\/bad\/\.slim-check\.yaml:2: budgets\.max-transfr: .*\nrepo\/bad\/\.slim-check\.yaml:3: top: [^\n]*$/,
    ],
    ['repo/half', 'config-invalid', /^repo\/half\/package\.json:1: /],
    ['repo/binary', 'config-invalid', /not text/],
    ['repo/large', 'file-too-large', /65536 bytes/],
    ['repo/folder', 'config-unreadable', /it is a directory/],
    ['repo/pipe', 'config-unreadable', /not a regular file/],
    ['repo/zero', 'config-unreadable', /not a regular file/],
  ] as const) {
    it(`refuses ${contextDir}`, async () => {
      await assert.rejects(load(contextDir), (error: unknown) => {
        assert.ok(error instanceof SlimCheckError)
        assert.equal(error.code, code)
        assert.match(error.message, message)
        return true
      })
    })
  }
})
