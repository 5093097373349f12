import assert from 'node:assert/strict'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {runCli} from '../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'

const LONG = 'a'.repeat(300)

/** What somebody types by mistake, and what the message has to name. Each has a next step, too. */
const ROWS: [words: string[], message: RegExp][] = [
  [['context', 'nope'], /^Build context not found: "nope"/],
  [['context', 'app/Dockerfile'], /"app\/Dockerfile" is a file, not a directory/],
  [['context', ''], /^The build context is empty text/],
  [['context', LONG], /^Build context not found: "a+"/],
  [['context', 'https://example.com/a.git'], /is a URL: Docker fetches it itself/],
  [['context', 'app', '--file', 'folder'], /^Cannot read Dockerfile "folder"/],
  [['context', 'app', '--file', 'binary'], /^binary:1: unknown instruction .*does not look like a text file/],
  [['context', 'app', '--target', 'nope'], /^app\/Dockerfile: there is no stage "nope"/],
  [['context', 'app', '--write', '--diff'], /^--write and --diff exclude each other/],
  [['context', 'app', '--format', 'pdf'], /^--format: there is no "pdf"/],
  [['context', 'app', '--top', 'x'], /^--top: "x" is not a whole number/],
  [['context', 'app', '--max-transfer', 'big'], /^--max-transfer: "big" is not a size/],
  [['context', 'app', '--platform', 'moon'], /^--platform: "moon" is not a platform/],
  [['context', 'app', '--build-arg'], /^Flag --build-arg expects a value/],
  [['context', 'app', '--compose'], /^No compose file in "app"/],
  [['context', 'app', '--bake'], /^No bake file in "app"/],
  [['context', 'app', '--service', 'x'], /^app: there is no "x"/],
  [['context', 'app', '--baseline', 'nope'], /^Baseline not found: "nope"/],
  [['context', 'app', '--config', 'nope'], /^Configuration file not found: "nope"/],
  [['context', 'broken'], /^broken\/\.slim-check\.yaml:2: /],
  [['context', 'app', '--output', 'nope/x.html'], /^Cannot write "nope\/x.html": its directory does not/],
  [['context', 'app', '--output', 'x.pdf'], /^--output: the ending of "x.pdf"/],
  [['context', 'app', '-i'], /^--interactive needs a terminal/],
  [['ls', 'app', '--output-context', 'no/x.tar'], /^Cannot write "no\/x.tar": its directory does not exist/],
  [['why'], /^Missing PATH/],
  [['why', 'nope', '--context', 'app'], /^"nope" is not below the build context "app"/],
  [['dockerfile', 'empty'], /^Dockerfile not found: "empty\/Dockerfile"/],
  [['compose', 'stack'], /^stack\/compose\.yaml:\d: /],
  [['compose', 'app', '--file', 'nope.yaml'], /^File not found: "nope.yaml"/],
  [['cache', 'app', '--scenario', 'x'], /^--scenario: there is no "x"/],
  [['cache', 'app', '--since', 'main'], /^Git does not work here: /],
  [['cache', 'app', '--record', 'nope'], /^"nope" is not a build record: /],
  [['image'], /^Missing IMAGE/],
  [['image', 'nope.tar'], /^Image archive not found: "nope.tar"/],
  [['image', 'app/Dockerfile'], /^"app\/Dockerfile" cannot be read as an image: it is not a tar/],
  [['image', 'app'], /^"app" cannot be read as an image: it has no index\.json/],
  [['measure', 'app', '--runs', '0'], /^--runs: "0" is not a whole number of at least 1/],
  [['measure', 'app', '--against', 'nope'], /^"nope.json" is not a report of measured builds/],
  [['init', 'nope'], /^Build context not found: "nope"/],
  [['shell-init', 'ksh'], /^There is no "ksh"/],
  [['hook', 'install', 'nope'], /^There is no "nope"/],
  [['hook', 'check', 'app', '--max-transfer', 'x'], /^--max-transfer: "x" is not a size/],
  [['nope'], /^There is no command "nope"/],
  [['context', 'app', 'extra'], /^Too many arguments: "extra"/],
  [['context', 'app', '--nope'], /^There is no flag "--nope"/],
]

describe('wrong inputs', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      'app/Dockerfile': 'FROM alpine\nCOPY . .\n',
      'broken/Dockerfile': 'FROM alpine\n',
      'broken/.slim-check.yaml': 'budgets: [\n',
      'stack/compose.yaml': 'services: [\n',
      'folder/file': '',
      'empty/.keep': '',
    })
    writeFileSync(path.join(root, 'binary'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe, 0x01]))
  })
  after(() => removeTree(root))

  for (const [words, message] of ROWS) {
    it(words.join(' ').slice(0, 60), () => {
      const {status, stdout, stderr} = runCli(words, {cwd: root})
      assert.deepEqual([status, stdout], [2, ''], stderr)
      const [first = '', next = ''] = stderr.split(/\n(?=Try this: )/)
      assert.match(first, /^Error: /)
      assert.match(first.slice('Error: '.length), message)
      assert.match(next, /^Try this: \S/)
      assert.doesNotMatch(stderr, /\n {4}at |node:internal|E[A-Z]{4,}:/)
    })
  }
})
