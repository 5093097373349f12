import assert from 'node:assert/strict'
import {readsOfInstall} from '../../../../src/advice/rewrites/installs/install-reads.js'
import type {ProjectFiles} from '../../../../src/advice/rewrites/installs/project-files.js'

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
const BERRY: Contents = {'package.json': '{\n  "name": "a"\n}\n', 'yarn.lock': ''}
const GO: Contents = {
  'go.mod': 'module a\ngo 1.22\nrequire x.org/b v1.0.0\n',
  'go.sum': 'x.org/b v1.0.0 h1:x=\nx.org/b v1.0.0/go.mod h1:x=\n',
}
const RUBY: Contents = {Gemfile: 'source "https://rubygems.org"\ngem "rake", "~> 13"\n', 'Gemfile.lock': ''}
const PHP: Contents = {'composer.json': '{"autoload": {"psr-4": {"A\\\\": "src"}}}', 'composer.lock': '{}'}
const POETRY: Contents = {'pyproject.toml': '[tool.poetry]\nname = "a"\n', 'poetry.lock': ''}
/** A lock file that marks a package with an install script. */
const MARKED = (name: string): string =>
  JSON.stringify({packages: {'': {}, [`node_modules/${name}`]: {version: '1.0.0', hasInstallScript: true}}})
