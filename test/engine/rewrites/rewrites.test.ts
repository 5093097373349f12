/** Safe rewrites of realistic projects: both texts are built with real package managers, and leave the same files. */
import assert from 'node:assert/strict'
import {execFile, spawnSync} from 'node:child_process'
import {copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {promisify} from 'node:util'
import {adviseDockerfiles} from '../../../src/services/dockerfile/advise-dockerfiles.js'
import {verifyRewrites} from '../../../src/services/dockerfile/verify-rewrites.js'
import {planChanges} from '../../../src/services/dockerfile/write-rewrites.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'
import {requireEngine} from '../engine.js'
import {importHostBase} from './host-base.js'
import {type LocalRegistry, startRegistry} from './local-registry.js'
import {PROJECTS, type RewriteProject} from './projects.js'

/** An image with package managers, as make-base.sh makes it; without one, one of this machine's Node and npm. */
const GIVEN = process.env.SLIM_CHECK_REWRITE_BASE
const OWN = `slim-check-rewrites:${process.pid}`

describe('safe rewrites on a real engine', function () {
  this.timeout(600_000)
  let root = ''
  let registry: LocalRegistry
  let programs = new Set<string>()
  const base = GIVEN ?? OWN

  before(async function () {
    requireEngine(this)
    root = makeTemporaryDirectory()
    registry = await startRegistry()
    if (GIVEN === undefined && !importHostBase(OWN, path.join(root, 'base'))) this.skip()
    programs = await findPrograms()
  })
  after(() => {
    if (root === '') return
    registry.close()
    if (GIVEN === undefined) spawnSync('docker', ['image', 'rm', '-f', OWN])
    removeTree(root)
  })

  /** The programs of the base image, as a build sees them. */
  async function findPrograms(): Promise<Set<string>> {
    const context = path.join(root, 'programs')
    const names = [...new Set(PROJECTS.map(({needs}) => needs))]
    const script = names.map((name) => `command -v ${name} >/dev/null && touch /found/${name}`).join('; ')
    writeFiles(context, {
      Dockerfile: `FROM ${base} AS a\nRUN mkdir /found; ${script}; true\nFROM scratch\nCOPY --from=a /found /\n`,
    })
    await exportTo(context, path.join(context, 'out'))
    return new Set(names.filter((name) => existsSync(path.join(context, 'out', name))))
  }

  /** Makes the lock file with the real program. */
  async function makeLock(context: string, {lock}: RewriteProject): Promise<void> {
    if (lock === undefined) return
    const head = `FROM ${base} AS a\nENV GOPROXY=${registry.url}/go GOSUMDB=off GOFLAGS=-mod=mod\nWORKDIR /p\nCOPY . .\n`
    const out = path.join(root, 'lock')
    writeFiles(context, {
      'lock.Dockerfile': `${head}RUN ${lock.command}\nFROM scratch\nCOPY --from=a /p/${lock.file} /lock\n`,
    })
    await exportTo(context, out, 'lock.Dockerfile')
    copyFileSync(path.join(out, 'lock'), path.join(context, lock.file))
    rmSync(path.join(context, 'lock.Dockerfile'))
    rmSync(out, {recursive: true})
  }

  /** Not while waiting for it: the registry must answer. */
  async function exportTo(context: string, out: string, file = 'Dockerfile'): Promise<void> {
    const words = [
      'build',
      '--network=host',
      '--progress=plain',
      '-f',
      path.join(context, file),
      '-o',
      out,
      context,
    ]
    await promisify(execFile)('docker', words)
  }

  for (const [number, project] of PROJECTS.entries()) {
    it(project.title, async function () {
      if (!programs.has(project.needs)) this.skip()
      const context = path.join(root, `context-${number}`)
      mkdirSync(context)
      const put = (text: string) => text.replaceAll('REGISTRY', registry.url)
      writeFiles(
        context,
        Object.fromEntries(Object.entries(project.files).map(([name, text]) => [name, put(text)])),
      )
      await makeLock(context, project)
      writeFiles(context, {
        Dockerfile: put(writeDockerfile(base, project)),
        '.dockerignore': 'Dockerfile\n',
      })

      const advice = await adviseDockerfiles({build: {contextDir: context}})
      const safe = advice.report.rewrites.filter(({confidence}) => confidence === 'safe')
      assert.deepEqual(
        safe.map(({rule}) => rule),
        project.rules,
        JSON.stringify(advice.report.rewrites, null, 1),
      )
      for (const rewrite of safe) {
        const [change] = planChanges(advice, [rewrite])
        const {builds} = advice.files[0]!
        const call = {flags: ['--network=host'], signal: new AbortController().signal, onBuild: () => {}}
        const [found] = await verifyRewrites([{...change!, builds, rules: [rewrite.rule]}], call)
        assert.deepEqual([found?.status, found?.reason, found?.differences], ['equal', undefined, []])
      }
    })
  }
})

/** The project's stage, and one that takes what is compared: not the whole base image. */
function writeDockerfile(base: string, {dockerfile, results}: RewriteProject): string {
  const copies = ['/root', '/usr/local', ...results].map((one) => `COPY --from=work ${one} ${one}\n`)
  return `FROM ${base} AS work\n${dockerfile}FROM scratch\n${copies.join('')}`
}

/** With the time of now: the builder takes a file of the same name, size and time for one that it has. */
function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const place = path.join(root, name)
    mkdirSync(path.dirname(place), {recursive: true})
    writeFileSync(place, text)
  }
}
