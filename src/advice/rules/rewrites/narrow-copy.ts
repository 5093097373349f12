import type {Step} from '../../../build/graph/build-graph.js'
import {stepsBehind} from '../../../build/graph/query-graph.js'
import type {TextEdit} from '../../../languages/dockerfile/edit/apply-edits.js'
import {formatBytes} from '../../../languages/text/amounts.js'
import {isWithin, parentPath, relativeTo} from '../../../languages/text/container-path.js'
import {ROOT} from '../../../tree/model/file-tree.js'
import {isForDevelopment} from '../../rewrites/final-image.js'
import {findNeeded, type Needed} from '../../rewrites/imports/find-needed.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

const MONOREPO = [
  'api/requirements.txt',
  'api/app/__init__.py',
  'api/app/main.py',
  'api/app/schema.py',
  'api/tests/test_main.py',
  'shared/schemas/order.json',
  'web/package.json',
  'web/app/page.tsx',
  'web/public/hero.jpg (3000000 bytes)',
]
const SOURCES = {
  'api/requirements.txt': 'fastapi==0.115.2\n',
  'api/app/__init__.py': '',
  'api/app/main.py': 'from fastapi import FastAPI\nfrom app.schema import order\n',
  'api/app/schema.py':
    "from pathlib import Path\n\n\ndef order():\n    return open_data('../../shared/schemas/order.json')\n",
  'web/package.json': '{"name": "web"}',
}