const LIFECYCLE = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
  'predependencies',
  'dependencies',
  'postdependencies',
  'dependencies',
]
/** Packages that are taken from the project, in all the places where a manifest can say so. */
const LOCAL: Contents[] = [
  {'package.json': '{"dependencies": {"x": "vendor/x-1.0.0.tgz"}}'},
  {'package.json': '{"dependencies": {"x": "git+file:///app/x"}}'},
  {'package.json': '{"peerDependencies": {"x": "file:x"}}'},
  {'package.json': '{"overrides": {"dep": {"x": "file:./vendor/x"}}}'},
  {'package.json': '{"resolutions": {"dep/x": "portal:./vendor/x"}}'},
  {'package.json': '{"pnpm": {"overrides": {"x": "link:vendor/x"}}}'},
  {'package.json': '{"pnpm": {"packageExtensions": {"d": {"dependencies": {"x": "file:x"}}}}}'},
  {'package.json': '{"workspaces": {"packages": [], "catalog": {"x": "file:x"}}}'},
  {'package.json': '{"dependencies": {"x": "exec:./gen.js"}}'},
  {'package.json': '{"dependenciesMeta": {"b": {"injected": true}}}'},
  {'package-lock.json': '{"packages": {"node_modules/x": {"resolved": "file:vendor/x.tgz"}}}'},
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
  [
    'npm ci',
    {...NPM, '.npmrc': '@own:registry=https://npm.example.org/\n'},
    'package.json package-lock.json .npmrc',
  ],
  ['pnpm install --frozen-lockfile', {...PNPM, '.pnpmfile.mjs': ''}, /^\? What does \.pnpmfile\.mjs read/],
  [
    'corepack pnpm install --frozen-lockfile',
    {...PNPM, '.corepack.env': ''},
    'package.json pnpm-lock.yaml .corepack.env',
  ],
  [
    'bun install --frozen-lockfile',
    {'package.json': '{}', 'bun.lock': '', '.env': 'NPM_CONFIG_REGISTRY=https://npm.example.org/'},
    'package.json bun.lock .env',
  ],
  ...['.', '..', './', '.[dev]', '..[dev] ; python_version > "3"'].map((line): [string, Contents, RegExp] => [
    'pip install -r requirements.txt',
    {'requirements.txt': `x==1\n${line}\n`},
    /^x .*names a local project/,
  ]),
  ['npm ci --userconfig=x', NPM, /^\? .*--userconfig/],
  ['npm ci', {'package.json': '{"name": "a"}'}, /^x .*lock file/],
  ['npm ci', {...NPM, 'package.json': '{"name": '}, /^x .*not a JSON object/],
  ['npm ci', {...NPM, 'package.json': '[]'}, /^x .*not a JSON object/],
  ['npm ci', {...NPM, 'package.json': '{}'}, 'package.json package-lock.json'],
  ['npm ci', {}, null],
  [
    'npm ci',
    {...NPM, 'package.json': '{"dependencies": {"x": "x.tgz"}}'},
    /^x package\.json takes x from x\.tgz/,
  ],
  [
    'npm ci',
    {...NPM, 'package.json': '{"dependencies": {"x": "https://example.org/x.tgz"}}'},
    'package.json package-lock.json',
  ],
  [
    'npm ci',
    {...NPM, 'package.json': '{"overrides": {"y": {"x": "file:x"}}}'},
    /^x package\.json takes x from file:x/,
  ],
  [
    'yarn install --frozen-lockfile',
    {...YARN, 'package.json': '{"resolutions": {"x": "link:x"}}'},
    /^x package\.json takes x from link:x/,
  ],
  [
    'pnpm install --frozen-lockfile',
    {...PNPM, 'package.json': '{"pnpm": {"overrides": {"x": "link:x"}}}'},
    /^x package\.json takes x from link:x/,
  ],
  [
    'pnpm install --frozen-lockfile',
    {...PNPM, 'pnpm-workspace.yaml': 'packages:\n  - a\noverrides:\n  x: file:x\n'},
    /^\? .*takes a package from file:x/,
  ],
  [
    'pnpm install --frozen-lockfile',
    {...PNPM, 'pnpm-workspace.yaml': 'packages:\n  - a\npnpmfile: a.cjs\n'},
    /^\? .*pnpmfile in pnpm-workspace\.yaml/,
  ],
  [
    'pip install -r a.txt',
    {'a.txt': '\uFEFF-rb.txt\n', 'b.txt': 'x \\\r\n  --hash=sha256:1\r\n'},
    'a.txt b.txt',
  ],
  [
    'python3 -m pip install -r a.txt',
    {'a.txt': 'x\n', 'pip.py': ''},
    /^\? Is pip\.py what "python3 -m pip" runs/,
  ],
  [
    'python -m pip install -r a.txt',
    {'a.txt': 'x\n', 'pip/__main__.py': ''},
    /^\? Is pip\/__main__\.py what/,
  ],
  ['pip install -r a.txt', {'a.txt': 'libs/x\n'}, /^x a\.txt names a local project: libs\/x/],
  ['pip install -r a.txt', {'a.txt': '-elibs/x\n'}, /^x a\.txt names a local project/],
  ['pip install -r a.txt', {'a.txt': 'x.tar.bz2\n'}, /^x a\.txt names a local project/],
  [
    'pip install -r a.txt',
    {'a.txt': 'git+https://example.org/x.git\nhttps://example.org/x.zip\nx[y]==1 ; z\n'},
    'a.txt',
  ],
  ['pip install -r a.txt', {'a.txt': '--extra-index-url file:///srv\n'}, /^x a\.txt names a local project/],
  ['pip install -i file:///srv -r a.txt', {'a.txt': 'x\n'}, /^\? Is file:\/\/\/srv in the project/],
  [
    'pip install -r a.txt',
    {'a.txt': 'x\n', 'setup.cfg': '[install]\nprefix=/opt\n'},
    /^\? Does setup\.cfg say/,
  ],
  ['pip install -r a.txt', {'a.txt': 'x\n', 'setup.cfg': '[flake8]\n'}, 'a.txt'],
  [
    'go mod download',
    {...GO, 'go.mod': `${GO['go.mod']}replace x.org/c => /srv/c\n`},
    /^\? Does go\.mod replace a module/,
  ],
  ['bundle install --frozen', {...RUBY, Gemfile: 'gem "a", File.read(".v")\n'}, /^\? What does Gemfile read/],
  [
    'bundle install --frozen',
    {...RUBY, Gemfile: 'install_if -> { File.exist?("a") } do\n'},
    /^\? What does Gemfile read/,
  ],
  [
    'bundle install --frozen',
    {...RUBY, 'vendor/cache/a.gem': ''},
    /^\? Bundler takes gems from vendor\/cache/,
  ],
  [
    'bundle install --frozen',
    {...RUBY, '.bundle/config': 'BUNDLE_PATH: "vendor/bundle"\n'},
    'Gemfile Gemfile.lock .bundle/config',
  ],
  [
    'bundle install --frozen',
    {...RUBY, '.bundle/config': 'BUNDLE_GEMFILE: "x"\n'},
    /^\? Does BUNDLE_GEMFILE in/,
  ],
  [
    'composer install',
    {...PHP, 'composer.json': '{"repositories": [{"type": "composer", "url": "file:///srv"}]}'},
    /^x composer\.json installs packages/,
  ],
  [
    'composer install',
    {...PHP, 'composer.lock': '{"packages": [{"name": "a/b", "type": "composer-plugin"}]}'},
    /^\? What do the plugins a\/b/,
  ],
  ['composer install', {...PHP, '.git': 'gitdir: x'}, /^\? Composer reads the version/],
  [
    'poetry install --no-root',
    {...POETRY, 'pyproject.toml': '[tool.poetry.dependencies.a]\nextras = ["b"]\npath = "libs/a"\n'},
    /^x .*libs\/a/,
  ],
  [
    'poetry install --no-root',
    {...POETRY, 'pyproject.toml': '[project]\ndependencies = ["a @ file:///srv/a"]\n'},
    /^x .*srv\/a/,
  ],
  [
    'poetry install --no-root',
    {...POETRY, 'pyproject.toml': '[tool.hatch.version]\npath = "a.py"\n'},
    'pyproject.toml poetry.lock',
  ],
  [
    'mix deps.get --check-locked',
    {'mix.exs': 'lockfile: "../../mix.lock"', 'mix.lock': ''},
    /^\? What does mix\.exs read/,
  ],
  [
    'mix deps.get --check-locked',
    {
      'mix.exs': '',
      'mix.lock': '',
      'config/config.exs': 'import_config "#{config_env()}.exs"\n',
      'config/dev.exs': '',
    },
    'mix.exs mix.lock config/config.exs config/dev.exs',
  ],
  [
    'mix deps.get --check-locked',
    {'mix.exs': '', 'mix.lock': '', 'config/config.exs': 'import_config "sub/a.exs"\n'},
    /^\? What does config\/config\.exs read/,
  ],
  [
    'mvn dependency:go-offline',
    {'pom.xml': '', '.mvn/maven.config': '-s ci.xml'},
    /^\? Does -s in \.mvn\/maven\.config/,
  ],
  ['npm ci', {...NPM, 'binding.gyp': ''}, /^\? .*binding.gyp/],
  ['npm ci --ignore-scripts', {...NPM, 'binding.gyp': ''}, 'package.json package-lock.json'],
  [
    'npm ci',
    {...NPM, 'package.json': '{"scripts": {"build": "x", "prepack": "x"}}'},
    'package.json package-lock.json',
  ],
  ['npm ci', {...NPM, 'package.json': '{"devDependencies": {"b": "link:../b"}}'}, /^x .*link:/],
  ['npm ci', {...NPM, 'package.json': '{"dependencies": {"b": "./b.tgz"}}'}, /^x .*b\.tgz/],
  ...['packages/a**', '{a,b}/*', 'a/[bc]'].map((glob): [string, Contents, RegExp] => [
    'npm ci',
    {...NPM, 'package.json': JSON.stringify({workspaces: [glob]})},
    /^\? Which directories does the workspace glob/,
  ]),
  ['npm ci', {...NPM, 'package.json': '{"workspaces": ["linked/*"]}'}, /^\? .*the link linked point/],
  [
    'npm ci',
    {...NPM, 'package.json': '{"workspaces": {"a": 1}}'},
    /^\? Which workspaces does package.json list/,
  ],
  [
    'pnpm install --frozen-lockfile',
    {...PNPM, 'pnpm-workspace.yaml': 'packages: *all\n'},
    /^\? Which workspaces does pnpm-workspace.yaml list/,
  ],
  ['npm install', NPM, /^\? .*be npm ci instead/],
  ['npm i', {'package.json': '{"name": "a"}'}, /^\? There is no lock file/],
  ['npm install express', NPM, null],
  ['npm ci --prefix=web', NPM, null],
  ['npm ci -w a', NPM, null],
  ['npm run build', NPM, null],
  ['pnpm install --frozen-lockfile', PNPM, 'package.json pnpm-lock.yaml'],
  [
    'pnpm install --frozen-lockfile',
    {
      ...PNPM,
      'package.json': '{"pnpm": {"patchedDependencies": {"x@1": "./patches/x.patch"}}}',
      'patches/x.patch': '',
    },
    'package.json pnpm-lock.yaml patches/x.patch',
  ],
  ['pnpm i --prod', PNPM, /^\? .*be pnpm i --frozen-lockfile instead/],
  ['pnpm install --frozen-lockfile --filter=a', PNPM, null],
  ['pnpm install --frozen-lockfile', {...PNPM, '.pnpmfile.cjs': ''}, /^\? What does .pnpmfile.cjs read/],
  [
    'pnpm install --frozen-lockfile',
    {...PNPM, 'package.json': '{"pnpm": {"patchedDependencies": {"x@1": "./patches/x.patch"}}}'},
    /^\? Where is the patch patches\/x\.patch/,
  ],
  [
    'pnpm install --frozen-lockfile',
    {
      ...PNPM,
      'pnpm-workspace.yaml':
        "packages:\n  - a\n\npatchedDependencies:\n  'x@1': patches/x.patch\n  y: patches/y.patch\n",
    },
    /^\? Where is the patch patches\/x\.patch/,
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
    {...YARN, '.yarnrc': '--install.modules-folder "./lib"\n'},
    /^\? Does --install\.modules-folder in \.yarnrc/,
  ],
  [
    'yarn --frozen-lockfile',
    {...YARN, '.yarnrc': '--install.network-timeout 1000\n'},
    'package.json yarn.lock .yarnrc',
  ],
  [
    'yarn --frozen-lockfile',
    {...YARN, '.yarnrc': 'yarn-offline-mirror "./mirror"\n'},
    /^\? .*yarn-offline-mirror/,
  ],
  ['yarn', YARN, /^\? .*be yarn install --frozen-lockfile instead/],
  ['yarn --immutable', {...YARN, '.yarnrc.yml': ''}, /^\? Is the yarn of the image version 2/],
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
  ['python3 -m pip install -r a.txt', {'a.txt': ''}, 'a.txt'],
  ['/venv/bin/pip install -r a.txt', {'a.txt': ''}, 'a.txt'],
  ['npm ci', {...NPM, 'package-lock.json': MARKED('esbuild')}, 'package.json package-lock.json'],
  ['npm ci', {...NPM, 'package-lock.json': MARKED('strange')}, /^\? Does the install script of strange read/],
  ['npm ci', {...NPM, 'package-lock.json': MARKED('msw')}, /^\? The install script of msw reads/],
  ['npm ci --ignore-scripts', {...NPM, 'package-lock.json': MARKED('msw')}, 'package.json package-lock.json'],
  [
    'pnpm install --frozen-lockfile',
    {...PNPM, 'pnpm-lock.yaml': "  '@prisma/client@6.0.0':\n"},
    /^\? .*@prisma\/client/,
  ],
  ...(
    [
      ['husky', '^9.1.0', true],
      ['husky install || true', '~8.0.1', true],
      ['husky install', '4.3.8', false],
      ['simple-git-hooks', '2.11.1', false],
      ['npx only-allow npm', '', true],
      ['husky && tsc', '^9.0.0', false],
    ] as const
  ).map(([script, version, isHarmless]): [string, Contents, RegExp | string] => [
    'npm ci',
    {...NPM, 'package.json': JSON.stringify({scripts: {prepare: script}, devDependencies: {husky: version}})},
    isHarmless ? 'package.json package-lock.json' : /^\? What does the script prepare/,
  ]),
  [
    'npm ci',
    {
      ...NPM,
      '.git/HEAD': '',
      'package.json': '{"scripts": {"prepare": "husky"}, "devDependencies": {"husky": "^9.0.0"}}',
    },
    /^\? What does the script prepare/,
  ],
  [
    'bun install --frozen-lockfile',
    {'package.json': '{"name": "a"}', 'bun.lock': ''},
    'package.json bun.lock',
  ],
  ['bun install', {'package.json': '{"name": "a"}', 'bun.lock': ''}, /^\? .*--frozen-lockfile instead/],
  [
    'yarn install --immutable',
    {
      ...BERRY,
      '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.cjs\nnodeLinker: node-modules\n',
      '.yarn/releases/yarn-4.cjs': '',
    },
    'package.json yarn.lock .yarnrc.yml .yarn/releases/yarn-4.cjs',
  ],
  [
    'yarn install --immutable',
    {...YARN, '.yarnrc.yml': 'yarnPath: a.cjs\n"enableConstraintsChecks": true\n', 'a.cjs': ''},
    /^\? Does enableConstraintsChecks in \.yarnrc\.yml/,
  ],
  [
    'yarn install --immutable',
    {...YARN, '.yarnrc.yml': ' yarnPath: a.cjs\n enableConstraintsChecks: true\n', 'a.cjs': ''},
    /^\? Does yarnPath: a\.cjs in \.yarnrc\.yml/,
  ],
  [
    'yarn install --immutable',
    {...YARN, '.yarnrc.yml': 'yarnPath: a.cjs\ninitFields: {}\n', 'a.cjs': ''},
    /^\? Does initFields in \.yarnrc\.yml/,
  ],
  [
    'yarn install --immutable',
    {...YARN, '.yarnrc.yml': 'yarnPath: a.cjs\n', 'a.cjs': ''},
    /^\? Yarn rewrites package\.json/,
  ],
  ['go mod download', {'go.mod': 'module a\n\ngo 1.22\n', 'go.sum': ''}, 'go.mod go.sum'],
  [
    'go mod download',
    {'go.mod': 'module a\ngo 1.22\nrequire x.org/b v1.0.0\n', 'go.sum': ''},
    /^\? go\.sum does not have x\.org\/b/,
  ],
  [
    'go mod download',
    {'go.mod': 'module a\ngo 1.15\nrequire x.org/b v1.0.0\n', 'go.sum': ''},
    /^\? go\.mod is for Go 1\.15/,
  ],
  [
    'go mod download -x',
    {'go.mod': 'module a\ngo 1.22\nreplace x.org/b => ./b\n', 'go.sum': '', 'b/go.mod': 'module b\n'},
    'go.mod go.sum b/go.mod',
  ],
  ['go mod download', {'go.mod': 'module a\nreplace x.org/b => ../b\n'}, /^x go\.mod replaces a module/],
  ['go build ./...', {'go.mod': 'module a\ngo 1.22\n'}, null],
  ['go build ./...', {...GO, 'vendor/modules.txt': ''}, null],
  ['go build ./...', GO, /^\? go mod download downloads every module/],
  ['bundle install --frozen', RUBY, 'Gemfile Gemfile.lock'],
  ['bundle install', RUBY, /^\? bundle install may change Gemfile\.lock/],
  [
    'bundle install --frozen',
    {...RUBY, Gemfile: 'gemspec\n'},
    /^\? What does Gemfile read\? It has: gemspec/,
  ],
  ['bundle install --frozen', {...RUBY, Gemfile: 'gem "a", path: "lib/a"\n'}, /^\? What does Gemfile read/],
  ['bundle install --frozen', {...RUBY, Gemfile: 'eval_gemfile "x"\n'}, /^\? What does Gemfile read/],
  ['bundle exec rake', RUBY, null],
  ['composer install --no-dev -n', PHP, 'composer.json composer.lock'],
  [
    'composer install -o',
    {...PHP, 'composer.json': '{"autoload": {"psr-4": {"A\\\\": "src"}}}'},
    /^\? composer install itself stays after/,
  ],
  [
    'composer install',
    {...PHP, 'composer.json': '{"scripts": {"post-install-cmd": "x"}}'},
    /^\? .*the script post-install-cmd/,
  ],
  [
    'composer install --no-scripts',
    {...PHP, 'composer.json': '{"scripts": {"post-install-cmd": "x"}}'},
    'composer.json composer.lock',
  ],
  [
    'composer install',
    {...PHP, 'composer.json': '{"config": {"allow-plugins": {"symfony/flex": true}}}'},
    /^\? What do the plugins symfony\/flex/,
  ],
  [
    'composer install',
    {...PHP, 'composer.json': '{"repositories": [{"type": "path", "url": "libs/a"}]}'},
    /^x composer\.json installs packages/,
  ],
  ['composer install', {'composer.json': '{}'}, /^\? There is no composer\.lock/],
  ['poetry install --no-root', POETRY, 'pyproject.toml poetry.lock'],
  ['poetry install', POETRY, /^\? poetry install stays after/],
  [
    'poetry install --no-root',
    {...POETRY, 'pyproject.toml': '[tool.poetry.dependencies]\na = {path = "libs/a"}\n'},
    /^x .*libs\/a/,
  ],
  ['uv sync --frozen', {'pyproject.toml': '[project]\n', 'uv.lock': ''}, /^\? uv was not traced/],
  ['uv pip install --system -r a.txt', {'a.txt': ''}, /^\? uv was not traced/],
  ['pipenv sync', {Pipfile: '', 'Pipfile.lock': '', 'a.py': ''}, 'Pipfile Pipfile.lock'],
  ['pipenv install --deploy', {Pipfile: '', 'Pipfile.lock': '', '.env': ''}, 'Pipfile Pipfile.lock .env'],
  ['pipenv install', {Pipfile: '', 'Pipfile.lock': ''}, /^\? pipenv install may change/],
  ['pipenv sync', {Pipfile: ''}, /^\? There is no Pipfile\.lock/],
  ['pipenv sync', {Pipfile: 'a = {path = "."}', 'Pipfile.lock': ''}, /^x Pipfile installs a package/],
  [
    'mix deps.get --check-locked',
    {'mix.exs': 'deps: []', 'mix.lock': '', 'config/config.exs': '', 'config/runtime.exs': ''},
    'mix.exs mix.lock config/config.exs',
  ],
  ['mix deps.get', {'mix.exs': '', 'mix.lock': ''}, /^\? mix deps\.get may change/],
  ['mix deps.compile', {'mix.exs': 'version: File.read!("VERSION")'}, /^\? What does mix\.exs read/],
  ['dotnet restore', {'a/a.csproj': '', 'NuGet.config': ''}, /^\? dotnet restore was not traced/],
  [
    'dotnet restore a/a.csproj',
    {'a/a.csproj': '<ProjectReference Include="..\\\\b\\\\b.csproj" />', 'b/b.csproj': ''},
    /^\? dotnet restore was not traced/,
  ],
  ['mvn -B dependency:go-offline', {'pom.xml': '', 'a/pom.xml': ''}, 'pom.xml'],
  [
    'mvn -B -q dependency:resolve',
    {
      'pom.xml': '<module>a</module><!-- <module>old</module> --><module>dist/pom.xml</module>',
      'a/pom.xml': '<parent></parent>',
      'dist/pom.xml': '',
      '.mvn/maven.config': '-B',
    },
    'pom.xml a/pom.xml dist/pom.xml .mvn/maven.config',
  ],
  ['mvn dependency:go-offline', {'pom.xml': '<module>a</module>'}, null],
  ['mvn -f x/pom.xml dependency:go-offline', {'pom.xml': ''}, null],
  ['mvn -s settings.xml dependency:resolve', {'pom.xml': ''}, null],
  ['mvn --settings=a.xml dependency:resolve', {'pom.xml': ''}, /^\? Does --settings/],
  [
    'mvn dependency:go-offline',
    {'pom.xml': '<activation>\n<file><exists>a</exists></file></activation>'},
    /^\? Which files turn on a profile/,
  ],
  ['mvn dependency:go-offline', {'pom.xml': '<systemPath>a.jar</systemPath>'}, /^\? Which files/],
  ['mvn dependency:go-offline', {'pom.xml': '', '.mvn/extensions.xml': ''}, /^\? What do the extensions/],
  [
    'mvn dependency:go-offline',
    {'pom.xml': '<relativePath>../../x</relativePath>'},
    /^\? Is the parent of pom\.xml/,
  ],
  ['./mvnw dependency:go-offline', {'pom.xml': '', mvnw: ''}, /^\? The wrapper was not traced/],
  ['mvn -B package -DskipTests', {'pom.xml': ''}, /^\? dependency:go-offline fetches most/],
  ['mvn package', {'pom.xml': '<module>a</module>', 'a/pom.xml': ''}, null],
  ['mvn test', {'pom.xml': ''}, null],
  ['php -d memory_limit=-1 composer.phar install -n', PHP, 'composer.json composer.lock'],
  ['/usr/local/bin/composer.phar install -n', PHP, 'composer.json composer.lock'],
  ['npm ci --registry https://example.org', NPM, 'package.json package-lock.json'],
  ['npm ci lodash', NPM, null],
  ['gradle dependencies', {'build.gradle': '', 'settings.gradle': ''}, /^\? The build scripts are programs/],
  [
    'pnpm install --frozen-lockfile',
    {...PNPM, 'pnpm-lock.yaml': 'resolution: {directory: b, type: directory}'},
    /^x /,
  ],
  ['pnpm install --frozen-lockfile', {...PNPM, 'pnpm-lock.yaml': 'tarball: file:vendor/x.tgz'}, /^x /],
  [
    'yarn install --frozen-lockfile',
    {...YARN, 'yarn.lock': 'x@1:\n  resolved "file:./mirror/x.tgz"\n'},
    /^x /,
  ],
  [
    'pnpm install --frozen-lockfile',
    {...PNPM, '.npmrc': 'shared-workspace-lockfile=false\n'},
    /^\? .*shared-workspace-lockfile/,
  ],
  [
    'pnpm install --frozen-lockfile',
    {...PNPM, 'pnpm-workspace.yaml': 'pnpmfile: a.cjs\n'},
    /^\? Does pnpmfile/,
  ],
  [
    'pnpm install --frozen-lockfile',
    {...PNPM, 'pnpm-workspace.yaml': 'catalog:\n  x: file:./x\n'},
    /^\? pnpm-workspace\.yaml takes/,
  ],
  ['pnpm install --frozen-lockfile', {...PNPM, 'package.yaml': ''}, /^\? pnpm reads package\.yaml/],
  ['npm ci', {...NPM, 'package.json': '{"workspaces": ["/packages/*"]}'}, /^\? .*glob \/packages/],
  ['npm ci', {...NPM, 'package.json': '{"workspaces": ["a/../b"]}'}, /^\? .*glob a\/\.\.\/b/],
  ['npm ci', {...NPM, 'package.json': '{"workspaces": ["a//b"]}'}, /^\? .*glob a\/\/b/],
  ['npm ci', {...NPM, 'package.json': '{"workspaces": ["../b"]}'}, /^\? .*glob \.\.\/b/],
  ['pip install -r a.txt', {'a.txt': '--no-index --find-links=wheels\n'}, /^x /],
  ['pip install -r a.txt', {'a.txt': '-i file:///app/simple\n'}, /^x /],
  ['pip install -r a.txt', {'a.txt': 'libs/x[y]\n'}, /^x /],
  ['pip install -r a.txt', {'a.txt': 'x @ git+file:///app/x\n'}, /^x /],
  ['pip install -r a.txt', {'a.txt': 'x-1.0.tar.bz2\n'}, /^x /],
  ['pip install -r a.txt', {'a.txt': '\ufeff-e .\n'}, /^x /],
  ['pip install -r a.txt', {'a.txt': '-\0e\0 \0.\0'}, /^x a\.txt was not read/],
  ['pip install -r a.txt', {'a.txt': 'x \\\r\n  ==1\r\n-rb.txt\r\n', 'b.txt': 'y>=1\n'}, 'a.txt b.txt'],
  [
    'pip install -r a.txt',
    {
      'a.txt':
        '--extra-index-url https://r.example.org/a\nx @ https://e.org/x.tar.gz\ngit+https://e.org/a/b@v1\nc[d]>=1\n',
    },
    'a.txt',
  ],
  [
    'poetry install --no-root',
    {...POETRY, 'pyproject.toml': '[tool.poetry.dependencies.lib]\npath = "libs/lib"\n'},
    /^x /,
  ],
  [
    'poetry install --no-root',
    {...POETRY, 'pyproject.toml': '[tool.poetry.dependencies]\nl = [\n  {file = "a.whl"},\n]\n'},
    /^x /,
  ],
  [
    'poetry install --no-root',
    {...POETRY, 'pyproject.toml': '[project]\ndependencies = ["a @ file:///app/a"]\n'},
    /^x /,
  ],
  [
    'poetry install --no-root',
    {...POETRY, 'pyproject.toml': '[[tool.poetry.source]]\nurl = "file:///app/simple"\n'},
    /^x /,
  ],
  [
    'poetry install --no-root',
    {...POETRY, 'poetry.lock': '[package.source]\ntype = "directory"\nurl = "libs/a"\n'},
    /^x /,
  ],
  [
    'poetry install --no-root',
    {...POETRY, 'pyproject.toml': '[tool.poetry]\n[tool.poetry-dynamic-versioning]\nenable = true\n'},
    /^\? A plugin of Poetry/,
  ],
  [
    'poetry install --no-root',
    {...POETRY, 'pyproject.toml': '[project]\nreadme = {file = "README.md"}\n[tool.coverage]\npath = "x"\n'},
    'pyproject.toml poetry.lock',
  ],
  ['pipenv sync', {Pipfile: '[[source]]\nurl = "file:///app/simple"\n', 'Pipfile.lock': ''}, /^x /],
  ['pipenv sync', {Pipfile: '', 'Pipfile.lock': '{"default": {"a": {"file": "./a.whl"}}}'}, /^x /],
  ['go mod download', {...GO, 'go.mod': 'replace x.org/b => /app/b\n'}, /^\? Does go\.mod replace/],
  [
    'go mod download',
    {...GO, 'go.mod': 'replace x.org/b => "./b"\n', 'b/go.mod': ''},
    'go.mod go.sum b/go.mod',
  ],
  ['bundle install --frozen', {...RUBY, Gemfile: 'gem "x", git: "./x"\n'}, /^\? What does Gemfile/],
  ['bundle install --frozen', {...RUBY, Gemfile: 'gem "x", File.read("V").strip\n'}, /^\? What does Gemfile/],
  ['bundle install --frozen', {...RUBY, Gemfile: `gem "x", "#{File.read('V')}"\n`}, /^\? What does Gemfile/],
  ['bundle install --frozen', {...RUBY, Gemfile: 'gem "x" if Dir.exist?("e")\n'}, /^\? What does Gemfile/],
  ['bundle install --frozen', {...RUBY, Gemfile: 'source "file:///app/gems"\n'}, /^\? What does Gemfile/],
  [
    'bundle install --frozen',
    {...RUBY, Gemfile: 'gem "open", require: false # read\n'},
    'Gemfile Gemfile.lock',
  ],
  ['bundle install --frozen', {...RUBY, 'vendor/cache/x-1.gem': ''}, /^\? .*vendor\/cache/],
  [
    'bundle install --frozen',
    {...RUBY, '.bundle/config': '---\nBUNDLE_GEMFILE: "a.rb"\n'},
    /^\? .*BUNDLE_GEMFILE/,
  ],
  [
    'bundle install --frozen',
    {...RUBY, '.bundle/config': '---\nBUNDLE_JOBS: "4"\n'},
    'Gemfile Gemfile.lock .bundle/config',
  ],
  [
    'bundle install --frozen',
    {...RUBY, 'Gemfile.lock': 'PATH\n  remote: engines/a\n'},
    /^\? Gemfile\.lock takes/,
  ],
  [
    'composer install',
    {...PHP, 'composer.json': '{"repositories": [{"type": "vcs", "url": "file:///app/x"}]}'},
    /^x /,
  ],
  [
    'composer install',
    {
      ...PHP,
      'composer.json':
        '{"repositories": [{"type": "package", "package": {"dist": {"url": "packages/x.zip"}}}]}',
    },
    /^x /,
  ],
  [
    'composer install',
    {...PHP, 'composer.lock': '{"packages": [{"dist": {"type": "path", "url": "x"}}]}'},
    /^x /,
  ],
  [
    'composer install',
    {
      ...PHP,
      'composer.lock': '{"packages": [{"name": "x", "dist": {"type": "zip", "url": "https://e.org/x.zip"}}]}',
    },
    'composer.json composer.lock',
  ],
  [
    'composer install',
    {
      'composer.json': '{"config": {"allow-plugins": true}}',
      'composer.lock': '{"packages": [{"name": "a/b", "type": "composer-plugin"}]}',
    },
    /^\? .*plugins a\/b/,
  ],
  ['composer install', {...PHP, 'composer.json': '{"config": {"cafile": "ca.pem"}}'}, /^\? Does cafile/],
  [
    'composer install',
    {...PHP, 'composer.json': '{"scripts": {"pre-command-run": "x"}}'},
    /^\? .*pre-command-run/,
  ],
  ['mix deps.get --check-locked', {'mix.exs': 'aliases: ["deps.get": ["x"]]'}, /^\? .*"deps\.get":/],
  ['mix deps.get --check-locked', {'mix.exs': 'lockfile: "a/mix.lock"'}, /^\? .*lockfile/],
  [
    'mix deps.get --check-locked',
    {'mix.exs': 'version: Version.parse!("1").major, x: System.get_env("A")'},
    'mix.exs',
  ],
  [
    'mix deps.get --check-locked',
    {'mix.exs': 'version: System.shell("git describe")'},
    /^\? .*System\.shell/,
  ],
  ['mix deps.get --check-locked', {'mix.exs': 'version: :file.consult("V")'}, /^\? .*:file\.consult/],
  ['mix deps.get --check-locked', {'mix.exs': 'deps: [{:x, git: "./x"}]'}, /^x /],
  [
    'mix deps.get --check-locked',
    {'mix.exs': '', 'config/config.exs': 'import_config "envs/a.exs"'},
    /^\? What does config/,
  ],
  [
    'mix deps.get --check-locked',
    {'mix.exs': '', 'config/config.exs': 'import_config "#{config_env()}.exs"'},
    'mix.exs config/config.exs',
  ],

  ...['file:repo', `\${r}`, 'repo', `\${project.baseUri}repo`].map((url): [string, Contents, RegExp] => [
    'mvn dependency:go-offline',
    {'pom.xml': `<repositories><repository><id>x</id><url>${url}</url></repository></repositories>`},
    /^\? Which files/,
  ]),
  [
    'mvn dependency:go-offline',
    {
      'pom.xml':
        '<url>$a</url><repositories><repository><url>https://x.org</url></repository></repositories>',
    },
    'pom.xml',
  ],
  ['mvn dependency:go-offline', {'pom.xml': '', '.mvn/maven.config': '-s ci/settings.xml'}, /^\? Does -s in/],
  ['mvn dependency:go-offline', {'pom.xml': '', '.mvn/maven.config': '-ntp\n'}, 'pom.xml .mvn/maven.config'],
  ['cargo build', {'Cargo.toml': '', 'Cargo.lock': ''}, null],
]

