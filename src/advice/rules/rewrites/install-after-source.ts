import type {Step} from '../../../build/graph/build-graph.js'
import type {EvaluatedInstruction} from '../../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import type {Claim} from '../../../report/dockerfile-report.js'
import type {InstallReads} from '../../rewrites/installs/project-files.js'
import {findInstall, placeOf} from '../../rewrites/moves/find-install.js'
import {findMoves, type Move, type Search} from '../../rewrites/moves/find-move.js'
import {findOddName, listMissing, writeMove} from '../../rewrites/moves/write-move.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Moves the copy of the source behind an install that reads a few manifests only. */
const rule: RewriteRule = {
  id: 'install-after-source',
  summary: 'Copy what an install reads first, then install, then copy the source',
  reason:
    'An install after a copy of the whole source runs again whenever any file changes. After a copy of its manifests it runs again only when they change. Proved: what the install reads, that the copy of the source contains nothing that the install writes, and that no step in between reads the source. Install scripts of packages may read the source: those that may run are told by the lock file of npm 7 and later and of pnpm up to 8, by the lists of pnpm 10 and of Bun, and by settings that turn scripts off; where none of these tells, as with Yarn, it is a question.',
  examples: [
    {
      title: 'npm ci behind COPY . .',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "a.js"]\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "a.js"]\n',
      },
    },
    {
      title: 'directories that a group may write, for root',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      tree: [
        'package.json',
        'package-lock.json',
        'packages/a/ (mode 775)',
        'packages/a/package.json',
        'a.js',
      ],
      contents: {
        'package.json': '{"workspaces": ["packages/*"]}',
        'packages/a/package.json': '{"name": "a"}',
      },
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nCOPY packages/a/package.json ./packages/a/\nRUN npm ci\nCOPY . .\n',
      },
    },
    {
      title: 'an install and a build in one RUN, with flags, continuations and comments',
      dockerfile:
        'FROM node:22\nWORKDIR /app\n# the source\nCOPY --chown=node:node \\\n  . .\n# packages\nRUN --mount=type=cache,target=/root/.npm npm ci --omit=dev \\\n && npm run build\n',
      tree: ['package.json', 'package-lock.json', '.npmrc', 'a.js'],
      contents: {'package.json': '{"name": "a"}', '.npmrc': 'fund=false\n'},
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM node:22\nWORKDIR /app\n# the source\nCOPY --chown=node:node package.json package-lock.json .npmrc ./\n# packages\nRUN --mount=type=cache,target=/root/.npm npm ci --omit=dev\nCOPY --chown=node:node \\\n  . .\nRUN --mount=type=cache,target=/root/.npm npm run build\n',
      },
    },
    {
      title: 'workspaces, each manifest in its place',
      dockerfile: 'FROM node:22\nCOPY . /app\nWORKDIR /app\nRUN true\n',
      tree: ['package.json', 'package-lock.json', 'packages/a/package.json', 'packages/a/x.js'],
      contents: {
        'package.json': '{"workspaces": ["packages/*"]}',
        'packages/a/package.json': '{"name": "a"}',
      },
      expected: null,
    },
    {
      title: 'workspaces behind a copy to the working directory',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . /app\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'packages/a/package.json', 'packages/a/x.js'],
      contents: {
        'package.json': '{"workspaces": ["packages/*"]}',
        'packages/a/package.json': '{"name": "a"}',
      },
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json /app/\nCOPY packages/a/package.json /app/packages/a/\nRUN npm ci\nCOPY . /app\n',
      },
    },
    {
      title: 'manifests that are copied already',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nCOPY . .\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {
        confidence: 'safe',
        dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n',
      },
    },
    {
      title: 'pip with a list that names another one',
      dockerfile:
        'FROM python:3.13\r\nWORKDIR /app\r\nCOPY . .\r\nRUN pip install --no-cache-dir -r requirements.txt\r\n',
      tree: ['requirements.txt', 'requirements/base.txt', 'a.py'],
      contents: {'requirements.txt': '-r requirements/base.txt\nx==1\n', 'requirements/base.txt': 'y==2\n'},
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM python:3.13\r\nWORKDIR /app\r\nCOPY requirements.txt ./\r\nCOPY requirements/base.txt ./requirements/\r\nRUN pip install --no-cache-dir -r requirements.txt\r\nCOPY . .\r\n',
      },
    },
    {
      title: 'pnpm behind corepack, with a system package between',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN apk add git && pnpm add -g turbo@2\nRUN corepack enable && pnpm install --frozen-lockfile && pnpm build\n',
      tree: ['package.json', 'pnpm-lock.yaml', 'a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json pnpm-lock.yaml ./\nRUN apk add git && pnpm add -g turbo@2\nRUN corepack enable && pnpm install --frozen-lockfile\nCOPY . .\nRUN pnpm build\n',
      },
    },
    {
      title: 'comments at the head of the file, and none above the copy',
      dockerfile:
        '# syntax=docker/dockerfile:1\n# An app.\n\nFROM python:3.13\nWORKDIR /app\nCOPY src ./\nCOPY requirements.txt ./\nRUN mkdir data\nRUN pip install -r requirements.txt\n',
      tree: ['requirements.txt', 'src/a.py'],
      contents: {'requirements.txt': 'x==1\n'},
      expected: {
        confidence: 'safe',
        dockerfile:
          '# syntax=docker/dockerfile:1\n# An app.\n\nFROM python:3.13\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY src ./\nCOPY requirements.txt ./\nRUN mkdir data\n',
      },
    },
    {
      title: 'two lists, packages of the system between, and another WORKDIR',
      dockerfile:
        'FROM python:3.13\nWORKDIR /srv\n\n# the source\nCOPY . .\nRUN apt-get update && apt-get install -y gcc\nWORKDIR /srv/api\nRUN pip install -r requirements.txt\nRUN pip install -r ../dev.txt\nCMD ["python", "a.py"]\n',
      tree: ['api/requirements.txt', 'api/a.py', 'dev.txt'],
      contents: {'api/requirements.txt': 'x==1\n', 'dev.txt': 'y==1\n'},
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM python:3.13\nWORKDIR /srv\n\nRUN apt-get update && apt-get install -y gcc\nWORKDIR /srv/api\nCOPY api/requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY dev.txt /srv/\nRUN pip install -r ../dev.txt\n# the source\nCOPY . /srv/\nCMD ["python", "a.py"]\n',
      },
    },
    {
      title: 'a directory of sources beside the manifests',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nCOPY src ./src\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'src/a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY src ./src\n',
      },
    },
    {
      title: 'two directories of sources, both of them behind',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY priv priv\nCOPY lib lib\nCOPY package.json package-lock.json ./\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'priv/a.sql', 'lib/a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY priv priv\nCOPY lib lib\n',
      },
    },
    {
      title: 'one source, and packages by name in an environment elsewhere',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY app.py .\nRUN python3 -m venv /opt/venv\nENV PATH=/opt/venv/bin:$PATH\nRUN pip install flask\nCMD ["python", "app.py"]\n',
      tree: ['app.py'],
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM python:3.13\nWORKDIR /app\nRUN python3 -m venv /opt/venv\nENV PATH=/opt/venv/bin:$PATH\nRUN pip install flask\nCOPY app.py .\nCMD ["python", "app.py"]\n',
      },
    },
    {
      title: 'what a tool looks for by its name',
      dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY setup.py .\nRUN pip install flask\n',
      tree: ['setup.py'],
      expected: null,
    },
    {
      title: 'a copy to where programs of the system look',
      dockerfile: 'FROM debian\nCOPY . /etc\nRUN apt-get install -y gcc\n',
      tree: ['apt/sources.list'],
      expected: null,
    },
    {
      title: 'programs of the system behind the source',
      dockerfile:
        'FROM debian\nWORKDIR /app\nCOPY . .\nRUN apt-get update && apt-get install -y make\nRUN make\n',
      tree: ['Makefile'],
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM debian\nWORKDIR /app\nRUN apt-get update && apt-get install -y make\nCOPY . .\nRUN make\n',
      },
    },
    {
      title: 'a user whose home is where the source goes',
      dockerfile:
        'FROM debian\nCOPY . /srv/app\nRUN useradd --create-home --home-dir /srv/app app\nRUN apt-get install -y gcc\n',
      tree: ['a.c'],
      expected: null,
    },
    {
      title: 'programs that keep their settings where the source goes',
      dockerfile: 'FROM node:22\nENV HOME=/app\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {confidence: 'review', says: /HOME is \/app/},
    },
    {
      title: 'options whose value is a word of its own, and workspaces at any depth',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN yarn --frozen-lockfile --network-timeout 600000\n',
      tree: ['package.json', 'yarn.lock', 'packages/a/b/package.json', 'packages/a/b/x.js'],
      contents: {
        'package.json': '{"workspaces": ["packages/**"]}',
        'packages/a/b/package.json': '{"name": "b"}',
      },
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json yarn.lock ./\nCOPY packages/a/b/package.json ./packages/a/b/\nRUN yarn --frozen-lockfile --network-timeout 600000\nCOPY . .\n',
      },
    },
    {
      title: 'a script that ends at its first error, with a build',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . ./\nRUN set -ex; \\\n    npm ci; \\\n    npm run build\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN set -ex; \\\n    npm ci\nCOPY . ./\nRUN set -ex; npm run build\n',
      },
    },
    {
      title: 'a script that goes on after an error',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci; npm run build\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: null,
    },
    {
      title: 'packages of the system and a build in one RUN',
      dockerfile:
        'FROM debian\nWORKDIR /app\nCOPY . .\nRUN apt-get update \\\n && apt-get install -y gcc make \\\n && make\n',
      tree: ['Makefile'],
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM debian\nWORKDIR /app\nRUN apt-get update \\\n && apt-get install -y gcc make\nCOPY . .\nRUN make\n',
      },
    },
    {
      title: 'packages of the system that the same RUN removes again',
      dockerfile:
        'FROM alpine\nWORKDIR /app\nCOPY . .\nRUN apk add --virtual build gcc make && make && apk del build\n',
      tree: ['Makefile'],
      expected: null,
    },
    {
      title: 'what stands before a part that goes ahead',
      dockerfile:
        'FROM php:8.4\nWORKDIR /app\nCOPY . .\nCOPY --from=composer:2 /usr/bin/composer ./composer.phar\nRUN apt-get install -y git && \\\n    php composer.phar install -o --no-dev && \\\n    php composer.phar clear-cache\n',
      tree: ['composer.json', 'composer.lock', 'src/a.php'],
      contents: {'composer.json': '{"autoload": {"psr-4": {"A\\\\": "src/"}}}'},
      expected: {
        confidence: 'review',
        says: /classes of the source/,
        dockerfile:
          'FROM php:8.4\nWORKDIR /app\nCOPY --from=composer:2 /usr/bin/composer ./composer.phar\nCOPY composer.json composer.lock ./\nRUN apt-get install -y git && \\\n    php composer.phar install --no-dev --no-scripts --no-autoloader\nCOPY . .\nRUN php composer.phar install -o --no-dev && \\\n    php composer.phar clear-cache\n',
      },
    },
    {
      title: 'gems that a file of the project names',
      dockerfile: 'FROM ruby\nWORKDIR /app\nCOPY . .\nRUN gem install -g Gemfile\n',
      tree: ['Gemfile'],
      expected: null,
    },
    {
      title: 'a package of the system from the source',
      dockerfile: 'FROM debian\nWORKDIR /app\nCOPY . .\nRUN apt-get install -y ./a.deb\n',
      tree: ['a.deb'],
      expected: null,
    },
    {
      title: 'a script that is made executable between',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\n# for the entrypoint\nRUN chmod +x start.sh && touch web/.env\nRUN npm ci\nCMD ["./start.sh"]\n',
      tree: ['package.json', 'package-lock.json', 'start.sh', 'web/a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n# for the entrypoint\nRUN chmod +x start.sh && touch web/.env\nCMD ["./start.sh"]\n',
      },
    },
    {
      title: 'a mode for all that is there',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN chmod -R 755 .\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {confidence: 'blocked', says: /Dockerfile:4/},
    },
    {
      title: 'a file that is made beside the manifest',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN touch yarn.lock\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json'],
      contents: {'package.json': '{"name": "a"}'},
      expected: null,
    },
    {
      title: 'a setting that a step between writes',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN echo "x=y" > .npmrc\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {confidence: 'blocked', says: /Dockerfile:4/},
    },
    {
      title: 'hooks of Git, without a repository',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      contents: {'package.json': '{"scripts": {"prepare": "husky"}, "devDependencies": {"husky": "^9.1.7"}}'},
      expected: {confidence: 'safe'},
    },
    {
      title: 'a package whose own script reads the project',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'prisma/schema.prisma'],
      contents: {'package.json': '{"dependencies": {"@prisma/client": "6.0.0"}}'},
      expected: {confidence: 'review', says: /@prisma\/client/},
    },
    {
      title: 'modules of Go ahead of the build',
      dockerfile:
        'FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\n',
      tree: ['go.mod', 'go.sum', 'main.go'],
      contents: {
        'go.mod': 'module a\n\ngo 1.24\n\nrequire example.org/b v1.0.0\n',
        'go.sum': 'example.org/b v1.0.0 h1:x=\nexample.org/b v1.0.0/go.mod h1:x=\n',
      },
      expected: {
        confidence: 'review',
        says: /every module/,
        dockerfile:
          'FROM golang:1.24 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\n',
      },
    },
    {
      title: 'an install of the project, its packages ahead',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --frozen --no-dev\n',
      tree: ['pyproject.toml', 'uv.lock', 'a/__init__.py'],
      contents: {'pyproject.toml': '[project]\nname = "a"\n[build-system]\nrequires = ["hatchling"]\n'},
      expected: {
        confidence: 'review',
        says: /traced/,
        dockerfile:
          'FROM python:3.13\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --frozen --no-dev --no-install-project\nCOPY . .\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --frozen --no-dev\n',
      },
    },
    {
      title: 'a script that an install runs',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'prisma/schema.prisma'],
      contents: {'package.json': '{"scripts": {"postinstall": "prisma generate"}}'},
      expected: {confidence: 'review', says: /postinstall.*prisma generate/},
    },
    {
      title: 'workspaces behind a link',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'libs/a/package.json', 'packages -> libs'],
      contents: {'package.json': '{"workspaces": ["packages/*"]}'},
      expected: {confidence: 'review', says: /the link packages point/},
    },
    {
      title: 'npm install, which may write the lock file',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm install --omit=dev && npm cache clean --force\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {
        confidence: 'review',
        says: /npm ci/,
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY . .\n',
      },
    },
    {
      title: 'packages in the context that would come over the installed ones',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'node_modules/x/package.json'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {confidence: 'blocked', says: /node_modules/},
    },
    {
      title: 'a package of the project itself',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'lib/package.json'],
      contents: {'package.json': '{"dependencies": {"lib": "file:lib"}}'},
      expected: {confidence: 'blocked', says: /file:lib/},
    },
    {
      title: 'a step between that may read the source',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN ./prepare.sh\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'prepare.sh'],
      contents: {'package.json': '{"name": "a"}'},
      expected: {confidence: 'blocked', says: /Dockerfile:4/},
    },
    {
      title: 'an install of the project itself',
      dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install .\n',
      tree: ['setup.py'],
      expected: null,
    },
    {
      title: 'a manifest that another copy replaces',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCOPY prod.package.json package.json\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'prod.package.json'],
      contents: {'package.json': '{"name": "a"}', 'prod.package.json': '{"name": "b"}'},
      expected: null,
    },
    {
      title: 'settings that another copy brings',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCOPY docker/npmrc .npmrc\nRUN npm ci\n',
      tree: ['package.json', 'package-lock.json', 'docker/npmrc'],
      contents: {'package.json': '{"name": "a"}'},
      expected: null,
    },
    {
      title: 'packages that the same RUN removes again',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build && rm -rf node_modules\nCMD ["node", "dist/a.js"]\n',
      tree: ['package.json', 'package-lock.json', 'a.ts'],
      contents: {'package.json': '{"scripts": {"build": "tsc"}}'},
      expected: {confidence: 'review', says: /rm -rf node_modules would come in a layer of its own/},
    },
    {
      title: 'a workspace of a project above',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nWORKDIR /app/web\nRUN npm ci\n',
      tree: ['package.json', 'web/package.json', 'web/package-lock.json'],
      contents: {'package.json': '{"workspaces": ["web"]}', 'web/package.json': '{"name": "web"}'},
      expected: {confidence: 'review', says: /workspace of package\.json/},
    },
    {
      title: 'packages of Rust, compiled with empty sources',
      dockerfile:
        'FROM rust:1.85 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release --locked\nFROM debian\nCOPY --from=build /src/target/release/a /a\n',
      tree: ['Cargo.toml', 'Cargo.lock', 'src/main.rs', 'src/lib.rs'],
      contents: {'Cargo.toml': '[package]\nname = "a"\nversion = "1.0.0"\n\n[dependencies]\nserde = "1"\n'},
      expected: {
        confidence: 'review',
        says: /empty source/,
        dockerfile:
          "FROM rust:1.85 AS build\nWORKDIR /src\nCOPY Cargo.toml Cargo.lock ./\nRUN mkdir -p src && echo 'fn main() {}' > src/main.rs && touch src/lib.rs && cargo build --release --locked && cargo clean --release -p a && rm -rf src\nCOPY . .\nRUN cargo build --release --locked\nFROM debian\nCOPY --from=build /src/target/release/a /a\n",
      },
    },
    {
      title: 'packages of Rust that are cooked already',
      dockerfile:
        'FROM rust:1.85\nWORKDIR /src\nCOPY recipe.json ./\nRUN cargo chef cook --release\nCOPY . .\nRUN cargo build --release\n',
      tree: ['Cargo.toml', 'Cargo.lock', 'recipe.json', 'src/main.rs'],
      contents: {'Cargo.toml': '[package]\nname = "a"\n\n[dependencies]\nserde = "1"\n'},
      expected: null,
    },
    {
      title: 'an editable install, its list ahead',
      dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir -e .\n',
      tree: ['pyproject.toml', 'requirements.txt', 'a/__init__.py'],
      contents: {'pyproject.toml': '[project]\nname = "a"\n', 'requirements.txt': 'x==1\n'},
      expected: {
        confidence: 'review',
        says: /requirements\.txt name what the project needs/,
        dockerfile:
          'FROM python:3.13\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .\nRUN pip install --no-cache-dir -e .\n',
      },
    },
    {
      title: 'an owner for all that is there',
      dockerfile:
        'FROM php:8.4\nWORKDIR /app\nCOPY . .\nRUN chown -R www-data:www-data .\nRUN composer install --no-dev\n',
      tree: ['composer.json', 'composer.lock', 'src/a.php'],
      contents: {'composer.json': '{"require": {"a/b": "1"}}'},
      expected: {
        confidence: 'review',
        says: /chown -R www-data:www-data \. comes after the install/,
        dockerfile:
          'FROM php:8.4\nWORKDIR /app\nCOPY composer.json composer.lock ./\nRUN composer install --no-dev\nCOPY . .\nRUN chown -R www-data:www-data .\n',
      },
    },
    {
      title: 'the right order',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      contents: {'package.json': '{"name": "a"}'},
      expected: null,
    },
  ],
  find: (facts) =>
    facts.graph.stages.flatMap((stage) =>
      findMoves(facts, stage).flatMap((search) => describeSearch(facts, search)),
    ),
}
export default rule

