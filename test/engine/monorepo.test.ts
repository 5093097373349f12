/**
 * A monorepo of three builds on one root context, written and measured before and after on a real engine. The analysis
 * reads the real Dockerfiles; the engine gets copies that ask for the same and need no base image and no network.
 */
import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import type {ContextReport} from '../../src/report/context-report.js'
import {runCli} from '../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'
import {listTar, measureBuild, requireEngine} from './engine.js'

const NAMES = ['api', 'pipeline', 'web'] as const
type Name = (typeof NAMES)[number]

const UV = 'COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/uv'

const API = `FROM python:3.12-slim
${UV}
WORKDIR /app
COPY api/pyproject.toml api/uv.lock ./
RUN uv sync --frozen --no-dev --no-install-project
COPY shared ./shared
COPY api ./
RUN uv sync --frozen --no-dev
CMD ["uv", "run", "uvicorn", "app.main:app"]
`
const PIPELINE = `FROM python:3.12-slim
${UV}
WORKDIR /srv
COPY . .
WORKDIR /srv/pipeline
RUN uv sync --frozen --no-dev
CMD ["uv", "run", "python", "-m", "pipeline.run"]
`
const WEB = `FROM node:22-slim AS deps
WORKDIR /app
COPY web/package.json web/package-lock.json ./
RUN npm ci

FROM node:22-slim AS build
WORKDIR /app
COPY --from=deps /app/node_modules ./node_modules
COPY web ./
RUN npm run build

FROM node:22-slim
WORKDIR /app
COPY --from=build /app/.next/standalone ./
COPY --from=build /app/.next/static ./.next/static
CMD ["node", "server.js"]
`
const WEB_PREBUILT = `FROM node:22-slim
WORKDIR /app
COPY web/package.json web/package-lock.json ./
RUN npm ci --omit=dev
COPY web/.next ./.next
COPY web/public ./public
CMD ["npm", "start"]
`
const DOCKERFILES: Record<Name, string> = {api: API, pipeline: PIPELINE, web: WEB}

const COMPOSE = `services:
${NAMES.map((name) => `  ${name}:\n    build:\n      context: .\n      dockerfile: ${name}/Dockerfile`).join('\n')}
  db:
    image: postgres:17
`

/** What a build sent, and what arrived. */
interface Measured {
  contextBytes: number
  paths: string[]
}

