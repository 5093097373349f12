import assert from 'node:assert/strict'
import {gzipSync} from 'node:zlib'
import {createDecompressor} from '../../../../src/host/archive/compression/decompress.js'
import type {Compression} from '../../../../src/tree/image/compression.js'
import {ImageFault} from '../../../../src/tree/image/image-fault.js'

const CONTENT = Buffer.from(`${'0123456789abcdef'.repeat(16)}\n`.repeat(2000))

/** The content as each program packs it. */
const PACKED: Readonly<Record<Compression, Buffer>> = {
  none: CONTENT,
  gzip: gzipSync(CONTENT),
  bzip2: Buffer.from(
    'QlpoOTFBWSZTWbvz48EAQHBJAAAQf+A/ADAA2AUNNMABQ00wABSqBMBMegEqsAlViASqyAJVZgEqtACVX4AlVqASq2AJVbgEquACVXIBKroAlV2ASq/gEqvACVXoBKr4XckU4UJC78+PBA==',
    'base64',
  ),
  xz: Buffer.from(
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj59fPAKhdABgMQpJqZ7wO0TMs5MxCKcCcSD05nkxT1TKsKyPntEnz1JSZanJ8wYUEyUxp5yTo5dprD3786MDtgifkKxLn88YB4Ft0Bky/lUI9eO7q1fpdUyq02vhgKjDfZ6CJyVPJeN7gFcogPwLJpgrWUebyUAT1W3lDqmZ1zrHnJiOo+AaL2fV/1g0bP313q4MUIW7R1XrzPhRTYnasWeTlWwUI+cfarfxcId6BAACct0VlmDP5UwABxAHQrx8AlQxmTbHEZ/sCAAAAAARZWg==',
    'base64',
  ),
  zstd: Buffer.from(
    'KLUv/QRo7AAAiDAxMjM0NTY3ODlhYmNkZWYKAgD8/gQrF9pDzSVUAAAAAQD9/wEA8ggERAAAAAEA/f85AAJFAAAAAQDN1zkAAqP+VPA=',
    'base64',
  ),
}

const FORMS = Object.keys(PACKED) as Compression[]
const PACKING_FORMS = FORMS.filter((form) => form !== 'none')

/** Unpacks bytes that come in pieces. */
async function unpack(form: Compression, packed: Buffer, sink: (chunk: Buffer) => void, pieceBytes: number) {
  const decompressor = createDecompressor(form, sink)
  for (let at = 0; at < packed.length; at += pieceBytes)
    await decompressor.write(packed.subarray(at, at + pieceBytes))
  await decompressor.end()
}

const PIECES = [1, 7, 100_000]

/** 20 MB of zeros in bzip2, which are one block. */
const ZEROS = Buffer.from('QlpoOTFBWSZTWb/Kr8QAmS/CAMAAAAgACCAAMMwFKaaqkRRsAoijxdyRThQkL/Kr8QA=', 'base64')
const ZERO_BYTES = 20_000_000
const MAX_CHUNK_BYTES = 64 * 1024

describe('createDecompressor', () => {
  it('bzip2: hands a large block over in small chunks', async () => {
    let bytes = 0
    let largest = 0
    const count = (chunk: Buffer) => {
      bytes += chunk.length
      largest = Math.max(largest, chunk.length)
    }
    await unpack('bzip2', ZEROS, count, ZEROS.length)
    assert.equal(bytes, ZERO_BYTES)
    assert.ok(largest <= MAX_CHUNK_BYTES, `${largest} bytes`)
  })

  for (const form of FORMS) {
    for (const pieceBytes of PIECES) {
      it(`${form}: gives the content, in pieces of ${pieceBytes}`, async () => {
        const chunks: Buffer[] = []
        await unpack(form, PACKED[form], (chunk) => chunks.push(Buffer.from(chunk)), pieceBytes)
        assert.ok(Buffer.concat(chunks).equals(CONTENT))
      })

      it(`${form}: hands on what its reader refuses, in pieces of ${pieceBytes}`, async () => {
        const refuse = () => {
          throw new ImageFault('no tar')
        }
        await assert.rejects(unpack(form, PACKED[form], refuse, pieceBytes), /no tar/)
      })
    }
  }

  for (const form of PACKING_FORMS) {
    for (const pieceBytes of PIECES) {
      it(`${form}: refuses what is cut off, in pieces of ${pieceBytes}`, async () => {
        const cut = PACKED[form].subarray(0, PACKED[form].length - 20)
        await assert.rejects(
          unpack(form, cut, () => {}, pieceBytes),
          ImageFault,
        )
      })

      it(`${form}: refuses damaged data, in pieces of ${pieceBytes}`, async () => {
        const damaged = Buffer.from(PACKED[form])
        damaged.fill(0xff, 20, 40)
        await assert.rejects(
          unpack(form, damaged, () => {}, pieceBytes),
          ImageFault,
        )
      })
    }
  }
})
