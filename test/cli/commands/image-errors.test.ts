import assert from 'node:assert/strict'
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {runCli} from '../../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

/** What docker says on standard error when it is asked for an image, and how an answer begins. */
const REFUSALS: readonly [said: string, answer: RegExp][] = [
  ['Error response from daemon: reference does not exist', /^Error: Docker has no image "app:1"$/m],
  ['Error response from daemon: No such image: app:1', /docker pull app:1/],
  [
    'Cannot connect to the Docker daemon at unix:///x.sock. Is the docker daemon running?',
    /^Try this: Start Docker/m,
  ],
  ['permission denied while trying to connect to the Docker daemon socket', /^Try this: Start Docker/m],
  ['Failed to initialize: context "nope": context not found: open meta.json', /docker context use/],
  [
    'Error response from daemon: invalid reference format',
    /docker save failed .*: invalid reference format$/m,
  ],
  ['', /docker save failed for the image "app:1": it ended without a message/],
]

/** What is in a file, and what is said of it. */
const FILES: readonly [name: string, content: string | Buffer, answer: RegExp][] = [
  ['empty.tar', '', /it is empty/],
  ['text.tar', 'hello\n'.repeat(200), /it is not a tar/],
  ['zeros.tar', Buffer.alloc(1024), /no index\.json and no manifest\.json$/m],
  ['cut.tar', Buffer.alloc(512), /it seems to be cut off/],
]

describe('image, when there is none', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    mkdirSync(path.join(root, 'bin'))
    mkdirSync(path.join(root, 'directory'))
    writeTree(root, {'root/etc/passwd': 'root:x:0:0\n'})
  })
  after(() => removeTree(root))

  const image = (source: string, env = {}, input = '') => {
    const {stdout, stderr, status} = runCli(['image', source], {cwd: root, env, input})
    assert.deepEqual([stdout, status], ['', 2])
    assert.match(stderr, /^Error: .+\nTry this: /)
    return stderr
  }

  for (const [said, answer] of REFUSALS) {
    it(`explains what docker says: ${said || 'nothing'}`, () => {
      const docker = path.join(root, 'bin/docker')
      writeFileSync(docker, `#!/bin/sh\ncat <<'END' >&2\n${said}\nEND\nexit 1\n`)
      chmodSync(docker, 0o755)
      assert.match(image('app:1', {PATH: `${root}/bin:${process.env.PATH}`}), answer)
    })
  }

  it('says that docker was not found', () => {
    assert.match(image('app:1', {PATH: path.join(root, 'directory')}), /the program docker, .*was not found/)
  })

  for (const [name, content, answer] of FILES) {
    it(`says what is wrong with ${name}, as a file and from standard input`, () => {
      writeFileSync(path.join(root, name), content)
      assert.match(image(name), answer)
      assert.match(image('-', {}, content.toString('latin1')), answer)
    })
  }

  it('says what is wrong with a directory', () => {
    assert.match(image('directory'), /no index\.json and no manifest\.json/)
    assert.match(image('root'), /a root file system, as docker export writes it/)
    assert.match(image('nowhere.tar'), /Image archive not found: "nowhere\.tar"/)
  })
})
