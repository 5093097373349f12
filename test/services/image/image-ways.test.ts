import assert from 'node:assert/strict'
import {closeSync, createReadStream, openSync, readdirSync, statSync, writeSync} from 'node:fs'
import path from 'node:path'
import {openStream} from '../../../src/host/archive/image/open-archive.js'
import {analyzeImage, type ImageAnalysis, SlimCheckError} from '../../../src/index.js'
import {findHidden, reportImage} from '../../../src/services/image/report-image.js'
import {stackLayers} from '../../../src/tree/image/layers/stack-layers.js'
import {findImages} from '../../../src/tree/image/manifest/find-images.js'
import {makeImage} from '../../bench/image.js'
import {projectRoot, readConformanceRows} from '../../helpers/project.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

const folder = path.join(projectRoot, 'test/conformance/image/data')
const archives = readdirSync(folder).filter(
  (name) => !/^(oci-dir|hybrid-dir|bad-(dirlayer|blob-dirlink))/.test(name),
)

interface Row {
  id: string
  file: string
  expect: string
  unpack?: boolean
}

const sound = readConformanceRows<Row>('image/image.jsonl').filter(
  ({expect, unpack}) => expect === 'ok' && !unpack,
)

const WISHES = {verifies: true, keeps: '(?!)'}

describe('the ways to read an archive', () => {
  for (const name of archives) {
    it(`${name}: as a stream and as a file`, async () => {
      const source = path.join(folder, name)
      const asFile = await settle(analyzeImage({source, allPlatforms: true}).then(figuresOf))
      assert.deepEqual(await settle(readAsStream(source)), asFile)
    })
  }

  for (const {id, file} of sound) {
    it(`${id}: by headers alone`, async () => {
      const source = path.join(folder, file)
      const read = await analyzeImage({source, allPlatforms: true})
      const byHeaders = await analyzeImage({source, allPlatforms: true, verify: false})
      assert.equal(byHeaders.isVerified, false)
      assert.deepEqual(withoutContents(figuresOf(byHeaders)), withoutContents(figuresOf(read)))
    })
  }
})

describe('a large archive', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
  })
  after(() => removeTree(root))

  /** Threads read layers of more bytes than this. */
  const BYTES = 40_000_000

  it('read by threads says what it says in one pass, and by headers alone', async () => {
    const {plain: source} = makeImage(root, 600, BYTES)
    const read = await analyzeImage({source})
    const byHeaders = await analyzeImage({source, verify: false})
    assert.deepEqual(figuresOf(read), await readAsStream(source))
    assert.deepEqual(withoutContents(figuresOf(byHeaders)), withoutContents(figuresOf(read)))
    assert.ok(read.images[0]!.layers.every(({digest, diffId}) => digest === diffId))
  })

  for (const layerCount of [1, 6]) {
    it(`of ${layerCount} layers with wrong bytes in a file is refused, the layer named`, async () => {
      const {plain: source} = makeImage(root, 600, BYTES, layerCount)
      const {size} = statSync(source)
      const descriptor = openSync(source, 'r+')
      // Near the end lies the last file's content: all headers can be read.
      writeSync(descriptor, 'other bytes', size - 20_000)
      closeSync(descriptor)
      await assert.rejects(analyzeImage({source}), isDigestFault)
      const {images} = await analyzeImage({source, verify: false})
      assert.equal(images[0]!.layers.length, layerCount)
    })
  }
})

function isDigestFault(error: unknown): boolean {
  return (
    error instanceof SlimCheckError && /the layer sha256:\w+ does not have its digest/.test(error.message)
  )
}

/** What was read, or that it cannot be. */
function settle<Read>(reading: Promise<Read>): Promise<Read | 'no image'> {
  return reading.catch(() => 'no image')
}

async function readAsStream(source: string): Promise<ReturnType<typeof figuresOf>> {
  const archive = await openStream(createReadStream(source), WISHES)
  const {images} = findImages(archive, true)
  const {layers: scanned} = await archive.scan(
    images.flatMap(({layers}) => layers),
    WISHES,
  )
  const reports = images.map((found) => {
    const layers = found.layers.map((layer) => scanned.get(layer.path)!)
    found.layers.forEach(({diffId}, at) => {
      if (diffId !== layers[at]!.digests?.diffId) throw new Error('another diff id')
    })
    const stack = stackLayers(
      layers.map(({tree}) => tree),
      7,
    )
    const image = {found, layers, stack, archive, isVerified: true, provenance: null}
    return reportImage(image, findHidden(image), {file: null, lines: [], source: null})
  })
  return figuresOf({images: reports})
}

/** What does not hang on the way; the estimate of an uncompressed layer takes the same samples on each. */
function figuresOf({images}: {images: readonly Partial<ImageAnalysis['images'][number]>[]}) {
  return images.map(({pullBytes, unpackedBytes, fileCount, fileBytes, layers, hiddenPaths, engineSizes}) => ({
    pullBytes,
    unpackedBytes,
    fileCount,
    fileBytes,
    layers: layers!.map(({digest, file, line, ...layer}) => layer),
    hiddenPaths,
    engineSizes,
  }))
}

/** Times stand for contents where only headers were read. */
function withoutContents(images: ReturnType<typeof figuresOf>) {
  return images.map(({hiddenPaths, ...figures}) => ({
    ...figures,
    hiddenPaths: hiddenPaths!.map(({kind, ...hidden}) => ({...hidden, isRemoved: kind === 'removed'})),
  }))
}
