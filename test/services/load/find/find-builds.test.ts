// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Compose, bake and workflows
import assert from 'node:assert/strict'
import {chmodSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {requestsOf} from '../../../../src/build/graph/requests/requested-paths.js'
import {SlimCheckError} from '../../../../src/errors.js'
import {findDockerPlugin} from '../../../../src/host/process/docker-places.js'
import type {ServiceMount} from '../../../../src/plan/service-run.js'
import {
  type FindOptions,
  type FoundBuild,
  type FoundBuilds,
  findBuilds,
} from '../../../../src/services/load/find/find-builds.js'
import {loadPlan} from '../../../../src/services/load/load-plan.js'
import {graphOf} from '../../../../src/services/load/load-project.js'
import '../../../helpers/starts-programs.js'
import {skipUnless} from '../../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../../helpers/tree.js'

type Tree = Record<string, string>

const WORKFLOW = (steps: string): Tree => ({'.github/workflows/ci.yml': `jobs: {j: {steps: ${steps}}}`})

/** More folders with Dockerfiles than most repositories have, which come before others. */
const MANY = Array.from({length: 60}, (_, at) => `a${String(at).padStart(2, '0')}/Dockerfile`)

/** A build in one line, as the caller gets it. */
function describeFound({name, options, origin, isGuess}: FoundBuild): string {
  const {contextDir, dockerfile, dockerfileContent, target} = options
  const words = [`${name}: ${contextDir}`, dockerfile ?? (dockerfileContent ? '(inline)' : '-')]
  if (target !== undefined) words.push(target)
  if (origin !== null) words.push(`@${origin.file}:${origin.line}`)
  if (isGuess) words.push('guess')
  return words.join(' ')
}

const ROWS: [title: string, tree: Tree, options: Partial<FindOptions>, source: string, builds: string[]][] = [
  ['nothing at all', {'a.txt': ''}, {}, 'discovery', ['.: . - guess']],
  [
    'a Dockerfile at the root',
    {Dockerfile: '', 'a/Dockerfile': ''},
    {},
    'discovery',
    ['Dockerfile: . Dockerfile @Dockerfile:1'],
  ],
  [
    'Dockerfiles and compose files, but those that are left out',
    {
      'a/Dockerfile': '',
      'examples/b/Dockerfile': '',
      'examples/keep/Dockerfile': '',
      'samples/compose.yaml': 'services: {s: {build: {context: .., dockerfile: s.txt}}}',
      's.txt': 'FROM a',
    },
    {excluded: ['examples', '!examples/keep', 'samples']},
    'discovery',
    [
      'a/Dockerfile: a a/Dockerfile @a/Dockerfile:1 guess',
      'examples/keep/Dockerfile: examples/keep examples/keep/Dockerfile @examples/keep/Dockerfile:1 guess',
    ],
  ],
  [
    'a Makefile beside the last of many Dockerfiles',
    {
      ...Object.fromEntries(MANY.map((file) => [file, 'FROM a'])),
      'web/Dockerfile': 'FROM a\nCOPY shared /s\nCOPY web /w\n',
      'web/Makefile': 'build:\n\tdocker build -f Dockerfile ..\n',
      'shared/a.js': '',
    },
    {},
    'discovery',
    [
      ...MANY.map((file) => `${file}: ${path.dirname(file)} ${file} @${file}:1 guess`),
      'web/Dockerfile: . web/Dockerfile @web/Dockerfile:1',
    ],
  ],
  ['one in lower case', {dockerfile: ''}, {}, 'discovery', ['dockerfile: . dockerfile @dockerfile:1']],
  [
    'a Dockerfile at the root beside a compose file',
    {Dockerfile: '', 'compose.yaml': 'services: {a: {build: x}}'},
    {},
    'discovery',
    ['Dockerfile: . Dockerfile @Dockerfile:1'],
  ],
  [
    'a compose file',
    {'compose.yaml': 'services:\n  a:\n    build: web\n', 'docker-bake.json': '{}'},
    {},
    'compose',
    ['a: web web/Dockerfile @compose.yaml:3'],
  ],
  [
    'a bake file beside a compose file that builds nothing',
    {'compose.yaml': 'services: {a: {image: x}}', 'docker-bake.json': '{"target": {"t": {"context": "c"}}}'},
    {},
    'bake',
    ['t: c c/Dockerfile @docker-bake.json:1'],
  ],
  [
    'Dockerfiles anywhere',
    {
      'b/Dockerfile': 'FROM x\nCOPY a/x /',
      'a/x': '',
      'a/dev.Dockerfile': 'FROM x\nCOPY x /',
      'a/Dockerfile.dockerignore': '',
      'a/Dockerfile.j2': '',
      'a/Containerfile.prod': '',
      'node_modules/p/Dockerfile': '',
      'vendor/p/Dockerfile': '',
      '.venv/lib/Dockerfile': '',
      '.devcontainer/Dockerfile': '',
    },
    {},
    'discovery',
    [
      '.devcontainer/Dockerfile: .devcontainer .devcontainer/Dockerfile @.devcontainer/Dockerfile:1 guess',
      'a/Containerfile.prod: a a/Containerfile.prod @a/Containerfile.prod:1 guess',
      'a/dev.Dockerfile: a a/dev.Dockerfile @a/dev.Dockerfile:1 guess',
      'b/Dockerfile: . b/Dockerfile @b/Dockerfile:1 guess',
    ],
  ],
  [
    'all Dockerfiles, the root one first and no guess',
    {Dockerfile: '', 'a/Dockerfile': ''},
    {allDockerfiles: true},
    'discovery',
    ['Dockerfile: . Dockerfile @Dockerfile:1', 'a/Dockerfile: a a/Dockerfile @a/Dockerfile:1 guess'],
  ],
  [
    'a compose file that is asked for beside a Dockerfile',
    {Dockerfile: '', 'compose.yaml': 'services: {a: {build: {context: ., target: t}}}'},
    {composeFiles: []},
    'compose',
    ['a: . Dockerfile t @compose.yaml:1'],
  ],
  [
    'compose files by name, paths from the first',
    {'d/a.yaml': 'services: {a: {build: w}}', 'e/b.yaml': 'services: {a: {build: {target: t}}}'},
    {composeFiles: ['d/a.yaml', 'e/b.yaml']},
    'compose',
    ['a: d/w d/w/Dockerfile t @d/a.yaml:1'],
  ],
  [
    'named services, a Dockerfile beside or not',
    {Dockerfile: '', 'compose.yaml': 'services: {a: {build: a}, b: {build: b, profiles: [x]}}'},
    {services: ['b']},
    'compose',
    ['b: b b/Dockerfile @compose.yaml:1'],
  ],
  [
    'a dockerfile in lower case, whoever names it',
    {'compose.yaml': 'services: {a: {build: w}}', 'w/dockerfile': ''},
    {},
    'compose',
    ['a: w w/dockerfile @compose.yaml:1'],
  ],
  [
    'profiles of the environment',
    {'compose.yaml': 'services: {a: {build: a}, b: {build: b, profiles: [x]}}'},
    {env: {COMPOSE_PROFILES: 'y, x'}},
    'compose',
    ['a: a a/Dockerfile @compose.yaml:1', 'b: b b/Dockerfile @compose.yaml:1'],
  ],
  [
    'COMPOSE_FILE of .env',
    {
      '.env': 'COMPOSE_FILE=s/c.yaml',
      's/c.yaml': 'services: {a: {build: {context: ., args: [V]}}}',
      's/.env': 'V=1',
    },
    {},
    'compose',
    ['a: s s/Dockerfile @s/c.yaml:1'],
  ],
  [
    'a compose file as a bake file, a target laid over its service',
    {
      'compose.yaml': 'services: {a.b: {build: w}, c: {build: c, profiles: [x]}}',
      'docker-bake.json': '{"target": {"a_b": {"target": "t"}}}',
    },
    {bakeFiles: []},
    'bake',
    ['a_b: w w/Dockerfile t @docker-bake.json:1', 'c: c c/Dockerfile @compose.yaml:1'],
  ],
  [
    'a compose file one folder down, whatever a guess would say',
    {
      'docker/docker-compose.yml':
        'services:\n  a:\n    build:\n      context: ../\n      dockerfile: docker/Dockerfile\n',
      'docker/Dockerfile': 'FROM rust\nCOPY . .\n',
      'src/a': '',
    },
    {},
    'discovery',
    ['a: . docker/Dockerfile @docker/docker-compose.yml:4'],
  ],
  [
    'variants of a compose file, services of profiles, the same name twice',
    {
      'deploy/docker-compose.dev.yml':
        'services: {a: {build: {context: .., dockerfile: deploy/a.Dockerfile}}}',
      'deploy/compose.yaml':
        'services: {a: {profiles: [x], build: {context: .., dockerfile: deploy/a.Dockerfile, target: t}}}',
      'deploy/a.Dockerfile': '',
    },
    {},
    'discovery',
    [
      'a (deploy/compose.yaml:1): . deploy/a.Dockerfile t @deploy/compose.yaml:1',
      'a (deploy/docker-compose.dev.yml:1): . deploy/a.Dockerfile @deploy/docker-compose.dev.yml:1',
    ],
  ],
  [
    'a development container, with comments',
    {
      '.devcontainer/devcontainer.json':
        '// of VS Code\n{"build": {"dockerfile": "Dockerfile", "context": "..",}}',
      '.devcontainer/Dockerfile': 'FROM x\nCOPY . .',
      a: '',
    },
    {},
    'discovery',
    ['devcontainer: . .devcontainer/Dockerfile @.devcontainer/devcontainer.json:2'],
  ],
  [
    'a development container of compose, with an older spelling beside',
    {
      '.devcontainer/web/devcontainer.json': '{"dockerComposeFile": ["../../ops/dev.yaml"], "service": "s"}',
      '.devcontainer/api/devcontainer.json': '{"dockerFile": "../../api/Dockerfile", "context": "../.."}',
      'ops/dev.yaml': 'services: {s: {build: ../web}}',
      'web/Dockerfile': '',
      'api/Dockerfile': '',
    },
    {},
    'discovery',
    [
      'devcontainer: . api/Dockerfile @.devcontainer/api/devcontainer.json:1',
      's: web web/Dockerfile @ops/dev.yaml:1',
    ],
  ],
  [
    'a workflow that names a Dockerfile',
    {
      ...WORKFLOW('[{uses: docker/build-push-action@v6, with: {context: ., file: d/Dockerfile, target: t}}]'),
      'd/Dockerfile': 'FROM x AS t\nCOPY . .',
    },
    {},
    'discovery',
    ['d/Dockerfile: . d/Dockerfile t @.github/workflows/ci.yml:1'],
  ],
  [
    'a compose file whose only build is not there, beside a Dockerfile',
    {
      'compose.yaml': 'services:\n  a:\n    build: ./missing\n',
      'docker/Dockerfile': 'FROM x\nCOPY a /',
      'docker/a': '',
    },
    {},
    'discovery',
    [
      'docker/Dockerfile: docker docker/Dockerfile @docker/Dockerfile:1 guess',
      'a: missing missing/Dockerfile @compose.yaml:3',
    ],
  ],
  [
    'a compose file in which every build has a profile',
    {
      'compose.yaml': 'services: {a: {build: a, profiles: [x]}, b: {build: b, profiles: [y]}}',
      'a/Dockerfile': '',
    },
    {},
    'compose',
    ['a: a a/Dockerfile @compose.yaml:1', 'b: b b/Dockerfile @compose.yaml:1'],
  ],
  [
    'a bake file that only buildx can read, beside a Dockerfile',
    {'docker-bake.json': '{"target": {"a": {"context": "${1+1}"}}}', 'w/Dockerfile': ''},
    {},
    'discovery',
    ['w/Dockerfile: w w/Dockerfile @w/Dockerfile:1 guess'],
  ],
  [
    'workflows: actions, scripts, bake, each build once',
    {
      ...WORKFLOW(
        '[{uses: docker/build-push-action@v6, with: {context: web}}, {run: "set -e; docker buildx build -f web/Dockerfile web\\n docker build --target t -f x/D x"}, {uses: docker/bake-action@v6}]',
      ),
      '.github/workflows/z.yaml':
        'jobs: {k: {steps: [{uses: docker/build-push-action@v6, with: {context: web}}]}}',
      'docker-bake.json': '{"target": {"default": {"context": "c"}}}',
    },
    {workflows: true},
    'workflow',
    [
      'j: web web/Dockerfile @.github/workflows/ci.yml:1',
      'j: x x/D t @.github/workflows/ci.yml:1',
      'default: c c/Dockerfile @docker-bake.json:1',
    ],
  ],
]

const INSTEAD: Tree = {
  ...WORKFLOW(
    '[{uses: docker/build-push-action@v6, with: {context: ".", file: "${{ steps.x.outputs.f }}"}}]',
  ),
  'd/Dockerfile': '',
}

const ERRORS: [title: string, tree: Tree, options: Partial<FindOptions>, code: string, message: RegExp][] = [
  ['a missing compose file', {}, {composeFiles: ['c.yaml']}, 'build-file-missing', /"c.yaml"/],
  ['no compose file', {}, {composeFiles: []}, 'no-compose-file', /No compose file in "\."/],
  ['no bake file', {}, {bakeFiles: []}, 'no-bake-file', /No bake file in "\."/],
  [
    'a directory as a compose file',
    {'c/x': ''},
    {composeFiles: ['c']},
    'build-file-unreadable',
    /it is a directory/,
  ],
  [
    'a compose file with NUL',
    {'compose.yaml': 'a\0b'},
    {composeFiles: ['compose.yaml']},
    'build-file-unreadable',
    /not text/,
  ],
  [
    'a huge compose file',
    {'c.yaml': '#'.repeat(1_100_000)},
    {composeFiles: ['c.yaml']},
    'build-file-unreadable',
    /larger than 1048576/,
  ],
  [
    'broken YAML',
    {'compose.yaml': 'a:\n  b: [\n'},
    {composeFiles: []},
    'build-file-invalid',
    /^compose.yaml:3: /,
  ],
  [
    'a broken service, the only one',
    {'compose.yaml': 'services:\n  a:\n    build: "${A:?x}"'},
    {composeFiles: []},
    'build-file-invalid',
    /^compose.yaml:3: required/,
  ],
  [
    'a compose file that builds nothing',
    {'compose.yaml': 'services: {a: {image: x}}'},
    {composeFiles: []},
    'no-builds',
    /no service that is built/,
  ],
  [
    'a compose file of remote contexts',
    {'compose.yaml': 'services: {a: {build: "https://x/y.git"}}'},
    {composeFiles: []},
    'no-builds',
    /Docker fetches/,
  ],
  [
    'an unknown service',
    {'compose.yaml': 'services: {a: {build: x}, b: {image: y}}'},
    {services: ['c']},
    'build-unknown',
    /no "c"/,
  ],
  [
    'a service that is not built',
    {'compose.yaml': 'services: {a: {build: x}, b: {image: y}}'},
    {services: ['b']},
    'service-not-built',
    /"b" has no build section/,
  ],
  [
    'an unknown target',
    {'docker-bake.json': '{"target": {"a": {}}}'},
    {bakeFiles: [], services: ['c']},
    'build-unknown',
    /no "c"/,
  ],
  ['an unknown Dockerfile', {'a/Dockerfile': ''}, {services: ['c']}, 'build-unknown', /no "c"/],
  [
    'broken JSON',
    {'docker-bake.json': '{\n"a'},
    {bakeFiles: []},
    'build-file-invalid',
    /^docker-bake.json:2: /,
  ],
  [
    'HCL without buildx',
    {'docker-bake.hcl': ''},
    {bakeFiles: []},
    'bake-needs-buildx',
    /"docker-bake.hcl": it is written in HCL/,
  ],
  [
    'an expression without buildx',
    {'docker-bake.json': '{"target": {"default": {"args":\n{"A": "${1+1}"}}}}'},
    {bakeFiles: []},
    'bake-needs-buildx',
    /line 2: the expression/,
  ],
  ['no workflow', {}, {workflows: true}, 'no-builds', /no workflow builds/],
  [
    'workflows that build elsewhere',
    WORKFLOW('[{uses: docker/build-push-action@v6, with: {context: "${{ inputs.x }}"}}]'),
    {workflows: true},
    'no-builds',
    /which only GitHub knows/,
  ],
  ['a context that is a URL', {}, {contextDir: 'https://github.com/a/b.git'}, 'context-is-url', /URL/],
]

describe('findBuilds', () => {
  let directory: string
  /** No plugin is found in it, and no `docker` on its path. */
  const env = (): NodeJS.ProcessEnv => ({
    HOME: directory,
    DOCKER_CONFIG: path.join(directory, '.none'),
    PATH: '',
  })
  const find = (tree: Tree, options: Partial<FindOptions> = {}): Promise<FoundBuilds> => {
    writeTree(directory, tree)
    return findBuilds({contextDir: '.', workingDir: directory, ...options, env: {...env(), ...options.env}})
  }
  /** Puts a plugin there that prints or fails. */
  const addPlugin = (name: string, script: string): void => {
    const plugins = path.join(directory, '.none/cli-plugins')
    mkdirSync(plugins, {recursive: true})
    writeFileSync(path.join(plugins, `docker-${name}`), `#!/bin/sh\n${script}\n`)
    chmodSync(path.join(plugins, `docker-${name}`), 0o755)
  }

  beforeEach(() => {
    directory = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(directory))

  for (const [title, tree, options, source, builds] of ROWS) {
    it(`finds ${title}`, async () => {
      const found = await find(tree, options)
      assert.equal(found.source, source)
      assert.deepEqual(found.builds.map(describeFound), builds)
    })
  }

  for (const [title, tree, options, code, message] of ERRORS) {
    it(`refuses ${title}`, async function () {
      skipUnless(this, code !== 'bake-needs-buildx' || !hasOwnBuildx(), 'buildx is installed')
      await assert.rejects(find(tree, options), (error) => {
        assert.ok(error instanceof SlimCheckError, String(error))
        assert.equal(error.code, code)
        assert.match(error.message, message)
        return error.nextSteps.length > 0
      })
    })
  }

  it('shows paths as the directory was given', async () => {
    writeTree(directory, {
      'p/compose.yaml': 'services: {a: {build: {context: .., additional_contexts: {l: lib}}}}',
    })
    const relative = await findBuilds({contextDir: 'p', workingDir: directory, env: env()})
    assert.deepEqual(relative.builds.map(describeFound), ['a: . Dockerfile @p/compose.yaml:1'])
    assert.deepEqual(relative.builds[0]!.options.buildContexts, {l: 'p/lib'})
    assert.deepEqual(relative.files, ['p/compose.yaml'])
    const absolute = await findBuilds({contextDir: path.join(directory, 'p'), env: env()})
    assert.equal(absolute.builds[0]!.options.contextDir, directory)
  })

  it('keeps names that look like something else paths', async () => {
    const found = await find({'compose.yaml': 'services: {a: {build: "./-"}, b: {build: "./target:x"}}'})
    assert.deepEqual(
      found.builds.map(({options}) => options.contextDir),
      ['./-', './target:x'],
    )
  })

  it('gives what loadPlan takes', async () => {
    const found = await find({
      'compose.yaml':
        'services: {a: {build: {context: web, args: {DIR: src}, additional_contexts: {l: lib, i: "docker-image://alpine"}}}, b: {build: {dockerfile_inline: "FROM scratch\\nCOPY web /"}}}',
      'web/Dockerfile': 'FROM scratch\nARG DIR\nCOPY $DIR /\nCOPY --from=l x /\n',
      'lib/x': '',
    })
    const [a, b] = found.builds.map(({options}) => loadPlan(options))
    assert.deepEqual(requestsOf(graphOf(a!), null).paths, ['src'])
    assert.deepEqual(
      a!.namedContexts.map(({name}) => [name, requestsOf(graphOf(a!), name).paths]),
      [['l', ['x']]],
    )
    assert.deepEqual(requestsOf(graphOf(b!), null).paths, ['web'])
  })

  it('tells of builds that are the same', async () => {
    const found = await find({'compose.yaml': 'services: {a: {build: w}, b: {build: ./w}, c: {build: c}}'})
    assert.deepEqual(
      found.builds.map(({note}) => note),
      [undefined, 'the same build as a', undefined],
    )
  })

  it('passes over a broken compose file that nobody asked for, and says so', async () => {
    const found = await find({'compose.yaml': 'a: [\n', 'a/Dockerfile': ''})
    assert.equal(found.source, 'discovery')
    assert.equal(found.problems[0]!.file, 'compose.yaml')
    assert.match(found.problems[0]!.message, /^the file is skipped: /)
  })

  it('reports a broken service beside a good one, with its line', async () => {
    const {problems} = await find({'compose.yaml': 'services:\n  a: {build: a}\n  b: {build: [x]}\n'})
    assert.deepEqual(problems, [
      {file: 'compose.yaml', line: 3, message: '"build" must be a directory or a mapping', severity: 'error'},
    ])
  })

  it('goes on when one workflow is broken', async () => {
    const good = WORKFLOW('[{uses: docker/build-push-action@v6, with: {context: web}}]')
    const {builds, problems} = await find({...good, '.github/workflows/bad.yml': 'a: [\n'}, {workflows: true})
    assert.equal(builds.length, 1)
    assert.match(problems[0]!.message, /the workflow cannot be read/)
  })

  it('takes the Dockerfiles that are there where only GitHub knows what is built', async () => {
    const {builds, problems} = await find(INSTEAD, {workflows: true})
    assert.deepEqual(builds.map(describeFound), ['d/Dockerfile: d d/Dockerfile @d/Dockerfile:1 guess'])
    assert.match(problems[0]!.message, /which only GitHub knows/)
  })

  it('leaves out scripts that depend on variables', async () => {
    const tree = WORKFLOW('[{run: "docker build ."}, {run: "docker build -f $X ."}, {run: "docker run x"}]')
    const {builds, problems} = await find(tree, {workflows: true})
    assert.deepEqual(builds.map(describeFound), ['j: . Dockerfile @.github/workflows/ci.yml:1'])
    assert.match(problems[0]!.message, /"docker build -f \$X \."/)
  })

  it('does not follow links to directories', async () => {
    writeTree(directory, {'a/Dockerfile': ''})
    symlinkSync('..', path.join(directory, 'a/loop'))
    const {builds} = await find({}, {allDockerfiles: true})
    assert.deepEqual(
      builds.map(({name}) => name),
      ['a/Dockerfile'],
    )
  })

  it('asks docker compose', async () => {
    addPlugin('compose', `echo "$*" > "${directory}/asked"; /bin/cat "${directory}/answer.json"`)
    const answer = {
      services: {
        a: {build: {context: path.join(directory, 'w'), args: {A: '$${x}', B: null}}},
        b: {profiles: ['p'], build: '.'},
      },
    }
    const found = await find(
      {'compose.yaml': 'services: {}', 'answer.json': JSON.stringify(answer)},
      {composeFiles: [], composeCli: true},
    )
    assert.deepEqual(found.builds.map(describeFound), ['a: w w/Dockerfile'])
    assert.deepEqual(found.builds[0]!.options.buildArgs, {A: '${x}'})
    assert.deepEqual(found.files, ['compose.yaml'])
  })

  it('asks docker compose how the services run, too', async () => {
    addPlugin('compose', `/bin/cat "${directory}/answer.json"`)
    const mount = {type: 'bind', source: path.join(directory, 'src'), target: '/app/src'}
    const answer = {
      services: {a: {build: {context: directory}, command: ['python', 'x.py'], volumes: [mount]}},
    }
    const text = 'x-a: 1\nservices:\n  other: {image: b}\n  a:\n    build: .\n'
    const found = await find(
      {'compose.yaml': text, 'answer.json': JSON.stringify(answer)},
      {composeFiles: [], composeCli: true},
    )
    const [service] = found.builds[0]!.options.services!
    assert.deepEqual(service!.starts[0]!.words, ['python', 'x.py'])
    assert.deepEqual(service!.starts[0]!.place, {file: 'compose.yaml', line: 4})
    const [{kind, target, place}] = service!.mounts as [ServiceMount]
    assert.deepEqual([kind, target, place.line], ['bind', '/app/src', 4])
  })

  it('says what docker compose said, and what it does without it', async () => {
    const tree = {'compose.yaml': 'services: {a: {build: w}}'}
    const without = await find(tree, {composeFiles: [], composeCli: true})
    assert.match(without.problems[0]!.message, /docker compose was not found/)
    addPlugin('compose', 'echo "validating compose.yaml: nonsense" >&2; exit 15')
    await assert.rejects(find(tree, {composeFiles: [], composeCli: true}), {
      message: 'docker compose config failed: validating compose.yaml: nonsense',
    })
  })

  it('offers only services that are built', async () => {
    const tree = {'compose.yaml': 'services: {a: {build: x}, b: {image: y}}'}
    await assert.rejects(find(tree, {services: ['c']}), {
      data: {file: 'compose.yaml', name: 'c', known: ['a']},
    })
  })

  it('asks buildx for HCL, by the names that were chosen', async () => {
    addPlugin(
      'buildx',
      `case "$*" in
        *zz*) echo '#1 reading' >&2; echo 'ERROR: failed to find target zz' >&2; exit 1;;
        *bad*) echo 'ERROR: docker-bake.hcl:2,3-5: Invalid expression; x' >&2; exit 1;;
        *) echo '{"group":{"default":{"targets":["a"]}},"target":{"a":{"context":"c","dockerfile":"D","args":{"A":"$\${x}"}}}}';;
      esac`,
    )
    const tree = {'docker-bake.hcl': '\ntarget "a" {\n}\n'}
    const {builds} = await find(tree, {bakeFiles: []})
    assert.deepEqual(builds.map(describeFound), ['a: c c/D @docker-bake.hcl:2'])
    assert.deepEqual(builds[0]!.options.buildArgs, {A: '${x}'})
    await assert.rejects(find(tree, {bakeFiles: [], services: ['zz']}), {code: 'build-unknown'})
    await assert.rejects(find(tree, {bakeFiles: [], services: ['bad']}), {
      message: 'docker-bake.hcl:2: Invalid expression; x',
    })
  })

  it('finds hundreds of Dockerfiles, and says when there are more', async () => {
    const tree = Object.fromEntries(Array.from({length: 310}, (_, index) => [`d${index}/Dockerfile`, '']))
    const {builds, problems} = await find(tree)
    assert.equal(builds.length, 300)
    assert.match(problems[0]!.message, /more Dockerfiles; 300 are shown/)
  })
})

/** A buildx for the whole machine is found without any configuration. */
function hasOwnBuildx(): boolean {
  return findDockerPlugin('buildx', '/nowhere') !== null
}
