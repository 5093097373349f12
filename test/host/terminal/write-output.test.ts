import assert from 'node:assert/strict'
import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {setTimeout as wait} from 'node:timers/promises'

const MODULE = new URL('../../../src/host/terminal/write-output.js', import.meta.url).href

/** Starts a process that writes pieces. @param pieces the body of a generator */
function start(pieces: string): ChildProcess {
  const program = `
    import {writeOutput} from ${JSON.stringify(MODULE)}
    process.stdout.on('error', () => {})
    await writeOutput((function* () {${pieces}})())
    process.stderr.write('done')
  `
  return spawn(process.execPath, ['--input-type=module', '--eval', program])
}

async function readAll({stderr}: ChildProcess): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stderr!) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe('writeOutput', () => {
  it('writes everything in order, however slowly it is read', async () => {
    const child = start('for (let n = 0; n < 100_000; n++) yield n % 2 ? n + "\\n" : Buffer.from(n + "\\n")')
    const said = readAll(child)
    const chunks: Buffer[] = []
    for await (const chunk of child.stdout!) {
      chunks.push(chunk)
      await wait(5)
    }
    const expected = Array.from({length: 100_000}, (_, n) => `${n}\n`).join('')
    assert.ok(Buffer.concat(chunks).equals(Buffer.from(expected)))
    assert.equal(await said, 'done')
  })

  it('writes nothing for nothing', async () => {
    const child = start('')
    const stdout: Buffer[] = []
    child.stdout!.on('data', (chunk) => stdout.push(chunk))
    assert.equal(await readAll(child), 'done')
    assert.deepEqual(stdout, [])
  })

  it('asks for no more where nobody reads on', async () => {
    const child = start('for (;;) yield "endless\\n"')
    child.stdout!.once('data', () => child.stdout!.destroy())
    const [[status], said] = await Promise.all([once(child, 'exit'), readAll(child)])
    assert.deepEqual([status, said], [0, 'done'])
  })
})
