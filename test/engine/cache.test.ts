import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {reportCache} from '../../src/services/cache/report-cache.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {requireEngine} from './engine.js'
import {replay} from './replay.js'

/** Projects as people have them: an install above the code, stages, bind mounts, everything in one COPY. */
const PROJECTS: Record<string, {files: Record<string, string>; edits: Record<string, string | null>[]}> = {
  node: {
    files: {
      Dockerfile: `FROM node:20 AS deps
WORKDIR /app
COPY package*.json ./
RUN npm ci
FROM node:20 AS build
ARG GIT_SHA=dev
WORKDIR /app
COPY --from=deps /app/node_modules ./node_modules
COPY . .
RUN npm run build
FROM node:20
COPY --from=build /app/dist /app/dist
COPY --from=build /app/package.json /app/
`,
      '.dockerignore': 'node_modules\n*.md\n',
      'package.json': '{}',
      'package-lock.json': '{}',
      'src/index.js': 'one',
      'README.md': 'one',
    },
    edits: [
      {'src/index.js': 'two'},
      {'README.md': 'two'},
      {'package-lock.json': '{"a":1}'},
      {'src/new.js': 'new'},
      {'src/index.js': 'one'},
      {'src/new.js': null},
      {'.dockerignore': 'node_modules\n'},
    ],
  },
  go: {
    files: {
      Dockerfile: `FROM golang AS build
WORKDIR /src
RUN --mount=type=bind,source=go.mod,target=go.mod --mount=type=bind,source=go.sum,target=go.sum go mod download
RUN --mount=type=bind,target=. --mount=type=cache,target=/root/.cache go build -o /out/app .
FROM golang
COPY --from=build /out /usr/bin
COPY conf/*.yml /etc/app/
WORKDIR /var/lib/app
`,
      'go.mod': 'module a',
      'go.sum': 'sum',
      'main.go': 'one',
      'conf/a.yml': 'a',
      'conf/b.txt': 'b',
    },
    edits: [
      {'main.go': 'two'},
      {'conf/a.yml': 'b'},
      {'conf/b.txt': 'c'},
      {'conf/c.yml': 'c'},
      {'go.sum': 'other'},
      {Dockerfile: null},
    ],
  },
}

describe('the cache against a real engine', () => {
  let scratch = ''
  before(function () {
    requireEngine(this)
    scratch = makeTemporaryDirectory()
  })
  after(() => removeTree(scratch))

  for (const [name, {files, edits}] of Object.entries(PROJECTS)) {
    it(`predicts every step of every commit of a ${name} project`, async function () {
      this.timeout(600_000)
      const repository = path.join(scratch, `${name}-repository`)
      commitAll(repository, files, edits)
      const project = {
        gitDir: path.join(repository, '.git'),
        contextDir: '.',
        dockerfile: 'Dockerfile',
        commits: 20,
      }
      const outcome = await replay({name, ...project}, path.join(scratch, name))
      assert.deepEqual(outcome.wrong, [])
      assert.equal(outcome.failed, 0)
      assert.ok(outcome.right > outcome.depends, JSON.stringify(outcome))
    })
  }

  it('explains why the last build ran what it ran', async function () {
    this.timeout(120_000)
    const context = path.join(scratch, `explained-${process.pid}`)
    mkdirSync(context)
    const build = (dockerfile: string, file: string, ...args: string[]) => {
      writeFileSync(path.join(context, 'Dockerfile'), `FROM scratch\n${dockerfile}\n`)
      writeFileSync(path.join(context, 'a'), file)
      writeFileSync(path.join(context, 'b'), `${process.pid}`)
      execFileSync('docker', ['build', '-q', ...args, context], {stdio: 'pipe'})
    }
    const explain = async () => {
      const request = {build: {contextDir: context}, configFile: null, explain: true}
      const [scenario] = (await reportCache(request)).report.builds[0]!.scenarios
      return scenario!.steps.map(({state, causes}) => [state, ...causes.map(({kind}) => kind)])
    }
    build('COPY b /\nCOPY a /\nCOPY b /c', `${process.pid} one`)
    build('COPY b /\nCOPY a /\nCOPY b /c', `${process.pid} other`)
    assert.deepEqual(await explain(), [['cached'], ['runs', 'paths'], ['runs', 'step']])
    build('COPY b /\nCOPY a /d\nCOPY b /c', `${process.pid} other`)
    assert.deepEqual(await explain(), [['cached'], ['runs', 'instruction'], ['runs', 'step']])
    build('COPY b /\nCOPY a /d\nCOPY b /c', `${process.pid} other`, '--no-cache')
    assert.deepEqual(await explain(), [
      ['runs', 'no-cache'],
      ['runs', 'no-cache'],
      ['runs', 'no-cache'],
    ])
  })

  // Public repositories, where somebody has some: SLIM_CHECK_REPLAY="NAME=GIT_DIR:CONTEXT:DOCKERFILE …".
  const given = (process.env.SLIM_CHECK_REPLAY ?? '').split(/\s+/).filter((one) => one !== '')
  for (const one of given) {
    const [name = '', where = ''] = one.split('=')
    it(`predicts every step of the last commits of ${name}`, async function () {
      this.timeout(3_600_000)
      const [gitDir = '', contextDir = '.', dockerfile = 'Dockerfile'] = where.split(':')
      const outcome = await replay(
        {name, gitDir, contextDir, dockerfile, commits: 20},
        path.join(scratch, name),
      )
      process.stdout.write(`    ${JSON.stringify(outcome)}\n`)
      assert.deepEqual(outcome.wrong, [])
    })
  }
})

function commitAll(
  root: string,
  files: Record<string, string>,
  edits: readonly Record<string, string | null>[],
): void {
  mkdirSync(root, {recursive: true})
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], {
      stdio: 'pipe',
    })
  git('init', '-q')
  for (const [number, edit] of [files, ...edits].entries()) {
    for (const [name, text] of Object.entries(edit)) {
      const file = path.join(root, name)
      mkdirSync(path.dirname(file), {recursive: true})
      if (text === null && name !== 'Dockerfile') rmSync(file)
      else writeFileSync(file, text ?? `${files.Dockerfile}LABEL a=1\n`)
    }
    git('add', '-A')
    git('commit', '-q', '-m', `commit ${number}`)
  }
}
