import assert from 'node:assert/strict'
import {suggest} from '../suggest/suggest.js'

/** A small build, and whether its history may go: `safe`, or a question or a no. */
interface Row {
  title: string
  from?: string
  /** Behind `COPY . .`. */
  steps: string
  files: Readonly<Record<string, string>>
  isSafe: boolean
}

const PACKAGE_LOCK = {'package-lock.json': '{"name":"x","lockfileVersion":3,"packages":{"":{"name":"x"}}}'}
const npm = (scripts: string, more = ''): Record<string, string> => ({
  'package.json': `{"name":"x","scripts":{${scripts}}${more}}`,
  ...PACKAGE_LOCK,
})

const PLAIN: readonly Row[] = [
  {
    title: 'npm that says its versions',
    steps: 'RUN npm --version && npm version\nRUN npm ci --omit=dev\nCMD ["node", "server.js"]',
    files: {...npm('"start":"node server.js"'), 'server.js': ''},
    isSafe: true,
  },
  {
    title: 'npm that makes a version',
    steps: 'RUN npm version patch\nCMD ["node", "server.js"]',
    files: {...npm('"start":"node server.js"'), 'server.js': ''},
    isSafe: false,
  },
  {
    title: 'an SDK of .NET that knows no commit',
    from: 'mcr.microsoft.com/dotnet/sdk:5.0',
    steps:
      'RUN dotnet publish -c Release -o /out\nFROM mcr.microsoft.com/dotnet/aspnet:5.0\nCOPY --from=0 /out .\nCMD ["dotnet", "A.dll"]',
    files: {'A.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"/>', 'Program.cs': 'class A {}'},
    isSafe: true,
  },
  {
    title: 'the same with a package that knows it',
    from: 'mcr.microsoft.com/dotnet/sdk:5.0',
    steps:
      'RUN dotnet publish -c Release -o /out\nFROM mcr.microsoft.com/dotnet/aspnet:5.0\nCOPY --from=0 /out .\nCMD ["dotnet", "A.dll"]',
    files: {
      'A.csproj': '<PackageReference Include="Microsoft.SourceLink.GitHub" Version="1.0.0"/>',
      'Program.cs': 'class A {}',
    },
    isSafe: false,
  },
  {
    title: 'a Node.js server',
    steps: 'RUN npm ci --omit=dev\nCMD ["node", "server.js"]',
    files: {...npm('"start":"node server.js"'), 'server.js': 'require("express")().listen(3000)'},
    isSafe: true,
  },
  {
    title: 'a Next.js site',
    steps: 'RUN npm ci\nRUN npm run build\nCMD ["npm", "start"]',
    files: {
      ...npm('"build":"next build","start":"next start","prepare":"husky"'),
      'next.config.mjs': 'export default {output: "standalone"}',
      'app/page.tsx': 'export default () => <a href="https://github.com/x/y.git">.git</a>',
    },
    isSafe: true,
  },
  {
    title: 'a Vite app for nginx',
    steps:
      'RUN yarn install --frozen-lockfile\nRUN yarn build\nFROM nginx:alpine\nCOPY --from=0 /app/dist /usr/share/nginx/html',
    files: {
      'package.json': '{"scripts":{"build":"tsc -b && vite build"}}',
      'vite.config.ts': 'export default {plugins: []}',
    },
    isSafe: true,
  },
  {
    title: 'a FastAPI service',
    from: 'python:3.12-slim',
    steps:
      'RUN pip install --no-cache-dir -r requirements.txt\nCMD ["uvicorn", "app.main:app", "--host", "0.0.0.0"]',
    files: {
      'requirements.txt': 'fastapi\nuvicorn',
      'app/main.py': 'from fastapi import FastAPI\napp = FastAPI()',
    },
    isSafe: true,
  },
  {
    title: 'a Django project with an entry point of its own',
    from: 'python:3.12',
    steps:
      'RUN pip install -r requirements.txt && python manage.py collectstatic --noinput\nENTRYPOINT ["./entrypoint.sh"]\nCMD ["gunicorn", "site.wsgi"]',
    files: {
      'requirements.txt': 'django\ngunicorn',
      'manage.py': 'import os, sys\nfrom django.core.management import execute_from_command_line',
      'entrypoint.sh': '#!/bin/sh\nset -e\npython manage.py migrate --noinput\nexec "$@"\n',
    },
    isSafe: true,
  },
  {
    title: 'a Python package with a version of its own',
    from: 'python:3.12',
    steps: 'RUN pip install .\nCMD ["thing"]',
    files: {
      'pyproject.toml':
        '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "thing"\nversion = "1"\n[project.scripts]\nthing = "thing:main"',
      'thing/__init__.py': 'def main(): pass',
    },
    isSafe: true,
  },
  {
    title: 'a Python package that is told its version',
    from: 'python:3.12',
    steps: 'ENV SETUPTOOLS_SCM_PRETEND_VERSION=1.0\nRUN pip install .',
    files: {'pyproject.toml': '[build-system]\nrequires = ["setuptools-scm>=8"]'},
    isSafe: true,
  },
  {
    title: 'a Go service on Alpine',
    from: 'golang:1.23-alpine',
    steps:
      'RUN go mod download && CGO_ENABLED=0 go build -o /bin/a ./cmd/a\nFROM scratch\nCOPY --from=0 /bin/a /a\nENTRYPOINT ["/a"]',
    files: {'go.mod': 'module x\ngo 1.23', 'cmd/a/main.go': 'package main\nfunc main() {}'},
    isSafe: true,
  },
  {
    title: 'a Go service in one stage',
    from: 'golang:1.23-alpine',
    steps: 'RUN go build -o /usr/local/bin/server ./cmd/a\nCMD ["server"]',
    files: {'go.mod': 'module x\ngo 1.23', 'cmd/a/main.go': 'package main\nfunc main() {}'},
    isSafe: true,
  },
  {
    title: 'a Rust service in one stage',
    from: 'rust:1.82',
    steps: 'RUN cargo build --release\nCMD ["./target/release/a"]',
    files: {'Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"', 'src/main.rs': 'fn main() {}'},
    isSafe: true,
  },
  {
    title: 'a Rust service',
    from: 'rust:1.82',
    steps:
      'RUN cargo build --release --locked\nFROM debian:bookworm-slim\nCOPY --from=0 /app/target/release/a /usr/local/bin/a\nCMD ["a"]',
    files: {
      'Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"',
      'Cargo.lock': '',
      'src/main.rs': 'fn main() {}',
    },
    isSafe: true,
  },
  {
    title: 'a Spring service',
    from: 'eclipse-temurin:21',
    steps: 'RUN ./gradlew bootJar -x test\nCMD ["java", "-jar", "build/libs/a.jar"]',
    files: {
      gradlew: '#!/bin/sh\nexec java -jar gradle/wrapper/gradle-wrapper.jar "$@"',
      'build.gradle': 'plugins { id "org.springframework.boot" version "3.3.0" }',
    },
    isSafe: true,
  },
]