/** Finds a copy of the whole project for a program that needs a part of it. */
const rule: RewriteRule = {
  id: 'narrow-copy',
  summary: 'Copy only what the programs of an image need',
  reason:
    'In a repository with several services, a copy of all of it puts the code of each into the images of the others, and an edit of one builds all of them again. The ignore file cannot help: it is the same for all. Told where what nobody needs is 1 MB or more, or a project of its own in front of a RUN. Followed: the imports of Python, and of JavaScript and TypeScript that run as they are, from where they start, strings that name modules and paths, files that a shell script calls; the packages that a build of Go compiles, with what they embed; of any other program that runs from its sources its whole directory, packages of the workspace by their names, and what its texts name outside. What a compiler or a bundler takes in is not followed, and beside a compiled program that a container starts all stays: it may read any of it. Whether anything else is read only a run shows.',
  examples: [
    {
      title: 'one service of a repository',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY api/requirements.txt api/\nRUN pip install --no-cache-dir -r api/requirements.txt\nCOPY . .\nWORKDIR /app/api\nCMD ["uvicorn", "app.main:app"]\n',
      tree: MONOREPO,
      contents: SOURCES,
      expected: {
        confidence: 'review',
        says: /api\/tests/,
        dockerfile:
          'FROM python:3.13\nWORKDIR /app\nCOPY api/requirements.txt api/\nRUN pip install --no-cache-dir -r api/requirements.txt\nCOPY api/app ./api/app/\nCOPY shared/schemas ./shared/schemas/\nWORKDIR /app/api\nCMD ["uvicorn", "app.main:app"]\n',
      },
    },
    {
      title: 'an install behind the copy reads its list',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY --chown=1000 . /app/\nRUN pip install -r api/requirements.txt\nWORKDIR /app/api\nCMD ["uvicorn", "app.main:app"]\n',
      tree: MONOREPO,
      contents: SOURCES,
      expected: {
        confidence: 'review',
        dockerfile:
          'FROM python:3.13\nWORKDIR /app\nCOPY --chown=1000 api/app /app/api/app/\nCOPY --chown=1000 api/requirements.txt /app/api/\nCOPY --chown=1000 shared/schemas /app/shared/schemas/\nRUN pip install -r api/requirements.txt\nWORKDIR /app/api\nCMD ["uvicorn", "app.main:app"]\n',
      },
    },
    {
      title: 'a service of Node, with a package of the workspace',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nWORKDIR /app/web\nRUN npm ci\nCMD ["node", "server.js"]\n',
      tree: [
        'web/package.json',
        'web/package-lock.json',
        'web/server.js',
        'libs/log/package.json',
        'libs/log/index.js',
        'api/main.go (2000000 bytes)',
      ],
      contents: {
        'web/package.json': '{"name": "web"}',
        'web/server.js': 'const log = require("@example/log")\n',
        'libs/log/package.json': '{"name": "@example/log"}',
      },
      expected: {
        confidence: 'review',
        says: /api/,
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY libs/log ./libs/log/\nCOPY web ./web/\nWORKDIR /app/web\nRUN npm ci\nCMD ["node", "server.js"]\n',
      },
    },
    {
      title: 'a program of Node.js at the top of a repository',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "server.js"]\n',
      tree: [
        'package.json',
        'package-lock.json',
        'server.js',
        'lib/db.js',
        'lib/queries/orders.sql',
        'views/index.pug',
        'public/a.css',
        'test/server.test.js',
        'docs/film.mp4 (5000000 bytes)',
        'tools/import.js',
      ],
      contents: {
        'package.json': '{"name": "shop"}',
        'server.js':
          'const express = require("express")\nconst db = require("./lib/db")\napp.set("view engine", "pug")\napp.use(express.static(path.join(__dirname, "public")))\n',
        'lib/db.js': 'const sql = fs.readFileSync(path.join(__dirname, "queries/orders.sql"))\n',
      },
      expected: {
        confidence: 'review',
        says: /docs/,
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY lib ./lib/\nCOPY public ./public/\nCOPY server.js ./\nCOPY views ./views/\nCMD ["node", "server.js"]\n',
      },
    },
    {
      title: 'TypeScript that runs as it is, with an alias and an install behind the copy',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["npx", "tsx", "src/main.ts"]\n',
      tree: [
        'package.json',
        'package-lock.json',
        'tsconfig.json',
        'src/main.ts',
        'src/jobs/a.ts',
        'web/package.json',
        'web/app.tsx',
      ],
      contents: {
        'package.json': '{"name": "shop"}',
        'tsconfig.json': '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
        'src/main.ts': 'import {run} from "@/jobs/a.js"\n',
        'src/jobs/a.ts': 'import type {Job} from "../types"\n',
        'web/package.json': '{"name": "web"}',
      },
      expected: {
        confidence: 'review',
        says: /web/,
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY package-lock.json package.json tsconfig.json ./\nCOPY src ./src/\nRUN npm ci\nCMD ["npx", "tsx", "src/main.ts"]\n',
      },
    },
    {
      title: 'a program of Node.js that loads what it finds',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "lib/main.js"]\n',
      tree: ['package.json', 'lib/main.js', 'lib/plugins/a.js', 'docs/film.mp4 (5000000 bytes)'],
      contents: {
        'package.json': '{"name": "shop"}',
        'lib/main.js': 'for (const name of names) require(name)\n',
      },
      expected: {confidence: 'review', says: /require\(name\)/},
    },
    {
      title: 'an install that runs a script of the project',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "main.js"]\n',
      tree: ['package.json', 'package-lock.json', 'main.js', 'docs/film.mp4 (5000000 bytes)'],
      contents: {
        'package.json': '{"scripts": {"postinstall": "node tools/fetch.js"}}',
        'main.js': '',
      },
      expected: null,
    },
    {
      title: 'one command of a module of Go, in a stage of its own',
      dockerfile:
        'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/api ./cmd/api\nFROM scratch\nCOPY --from=build /out/api /api\nENTRYPOINT ["/api"]\n',
      tree: [
        'go.mod',
        'go.sum',
        'cmd/api/main.go',
        'cmd/api/main_test.go',
        'cmd/worker/main.go',
        'internal/db/db.go',
        'internal/db/schema.sql',
        'internal/mail/mail.go',
        'web/package.json',
        'web/app.js',
      ],
      contents: {
        'go.mod': 'module example.org/shop\n\ngo 1.25\n',
        'go.sum': '',
        'cmd/api/main.go':
          'package main\n\nimport (\n\t"fmt"\n\n\tstore "example.org/shop/internal/db"\n)\n\nfunc main() { fmt.Println(store.Open()) }\n',
        'cmd/api/main_test.go': 'package main\n\nimport _ "example.org/shop/internal/mail"\n',
        'cmd/worker/main.go': 'package main\n\nimport _ "example.org/shop/internal/mail"\n',
        'internal/db/db.go':
          'package db\n\nimport _ "embed"\n\n//go:embed schema.sql\nvar schema string\n\nfunc Open() string { return schema }\n',
        'internal/mail/mail.go': 'package mail\n',
        'web/package.json': '{"name": "web"}',
      },
      expected: {
        confidence: 'review',
        says: /Does anything in the image read/,
        dockerfile:
          'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY cmd/api ./cmd/api/\nCOPY internal/db ./internal/db/\nRUN CGO_ENABLED=0 go build -o /out/api ./cmd/api\nFROM scratch\nCOPY --from=build /out/api /api\nENTRYPOINT ["/api"]\n',
      },
    },
    {
      title: 'files beside a compiled program, which may serve all of them',
      dockerfile:
        'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY go.mod main.go ./\nRUN go build -o api .\nFROM alpine\nWORKDIR /app\nCOPY --from=build /src/api .\nCOPY assets assets\nRUN sed -i s/a/b/ assets/script/a.js\nCMD ["./api"]\n',
      tree: ['go.mod', 'main.go', 'assets/script/a.js', 'assets/style/film.mp4 (5000000 bytes)'],
      contents: {
        'go.mod': 'module a\n',
        'main.go':
          'package main\nimport "net/http"\nfunc main() { http.ListenAndServe(":80", http.FileServer(http.Dir("./assets/"))) }\n',
      },
      expected: null,
    },
    {
      title: 'all packages of a module of Go',
      dockerfile:
        'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/ ./...\nFROM scratch\nCOPY --from=build /out /\n',
      tree: ['go.mod', 'main.go', 'web/package.json', 'film.mp4 (5000000 bytes)'],
      contents: {'go.mod': 'module a\n', 'main.go': 'package main\n', 'web/package.json': '{}'},
      expected: null,
    },
    {
      title: 'a package of Go that a step makes',
      dockerfile:
        'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/a .\nFROM scratch\nCOPY --from=build /out /\n',
      tree: ['go.mod', 'main.go', 'film.mp4 (5000000 bytes)'],
      contents: {'go.mod': 'module a\n', 'main.go': 'package main\nimport _ "a/gen"\n'},
      expected: null,
    },
    {
      title: 'a program that loads what it finds',
      dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["python", "-m", "agents"]\n',
      tree: ['agents/__main__.py', 'docs/film.mp4 (5000000 bytes)'],
      contents: {
        'agents/__main__.py': 'import importlib\nfor name in NAMES:\n    importlib.import_module(name)\n',
      },
      expected: {confidence: 'review', says: /import_module\(name\)/},
    },
    {
      title: 'a program of the whole project',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/server.js"]\n',
      tree: ['package.json', 'package-lock.json', 'src/a.ts', 'docs/film.mp4 (5000000 bytes)'],
      contents: {'package.json': '{"scripts": {"build": "tsc"}}'},
      expected: null,
    },
    {
      title: 'little that is not needed',
      dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["python", "-m", "agents"]\n',
      tree: ['agents/__main__.py', 'docs/a.md'],
      contents: {'agents/__main__.py': ''},
      expected: null,
    },
    {
      title: 'a program that is not understood',
      dockerfile: 'FROM debian\nCOPY . /app\nCMD ["/usr/bin/mystery", "--serve", "/app"]\n',
      tree: ['a/b', 'film.mp4 (5000000 bytes)'],
      expected: null,
    },
  ],
  find: (facts) => {
    if (!facts.isMain || isForDevelopment(facts)) return []
    return facts.graph.stages
      .filter(({isReachable}) => isReachable)
      .flatMap(({steps}) => steps.flatMap((step) => propose(facts, step) ?? []))
  },
}
export default rule

