/** Every command that README and docs show can be typed, and what they show on examples/ runs. */
import assert from 'node:assert/strict'
import {readdirSync, readFileSync} from 'node:fs'
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

  it('are run in part', () => assert.ok(runnable.length > 5, String(runnable.length)))
})
