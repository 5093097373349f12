import assert from 'node:assert/strict'
import {chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {runCli} from '../../helpers/run-cli.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

/** Stands for buildx: notes each call, and knows one build of a directory `project`. */
const BUILDX = `#!/bin/sh
echo "$*" >> "$DOCKER_CONFIG/calls"
mkdir -p "$DOCKER_CONFIG/buildx"; printf "{}" > "$DOCKER_CONFIG/buildx/current"
case "$2" in
  ls) cat "$DOCKER_CONFIG/history" ;;
  logs) [ ! -e "$DOCKER_CONFIG/no-logs" ] && echo '{"vertexes":[]}' ;;
esac
`

const DONE = '{"name":"project","ref":"default/default/abc","status":"Completed"}\n'
const RUNNING = '{"name":"project","ref":"default/default/abd","status":"Running"}\n'

describe('the history of builds', () => {
  let root = ''
  let config = ''
  let refs = ''
  beforeEach(function () {
    skipUnless(this, process.platform !== 'win32', 'not on Windows')
    root = makeTemporaryDirectory()
    config = path.join(root, 'config')
    refs = path.join(config, 'buildx/refs/default/default')
    writeTree(root, {
      'project/Dockerfile': 'FROM scratch\nCOPY a /\n',
      'project/a': '1',
      'config/cli-plugins/docker-buildx': BUILDX,
      'config/history': DONE,
    })
    chmodSync(path.join(config, 'cli-plugins/docker-buildx'), 0o755)
  })
  afterEach(() => {
    if (root !== '') removeTree(root)
  })

  /** All that tells of builds was written long ago. */
  const settle = (): void => {
    mkdirSync(refs, {recursive: true})
    for (const one of [refs, path.dirname(refs)]) utimesSync(one, 1_600_000_000, 1_600_000_000)
  }

  const ask = (env: Record<string, string> = {}): void => {
    const {status, stderr} = runCli(['cache', path.join(root, 'project')], {
      env: {
        XDG_CACHE_HOME: path.join(root, 'cache'),
        DOCKER_CONFIG: config,
        DOCKER_HOST: undefined,
        BUILDX_CONFIG: undefined,
        ...env,
      },
    })
    assert.deepEqual([status, stderr], [0, ''])
  }

  const countLists = (): number => {
    const calls = readFileSync(path.join(config, 'calls'), 'utf8').split('\n')
    return calls.filter((call) => call.startsWith('history ls')).length
  }

  it('is asked once where nothing was built since', () => {
    settle()
    ask()
    ask()
    assert.equal(countLists(), 1)
  })

  const AGAIN: readonly (readonly [title: string, change: () => Record<string, string> | undefined])[] = [
    ['a build began', () => void writeFileSync(path.join(refs, 'abe'), '{}')],
    [
      'another builder was chosen',
      () => void writeFileSync(path.join(config, 'buildx/current'), '{"Name":"other"}'),
    ],
    ['a variable chooses another builder', () => ({BUILDX_BUILDER: 'other'})],
    ['the context of Docker changed', () => void writeFileSync(path.join(config, 'config.json'), '{}')],
    ['ten minutes have passed', () => void ageKept(root, 601_000)],
  ]
  for (const [title, change] of AGAIN) {
    it(`is asked again where ${title}`, () => {
      settle()
      ask()
      ask(change())
      assert.equal(countLists(), 2)
    })
  }

  it('is asked again where a build of the project was running', () => {
    settle()
    writeFileSync(path.join(config, 'history'), DONE + RUNNING)
    ask()
    ask()
    assert.equal(countLists(), 2)
  })

  it('is asked again, and for the same build, where its log could not be read', () => {
    settle()
    writeFileSync(path.join(config, 'no-logs'), '')
    ask()
    rmSync(path.join(config, 'no-logs'))
    ask()
    ask()
    const calls = readFileSync(path.join(config, 'calls'), 'utf8').split('\n')
    assert.equal(calls.filter((call) => call.startsWith('history logs')).length, 2)
    assert.equal(countLists(), 2)
  })

  it('is asked again where it has more builds than are read at once', () => {
    settle()
    const refs = Array.from({length: 14}, (_, at) => DONE.replace('abc', `abc${at}`))
    writeFileSync(path.join(config, 'history'), refs.join(''))
    for (let turn = 0; turn < 3; turn++) ask()
    const calls = readFileSync(path.join(config, 'calls'), 'utf8').split('\n')
    assert.equal(calls.filter((call) => call.startsWith('history logs')).length, 14)
    assert.equal(countLists(), 2)
  })

  it('is asked each time where no file tells of builds', () => {
    ask()
    ask()
    assert.equal(countLists(), 2)
  })
})

/** Lets what was kept of the history look as if it were older. */
function ageKept(root: string, milliseconds: number): void {
  const directory = path.join(root, 'cache/docker-slim-check/step-times')
  for (const name of readdirSync(directory)) {
    const file = path.join(directory, name)
    const kept = JSON.parse(readFileSync(file, 'utf8'))
    kept.asked.at -= milliseconds
    writeFileSync(file, JSON.stringify(kept))
  }
}
