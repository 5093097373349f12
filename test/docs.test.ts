/** Every command that README and docs show can be typed, and what they show on examples/ runs. */
import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {projectRoot} from './helpers/project.js'
import {runCli} from './helpers/run-cli.js'

interface ManifestFlag {
  char?: string
  allowNo?: boolean
}

const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'oclif.manifest.json'), 'utf8')) as {
  commands: Record<string, {flags: Record<string, ManifestFlag>}>
}

/** How a line of a document begins that somebody is to type. */
const PROGRAM = /^(?:\$ )?(?:docker slim-?check|docker-slim-check|node bin\/run\.js) +(.*)$/

/** What a command writes, or needs an engine for, is not run here. */
const NOT_RUN = /--write|--save|--output|^(?:image|measure|install|uninstall|hook|init)\b/

interface Example {
  file: string
  text: string
  words: string[]
}

const files = ['README.md', ...readdirSync(path.join(projectRoot, 'docs')).map((name) => `docs/${name}`)]
const examples = files.filter((name) => name.endsWith('.md')).flatMap(listExamples)

function listExamples(file: string): Example[] {
  const lines = readFileSync(path.join(projectRoot, file), 'utf8').split('\n')
  let isFenced = false
  return lines.flatMap((line) => {
    if (/^ *```/.test(line)) isFenced = !isFenced
    const isCode = isFenced || /^ {4}/.test(line)
    const text = line.trim().replace(/^npm ci && /, '')
    const [, call] = (isCode && PROGRAM.exec(text)) || []
    if (call === undefined) return []
    // A comment, a pipe or the next command ends it.
    const [own = ''] = call.split(/ +# | \| | && | > | < /)
    return [{file, text, words: own.trim().split(/ +/)}]
  })
}

/** The id of the command; null for the overview, which has none. */
function findCommand([first = '', second = '']: readonly string[]): string | null {
  const both = `${first}:${second}`
  if (both in manifest.commands) return both
  return first in manifest.commands ? first : null
}

describe('the examples in README and docs', () => {
  it('are found', () => assert.ok(examples.length > 40, String(examples.length)))

  for (const {file, text, words} of examples) {
    it(`${file}: ${text}`, () => {
      const id = findCommand(words)
      const isOther =
        ['help', '--help', '--version'].includes(words[0]!) || /^[./~]|^examples/.test(words[0]!)
      assert.ok(id !== null || isOther, `no command ${words[0]}`)
      const flags = id === null ? {} : manifest.commands[id]!.flags
      const names = Object.entries(flags).flatMap(([name, {char, allowNo}]) => [
        `--${name}`,
        ...(char === undefined ? [] : [`-${char}`]),
        ...(allowNo ? [`--no-${name}`] : []),
      ])
      const end = words.includes('--') ? words.indexOf('--') : words.length
      const used = words.slice(0, end).filter((word) => /^--?[a-z]/.test(word))
      if (id !== null) for (const word of used) assert.ok(names.includes(word.split('=')[0]!), word)
    })
  }

  const runnable = examples.filter(({words}) => {
    return words.some((word) => word.startsWith('examples/')) && !NOT_RUN.test(words.join(' '))
  })
  for (const {file, text, words} of runnable) {
    it(`${file}: ${text} runs`, () => {
      const {status, stdout, stderr} = runCli(words)
      assert.equal(status, 0, stderr)
      assert.notEqual(stdout, '')
    })
  }

  it('install no package by its name, as long as it is not published', () => {
    const bare = /\b(?:npx|npm (?:i|install|exec)|pnpm dlx)(?: -\S+)* ["']?docker-slim-check\b(?!-)/
    assert.match('npx --yes docker-slim-check measure', bare)
    assert.deepEqual(
      files.filter(
        (file) => file.endsWith('.md') && bare.test(readFileSync(path.join(projectRoot, file), 'utf8')),
      ),
      [],
    )
  })

  it('are run in part', () => assert.ok(runnable.length > 0, String(runnable.length)))
})

/** A command that a document shows behind `$ `, and the lines below it. */
interface Shown {
  command: string
  output: string[]
}

/** The indented blocks of a document: what is typed, and what is said to come. */
function listShown(file: string): Shown[] {
  const shown: Shown[] = []
  let last: Shown | null = null
  for (const line of readFileSync(path.join(projectRoot, file), 'utf8').split('\n')) {
    if (line.startsWith('    $ ')) {
      last = {command: line.slice(6), output: []}
      shown.push(last)
    } else if (line === '' || line.startsWith('    ')) last?.output.push(line.slice(4))
    else last = null
  }
  return shown
}

/** Tells which part of what a document shows does not come, in its order; null where all of it does. */
function findMissing(output: readonly string[], stdout: string): string | null {
  const parts = output
    .join('\n')
    .split(/^…$/m)
    .map((part) => part.replace(/^\n+|\n+$/g, ''))
  let at = 0
  for (const part of parts) {
    const found = stdout.indexOf(part, at)
    if (found < 0) return part
    at = found + part.length
  }
  return null
}

describe('what documents show below a command', () => {
  const directories: string[] = []
  after(() => {
    for (const directory of directories) rmSync(directory, {recursive: true})
  })

  /** Runs what a document types, one after another, in a copy of the example that it copies. */
  function follow(file: string): number {
    let cwd = projectRoot
    let compared = 0
    for (const {command, output} of listShown(file)) {
      const [, copied] = /^cp -r (examples\/\S+)/.exec(command) ?? []
      const [, own] = /^docker slimcheck (.*)$/.exec(command) ?? []
      if (copied !== undefined) {
        cwd = mkdtempSync(path.join(tmpdir(), 'slim-check-docs-'))
        directories.push(cwd)
        cpSync(path.join(projectRoot, copied), cwd, {recursive: true})
      } else if (command.startsWith('git init')) {
        execFileSync('git', ['init', '--quiet'], {cwd})
        execFileSync('git', ['add', '.'], {cwd})
      } else {
        assert.ok(own !== undefined, command)
        const {stdout} = runCli(own.split(' '), {cwd, env: {SLIM_CHECK_SPELLING: 'docker slimcheck'}})
        assert.equal(findMissing(output, stdout), null, `${command}\n${stdout}`)
        compared++
      }
    }
    return compared
  }

  it('comes in the quick start, step by step', () => assert.ok(follow('docs/quick-start.md') > 8))

  it('comes in the other guides', () => {
    const others = files.filter((name) => name.endsWith('.md') && name !== 'docs/quick-start.md')
    const compared = others.reduce((sum, file) => sum + follow(file), 0)
    assert.ok(compared > 0, 'no guide shows what a command prints')
  })

  it('is found missing where it does not come', () => {
    assert.equal(findMissing(['a', '…', 'c'], 'a\nb\nc\n'), null)
    assert.equal(findMissing(['c', '…', 'a'], 'a\nb\nc\n'), 'a')
  })
})
