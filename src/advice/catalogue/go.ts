import type {CatalogueEntry} from './catalogue-entry.js'
import {HAND_WRITTEN} from './signs.js'

export const GO: readonly CatalogueEntry[] = [
  {
    // if it stands there, `go build` uses it and needs no network
    kind: 'go-vendor',
    rule: 'go-vendor',
    title: 'vendored Go modules',
    names: ['vendor'],
    type: 'dir',
    disposition: 'doubtful',
    evidence: {
      any: [{contains: ['modules.txt']}, {all: [{sibling: ['go.mod']}, {not: {contains: ['autoload.php']}}]}],
    },
    producers: ['go-vendor', 'go-build'],
  },
  {
    kind: 'go-binaries',
    rule: 'go-binaries',
    title: 'Go binaries',
    names: ['bin', 'dist'],
    type: 'dir',
    disposition: 'doubtful',
    evidence: {
      all: [
        {sibling: ['go.mod']},
        {not: {sibling: ['package.json']}},
        {not: {containsAny: [...HAND_WRITTEN, '*.js', '*.pl', '*.bash']}},
      ],
    },
    producers: ['go-build'],
  },
  {
    kind: 'go-test-binary',
    rule: 'go-test-binary',
    title: 'Go test binary',
    names: ['*.test', '*.test.exe'],
    type: 'file',
    disposition: 'junk',
    evidence: {all: [{ancestorHas: ['go.mod']}, {sibling: ['*_test.go']}]},
  },
  {
    kind: 'go-profiles',
    rule: 'go-profiles',
    title: 'Go profiles',
    names: [
      'cover.out',
      'coverage.out',
      'coverage.txt',
      '*.coverprofile',
      'cpu.out',
      'mem.out',
      'cpu.prof',
      'mem.prof',
      '*.prof',
      '*.pprof',
    ],
    type: 'file',
    disposition: 'junk',
    evidence: {all: [{sibling: ['go.mod', '*.go']}, {not: {under: ['testdata']}}]},
  },
  {
    kind: 'go-build-cache',
    rule: 'go-build-cache',
    title: 'Go build cache',
    names: ['.gocache', '.go-build', '.gomodcache', '.golangci-cache'],
    type: 'dir',
    disposition: 'junk',
  },
]
