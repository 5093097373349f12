import assert from 'node:assert/strict'
import path from 'node:path'
import {openArchive} from '../../../src/host/archive/image/open-archive.js'
import {analyzeImage} from '../../../src/index.js'
import {KIND, type LayerTree, MARK} from '../../../src/tree/image/layers/layer-tree.js'
import type {PathColumns} from '../../../src/tree/image/layers/path-table.js'
import {findImages} from '../../../src/tree/image/manifest/find-images.js'
import {projectRoot, readConformanceRows} from '../../helpers/project.js'

interface Row {
  id: string
  file: string
  expect: string
  unpack?: boolean
  dive?: {wasted: number} | null
  images?: {wasted: {bytes: number} | null; agree: boolean}[]
}

const folder = path.join(projectRoot, 'test/conformance/image/data')

const rows = readConformanceRows<Row>('image/image.jsonl').filter(
  ({expect, unpack, dive}) => expect === 'ok' && !unpack && dive != null,
)

/**
 * What dive calls wasted (docs/image.md 6.2): of each path that occurs in two layers or more, all copies, the one that
 * the image shows too. A whiteout is an occurrence of no bytes, a hard link a file of none; directories do not count.
 */
function wasteByDive(layers: readonly LayerTree[]): number {
  const paths = new Map<string, {layers: number; bytes: number}>()
  for (const {paths: columns, kinds, marks, fileOf, files} of layers) {
    const names = listPaths(columns)
    for (let node = 1; node < names.length; node++) {
      const kind = kinds[node]!
      const isRemoved = (marks[node]! & MARK.whiteout) !== 0
      if (kind === KIND.directory || (kind === KIND.none && !isRemoved)) continue
      const name = names[node]!
      const known = paths.get(name) ?? {layers: 0, bytes: 0}
      const file = fileOf[node]!
      const isOwn = kind === KIND.file && files.nodes[file] === node
      paths.set(name, {layers: known.layers + 1, bytes: known.bytes + (isOwn ? files.sizes[file]! : 0)})
    }
  }
  return [...paths.values()].reduce((sum, one) => sum + (one.layers > 1 ? one.bytes : 0), 0)
}

/** A node stands behind its directory. */
function listPaths({length, parents, nameStarts, names}: PathColumns): string[] {
  const paths = ['']
  for (let node = 1; node < length; node++) {
    const name = Buffer.from(names.subarray(nameStarts[node]!, nameStarts[node + 1]!)).toString('latin1')
    paths.push(`${paths[parents[node]!]!}/${name}`)
  }
  return paths
}

async function readLayers(source: string): Promise<LayerTree[]> {
  const wishes = {verifies: false, keeps: '(?!)'}
  const archive = await openArchive(source, wishes)
  const [image] = findImages(archive, false).images
  const {layers} = await archive.scan(image!.layers, wishes)
  archive.close()
  return image!.layers.map((layer) => layers.get(layer.path)!.tree)
}

describe('what is hidden, beside what dive calls wasted', () => {
  it('is known of many rows', () => assert.ok(rows.length > 100, `${rows.length}`))
  for (const {id, file, dive, images} of rows) {
    it(id, async () => {
      const source = path.join(folder, file)
      const {wasted, agree} = images![0]!
      assert.equal(wasteByDive(await readLayers(source)), dive!.wasted)
      const report = await analyzeImage({source})
      if (wasted !== null && agree) assert.equal(report.images[0]!.hiddenBytes, wasted.bytes)
    })
  }
})