/** Fewer bytes are not worth a change. */
const WORTH_WHILE = 1_000_000
const MAX_COPIES = 8
const MAX_NAMES = 4

function propose(facts: RewriteFacts, copy: Step): ProposedRewrite | null {
  const source = findSource(facts, copy)
  const needed = source === null ? null : findNeeded(facts, copy)
  if (source === null || needed === null || needed.paths.length > MAX_COPIES) return null
  if (needed.paths.some((path) => !/^[\w@.+/-]+$/.test(path))) return null
  const left = listLeft(facts, source, needed)
  const bytes = left.reduce((sum, one) => sum + one.bytes, 0)
  const project = left.find(({isProject}) => isProject)
  if (bytes < WORTH_WHILE && (project === undefined || !hasRunBehind(facts, copy))) return null
  const names = left.toSorted((one, other) => other.bytes - one.bytes).map(({path}) => path)
  const others = names.length - MAX_NAMES
  const listed = others > 1 ? `${names.slice(0, MAX_NAMES).join(', ')} or ${others} others` : names.join(', ')
  return {
    line: copy.line,
    endLine: copy.instruction.endLine,
    title: `copy ${needed.paths.join(', ')} alone`,
    proof: [
      ...needed.reasons,
      {
        claim: `${formatBytes(bytes)} are left out`,
        evidence: `no program of the image names them: ${names.slice(0, MAX_NAMES).join(', ')}`,
      },
    ],
    questions: [`Does anything in the image read ${listed}?`, ...needed.questions.slice(0, 2)],
    edits: [write(facts, copy, source, needed)],
    changes: ['copies'],
  }
}