describe('a monorepo against a real engine', function () {
  this.timeout(180_000)
  let root = ''
  let workDir = ''

  before(function () {
    requireEngine(this)
    workDir = makeTemporaryDirectory()
  })
  beforeEach(() => {
    root = path.join(makeTemporaryDirectory(), 'orders')
    mkdirSync(root)
  })
  afterEach(() => removeTree(path.dirname(root)))
  after(() => workDir && removeTree(workDir))

  const analyze = (...flags: string[]): ContextReport => {
    const {status, stdout, stderr} = runCli(['context', '.', '--compose', '--json', ...flags], {cwd: root})
    assert.equal(status, 0, stderr || stdout)
    return JSON.parse(stdout) as ContextReport
  }
  const measureAll = (): Record<Name, Measured> => ({
    api: measure(root, workDir, 'api'),
    pipeline: measure(root, workDir, 'pipeline'),
    web: measure(root, workDir, 'web'),
  })

  it('writes one ignore file that all three builds can live with', () => {
    writeMonorepo(root, DOCKERFILES)
    const predicted = analyze()
    assert.deepEqual(
      predicted.plans.map(({name}) => name),
      [...NAMES],
    )
    const before = measureAll()
    assertPredicted(predicted, 'before', before)

    analyze('--write')
    assert.deepEqual(listIgnoreFiles(root), ['.dockerignore'])
    const patterns = readPatterns(root, '.dockerignore')
    assert.deepEqual(patterns.toSorted(), [
      '**/.next',
      '**/.venv',
      '**/__pycache__',
      '**/node_modules',
      '.git',
    ])
    const after = measureAll()
    assertPredicted(predicted, 'after', after)
    assertPredicted(analyze(), 'before', after)

    const isIgnored = (one: string): boolean =>
      /(^|\/)(\.next|\.venv|__pycache__|node_modules|\.git)(\/|$)/.test(one)
    for (const name of NAMES) {
      const kept = before[name].paths.filter((one) => !isIgnored(one))
      const written = name === 'pipeline' ? ['srv/.dockerignore'] : []
      assert.deepEqual(after[name].paths, [...kept, ...written].sort(), name)
      assert.ok(kept.length > 0 && kept.length < before[name].paths.length, name)
    }
    assert.deepEqual(analyze('--write').suggestions, [])
  })

  it('gives the build that copies a prebuilt .next an ignore file of its own', () => {
    writeMonorepo(root, {...DOCKERFILES, web: WEB_PREBUILT})
    const predicted = analyze()
    const line = predicted.suggestions.find(({pattern}) => pattern.endsWith('.next'))
    assert.equal(line?.confidence, 'blocked')
    assert.match(line.reason, /COPY web\/\.next \.\/\.next names it \(web\/Dockerfile:5\)/)
    const before = measureAll()
    assertPredicted(predicted, 'before', before)

    const [split] = predicted.splits ?? []
    assert.ok(split)
    analyze('--write', '--yes')
    assert.deepEqual(listIgnoreFiles(root), ['.dockerignore', 'web/Dockerfile.dockerignore'])
    assert.ok(readPatterns(root, '.dockerignore').some((pattern) => pattern.endsWith('.next')))
    assert.ok(!readPatterns(root, 'web/Dockerfile.dockerignore').some((pattern) => pattern.endsWith('.next')))
    const after = measureAll()
    const now = analyze()
    assertPredicted(now, 'before', after)
    assert.equal(now.before.transferBytes, predicted.after.transferBytes - split.savedBytes)
    assert.deepEqual(after.web.paths, before.web.paths)
    assert.deepEqual(
      after.pipeline.paths.filter((one) => /\.next|\.venv|node_modules/.test(one)),
      [],
    )
  })

  it('leaves the history to the build that describes it', () => {
    const described = PIPELINE.replace('RUN uv', 'RUN git describe --tags > version.txt\nRUN uv')
    writeMonorepo(root, {...DOCKERFILES, pipeline: described})
    const predicted = analyze()
    const line = predicted.suggestions.find(({pattern}) => pattern === '.git')
    assert.deepEqual([line?.confidence, line?.rule], ['blocked', 'git'])
    const before = measureAll()
    analyze('--write')
    assert.ok(!readPatterns(root, '.dockerignore').includes('.git'))
    const after = measureAll()
    assertPredicted(predicted, 'after', after)
    const history = (one: Measured): string[] => one.paths.filter((name) => name.startsWith('srv/.git/'))
    assert.ok(history(before.pipeline).length > 10)
    assert.deepEqual(history(after.pipeline), history(before.pipeline))
  })
})

/** A tree of realistic shape: packages in scopes and nested, a Turbopack build, a virtual environment, a history. */
function writeMonorepo(root: string, dockerfiles: Record<Name, string>): void {
  const files: Record<string, string> = {
    'compose.yaml': COMPOSE,
    'README.md': '# orders\n',
    '.gitignore': '.venv/\nnode_modules/\n.next/\n__pycache__/\n*.pyc\n',
    'shared/schema.py': 'SCHEMA = 1\n',
    'web/package.json': '{"name": "web", "scripts": {"build": "next build", "start": "next start"}}\n',
    'web/package-lock.json': '{"name": "web", "lockfileVersion": 3, "packages": {}}\n',
    'web/next.config.mjs': "export default {output: 'standalone'}\n",
    'web/app/page.jsx': 'export default function Page() {\n  return <h1>Orders</h1>\n}\n',
    'web/public/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
  }
  for (const name of NAMES) files[`${name}/Dockerfile`] = dockerfiles[name]
  for (const name of ['api', 'pipeline']) {
    files[`${name}/pyproject.toml`] = `[project]\nname = "${name}"\nversion = "0.1.0"\n`
    files[`${name}/uv.lock`] = 'version = 1\nrequires-python = ">=3.10"\n'
    files[`${name}/${name === 'api' ? 'app' : name}/main.py`] = 'print("ok")\n'
    files[`${name}/${name === 'api' ? 'app' : name}/__pycache__/main.cpython-312.pyc`] = 'x'.repeat(700)
  }
  writeTree(root, files)
  commitTwice(root)
  writeTree(root, listPackages())
  for (const name of ['api', 'pipeline']) {
    execFileSync('python3', ['-m', 'venv', '--without-pip', path.join(root, name, '.venv')])
    writeTree(path.join(root, name), {'.venv/lib/python3/site-packages/lib.py': 'x'.repeat(120_000)})
  }
}

