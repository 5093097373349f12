import assert from 'node:assert/strict'
import path from 'node:path'
import {gzipSync} from 'node:zlib'
import {analyzeImage} from '../../../src/index.js'
import {paxHeader, tarEntry, tarOf, writeLayout} from '../../helpers/image-archive.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

const TEXT = 'the same bytes in each layer'
const HOLE_BYTES = 3000

const WHOLE = Buffer.concat([Buffer.alloc(HOLE_BYTES), Buffer.from(TEXT)])

/** The layers' forms: a file and a copy of it whose time is another, whole or with a hole. */
const FORMS: Readonly<Record<string, (modified: number) => Buffer>> = {
  whole: (modified) => tarEntry('file', WHOLE, {modified}),
  'sparse, map in the header': (modified) =>
    Buffer.concat([
      paxHeader({
        'GNU.sparse.size': String(WHOLE.length),
        'GNU.sparse.numblocks': '1',
        'GNU.sparse.map': `${HOLE_BYTES},${TEXT.length}`,
      }),
      tarEntry('file', TEXT, {modified}),
    ]),
  'sparse, map in the content': (modified) =>
    Buffer.concat([
      paxHeader({
        'GNU.sparse.major': '1',
        'GNU.sparse.minor': '0',
        'GNU.sparse.realsize': String(WHOLE.length),
        'GNU.sparse.name': 'file',
      }),
      tarEntry('other', `1\n${HOLE_BYTES}\n${TEXT.length}\n`.padEnd(512, '\0') + TEXT, {modified}),
    ]),
}

describe('a hard link to its own name', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
  })
  after(() => removeTree(root))

  const link = tarOf(tarEntry('a', '', {type: '1', link: 'a'}))
  const analyze = (...layers: Buffer[]) =>
    analyzeImage({
      source: writeLayout(
        path.join(root, `${layers.length}`),
        layers.map((tar) => ({tar})),
      ),
    })

  it('is refused where there is no such file', async () => {
    await assert.rejects(analyze(link), /hard link to a file that is not there/)
  })

  it('changes nothing where there is one', async () => {
    const {images} = await analyze(tarOf(tarEntry('a', TEXT)), link)
    assert.deepEqual([images[0]!.fileBytes, images[0]!.hiddenBytes], [TEXT.length, 0])
  })
})

describe('the same file in layers of different forms', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
  })
  after(() => removeTree(root))

  for (const lower of Object.keys(FORMS)) {
    for (const upper of Object.keys(FORMS)) {
      for (const zipped of [[], [0], [1], [0, 1]]) {
        it(`is copied for its time alone: ${lower}, then ${upper}, in gzip: ${zipped.join(' and ') || 'none'}`, async () => {
          const layers = [FORMS[lower]!(1), FORMS[upper]!(2)].map((entry, at) => {
            const tar = tarOf(entry)
            return zipped.includes(at) ? {tar, blob: gzipSync(tar)} : {tar}
          })
          const name = `${lower} ${upper} ${zipped.join()}`.replaceAll(/\W/g, '-')
          const source = writeLayout(path.join(root, name), layers)
          const [image] = (await analyzeImage({source})).images
          assert.deepEqual(image!.hiddenPaths, [
            {layer: 0, path: 'file', bytes: WHOLE.length, hiddenByLayer: 1, kind: 'metadataOnly'},
          ])
        })
      }
    }
  }

  it('names a hidden file as its layer does in the end', async () => {
    const lower = tarOf(
      tarEntry('first', 'content'),
      tarEntry('second', '', {type: '1', link: 'first'}),
      tarEntry('first', 'other'),
    )
    const upper = tarOf(tarEntry('.wh.second'))
    const source = writeLayout(path.join(root, 'renamed'), [{tar: lower}, {tar: upper}])
    const [image] = (await analyzeImage({source})).images
    assert.deepEqual(image!.hiddenPaths, [
      {layer: 0, path: 'second', bytes: 7, hiddenByLayer: 1, kind: 'removed'},
    ])
  })

  it('tells what a chmod stores again of files that another name still shows', async () => {
    const content = 'x'.repeat(200_000)
    const lower = tarOf(
      tarEntry('cache/pip/a', content, {modified: 1}),
      tarEntry('app/a', '', {type: '1', link: 'cache/pip/a'}),
    )
    const upper = tarOf(tarEntry('app/a', content, {modified: 1}))
    const history = [
      {created_by: 'COPY app /app # buildkit'},
      {created_by: 'RUN /bin/sh -c chmod -R a+r /app # buildkit'},
    ]
    const source = writeLayout(path.join(root, 'linked'), [{tar: lower}, {tar: upper}], {history})
    const [image] = (await analyzeImage({source, duplicates: true})).images
    assert.deepEqual([image!.hiddenBytes, image!.fileBytes], [0, 400_000])
    assert.deepEqual(
      image!.findings.map(({rule, bytes, layers}) => [rule, bytes, layers]),
      [['image-ownership-copied', 200_000, [1, 0]]],
    )
    assert.deepEqual(image!.duplicates, [{bytes: 200_000, paths: ['cache/pip/a', 'app/a']}])
  })

  it('knows the cache of a program in a cache directory that another rule knows', async () => {
    const tar = tarOf(
      tarEntry('root/.cache/pip/http-v2/a', 'x'.repeat(300_000)),
      tarEntry('root/.cache/other', 'y'),
    )
    const history = [{created_by: 'RUN /bin/sh -c pip install a # buildkit'}]
    const [image] = (await analyzeImage({source: writeLayout(path.join(root, 'pip'), [{tar}], {history})}))
      .images
    assert.deepEqual(
      image!.findings.map(({rule, bytes}) => [rule, bytes]),
      [['image-cache-left', 300_000]],
    )
  })
})
