// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Compose
import assert from 'node:assert/strict'
import {symlinkSync} from 'node:fs'
import {adviseCompose} from '../../../src/services/compose/report-compose.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const FAILS = 'error "a" reads the env_file "api.env", which is not there: docker compose up fails here'
const MADE = 'info "a" reads the env_file "api.env", which is not there before somebody makes it'

describe('an env_file', () => {
  let directory = ''
  beforeEach(() => {
    directory = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(directory))

  const ask = async (files: Readonly<Record<string, string>>, contextDir = '.') => {
    writeTree(directory, files)
    const {report} = await adviseCompose({contextDir, workingDir: directory, env: {}, configFile: null})
    return report.findings
  }
  const tell = async (envFile: string, files: Readonly<Record<string, string>> = {}) => {
    const compose = `services:\n  a: {image: example/a, mem_limit: 1g, env_file: ${envFile}}\n`
    const findings = await ask({'compose.yaml': compose, ...files})
    return findings.map(({severity, message}) => `${severity} ${message}`)
  }

  const ROWS: [what: string, envFile: string, files: Record<string, string>, expected: string[]][] = [
    ['that is not there stops Compose', 'api.env', {}, [FAILS]],
    ['of a list', '[./api.env]', {}, [FAILS]],
    ['of a mapping', '[{path: api.env}]', {}, [FAILS]],
    ['of another spelling', 'api.env', {'app.env': ''}, [FAILS]],
    ['that is not required', '[{path: api.env, required: false}]', {}, []],
    ['that is there', 'api.env', {'api.env': ''}, []],
    ['with a sample', 'api.env', {'api.env.example': ''}, [MADE]],
    ['with a sample that begins so', 'api.env', {'example.api.env': ''}, [MADE]],
    ['with a sample of the same words', 'api.env', {'api-example.env': ''}, [MADE]],
    ['with the sample of another file', 'api.env', {'web.env.example': ''}, [FAILS]],
    ['that the manual tells of', 'api.env', {'README.md': 'Put your key in `api.env`.\n'}, [MADE]],
    ['that a script makes', 'api.env', {'scripts/install': 'echo A=1 > "$HERE/api.env"\n'}, [MADE]],
    ['with a manual of another folder', 'api.env', {'README.md': 'cp a conf/api.env\n'}, [FAILS]],
    ['with a manual of a longer name', 'api.env', {'README.md': 'web.api.env, api.env.old\n'}, [FAILS]],
    [
      'of which a script knows the end',
      'api.local.env',
      {'make.sh': 'F="${NAME}.local.env"\n'},
      [MADE.replace('api', 'api.local')],
    ],
    [
      'of a manual that means a word',
      'conf/env',
      {'README.md': 'the env of the shell\n'},
      [FAILS.replace('api.env', 'conf/env')],
    ],
    ['that only the past knows', 'api.env', {'CHANGELOG.md': 'api.env is gone\n'}, [FAILS]],
    [
      'of Portainer',
      'stack.env',
      {},
      ['info "a" reads the env_file "stack.env", which is not there before somebody makes it'],
    ],
    ['that Git ignores', 'api.env', {'.gitignore': '*.env\n'}, [MADE]],
    ['that Git does not ignore', 'api.env', {'.gitignore': '*.env\n!api.env\n'}, [FAILS]],
    ['that everybody has of his own', '.env', {}, [MADE.replace('api.env', '.env')]],
    ['with a path of Windows', 'conf\\api.env', {}, []],
    ['of the machine', '/opt/example/none.env', {}, []],
    ['of a variable that nothing sets', '"./${WHICH}.env"', {}, []],
    ['of a variable with a default', '"./${WHICH:-api}.env"', {}, [FAILS]],
    [
      'that the sample of .env stands for',
      '.env',
      {'.env.example': 'A=1\n'},
      ['info there is no .env: the values of .env.example count in its place'],
    ],
  ]
  for (const [what, envFile, files, expected] of ROWS) {
    it(what, async () => {
      assert.deepEqual(await tell(envFile, files), expected)
    })
  }

  it('is told once for all services, with what helps', async () => {
    const [first] = await ask({
      'compose.yaml':
        'x-a: &a {image: example/a, mem_limit: 1g, env_file: conf/api.env}\nservices:\n  a: *a\n  b: *a\n',
      'conf/api.env.dist': '',
    })
    assert.match(first!.message, /^"a" and "b" read the env_file "conf\/api\.env"/)
    assert.equal(first!.fix, 'Copy conf/api.env.dist to conf/api.env')
  })

  it('is relative to the file of the service that is extended', async () => {
    const findings = await ask({
      'compose.yaml': 'services:\n  a: {extends: {file: web/base.yaml, service: a}, mem_limit: 1g}\n',
      'web/base.yaml': 'services:\n  a: {image: example/a, env_file: api.env}\n',
      'web/api.env': '',
    })
    assert.deepEqual(findings, [])
  })

  it('is told with the line that speaks of it, in a folder above, too', async () => {
    const files = {
      'deploy/compose.yaml': 'services:\n  a: {image: example/a, mem_limit: 1g, env_file: api.env}\n',
      Makefile: 'all:\n\ttouch deploy/api.env\n',
      '.git/HEAD': '',
    }
    const [first] = await ask(files, 'deploy')
    assert.equal(first!.severity, 'info')
    assert.equal(first!.fix, 'Make api.env: ../Makefile:2 speaks of it')
  })

  it('that is a link to nothing waits for its target', async () => {
    symlinkSync('.env', `${directory}/api.env`)
    assert.deepEqual(await tell('api.env'), [MADE])
  })

  it('of a service that no profile starts is not read', async () => {
    const findings = await ask({
      'compose.yaml':
        'services:\n  a: {image: example/a, mem_limit: 1g}\n  b: {image: example/b, profiles: [x], env_file: api.env}\n',
    })
    assert.deepEqual(findings, [])
  })

  for (const [kind, files, severity] of [
    ['secret', {}, 'info'],
    ['config', {}, 'error'],
    ['secret', {'.gitignore': '*.txt\n'}, 'info'],
    ['config', {'README.md': 'Write a.txt first\n'}, 'info'],
  ] as const) {
    it(`that is a ${kind} is an ${severity} beside ${Object.keys(files).join() || 'nothing'}`, async () => {
      const compose = `services:\n  a: {image: example/a, mem_limit: 1g, ${kind}s: [pw]}\n${kind}s: {pw: {file: ./a.txt}}\n`
      const [first] = await ask({'compose.yaml': compose, ...files})
      assert.equal(first?.severity, severity)
      assert.ok(first.message.startsWith(`"a" reads the ${kind} in "a.txt", which is not there`))
    })
  }
})
