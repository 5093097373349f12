import assert from 'node:assert/strict'
import {type ProjectFiles, readsOfInstall} from '../../../../src/advice/rewrites/installs/install-reads.js'

type Contents = Readonly<Record<string, string>>

/** A project whose files are all sent. */
function createFiles(contents: Contents, directories: readonly string[]): ProjectFiles {
  return {
    isSent: (path) => Object.hasOwn(contents, path),
    evidence: new Map(Object.entries(contents)),
    findDirectories: (glob) =>
      directories.filter((one) => glob === one || glob === one.replace(/[^/]+$/, '*')),
    findFiles: (below, name) =>
      Object.keys(contents).filter(
        (path) => (below === '' || path.startsWith(`${below}/`)) && name.test(path.split('/').at(-1)!),
      ),
    locate: (written) => (Object.hasOwn(contents, written) ? written : null),
    findLink: (glob) => (glob.startsWith('linked/') ? 'linked' : null),
  }
}

/** What is said of a command: the files, or the first thing that is open (`?`) or speaks against it (`x`). */
function read(
  command: string,
  contents: Contents,
  project = '',
  directories: readonly string[] = [],
): string | null {
  const found = readsOfInstall({words: command.split(' ')}, project, createFiles(contents, directories))
  if (found === null) return null
  if (found.blocker) return `x ${found.blocker}`
  return found.questions[0] ? `? ${found.questions[0]}` : found.files.join(' ')
}

const NPM: Contents = {'package.json': '{"name": "a"}', 'package-lock.json': '{}'}
const PNPM: Contents = {'package.json': '{"name": "a"}', 'pnpm-lock.yaml': ''}
const YARN: Contents = {'package.json': '{"name": "a"}', 'yarn.lock': ''}
const LIFECYCLE = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
]