/** The longest move, and the longest one without a question where that is another. */
function describeSearch(facts: RewriteFacts, {start, moves, obstacle}: Search): ProposedRewrite[] {
  if (obstacle !== null) return [describeObstacle(facts, start, obstacle)]
  const all = moves.map((move) => describe(facts, move))
  const longest = all.at(-1)
  if (longest === undefined) return []
  const isOpen = (one: ProposedRewrite) => one.questions.length > 0 || one.blocker !== undefined
  const safe = isOpen(longest) ? all.findLast((one) => !isOpen(one)) : undefined
  return safe === undefined ? [longest] : longest.blocker === undefined ? [safe, longest] : [safe]
}

function describeObstacle(
  facts: RewriteFacts,
  start: Step,
  {instruction, install}: NonNullable<Search['obstacle']>,
): ProposedRewrite {
  const found = findInstall(facts, install, [start])!
  return {
    line: start.line,
    endLine: install.instruction.endLine,
    title: `run ${found.reads.title} before the source is copied`,
    proof: [
      {claim: `${found.reads.title} reads ${found.reads.files.join(', ')}`, evidence: found.reads.evidence},
    ],
    questions: [],
    blocker: describeReader(facts, instruction),
    edits: [],
  }
}

/** Why an instruction must stay behind the copy. */
function describeReader({file}: RewriteFacts, {keyword, line, text}: EvaluatedInstruction): string {
  if (keyword !== 'WORKDIR') return `${file}:${line} is in between and may read the source: ${text}`
  return `${file}:${line} would create the directory that the copy creates now, as the user of the base image, which is not known: ${text}`
}

