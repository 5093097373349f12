import assert from 'node:assert/strict'
import {findBase} from '../../../../src/advice/rewrites/bases/find-base.js'
import {RewriteFacts} from '../../../../src/advice/rewrites/rewrite-facts.js'
import {createBuildGraph} from '../../../../src/build/graph/create-build-graph.js'
import {evaluateDockerfile} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {createFileTree} from '../../rules/create-file-tree.js'

function find(image: string, outside: Record<string, string>): string | null {
  const dockerfile = parseDockerfile(`FROM ${image}\n`)
  const facts = new RewriteFacts({
    file: 'Dockerfile',
    dockerfile,
    graph: createBuildGraph(evaluateDockerfile(dockerfile)),
    tree: createFileTree(['a']),
    rules: null,
    evidence: new Map(),
    outside: new Map(Object.entries(outside)),
  })
  return findBase(facts)?.path ?? null
}

const BASE = {'Dockerfile.base': 'FROM debian\n'}

describe('the Dockerfile of a base image', () => {
  const rows: [title: string, image: string, outside: Record<string, string>, path: string | null][] = [
    [
      'a Makefile builds it',
      'e/app-base',
      {...BASE, Makefile: 'docker build -f Dockerfile.base -t e/app-base:1 .'},
      'Dockerfile.base',
    ],
    [
      'with a variable',
      'e/app-base:2',
      {...BASE, Makefile: 'docker build -f ./Dockerfile.base -t $(IMAGE)-base .'},
      'Dockerfile.base',
    ],
    [
      'in two lines',
      'e/app-base',
      {...BASE, Makefile: 'docker build \\\n -f Dockerfile.base -t e/app-base .'},
      'Dockerfile.base',
    ],
    [
      'a directory',
      'e/os',
      {'os/Dockerfile': 'FROM debian\n', Makefile: 'docker build -t e/os os'},
      'os/Dockerfile',
    ],
    [
      'a step of a workflow',
      'e/app-base',
      {...BASE, '.github/workflows/a.yml': 'with:\n  file: Dockerfile.base\n  tags: e/app-base:latest\n'},
      'Dockerfile.base',
    ],
    ['its name says so', 'e/app-base', BASE, 'Dockerfile.base'],
    ['another image', 'e/os', {...BASE, Makefile: 'docker build -f Dockerfile.base -t e/app-base .'}, null],
    [
      'an official one',
      'python:3.13',
      {...BASE, Makefile: 'docker build -f Dockerfile.base -t python:3.13 .'},
      null,
    ],
    ['one that does not parse', 'e/app-base', {'Dockerfile.base': 'FROM\n'}, null],
    [
      'one that nobody has read',
      'e/app-base',
      {Makefile: 'docker build -f deep/in/the/project/Dockerfile -t e/app-base .'},
      null,
    ],
    ['two that may be', 'e/app-base', {...BASE, 'base.Dockerfile': 'FROM a\n'}, null],
  ]
  for (const [title, image, outside, path] of rows) it(title, () => assert.equal(find(image, outside), path))
})
