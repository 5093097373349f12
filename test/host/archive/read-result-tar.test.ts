import assert from 'node:assert/strict'
import {createHash} from 'node:crypto'
import {Readable} from 'node:stream'
import {type Header, pack} from 'tar-stream'
import {readResultTar} from '../../../src/host/archive/read-result-tar.js'

async function read(entries: readonly [Partial<Header> & {name: string}, string?][], chunkBytes = 700) {
  const archive = pack()
  for (const [header, content] of entries) archive.entry(header, content ?? '')
  archive.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of archive) chunks.push(chunk as Buffer)
  const whole = Buffer.concat(chunks)
  const pieces = Array.from({length: Math.ceil(whole.length / chunkBytes)}, (_, at) =>
    whole.subarray(at * chunkBytes, (at + 1) * chunkBytes),
  )
  return readResultTar(Readable.from(pieces))
}

describe('readResultTar', () => {
  it('reads what is compared, and no times', async () => {
    const content = 'x'.repeat(2000)
    const result = await read([
      [{name: './d/', type: 'directory', mode: 0o1777}],
      [{name: 'd/a', mode: 0o4755, uid: 5, gid: 6, mtime: new Date(7000)}, content],
      [{name: 'd/b', type: 'symlink', linkname: '../a/'}],
      [{name: 'd/e'}, ''],
    ])
    const digest = createHash('sha256').update(content).digest('hex')
    const none = {uid: 0, gid: 0, link: '', size: 0, digest: '', xattrs: ''}
    assert.deepEqual(result.get('d'), {...none, type: 'directory', mode: 0o1777})
    const file = {...none, type: 'file', mode: 0o4755, uid: 5, gid: 6, size: 2000, digest}
    assert.deepEqual(result.get('d/a'), file)
    assert.equal(result.get('d/b')!.link, '../a/')
    assert.equal(result.get('d/e')!.digest, createHash('sha256').digest('hex'))
  })

  it('takes a hard link for the file that it names', async () => {
    const result = await read([
      [{name: 'a', mode: 0o600}, 'text'],
      [{name: 'b', type: 'link', linkname: '/a'}],
      [{name: 'c', type: 'link', linkname: 'b'}],
    ])
    assert.deepEqual(result.get('b'), {...result.get('a')!, link: 'a'})
    assert.deepEqual(result.get('c'), {...result.get('a')!, link: 'a'})
  })

  it('tells extended attributes apart, whatever their bytes', async () => {
    const read1 = async (value: string) => {
      const pax = {'SCHILY.xattr.user.b': '2', 'SCHILY.xattr.user.a': value}
      return (await read([[{name: 'a', pax}, 'x']])).get('a')!.xattrs
    }
    assert.equal(await read1('1'), 'user.a=31 user.b=32')
    assert.notEqual(await read1('\u0001'), await read1('\u0002'))
  })

  it('fails for what is no tar, or is cut off', async () => {
    await assert.rejects(readResultTar(Readable.from([Buffer.alloc(1024, 'x')])))
    await assert.rejects(readResultTar(Readable.from([Buffer.alloc(300)])))
  })
})
