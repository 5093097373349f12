import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {SlimCheckError} from '../../../src/errors.js'
import {analyzeImage, type ImageAnalysis, type ImageReport} from '../../../src/index.js'
import {projectRoot} from '../../helpers/project.js'

const folder = path.join(projectRoot, 'test/conformance/image')

interface WantedLayer {
  diffId: string
  blob: string
  compression: string
  compressedBytes: number
  tarBytes: number
  entries: number | null
  payload: number | null
  files: number | null
  fileBytes: number | null
  dirs: number | null
  symlinks: number | null
  whiteouts: number | null
  createdBy: string | null
}

interface WantedImage {
  refs: string[]
  platform: string
  config: string
  manifest: string | null
  layers: WantedLayer[]
  history: {createdBy: string; comment: string; empty: boolean; layer: number | null}[] | null
  merged: {files: number; bytes: number; dirs: number; symlinks: number; other: number} | null
  agree: boolean
  wasted: {bytes: number; paths: [number, string | {base64: string}, number, string][] | null} | null
  engine: {
    vfs?: {size?: number; asBuilt?: boolean}
    overlay2?: {size?: number; asBuilt?: boolean}
  } | null
}

interface Row {
  id: string
  file: string
  unpack?: boolean
  expect: 'ok' | 'error' | 'any'
  images?: WantedImage[]
  absentPlatforms?: string[]
  load?: {containerd?: {size?: (number | null)[]; error: string | null}}
}

const rows = readFileSync(path.join(folder, 'image.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line): Row => JSON.parse(line))

describe('the images of the conformance table', () => {
  let scratch = ''
  before(() => {
    scratch = mkdtempSync(path.join(tmpdir(), 'slim-check-image-'))
  })
  after(() => rmSync(scratch, {recursive: true, force: true}))

  it('are as many as the table says', () => assert.ok(rows.length > 200))

  for (const row of rows) {
    it(`${row.id}: ${row.expect}`, async () => {
      const source = row.unpack ? unpack(row, scratch) : path.join(folder, 'data', row.file)
      const before = readdirSync(scratch)
      const outcome = await analyzeImage({source, allPlatforms: true}).catch((error: unknown) => error)
      assert.deepEqual(readdirSync(scratch), before)
      if (outcome instanceof Error) checkError(row, outcome)
      else compare(row, outcome as ImageAnalysis)
    })
  }
})

function unpack({id, file}: Row, scratch: string): string {
  const directory = mkdtempSync(path.join(scratch, `${id}-`))
  execFileSync('tar', ['xf', path.join(folder, 'data', file), '-C', directory])
  return directory
}

function checkError({expect}: Row, error: Error): void {
  assert.ok(error instanceof SlimCheckError, String(error.stack))
  assert.notEqual(error.code, 'internal')
  assert.notEqual(expect, 'ok', error.message)
}

function compare(row: Row, analysis: ImageAnalysis): void {
  assert.notEqual(row.expect, 'error')
  if (row.absentPlatforms !== undefined) assert.deepEqual(analysis.absentPlatforms, row.absentPlatforms)
  if (row.images !== undefined) assert.equal(analysis.images.length, row.images.length)
  row.images?.forEach((wanted, at) => {
    compareImage(wanted, analysis.images[at]!)
    const size = row.load?.containerd?.size?.[at]
    const isLoaded = row.load?.containerd?.error === null && row.images!.length === 1
    if (isLoaded && typeof size === 'number' && wanted.manifest !== null)
      assert.equal(analysis.images[at]!.engineSizes.containerd, size, 'Size of the containerd store')
  })
}

function compareImage(wanted: WantedImage, found: ImageReport): void {
  assert.deepEqual([...found.refs].sort(), [...wanted.refs].sort())
  assert.equal(found.platform, wanted.platform)
  assert.equal(found.configDigest, wanted.config)
  assert.equal(found.manifestDigest, wanted.manifest)
  assert.deepEqual(withoutDates(found.history), wanted.history)
  assert.equal(found.layers.length, wanted.layers.length)
  for (const [at, layer] of wanted.layers.entries())
    assertKnown(layerOf(found, at), {...layer}, `layer ${at}`)
  assert.equal(found.hiddenBytes, found.unpackedBytes - found.fileBytes)
  if (wanted.merged !== null && wanted.agree) compareTree(wanted, found)
  compareSizes(wanted, found)
}

function withoutDates(history: ImageReport['history']): WantedImage['history'] {
  return history?.map(({createdBy, comment, empty, layer}) => ({createdBy, comment, empty, layer})) ?? null
}

function layerOf({layers}: ImageReport, at: number): Record<string, unknown> {
  const layer = layers[at]!
  return {
    diffId: layer.diffId,
    blob: layer.digest,
    compression: layer.compression,
    compressedBytes: layer.compressedBytes,
    tarBytes: layer.tarBytes,
    entries: layer.entryCount,
    payload: layer.payloadBytes,
    files: layer.fileCount,
    fileBytes: layer.fileBytes,
    dirs: layer.directoryCount,
    symlinks: layer.symlinkCount,
    whiteouts: layer.whiteoutCount,
    createdBy: layer.instruction,
  }
}

/** Where the table has null no reference could tell; a layer without an instruction is told apart by its own field. */
function assertKnown(found: Record<string, unknown>, wanted: Record<string, unknown>, what: string): void {
  const known = Object.entries(wanted).filter(([name, value]) => value !== null || name === 'createdBy')
  const picked = known.map(([name]) => [name, found[name]])
  assert.deepEqual(Object.fromEntries(picked), Object.fromEntries(known), what)
}

function compareTree({merged, wasted}: WantedImage, found: ImageReport): void {
  const {files, bytes, dirs, symlinks} = merged!
  assert.deepEqual(
    {
      files: found.fileCount,
      bytes: found.fileBytes,
      dirs: found.directoryCount,
      symlinks: found.symlinkCount,
    },
    {files, bytes, dirs, symlinks},
  )
  if (wasted !== null) assert.equal(found.hiddenBytes, wasted.bytes)
  if (wasted !== null && wasted.paths !== null) assert.deepEqual(pathsOf(found), wasted.paths)
}

const WHY = {removed: 'removed', overwritten: 'replaced', metadataOnly: 'same'}

function pathsOf({hiddenPaths}: ImageReport): unknown[] {
  return hiddenPaths.map(({layer, path, pathBytes, bytes, kind}) => [
    layer,
    pathBytes === undefined ? path : {base64: pathBytes},
    bytes,
    WHY[kind],
  ])
}

function compareSizes({engine}: WantedImage, {engineSizes}: ImageReport): void {
  const {vfs, overlay2} = engine ?? {}
  if (vfs?.size !== undefined) assert.equal(engineSizes.graphDriver, vfs.size, 'Size of vfs')
  const wanted = overlay2?.asBuilt ? engineSizes.graphDriver : engineSizes.overlay2
  if (overlay2?.size !== undefined) assert.equal(wanted, overlay2.size, 'Size of overlay2')
}
