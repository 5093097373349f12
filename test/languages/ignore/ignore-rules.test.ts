import assert from 'node:assert/strict'
import {IgnoreRules} from '../../../src/languages/ignore/ignore-rules.js'
import {parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'

/** Of some rules: the directories asked about, and those that Docker enters though they are out. */
const ENTERED: [title: string, rules: IgnoreRules, directories: string, entered: string][] = [
  ['no negation', rulesOf('dist'), 'dist src', ''],
  ['a plain negation', rulesOf('*\n!src/app/**'), 'dist src src/app src/app/a', 'src src/app'],
  ['a wildcard in a negation', rulesOf('*\n!src/*.js'), 'dist src', 'dist src'],
  ['plain requests', IgnoreRules.ofRequests(['src/app', 'web/*']), 'src src/app dist web', 'src src/app web'],
  ['a wildcard in a request', IgnoreRules.ofRequests(['*.js']), 'dist', 'dist'],
]

const NAMES: [name: string, mayMatch: boolean][] = [
  ['a.log', true],
  ['dist', true],
  ['a.txt', false],
]

const PATHS: [ignore: string, path: string, verdict: boolean | null][] = [
  ['dist\n!dist/keep', 'dist/a', true],
  ['dist\n!dist/keep', 'dist/keep', false],
  // Docker tries the broken pattern only on what is not ignored yet.
  ['dist\nab[d-c]', 'dist/a', true],
  ['dist\nab[d-c]', 'src', null],
]

function rulesOf(text: string): IgnoreRules {
  return new IgnoreRules(parseIgnoreFile(text).patterns)
}

describe('IgnoreRules', () => {
  for (const [title, rules, directories, entered] of ENTERED) {
    it(`lets Docker enter, with ${title}`, () => {
      const asked = directories.split(' ')
      assert.equal(asked.filter((directory) => rules.enters(directory)).join(' '), entered)
      assert.equal(rules.entersAll, title.includes('a wildcard'))
    })
  }

  for (const [name, mayMatch] of NAMES) {
    it(`knows whether a pattern is about the name ${name}`, () =>
      assert.equal(rulesOf('*.log\nweb/dist').mayMatchName(name), mayMatch))
  }

  for (const [ignore, path, verdict] of PATHS) {
    it(`gives the verdict of ${JSON.stringify(ignore)} on ${path}`, () =>
      assert.equal(rulesOf(ignore).matchesPath(path), verdict))
  }
})
