import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {projectRoot} from '../../helpers/project.js'
import {type CliResult, runCli} from '../../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'
import {validateSarif} from '../../helpers/validate-sarif.js'

const archive = (name: string): string => path.join(projectRoot, 'test/conformance/image/data', `${name}.tar`)

/** What the first layer of an archive holds at a path. */
function layerFile(name: string, file: string): string {
  const list = JSON.parse(execFileSync('tar', ['xOf', archive(name), 'manifest.json'], {encoding: 'utf8'}))
  const layer = execFileSync('tar', ['xOf', archive(name), list[0].Layers[0]])
  return execFileSync('tar', ['xO', file], {input: layer, encoding: 'utf8'})
}

describe('image', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {Dockerfile: 'FROM scratch\nADD rootfs.tar /\nRUN rm /etc/a && build\nCOPY app /srv\n'})
  })
  after(() => removeTree(root))

  const run = (name: string, ...args: string[]): CliResult =>
    runCli(['image', archive(name), ...args], {cwd: root})

  it('shows four figures, the layers, and what hides in them', () => {
    const {stdout, status} = run('hybrid', '--file', 'Dockerfile')
    assert.equal(status, 0)
    assert.match(stdout, /^x\/t:1 {2}linux\/amd64$/m)
    assert.match(stdout, /^ {2}unpacked +4\.65 kB$/m)
    assert.match(stdout, /^ {2}hidden +2\.2 kB {2}47 %$/m)
    assert.match(stdout, /2 +1\.55 kB.*1\.2 kB {2}Dockerfile:3 {2}RUN rm \/etc\/a && build$/m)
    assert.match(stdout, /700 B {2}\/etc\/a +layer 1, removed by 2$/m)
  })

  it('says which files of a context a COPY brought, by their bytes', () => {
    const context = makeTemporaryDirectory()
    writeTree(context, {
      Dockerfile: 'FROM scratch\nCOPY l0 /\n',
      'app/.env': 'changed!',
      'x/.npmrc': 'nothing',
    })
    const {stdout} = run('kind-secrets', '--context', context, '--json')
    const [layer] = JSON.parse(stdout).images[0].layers
    assert.deepEqual([layer.line, layer.contextFiles.fileCount], [2, 0])
    const env = layerFile('kind-secrets', 'app/.env')
    writeTree(context, {'other/.env': env, 'app/.env': env})
    const again = JSON.parse(run('kind-secrets', '--context', context, '--json').stdout).images[0].layers[0]
    assert.deepEqual(again.contextFiles, {fileCount: 1, fileBytes: 8, paths: ['app/.env']})
    writeTree(context, {Dockerfile: 'FROM scratch AS a\nFROM scratch\nCOPY --from=a l0 /\n'})
    const copied = JSON.parse(run('kind-secrets', '--context', context, '--json').stdout).images[0].layers[0]
    assert.deepEqual([copied.line, copied.contextFiles], [3, null], 'a stage brings nothing of the context')
    removeTree(context)
  })

  it('reads an archive from standard input, and writes nothing', () => {
    const input = readFileSync(archive('oci-zstd'))
    const {stdout, status} = runCli(['image', '-', '--json'], {cwd: root, input})
    assert.equal(status, 0)
    assert.equal(JSON.parse(stdout).images[0].hiddenBytes, 2200)
    assert.deepEqual(readdirSync(root), ['Dockerfile'])
  })

  it('says what a deploy pulls and why', () => {
    const {stdout} = run('pair-app-mid', '--to', archive('pair-app1'))
    assert.match(stdout, /^A deploy over pair\/app1:1$/m)
    assert.match(stdout, /containerd store pulls 1\.41 kB, 1 layer$/m)
    assert.match(stdout, /graph driver \(overlay2\) pulls 26\.9 kB, 3 layers$/m)
    assert.match(stdout, /layer 4: 1 path changed, 910 B: \/app\/main\.py$/m)
  })

  const BUDGETS: [flags: string[], status: number][] = [
    [['--max-hidden', '2200'], 0],
    [['--max-hidden', '2199'], 1],
    [['--max-size', '4kB'], 1],
    [['--max-pull', '1MB', '--max-size', '1MB'], 0],
    [['--max-deploy', '1MB', '--deployed', archive('hybrid')], 0],
    [['--max-deploy', '1MB'], 2],
    [['--max-pull', 'much'], 2],
    [['--layer', '4'], 2],
    [['--layer', 'x'], 2],
    [['--platform', 'linux/s390x'], 2],
  ]
  for (const [flags, status] of BUDGETS) {
    it(`ends with ${status} for ${flags.map((one) => path.basename(one)).join(' ')}`, () => {
      const result = run('cstore', ...flags)
      assert.equal(result.status, status, result.stderr)
      if (status === 2) assert.match(result.stderr, /^Error: .+\nTry this: /)
    })
  }

  for (const format of ['text', 'markdown', 'github', 'html']) {
    it(`lets no name of an archive do harm in ${format}`, () => {
      for (const name of ['names-control', 'escape-createdby', 'names-js', 'bad-json-proto']) {
        const {stdout, status} = run(name, '--format', format, '--max-size', '1')
        assert.equal(status, 1)
        assert.doesNotMatch(stdout, /[\0-\x08\x0b-\x1f\x7f\u202e]/)
      }
    })
  }

  it('gives SARIF that the schema takes, with a page for each rule', () => {
    const {stdout} = run('kind-secrets', '--format', 'sarif', '--max-hidden', '1')
    assert.deepEqual(validateSarif(JSON.parse(stdout)), [])
    const rules: {id: string; helpUri: string}[] = JSON.parse(stdout).runs[0].tool.driver.rules
    assert.deepEqual(
      rules.map(({id}) => id),
      ['image-budget', 'image-secret'],
    )
    const pages = rules.map(({helpUri}) => helpUri.replace(/^.*\/docs\//, ''))
    assert.deepEqual(pages, ['images.md#budgets', 'rules/image-secret.md'])
  })

  it('takes limits and levels of rules from a configuration, and limits of flags first', () => {
    const folder = makeTemporaryDirectory()
    const config = 'image:\n  max-hidden: 1kB\n  max-deploy: 1\nrules:\n  image-secret: info\n'
    writeTree(folder, {'.slim-check.yaml': config, 'other.yaml': 'rules:\n  image-secret: off\n'})
    const read = (name: string, ...args: string[]) => {
      const {stdout, status} = runCli(['image', archive(name), '--json', ...args], {cwd: folder})
      const [{budgets, findings}] = JSON.parse(stdout).images
      const rules = findings.map((one: {rule: string; severity: string}) => `${one.rule} ${one.severity}`)
      return {status, rules: [...new Set(rules)], budgets: budgets.map(({limit}: {limit: number}) => limit)}
    }
    assert.deepEqual(read('hybrid'), {status: 1, rules: [], budgets: [1000]})
    assert.deepEqual(read('hybrid', '--max-hidden', '1MB'), {status: 0, rules: [], budgets: [1_000_000]})
    assert.deepEqual(read('kind-secrets', '--max-hidden', '1MB'), {
      status: 0,
      rules: ['image-secret info'],
      budgets: [1_000_000],
    })
    assert.deepEqual(read('kind-secrets', '--config', 'other.yaml'), {status: 0, rules: [], budgets: []})
    removeTree(folder)
  })

  it('leaves out what a comment in the Dockerfile leaves out', () => {
    const folder = makeTemporaryDirectory()
    const read = (dockerfile: string) => {
      writeTree(folder, {Dockerfile: dockerfile})
      const {stdout} = runCli(['image', archive('kind-secrets'), '-f', 'Dockerfile', '--json'], {cwd: folder})
      return JSON.parse(stdout).images[0].findings.length
    }
    assert.ok(read('FROM scratch\nCOPY l0 /\n') > 0)
    assert.equal(read('FROM scratch\n# slim-check ignore=image-secret\nCOPY l0 /\n'), 0)
    assert.equal(read('# slim-check ignore-file=image-secret\nFROM scratch\nCOPY l0 /\n'), 0)
    removeTree(folder)
  })

  it('says when digests were not compared', () => {
    assert.match(run('hybrid', '--no-verify').stdout, /^Digests were not checked/m)
  })

  it('shows trees and duplicates when asked', () => {
    const {stdout} = run('pair-app1', '--tree', '--layer', 'all', '--duplicates')
    assert.match(stdout, /^What the image shows$/m)
    assert.equal(stdout.match(/^Layer \d /gm)?.length, 4)
    assert.match(stdout, /^No duplicates\.$/m)
  })

  for (const name of ['bad-layerbit', 'bad-text', 'bad-nested-2000', 'v1-only']) {
    it(`ends with an error and a next step for ${name}`, () => {
      const file = name === 'bad-nested-2000' ? `${archive(name)}.gz` : archive(name)
      const {stdout, stderr, status} = runCli(['image', file], {cwd: root})
      assert.deepEqual([stdout, status], ['', 2])
      assert.match(stderr, /^Error: .+\nTry this: /)
    })
  }
})
