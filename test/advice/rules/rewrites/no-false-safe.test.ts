/** Dockerfiles that a change would break, or change the image of, though it looks like one of a safe kind. */
import assert from 'node:assert/strict'
import {rewritesOf} from './rewrites-of.js'

interface Trap {
  title: string
  /** Behind FROM. */
  lines: readonly string[]
  contents?: Readonly<Record<string, string>>
  /** Besides the files with contents. */
  tree?: readonly string[]
}

const NODE = {'package.json': '{"name": "a"}', 'package-lock.json': '{}', 'a.js': ''}
const PIP = {'requirements.txt': 'dep==1.0.0\nother\n', 'app.py': ''}

/** An install behind the source: what stands before it, and what the project has besides. */
function install(
  title: string,
  before: readonly string[],
  tree: readonly string[] = [],
  contents: Readonly<Record<string, string>> = {},
): Trap {
  return {
    title,
    lines: ['WORKDIR /app', 'COPY . .', ...before, 'RUN npm ci'],
    tree,
    contents: {...NODE, ...contents},
  }
}

/** Two installs with pip, and what stands between or in the first. */
function twice(title: string, ...first: readonly string[]): Trap {
  return {title, lines: ['COPY requirements.txt .', ...first, 'RUN pip install dep'], contents: PIP}
}

const PIP_ALL = 'RUN pip install -r requirements.txt'

