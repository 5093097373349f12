import assert from 'node:assert/strict'
import {execFileSync, spawn, spawnSync} from 'node:child_process'
import {copyFileSync, createWriteStream, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {pipeline} from 'node:stream/promises'
import {pack} from 'tar-stream'
import type {Verification} from '../../src/report/dockerfile-report.js'
import {adviseDockerfiles} from '../../src/services/dockerfile/advise-dockerfiles.js'
import {verifyRewrites} from '../../src/services/dockerfile/verify-rewrites.js'
import {projectRoot} from '../helpers/project.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'
import {requireEngine} from './engine.js'

const NONE = ['--network=none']
const IMAGE = `slim-verify-base:${process.pid}`
const BASE = `FROM ${IMAGE}
WORKDIR /app
`
const TEXT = `${BASE}COPY a.txt ./
RUN echo one > one; mkdir sub; ln -s one link
`
/** What every build stands on. */
const BASE_TEXT = `FROM scratch
COPY busybox /bin/sh
RUN exec -a busybox /bin/sh --install -s /bin
COPY npm /bin/npm
`
/** Says what it was called with, and keeps no time. */
const NPM = '#!/bin/sh\necho "$@" > nm; cat package.json >> nm\n'

describe('--verify on a real engine', () => {
  let root = ''
  before(async function () {
    requireEngine(this)
    const found = spawnSync('sh', ['-c', 'command -v busybox'], {encoding: 'utf8'}).stdout.trim()
    if (found === '') this.skip()
    root = makeTemporaryDirectory()
    copyFileSync(found, path.join(root, 'busybox'))
    writeTree(root, {Dockerfile: TEXT, 'a.txt': 'a', npm: NPM, 'package.json': '{"name": "a"}'})
    writeTree(root, {'package-lock.json': '{}', 'src/a.js': 'a', '.dockerignore': 'Dockerfile\n*.tar\n'})
    execFileSync('chmod', ['755', path.join(root, 'npm')])
    buildBase()
    for (const value of ['1', '2']) await writeXattrTar(path.join(root, `x${value}.tar`), value)
  })
  after(() => {
    if (root === '') return
    spawnSync('docker', ['rmi', '-f', IMAGE])
    removeTree(root)
  })

  function buildBase(): void {
    writeFileSync(path.join(root, 'Dockerfile'), BASE_TEXT)
    const words = ['buildx', 'build', '--network=none', '-q', '--load', '-t', IMAGE, root]
    execFileSync('docker', words, {stdio: 'pipe'})
  }

  async function verify(
    before: string,
    after: string,
    {flags = NONE, signal = new AbortController().signal, onBuild = () => {}} = {},
  ): Promise<Verification> {
    writeFileSync(path.join(root, 'Dockerfile'), before)
    const {files} = await adviseDockerfiles({build: {contextDir: root}})
    const {builds, content} = files[0]!
    const change = {path: 'Dockerfile', hostPath: null, before: content, after: Buffer.from(after)}
    const [verification] = await verifyRewrites([{...change, builds, witnesses: [], rules: ['x']}], {
      flags,
      signal,
      onBuild,
    })
    return verification!
  }

  it('tells what differs in every way, and not in time', async () => {
    const names = ['content', 'mode', 'bit', 'owner', 'link', 'type', 'gone', 'same', 'time']
    const made = names.map((name) => `echo ${name} > ${name}; mkdir ${name}.d; ln -s ${name} ${name}.l`)
    const rows: [command: string, expected: string[]][] = [
      ['echo other > content', ['content app/content']],
      ['chmod 600 mode', ['mode app/mode']],
      ['chmod 4644 bit', ['mode app/bit']],
      ['chown 7:8 owner; chown 7 owner.d', ['owner app/owner', 'owner app/owner.d']],
      ['ln -sf other link.l; rm same.l; ln same same.l', ['link app/link.l', 'type app/same.l']],
      ['rmdir type.d; touch type.d', ['type app/type.d']],
      ['mkdir new', ['only-after app/new']],
      ['rm gone.l', ['only-before app/gone.l']],
      ['touch -d @1000 time time.d; rm same; echo same > same', []],
    ]
    const before = `${TEXT}RUN ${made.join('; ')}\n`
    const commands = rows.map(([command]) => command)
    const {status, differences, reason} = await verify(before, `${before}RUN ${commands.join('; ')}\n`)
    assert.equal(reason, undefined)
    assert.deepEqual(
      differences.map(({kind, path}) => `${kind} ${path}`).sort(),
      rows.flatMap(([, expected]) => expected).sort(),
    )
    assert.equal(status, 'different')
  })

  it('tells extended attributes apart', async () => {
    writeTree(root, {'.dockerignore': 'Dockerfile\n'})
    const one = `${TEXT}ADD x1.tar /x/\n`
    const same = await verify(one, `${TEXT}ADD x1.tar /x/\nRUN true\n`)
    assert.deepEqual([same.status, same.differences], ['equal', []])
    const {differences} = await verify(one, `${TEXT}ADD x2.tar /x/\n`)
    assert.deepEqual(
      differences.map(({kind, path, before, after}) => [kind, path, before, after]),
      [['xattrs', 'x/f', 'user.slim=31', 'user.slim=32']],
    )
  })

  it('takes what differs anyway for noise, and nothing else', async () => {
    const random = 'RUN cat /proc/sys/kernel/random/uuid > r; touch $(cat r)\n'
    const same = await verify(TEXT + random, `${TEXT + random}RUN true\n`)
    assert.deepEqual([same.status, same.noiseCount], ['equal', 4])
    const other = await verify(TEXT + random, `${TEXT + random}RUN chmod 600 r\n`)
    assert.deepEqual(
      other.differences.map(({kind, path}) => `${kind} ${path}`),
      ['mode app/r'],
    )
  })

  it('says which text does not build', async () => {
    const {status, reason} = await verify(TEXT, `${TEXT}RUN exit 7\n`)
    assert.equal(status, 'failed')
    assert.match(reason!, /^the new Dockerfile: .*exit code: 7/)
    assert.match((await verify(`${TEXT}RUN exit 7\n`, TEXT)).reason!, /^the old Dockerfile: /)
  })

  it('hands secrets on', async () => {
    const text = `${BASE}RUN --mount=type=secret,id=s,required cat /run/secrets/s > s\n`
    writeFileSync(path.join(root, 'secret.txt'), 'hidden')
    const flags = [...NONE, `--secret=id=s,src=${path.join(root, 'secret.txt')}`]
    assert.equal((await verify(text, `${text}RUN true\n`, {flags})).status, 'equal')
    assert.match((await verify(text, text)).reason!, /secret/)
  })

  it('leaves what the builder has for the user, the mounts too, and no image', async () => {
    const id = `slim-verify-${process.pid}`
    const text = `${BASE}RUN cat /proc/sys/kernel/random/uuid > r
RUN --mount=type=cache,target=/c,id=${id} n=$(cat /c/n || echo 0); echo $((n+1)) > /c/n; cp /c/n .
`
    const build = () => {
      const words = ['buildx', 'build', '--network=none', '-q', '-o', 'type=tar,dest=out.tar', root]
      execFileSync('docker', words, {cwd: root, stdio: 'pipe'})
      return execFileSync('tar', ['xOf', 'out.tar', 'app/r', 'app/n'], {cwd: root, encoding: 'utf8'})
    }
    writeFileSync(path.join(root, 'Dockerfile'), text)
    const first = build()
    const images = listImages()
    const {status, noiseCount} = await verify(text, `${text}RUN true\n`)
    assert.deepEqual([status, noiseCount], ['equal', 1])
    writeFileSync(path.join(root, 'Dockerfile'), text)
    assert.equal(build(), first)
    const ours = listImages().filter((one) => !images.includes(one) && /slim-check/.test(one))
    assert.deepEqual(ours, [])
  })

  it('ends a build when it is told to, and cleans up', async () => {
    const before = listScratch()
    const controller = new AbortController()
    const onBuild = () => setTimeout(() => controller.abort(), 1500)
    const running = verify(`${TEXT}RUN sleep 60\n`, TEXT, {signal: controller.signal, onBuild})
    await assert.rejects(running, /Cancelled: nothing was written/)
    assert.deepEqual(listScratch(), before)
  })

  it('writes what is equal, and nothing else', async () => {
    const text = `${BASE}COPY . .\nRUN npm ci\n`
    const file = path.join(root, 'Dockerfile')
    writeFileSync(file, text)
    const run = () =>
      spawnSync(
        process.execPath,
        [
          path.join(projectRoot, 'bin/run.js'),
          'dockerfile',
          '.',
          '--no-times',
          '--network=none',
          '--verify',
          '--write',
        ],
        {cwd: root, encoding: 'utf8'},
      )
    // It reads a file that npm does not read: no proof can know.
    writeFileSync(path.join(root, 'npm'), `${NPM}ls > list\n`)
    buildBase()
    writeFileSync(file, text)
    const different = run()
    assert.equal(different.status, 1, different.stderr)
    assert.match(different.stderr, /\/app\/list: content/)
    assert.match(different.stdout, /Nothing was written/)
    assert.equal(readFileSync(file, 'utf8'), text)
    writeFileSync(path.join(root, 'npm'), NPM)
    buildBase()
    writeFileSync(file, text)
    const equal = run()
    assert.equal(equal.status, 0, equal.stderr + equal.stdout)
    assert.match(
      readFileSync(file, 'utf8'),
      /COPY package\.json package-lock\.json \.\/\nRUN npm ci\nCOPY \. \.\n$/,
    )
  })

  it('checks with BuildKit', () => {
    writeFileSync(path.join(root, 'Dockerfile'), 'FROM scratch AS Base\nCOPY a.txt /\n')
    const words = [path.join(projectRoot, 'bin/run.js'), 'dockerfile', '.', '--no-times', '--check', '--json']
    const {stdout} = spawnSync(process.execPath, words, {cwd: root, encoding: 'utf8'})
    const {findings, check} = JSON.parse(stdout)
    // Engines before 27 know no checks.
    if (check.status === 'skipped') assert.match(check.reason, /call|unknown|support/)
    else
      assert.deepEqual(
        findings.map(({rule, line}: {rule: string; line: number}) => [rule, line]),
        [['buildkit/StageNameCasing', 1]],
      )
  })

  it('ends with Ctrl-C', async () => {
    writeFileSync(path.join(root, 'Dockerfile'), `${BASE}COPY . .\nRUN npm ci\nRUN sleep 60\n`)
    const before = listScratch()
    const words = [
      path.join(projectRoot, 'bin/run.js'),
      'dockerfile',
      '.',
      '--no-times',
      '--network=none',
      '--verify',
    ]
    const child = spawn(process.execPath, words, {cwd: root, stdio: ['ignore', 'pipe', 'pipe']})
    await new Promise((resolve) => child.stderr.once('data', resolve))
    setTimeout(() => child.kill('SIGINT'), 1500)
    const status = await new Promise((resolve) => child.once('close', resolve))
    assert.equal(status, 2)
    assert.deepEqual(listScratch(), before)
  })
})

function listImages(): string[] {
  const words = ['images', '--all', '--no-trunc', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}']
  return execFileSync('docker', words, {encoding: 'utf8'}).split('\n')
}

/** Other tests make directories with a word behind the name. */
function listScratch(): string[] {
  return readdirSync(tmpdir()).filter((name) => /^slim-check-verify-\w{6}$/.test(name))
}

async function writeXattrTar(file: string, value: string): Promise<void> {
  const archive = pack()
  archive.entry({name: 'f', pax: {'SCHILY.xattr.user.slim': value}}, 'f')
  archive.finalize()
  await pipeline(archive, createWriteStream(file))
}
