import assert from 'node:assert/strict'
import {explainBaseImage} from '../../src/plan/explain-base-image.js'
import {explainMissing, type MissingBuild} from '../../src/plan/explain-missing.js'
import {createMemoryFiles} from './memory-files.js'

const ROWS: [title: string, tree: string[], missing: Partial<MissingBuild>, expected: RegExp | undefined][] =
  [
    [
      'a Dockerfile written relative to the bake file',
      ['app/Dockerfile', 'docker-bake.hcl'],
      {contextPath: '/p/app', dockerfilePath: '/p/app/app/Dockerfile', toldBy: '/p/docker-bake.hcl'},
      /relative to the context "app": write dockerfile = "Dockerfile"/,
    ],
    [
      'one of a compose file one folder down',
      ['docker/compose.yaml', 'docker/web.Dockerfile'],
      {contextPath: '/p', dockerfilePath: '/p/web.Dockerfile', toldBy: '/p/docker/compose.yaml'},
      /relative to the context "\.\.": write dockerfile: docker\/web.Dockerfile/,
    ],
    [
      'one of a workflow, written relative to the context',
      ['server/Dockerfile'],
      {contextPath: '/p/server', dockerfilePath: '/p/Dockerfile', toldBy: '/p/.github/workflows/ci.yml'},
      /relative to the repository: write file: server\/Dockerfile/,
    ],
    [
      'one of the command line, written relative to the context',
      ['server/prod.Dockerfile'],
      {contextPath: '/p/server', dockerfilePath: '/p/prod.Dockerfile'},
      /relative to the working directory: write "server\/prod.Dockerfile"/,
    ],
    [
      'a context written relative to the repository',
      ['docker/compose.yaml', 'web/a'],
      {contextPath: '/p/docker/web', toldBy: '/p/docker/compose.yaml'},
      /a context is relative to the file that names it: write context: \.\.\/web/,
    ],
    [
      'a context that Composer makes',
      ['compose.yaml'],
      {contextPath: '/p/vendor/laravel/sail/runtimes/8.4', toldBy: '/p/compose.yaml'},
      /run "composer install" first/,
    ],
    [
      'a directory of Go that is called like that of Composer',
      ['go.mod', 'vendor/github.com/a/b/compose.yaml'],
      {contextPath: '/p/vendor/github.com/a/b/cluster', toldBy: '/p/vendor/github.com/a/b/compose.yaml'},
      undefined,
    ],
    [
      'other capitals',
      ['Web/Dockerfile'],
      {contextPath: '/p/web', toldBy: '/p/compose.yaml'},
      /write "Web" instead of "web": case matters/,
    ],
    [
      'a slip of the pen',
      ['backend/Dockerfile'],
      {contextPath: '/p/backnd', toldBy: '/p/compose.yaml'},
      /write "backend" instead of "backnd"/,
    ],
    [
      'the only Dockerfile that there is',
      ['web/docker/Dockerfile'],
      {contextPath: '/p/web', dockerfilePath: '/p/web/Dockerfile', toldBy: '/p/compose.yaml'},
      /the Dockerfile that is there: "docker\/Dockerfile"/,
    ],
    [
      'a context that leads out of the project',
      ['environments/compose.yaml', 'prod.docker'],
      {contextPath: '/', dockerfilePath: '/prod.docker', toldBy: '/p/environments/compose.yaml'},
      /"prod.docker" lies in "\.\.": write context: \.\.$/,
    ],
    [
      'an absolute path of another machine',
      ['compose.yaml', 'web/a'],
      {contextPath: '/Users/jo/repos/shop/web', toldBy: '/p/compose.yaml'},
      /one machine only, .*: write context: web$/,
    ],
    [
      'an absolute path of another machine, nothing of which is here',
      ['compose.yaml', 'a'],
      {contextPath: '/Users/jo/shop', toldBy: '/p/compose.yaml'},
      /relative to the file that names it, such as context: \.$/,
    ],
    ['nothing near', ['a/b'], {contextPath: '/p/zzzzz', toldBy: '/p/compose.yaml'}, undefined],
  ]

describe('explainMissing', () => {
  for (const [title, tree, missing, expected] of ROWS) {
    it(`knows ${title}`, () => {
      const files = createMemoryFiles(Object.fromEntries(tree.map((name) => [name, ''])))
      const fix = explainMissing({contextPath: '/p', rootDir: '/p', ...missing}, files)
      if (expected === undefined) assert.equal(fix, undefined)
      else assert.match(fix ?? '', expected)
    })
  }
})

describe('explainBaseImage', () => {
  const read = (text: string, args = {}) => explainBaseImage(Buffer.from(text), 2, args)

  it('names the argument that has no value', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the Dockerfile
    assert.match(read('ARG A\nFROM alpine:${A}') ?? '', /--build-arg A=/)
    assert.match(read('ARG A\nFROM $A:$B', {A: 'x'}) ?? '', /--build-arg B=/)
  })

  it('says nothing of other lines', () => {
    assert.equal(read('FROM a\nRUN echo $A'), undefined)
    assert.equal(read('ARG A\nFROM x y z'), undefined)
  })
})
