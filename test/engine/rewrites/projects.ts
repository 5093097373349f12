import type {Files} from './archives.js'

/** A project whose Dockerfile has a safe rewrite; `REGISTRY` stands for the local registry. */
export interface RewriteProject {
  title: string
  /** The program that the base image must have. */
  needs: string
  files: Files
  /** Steps before those of the Dockerfile, which the lock file needs, too. */
  before?: string
  /** Behind `FROM` and what sets the registry. */
  dockerfile: string
  /** Makes the lock file, with its name. */
  lock?: {command: string; file: string}
  /** Directories that are compared, besides /root and /usr/local. */
  results: readonly string[]
  /** The rules whose safe rewrites must be there. */
  rules: readonly string[]
}

const NODE: Files = {
  'package.json': '{"name": "app", "version": "1.0.0", "private": true, "dependencies": {"dep": "1.0.0"}}',
  '.npmrc': 'registry=REGISTRY/\nfund=false\naudit=false\n',
  'src/app.js': 'require("dep")\n',
  'README.md': 'app\n',
}
const WORKSPACES: Files = {
  ...NODE,
  'package.json':
    '{"name": "app", "version": "1.0.0", "private": true, "workspaces": ["packages/*"], "dependencies": {"dep": "1.0.0"}}',
  'packages/a/package.json':
    '{"name": "a", "version": "1.0.0", "dependencies": {"dep": "1.0.0", "b": "1.0.0"}}',
  'packages/a/a.js': 'require("b")\n',
  'packages/b/package.json': '{"name": "b", "version": "1.0.0"}',
  'packages/b/b.js': 'module.exports = 1\n',
}
const PIP = 'ENV PIP_INDEX_URL=REGISTRY/simple PIP_TRUSTED_HOST=127.0.0.1 PIP_DISABLE_PIP_VERSION_CHECK=1\n'
const GO: Files = {
  'go.mod': 'module example.org/app\n\ngo 1.19\n\nrequire example.org/dep v1.0.0\n',
  'main.go': 'package main\n\nimport _ "example.org/dep"\n\nfunc main() {}\n',
}
/** As Yarn 2 and later write manifests: what is not so is written anew by an install. */
function layOut(files: Files): Files {
  const isManifest = (path: string) => path.endsWith('package.json')
  const laidOut = Object.entries(files).map(([path, text]) => {
    if (!isManifest(path)) return [path, text]
    const root = JSON.parse(text) as {dependencies?: Record<string, string>}
    const {dependencies} = root
    if (dependencies !== undefined)
      root.dependencies = Object.fromEntries(Object.entries(dependencies).sort())
    return [path, `${JSON.stringify(root, null, 2)}\n`]
  })
  return Object.fromEntries(laidOut) as Files
}
const ONLY = ['install-after-source']
/** A project of Mix, always the same commit. */
const GIT_REPOSITORY = `RUN mkdir -p /srv/dep/lib && cd /srv/dep && git init -q . && echo 'defmodule Dep.MixProject do use Mix.Project; def project, do: [app: :dep, version: "1.0.0"] end' > mix.exs && echo 'defmodule Dep do def value, do: 1 end' > lib/dep.ex && git add . && GIT_AUTHOR_DATE=@1700000000 GIT_COMMITTER_DATE=@1700000000 git -c user.name=a -c user.email=a@b commit -qm a
`

/** Two modules; their packages and plugins are those of Debian, in the place of the local repository. */
const MAVEN: Files = {
  'pom.xml':
    '<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>root</artifactId><version>1</version><packaging>pom</packaging><modules><module>lib</module><module>dist</module></modules><build><pluginManagement><plugins><plugin><artifactId>maven-site-plugin</artifactId><version>3.12.1</version></plugin></plugins></pluginManagement></build></project>\n',
  ...Object.fromEntries(
    ['lib', 'dist'].flatMap((name) => [
      [
        `${name}/pom.xml`,
        `<project><modelVersion>4.0.0</modelVersion><parent><groupId>g</groupId><artifactId>root</artifactId><version>1</version></parent><artifactId>${name}</artifactId><dependencies><dependency><groupId>commons-io</groupId><artifactId>commons-io</artifactId><version>2.11.0</version></dependency></dependencies></project>\n`,
      ],
      [`${name}/src/main/java/A.java`, 'class A {}\n'],
    ]),
  ),
  '.mvn/maven.config': '-ntp\n',
}
const MAVEN_SETTINGS =
  'RUN mkdir -p /root/.m2 && echo "<settings><localRepository>/usr/share/maven-repo</localRepository><offline>true</offline></settings>" > /root/.m2/settings.xml\n'
