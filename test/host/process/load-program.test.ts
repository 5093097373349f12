import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {Script} from 'node:vm'
import {writeCode} from '../../../src/host/process/code-cache.js'
import {loadProgram} from '../../../src/host/process/load-program.js'
import {projectRoot} from '../../helpers/project.js'
import {runCli} from '../../helpers/run-cli.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

interface Program {
  add(one: number, other: number): number
  place: string
}

const nodeRequire = createRequire(import.meta.url)

const LOAD_PROGRAM = new URL('../../../src/host/process/load-program.js', import.meta.url).href

const wrap = (text: string): string => `(function (exports, require, module, __filename) {${text}\n})`

const PROGRAM = wrap(`exports.add = (one, other) => require('./part.cjs').add(one, other)
exports.place = require('node:path').basename(__filename)`)

const PART = wrap('module.exports = {add: (one, other) => one + other}')

describe('loadProgram', () => {
  let root = ''
  let cache = ''
  let env: NodeJS.ProcessEnv = {}
  beforeEach(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {'program.cjs': PROGRAM, 'part.cjs': PART, Dockerfile: 'FROM scratch\nCOPY . /\n'})
    cache = path.join(root, 'cache')
    env = {XDG_CACHE_HOME: cache}
  })
  afterEach(() => removeTree(root))

  const codeFile = (part: string, file: string): string =>
    path.join(root, `cache/docker-slim-check/code/${part}.${file}-${process.version}-${process.arch}.code`)

  function run(): void {
    const {exports: program, keepCode} = loadProgram<Program>(
      path.join(root, 'program.cjs'),
      'part',
      nodeRequire,
      env,
    )
    assert.equal(program.add(1, 2), 3)
    assert.equal(program.place, 'program.cjs')
    keepCode()
  }

  it('keeps the code of four calls, and writes nothing at later ones', () => {
    const list = (): unknown[] => ['program', 'part'].map((file) => statSync(codeFile('part', file)).ino)
    const files = Array.from({length: 6}, () => {
      run()
      return list()
    })
    assert.notDeepEqual(files[3], files[2])
    assert.deepEqual(files.slice(4), [files[3], files[3]])
  })

  it('adds the functions of a later call to those of the first', () => {
    writeFileSync(
      path.join(root, 'program.cjs'),
      wrap(`exports.one = () => 'a word of the first'\nexports.other = () => 'a word of the second'`),
    )
    const text = `import {createRequire} from 'node:module'
      import {loadProgram} from ${JSON.stringify(LOAD_PROGRAM)}
      const {exports, keepCode} = loadProgram(${JSON.stringify(path.join(root, 'program.cjs'))}, 'part', createRequire(import.meta.url))
      exports[process.env.CALLED]()
      keepCode()`
    const words = ['a word of the first', 'a word of the second']
    const kept = ['one', 'other'].map((CALLED) => {
      const options = {env: {...process.env, XDG_CACHE_HOME: cache, CALLED}, input: text}
      execFileSync(process.execPath, ['--input-type=module'], options)
      const code = readFileSync(codeFile('part', 'program'))
      return words.map((word) => code.includes(word))
    })
    assert.deepEqual(kept, [
      [true, false],
      [true, true],
    ])
  })

  it('keeps the code of functions that ran long ago', () => {
    const text = `import {setFlagsFromString} from 'node:v8'
      import {createRequire} from 'node:module'
      import {runInNewContext} from 'node:vm'
      import {loadProgram} from ${JSON.stringify(LOAD_PROGRAM)}
      const {exports, keepCode} = loadProgram(${JSON.stringify(path.join(root, 'program.cjs'))}, 'part', createRequire(import.meta.url))
      exports.say()
      setFlagsFromString('--expose-gc')
      runInNewContext('gc')()
      keepCode()`
    writeFileSync(path.join(root, 'program.cjs'), wrap(`exports.say = () => 'a word of a function'`))
    const options = {env: {...process.env, XDG_CACHE_HOME: cache}, input: text}
    // Else V8 forgets at the fifth collection that it makes by itself.
    execFileSync(process.execPath, ['--stress-flush-code', '--input-type=module'], options)
    assert.ok(readFileSync(codeFile('part', 'program')).includes('a word of a function'))
  })

  it('compiles a changed program anew', () => {
    run()
    writeFileSync(path.join(root, 'part.cjs'), PART.replace('one + other', 'one - other'))
    const {exports: program} = loadProgram<Program>(path.join(root, 'program.cjs'), 'part', nodeRequire, env)
    assert.equal(program.add(1, 2), -1)
  })

  it('keeps nothing when Node is told so', () => {
    env.NODE_DISABLE_COMPILE_CACHE = '1'
    run()
    assert.ok(!existsSync(path.join(root, 'cache')))
  })

  it('runs the program whatever stands in the place of its code, and replaces it', function () {
    skipUnless(this, process.platform !== 'win32', 'not on Windows')
    const file = codeFile('context', 'analysis')
    const call = (): void => {
      const {status, stdout, stderr} = runCli(['context', root, '--json'], {env: {XDG_CACHE_HOME: cache}})
      assert.deepEqual([status, stderr], [0, ''])
      assert.equal(JSON.parse(stdout).plans.length, 1)
      assert.ok(statSync(file).size > 100_000)
    }
    call()
    const good = readFileSync(file)
    const source = readFileSync(path.join(projectRoot, 'dist/bundle/analysis.cjs'))
    const keep = (code: Buffer): void => writeCode(file, source, () => ({code, calls: 1}))
    const spoiled: Record<string, () => void> = {
      'cut short': () => writeFileSync(file, good.subarray(0, good.length >> 1)),
      zeros: () => writeFileSync(file, Buffer.alloc(good.length)),
      'not from V8': () => keep(Buffer.from('x')),
      "another program's": () => keep(new Script('1 + 1').createCachedData()),
    }
    for (const spoil of Object.values(spoiled)) {
      spoil()
      call()
    }
    const files = [file, codeFile('context', 'run-cli')].map((one) => path.basename(one))
    assert.deepEqual(readdirSync(path.dirname(file)), files)
  })
})
