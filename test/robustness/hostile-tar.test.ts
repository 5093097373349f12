import assert from 'node:assert/strict'
import {Readable} from 'node:stream'
import {gzipSync} from 'node:zlib'
import {readContextTar} from '../../src/host/archive/read-context-tar.js'
import {analyzeTar} from '../../src/services/context/analyze-tar.js'

const BLOCK = 512
const END = Buffer.alloc(2 * BLOCK)

interface HeaderFields {
  type?: string
  link?: string
  /** Twelve bytes; default: the size of the content. */
  size?: Buffer
}

/** A header with its content, whatever the size that it claims. */
function entry(
  name: string,
  content: string | Buffer = '',
  {type = '0', link = '', size}: HeaderFields = {},
): Buffer {
  const body = Buffer.from(content)
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0, 100)
  header.write('0000644\u00000000000\u00000000000\u0000', 100)
  if (size === undefined) header.write(`${body.length.toString(8).padStart(11, '0')}\u0000`, 124)
  else size.copy(header, 124)
  header.write('14523450000\u0000        ', 136)
  header.write(type, 156)
  header.write(link, 157, 100)
  header.write('ustar\u000000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148)
  return Buffer.concat([header, body, Buffer.alloc(-body.length & (BLOCK - 1))])
}

/** A size beyond what octal digits hold. */
function binarySize(value: bigint): Buffer {
  return Buffer.from(`80${value.toString(16).padStart(22, '0')}`, 'hex')
}

function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const digits = String(rest.length + String(rest.length).length).length
  return `${rest.length + digits}${rest}`
}

/** An entry with attributes before it. */
function withAttributes(records: string, following: Buffer = entry('short', 'abc')): Buffer {
  return Buffer.concat([entry('PaxHeaders/x', records, {type: 'x'}), following])
}

const DOCKERFILE = entry('Dockerfile', 'FROM scratch\nCOPY . /\n')
const streamOf = (...parts: Buffer[]): Readable => Readable.from([Buffer.concat([DOCKERFILE, ...parts])])

describe('a hostile tar as the context', () => {
  const REFUSED: Record<string, [parts: Buffer[], reason: RegExp]> = {
    'content that ends too early': [[entry('x', 'y'.repeat(5_000)).subarray(0, 2_000)], /end of data/],
    'a header that ends too early': [[entry('x').subarray(0, 300)], /end of data/],
    'a size of 2^60': [[entry('x', 'y', {size: binarySize(2n ** 60n)})], /"x" claims to be 11529\d+ bytes/],
    'a size of 2^50 that does not come': [[entry('x', 'y', {size: binarySize(2n ** 50n)})], /end of data/],
    'a directory of 2^60 bytes': [
      [entry('x', '', {type: '5', size: binarySize(2n ** 60n)}), END],
      /"x" claims to be/,
    ],
    'attributes that say 2^60': [[withAttributes(paxRecord('size', String(2n ** 60n))), END], /claims to be/],
    'attributes that say -5': [[withAttributes(paxRecord('size', '-5')), END], /Invalid header/],
    'attributes of 500 MB, claimed': [
      [entry('x', '', {type: 'x', size: binarySize(500_000_000n)}), END],
      /exceeds max size/,
    ],
    'a name of 500 MB, claimed': [
      [entry('x', '', {type: 'L', size: binarySize(500_000_000n)}), END],
      /exceeds max size/,
    ],
    'a path of 200,000 bytes': [
      [withAttributes(paxRecord('path', 'a/'.repeat(100_000))), END],
      /a path of 2/,
    ],
    garbage: [[Buffer.alloc(4 * BLOCK, 'garbage')], /Invalid tar header/],
  }
  for (const [title, [parts, reason]] of Object.entries(REFUSED)) {
    it(`refuses ${title}`, async () => {
      await assert.rejects(
        readContextTar(streamOf(...parts), () => false),
        (error: Error & {code?: string}) => error.code === 'tar-invalid' && reason.test(error.message),
      )
    })
  }

  it('refuses a file that is asked for and ends too early', async () => {
    const stream = Readable.from([DOCKERFILE.subarray(0, BLOCK + 5)])
    await assert.rejects(analyzeTar(stream, {contextDir: '-'}), {code: 'tar-invalid'})
  })

  const READ: Record<string, [parts: Buffer[], paths: string[]]> = {
    'a directory that claims content': [
      [entry('x/', '', {type: '5', size: binarySize(2n ** 40n)}), entry('y'), END],
      ['x', 'y'],
    ],
    'names that lead out': [
      [
        entry('../../etc/passwd'),
        entry('/abs/x'),
        entry('a/../../b'),
        entry('..'),
        entry('.'),
        entry(''),
        END,
      ],
      ['etc/passwd', 'abs/x', 'a/b'],
    ],
    'hard links in a circle, to themselves, and out': [
      [['a', 'b'] as const, ['b', 'a'] as const, ['c', 'c'] as const, ['d', '/../x'] as const]
        .map(([name, link]) => entry(name, '', {type: '1', link}))
        .concat(END),
      ['a', 'b', 'c', 'd'],
    ],
    'types that nobody knows': [
      [entry('w', '', {type: 'Z'}), entry('v', '', {type: 'V'}), END],
      ['w', 'v'],
    ],
    'attributes with names that every object has': [
      [withAttributes(paxRecord('__proto__', 'x') + paxRecord('constructor', 'y')), END],
      ['short'],
    ],
    'a time that is none': [[withAttributes(paxRecord('mtime', '1e400')), END], ['short']],
    'a tar that never says where it ends': [[entry('x', 'y')], ['x']],
    'a file that holds another': [
      [entry('a', 'abc'), entry('a/b', 'abc'), entry('a', 'abc'), END],
      ['a', 'a/b', 'a'],
    ],
  }
  for (const [title, [parts, paths]] of Object.entries(READ)) {
    it(`reads ${title}`, async () => {
      const tar = await readContextTar(streamOf(...parts), () => false)
      assert.deepEqual(
        tar.entries.map(({path}) => path),
        ['Dockerfile', ...paths],
      )
      const {before} = await analyzeTar(streamOf(...parts), {contextDir: '-'})
      assert.ok(Object.values(before).every((value) => Number.isSafeInteger(value) && value >= 0))
    })
  }

  it('keeps none of what a gzip bomb holds', async () => {
    const size = 100 * 2 ** 20
    const header = entry('zeros', '', {size: binarySize(BigInt(size))})
    const bomb = gzipSync(Buffer.concat([DOCKERFILE, header, Buffer.alloc(size), END]), {level: 1})
    const memory = process.memoryUsage.rss()
    const {before} = await analyzeTar(Readable.from([bomb]), {contextDir: '-'})
    assert.equal(before.fileBytes, size + 22)
    assert.equal(before.transferBytes, bomb.length)
    assert.ok(process.memoryUsage.rss() - memory < 80 * 2 ** 20)
  })

  it('takes twenty thousand entries in bounded time', async () => {
    const parts = Array.from({length: 20_000}, (_, number) => entry(`d${number % 100}/f${number}`))
    const {before} = await analyzeTar(streamOf(...parts, END), {contextDir: '-'})
    assert.equal(before.fileCount, 20_001)
  })
})
