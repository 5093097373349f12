import assert from 'node:assert/strict'
import {execFile, execFileSync, spawnSync} from 'node:child_process'
import {cpSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {promisify} from 'node:util'
import type {DockerfileReport, Verification} from '../../../src/report/dockerfile-report.js'
import type {MeasureReport} from '../../../src/report/measure/measure-report.js'
import {adviseDockerfiles} from '../../../src/services/dockerfile/advise-dockerfiles.js'
import {verifyRewrites} from '../../../src/services/dockerfile/verify-rewrites.js'
import {hasProgram} from '../../helpers/docker.js'
import {projectRoot} from '../../helpers/project.js'
import {type CliResult, runCli} from '../../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'
import {requireEngine} from '../engine.js'

/** Percent of the real sizes of images and packages; set, it is that of every plan, and litter keeps its proportion. */
const SCALE = process.env.SLIM_CHECK_PLAN_SCALE

/** Images that stand in for those of the registry, and what they are called here. */
const BASES: Readonly<Record<string, string>> = {
  'python:3.11-slim': 'python-3.11-slim',
  'python:3.11': 'python-3.11',
  'node:20-slim': 'node-20-slim',
  'node:20': 'node-20',
  'mcr.microsoft.com/devcontainers/python:3.11-bullseye': 'devcontainer-python',
  'ghcr.io/astral-sh/uv:latest': 'uv',
}
const HERE = path.join(projectRoot, 'test/engine/plans')
/** A person who agrees writes until nothing is left to write. */
const MAX_ROUNDS = 6

/** How much of the real sizes and times a plan has. */
export interface Proportions {
  /** Percent of the real sizes; default: 4. */
  scale?: number
  /** The same of what lies about; default: as above. */
  litter?: number
  /** Megabytes a second at which installs seem to come, at full size; default: 1000, so that nobody waits for them. */
  network?: number
}

/** A change that was written. */
export type Taken = `${'+' | '?'} ${string}`

/** One of the examples, copied and littered as on a developer's machine, and what the program does to it. */
export class Journey {
  readonly directory: string
  /** Of the names of images and containers. */
  readonly prefix: string
  readonly #scratch = makeTemporaryDirectory()
  readonly #before = new Map<string, Buffer>()
  readonly #images: string[] = []
  /** Of `--build-context`. */
  readonly #contexts: string[] = []

  readonly #scale: number
  readonly #litter: number
  readonly #network: number

  constructor(
    private readonly example: string,
    {scale = 4, litter = scale, network = 1000}: Proportions = {},
  ) {
    this.#scale = SCALE === undefined ? scale : Number(SCALE)
    this.#litter = Math.max(1, Math.round((litter * this.#scale) / scale))
    this.#network = network
    this.directory = path.join(this.#scratch, example)
    this.prefix = `slim-check-plan-${process.pid}-${example}`
  }

  /** Skips the suite where it cannot be tried. @param names of the registry */
  prepare(suite: Mocha.Context, names: readonly string[]): void {
    requireEngine(suite)
    for (const program of ['busybox', 'bash', 'git', 'python3']) if (!hasProgram(program)) suite.skip()
    const own = names.map((name) => BASES[name]!)
    this.#images.push(...own.map((name) => `${this.prefix}/${name}`))
    this.#contexts.push(...names.map((name) => `${name}=docker-image://${this.prefix}/${BASES[name]}`))
    execFileSync(path.join(HERE, 'make-bases.sh'), [this.prefix, String(this.#scale), ...own], {
      stdio: 'pipe',
      env: {...process.env, NETWORK: String(this.#network)},
    })
    cpSync(path.join(projectRoot, 'examples', this.example), this.directory, {recursive: true})
    const litter = [this.example, this.directory, String(this.#litter)]
    execFileSync(path.join(HERE, 'make-litter.sh'), litter, {stdio: 'pipe'})
    for (const file of this.listDockerfiles())
      this.#before.set(file, readFileSync(path.join(this.directory, file)))
  }

  close(): void {
    if (this.#images.length > 0) spawnSync('docker', ['rmi', '-f', ...this.#images])
    removeTree(this.#scratch)
  }

  /** What Docker is given, so that it builds on the stand-ins. */
  get flags(): string[] {
    return ['--network=none', ...this.#contexts.map((text) => `--build-context=${text}`)]
  }

  /** Builds an image that the others stand on, in the place of the one that has the name. */
  buildBase(name: string, dockerfile: string): void {
    const own = `${this.prefix}-base`
    this.build(own, ['-f', dockerfile])
    const context = `${name}=docker-image://${own}`
    if (!this.#contexts.includes(context)) this.#contexts.push(context)
  }

  /** Builds an image; it is removed in the end. */
  build(name: string, words: readonly string[]): void {
    this.#images.push(name)
    this.docker(['buildx', 'build', '--load', '-q', '-t', name, ...this.flags, ...words, '.'])
  }

  /** Calls docker in the project. Returns what it printed. */
  docker(words: readonly string[]): string {
    const env = {...process.env, BUILDX_GIT_INFO: 'false'}
    const {status, stdout, stderr} = spawnSync('docker', words, {cwd: this.directory, encoding: 'utf8', env})
    assert.equal(status, 0, stderr)
    return stdout + stderr
  }

  /** The same while this process answers others. */
  async dockerLater(words: readonly string[]): Promise<void> {
    await promisify(execFile)('docker', [...words], {cwd: this.directory})
  }

  run(...words: string[]): CliResult {
    // One measurement waits for no other one of this machine: the lock is in the temporary directory.
    return runCli(words, {cwd: this.directory, env: {TMPDIR: this.#scratch}})
  }

  read<Report>(...words: string[]): Report {
    const {stdout, stderr} = this.run(...words, '--json')
    assert.notEqual(stdout, '', stderr)
    return JSON.parse(stdout) as Report
  }

  /** Writes lines and rewrites, those with an open question too, until nothing is left. Returns the rules of the rewrites. */
  write(...commands: ('context' | 'dockerfile' | 'compose')[]): Set<Taken> {
    const taken = new Set<Taken>()
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const before = this.#state()
      for (const command of commands) {
        if (command === 'dockerfile') for (const one of this.#listRewrites()) taken.add(one)
        const {status, stderr, stdout} = this.run(command, '.', '--write', '--all', '--fail-on=never')
        assert.equal(status, 0, `${command}: ${stderr}${stdout}`)
      }
      if (this.#state() === before) return taken
    }
    throw new Error(`still something to write after ${MAX_ROUNDS} rounds`)
  }

  #listRewrites(): Taken[] {
    const {rewrites} = this.read<DockerfileReport>('dockerfile', '.')
    return rewrites.flatMap(({rule, confidence, edits}) => {
      if (edits.length === 0 || confidence === 'blocked') return []
      return [`${confidence === 'safe' ? '+' : '?'} ${rule}` as const]
    })
  }

  #state(): string {
    const files = readdirSync(this.directory, {recursive: true, encoding: 'utf8'})
    const own = files.filter((file) => /(?:ockerfile|ignore|\.ya?ml)/.test(path.basename(file)))
    return own
      .filter((file) => !/node_modules|\.git\//.test(file))
      .sort()
      .map((file) => `${file}\n${readFileSync(path.join(this.directory, file), 'utf8')}`)
      .join('\n')
  }

  listDockerfiles(): string[] {
    const files = execFileSync('git', ['ls-files'], {cwd: this.directory, encoding: 'utf8'}).split('\n')
    return files.filter((file) => /(?:^|\/)Dockerfile/.test(file))
  }

  text(file: string): string {
    return readFileSync(path.join(this.directory, file), 'utf8')
  }

  writeText(file: string, text: string): void {
    writeFileSync(path.join(this.directory, file), text)
  }

  removeFile(file: string): void {
    rmSync(path.join(this.directory, file))
  }

  /** Builds a Dockerfile as it was, with the context of now, and as it is, and compares the files. */
  async verify(file: string): Promise<Verification> {
    const {files} = await adviseDockerfiles({
      build: {contextDir: this.directory, dockerfile: path.join(this.directory, file)},
    })
    const [advised] = files
    const change = {
      path: file,
      hostPath: null,
      before: this.#before.get(file)!,
      after: Buffer.from(advised!.content),
      builds: advised!.builds,
      rules: [],
      witnesses: [],
    }
    const call = {flags: this.flags, signal: new AbortController().signal, onBuild: () => {}}
    const [verification] = await verifyRewrites([change], call)
    return verification!
  }

  /** Measures; status 1 is a limit that is not kept, or a check that failed. */
  measure(...words: string[]): {report: MeasureReport; status: number | null} {
    const {status, stdout, stderr} = this.run('measure', '.', '--json', ...words, '--', ...this.flags)
    assert.ok(status === 0 || status === 1, `${status} ${stderr} ${stdout.slice(0, 2000)}`)
    const report = JSON.parse(stdout) as MeasureReport
    const kept = process.env.SLIM_CHECK_PLAN_FIGURES
    const name = `${this.example}-${report.against === null ? 'before' : 'after'}.json`
    if (kept !== undefined) writeFileSync(path.join(kept, name), stdout)
    return {report, status}
  }

  /** A size as a limit is written. @param megabytes of the real one */
  limitOf(megabytes: number): string {
    return `${Math.round(megabytes * this.#scale * 10_000)}`
  }
}
