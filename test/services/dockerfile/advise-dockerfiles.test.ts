import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import type {BuildOptions} from '../../../src/plan/build-options.js'
import type {Rewrite} from '../../../src/report/dockerfile-report.js'
import {adviseDockerfiles} from '../../../src/services/dockerfile/advise-dockerfiles.js'
import {analyzeImage} from '../../../src/services/image/analyze-image.js'
import {tarEntry, tarOf, writeLayout} from '../../helpers/image-archive.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

const PROJECT = {
  Dockerfile: 'FROM node:22\nARG SRC=.\nWORKDIR /app\nCOPY $SRC .\nRUN npm ci\n',
  'package.json': '{"name": "a", "version": "1.0.0"}\n',
  'package-lock.json': '{"name": "a", "lockfileVersion": 3, "packages": {}}\n',
  'a.js': '1\n',
  'web/package.json': '{"name": "web"}\n',
}
const WORKFLOW = (flags: string) =>
  `on: push\njobs:\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: docker build ${flags} .\n`

describe('adviseDockerfiles', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(root))

  /** The move of the install, with the builds that nobody asked for. */
  async function advise(
    files: Readonly<Record<string, string>>,
    options: Partial<BuildOptions> = {},
  ): Promise<{move: Rewrite; names: string[]}> {
    for (const [name, text] of Object.entries({...PROJECT, ...files})) {
      mkdirSync(path.dirname(path.join(root, name)), {recursive: true})
      writeFileSync(path.join(root, name), text)
    }
    const {report} = await adviseDockerfiles({
      build: {contextDir: '.', workingDir: root, ...options},
      choice: null,
      configFile: null,
    })
    const move = report.rewrites.find(({rule}) => rule === 'install-after-source')
    return {move: move!, names: report.witnesses.map(({name}) => name)}
  }

  it('is sure without other builds', async () => {
    const {move, names} = await advise({})
    assert.deepEqual([move.confidence, names], ['safe', []])
    assert.match(move.proof.at(-1)!.claim, /ignore file as it is/)
  })

  const OPEN_BASES: [title: string, options: Partial<BuildOptions>][] = [
    ['a workflow gives by an expression', {unknownArgs: {BASE: 'unknown'}}],
    ['nobody gives', {isOpen: true}],
  ]
  for (const [title, options] of OPEN_BASES) {
    it(`proves a rewrite for a base image that ${title}`, async () => {
      const Dockerfile = 'ARG BASE\nFROM $BASE\nWORKDIR /app\nCOPY . .\nRUN npm ci\n'
      const {move} = await advise({Dockerfile}, options)
      assert.equal(move.line, 4)
    })
  }

  const BUILDS: [title: string, files: Record<string, string>, name: string][] = [
    [
      'a service',
      {'compose.yaml': 'services:\n  web:\n    build:\n      context: .\n      args: {SRC: web}\n'},
      'web (compose.yaml:4)',
    ],
    [
      'a target of a bake file',
      {'docker-bake.json': '{"target": {"default": {"args": {"SRC": "web"}}}}\n'},
      'default (docker-bake.json:1)',
    ],
    [
      'a step of a workflow',
      {'.github/workflows/ci.yml': WORKFLOW('--build-arg SRC=web')},
      'b (.github/workflows/ci.yml:7)',
    ],
    [
      'a job of GitLab',
      {
        '.gitlab-ci.yml':
          'default:\n  image: docker:28\npack:\n  script:\n    - cd .\n    - docker build --build-arg SRC=web -t "$CI_REGISTRY_IMAGE" .\n',
      },
      'pack (.gitlab-ci.yml:5)',
    ],
    [
      'a target of a Makefile',
      {
        Makefile:
          'TAG := app:$(shell git describe)\nSRC = web\n\n# builds\nimage: web\n\t@docker build --build-arg SRC=$(SRC) \\\n\t  -t $(TAG) .\n',
      },
      'make image (Makefile:6)',
    ],
  ]
  for (const [title, files, name] of BUILDS) {
    it(`breaks nothing for ${title} that nobody asked for`, async () => {
      const {move, names} = await advise(files)
      assert.deepEqual(names, [name])
      assert.equal(move.confidence, 'blocked')
      assert.ok(move.blocker!.startsWith(`${name}: `), move.blocker)
    })
  }

  for (const [count, question] of [
    [25, 'Is it right for s25, too?'],
    [26, 'Is it right for 2 more builds, such as s25?'],
  ] as const) {
    it(`asks about what it does not try of ${count} builds`, async () => {
      const service = (number: number) => `  s${number}: {build: {context: ., args: {N: ${number}}}}\n`
      const services = Array.from({length: count}, (_, at) => service(at + 1))
      const {move, names} = await advise({'compose.yaml': `services:\n${services.join('')}`})
      assert.equal(names.length, 24)
      assert.ok(move.questions?.includes(question), move.questions?.join())
    })
  }

  it('counts a build that is asked for once', async () => {
    const {move, names} = await advise({'compose.yaml': 'services:\n  web:\n    build: .\n'})
    assert.deepEqual([move.confidence, names], ['safe', []])
  })

  it('says what changes save in an image that is at hand, and what a deploy pulls', async () => {
    const dockerfile = [
      'FROM debian:13',
      'COPY a.js /srv/',
      'COPY b.sh /srv/',
      'RUN mkdir /x && cp /bin/sh /x/a',
      'RUN rm -rf /x/a',
    ]
    const tars = ['etc/base', 'srv/a.js', 'srv/b.sh', 'x/a', 'x/.wh.a'].map((name, at) =>
      tarOf(tarEntry(name, at === 4 ? '' : 'x'.repeat(10 ** at))),
    )
    const created = ['/bin/sh -c #(nop) ADD rootfs / ', ...dockerfile.slice(1)].map((text) => {
      const [keyword = '', ...rest] = text.split(' ')
      return keyword === 'RUN' ? `RUN /bin/sh -c ${rest.join(' ')} # buildkit` : `${text} # buildkit`
    })
    const image = writeLayout(
      path.join(root, 'image'),
      tars.map((tar) => ({tar})),
      {history: created.map((text) => ({created_by: text}))},
    )
    for (const [name, text] of Object.entries({
      Dockerfile: `${dockerfile.join('\n')}\n`,
      'a.js': '1',
      'b.sh': '2',
    }))
      writeFileSync(path.join(root, name), text)
    const {report} = await adviseDockerfiles({
      build: {contextDir: '.', workingDir: root},
      choice: null,
      configFile: null,
      image,
    })
    const cleanup = report.rewrites.find(({rule}) => rule === 'late-cleanup')
    assert.deepEqual([report.image, cleanup?.confidence, cleanup?.imageBytes], [image, 'safe', 1_000])
    const [effect] = report.effects
    const [{layers} = {layers: []}] = (await analyzeImage({source: image})).images
    const again = layers.slice(1).reduce((sum, {pullBytes}) => sum + pullBytes, 0)
    assert.deepEqual(
      [effect?.changedPath, effect?.now.pullBytes, effect?.safe?.pullBytes],
      ['a.js', again, null],
    )
  })

  it('names no file that a checkout does not have', async () => {
    spawnSync('git', ['init', '-q', root])
    const {move} = await advise({
      Dockerfile: PROJECT.Dockerfile.replace('npm ci', 'npm install'),
      '.gitignore': 'package-lock.json\n',
      '.github/workflows/ci.yml': WORKFLOW('-t a'),
    })
    assert.equal(move.confidence, 'blocked')
    assert.match(move.blocker!, /ci\.yml:7\): with the new Dockerfile Git ignores "package-lock\.json"/)
  })
})