describe('what an install reads', () => {
  for (const [command, contents, expected] of ROWS) {
    it(`${command} in ${JSON.stringify(contents)}`, () => {
      const found = read(command, contents)
      if (expected instanceof RegExp) assert.match(found ?? '', expected)
      else assert.equal(found, expected)
    })
  }

  for (const contents of LOCAL) {
    it(`has no install without the project in ${JSON.stringify(contents)}`, () => {
      assert.match(read('npm ci', {...NPM, ...contents}) ?? '', /^x .* takes /)
    })
  }

  for (const name of LIFECYCLE) {
    it(`may be anything for the script ${name}, also without development packages`, () => {
      const contents = {...NPM, 'package.json': JSON.stringify({scripts: {[name]: 'x'}})}
      assert.match(read('npm ci --omit=dev', contents) ?? '', new RegExp(`^\\? .*script ${name} `))
    })
  }

  it('looks around a project for what its manager would find there', () => {
    const member = {
      'a/package.json': '{}',
      'a/package-lock.json': '{}',
      'a/pnpm-lock.yaml': '',
      'a/yarn.lock': '',
    }
    const root = {...member, 'package.json': '{"workspaces": ["a"]}'}
    assert.match(read('npm ci', root, 'a') ?? '', /^\? Is a a workspace of package\.json/)
    const files = 'a/package.json a/package-lock.json a/yarn.lock'
    assert.equal(read('npm ci', {...member, 'package.json': '{}'}, 'a'), files)
    const pnpm = {...member, 'pnpm-workspace.yaml': ''}
    assert.match(read('pnpm install --frozen-lockfile', pnpm, 'a') ?? '', /^\? Is a a workspace of pnpm/)
    assert.match(
      read('yarn --frozen-lockfile', {...member, '.yarnrc': ''}, 'a') ?? '',
      /^\? yarn reads \.yarnrc, too/,
    )
    const go = {'a/go.mod': 'module a\n', 'go.work': ''}
    assert.match(read('go mod download', go, 'a') ?? '', /^\? Which modules does go\.work use/)
    const maven = {'a/pom.xml': '', '.mvn/maven.config': ''}
    assert.match(read('mvn dependency:go-offline', maven, 'a') ?? '', /^\? Maven reads \.mvn/)
  })

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

  for (const [command, above] of Object.entries<Contents>({
    'npm ci': {'package.json': '{"workspaces": ["web"]}'},
    'yarn install --frozen-lockfile': {'.yarnrc': 'yarn-offline-mirror "./mirror"'},
    'yarn install --immutable': {'.yarnrc.yml': 'cacheFolder: x'},
    'pnpm install --frozen-lockfile': {'pnpm-workspace.yaml': 'packages: [web]'},
    'go mod download': {'go.work': 'use ./web'},
    'composer install': {'.git/HEAD': ''},
    'mvn dependency:go-offline': {'.mvn/maven.config': '-s ci.xml'},
  })) {
    it(`looks above the project for ${command}`, () => {
      const own = {...NPM, ...PNPM, ...BERRY, ...GO, ...PHP, 'pom.xml': ''}
      const inside = Object.fromEntries(Object.entries(own).map(([name, text]) => [`web/${name}`, text]))
      const contents = command.endsWith('--immutable')
        ? {...inside, 'web/.yarnrc.yml': 'yarnPath: a.cjs\n'}
        : inside
      assert.doesNotMatch(read(command, contents, 'web') ?? '? nothing', /^[?x]/)
      assert.match(read(command, {...contents, ...above}, 'web') ?? '', /^\? /)
    })
  }
})