/** The directory that a plain COPY takes from the context; null for any other step. */
function findSource(facts: RewriteFacts, {instruction, reads}: Step): string | null {
  const [read, ...more] = reads
  if (instruction.keyword !== 'COPY' || instruction.from !== null || instruction.isInherited) return null
  if (read === undefined || more.length > 0 || read.hasWildcards || read.exclude.length > 0) return null
  const {written} = instruction
  if (written.isJson || written.heredocs.length > 0 || written.args.length !== 2) return null
  if (
    written.flags.some(({name}) => name === 'parents' || name === 'exclude') ||
    /[$?]/.test(written.args.join(''))
  )
    return null
  const entry = facts.tree.find(read.path.slice(1))
  return read.path === '/' ? '' : entry >= 0 && facts.tree.isDirectory(entry) ? read.path.slice(1) : null
}

interface LeftOut {
  path: string
  bytes: number
  /** It has a manifest or a Dockerfile of its own. */
  isProject: boolean
}

const PROJECT =
  /^(?:package\.json|pyproject\.toml|requirements\.txt|go\.mod|Cargo\.toml|pom\.xml|Gemfile|composer\.json|Dockerfile)$/

/** The topmost paths that are sent and that nothing needs. */
function listLeft(facts: RewriteFacts, source: string, {paths}: Needed): LeftOut[] {
  const {tree} = facts
  const found: LeftOut[] = []
  const visit = (directory: number): void => {
    for (const entry of tree.childrenOf(directory)) {
      const path = tree.pathOf(entry)
      if (paths.includes(path)) continue
      const holdsNeeded = paths.some((one) => isWithin(one, path))
      if (holdsNeeded) visit(entry)
      else found.push(describeLeft(facts, entry, path))
    }
  }
  visit(source === '' ? ROOT : tree.find(source))
  return found.filter(({bytes}) => bytes > 0)
}

function describeLeft(facts: RewriteFacts, entry: number, path: string): LeftOut {
  const {tree} = facts
  let bytes = 0
  for (let index = entry; index < tree.endOf(entry); index++) {
    if (tree.isFile(index) && facts.isSent(tree.pathOf(index))) bytes += tree.sizeOf(index)
  }
  const isProject =
    tree.isDirectory(entry) && [...tree.childrenOf(entry)].some((one) => PROJECT.test(tree.nameOf(one)))
  return {path, bytes, isProject}
}

function hasRunBehind({graph}: RewriteFacts, copy: Step): boolean {
  return [...stepsBehind(graph.target), ...copy.stage.steps].some(
    ({index, instruction}) => index > copy.index && instruction.keyword === 'RUN',
  )
}

/** One COPY for each directory, and one for the files that come to the same place. */
function write(facts: RewriteFacts, {instruction}: Step, source: string, {paths}: Needed): TextEdit {
  const {written} = instruction
  const [first, second] = written.argRanges
  const head = facts.textAt({start: written.keywordRange.start, end: first!.start})
  const target = facts.textAt(second!).replace(/\/+$/, '')
  const groups = new Map<string, string[]>()
  for (const path of paths) {
    const isFile = facts.tree.isFile(facts.tree.find(path))
    const place = isFile ? parentPath(path) : path
    const below = place === source ? '' : source === '' ? place : relativeTo(source, place)
    const to = below === '' ? `${target}/` : `${target}/${below}/`
    groups.set(to, [...(groups.get(to) ?? []), path])
  }
  const lines = [...groups].map(([to, from]) => `${head}${from.join(' ')} ${to}`)
  return {range: written.range, text: lines.join(facts.lineEnd)}
}