const TRAPS: readonly Trap[] = [
  install('a certificate of the project', ['ENV NODE_EXTRA_CA_CERTS=/app/certs/ca.pem'], ['certs/ca.pem']),
  install('settings of Git in the project', ['ENV GIT_CONFIG_GLOBAL=/app/.gitconfig'], ['.gitconfig']),
  install('a program of the project on the PATH', ['ENV PATH=/app/tools:$PATH'], ['tools/node']),
  install('a relative directory on the PATH', ['ENV PATH=./bin:$PATH'], ['bin/npm']),
  install('settings by a plain name', ['ENV NPM_CONFIG_USERCONFIG=npmrc'], ['npmrc']),
  install('a script that each shell reads', ['ENV BASH_ENV=/app/env.sh'], ['env.sh']),
  install('a shell with a file', ['SHELL ["/bin/bash", "--rcfile", "/app/env.sh", "-ic"]'], ['env.sh']),
  install('a package of the system in the project', ['RUN apt-get install -y /app/x.deb'], ['x.deb']),
  install('what a source package needs', ['RUN apt-get build-dep -y .'], ['debian/control']),
  install('settings of apt in the project', ['RUN apt-get -c /app/apt.conf install -y curl'], ['apt.conf']),
  install('a list of repositories', ['RUN apt-get -o Dir::Etc::sourcelist=/app/a.list update'], ['a.list']),
  install('a repository in the project', ['RUN apk add --repository /app/repo x'], ['repo/x']),
  ...[
    'apt-get -c apt.conf install -y curl',
    'apt-get --config-file=apt.conf install -y curl',
    'apt-get -o Dir::Etc::sourcelist=a.list update',
    'apt-get -o Acquire::https::CaInfo=ca.pem update',
    'apk add --repository packages/x86_64 x',
    'apk add -Xpackages x',
    'apk add --keys-dir keys x',
    'apk add --repositories-file repositories x',
    'dnf -c dnf.conf install -y x',
    'dnf --setopt=reposdir=repos install -y x',
    'gem install rake --source gems',
    'useradd -m -k skel u',
    'useradd --skel=skel u',
    'npm install -g turbo --cafile ca.pem',
    'npm install -g turbo --prefix tools',
  ].map((call) => install(`a relative path: ${call}`, [`RUN ${call}`])),
  {
    title: 'a name that gets another number behind the copy',
    lines: ['WORKDIR /app', 'COPY --chown=node:node . .', 'RUN usermod -u 1001 node', 'RUN npm ci'],
    contents: NODE,
  },
  {
    title: 'a group that gets another number behind the copy, with packages of the system',
    lines: [
      'WORKDIR /app',
      'COPY --chown=0:node . .',
      'RUN groupmod -g 1001 node && apt-get install -y gcc',
      'RUN make',
    ],
    contents: NODE,
  },
  install('a module of the project', ['RUN python3 -m venv /opt/venv'], ['venv.py']),
  install('an environment in the project', ['RUN python3 -m venv env'], ['env/a']),
  install('a gem that is made of the project', ['RUN gem build a.gemspec'], ['a.gemspec']),
  install('a gem at hand', ['RUN gem install foo'], ['foo-1.0.gem']),
  install('an owner like that of a file', ['RUN mkdir /x && chown --reference=/app/a.js /x']),
  install('a home in the project', ['RUN useradd -m -d/app u']),
  install(
    'settings that the copy would overwrite',
    ['RUN bundle config set --local a b'],
    ['.bundle/config'],
  ),
  install('settings behind a link', [], ['.npmrc -> conf/npmrc', 'conf/npmrc']),
  install(
    'settings that come from another name',
    ['COPY .npmrc.docker ./.npmrc'],
    ['.npmrc.docker', '.npmrc'],
  ),
  install('a directory of the packages above', ['WORKDIR /app/a'], [], {
    'package.json': '{"workspaces": ["a"]}',
    'a/package.json': '{}',
    'a/package-lock.json': '{}',
  }),
  {
    title: 'settings behind a link that was made before',
    lines: ['RUN ln -s /app/conf/npmrc /root/.npmrc', 'WORKDIR /app', 'COPY . .', 'RUN npm ci'],
    contents: NODE,
    tree: ['conf/npmrc'],
  },
  install('settings that name another file', ['RUN npm config set cafile /app/ca.pem'], ['ca.pem']),
  install('directories that anybody may write', ['USER 1001'], ['packages/a/ (mode 777)'], {
    'package.json': '{"workspaces": ["packages/*"]}',
    'packages/a/package.json': '{}',
  }),
  {
    title: 'another file of modules',
    lines: ['WORKDIR /app', 'COPY . .', 'RUN go env -w GOFLAGS=-modfile=alt.mod', 'RUN go mod download'],
    contents: {'go.mod': 'module a\n\ngo 1.22\n', 'main.go': '', 'alt.mod': ''},
  },
  {
    title: 'a constraint in settings that are copied before',
    lines: ['COPY docker/pip.conf /etc/pip.conf', 'WORKDIR /app', 'COPY . .', PIP_ALL],
    contents: {...PIP, 'docker/pip.conf': '[install]\nconstraint = /app/c.txt\n'},
    tree: ['c.txt'],
  },
  {
    title: 'a constraint in settings that are written before',
    lines: ['RUN pip config set global.constraint /app/c.txt', 'WORKDIR /app', 'COPY . .', PIP_ALL],
    contents: PIP,
    tree: ['c.txt'],
  },
  {
    title: 'settings of Bundler, which lie in the project where there is one',
    lines: [
      'WORKDIR /app',
      'ENV BUNDLE_FROZEN=true',
      'COPY . .',
      'RUN bundle config set path vendor/bundle',
      'RUN bundle install',
    ],
    contents: {Gemfile: 'source "https://rubygems.org"\ngem "rake"\n', 'Gemfile.lock': '', 'a.rb': ''},
  },
  {
    title: 'a repository of Maven in the project',
    lines: ['WORKDIR /app', 'COPY . .', 'RUN mvn -Dmaven.repo.local=repo dependency:go-offline'],
    contents: {'pom.xml': '<project></project>'},
    tree: ['repo/a.jar', 'A.java'],
  },
  ...[
    'apply(File, :read!, ["V"])',
    '(m = File; m.read!("V"))',
    'Mix.shell().cmd("cat V")',
    ':prim_file.read_file("V")',
  ].map(
    (call): Trap => ({
      title: `a version by ${call}`,
      lines: ['WORKDIR /app', 'COPY . .', 'RUN mix deps.get --check-locked'],
      contents: {
        'mix.exs': `defmodule A.MixProject do\n  use Mix.Project\n  def project, do: [app: :a, version: ${call}]\nend\n`,
        'mix.lock': '%{}\n',
        V: '1.0.0',
        'lib/a.ex': '',
      },
    }),
  ),
  {
    title: 'a constraint on packages by name',
    lines: ['WORKDIR /app', 'ENV PIP_CONSTRAINT=/app/c.txt', 'COPY . .', 'RUN pip install gunicorn'],
    contents: PIP,
    tree: ['c.txt'],
  },
  {
    title: 'wheels of the project',
    lines: ['WORKDIR /app', 'ENV PIP_FIND_LINKS=wheels', 'COPY . .', PIP_ALL],
    contents: PIP,
    tree: ['wheels/a.whl'],
  },
  {
    title: 'an index of the project',
    lines: ['WORKDIR /app', 'ENV PIP_INDEX_URL=file:///app/simple', 'COPY . .', PIP_ALL],
    contents: PIP,
    tree: ['simple/a.html'],
  },
  {
    title: 'modules that lie in the project',
    lines: ['WORKDIR /app', 'ENV GOPROXY=file:///app/proxy,off', 'COPY . .', 'RUN go mod download'],
    contents: {'go.mod': 'module a\n\ngo 1.22\n', 'main.go': ''},
    tree: ['proxy/x'],
  },
  {
    title: 'a home of Go that is the project',
    lines: ['WORKDIR /app', 'ENV GOPATH=/app', 'COPY . .', 'RUN go mod download'],
    contents: {'go.mod': 'module a\n\ngo 1.22\n', 'main.go': ''},
    tree: ['pkg/mod/x'],
  },
  {
    title: 'settings of Maven by a variable',
    lines: ['WORKDIR /app', 'ENV MAVEN_ARGS="-s /app/s.xml"', 'COPY . .', 'RUN mvn dependency:go-offline'],
    contents: {'pom.xml': ''},
    tree: ['s.xml', 'A.java'],
  },
  {
    title: 'a server that lays its page where there is none',
    lines: ['COPY . /var/www/html', 'RUN apt-get update && apt-get install -y nginx'],
    tree: ['index.html'],
  },
  twice('an install without what the packages need', 'RUN pip install --no-deps -r requirements.txt'),
  twice('an install to elsewhere', 'RUN pip install --target /x -r requirements.txt'),
  twice('an install to elsewhere by a variable', 'RUN PIP_TARGET=/x pip install -r requirements.txt'),
  twice('an install into an environment', 'RUN . /opt/venv/bin/activate && pip install -r requirements.txt'),
  twice('an install that may fail', 'RUN pip install -r requirements.txt || true'),
  twice('an install whose error is lost', 'RUN pip install -r requirements.txt; echo done'),
  twice('an install by another user', 'RUN su u -c "pip install -r requirements.txt"'),
  twice('a list without the package', 'RUN sed -i /dep/d requirements.txt', PIP_ALL),
  twice('a package that is taken away', PIP_ALL, 'RUN pip uninstall -y dep'),
  twice('packages that are removed', PIP_ALL, 'RUN rm -rf /usr/local/lib/python3.11'),
  twice('packages that are copied over', PIP_ALL, 'COPY --from=python:3 /usr/local /usr/local'),
  twice('an install that breaks what a package needs', PIP_ALL, 'RUN pip install another'),
  twice('a script that may take packages away', PIP_ALL, 'RUN ./strip.sh'),
  twice('settings of pip', PIP_ALL, 'COPY pip.conf /etc/pip.conf'),
  twice('settings of pip by a call', 'RUN pip config set global.upgrade true', PIP_ALL),
  twice('another Python', PIP_ALL, 'RUN python3 -m venv /opt/v'),
  {
    title: 'a marker on the next line',
    lines: ['COPY requirements.txt .', PIP_ALL, 'RUN pip install dep'],
    contents: {'requirements.txt': 'dep==1.0.0 \\\n  ; python_version < "3"\n'},
  },
  {
    title: 'an upgrade by a variable',
    lines: ['ENV PIP_UPGRADE=1', 'COPY requirements.txt .', PIP_ALL, 'RUN pip install dep'],
    contents: PIP,
  },
  {
    title: 'patterns that match more behind the other script',
    lines: ['SHELL ["/bin/bash", "-c"]', 'RUN shopt -s dotglob && mkdir -p /tmp/x', 'RUN rm -rf /tmp/x/*'],
  },
  {
    title: 'an exit behind another word',
    lines: ['RUN mkdir -p /tmp/x; command exit 0; touch /tmp/y', 'RUN rm -rf /tmp/x'],
  },
  {
    title: 'a function in the place of rm',
    lines: ['RUN rm() { echo no; }; mkdir -p /tmp/x', 'RUN rm -rf /tmp/x'],
  },
  {
    title: 'a cache that is elsewhere in the other script',
    lines: ['RUN export npm_config_cache=/c && npm install -g dep', 'RUN npm cache clean --force'],
  },
  {
    title: 'settings that come between',
    lines: ['WORKDIR /app', 'RUN npm install -g dep', 'COPY .npmrc .', 'RUN npm cache clean --force'],
    tree: ['.npmrc'],
  },
  {
    title: 'a copy through a link to what is removed',
    lines: [
      'RUN mkdir -p /opt/x && touch /opt/x/y && ln -s /opt/x /srv/x',
      'COPY a /srv/x/',
      'RUN rm -rf /opt/x',
    ],
    tree: ['a'],
  },
  {
    title: 'a copy to the directory behind a link',
    lines: ['RUN mkdir -p /var/run/a && touch /var/run/a/x', 'COPY a /run/a/', 'RUN rm -rf /var/run/a'],
    tree: ['a'],
  },
]

describe('a change that is not proved', () => {
  for (const {title, lines, contents = {}, tree = []} of TRAPS) {
    it(`is not safe with ${title}`, () => {
      const rewrites = rewritesOf({
        dockerfile: `FROM debian\n${lines.join('\n')}\n`,
        tree: [...Object.keys(contents), ...tree],
        contents,
      })
      const rules = /^(?:install-after-source|late-cleanup|double-install)$/
      assert.deepEqual(
        rewrites.filter(({rule, confidence}) => rules.test(rule) && confidence === 'safe'),
        [],
      )
    })
  }
})