function describe(facts: RewriteFacts, move: Move): ProposedRewrite {
  const {copies, installs, last} = move
  const known = new Set<string>()
  const missing = installs.flatMap((install) => {
    const own = listMissing(facts, move, install, known)
    for (const {path} of own) known.add(path)
    return own
  })
  const blocker =
    installs.map(({reads}) => reads.blocker).find((one) => one !== undefined) ??
    findOverwritten(facts, move) ??
    findOddName(missing)
  const isExact = installs.some(({reads}) => reads.exact !== undefined || reads.ahead !== undefined)
  return {
    line: copies[0]!.line,
    endLine: last.instruction.endLine,
    title: titleOf(
      move,
      missing.map(({path}) => path),
    ),
    proof: claimsOf(facts, move),
    questions: takeFirst([...new Set(installs.flatMap(({reads}) => reads.questions))]),
    ...(blocker !== null && {blocker}),
    edits: blocker === null ? writeMove(facts, move) : [],
    ...(isExact && {changes: ['commands'] as const}),
  }
}

/** More questions than these nobody answers. */
const MAX_QUESTIONS = 4

function takeFirst(questions: readonly string[]): readonly string[] {
  const others = questions.length - MAX_QUESTIONS
  if (others <= 1) return questions
  return [...questions.slice(0, MAX_QUESTIONS), `And ${others} others of the kind`]
}