function listPackages(): Record<string, string> {
  const files: Record<string, string> = {'web/node_modules/.package-lock.json': '{}'}
  for (let number = 0; number < 60; number++) {
    const home = `web/node_modules/${number % 3 === 0 ? '@scope/' : ''}package-${number}`
    files[`${home}/package.json`] = `{"name": "package-${number}"}`
    files[`${home}/dist/index.js`] = 'x'.repeat(1000 * (number + 1))
    files[`${home}/node_modules/inner/package.json`] = '{"name": "inner"}'
  }
  for (let number = 0; number < 20; number++) {
    files[`web/.next/static/chunks/${number}.js`] = 'y'.repeat(50_000)
    files[`web/.next/cache/turbopack/${number}.sst`] = 'z'.repeat(70_000)
  }
  files['web/.next/BUILD_ID'] = 'a1b2c3'
  files['web/.next/standalone/web/node_modules/next/package.json'] = '{"name": "next"}'
  return files
}

function commitTwice(root: string): void {
  const git = (...words: string[]): void => {
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], {
      cwd: root,
      stdio: 'pipe',
    })
  }
  git('init', '-q')
  git('add', '-A')
  git('commit', '-qm', 'first')
  writeFileSync(path.join(root, 'README.md'), '# orders\n\nmore\n')
  git('commit', '-qam', 'second')
  git('tag', 'v1.0.0')
}

/** Builds a copy of a Dockerfile that needs no base image, with the ignore file that its own would have. */
function measure(root: string, workDir: string, name: Name): Measured {
  const copy = path.join(workDir, `${name}.Dockerfile`)
  const tar = path.join(workDir, `${name}.tar`)
  const own = path.join(root, name, 'Dockerfile.dockerignore')
  const ignoreFile = existsSync(own) ? own : path.join(root, '.dockerignore')
  if (existsSync(ignoreFile)) copyFileSync(ignoreFile, `${copy}.dockerignore`)
  else writeFileSync(`${copy}.dockerignore`, '')
  writeFileSync(copy, withoutBases(readFileSync(path.join(root, name, 'Dockerfile'), 'utf8')))
  const {context, status} = measureBuild(['-f', copy, '-o', `type=tar,dest=${tar}`, root])
  assert.equal(status, 0, name)
  return {contextBytes: context ?? 0, paths: listTar(tar)}
}

/** Only what asks for the context remains; a last stage reads every other, so that all are built. */
function withoutBases(dockerfile: string): string {
  const lines = dockerfile.split('\n').filter((line) => /^(?:FROM|WORKDIR|COPY (?!--from))/.test(line))
  const stages = [...dockerfile.matchAll(/^FROM \S+ AS (\S+)$/gm)].map(([, stage]) => stage)
  return [
    ...lines.map((line) => line.replace(/^FROM \S+/, 'FROM scratch')),
    ...stages.map((stage) => `COPY --from=${stage} / /stages/${stage}/`),
    '',
  ].join('\n')
}

function assertPredicted(
  report: ContextReport,
  when: 'before' | 'after',
  measured: Record<Name, Measured>,
): void {
  const predicted = Object.fromEntries(report.plans.map((plan) => [plan.name, plan[when].transferBytes]))
  const real = Object.fromEntries(NAMES.map((name) => [name, measured[name].contextBytes]))
  assert.deepEqual(predicted, real)
  const sum = NAMES.reduce((bytes, name) => bytes + measured[name].contextBytes, 0)
  assert.equal(report[when].transferBytes, sum)
}

function listIgnoreFiles(root: string): string[] {
  const names = readdirSync(root, {recursive: true, encoding: 'utf8'})
  return names.filter((name) => name.endsWith('.dockerignore')).sort()
}

function readPatterns(root: string, file: string): string[] {
  const lines = readFileSync(path.join(root, file), 'utf8').split('\n')
  return lines.filter((line) => line !== '' && !line.startsWith('#'))
}