const READERS: readonly Row[] = [
  ...['git config core.hooksPath .githooks', 'lefthook install', 'node scripts/hooks.js'].map((prepare) => ({
    title: `npm ci with "prepare": "${prepare}"`,
    steps: 'RUN npm ci',
    files: {
      ...npm(`"prepare":"${prepare}"`),
      'scripts/hooks.js': "require('child_process').execSync('git rev-parse HEAD')",
    },
    isSafe: false,
  })),
  {
    title: 'a script of a workspace that pnpm -r runs',
    steps: 'RUN pnpm install --frozen-lockfile && pnpm -r build',
    files: {
      'package.json': '{"private":true}',
      'pnpm-workspace.yaml': 'packages:\n  - "packages/*"\n',
      'packages/a/package.json': '{"name":"a","scripts":{"build":"node build.mjs"}}',
      'packages/a/build.mjs': 'import {execSync} from "node:child_process"\nexecSync("git describe --tags")',
    },
    isSafe: false,
  },
  {
    title: 'a script of the package that --filter names',
    steps: 'RUN pnpm install && pnpm --filter @x/web run build',
    files: {
      'package.json': '{"private":true}',
      'pnpm-workspace.yaml': 'packages:\n  - "apps/*"\n',
      'apps/web/package.json': '{"name":"@x/web","scripts":{"build":"vite build"}}',
      'apps/web/vite.config.ts':
        'import {version} from "./build/version"\nexport default {define: {V: version()}}',
      'apps/web/build/version.ts':
        'import {execSync} from "child_process"\nexport const version = () => execSync("git rev-parse --short HEAD")',
    },
    isSafe: false,
  },
  {
    title: 'a task that turbo runs in a package',
    steps: 'RUN npm ci && npx turbo run build --filter=web',
    files: {
      ...npm('', ',"workspaces":["apps/*"]'),
      'turbo.json': '{"tasks":{"build":{}}}',
      'apps/web/package.json': '{"name":"web","scripts":{"build":"next build"},"dependencies":{"next":"15"}}',
      'apps/web/next.config.js':
        'module.exports = {generateBuildId: () => require("child_process").execSync("git rev-parse HEAD").toString()}',
    },
    isSafe: false,
  },
  {
    title: 'VuePress with a plugin',
    steps: 'RUN npm ci && npm run docs:build',
    files: {
      ...npm('"docs:build":"vuepress build docs"', ',"devDependencies":{"@vuepress/plugin-git":"2"}'),
      'docs/.vuepress/config.js': 'export default {}',
    },
    isSafe: false,
  },
  {
    title: 'a server that shows its commit',
    steps: 'RUN npm ci\nCMD ["node", "server.js"]',
    files: {...npm(''), 'server.js': 'const rev = require("fs").readFileSync(".git/HEAD", "utf8")'},
    isSafe: false,
  },
  {
    title: 'a Rails initializer',
    from: 'ruby:3.3',
    steps: 'RUN bundle install\nCMD ["bin/rails", "server"]',
    files: {
      Gemfile: 'gem "rails"',
      'bin/rails': '#!/usr/bin/env ruby',
      'config/initializers/version.rb': 'VERSION = `git rev-parse HEAD`',
    },
    isSafe: false,
  },
  {
    title: 'sbt-dynver',
    from: 'sbtscala/scala-sbt:1',
    steps: 'RUN sbt assembly',
    files: {
      'build.sbt': 'name := "x"',
      'project/plugins.sbt': 'addSbtPlugin("com.github.sbt" % "sbt-dynver" % "5.0.1")',
    },
    isSafe: false,
  },
  {
    title: 'Nebula',
    from: 'gradle:8',
    steps: 'RUN gradle build',
    files: {'build.gradle.kts': 'plugins { id("nebula.release") version "19" }'},
    isSafe: false,
  },
  {
    title: 'the crate built',
    from: 'rust:1',
    steps: 'RUN cargo build --release',
    files: {
      'Cargo.toml':
        '[package]\nname="x"\n[build-dependencies]\nbuilt = { version = "0.7", features = ["git2"] }',
      'build.rs': 'fn main() { built::write_built_file().unwrap() }',
    },
    isSafe: false,
  },
  {
    title: 'shadow-rs',
    from: 'rust:1',
    steps: 'RUN cargo build --release',
    files: {
      'Cargo.toml': '[package]\nname="x"\n[build-dependencies]\nshadow-rs = "0.35"',
      'build.rs': 'fn main() { shadow_rs::new().unwrap(); }',
    },
    isSafe: false,
  },
  {
    title: 'a Makefile that takes in another',
    from: 'golang:1.23-alpine',
    steps: 'RUN make release',
    files: {
      Makefile: 'include build/common.mk\nrelease:\n\tgo build -ldflags "-X main.v=$(VERSION)" .',
      'build/common.mk': 'VERSION := $(shell git describe --tags --always)',
      'go.mod': 'module x',
    },
    isSafe: false,
  },
  {
    title: 'a recipe three scripts deep',
    from: 'debian',
    steps: 'RUN make',
    files: {
      Makefile: 'all: gen\n\t./a.sh\ngen:\n\ttrue',
      'a.sh': '#!/bin/bash\nsource ./lib/b.sh\nstamp',
      'lib/b.sh': 'stamp() {\n  echo "$(git log -1 --format=%H)"\n}\n',
    },
    isSafe: false,
  },
  {
    title: 'goreleaser',
    from: 'golang:1.23-alpine',
    steps: 'RUN goreleaser build --single-target',
    files: {'go.mod': 'module x', '.goreleaser.yaml': 'version: 2'},
    isSafe: false,
  },
  {
    title: 'MkDocs with a plugin that the Dockerfile installs',
    from: 'python:3.12',
    steps: 'RUN pip install mkdocs-material mkdocs-git-revision-date-localized-plugin && mkdocs build',
    files: {
      'mkdocs.yml':
        'site_name: x\nplugins:\n  - search\n  - git-revision-date-localized:\n      type: date\n',
      'docs/index.md': '# x',
    },
    isSafe: false,
  },
  {
    title: 'Sphinx',
    from: 'python:3.12',
    steps: 'RUN sphinx-build -b html docs /out',
    files: {'docs/conf.py': 'extensions = ["sphinx_last_updated_by_git"]', 'docs/index.rst': 'x'},
    isSafe: false,
  },
  {
    title: 'Antora',
    steps: 'RUN npx antora antora-playbook.yml',
    files: {
      'antora-playbook.yml': 'content:\n  sources:\n    - url: .\n      branches: HEAD\n',
      'package.json': '{}',
    },
    isSafe: false,
  },
  {
    title: 'a backend in the project',
    from: 'python:3.12',
    steps: 'RUN pip wheel .',
    files: {
      'pyproject.toml': '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["_build"]',
      '_build/backend.py': 'import subprocess\nV = subprocess.run(["git", "describe"])',
    },
    isSafe: false,
  },
  {
    title: 'versioneer',
    from: 'python:3.12',
    steps: 'RUN python -m build',
    files: {
      'setup.py': 'import versioneer\nfrom setuptools import setup\nsetup(version=versioneer.get_version())',
    },
    isSafe: false,
  },
  {
    title: 'a program that nobody knows',
    steps: 'RUN some-generator --out gen',
    files: {'package.json': '{}'},
    isSafe: false,
  },
  {
    title: 'a compiled script that is not read',
    steps: 'RUN ./tools/stamp',
    files: {'package.json': '{}'},
    isSafe: false,
  },
  {
    title: '.NET from SDK 8 on',
    from: 'mcr.microsoft.com/dotnet/sdk:8.0',
    steps: 'RUN dotnet publish -c Release -o /out',
    files: {'App.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>', 'Program.cs': 'return;'},
    isSafe: false,
  },
  {
    title: 'CMake',
    from: 'gcc',
    steps: 'RUN cmake -S . -B build && cmake --build build',
    files: {'CMakeLists.txt': 'find_package(Git)\nexecute_process(COMMAND git describe)'},
    isSafe: false,
  },
  {
    title: 'a ./configure that was generated',
    from: 'gcc',
    steps: 'RUN ./configure && make',
    files: {configure: '#! /bin/sh\nVERSION=`git describe --always`\n', Makefile: 'all:\n\tgcc a.c'},
    isSafe: false,
  },
]

const HISTORY = {'.git/HEAD': 'ref: refs/heads/main', '.git/objects/pack/a.pack': 5_000_000}

describe('what reads the repository', () => {
  for (const {title, from = 'node:22', steps, files, isSafe} of [...PLAIN, ...READERS]) {
    it(`${title} -> .git is ${isSafe ? '' : 'not '}safe`, () => {
      const dockerfiles = {Dockerfile: `FROM ${from}\nWORKDIR /app\nCOPY . .\n${steps}`}
      const {confidence, reason} = suggest({tree: {...HISTORY, ...files}, dockerfiles}).find('.git')
      assert.equal(confidence === 'safe', isSafe, `${confidence}: ${reason}`)
    })
  }
})