const MAX_NAMES = 3

function titleOf({installs, passed}: Move, missing: readonly string[]): string {
  const calls = [...new Set(installs.map(({reads}) => callOf(reads)))].slice(0, 2)
  const behind = installs.some(({reads}) => reads.ahead !== undefined) ? 'then the rest' : 'then the source'
  if (calls.length === 0) {
    const programs = new Set(
      passed
        .filter(({instruction}) => instruction.keyword === 'RUN')
        .map(({instruction}) => instruction.text.split(/\s+/)[1]),
    )
    return `run ${[...programs].filter((one) => one !== undefined).join(', ')} before the source is copied`
  }
  if (missing.length === 0) return `run ${calls.join(', ')} before the source is copied`
  return `copy ${listFirst(missing)} first, then ${calls.join(', ')}, ${behind}`
}

/** What comes first, as a person calls it. */
function callOf({ahead, exact, title}: InstallReads): string {
  if (ahead?.includes(' && ')) return `${title} with empty sources`
  return ahead ?? exact ?? title
}

/** The first names, and how many others there are. */
function listFirst(names: readonly string[]): string {
  const others = names.length - MAX_NAMES
  return others <= 1 ? names.join(', ') : `${names.slice(0, MAX_NAMES).join(', ')} and ${others} others`
}

