import assert from 'node:assert/strict'
import {suggestLines} from '../../../src/advice/suggest/suggest-lines.js'
import {TrackedPaths} from '../../../src/languages/git/tracked-paths.js'
import {loadProject} from '../suggest/suggest.js'

const TEXT = 40_000

/** A build that carries files which look like litter, and the safe lines that it must get, and no others. */
interface Row {
  title: string
  dockerfile: string
  files: Readonly<Record<string, string | number>>
  /** What Git tracks. Absent: nobody knows. */
  tracked?: readonly string[]
  gitignore?: string
  ignore?: string
  safe: readonly string[]
}

const node = 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "index.js"]'
const python = 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]'
const go = 'FROM golang:1.23-alpine\nWORKDIR /app\nCOPY . .\n'
const manifest = {'package.json': '{"name":"x"}', 'package-lock.json': '{}'}

const ROWS: readonly Row[] = [
  {
    title: 'templates that a program embeds',
    dockerfile: `${go}RUN go build -o /x .`,
    files: {
      'go.mod': 'module x',
      'main.go':
        'package main\n//go:embed templates/Dockerfile\nvar d string\n//go:embed templates/docker-compose.yml\nvar c string',
      'templates/Dockerfile': TEXT,
      'templates/docker-compose.yml': TEXT,
    },
    safe: [],
  },
  {
    title: 'what tests are about',
    dockerfile: `${go}RUN go test ./...`,
    files: {
      'go.mod': 'module x',
      'p/p_test.go': 'package p',
      'p/testdata/Dockerfile': TEXT,
      'p/testdata/junit.xml': TEXT,
      'p/testdata/lcov.info': TEXT,
      'p/testdata/.travis.yml': TEXT,
      'p/testdata/.github/workflows/a.yml': TEXT,
    },
    safe: [],
  },
  {
    title: 'settings that Git tracks, where a step reads the repository',
    dockerfile: `${node}\nRUN git describe`,
    files: {...manifest, 'index.js': '', '.git/HEAD': TEXT, '.github/workflows/ci.yml': TEXT},
    tracked: ['package.json', 'index.js', '.github/workflows/ci.yml'],
    safe: [],
  },
  {
    title: 'settings that Git tracks, where a step would read the repository that is kept out',
    dockerfile: `${node}\nRUN git describe || true`,
    files: {
      ...manifest,
      'index.js': '',
      '.git/HEAD': TEXT,
      '.github/workflows/ci.yml': TEXT,
    },
    tracked: ['package.json', 'index.js', '.github/workflows/ci.yml'],
    ignore: '.git\n',
    safe: ['.github'],
  },
  {
    title: 'the template of a scaffolding tool',
    dockerfile: node,
    files: {
      ...manifest,
      'index.js':
        'const {cpSync} = require("fs")\ncpSync(__dirname + "/templates/app", process.argv[2], {recursive: true})',
      'templates/app/Dockerfile': TEXT,
      'templates/app/.github/a.yml': TEXT,
      'templates/app/docker-compose.yml': TEXT,
      'templates/app/.vscode/settings.json': TEXT,
    },
    safe: [],
  },
  {
    title: 'a model that the program loads',
    dockerfile: python,
    files: {
      'app.py': 'import mlflow\nmlflow.pyfunc.load_model("mlruns/0/abc/artifacts/model")',
      'mlruns/0/meta.yaml': 'a',
      'mlruns/0/abc/artifacts/model/model.pkl': TEXT,
    },
    safe: [],
  },
  {
    title: 'files that a program lists by a pattern',
    dockerfile: python,
    files: {'app.py': 'import glob\nfor f in glob.glob("seeds/*.bak"): print(f)', 'seeds/a.bak': TEXT},
    safe: [],
  },
  {
    title: 'a man page called like a Dockerfile',
    dockerfile: node,
    files: {...manifest, 'index.js': '', 'man/Dockerfile.5.md': TEXT},
    safe: [],
  },
  {
    title: 'litter that Git ignores and no source names',
    dockerfile: node,
    files: {
      ...manifest,
      'index.js': 'console.log("up")',
      'service.log': TEXT,
      'a.swp': TEXT,
      '.DS_Store': TEXT,
    },
    gitignore: '*.log\n.DS_Store\n*.swp\n',
    tracked: ['package.json', 'package-lock.json', 'index.js'],
    safe: ['**/*.log', '**/*.swp', '**/.DS_Store'],
  },
  {
    title: 'settings that Git tracks where every program is understood',
    dockerfile: node,
    files: {
      ...manifest,
      'index.js': 'console.log("up")',
      '.github/workflows/ci.yml': TEXT,
      '.vscode/settings.json': TEXT,
    },
    tracked: ['package.json', 'index.js', '.github/workflows/ci.yml', '.vscode/settings.json'],
    safe: ['.github', '.vscode'],
  },
  {
    title: 'settings that Git tracks where one is not',
    dockerfile: node.replace('RUN npm ci', 'RUN npm ci && some-checker .'),
    files: {...manifest, 'index.js': 'console.log("up")', '.github/workflows/ci.yml': TEXT},
    tracked: ['package.json', 'index.js', '.github/workflows/ci.yml'],
    safe: [],
  },
  {
    title: 'a log that Git tracks',
    dockerfile: node,
    files: {...manifest, 'index.js': '', 'data/history.log': TEXT},
    tracked: ['package.json', 'index.js', 'data/history.log'],
    safe: [],
  },
  {
    title: 'bytecode at every level, beside an environment and in assistant settings',
    dockerfile:
      'FROM python:3.12\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD ["python", "a/m.py"]',
    files: {
      'requirements.txt': 'flask',
      'a/m.py': 'print(1)',
      'a/__pycache__/m.cpython-312.pyc': TEXT,
      'b/m.py': '',
      'b/__pycache__/m.cpython-312.pyc': TEXT,
      '.claude/skills/x.py': '',
      '.claude/skills/__pycache__/x.cpython-312.pyc': TEXT,
      '.venv/pyvenv.cfg': 'home = /usr',
      '.venv/lib/__pycache__/y.cpython-312.pyc': TEXT,
    },
    safe: ['**/__pycache__', '.claude', '.venv'],
  },
  {
    title: 'compiled views',
    dockerfile: 'FROM php:8.3-apache\nWORKDIR /var/www/html\nCOPY . .\nCMD ["apache2-foreground"]',
    files: {
      artisan: '#!/usr/bin/env php',
      'composer.json': '{"require": {"laravel/framework": "11"}}',
      'bootstrap/app.php': '<?php',
      'storage/framework/views/00905f40.php': TEXT,
      'storage/framework/views/1f905f40.php': TEXT,
      'storage/framework/views/.gitignore': '*',
    },
    safe: ['storage/framework/views/*.php'],
  },
]

describe('what looks like litter', () => {
  for (const {title, dockerfile, files, tracked, gitignore, ignore, safe} of ROWS) {
    it(title, () => {
      const input = loadProject({
        tree: files,
        dockerfiles: {Dockerfile: dockerfile},
        ...(gitignore !== undefined && {gitignore}),
        ...(ignore !== undefined && {ignore}),
      })
      const lines = suggestLines({
        ...input,
        tracked: tracked === undefined ? null : new TrackedPaths(tracked),
      })
      const found = lines.filter(({confidence}) => confidence === 'safe')
      assert.deepEqual(found.map(({pattern}) => pattern).sort(), [...safe].sort())
    })
  }
})