/** A file is made anew by the patch. */
const PATCH =
  'diff --git a/patched.js b/patched.js\nnew file mode 100644\nindex 0000000..d00491f\n--- /dev/null\n+++ b/patched.js\n@@ -0,0 +1 @@\n+1\n'

export const PROJECTS: readonly RewriteProject[] = [
  {
    title: 'mvn dependency:go-offline with modules',
    needs: 'mvn',
    files: MAVEN,
    before: MAVEN_SETTINGS,
    dockerfile: 'WORKDIR /app\nCOPY . .\nRUN mvn -B dependency:go-offline\nRUN ls lib/src > listed\n',
    results: ['/app', '/usr/share/maven-repo/commons-io'],
    rules: ONLY,
  },
  {
    title: 'pnpm with a patch, workspaces at any depth, and a script that ends at its first error',
    needs: 'pnpm',
    files: {
      ...NODE,
      'package.json':
        '{"name": "app", "version": "1.0.0", "private": true, "dependencies": {"dep": "1.0.0"}, "pnpm": {"onlyBuiltDependencies": [], "patchedDependencies": {"dep@1.0.0": "patches/dep.patch"}}}',
      'pnpm-workspace.yaml': "packages:\n  - 'packages/**'\n",
      'patches/dep.patch': PATCH,
      'packages/a/test/b/package.json': '{"name": "b", "version": "1.0.0", "dependencies": {"dep": "1.0.0"}}',
      'packages/a/test/b/build.js': 'require("fs").writeFileSync("out.js", "1")\n',
      'packages/dist/package.json': '{"name": "c", "version": "1.0.0"}',
    },
    lock: {command: 'pnpm install --lockfile-only', file: 'pnpm-lock.yaml'},
    dockerfile:
      'WORKDIR /app\nCOPY . ./\nRUN set -ex; \\\n    pnpm install --frozen-lockfile --reporter append-only; \\\n    node packages/a/test/b/build.js\n',
    results: ['/app'],
    rules: ONLY,
  },
  {
    title: 'npm ci',
    needs: 'npm',
    files: NODE,
    lock: {command: 'npm install --package-lock-only', file: 'package-lock.json'},
    dockerfile:
      'WORKDIR /app\nCOPY . .\nRUN chmod +x src/app.js && touch src/.env\nRUN npm ci\nCMD ["node", "src/app.js"]\n',
    results: ['/app'],
    rules: ONLY,
  },
  {
    title: 'npm ci in workspaces, with another user and a build',
    needs: 'npm',
    files: {...WORKSPACES, 'packages/a/build.js': 'require("fs").writeFileSync("out.js", "1")\n'},
    lock: {command: 'npm install --package-lock-only', file: 'package-lock.json'},
    dockerfile:
      'WORKDIR /app\nRUN chown 1000:1000 /app\nENV HOME=/tmp\nCOPY --chown=1000:1000 . .\nUSER 1000\nRUN npm ci --omit=dev && node packages/a/build.js\n',
    results: ['/app', '/tmp'],
    rules: ONLY,
  },
  {
    title: 'npm with sources beside the manifests, and a directory of the project',
    needs: 'npm',
    files: Object.fromEntries(Object.entries(NODE).map(([path, text]) => [`web/${path}`, text])),
    lock: {command: 'cd web && npm install --package-lock-only', file: 'web/package-lock.json'},
    dockerfile:
      'USER root\nCOPY . /srv\nWORKDIR /srv/web\nENV NODE_ENV=production\nRUN npm ci\nRUN node src/app.js\n',
    results: ['/srv'],
    rules: ONLY,
  },
  {
    title: 'Yarn 1',
    needs: 'yarn',
    files: {...WORKSPACES, '.yarnrc': 'registry "REGISTRY"\n'},
    lock: {command: 'yarn install --ignore-scripts', file: 'yarn.lock'},
    dockerfile:
      'WORKDIR /app\nCOPY . .\nRUN yarn install --frozen-lockfile --non-interactive --ignore-scripts\n',
    results: ['/app'],
    rules: ONLY,
  },
  {
    title: 'Yarn 4',
    needs: 'yarn4',
    files: {
      ...layOut(WORKSPACES),
      'package.json': layOut(WORKSPACES)['package.json']!.replace(
        '"private"',
        '"packageManager": "yarn@4.18.1",\n  "private"',
      ),
      '.yarnrc.yml':
        'nodeLinker: node-modules\nenableTelemetry: false\nnpmRegistryServer: "REGISTRY"\nunsafeHttpWhitelist:\n  - 127.0.0.1\n',
    },
    lock: {command: 'yarn4 install', file: 'yarn.lock'},
    dockerfile:
      'RUN ln -s /opt/bin/yarn4 /usr/local/bin/yarn\nWORKDIR /app\nCOPY . .\nRUN yarn install --immutable\n',
    results: ['/app'],
    rules: ONLY,
  },
  {
    title: 'pnpm',
    needs: 'pnpm',
    files: {
      ...WORKSPACES,
      'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
      'package.json': NODE['package.json']!.replace(
        '"private"',
        '"pnpm": {"onlyBuiltDependencies": []}, "private"',
      ),
      'packages/a/package.json':
        '{"name": "a", "version": "1.0.0", "dependencies": {"dep": "1.0.0", "b": "workspace:*"}}',
    },
    lock: {command: 'pnpm install --lockfile-only', file: 'pnpm-lock.yaml'},
    dockerfile: 'WORKDIR /app\nCOPY . .\nRUN pnpm install --frozen-lockfile\n',
    results: ['/app'],
    rules: ONLY,
  },
  {
    title: 'Bun',
    needs: 'bun',
    files: WORKSPACES,
    lock: {command: 'bun install --lockfile-only', file: 'bun.lock'},
    dockerfile: 'WORKDIR /app\nCOPY . .\nRUN bun install --frozen-lockfile\n',
    results: ['/app'],
    rules: ONLY,
  },
  {
    title: 'pip with lists in two directories',
    needs: 'pip3',
    files: {
      'requirements.txt': '-r api/base.txt\n',
      'api/base.txt': 'dep==1.0.0\n',
      'api/app.py': 'import dep\n',
    },
    dockerfile: `${PIP}WORKDIR /app\nCOPY . .\nRUN pip3 install --break-system-packages --no-cache-dir -r requirements.txt\nWORKDIR /app/api\nRUN python3 app.py\n`,
    results: ['/app'],
    rules: ONLY,
  },
  {
    title: 'pip in a virtual environment, named twice, with a user of the system between',
    needs: 'pip3',
    files: {'requirements.txt': 'dep\n', 'app.py': 'import dep\n'},
    dockerfile: `${PIP}USER root\nCOPY . /srv/app\nWORKDIR /srv/app\nRUN useradd --uid 1234 app\nRUN /opt/venv/bin/pip install -r requirements.txt\nRUN /opt/venv/bin/pip install dep\nRUN /opt/venv/bin/python app.py\n`,
    results: ['/srv', '/opt/venv', '/etc'],
    rules: [...ONLY, 'double-install'],
  },
  {
    title: 'go mod download',
    needs: 'go',
    files: GO,
    lock: {command: 'go mod tidy', file: 'go.sum'},
    dockerfile:
      'ENV GOPROXY=REGISTRY/go GOSUMDB=off GOFLAGS=-mod=readonly\nWORKDIR /src\nCOPY . .\nRUN go mod download\nRUN go build -o /app .\n',
    results: ['/src', '/app'],
    rules: ONLY,
  },
  {
    title: 'go mod download with a module of the project',
    needs: 'go',
    files: {
      ...GO,
      'go.mod': `${GO['go.mod']}\nrequire example.org/own v0.0.0\n\nreplace example.org/own => ./own\n`,
      'own/go.mod': 'module example.org/own\n\ngo 1.19\n',
      'own/own.go': 'package own\n',
      'main.go':
        'package main\n\nimport (\n\t_ "example.org/dep"\n\t_ "example.org/own"\n)\n\nfunc main() {}\n',
    },
    lock: {command: 'go mod tidy', file: 'go.sum'},
    dockerfile:
      'ENV GOPROXY=REGISTRY/go GOSUMDB=off\nWORKDIR /src\nCOPY . .\nRUN go mod download && go build -o /app .\n',
    results: ['/src', '/app'],
    rules: ONLY,
  },
  {
    title: 'Bundler',
    needs: 'bundle',
    files: {
      Gemfile: 'source "https://rubygems.org"\ngem "rake"\n',
      'app.rb': 'require "rake"\n',
      'lib/a.rb': '1\n',
    },
    lock: {command: 'bundle lock --local', file: 'Gemfile.lock'},
    dockerfile:
      'ENV BUNDLE_FROZEN=true\nWORKDIR /app\nCOPY . .\nRUN bundle install --local\nRUN bundle exec ruby app.rb\n',
    results: ['/app', '/var/lib'],
    rules: ONLY,
  },
  {
    title: 'Composer',
    needs: 'composer',
    files: {
      'composer.json':
        '{"name": "test/app", "require": {"test/dep": "1.0.0"}, "repositories": [{"type": "composer", "url": "REGISTRY"}, {"packagist.org": false}], "config": {"secure-http": false}, "autoload": {"psr-4": {"App\\\\": "src/"}}}',
      'src/A.php': '<?php namespace App; class A {}\n',
    },
    lock: {command: 'COMPOSER_ALLOW_SUPERUSER=1 composer update --no-install -n', file: 'composer.lock'},
    dockerfile:
      'ENV COMPOSER_ALLOW_SUPERUSER=1\nWORKDIR /app\nCOPY . .\nRUN composer install --no-interaction --no-dev\n',
    results: ['/app'],
    rules: ONLY,
  },
  {
    title: 'Poetry',
    needs: 'poetry',
    files: {
      'pyproject.toml':
        '[tool.poetry]\nname = "app"\nversion = "1.0.0"\ndescription = ""\nauthors = []\npackages = [{include = "app"}]\n\n[tool.poetry.dependencies]\npython = "^3.9"\n\n[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n',
      'app/__init__.py': '1\n',
    },
    lock: {command: 'poetry lock -n', file: 'poetry.lock'},
    dockerfile:
      'ENV POETRY_VIRTUALENVS_CREATE=false\nWORKDIR /app\nCOPY . .\nRUN poetry install --no-root --no-interaction\n',
    results: ['/app'],
    rules: ONLY,
  },
  {
    title: 'Pipenv, into the system',
    needs: 'pipenv',
    before: 'ENV PIP_BREAK_SYSTEM_PACKAGES=1\n',
    files: {
      Pipfile:
        '[[source]]\nurl = "REGISTRY/simple"\nverify_ssl = false\nname = "local"\n\n[packages]\ndep = "==1.0.0"\n',
      'app/main.py': 'import dep\n',
      'setup.cfg': '[metadata]\n',
    },
    lock: {command: 'pipenv lock', file: 'Pipfile.lock'},
    dockerfile: 'WORKDIR /app\nCOPY . .\nRUN pipenv install --system --deploy\nRUN python3 app/main.py\n',
    results: ['/app'],
    rules: ONLY,
  },
  {
    title: 'Mix with a dependency from a repository',
    needs: 'mix',
    before: `${GIT_REPOSITORY}ENV MIX_ENV=prod MIX_HOME=/opt/mix\n`,
    files: {
      'mix.exs':
        'defmodule App.MixProject do\n  use Mix.Project\n  def project, do: [app: :app, version: "1.0.0", deps: [{:dep, git: "/srv/dep"}]]\nend\n',
      'lib/app.ex': 'defmodule App do\n  def value, do: Dep.value()\nend\n',
    },
    lock: {command: 'mix deps.get', file: 'mix.lock'},
    dockerfile:
      'WORKDIR /app\nCOPY . .\nRUN mix deps.get --check-locked && mix deps.compile\nRUN mix compile\n',
    results: ['/app'],
    rules: ONLY,
  },
  {
    title: 'Cargo, with what it has built removed too late',
    needs: 'cargo',
    files: {
      'Cargo.toml':
        '[package]\nname = "app"\nversion = "1.0.0"\nedition = "2021"\n\n[dependencies]\ndep = {path = "dep"}\n',
      'src/main.rs': 'fn main() {\n    println!("{}", dep::VALUE);\n}\n',
      'dep/Cargo.toml': '[package]\nname = "dep"\nversion = "1.0.0"\nedition = "2021"\n',
      'dep/src/lib.rs': 'pub const VALUE: u8 = 1;\n',
    },
    lock: {command: 'cargo generate-lockfile --offline', file: 'Cargo.lock'},
    dockerfile:
      'WORKDIR /src\nCOPY . .\nRUN cargo build --offline --locked --release --target-dir /var/tmp/target && cp /var/tmp/target/release/app /usr/local/bin/app\nRUN rm -rf /var/tmp/target\n',
    results: ['/src', '/var/tmp'],
    rules: ['late-cleanup'],
  },
  {
    title: 'files that a later RUN removes',
    needs: 'sh',
    files: {'a.txt': 'a\n'},
    dockerfile: 'RUN mkdir -p /srv/x/big && echo 1 > /srv/x/big/a\nRUN rm -rf /srv/x/big\nCOPY a.txt /\n',
    results: ['/srv'],
    rules: ['late-cleanup'],
  },
]
