import assert from 'node:assert/strict'
import {readsOfInstall} from '../../../../src/advice/rewrites/installs/install-reads.js'

const YARN = 'acme@^1.0.0:\n  version "1.0.0"\n'
const BERRY =
  '"a@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "a@workspace:."\n"acme@npm:1":\n  version: 1.0.0\n  resolution: "acme@npm:1.0.0"\n'
const PNPM = "lockfileVersion: '9.0'\n\npackages:\n\n  acme@1.0.0:\n    resolution: {integrity: x}\n"
const PNPM_6 =
  "lockfileVersion: '6.0'\n\npackages:\n\n  /@acme/a@1.0.0(react@18.0.0):\n    resolution: {integrity: x}\n    requiresBuild: true\n  /b@1.0.0:\n    dev: true\n"
const V1 = {lockfileVersion: 1, dependencies: {acme: {version: '1.0.0'}}}

interface Row {
  title: string
  command: string
  manifest?: object
  files: Readonly<Record<string, string>>
  env?: Readonly<Record<string, string>>
  earlier?: readonly string[]
  /** What is asked; null: nothing. */
  asks: RegExp | null
}

const UNKNOWN = /does not say which packages have install scripts/
const yarn = (title: string, asks: RegExp | null, rest: Partial<Row> = {}): Row => ({
  title,
  command: 'yarn install --frozen-lockfile',
  asks,
  ...rest,
  files: {'yarn.lock': YARN, ...rest.files},
})
const berry = (title: string, asks: RegExp | null, settings: string, rest: Partial<Row> = {}): Row => ({
  title,
  command: 'yarn install --immutable',
  asks,
  files: {'yarn.lock': BERRY, '.yarnrc.yml': `yarnPath: .yarn/releases/yarn-4.cjs\n${settings}`},
  ...rest,
})
const pnpm = (title: string, asks: RegExp | null, manifest: object = {}, rest: Partial<Row> = {}): Row => ({
  title,
  command: 'pnpm install --frozen-lockfile',
  asks,
  manifest,
  ...rest,
  files: {'pnpm-lock.yaml': PNPM, ...rest.files},
})
const TEN = {packageManager: 'pnpm@10.20.0'}
const COREPACK = {earlier: ['corepack enable']}

