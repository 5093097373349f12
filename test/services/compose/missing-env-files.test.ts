// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Compose
import assert from 'node:assert/strict'
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
    ['that Git ignores', 'api.env', {'.gitignore': '*.env\n'}, [MADE]],
    ['that Git does not ignore', 'api.env', {'.gitignore': '*.env\n!api.env\n'}, [FAILS]],
    ['of the machine', '/etc/example/none.env', {}, []],
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

  it('of a service that no profile starts is not read', async () => {
    const findings = await ask({
      'compose.yaml':
        'services:\n  a: {image: example/a, mem_limit: 1g}\n  b: {image: example/b, profiles: [x], env_file: api.env}\n',
    })
    assert.deepEqual(findings, [])
  })
})
