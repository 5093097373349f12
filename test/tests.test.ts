/** What holds for every test: it passes for everybody, on every machine, as often as it is run. */
import assert from 'node:assert/strict'
import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {projectRoot} from './helpers/project.js'

/** Programs that people start by hand, and tests against an engine. */
const APART = /^(?:bench|corpus|engine)\/|^robustness\/fuzz/
/** Names every word that the others may not hold. */
const OWN = 'tests.test.ts'

const RULES: readonly (readonly [rule: string, word: RegExp, allowed?: RegExp])[] = [
  [
    'looks at no clock: what takes long is a matter of npm run bench',
    /\b(?:Date\.now|performance\.now|hrtime|new Date\(\))/,
  ],
  ['has no time limit of its own: .mocharc.json has one for all', /\.timeout\(/],
  ['draws no number without a seed: helpers/random.ts has them', /\bMath\.random\b/],
  ['says why it is left out: skipUnless, itWhere', /\.skip\(|\.skip\b/, /^helpers\/skip\.ts$/],
  [
    'does not pass where it cannot be tried: skipUnless',
    /\b(?:platform|gete?uid|isRoot|has[A-Z]\w*\(|existsSync\().*\) return$/m,
  ],
  ['does not pass where something fails', /\bcatch (?:\(\w+\) )?\{\s*(?:\/\/[^\n]*\s*)?return\s*\}/],
  ['works in a directory of its own, not at the root', /\b(?:cwd|hostPath|contextDir): '\/'/],
  [
    'keeps out of the folders of the machine',
    /'\/(?:etc|home|root|tmp|var)\//,
    /^(?:render|robustness\/context-tar)/,
  ],
]

describe('every test', () => {
  const sources = readSources()

  for (const [rule, word, allowed] of RULES) {
    it(rule, () => {
      const wrong = sources.filter(({name, text}) => word.test(text) && !allowed?.test(name))
      assert.deepEqual(
        wrong.map(({name}) => name),
        [],
      )
    })
  }
})

function readSources(): {name: string; text: string}[] {
  const root = path.join(projectRoot, 'test')
  return readdirSync(root, {recursive: true, encoding: 'utf8'})
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.ts') && name !== OWN && !APART.test(name))
    .map((name) => ({name, text: readFileSync(path.join(root, name), 'utf8')}))
}