const ROWS: readonly Row[] = [
  yarn('Yarn 1 runs them all', UNKNOWN),
  yarn('a lock file without packages', null, {files: {'yarn.lock': '# yarn lockfile v1\n'}}),
  yarn('an option', null, {command: 'yarn install --frozen-lockfile --ignore-scripts'}),
  yarn('a setting', null, {files: {'.yarnrc': '--install.ignore-scripts true\n'}}),
  yarn('a setting of npm, which Yarn 1 does not ask', UNKNOWN, {files: {'.npmrc': 'ignore-scripts=true\n'}}),
  yarn('a variable', null, {env: {YARN_IGNORE_SCRIPTS: 'true'}}),
  yarn('a variable of npm, which Yarn 1 does not ask', UNKNOWN, {env: {npm_config_ignore_scripts: 'true'}}),
  yarn('the scripts of the project are off, too', null, {
    manifest: {scripts: {postinstall: 'node a.js'}},
    command: 'yarn install --frozen-lockfile --ignore-scripts',
  }),
  berry('Yarn 4 runs them all', UNKNOWN, ''),
  berry('Yarn 4 without scripts of packages', null, 'enableScripts: false\n'),
  berry('Yarn 4.18 runs none', null, '', {
    manifest: {packageManager: 'yarn@4.18.1'},
    files: {'yarn.lock': BERRY, '.yarnrc.yml': 'nodeLinker: node-modules\n'},
  }),
  berry('Yarn 4.18 that is told to', UNKNOWN, '', {
    manifest: {packageManager: 'yarn@4.18.1'},
    files: {'yarn.lock': BERRY, '.yarnrc.yml': 'enableScripts: true\n'},
  }),
  berry('one package is built all the same', UNKNOWN, 'enableScripts: false\n', {
    manifest: {dependenciesMeta: {acme: {built: true}}},
  }),
  berry('the scripts of the project are on', /script postinstall/, 'enableScripts: false\n', {
    manifest: {scripts: {postinstall: 'node a.js'}},
  }),
  pnpm('pnpm of an unknown version', UNKNOWN),
  pnpm('pnpm 10, which nothing is known to start', UNKNOWN, TEN),
  pnpm('pnpm 10 by Corepack', null, TEN, COREPACK),
  pnpm('pnpm 10 by Corepack in the same call', null, TEN, {
    command: 'corepack pnpm install --frozen-lockfile',
  }),
  pnpm('pnpm 10 by npm', null, {}, {earlier: ['npm install -g pnpm@10']}),
  pnpm('the newest pnpm by npm', null, {}, {earlier: ['npm i -g pnpm']}),
  pnpm('pnpm 9 by npm, which does not ask for the version', UNKNOWN, TEN, {earlier: ['npm i -g pnpm@9']}),
  pnpm('pnpm 9 by Corepack', UNKNOWN, {packageManager: 'pnpm@9.1.0'}, COREPACK),
  pnpm('a list', /install script of acme read/, {...TEN, pnpm: {onlyBuiltDependencies: ['acme']}}, COREPACK),
  pnpm('a list for any version', null, {pnpm: {onlyBuiltDependencies: ['esbuild']}}),
  pnpm('a list in pnpm-workspace.yaml', /install script of acme read/, TEN, {
    ...COREPACK,
    files: {'pnpm-workspace.yaml': 'onlyBuiltDependencies:\n  - esbuild\n  - acme\n'},
  }),
  pnpm('a map in pnpm-workspace.yaml', /install script of @acme\/b read/, TEN, {
    ...COREPACK,
    files: {'pnpm-workspace.yaml': "allowBuilds:\n  acme: false\n  '@acme/b': true\n"},
  }),
  pnpm('all of them', UNKNOWN, TEN, {
    ...COREPACK,
    files: {'pnpm-workspace.yaml': 'dangerouslyAllowAllBuilds: true\n'},
  }),
  pnpm('all but some', UNKNOWN, {...TEN, pnpm: {neverBuiltDependencies: ['x']}}, COREPACK),
  pnpm('marks of pnpm 8', /install script of @acme\/a read/, {}, {files: {'pnpm-lock.yaml': PNPM_6}}),
  pnpm(
    'no marks of pnpm 8',
    null,
    {},
    {
      files: {'pnpm-lock.yaml': PNPM_6.replace('    requiresBuild: true\n', '')},
    },
  ),
  pnpm('scripts are off', null, {}, {files: {'.npmrc': 'ignore-scripts=true\n'}}),
  {
    title: 'a lock file of npm 6',
    command: 'npm ci',
    files: {'package-lock.json': JSON.stringify(V1)},
    asks: UNKNOWN,
  },
  {
    title: 'a lock file of npm 6, and a variable',
    command: 'npm ci',
    files: {'package-lock.json': JSON.stringify(V1)},
    env: {NPM_CONFIG_IGNORE_SCRIPTS: 'true'},
    asks: null,
  },
  {
    title: 'Bun runs those that it knows',
    command: 'bun install --frozen-lockfile',
    files: {'bun.lock': '{"packages": {"acme": ["acme@1.0.0", "", {}, "x"]}}'},
    asks: null,
  },
  {
    title: 'Bun knows one that looks at the project',
    command: 'bun install --frozen-lockfile',
    files: {'bun.lock': '{"packages": {"puppeteer": ["puppeteer@1.0.0", "", {}, "x"]}}'},
    asks: /install script of puppeteer reads/,
  },
  {
    title: 'Bun is told of one',
    command: 'bun install --frozen-lockfile',
    manifest: {trustedDependencies: ['acme']},
    files: {'bun.lock': '{"packages": {"acme": ["acme@1.0.0", "", {}, "x"]}}'},
    asks: /install script of acme read/,
  },
]

describe('whose install scripts run', () => {
  for (const {title, command, manifest = {}, files, env = {}, earlier = [], asks} of ROWS) {
    it(title, () => {
      const texts = {'package.json': `${JSON.stringify(manifest, null, 2)}\n`, ...files}
      const call = {
        words: command.split(' '),
        env: new Map(Object.entries(env)),
        earlier: earlier.map((one) => one.split(' ')),
      }
      const found = readsOfInstall(call, '', {
        isSent: (path) => Object.hasOwn(texts, path),
        evidence: new Map(Object.entries(texts)),
        findDirectories: () => [],
        findFiles: () => [],
        locate: () => null,
        findLink: () => null,
      })
      const questions = found?.questions.filter((one) => !one.startsWith('Is the yarn')).join('\n') ?? 'none'
      if (asks === null) assert.equal(questions, '')
      else assert.match(questions, asks)
    })
  }
})
