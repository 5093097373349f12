import type {Project} from './suggest.js'

const GIT = {'.git/HEAD': 'ref: refs/heads/main', '.git/objects/pack/a.pack': 5_000_000}
const PACKAGES = {'node_modules/.package-lock.json': 200, 'node_modules/react/package.json': 90_000}

/** What each project must get: `confidence pattern | words of the reason`. */
export interface Expectation extends Project {
  title: string
  expected: readonly string[]
}

function only(text: string): Record<string, string> {
  return {Dockerfile: text}
}

function makeMember(directory: string, bytes: number): Record<string, string | number> {
  return {[`${directory}/package.json`]: '{}', [`${directory}/node_modules/.package-lock.json`]: bytes}
}

function manyMembers(directory: string, count: number): Record<string, string | number> {
  return Object.assign(
    {},
    ...Array.from({length: count}, (_, at) => makeMember(`${directory}/m${at}`, 90_000)),
  )
}

/** A monorepo where a Python build copies all of the context, and with it what only the build of `web` makes and uses. */
function monorepoRows(): Expectation[] {
  const tree = {
    'web/package.json': '{"scripts": {"build": "next build"}}',
    'web/node_modules/.package-lock.json': 200,
    'web/node_modules/react/package.json': 90_000,
    'web/.next/server/app.js': 700_000,
    'job/pyproject.toml': '[project]',
  }
  const web = 'FROM node:22\nWORKDIR /app\nCOPY web .\nRUN npm ci && npm run build\nCMD ["npm", "start"]'
  const job = 'FROM docker.io/library/python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install ./job'
  const start = 'CMD ["python", "-m", "job"]'
  const make = (title: string, dockerfiles: Record<string, string>, expected: string[]): Expectation => ({
    title: `a monorepo: ${title}`,
    tree,
    dockerfiles,
    expected,
  })
  const asked = (question: string): string[] => [
    `review **/.next | ${question}`,
    `review **/node_modules | ${question}`,
  ]
  const unused = [
    'safe **/.next | no program in the images that get it reads it',
    'safe **/node_modules | no program in the images that get it reads it',
  ]
  const ready = 'FROM node:22\nWORKDIR /app\nCOPY web/.next /app/.next\nCOPY web /app\nRUN npm ci'
  const own = 'FROM node:22\nWORKDIR /app\nCOPY web/package.json .\nRUN npm ci\nCOPY web/.next /app/.next'
  const both = (text: string, other = web): Record<string, string> => ({
    'web/Dockerfile': other,
    'job/Dockerfile': text,
  })
  return [
    make('what one build makes, the other has no program for', both(`${job}\n${start}`), [
      'safe **/.next | recreates it (web/Dockerfile:4)',
      'safe **/node_modules | recreates it (web/Dockerfile:4)',
    ]),
    make(
      'nobody recreates it, and nobody has a program for it',
      {'job/Dockerfile': `${job}\n${start}`},
      unused,
    ),
    make(
      'the other installs Node.js',
      both(`${job}\nRUN apt-get install -y nodejs\n${start}`),
      asked('do they?'),
    ),
    make(
      'the other brings Node.js along',
      both(`${job}\nCOPY --from=node:22 /usr/local /usr/local`),
      asked('do they?'),
    ),
    make(
      'the other serves the directory',
      both(`${job}\nCMD ["python", "-m", "http.server", "-d", "web"]`),
      asked('copies it, too: is it used there?'),
    ),
    make(
      'the other works in the directory',
      both(`${job}\nRUN cd web && python x.py\n${start}`),
      asked('does python x.py use it?'),
    ),
    make(
      'the other is made from an image that nobody knows',
      both(job.replace('python:', 'acme:')),
      asked('it is not known what docker.io/library/acme:3.12-slim starts: does that use it?'),
    ),
    make(
      'the other copies the directory by name',
      both(`${job}\nCOPY ./web /srv\n${start}`),
      asked('names web'),
    ),
    make('one build takes it ready-made, the other has no program for it', both(`${job}\n${start}`, ready), [
      'safe **/node_modules | recreates it (web/Dockerfile:5)',
      'blocked **/.next | COPY web/.next /app/.next names it (web/Dockerfile:3)',
    ]),
    make('one build installs its own, the other has no program for it', both(`${job}\n${start}`, own), [
      'safe **/node_modules | no program in the images that get it reads it',
      'blocked **/.next | COPY web/.next /app/.next names it (web/Dockerfile:5)',
    ]),
    make(
      'a third one needs it',
      {...both(`${job}\n${start}`), 'x/Dockerfile': 'FROM node\nCOPY . .'},
      asked('it is not known what runs in it'),
    ),
  ]
}

