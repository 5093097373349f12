import assert from 'node:assert/strict'
import type {Example} from '../../../src/advice/rules/define-rule.js'
import {runRules} from '../../../src/advice/rules/run-rules.js'
import {createInput} from '../rules/create-input.js'

const KEY = '-----BEGIN PRIVATE KEY-----\nnever-to-be-seen\n'

function findSecretsIn(example: Example): string[] {
  return runRules(createInput({ignore: '', ...example}))
    .filter(({rule}) => rule === 'secret-in-context')
    .map(({severity, line, message}) => `${severity} ${line ?? '-'} ${message}`)
}

/** Where `.env` ends: the Dockerfile, severity and line, what the message says behind the name. */
const WAYS: [title: string, dockerfile: string[], found: string][] = [
  ['a copy of everything', ['FROM scratch', 'COPY . .'], 'error 2 goes into the image: COPY . .'],
  ['a copy by name', ['FROM scratch', 'COPY .env /'], 'error 2 goes into the image: COPY .env /'],
  ['a copy by wildcard', ['FROM scratch', 'COPY .e* /'], 'error 2 goes into the image: COPY .e* /'],
  [
    'a stage that the target is made from',
    ['FROM scratch AS base', 'COPY . .', 'FROM base', 'COPY a.js /'],
    'error 2 goes into the image: COPY . .',
  ],
  [
    'a stage of which something else is taken',
    ['FROM scratch AS build', 'WORKDIR /app', 'COPY . .', 'FROM scratch', 'COPY --from=build /app/dist /'],
    'warning 3 goes into stage build: COPY . .',
  ],
  [
    'a stage of which the whole directory is taken',
    ['FROM scratch AS build', 'WORKDIR /app', 'COPY . .', 'FROM scratch', 'COPY --from=build /app /srv'],
    'error 3 goes into the image: COPY . ., and from that stage into the final one by line 5',
  ],
  [
    'a stage that is taken whole, through another',
    [
      'FROM scratch AS one',
      'COPY . /in/',
      'FROM scratch AS two',
      'COPY --from=one /in /out',
      'FROM two AS three',
      'FROM scratch',
      'COPY --from=three /out/ /',
    ],
    'error 2 goes into the image: COPY . /in/, and from that stage into the final one by line 7',
  ],
  [
    'a stage without a name whose working directory only the image knows',
    ['FROM debian', 'COPY . .', 'FROM scratch', 'COPY --from=0 /app /'],
    'warning 2 goes into stage 0: COPY . .',
  ],
  [
    'a mount',
    ['FROM scratch', 'RUN --mount=type=bind,target=/x true'],
    'warning 2 is sent for a step to read: RUN --mount=type=bind,target=/x true',
  ],
  [
    'a copy that excludes it',
    ['FROM scratch', 'COPY --exclude=.env . .'],
    'warning 2 is sent, but not copied: COPY --exclude=.env . .',
  ],
  [
    'a copy that excludes it on a later line',
    ['ARG X=env', 'FROM scratch', 'ARG X', 'COPY --link \\', '  --exclude=.$X . .'],
    'warning 4 is sent, but not copied: COPY --link',
  ],
  [
    'a copy of another path whose text speaks of an exclusion',
    ['FROM scratch', 'COPY [".", "/ --exclude=.env"]'],
    'error 2 goes into the image: COPY [".", "/ --exclude=.env"]',
  ],
  [
    'a stage that is made from the one that holds it',
    ['FROM scratch AS a', 'COPY . /in', 'FROM a AS b', 'FROM scratch', 'COPY --from=b / /'],
    'error 2 goes into the image: COPY . /in, and from that stage into the final one by line 5',
  ],
  [
    'two ways, of which the worse counts',
    ['FROM scratch AS build', 'COPY . /b', 'FROM scratch', 'COPY .env* /'],
    'error 4 goes into the image: COPY .env* /',
  ],
]

/** File, content, whether it is reported. */
const FILES: [path: string, content: string, isReported: boolean][] = [
  ['.env', '', false],
  ['.env', 'A=1', true],
  ['api/.env.local', 'A=1', true],
  ['.env.example', 'API_TOKEN=0a1b2c3d4e5f', false],
  ['.env.sample', 'API_TOKEN=0a1b2c3d4e5f', false],
  ['.env.template', 'API_TOKEN=0a1b2c3d4e5f', false],
  ['.env.dist', 'API_TOKEN=0a1b2c3d4e5f', false],
  ['.env.production', 'VITE_URL=https://acme.com', false],
  ['.env.production', 'API_TOKEN=0a1b2c3d4e5f', true],
  ['certs/server.key', KEY, true],
  ['certs/ca.pem', '-----BEGIN CERTIFICATE-----', false],
  ['id_rsa', KEY, true],
  ['id_rsa.pub', 'ssh-rsa AAAA', false],
  ['tests/fixtures/server.key', KEY, false],
  ['.npmrc', '//npm.example.org/:_authToken=npm_0a1b2c3d', true],
  ['.npmrc', 'engine-strict=true', false],
  ['.netrc', 'machine a', true],
  ['.pypirc', '[pypi]\npassword = pypi-0a1b2c3d', true],
  ['gcp-service-account.json', '{"private_key": "abc"}', true],
  ['node_modules/x/key.pem', KEY, false],
]

describe('secrets', () => {
  for (const [title, dockerfile, found] of WAYS) {
    it(`are followed through ${title}`, () => {
      const example = {dockerfile: dockerfile.join('\n'), tree: ['.env', 'a.js']}
      const name = '".env" (environment file with secrets) '
      assert.deepEqual(
        findSecretsIn(example).map((text) => text.replace(name, '')),
        [found],
      )
    })
  }

  for (const [path, content, isReported] of FILES) {
    it(`${isReported ? 'take' : 'leave'} ${path} with ${JSON.stringify(content)}`, () => {
      const tree = ['node_modules/x/package.json', path]
      const found = findSecretsIn({dockerfile: 'FROM scratch\nCOPY . .', tree, contents: {[path]: content}})
      assert.equal(found.length, isReported ? 1 : 0, found.join('\n'))
      assert.doesNotMatch(found.join(), /never|npm_|pypi-|0a1b|abc/)
    })
  }

  it('say what the content proves', () => {
    const example = {dockerfile: 'FROM scratch\nCOPY . .', tree: ['a.key'], contents: {'a.key': KEY}}
    assert.deepEqual(findSecretsIn(example), [
      'error 2 "a.key" (private key, holds a private key) goes into the image: COPY . .',
    ])
  })

  it('are warned of without a Dockerfile', () => {
    assert.deepEqual(findSecretsIn({tree: ['.env']}), [
      'warning - ".env" (environment file with secrets) is sent to the builder',
    ])
  })

  it('count once for a directory of them', () => {
    const example = {dockerfile: 'FROM scratch\nCOPY . .', tree: ['.ssh/id_rsa', '.ssh/config']}
    assert.deepEqual(findSecretsIn(example), [
      'error 2 ".ssh" (SSH keys and hosts) goes into the image: COPY . .',
    ])
  })

  it('are found in a named context', () => {
    const input = createInput({dockerfile: 'FROM scratch\nCOPY a /', ignore: '', tree: ['a']})
    const lib = createInput({tree: ['.env']})
    const named = [{name: 'lib', tree: lib.tree, measured: lib.main}]
    assert.deepEqual(
      runRules({...input, named}).map(({message}) => message),
      ['".env" of context "lib" (environment file with secrets) is sent to the builder'],
    )
  })
})
