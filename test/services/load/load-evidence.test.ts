import assert from 'node:assert/strict'
import path from 'node:path'
import {measureProject} from '../../../src/services/analysis/measure-project.js'
import {loadEvidence} from '../../../src/services/load/load-evidence.js'
import {loadProject} from '../../../src/services/load/load-project.js'
import {ProjectReadings} from '../../../src/services/load/project-readings.js'
import type {Evidence} from '../../../src/services/project.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const COPY_ALL = 'FROM node\nCOPY . .\nRUN sh scripts/build.sh\n'

describe('loadEvidence', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(root))

  /** Of each build in `app`, by its Dockerfile. */
  async function load(dockerfiles: readonly string[], buildContexts = {}): Promise<Evidence[]> {
    const contextDir = path.join(root, 'app')
    const asked = dockerfiles.map((name) => {
      return {name, options: {contextDir, dockerfile: path.join(contextDir, name), buildContexts}}
    })
    const {groups} = measureProject(await loadProject(asked, contextDir, {}))
    return loadEvidence(groups).map(({evidence}) => evidence)
  }

  it('reads scripts and manifests, as far as the ignore file of a group leaves them', async () => {
    writeTree(root, {
      'app/a.Dockerfile': COPY_ALL,
      'app/b.Dockerfile': COPY_ALL,
      'app/b.Dockerfile.dockerignore': 'package.json\n',
      'app/package.json': '{}',
      'app/scripts/build.sh': 'npm run build\n',
    })
    const [one, other] = await load(['a.Dockerfile', 'b.Dockerfile'])
    assert.deepEqual(Object.fromEntries(one!.texts), {
      'package.json': '{}',
      'scripts/build.sh': 'npm run build\n',
    })
    assert.deepEqual([...other!.texts.keys()], ['scripts/build.sh'])
  })

  it('reads a file once for all who share what they read', async () => {
    const manifest = 'app/package.json'
    writeTree(root, {'app/Dockerfile': COPY_ALL, [manifest]: '{}'})
    const contextDir = path.join(root, 'app')
    const readings = new ProjectReadings()
    const {groups} = measureProject(await loadProject([{options: {contextDir}}], contextDir, {readings}))
    const first = loadEvidence(groups, readings)
    writeTree(root, {[manifest]: '{"name": "a"}'})
    assert.deepEqual(loadEvidence(groups, readings), first)
    assert.equal(loadEvidence(groups)[0]!.evidence.texts.get('package.json'), '{"name": "a"}')
  })

  it('reads what may be a secret, in named contexts too', async () => {
    writeTree(root, {
      'app/Dockerfile': 'FROM scratch\nCOPY . .\nCOPY --from=lib . /lib\n',
      'app/.npmrc': 'a=b\n',
      'lib/key.pem': '-----BEGIN\n',
      'lib/a.js': 'a\n',
    })
    const lib = path.join(root, 'lib')
    const [evidence] = await load(['Dockerfile'], {lib})
    assert.equal(evidence!.texts.get('.npmrc'), 'a=b\n')
    assert.deepEqual(Object.fromEntries(evidence!.namedTexts.get(lib)!), {'key.pem': '-----BEGIN\n'})
  })
})