const ROWS: [command: string, contents: Contents, expected: string | RegExp | null][] = [
  ['npm ci', NPM, 'package.json package-lock.json'],
  ['npm clean-install --omit=dev --no-audit', NPM, 'package.json package-lock.json'],
  [
    'npm ci',
    {...NPM, '.npmrc': '# x\nregistry=https://r.example.org/\n//r.example.org/:_authToken=x\n'},
    'package.json package-lock.json .npmrc',
  ],
  ['npm ci', {...NPM, '.npmrc': 'cafile=certs/ca.pem\n'}, /^\? .*cafile/],
  ['npm ci --userconfig=x', NPM, /^\? .*--userconfig/],
  ['npm ci', {'package.json': '{"name": "a"}'}, /^x .*lock file/],
  ['npm ci', {...NPM, 'package.json': '{"name": '}, /^x .*cannot be read/],
  ['npm ci', {}, null],
  ['npm ci', {...NPM, 'binding.gyp': ''}, /^\? binding.gyp/],
  ['npm ci --ignore-scripts', {...NPM, 'binding.gyp': ''}, 'package.json package-lock.json'],
  [
    'npm ci',
    {...NPM, 'package.json': '{"scripts": {"build": "x", "prepack": "x"}}'},
    'package.json package-lock.json',
  ],
  ['npm ci', {...NPM, 'package.json': '{"devDependencies": {"b": "link:../b"}}'}, /^x .*link:/],
  ['npm ci', {...NPM, 'package.json': '{"dependencies": {"b": "./b.tgz"}}'}, /^x .*b\.tgz/],
  ...['packages/**', '{a,b}/*', 'a/[bc]'].map((glob): [string, Contents, RegExp] => [
    'npm ci',
    {...NPM, 'package.json': JSON.stringify({workspaces: [glob]})},
    /^\? Which directories does the workspace glob/,
  ]),
  ['npm ci', {...NPM, 'package.json': '{"workspaces": ["linked/*"]}'}, /^\? .*behind the link linked/],
  [
    'npm ci',
    {...NPM, 'package.json': '{"workspaces": {"a": 1}}'},
    /^\? Which workspaces does package.json list/,
  ],
  [
    'pnpm install --frozen-lockfile',
    {...PNPM, 'pnpm-workspace.yaml': 'packages: [a, b]\n'},
    /^\? Which workspaces does pnpm-workspace.yaml list/,
  ],
  ['npm install', NPM, /^\? .*npm ci meant/],
  ['npm i', {'package.json': '{"name": "a"}'}, /^\? There is no lock file/],
  ['npm install express', NPM, null],
  ['npm ci --prefix=web', NPM, null],
  ['npm ci -w a', NPM, null],
  ['npm run build', NPM, null],
  ['pnpm install --frozen-lockfile', PNPM, 'package.json pnpm-lock.yaml'],
  ['pnpm i --prod', PNPM, /^\? .*pnpm i --frozen-lockfile meant/],
  ['pnpm install --frozen-lockfile --filter=a', PNPM, null],
  ['pnpm install --frozen-lockfile', {...PNPM, '.pnpmfile.cjs': ''}, /^\? What does .pnpmfile.cjs read/],
  [
    'pnpm install --frozen-lockfile',
    {...PNPM, 'package.json': '{"pnpm": {"patchedDependencies": {"x@1": "./patches/x.patch"}}}'},
    /^\? That pnpm reads patches .* patches\/x\.patch all/,
  ],
  [
    'pnpm install --frozen-lockfile',
    {
      ...PNPM,
      'pnpm-workspace.yaml':
        "packages:\n  - a\n\npatchedDependencies:\n  'x@1': patches/x.patch\n  y: patches/y.patch\n",
    },
    /^\? That pnpm reads patches .* patches\/x\.patch, patches\/y\.patch all/,
  ],
  [
    'pnpm install --frozen-lockfile',
    {...PNPM, 'package.json': '{"dependencies": {"a": "workspace:*"}}'},
    'package.json pnpm-lock.yaml',
  ],
  ['yarn --frozen-lockfile', YARN, 'package.json yarn.lock'],
  [
    'yarn install --pure-lockfile --production',
    {...YARN, '.yarnrc': '# x\nregistry "https://r.example.org"\n'},
    'package.json yarn.lock .yarnrc',
  ],
  [
    'yarn --frozen-lockfile',
    {...YARN, '.yarnrc': 'yarn-offline-mirror "./mirror"\n'},
    /^\? .*yarn-offline-mirror/,
  ],
  ['yarn', YARN, /^\? .*yarn install --frozen-lockfile meant/],
  ['yarn --immutable', {...YARN, '.yarnrc.yml': ''}, /^\? Is the image's yarn one of version 2/],
  ['yarn build', YARN, null],
  ['pip install --no-cache-dir -r a.txt', {'a.txt': 'x==1\n-c b.txt\n', 'b.txt': 'y\n'}, 'a.txt b.txt'],
  [
    'pip install -ra.txt --constraint=c/b.txt',
    {'a.txt': '', 'c/b.txt': '-r d.txt', 'c/d.txt': ''},
    'a.txt c/b.txt c/d.txt',
  ],
  [
    'pip3 install -r a.txt -i https://p.example.org',
    {'a.txt': 'x @ https://example.org/x.tar.gz # ./y\n'},
    'a.txt',
  ],
  ['pip install -r a.txt', {'a.txt': '-e .\n'}, /^x .*local project/],
  ['pip install -r a.txt', {'a.txt': './lib\n'}, /^x .*local project/],
  ['pip install -r a.txt', {'a.txt': 'x @ file:lib\n'}, /^x .*local project/],
  ['pip install -r a.txt', {'a.txt': 'wheels/x.whl\n'}, /^x .*local project/],
  ['pip install -r a.txt', {'a.txt': '--find-links wheels\n'}, /^x .*local project/],
  ['pip install -r a.txt', {'a.txt': 'a\\\n  ==1\n-r \\\n b.txt', 'b.txt': ''}, 'a.txt b.txt'],
  ['pip install -r ../a.txt', {}, null],
  ['pip install -r a.txt', {}, null],
  ['pip install -r a.txt', {'a.txt': '-r ../b.txt'}, /^x .*outside/],
  ['pip install -r a.txt', {'a.txt': '-r b.txt'}, /^x b.txt is not in the context/],
  ['pip install -r a.txt --strange', {'a.txt': ''}, /^\? .*--strange/],
  ['pip install -r a.txt .', {'a.txt': ''}, null],
  ['pip install x', {}, null],
  ['make', {}, null],
]

describe('what an install reads', () => {
  for (const [command, contents, expected] of ROWS) {
    it(`${command} in ${JSON.stringify(contents)}`, () => {
      const found = read(command, contents)
      if (expected instanceof RegExp) assert.match(found ?? '', expected)
      else assert.equal(found, expected)
    })
  }

  for (const name of LIFECYCLE) {
    it(`may be anything for the script ${name}, also without development packages`, () => {
      const contents = {...NPM, 'package.json': JSON.stringify({scripts: {[name]: 'x'}})}
      assert.match(read('npm ci --omit=dev', contents) ?? '', new RegExp(`^\\? .*script ${name} `))
    })
  }

  it('knows workspaces, and what npm does to their programs', () => {
    const contents = {
      'web/package.json': '{"workspaces": {"packages": ["packages/*", "!packages/old"]}}',
      'web/package-lock.json': '{}',
      'web/packages/a/package.json': '{"name": "a"}',
      'web/packages/old/package.json': '{"name": "old"}',
    }
    const directories = ['web/packages/a', 'web/packages/b', 'web/packages/old']
    assert.equal(
      read('npm ci', contents, 'web', directories),
      'web/package.json web/package-lock.json web/packages/a/package.json',
    )
    const withProgram = {...contents, 'web/packages/a/package.json': '{"bin": "a.js"}'}
    assert.match(read('npm ci', withProgram, 'web', directories) ?? '', /^\? .*links the programs/)
  })
})
