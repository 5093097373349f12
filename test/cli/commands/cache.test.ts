import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import type {CacheReport} from '../../../src/report/cache-report.js'
import {runCli} from '../../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'
import {validateSarif} from '../../helpers/validate-sarif.js'

const DOCKERFILE = `FROM node:20 AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY src src
RUN npm run build
FROM node:20
COPY --from=build /app/dist /app
`

describe('cache', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      Dockerfile: DOCKERFILE,
      'package.json': '{}',
      'package-lock.json': '{}',
      'src/index.js': 'one',
      'src/none.js': '',
      'README.md': 'one',
    })
    const git = (...words: string[]) =>
      execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], {
        stdio: 'pipe',
      })
    git('init', '-q')
    git('add', '-A')
    git('commit', '-q', '-m', 'one')
    writeFileSync(path.join(root, 'src/index.js'), 'two!')
    git('commit', '-q', '-a', '-m', 'two')
    writeFileSync(path.join(root, 'README.md'), 'two')
    git('commit', '-q', '-a', '-m', 'three')
  })
  after(() => removeTree(root))

  const cache = (...words: string[]) => runCli(['cache', ...words], {cwd: root})
  const report = (...words: string[]): CacheReport => JSON.parse(cache('--json', ...words).stdout)
  /** `5 runs`, for those that are not cached. */
  const outline = ({builds}: CacheReport, scenario = 0) =>
    builds[0]!.scenarios[scenario]!.steps.filter(({state}) => state !== 'cached').map(
      ({line, state}) => `${line} ${state}`,
    )

  const cases: [words: string[], steps: string[]][] = [
    [
      ['--changed', 'src/index.js'],
      ['5 runs', '6 runs', '8 depends'],
    ],
    // It has one content as it is, and another size after an edit.
    [
      ['--changed', 'src/none.js'],
      ['5 runs', '6 runs', '8 depends'],
    ],
    [
      ['--changed', 'src'],
      ['5 runs', '6 runs', '8 depends'],
    ],
    [
      ['--changed', 'src/new/file.js'],
      ['5 runs', '6 runs', '8 depends'],
    ],
    [['--changed', 'README.md'], []],
    [
      ['--changed', 'package-lock.json'],
      ['3 runs', '4 runs', '5 runs', '6 runs', '8 depends'],
    ],
    [['--since', 'HEAD~1'], []],
    [
      ['--since', 'HEAD~2'],
      ['5 runs', '6 runs', '8 depends'],
    ],
    [['--scenario', 'no-change'], []],
    [['--changed-arg', 'NOBODY=x'], []],
  ]
  for (const [words, steps] of cases) {
    it(`${words.join(' ')} runs ${steps.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(outline(report(...words)), steps)
    })
  }

  it('looks at the everyday changes', () => {
    const [build] = report().builds
    assert.deepEqual(
      build!.scenarios.map(({name, changedPaths, rerunCount}) => [name, ...changedPaths, rerunCount]),
      [
        ['source', 'src/index.js', 2],
        ['lock', 'package-lock.json', 4],
        ['commit', 'README.md', 0],
      ],
    )
  })

  it('replays commits', () => {
    const {history} = report('--last', '5').builds[0]!
    assert.deepEqual(
      history!.commits.map(({changedPaths, rerunCount, dependsCount}) => [
        ...changedPaths,
        rerunCount,
        dependsCount,
      ]),
      [
        ['README.md', 0, 0],
        ['src/index.js', 2, 1],
      ],
    )
  })

  it('sees what is not committed, and not what was only touched', () => {
    const file = path.join(root, 'src/index.js')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text)
    assert.deepEqual(outline(report('--since', 'HEAD')), [])
    writeFileSync(file, 'tri!')
    assert.deepEqual(outline(report('--since', 'HEAD')), ['5 runs', '6 runs', '8 depends'])
    writeFileSync(file, text)
  })

  it('lays the directory beside a clean checkout', () => {
    const clean = report('--scenario', 'clean-checkout').builds[0]!.scenarios[0]!
    assert.deepEqual([clean.changedPaths, clean.rerunCount, clean.dependsCount], [[], 0, 0])
    mkdirSync(path.join(root, 'src/empty'))
    chmodSync(path.join(root, 'src/index.js'), 0o664)
    const {changedPaths, rerunCount} = report('--scenario', 'clean-checkout').builds[0]!.scenarios[0]!
    assert.deepEqual([changedPaths, rerunCount], [['src/empty', 'src/index.js'], 2])
    rmSync(path.join(root, 'src/empty'), {recursive: true})
    chmodSync(path.join(root, 'src/index.js'), 0o644)
  })

  it('says why', () => {
    const {stdout, status} = cache('--changed', 'src/index.js')
    assert.equal(status, 0)
    assert.match(stdout, /A change of src\/index\.js: 2 of 6 steps run again, 1 more may/)
    assert.match(stdout, /5 {2}runs {5}\[build 5\/6\] COPY src src\s+src\/index\.js\n/)
    assert.match(stdout, /8 {2}may run\s[\s\S]* depends on what line 6 writes\n/)
    assert.match(stdout, /\[n\/m\] is the number that docker build shows: it counts FROM, too\.\n/)
  })

  const remarks: [given: string[], said: RegExp, steps: string[]][] = [
    [['srcc/x.js'], /srcc\/x\.js is not in the context: it is treated as a new file\n/, []],
    [['READM.md'], /READM\.md is not in the context: .*; did you mean README\.md\?/, []],
    [['README.md'], /README\.md is in the context, and no step copies it/, []],
    [['src'], /src is a directory: all of it changes, 2 files/, ['5 runs', '6 runs', '8 depends']],
    [['src/*.js'], /src\/\*\.js stands for 2 files/, ['5 runs', '6 runs', '8 depends']],
    [['**/i*.js'], /stands for 1 file\n/, ['5 runs', '6 runs', '8 depends']],
    [['*.rb'], /\*\.rb matches nothing in the context/, []],
    [
      ['src/log.tmp'],
      /src\/log\.tmp is ignored \(\.dockerignore:1 "\*\*\/\*\.tmp"\): no step runs again for it/,
      [],
    ],
  ]
  for (const [given, said, steps] of remarks) {
    it(`says what ${given.join(' ')} is`, () => {
      writeFileSync(path.join(root, '.dockerignore'), '**/*.tmp\n')
      const words = given.flatMap((one) => ['--changed', one])
      assert.match(cache(...words).stdout, said)
      assert.deepEqual(outline(report(...words)), steps)
      rmSync(path.join(root, '.dockerignore'))
    })
  }

  it('knows what a cache of mode=min leaves out', () => {
    const {builds} = report('--changed', 'src/index.js', '--builder', 'min')
    const [scenario] = builds[0]!.scenarios
    assert.deepEqual(
      scenario!.steps.map(({line, state, causes}) => [line, state, causes[0]?.kind]),
      [
        [2, 'runs', 'not-exported'],
        [3, 'runs', 'not-exported'],
        [4, 'runs', 'not-exported'],
        [5, 'runs', 'paths'],
        [6, 'runs', 'step'],
        [8, 'depends', 'source'],
      ],
    )
    assert.deepEqual(outline(report('--scenario', 'no-change', '--builder', 'min')), [])
    assert.deepEqual(outline(report('--changed', 'src/index.js', '--builder', 'max')), [
      '5 runs',
      '6 runs',
      '8 depends',
    ])
  })

  it('counts what new layers hold of the context, and draws the stages', () => {
    writeFileSync(path.join(root, 'one.Dockerfile'), 'FROM node:20\nCOPY src/*.js package.json /app/\n')
    const [scenario] = report('--changed', 'src/index.js', '-f', 'one.Dockerfile').builds[0]!.scenarios
    assert.equal(scenario!.newLayerBytes, 'two!'.length + '{}'.length)
    rmSync(path.join(root, 'one.Dockerfile'))
    assert.match(
      cache('--changed', 'src/index.js').stdout,
      /\n {2}stage-1 {2}1 of 1 step may run\n {2}(?:└─|`-) build {2}2 of 5 steps again\n/,
    )
  })

  it('shows the same with the rewrites of dockerfile', () => {
    const own = makeTemporaryDirectory()
    writeTree(own, {
      Dockerfile: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n',
      'package.json': '{"scripts":{"build":"vite build"},"dependencies":{"a":"1"}}',
      'package-lock.json': '{"lockfileVersion":3}',
      'src/index.js': 'one',
    })
    const words = ['cache', '--changed', 'src/index.js', '--after']
    const {builds}: CacheReport = JSON.parse(runCli([...words, '--json'], {cwd: own}).stdout)
    const {after, scenarios} = builds[0]!
    assert.deepEqual(
      after!.rewrites.map(({rule}) => rule),
      ['install-after-source'],
    )
    assert.deepEqual([scenarios[0]!.rerunCount, after!.scenarios[0]!.rerunCount], [3, 2])
    const said =
      /The same with 1 safe rewrite \(install-after-source, line 3\)\n {2}A change of src\/index\.js: 2 of 5/
    assert.match(runCli(words, {cwd: own}).stdout, said)
    removeTree(own)
  })

  it('holds a change to a budget', () => {
    assert.equal(cache('--changed', 'src', '--max-rerun-steps', '2').status, 0)
    const {status, stdout} = cache('--changed', 'src', '--max-rerun-steps', '1')
    assert.equal(status, 1)
    assert.match(stdout, /FAIL {2}max-rerun-steps {2}changed: 2 of 1/)
  })

  it('fits on a pull request', () => {
    const {stdout} = cache('--since', 'HEAD~2', '--format', 'markdown')
    assert.match(
      stdout,
      /^<!-- slim-check cache -->\n\n### Steps that a change runs again\n\n- \*\*This change: 2 of 6 steps run again, 1 more may\*\*/,
    )
  })

  it('refuses a build argument without a value', () => {
    const {status, stderr} = cache('--changed-arg', 'SLIM_CHECK_NOT_THERE')
    assert.equal(status, 2)
    assert.match(stderr, /^Error: --changed-arg: "SLIM_CHECK_NOT_THERE" has no value/)
  })

  it('annotates files, and is valid SARIF', () => {
    assert.match(
      cache('--changed', 'src', '--max-rerun-steps', '0', '--format', 'github').stdout,
      /^::error file=Dockerfile,line=5/,
    )
    assert.deepEqual(
      validateSarif(
        JSON.parse(cache('--changed', 'src', '--max-rerun-steps', '0', '--format', 'sarif').stdout),
      ),
      [],
    )
  })

  it('draws what a change reaches', () => {
    const {stdout} = cache('--changed', 'src/index.js', '--format', 'html')
    assert.equal(stdout.match(/<g class="runs">/g)?.length, 2)
    assert.equal(stdout.match(/<path class="maybe"/g)?.length, 1)
  })

  it('says what is wrong', () => {
    assert.match(cache('--since', 'nowhere').stderr, /Git has no commit "nowhere"/)
    assert.match(cache('--changed', '../x').stderr, /is not below the build context/)
    assert.equal(cache('--since', 'nowhere').status, 2)
    const empty = makeTemporaryDirectory()
    assert.match(
      runCli(['cache', '--since', 'HEAD'], {cwd: empty}).stderr,
      /Dockerfile not found|Git does not answer/,
    )
    removeTree(empty)
  })

  it('says what keeps --explain from the history of builds: docker, not the builds', () => {
    const {status, stderr} = runCli(['cache', '--explain', root], {
      env: {DOCKER_HOST: 'unix:///nonexistent.sock', DOCKER_CONFIG: path.join(root, 'none'), PATH: ''},
    })
    assert.equal(status, 2)
    assert.match(stderr, /^Error: Docker does not tell which builds it made: .+\nTry this: Start Docker/)
  })
})