export const PROJECTS: readonly Expectation[] = [
  {
    title: 'Next.js app',
    tree: {
      ...GIT,
      ...PACKAGES,
      'package.json': '{"scripts": {"build": "next build"}}',
      'package-lock.json': 9000,
      '.next/server/app.js': 700_000,
      'app/page.tsx': 20_000,
    },
    dockerfiles: only(`FROM node:22 AS deps
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
FROM node:22 AS builder
WORKDIR /app
COPY --from=deps /app/node_modules ./node_modules
COPY . .
RUN npm run build
FROM node:22
COPY --from=builder /app/.next/standalone ./
CMD ["node", "server.js"]`),
    expected: [
      'safe .git | no step and no program of the image uses Git',
      'safe .next | RUN npm run build recreates it (Dockerfile:9)',
      'safe **/node_modules | COPY --from=deps /app/node_modules ./node_modules adds it (Dockerfile:7)',
    ],
  },
  {
    title: 'FastAPI app with a virtual environment of any name',
    tree: {
      'requirements.txt': 'fastapi',
      'app/main.py': 30_000,
      'app/__pycache__/main.cpython-312.pyc': 30_000,
      'myenv/pyvenv.cfg': 'home = /usr/bin',
      'myenv/lib/python3.12/site-packages/fastapi/__pycache__/a.cpython-312.pyc': 400_000,
      '.env': 'TOKEN=1',
    },
    dockerfiles: only(`FROM python:3.12
WORKDIR /code
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
CMD ["uvicorn", "app.main:app"]`),
    expected: [
      'safe **/__pycache__ | no COPY names it',
      'safe myenv | RUN pip install --no-cache-dir -r requirements.txt creates its own (Dockerfile:4), and nothing reads this one',
      'review .env | COPY . . (Dockerfile:5) copies it',
    ],
  },
  {
    title: 'FastAPI app that runs from the copied virtual environment',
    tree: {'app/main.py': 100, 'myenv/pyvenv.cfg': 'home', 'myenv/lib/a.py': 400_000},
    dockerfiles: only(`FROM python:3.12
WORKDIR /code
COPY . .
RUN pip install -r requirements.txt
CMD ["myenv/bin/uvicorn", "app.main:app"]`),
    expected: ['review myenv | names it, and nothing creates it there'],
  },
  {
    title: 'Rust workspace',
    tree: {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]',
      'crates/target/Cargo.toml': '[package]',
      'crates/target/src/lib.rs': 40_000,
      'target/.rustc_info.json': '{}',
      'target/debug/app': 9_000_000,
    },
    dockerfiles: only(`FROM rust:1
WORKDIR /src
COPY . .
RUN cargo build --release`),
    expected: ['safe /target | RUN cargo build --release recreates it (Dockerfile:4)'],
  },
  {
    title: 'Rails app',
    tree: {
      Gemfile: 'gem "rails"',
      'config/application.rb': 100,
      'config.ru': 10,
      'bin/rails': 100,
      'vendor/bundle/ruby/3.3.0/gems/rails/a.rb': 900_000,
      'log/development.log': 800_000,
      'tmp/cache/bootsnap/a': 700_000,
      'public/assets/.sprockets-manifest-1.json': 600_000,
      'config/master.key': '0123456789abcdef0123456789abcdef',
    },
    opened: ['config/master.key'],
    dockerfiles: only(`FROM ruby:3.3
WORKDIR /rails
COPY Gemfile ./
RUN bundle install
COPY . .
RUN SECRET_KEY_BASE_DUMMY=1 ./bin/rails assets:precompile`),
    expected: [
      'safe vendor/bundle | RUN bundle install recreates it (Dockerfile:4)',
      'safe **/*.log | no COPY names it',
      'safe tmp/cache | no COPY names it',
      'safe public/assets | RUN ./bin/rails assets:precompile recreates it (Dockerfile:6)',
      'review config/master.key | does the program read it',
    ],
  },
  {
    title: 'Go service that stamps its version from Git',
    tree: {...GIT, 'go.mod': 'module a', 'main.go': 9000},
    dockerfiles: only(`FROM golang:1.24
WORKDIR /src
COPY . .
RUN go build -ldflags "-X main.version=$(git describe --tags)" -buildvcs=false -o /bin/a .`),
    expected: [
      'blocked .git | git describe --tags reads the repository (Dockerfile:4 RUN git describe --tags)',
    ],
  },
  {
    title: 'Go service with the stamp of Go itself',
    tree: {...GIT, 'go.mod': 'module a', 'main.go': 9000},
    dockerfiles: only('FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build -o /bin/a .'),
    expected: ['review .git | -buildvcs=false leaves it out'],
  },
  {
    title: 'Go service without a stamp',
    tree: {...GIT, 'go.mod': 'module a', 'main.go': 9000},
    dockerfiles: only('FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build -buildvcs=false -o /bin/a .'),
    expected: ['safe .git | no step and no program of the image uses Git'],
  },
  {
    title: 'Python package with setuptools-scm',
    tree: {...GIT, 'pyproject.toml': '[build-system]\nrequires = ["setuptools-scm>=8"]', 'src/a.py': 5000},
    dockerfiles: only('FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install .'),
    expected: [
      'blocked .git | pyproject.toml uses setuptools-scm, which reads .git (Dockerfile:4 RUN pip install .)',
    ],
  },
  {
    title: 'Python package that may be told its version',
    tree: {...GIT, 'pyproject.toml': '[build-system]\nrequires = ["setuptools-scm>=8"]', 'src/a.py': 5000},
    dockerfiles: only(
      'FROM python:3.12\nARG SETUPTOOLS_SCM_PRETEND_VERSION\nWORKDIR /app\nCOPY . .\nRUN pip install .',
    ),
    expected: ['review .git | unless the build gets SETUPTOOLS_SCM_PRETEND_VERSION'],
  },
  {
    title: 'prebuilt dist copied by name',
    tree: {'package.json': '{}', 'dist/index.html': 400_000, 'nginx.conf': 100},
    dockerfiles: only('FROM nginx\nCOPY . /src\nCOPY dist /usr/share/nginx/html'),
    gitignore: 'dist\n',
    expected: ['blocked dist | COPY dist /usr/share/nginx/html names it (Dockerfile:3)'],
  },
  {
    title: 'node_modules copied on purpose',
    tree: {...PACKAGES, 'package.json': '{}', 'server.js': 2000},
    dockerfiles: only('FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]'),
    expected: ['blocked **/node_modules | COPY . . copies it (Dockerfile:3) and no step recreates it'],
  },
  {
    title: 'allow-list ignore file',
    tree: {'package.json': '{}', 'src/a.js': 100, 'src/coverage/lcov.info': 500_000, 'other/b': 900_000},
    ignore: '*\n!src\n!package.json\n',
    dockerfiles: only('FROM node:22\nCOPY . .'),
    expected: ['safe src/coverage | no COPY names it'],
  },
  {
    title: 'monorepo: one installed by the root, one that is not',
    tree: {
      'package.json': '{"workspaces": ["web"]}',
      'web/package.json': '{}',
      'web/node_modules/.bin/vite': 300_000,
      'tools/package.json': '{}',
      'tools/node_modules/.bin/x': 200_000,
      ...PACKAGES,
    },
    dockerfiles: only('FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci'),
    expected: [
      'safe web/node_modules | RUN npm ci recreates it (Dockerfile:4)',
      'safe /node_modules | RUN npm ci recreates it (Dockerfile:4)',
      'review tools/node_modules | no workspace there lists tools',
    ],
  },
  {
    title: 'install before the workspace is known',
    tree: {
      'package.json': '{"workspaces": ["web"]}',
      'web/package.json': '{}',
      'web/node_modules/.bin/vite': 300_000,
    },
    dockerfiles: only('FROM node:22\nWORKDIR /app\nCOPY package.json .\nRUN npm ci\nCOPY . .'),
    expected: ['review **/node_modules | runs before web/package.json is copied'],
  },
  {
    title: 'development packages that a production install leaves out',
    tree: {...PACKAGES, 'package.json': '{"scripts": {"build": "vite build"}}'},
    dockerfiles: only(
      'FROM node:22\nWORKDIR /app\nCOPY package.json .\nRUN npm ci --omit=dev\nCOPY . .\nRUN npm run build',
    ),
    expected: ['review **/node_modules | leaves out the development packages'],
  },
  {
    title: 'a working directory that only the base image knows',
    tree: {...PACKAGES, 'package.json': '{}'},
    dockerfiles: only('FROM internal/node\nCOPY . .\nRUN npm ci'),
    expected: ['safe **/node_modules | RUN npm ci recreates it (Dockerfile:3)'],
  },
  {
    title: 'Vite app served by nginx',
    tree: {'package.json': '{"scripts": {"build": "tsc -b && vite build"}}', 'dist/index.html': 400_000},
    dockerfiles: only(
      'FROM node AS b\nWORKDIR /a\nCOPY . .\nRUN npm ci && npm run build\nFROM nginx\nCOPY --from=b /a/dist /srv',
    ),
    expected: ['safe dist | RUN npm run build recreates it (Dockerfile:4)'],
  },
  {
    title: 'an image that is read before anything is installed',
    tree: {...PACKAGES, 'package.json': '{}'},
    dockerfiles: only(
      'FROM node AS base\nWORKDIR /a\nCOPY . .\nFROM base AS dev\nRUN npm ci\nFROM node\nCOPY --from=base /a /a\nCOPY --from=dev /a/x /x\nCMD ["node", "/a"]',
    ),
    expected: ['review **/node_modules | copies it into an image where no step creates it'],
  },
  {
    title: 'a Makefile that calls Git',
    tree: {...GIT, Makefile: 'V := $(shell git describe)\nall:\n\tcc a.c', 'a.c': 5000},
    dockerfiles: only('FROM gcc\nWORKDIR /src\nCOPY . .\nRUN make'),
    expected: ['blocked .git | Makefile calls git describe (Dockerfile:4 RUN make)'],
  },
  {
    title: 'several Dockerfiles: safe only if safe for each',
    tree: {...PACKAGES, 'package.json': '{}'},
    dockerfiles: {
      'api/Dockerfile': 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci',
      'web/Dockerfile': 'FROM node:22\nCOPY node_modules /app/node_modules',
    },
    expected: ['blocked **/node_modules | names it (web/Dockerfile:2)'],
  },
  ...monorepoRows(),
  {
    title: 'virtual environments of several projects: one line',
    tree: {
      'api/.venv/pyvenv.cfg': 'home = /usr/bin',
      'api/.venv/lib/x.so': 90_000,
      'job/.venv/pyvenv.cfg': 'home = /usr/bin',
      'job/.venv/lib/x.so': 80_000,
    },
    dockerfiles: only('FROM python\nWORKDIR /app\nCOPY . .\nRUN pip install -r api/requirements.txt'),
    expected: ['safe **/.venv | installs the packages again (Dockerfile:4)'],
  },
  {
    title: 'an install into an environment that nobody makes',
    tree: {'pyproject.toml': '[project]', '.venv/pyvenv.cfg': 'home = /usr/bin', '.venv/lib/x.so': 90_000},
    dockerfiles: only(
      'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install uv\nRUN uv pip install . --no-deps',
    ),
    expected: [
      'review .venv | works in it (Dockerfile:5 RUN uv pip install . --no-deps), and nothing creates it there',
    ],
  },
  {
    title: 'an install into the environment that uv makes',
    tree: {'pyproject.toml': '[project]', '.venv/pyvenv.cfg': 'home = /usr/bin', '.venv/lib/x.so': 90_000},
    dockerfiles: only(
      'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install uv\nRUN uv venv && uv pip install .',
    ),
    expected: ['safe .venv | RUN uv venv recreates it (Dockerfile:5)'],
  },
  {
    title: 'an install at the start of the container only',
    tree: {...PACKAGES, 'package.json': '{"scripts": {"dev": "vite"}}'},
    dockerfiles: only('FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["sh", "-c", "npm install && npm run dev"]'),
    expected: ['review **/node_modules | creates it only when the container starts'],
  },
  {
    title: 'stages of other languages that carry packages along',
    tree: {
      ...PACKAGES,
      'package.json': '{}',
      'a.js': '',
      'go.mod': 'module a',
      'target/.rustc_info.json': '{}',
      'Cargo.toml': '',
      'target/debug/a': 900_000,
    },
    dockerfiles: only(`FROM golang:1.24 AS api
WORKDIR /src
COPY . .
RUN go build -o /api ./cmd
FROM rust:1 AS engine
WORKDIR /src
COPY . .
RUN if [ "$MODE" = release ]; then cargo build --release; else cargo build; fi
FROM node:22
WORKDIR /src
COPY . .
RUN npm ci
COPY --from=api /api /api
COPY --from=engine /src/target/release/a /engine
CMD ["node", "a.js"]`),
    expected: [
      'safe target | recreates it (Dockerfile:8)',
      'safe **/node_modules | RUN npm ci recreates it (Dockerfile:12)',
    ],
  },
  {
    title: 'packages that a line ignores already, and a negation brings back',
    tree: {
      'package.json': '{"workspaces": ["packages/*"]}',
      'packages/web/package.json': '{"name": "web", "scripts": {"build": "vite build"}}',
      'packages/web/node_modules/.bin/vite': 300_000,
      'packages/web/dist/index.html': 200_000,
    },
    ignore: '**/node_modules\n**/dist\n*\n!package.json\n!packages\n',
    dockerfiles: only(
      'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nCOPY packages packages\nRUN npm ci\nRUN npm run build -w web',
    ),
    expected: [
      'safe packages/**/node_modules | RUN npm ci recreates it (Dockerfile:5)',
      'safe packages/web/dist | RUN npm run build -w web recreates it (Dockerfile:6)',
    ],
  },
  {
    title: 'packages of a neighbour whose sources are built in',
    tree: {
      'web/package.json': '{"scripts": {"build": "vite build"}}',
      'web/src/main.ts': 'import {Button} from "../../kit/button"',
      'kit/package.json': '{}',
      'kit/button.ts': 'import "lodash"',
      'kit/node_modules/.package-lock.json': 200,
      'kit/node_modules/lodash/package.json': 90_000,
    },
    dockerfiles: only(
      'FROM node:22\nWORKDIR /app\nCOPY . .\nWORKDIR /app/web\nRUN npm ci\nRUN npm run build\nCMD ["node", "x.js"]',
    ),
    expected: ['review **/node_modules | creates one elsewhere: does it create this one, too?'],
  },
  {
    title: 'no Dockerfile',
    tree: {...GIT, ...PACKAGES, 'package.json': '{}'},
    dockerfiles: null,
    expected: ['safe .git | of no use in an image', 'review **/node_modules | there is no Dockerfile'],
  },
  {
    title: 'tests that the build runs',
    tree: {'package.json': '{"scripts": {"test": "vitest"}}', 'tests/a.js': 300_000},
    dockerfiles: only('FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm test'),
    expected: ['blocked tests | RUN npm test runs tests (Dockerfile:4)'],
  },
  {
    title: 'docs that the build reads',
    tree: {'package.json': '{}', 'docs/index.md': 300_000},
    dockerfiles: only('FROM python\nWORKDIR /app\nCOPY . .\nRUN sphinx-build docs /out'),
    expected: ['blocked docs | sphinx-build docs /out reads it (Dockerfile:4'],
  },
  {
    title: 'a script of the context that calls Git',
    tree: {...GIT, 'build.sh': '#!/bin/sh\nV=`git rev-parse HEAD`\necho $V', 'a.c': 5000},
    dockerfiles: only('FROM gcc\nWORKDIR /src\nCOPY . .\nRUN ./build.sh'),
    expected: ['blocked .git | build.sh calls git (Dockerfile:4 RUN ./build.sh)'],
  },
  {
    title: 'Git in a clone of its own',
    tree: {...GIT, 'a.c': 5000},
    dockerfiles: only(
      'FROM gcc\nWORKDIR /src\nCOPY . .\nRUN git clone https://example.org/lib.git && cd lib && git checkout v1 && make',
    ),
    expected: ['safe .git | no step and no program of the image uses Git'],
  },
  {
    title: 'what Git ignores, and a large file that nothing explains',
    tree: {'a.js': 100, 'generated/x': 300_000, 'weights.xyz': 30_000_000, 'package.json': '{}'},
    gitignore: '# made\ngenerated/\n',
    dockerfiles: only('FROM node:22\nWORKDIR /app\nCOPY . .'),
    expected: [
      'review weights.xyz | large, and of no known kind',
      'review generated | ignored by .gitignore:2',
    ],
  },
  {
    title: 'test files all over the tree, some in a directory of tests',
    tree: {
      'package.json': '{}',
      'pyproject.toml': '',
      'e2e/login.spec.ts': 20_000,
      'src/a/a.spec.ts': 20_000,
      'src/b/b.spec.ts': 20_000,
      'src/b/b.ts': 20_000,
      'src/c/test_c.py': 20_000,
      'src/d/test_d.py': 20_000,
    },
    dockerfiles: only('FROM node:22\nWORKDIR /app\nCOPY . .'),
    expected: ['review **/*.spec.ts | test file', 'review **/test_*.py | test file'],
  },
  {
    title: 'test files, some in a directory that a COPY names',
    tree: {
      'package.json': '{}',
      'e2e/login.spec.ts': 20_000,
      'src/a/a.spec.ts': 20_000,
      'src/b/b.spec.ts': 20_000,
    },
    dockerfiles: only('FROM node:22\nWORKDIR /app\nCOPY e2e e2e\nCOPY . .'),
    expected: ['review src/**/*.spec.ts | test file', 'blocked e2e | COPY e2e e2e'],
  },
  {
    title: 'packages of many members, and of one that no workspace lists',
    tree: {
      'package.json': '{"workspaces": ["apps/*", "packages/*"]}',
      'legacy/package.json': '{}',
      'legacy/node_modules/.package-lock.json': 90_000,
      'server.js': 'require("child_process").execSync("ls", {cwd: "legacy"})',
      ...manyMembers('apps', 6),
      ...manyMembers('packages', 6),
    },
    dockerfiles: only('FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ["node", "server.js"]'),
    expected: [
      'safe packages/**/node_modules | RUN npm install recreates it',
      'safe apps/**/node_modules | RUN npm install recreates it',
      'review legacy/node_modules | no workspace there lists legacy',
    ],
  },
  {
    title: 'packages of more directories at the top than are worth a line each',
    tree: {
      'package.json': '{"workspaces": ["member-*"]}',
      'legacy/package.json': '{}',
      'legacy/node_modules/.package-lock.json': 90_000,
      'server.js': 'require("child_process").execSync("ls", {cwd: "legacy"})',
      ...Object.fromEntries(
        Array.from({length: 10}, (_, at) => Object.entries(makeMember(`member-${at}`, 90_000 + at))).flat(),
      ),
    },
    dockerfiles: only('FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ["node", "server.js"]'),
    expected: [
      ...Array.from(
        {length: 8},
        (_, at) => `safe member-${9 - at}/node_modules | RUN npm install recreates it`,
      ),
      'review legacy/node_modules | no workspace there lists legacy',
    ],
  },
  {
    title: 'what one clone ignores by itself',
    tree: {'generated/x': 300_000, 'package.json': '{}'},
    gitignore: 'generated/\n',
    gitSource: 'exclude',
    dockerfiles: only('FROM node:22\nWORKDIR /app\nCOPY . .'),
    expected: ['review generated | ignored by .git/info/exclude:1'],
  },
  {
    title: 'special characters',
    tree: {'[old] app/coverage/lcov.info': 500_000, 'package.json': '{}'},
    dockerfiles: only('FROM node:22\nCOPY . .'),
    expected: ['safe \\[old\\] app/coverage | no COPY names it'],
  },
  {
    title: 'false friends',
    tree: {
      'package.json': '{}',
      'src/build/index.ts': 300_000,
      'internal/vendor/vendor.go': 300_000,
      'internal/target/target.go': 300_000,
      'go.mod': 'module a',
    },
    dockerfiles: only('FROM golang\nWORKDIR /src\nCOPY . .\nRUN go build ./...'),
    expected: [],
  },
]
