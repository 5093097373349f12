// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Compose
import assert from 'node:assert/strict'
import {mkdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {SlimCheckError} from '../../../src/errors.js'
import {adviseCompose, type ComposeAnalysis} from '../../../src/services/compose/report-compose.js'
import {
  chooseComposeRewrites,
  planComposeChanges,
  writeComposeChanges,
} from '../../../src/services/compose/write-compose.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

describe('the report about a Compose project', () => {
  let directory = ''
  beforeEach(() => {
    directory = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(directory))

  const analyze = (
    files: Readonly<Record<string, string>>,
    composeFiles: readonly string[] = [],
    contextDir = '.',
  ): Promise<ComposeAnalysis> => {
    writeTree(directory, files)
    return adviseCompose({contextDir, composeFiles, workingDir: directory, env: {}, configFile: null})
  }
  const tell = async (files: Readonly<Record<string, string>>) => {
    const {report} = await analyze(files)
    return report.findings.map(({severity, message}) => `${severity} ${message}`)
  }
  const refuse = async (
    files: Readonly<Record<string, string>>,
    composeFiles: readonly string[],
    contextDir = '.',
  ) => {
    try {
      await analyze(files, composeFiles, contextDir)
    } catch (error) {
      assert.ok(error instanceof SlimCheckError, String(error))
      return `${error.message}\n${error.nextSteps.join('\n')}`
    }
    return assert.fail('it was taken')
  }

  it('says of builds that cannot start no more than that', async () => {
    const found = await tell({
      'compose.yaml': 'services:\n  a: {build: ./gone}\n  b: {build: ./gone}\n  c: {build: .}\n',
      Dockerfile: 'FROM scratch\n',
    })
    assert.deepEqual(
      found.filter((one) => !one.startsWith('info')).map((one) => one.split(':')[0]),
      ['error the build of "a" cannot start', 'error the build of "b" cannot start'],
    )
  })

  describe('files that are a part of a project', () => {
    const base = {'compose.yaml': 'services:\n  web: {image: example/web}\n'}

    it('are to be named with their base file where a service has no image', async () => {
      const over = {'compose.prod.yaml': 'services:\n  web: {restart: always}\n'}
      assert.equal(
        await refuse({...base, ...over}, ['compose.prod.yaml']),
        '"compose.prod.yaml" is only a part of a project: "web" has neither an image nor a build\n' +
          'Name it with its base file: -f compose.yaml -f compose.prod.yaml',
      )
      const {report} = await analyze({}, ['compose.yaml', 'compose.prod.yaml'])
      assert.deepEqual(
        report.findings.filter(({severity}) => severity === 'error'),
        [],
      )
    })

    it('are to be named with their base file where one depends on a service of it', async () => {
      const over = {'compose.seed.yaml': 'services:\n  seed: {image: example/seed, depends_on: [web]}\n'}
      assert.match(await refuse({...base, ...over}, ['compose.seed.yaml']), /"seed" depends on "web"/)
    })

    it('are to be left to the file that includes them', async () => {
      const files = {
        'compose.yaml': 'include:\n  - {path: web/compose.yaml, project_directory: .}\n',
        'web/compose.yaml': 'services:\n  web: {build: ./web}\n',
        'web/Dockerfile': 'FROM scratch\n',
      }
      assert.match(await refuse(files, [], 'web'), /"compose\.yaml" includes it[\s\S]*-f compose\.yaml/)
      const {report} = await analyze({})
      assert.deepEqual(
        report.findings.filter(({severity}) => severity === 'error'),
        [],
      )
    })

    it('are to be named after a file of the directory where their paths begin', async () => {
      const files = {
        'web/compose.yaml': 'services:\n  web: {build: ./web}\n',
        'web/Dockerfile': 'FROM scratch\n',
      }
      assert.match(
        await refuse(files, [], 'web'),
        /The paths of "web\/compose\.yaml" begin in "\.", not beside it/,
      )
    })

    it('are to be named after a file of the directory where their Dockerfile is', async () => {
      const files = {
        'dev/compose.full.yaml': 'services:\n  a: {build: .}\n  b: {build: .}\n',
        Dockerfile: 'FROM scratch\n',
      }
      assert.match(
        await refuse(files, ['dev/compose.full.yaml']),
        /The paths of "dev\/compose\.full\.yaml" begin in "\.", not beside it/,
      )
      const partly = {'dev/compose.full.yaml': 'services:\n  a: {build: .}\n  b: {build: ./b}\n'}
      const {report} = await analyze({...partly, 'dev/b/Dockerfile': 'FROM scratch\n'}, [
        'dev/compose.full.yaml',
      ])
      assert.match(report.findings[0]!.message, /^the build of "a" cannot start/)
    })

    for (const [kind, files] of Object.entries({
      'one level above': {
        'compose.yaml': base['compose.yaml'],
        'ci/compose.yaml': 'services:\n  web: {restart: always}\n',
      },
      'two levels above': {
        'docker-compose.yml': base['compose.yaml'],
        'ci/a/compose.yaml': 'services:\n  web: {ports: ["80"]}\n',
      },
      'above, under another name': {
        'docker-compose.base.yml': base['compose.yaml'],
        'ci/compose.yaml': 'services:\n  seed: {image: example/seed, depends_on: [web]}\n',
      },
    })) {
      const [file, part] = Object.keys(files) as [string, string]

      it(`are to be named with the file that stands ${kind}, whether asked for by name or by DIR`, async () => {
        const wanted = new RegExp(`is only a part of a project: [\\s\\S]*-f ${file} -f ${part}`)
        assert.match(await refuse(files, [part]), wanted)
        assert.match(await refuse(files, [], part.slice(0, part.lastIndexOf('/'))), wanted)
      })
    }

    it('are to be named after a file of the directory where what they mount is', async () => {
      const files = {
        'ci/web/compose.yaml': 'services:\n  web: {volumes: ["./web/a.conf:/a.conf", "./made:/made"]}\n',
        'ci/web/a.conf': '',
      }
      assert.match(
        await refuse(files, [], 'ci/web'),
        /The paths of "ci\/web\/compose\.yaml" begin in "ci", not beside it: nothing that it mounts is there/,
      )
    })

    it('are to be named with the file far above that has their network', async () => {
      const files = {
        'compose.yaml': 'services: {}\nnetworks: {front: {}}\n',
        'ci/parts/cache/compose.yaml': 'services:\n  cache: {image: a, networks: [front]}\n',
      }
      assert.match(
        await refuse(files, [], 'ci/parts/cache'),
        /"cache" uses the network "front", which no file has\n[\s\S]*-f compose\.yaml -f ci\/parts/,
      )
    })

    it('are not completed by a file above that knows nothing of them', async () => {
      const {report} = await analyze(
        {'compose.yaml': base['compose.yaml'], 'ci/compose.yaml': 'services:\n  db: {restart: always}\n'},
        [],
        'ci',
      )
      assert.match(report.findings[0]!.message, /"db" has neither an image nor a build/)
    })

    it('are to be named with the file that says more of their builds', async () => {
      const files = {
        'compose.yaml': 'services:\n  web: {build: {dockerfile: docker/Dockerfile}}\n',
        'compose.override.yaml': 'services:\n  web: {build: {args: {A: "1"}}}\n',
        'docker/Dockerfile': 'FROM scratch\n',
      }
      assert.equal(
        await refuse(files, ['compose.override.yaml']),
        '"compose.override.yaml" is only a part of a project: the build of "web" is told by another file, too\n' +
          'Name it with its base file: -f compose.yaml -f compose.override.yaml',
      )
    })

    it('are told so where nothing is there of what an override or a template builds', async () => {
      const part = {'compose.sample.yaml': 'services:\n  a: {build: ./a}\n  b: {build: ./b}\n'}
      assert.match(
        await refuse(part, ['compose.sample.yaml']),
        /is only a part of a project: nothing that it builds is there/,
      )
    })

    it('are errors in the default file', async () => {
      assert.deepEqual(await tell({'compose.yaml': 'services:\n  web: {image: a, depends_on: [db]}\n'}), [
        'error "web" depends on "db", which no file has: Compose refuses the project',
        'info no service limits its memory: 1 service',
      ])
    })

    it('are to be named with a base file of the same first word', async () => {
      const files = {
        'stack-metrics.yml': 'services:\n  metrics: {image: a, depends_on: [web]}\n',
        'other.yml': 'services:\n  web: {image: a}\n',
      }
      await analyze(files, ['stack-metrics.yml'])
      const base = {'stack.yml': 'services:\n  web: {image: a}\n'}
      assert.match(
        await refuse(base, ['stack-metrics.yml']),
        /is only a part of a project: .*\nName it with its base file: -f stack\.yml -f stack-metrics\.yml$/,
      )
    })

    it('are to be named before the files that complete them', async () => {
      const files = {
        'compose.yaml': 'services:\n  web: {restart: always}\n',
        'compose.dev.yaml': 'services:\n  web: {build: .}\n',
        'compose.other.yaml': 'services:\n  other: {image: example/other}\n',
        'compose.prod.yaml': 'services:\n  web: {image: example/web}\n',
      }
      assert.equal(
        await refuse(files, []),
        '"compose.yaml" is only a part of a project: "web" has neither an image nor a build\n' +
          'Name the file that completes it after it: -f compose.yaml -f compose.dev.yaml (or compose.prod.yaml)',
      )
      assert.match(await refuse({}, ['compose.yaml']), /^"compose.yaml" is only a part of a project/)
    })

    const declareNothing = (name: string) =>
      `services:\n  ${name}: {image: example/a, mem_limit: 1g, volumes: ["${name}-data:/data"]}\n`

    for (const [kind, fileOf] of [
      ['beside it', (name: string) => `collection/compose.${name}.yaml`],
      ['of the same name beside its folder', (name: string) => `collection/${name}/compose.yaml`],
    ] as const) {
      it(`are left to what deploys a collection of which others ${kind} lack them, too`, async () => {
        mkdirSync(path.join(directory, '.git'))
        const one = {[fileOf('a')]: declareNothing('a'), [fileOf('b')]: declareNothing('b')}
        assert.equal((await analyze(one, [fileOf('a')])).report.findings[0]?.severity, 'error')
        const {report} = await analyze({[fileOf('c')]: declareNothing('c')}, [fileOf('a')])
        assert.deepEqual(
          report.findings.map(({severity, message}) => `${severity} ${message}`),
          [
            `info "a-data" is declared nowhere, and other files (${fileOf('b')}, ${fileOf('c')}) lack the like: what deploys them seems to add it, docker compose alone refuses the project`,
          ],
        )
      })
    }

    it('are left to what deploys a collection of which all wait for one service', async () => {
      mkdirSync(path.join(directory, '.git'))
      const app = (name: string, other: string) => ({
        [`${name}/compose.yaml`]: `services:\n  ${other}: {environment: {APP: ${name}}}\n  ${name}: {image: a, mem_limit: 1g}\n`,
      })
      const files = {...app('a', 'proxy'), ...app('b', 'proxy'), ...app('c', 'proxy'), ...app('d', 'mistake')}
      const {report} = await analyze(files, ['a/compose.yaml'])
      assert.match(report.findings[0]!.message, /^"proxy" is declared nowhere, and other files/)
      assert.equal((await analyze({}, ['d/compose.yaml'])).report.findings[0]?.severity, 'error')
    })

    it('are to come from elsewhere in a file whose name does not say that it is a whole project', async () => {
      const part = 'services:\n  web: {image: a, mem_limit: 1g, networks: [front], depends_on: [db]}\n'
      const {report} = await analyze({'services/web.yml': part}, ['services/web.yml'])
      assert.deepEqual(
        report.findings.map(({severity, message}) => `${severity} ${message}`),
        [
          'info "db" and "front" are in no file: this one seems to be a part of a project, docker compose refuses it alone',
        ],
      )
      const {report: overlay} = await analyze({'compose-it.yml': part}, ['compose-it.yml'])
      assert.equal(overlay.findings[0]?.severity, 'info')
      const whole = {'web-compose.yml': part.replace(', depends_on: [db]', '')}
      assert.equal((await analyze(whole, ['web-compose.yml'])).report.findings[0]?.severity, 'error')
    })

    it('are errors in a file whose neighbours declare what they mount', async () => {
      const whole = (name: string) => `${declareNothing(name)}volumes: {${name}-data: {}}\n`
      const files = {
        'compose.a.yaml': declareNothing('a'),
        'compose.b.yaml': whole('b'),
        'compose.c.yaml': whole('c'),
      }
      assert.equal((await analyze(files, ['compose.a.yaml'])).report.findings[0]?.severity, 'error')
    })

    it('are left to an override of which there is a sample that has them', async () => {
      const own = 'services:\n  web: {image: a, mem_limit: 1g, secrets: [key]}\n'
      const sample = 'secrets: {key: {environment: KEY}}\n'
      const {report} = await analyze({'compose.yaml': own, 'compose.override.yaml.example': sample})
      assert.deepEqual(
        report.findings.map(({severity, message, fix}) => `${severity} ${message}; ${fix}`),
        [
          'info "key" is to come from "compose.override.yaml", which is not there; Copy compose.override.yaml.example to compose.override.yaml',
        ],
      )
      const lacking = {
        'compose.yaml': own,
        'compose.override.yaml.example': 'secrets: {other: {environment: KEY}}\n',
      }
      assert.equal((await analyze(lacking)).report.findings[0]?.severity, 'error')
    })

    for (const [kind, files] of Object.entries({
      'that stands by itself': {},
      'beside a project that knows nothing of it': {'compose.yaml': 'services:\n  a: {image: a}\n'},
    })) {
      it(`are errors in a file ${kind}`, async () => {
        const own = 'services:\n  web: {image: a, volumes: ["data:/data"]}\n'
        const {report} = await analyze({...files, 'compose.web.yaml': own}, ['compose.web.yaml'])
        assert.match(report.findings[0]!.message, /^"web" mounts the volume "data", which no file has/)
      })
    }

    it('are errors where a volume is told of nowhere, and none where it is a directory', async () => {
      const found = await tell({
        'compose.yaml':
          'services:\n  web: {image: a, mem_limit: 1g, volumes: ["data:/data", "kept:/kept", ".cache:/cache", "/anonymous"]}\nvolumes: {kept: {}}\n',
      })
      assert.deepEqual(found, [
        'error "web" mounts the volume "data", which no file has: Compose refuses the project',
      ])
    })

    it('may lack what is not required, and what a provider makes', async () => {
      const found = await tell({
        'compose.yaml':
          'services:\n  web: {image: a, depends_on: {db: {condition: service_started, required: false}}}\n  ai: {provider: {type: model}}\n',
      })
      assert.deepEqual(
        found.filter((one) => one.startsWith('error')),
        [],
      )
    })
  })

  describe('values that only the user has', () => {
    const web = {
      'compose.yaml': 'services:\n  web: {build: "./${VERSION}", mem_limit: 1g, init: true}\n',
      'v1/Dockerfile': 'FROM scratch\n',
    }

    it('come from the sample of .env, and that is told', async () => {
      assert.deepEqual(await tell({...web, '.env.example': 'VERSION=v1\n'}), [
        'info there is no .env: the values of .env.example count in its place',
      ])
    })

    it('are not known where the sample names a place on the machine of somebody else', async () => {
      const files = {'compose.yaml': 'services:\n  web: {build: "${CODE}", mem_limit: 1g, init: true}\n'}
      assert.deepEqual(await tell({...files, '.env.example': 'CODE=/home/somebody/code\n'}), [
        'info there is no .env: the values of .env.example count in its place',
        'info the build of "web" was not looked at: it needs "CODE", which nothing sets here',
      ])
    })

    for (const sample of ['sample.env', 'env.dist', '.env.template', 'example.env']) {
      it(`come from ${sample}`, async () => {
        assert.match((await tell({...web, [sample]: 'VERSION=v1\n'}))[0]!, /the values of \S+ count/)
      })
    }

    it('come from .env where that is there', async () => {
      assert.deepEqual(await tell({...web, '.env': 'VERSION=v1\n', '.env.example': 'VERSION=none\n'}), [])
    })

    it('do not come from a sample that Compose could not read', async () => {
      const [first] = await tell({...web, '.env.example': 'VERSION="v1\n'})
      assert.match(first!, /which nothing sets here/)
    })

    it('are asked for once where they are missing', async () => {
      const compose =
        'services:\n  a: {build: {context: "./${VERSION}"}, mem_limit: 1g}\n  b: {build: "./b-${VERSION}", mem_limit: 1g}\n  c: {build: "./${OTHER:?}", mem_limit: 1g}\n'
      assert.deepEqual(await tell({'compose.yaml': compose}), [
        'info the build of "a" and "b" was not looked at: it needs "VERSION" and "OTHER", which nothing sets here',
      ])
    })

    it('are paths of Windows elsewhere', async () => {
      const web = '{build: {context: ..\\src}, mem_limit: 1g, init: true}'
      assert.deepEqual(await tell({'compose.yaml': `services:\n  a: ${web}\n  b: ${web}\n`}), [
        'info the build of "a" and "b" was not looked at: its paths are those of Windows',
      ])
    })

    it('may be arguments that a script gives the build', async () => {
      const files = {
        'compose.yaml': 'services:\n  web: {build: ., mem_limit: 1g, init: true}\n',
        Dockerfile: 'ARG REGISTRY\nARG TAG\nFROM $REGISTRY/base:$TAG\n',
      }
      assert.match((await tell(files))[0]!, /^error the build of "web" cannot start/)
      const script = 'docker build --build-arg REGISTRY=$REGISTRY --build-arg TAG=1 .\n'
      assert.deepEqual(await tell({'scripts/helper/build': script}), [
        'info the build of "web" was not looked at: it needs "REGISTRY" and "TAG", which scripts/helper/build:1 gives it, and the compose file does not',
      ])
    })

    it('are no excuse for what does not need them', async () => {
      const compose =
        'services:\n  a: {build: ./gone, environment: {A: "${A}"}, mem_limit: 1g}\n  b: {build: "./${B:-gone}", mem_limit: 1g}\n'
      const found = await tell({'compose.yaml': compose})
      assert.deepEqual(
        found.filter((one) => one.startsWith('error')),
        ['error nothing that the file builds is there: "gone", of 2 services'],
      )
    })
  })

  for (const [kind, file, dockerfile, severity] of [
    ['no Dockerfile, in a file that Compose reads here', 'compose.yaml', null, 'error'],
    ['no Dockerfile, in a file that somebody names', 'compose.full.yaml', null, 'info'],
    [
      'a Dockerfile of another name than the one that it names',
      'compose.full.yaml',
      'images/old.Dockerfile',
      'error',
    ],
    ['no folder of the Dockerfile that it names', 'compose.full.yaml', 'gone/Dockerfile', 'info'],
  ] as const) {
    it(`says ${severity} of a project that builds nothing for it has ${kind}`, async () => {
      const key = dockerfile === null ? '' : `, dockerfile: ${dockerfile}`
      const files = {
        [file]: `services:\n  web: {build: {context: .${key}}}\n`,
        'images/new.Dockerfile': 'FROM scratch\n',
      }
      const {report} = await analyze(files, [file])
      const [first] = report.findings
      assert.match(first!.message, /^the build of "web" cannot start/)
      assert.equal(first!.severity, severity)
    })
  }

  describe('templates', () => {
    const compose = {'compose.yaml': 'services:\n  web: {build: ., mem_limit: 1g, init: true}\n'}
    const told = ['info the build of "web" was not looked at: it still holds a placeholder of a template']

    for (const line of [
      'FROM example/python:3-${templateOption:imageVariant}',
      'FROM python:{{ cookiecutter.python }}',
      '{% if python %}',
      '<%= base %>',
      'FROM __IMAGE__',
      'FROM <your image>',
    ]) {
      it(`are not judged where ${line} is not replaced`, async () => {
        assert.deepEqual(await tell({...compose, Dockerfile: `${line}\nRUN make\n`}), told)
      })
    }

    it('are not judged where a context is not replaced', async () => {
      const files = {
        'compose.yaml': 'services:\n  web: {build: ./your-code-here, mem_limit: 1g, init: true}\n',
      }
      assert.deepEqual(await tell(files), told)
    })

    it('are not judged where the name of a service is not replaced', async () => {
      const files = {'compose.yaml': 'services:\n  your-service-name-here: {mem_limit: 1g}\n'}
      assert.deepEqual(await tell(files), [
        'info a part of the project was not looked at: it still holds a placeholder of a template',
      ])
    })

    it('are told so where the compose file cannot be read before a value is filled in', async () => {
      const files = {'compose.yaml': 'services:\n  web:\n    ports:\n      - {{ cookiecutter.port }}:80\n'}
      assert.match(
        await refuse(files, []),
        /^compose\.yaml:4: it is a template \("\{\{"\), which another program makes the file of: .*\nCheck the file that comes of it$/,
      )
      assert.match(await refuse({'compose.yaml': 'services:\n  web: [\n'}, []), /Docker fails on it, too$/)
    })

    for (const [kind, Dockerfile] of Object.entries({
      'a format of a tool': "FROM scratch\nRUN --moutn=x git log --format='{{ .Id }}'\n",
      'another line': 'FROM scratch\nFORM __IMAGE__\n',
      'an unknown modifier': 'FROM example/python:${VERSION:i}\n',
    })) {
      it(`are not meant by ${kind}`, async () => {
        assert.match((await tell({...compose, Dockerfile}))[0]!, /^error the build of "web" cannot start/)
      })
    }

    it('are not meant by the name of a directory', async () => {
      const {report} = await analyze(
        {'{{cookiecutter.name}}/compose.yaml': 'services:\n  web: {build: ./gone}\n'},
        [],
        '{{cookiecutter.name}}',
      )
      assert.match(report.findings[0]!.message, /^the build of "web" cannot start/)
    })
  })

  for (const [directory, severity] of [
    ['vendor/github.com/somebody/library', 'info'],
    ['loader/testdata/broken', 'info'],
    ['test/fixtures', 'info'],
    ['services/library', 'error'],
  ] as const) {
    it(`says ${severity} of a build in ${directory} that cannot start`, async () => {
      const {report} = await analyze(
        {
          'go.mod': 'module example.com/a\n',
          [`${directory}/compose.yaml`]: 'services:\n  web: {build: ./gone}\n',
        },
        [],
        directory,
      )
      const [first] = report.findings
      assert.match(first!.message, /^the build of "web" cannot start/)
      assert.doesNotMatch(first!.message, /composer/)
      assert.equal(first!.severity, severity)
    })
  }

  it('writes nothing that would change more than is announced', async () => {
    const text = 'services:\n  a: {build: ., mem_limit: 1g}\n  b: {build: ., mem_limit: 1g}\n'
    const block = text.replaceAll(/\{(build: \.), (mem_limit: 1g)\}/g, '\n    $1\n    $2')
    const analysis = await analyze({'compose.yaml': block, Dockerfile: 'FROM scratch\n'})
    const [planned] = planComposeChanges(analysis, chooseComposeRewrites(analysis, true))
    const [own] = planned!.changes
    const wider = {...planned!, changes: [{...own!, changes: {}}]}
    assert.throws(
      () => writeComposeChanges(analysis, [wider]),
      /Cannot write "compose\.yaml": the new file would not say what is meant, so nothing was written/,
    )
    assert.equal(readFileSync(path.join(directory, 'compose.yaml'), 'utf8'), block)
    writeComposeChanges(analysis, [planned!])
    assert.match(readFileSync(path.join(directory, 'compose.yaml'), 'utf8'), /pull_policy: never/)
  })

  it('tells one cause of many services once', async () => {
    const compose =
      'services:\n  a: {extends: {file: no.yaml, service: x}}\n  b: {extends: {file: no.yaml, service: x}}\n'
    const found = await tell({'compose.yaml': compose})
    assert.equal(found.length, 1)
    assert.match(found[0]!, /there is no such file, and so in 1 more place$/)
  })
})
