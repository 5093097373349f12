import type {CatalogueEntry} from './catalogue-entry.js'
import {HAND_WRITTEN, PROJECT_FILES} from './signs.js'

const JS_TEST_FILES = ['js', 'jsx', 'ts', 'tsx', 'mjs', 'cjs', 'mts', 'cts'].flatMap((extension) => [
  `*.test.${extension}`,
  `*.spec.${extension}`,
])

/** What images mostly do without, and builds sometimes read. Only asked about, never taken. */
export const DOCS_AND_TESTS: readonly CatalogueEntry[] = [
  {
    kind: 'documentation',
    rule: 'documentation',
    title: 'documentation',
    names: ['docs', 'doc'],
    type: 'dir',
    disposition: 'doubtful',
    // a package called docs is a part of its program
    evidence: {
      all: [{sibling: PROJECT_FILES}, {not: {containsAny: ['__init__.py', '*.go', '*.ts', '*.rs']}}],
    },
  },
  {
    // npm, Cargo and Python builds read the readme and the license that a manifest names
    kind: 'project-papers',
    rule: 'project-papers',
    title: 'readme, license or changelog',
    names: [
      'README',
      'README.*',
      'LICENSE',
      'LICENSE.*',
      'LICENCE',
      'CHANGELOG',
      'CHANGELOG.*',
      'CONTRIBUTING.*',
      'CODE_OF_CONDUCT.*',
      'SECURITY.md',
      'SUPPORT.md',
      'AUTHORS',
      'HISTORY.*',
    ],
    type: 'file',
    disposition: 'doubtful',
  },
  {
    kind: 'test-sources',
    rule: 'test-sources',
    title: 'tests',
    names: ['test', 'tests', 'spec', 'e2e', 'integration-tests', 'cypress'],
    type: 'dir',
    disposition: 'doubtful',
    evidence: {sibling: PROJECT_FILES},
  },
  {
    kind: 'test-sources',
    rule: 'test-sources',
    title: 'tests',
    names: ['__tests__', '__snapshots__', '__mocks__', '__fixtures__', 'testdata'],
    type: 'dir',
    disposition: 'doubtful',
  },
  {
    kind: 'test-files',
    rule: 'test-files',
    title: 'test file',
    names: [...JS_TEST_FILES, '*_test.go', '*_test.py', 'test_*.py', '*_spec.rb', '*_test.exs'],
    type: 'file',
    disposition: 'doubtful',
  },
  {
    // beside a project, but without a mark of the tool that wrote it
    kind: 'build-output',
    rule: 'build-output',
    title: 'build output by its name',
    names: ['dist', 'out', 'build'],
    type: 'dir',
    disposition: 'doubtful',
    evidence: {all: [{sibling: PROJECT_FILES}, {not: {containsAny: HAND_WRITTEN}}]},
  },
]
