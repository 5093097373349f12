import assert from 'node:assert/strict'
import {chmodSync, linkSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {SlimCheckError} from '../../../src/errors.js'
import {adviseCompose, type ComposeAnalysis} from '../../../src/services/compose/report-compose.js'
import {
  type ComposeFileChange,
  chooseComposeRewrites,
  planComposeChanges,
  writeComposeChanges,
} from '../../../src/services/compose/write-compose.js'
import {actAsOrdinaryUser} from '../../helpers/ordinary-user.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const MAIN = 'compose.yaml'
const OVERRIDE = 'compose.override.yaml'
/** Two equal builds: the second becomes the image of the first. */
const TWICE =
  '\ufeff# ours\r\nservices:\r\n  web:\r\n    build: .\r\n  worker: # behind\r\n    build: . # same\r\n    depends_on: [web]\r\n'
const TWICE_MORE =
  '# theirs\nservices:\n  api:\n    build: ./api\n  job:\n    build: ./api\n    depends_on: [api]\n'
const DOCKERFILE = 'FROM node:22\nCMD ["node", "a.js"]\n'

describe('writeComposeChanges', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      [MAIN]: TWICE,
      Dockerfile: DOCKERFILE,
      'a.js': '',
      'api/Dockerfile': DOCKERFILE,
      'api/a.js': '',
    })
    chmodSync(path.join(root, MAIN), 0o640)
  })
  afterEach(() => {
    chmodSync(root, 0o700)
    removeTree(root)
  })

  const hostPath = (name: string) => path.join(root, name)
  const put = (name: string, text: string) => writeFileSync(hostPath(name), text)
  const advise = () => adviseCompose({contextDir: root, configFile: null, env: {}})
  const plan = (analysis: ComposeAnalysis) =>
    planComposeChanges(analysis, chooseComposeRewrites(analysis, false))

  /** What a write says that is refused. */
  function refusal(act: () => unknown): string {
    let reason = ''
    assert.throws(act, (error) => {
      assert.ok(error instanceof SlimCheckError && error.code === 'cannot-edit', String(error))
      reason = (error.data as {reason: string}).reason
      return true
    })
    return reason
  }

  /** Bytes and mode are as they were, and nothing lies beside. */
  function assertKept(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) assert.equal(readFileSync(hostPath(name), 'utf8'), text)
    assert.equal(statSync(hostPath(MAIN)).mode & 0o777, 0o640)
    assert.deepEqual(
      readdirSync(root).filter((name) => name.endsWith('.tmp')),
      [],
    )
  }

  it('writes several files', async () => {
    put(OVERRIDE, TWICE_MORE)
    const analysis = await advise()
    const changes = plan(analysis)
    assert.deepEqual(
      changes.map((change) => change.path),
      [OVERRIDE, MAIN],
    )
    writeComposeChanges(analysis, changes)
    assert.match(
      readFileSync(hostPath(MAIN), 'utf8'),
      /^\ufeff# ours\r\n.*-web\r\n {4}pull_policy: never # same\r\n/s,
    )
    assert.match(readFileSync(hostPath(OVERRIDE), 'utf8'), /-api\n {4}pull_policy: never\n/)
    assertKept({})
  })

  it('edits no other text than the one that was judged', async () => {
    const analysis = await advise()
    // Of the same meaning: only the bytes tell that the ranges are of another text.
    for (const saved of [
      TWICE.replace('# ours', '# ours, and some words more'),
      TWICE.replace('# ours\r\n', ''),
    ]) {
      put(MAIN, saved)
      assert.equal(
        refusal(() => plan(analysis)),
        'it was changed meanwhile',
      )
      assertKept({[MAIN]: saved})
    }
  })

  it('does not write over what was saved after the change was made', async () => {
    const analysis = await advise()
    const changes = plan(analysis)
    const saved = `${TWICE}# more\r\n`
    put(MAIN, saved)
    assert.equal(
      refusal(() => writeComposeChanges(analysis, changes)),
      'it was changed meanwhile',
    )
    assertKept({[MAIN]: saved})
  })

  it('puts back what it wrote where another file cannot be written', async () => {
    put(OVERRIDE, TWICE_MORE)
    const analysis = await advise()
    const changes = plan(analysis)
    linkSync(hostPath(MAIN), hostPath('other-name'))
    assert.match(
      refusal(() => writeComposeChanges(analysis, changes)),
      /^it is hard-linked/,
    )
    assertKept({[MAIN]: TWICE, [OVERRIDE]: TWICE_MORE})
  })

  it('leaves all as it was where the folder is read-only', async () => {
    chmodSync(hostPath(MAIN), 0o666)
    chmodSync(root, 0o555)
    await actAsOrdinaryUser(async () => {
      const analysis = await advise()
      const changes = plan(analysis)
      assert.equal(
        refusal(() => writeComposeChanges(analysis, changes)),
        'permission denied',
      )
    })
    chmodSync(hostPath(MAIN), 0o640)
    assertKept({[MAIN]: TWICE})
  })

  it('puts back what it wrote where a file of the project was saved meanwhile', async () => {
    put(OVERRIDE, 'services: {web: {environment: {A: one}}}\n')
    const analysis = await advise()
    const changes = plan(analysis)
    const saved = 'services: {web: {environment: {A: two}}}\n'
    put(OVERRIDE, saved)
    assert.match(
      refusal(() => writeComposeChanges(analysis, changes)),
      /does not say what is meant, so the old one was put back$/,
    )
    assertKept({[MAIN]: TWICE, [OVERRIDE]: saved})
  })

  it('puts back what it wrote where another name of the file brings more than was announced', async () => {
    symlinkSync(MAIN, hostPath('link.yaml'))
    const override = 'services: {job: {extends: {file: link.yaml, service: worker}, build: ./api}}\n'
    put(OVERRIDE, override)
    const analysis = await advise()
    const changes = plan(analysis)
    assert.deepEqual(
      changes.map((change) => change.path),
      [MAIN],
    )
    assert.match(
      refusal(() => writeComposeChanges(analysis, changes)),
      /does not say what is meant, so the old one was put back$/,
    )
    assertKept({[MAIN]: TWICE, [OVERRIDE]: override})
  })

  it('names a file that stays as it is written, since somebody saved it before it could be put back', async () => {
    put(OVERRIDE, TWICE_MORE)
    const analysis = await advise()
    const [first, second] = plan(analysis) as [ComposeFileChange, ComposeFileChange]
    const saved = '# saved\nservices: {}\n'
    let looks = 0
    /** The bytes are asked for to be judged, and again to be written: then an editor saves the first file. */
    const meddled = {
      ...second,
      get after() {
        if (++looks === 2) {
          put(OVERRIDE, saved)
          linkSync(hostPath(MAIN), hostPath('other-name'))
        }
        return second.after
      },
    }
    assert.equal(
      refusal(() => writeComposeChanges(analysis, [first, meddled])),
      `it is hard-linked to other files; "${OVERRIDE}" was written and could not be put back: it was changed meanwhile`,
    )
    assertKept({[MAIN]: TWICE, [OVERRIDE]: saved})
  })
})