function claimsOf(facts: RewriteFacts, move: Move): Claim[] {
  const {installs} = move
  const writes = [...new Set(installs.flatMap(({reads}) => reads.writes))]
  return [
    ...installs.map(({reads}) => ({
      claim: `${reads.ahead === undefined ? reads.title : callOf(reads)} reads ${listFirst(reads.files)}`,
      evidence: reads.evidence,
    })),
    ...(writes.length === 0
      ? []
      : [
          {
            claim: 'the copy of the source contains nothing that the install writes',
            evidence: `the context does not have ${listFirst(writes)}`,
          },
        ]),
    {claim: 'the steps in between do not depend on the order', evidence: describeBetween(facts, move)},
  ]
}

/** Something that a copy would lay over what an install has made. */
function findOverwritten(facts: RewriteFacts, {copies, installs}: Move): string | null {
  for (const {reads, project, directory} of installs) {
    for (const written of reads.writes) {
      const place = placeOf(written, project, directory)
      const sources = place === null ? [] : copies.map((copy) => facts.sourceOf(copy, place))
      const path = sources.find((source) => source !== null && facts.sendsAnyOf(source))
      if (path !== undefined) {
        return `${path} is in the context: its copy would overwrite the installed files. Add it to the ignore file first`
      }
    }
  }
  return null
}

function describeBetween(facts: RewriteFacts, {copies, last, installs}: Move): string {
  const {instructions} = last.stage
  const own = new Set<unknown>(
    [
      ...copies.filter(({instruction}) => instruction.keyword !== 'RUN'),
      ...installs.map(({step}) => step),
      last,
    ].map(({instruction}) => instruction),
  )
  const between = instructions
    .slice(instructions.indexOf(copies[0]!.instruction) + 1, instructions.indexOf(last.instruction))
    .filter((instruction) => !own.has(instruction))
  if (between.length === 0) return 'there are none'
  return `only ${[...new Set(between.map(({keyword, line}) => `${keyword} (${facts.file}:${line})`))].join(', ')}`
}
