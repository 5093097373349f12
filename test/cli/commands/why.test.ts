import assert from 'node:assert/strict'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {projectRoot} from '../../helpers/project.js'
import {runCli} from '../../helpers/run-cli.js'
import {writeTree} from '../../helpers/tree.js'

describe('why', () => {
  let root: string
  before(() => {
    root = mkdtempSync(path.join(tmpdir(), 'slim-check-why-'))
    writeTree(root, {
      Dockerfile: 'FROM x\nCOPY . .\n',
      '.dockerignore': 'deps\n!deps/kept\n*.log\n',
      'deps/kept/a': 'x'.repeat(3000),
      'deps/dropped/b': 'b',
      'src/a/one': 'x'.repeat(1000),
      'src/two': 'x'.repeat(500),
      'x.log': 'x',
    })
  })
  after(() => rmSync(root, {recursive: true}))

  const why = (...args: string[]) => runCli(['why', ...args], {cwd: root})

  const cases: [path: string, lines: RegExp][] = [
    [
      'src',
      /^src: is sent, 1\.\d+ kB on the wire with 2 files below it\n {2}no line of \.dockerignore matches it\n/,
    ],
    ['src/two', /^src\/two: is sent, 5\d\d B on the wire\n/],
    [
      'deps',
      /^deps: is sent, 3\.\d+ kB on the wire with 1 file below it\n {2}\.dockerignore:1 deps ignores it\n {2}sent all the same, because something in it/,
    ],
    ['deps/kept', /^deps\/kept: is sent, .*\n {2}\.dockerignore:2 !deps\/kept lets it in\n {2}requested by/],
    ['deps/dropped', /^deps\/dropped: is ignored\n {2}\.dockerignore:1 deps ignores it/],
    ['x.log', /^x\.log: is ignored\n {2}\.dockerignore:3 \*\.log ignores it\n {2}would be requested by/],
  ]
  it('says what there is not', () => {
    const {stdout} = why('src/a/one', '--context', 'src/a')
    assert.match(
      stdout,
      /^one: is sent, .*\n {2}there is no ignore file\n {2}there is no Dockerfile here, so everything/,
    )
  })

  for (const [place, lines] of cases) {
    it(`explains ${place}`, () => {
      assert.match(why(place).stdout, lines)
    })
  }

  it('says why no line is suggested, from which size on one is as the documents do', () => {
    writeTree(root, {'README.md': 'x'.repeat(500), 'docs/big.md': 'x'.repeat(20_000)})
    const [, size = ''] =
      /no line is suggested: it is smaller than (.*) \(readme.*\)$/m.exec(why('README.md').stdout) ?? []
    assert.ok(readFileSync(path.join(projectRoot, 'docs/faq.md'), 'utf8').includes(`from ${size} on`), size)
    assert.match(why('docs/big.md').stdout, /^ {2}suggested: [+?] /m)
    assert.match(why('src/two').stdout, /no line is suggested: nothing shows that it is unused/)
    rmSync(path.join(root, 'README.md'))
    rmSync(path.join(root, 'docs'), {recursive: true})
  })

  it('gives the sum of a directory as the listing has it', () => {
    const [{tree}] = JSON.parse(why('src', '--json').stdout).paths
    const {entries} = JSON.parse(runCli(['ls', '--json'], {cwd: root}).stdout)
    const own = entries.filter(({path: one}: {path: string}) => one === 'src' || one.startsWith('src/'))
    const transferBytes = own.reduce(
      (sum: number, one: {transferBytes: number}) => sum + one.transferBytes,
      0,
    )
    assert.deepEqual(tree, {fileCount: 2, transferBytes})
  })

  it('knows that Docker does not enter a directory for a negation that matches below it', () => {
    // Seen on Engine 28.2: nothing of it arrives.
    writeTree(root, {'pruned/.dockerignore': '**\n!/x/*/**\n', 'pruned/x/y/z': 'z'})
    const {stdout} = why('--context', 'pruned', 'pruned/x/y/z')
    assert.match(stdout, /^x\/y\/z: is ignored\n {2}\.dockerignore:1 \*\* ignores it \(through x\)\n/)
    assert.equal(runCli(['ls', 'pruned'], {cwd: root}).stdout, '')
  })

  it('sends who asks for the context itself to its report', () => {
    const {status, stderr} = why('.')
    assert.equal(status, 2)
    assert.match(stderr, /^Error: "\." is the build context, not a path in it\nTry this: Pass a path in it/)
  })
})

describe('why and ls, of several builds', () => {
  let root: string
  before(() => {
    root = mkdtempSync(path.join(tmpdir(), 'slim-check-why-'))
    writeTree(root, {
      'compose.yaml':
        'services:\n  api:\n    build: {context: ., dockerfile: api/Dockerfile}\n  web:\n    build: web\n',
      'api/Dockerfile': 'FROM python:3.13\nCOPY api /app\n',
      'api/main.py': 'print(1)',
      'web/Dockerfile':
        'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\nCMD ["node", "a.js"]\n',
      'web/package.json': '{}',
      'web/a.js': 'x',
      'web/node_modules/left/package.json': '{}',
      'web/node_modules/left/index.js': 'x'.repeat(20_000),
      'outside.txt': 'x',
    })
  })
  after(() => rmSync(root, {recursive: true}))
  const run = (...words: string[]) => runCli(words, {cwd: root})

  it('answers for each build, and says what is in no context of it', () => {
    const {status, stdout} = run('why', 'web/node_modules', 'outside.txt')
    assert.equal(status, 0)
    assert.match(stdout, /^Build api\n\nweb\/node_modules: is not sent: no instruction needs it/)
    assert.match(
      stdout,
      /\nBuild web\n\nnode_modules: is sent, .*\n(?:.*\n)+ {2}suggested: \+ \*\*\/node_modules {2}no COPY/,
    )
    assert.match(stdout, /\noutside\.txt: is not in the build context\n$/)
  })

  it('answers for the one that is chosen', () => {
    const {builds, paths} = JSON.parse(run('why', 'web/a.js', '--service', 'web', '--json').stdout)
    assert.equal(builds, undefined)
    assert.deepEqual([paths[0].verdict, typeof paths[0].unsuggested], ['sent', 'string'])
  })

  it('keeps the answers of several builds apart in JSON', () => {
    const {builds} = JSON.parse(run('why', 'web/a.js', '--json').stdout)
    assert.deepEqual(
      builds.map(({name, paths: [{verdict}]}: {name: string; paths: [{verdict: string}]}) => [name, verdict]),
      [
        ['api', 'not-requested'],
        ['web', 'sent'],
      ],
    )
  })

  it('refuses only when nothing that was asked is in a context', () => {
    const {status, stderr} = run('why', '/outside', '--service', 'web')
    assert.equal(status, 2)
    assert.match(stderr, /^Error: "\/outside" is not below the build context/)
  })

  it('ls lists the build that is chosen', () => {
    assert.equal(run('ls', '--service', 'api').stdout, 'api/\napi/Dockerfile\napi/main.py\n')
  })

  it('ls asks which of several', () => {
    const {status, stderr} = run('ls')
    assert.equal(status, 2)
    assert.match(
      stderr,
      /^Error: There are 2 builds here, and this needs one: api, web\nTry this: Choose one: --service NAME/,
    )
  })
})
