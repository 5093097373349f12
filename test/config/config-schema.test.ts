import assert from 'node:assert/strict'
import {readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {CONFIG_SCHEMA} from '../../src/config/config-schema.js'
import {parseConfig} from '../../src/config/parse-config.js'
import {readSettings} from '../../src/config/read-settings.js'
import {projectRoot} from '../helpers/project.js'

const SCHEMA_FILE = path.join(projectRoot, 'docs/config.schema.json')
const DOCUMENT = readFileSync(path.join(projectRoot, 'docs/configuration.md'), 'utf8')

describe('docs/config.schema.json', () => {
  it('is the schema that validates', () => {
    // The linter lays the file out.
    const expected = JSON.parse(JSON.stringify(CONFIG_SCHEMA))
    if (process.env.UPDATE_SNAPSHOTS === '1') writeFileSync(SCHEMA_FILE, JSON.stringify(expected, null, 2))
    else
      assert.deepEqual(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')), expected, 'run with UPDATE_SNAPSHOTS=1')
  })
})

describe('docs/configuration.md', () => {
  const examples = [...DOCUMENT.matchAll(/^```(yaml|json)\n([\s\S]*?)^```$/gm)]

  it('has examples', () => assert.ok(examples.length >= 4))

  for (const [, language, text] of examples) {
    it(`has an example that is valid: ${text!.split('\n', 2).join(' ')}`, () => {
      const isPackage = text!.includes('"slim-check":')
      const name = isPackage ? 'package.json' : `.slim-check.${language}`
      assert.ok(readSettings(parseConfig(name, Buffer.from(text!))!))
    })
  }

  const keys = Object.keys(CONFIG_SCHEMA.properties)
  const inner = ['budgets', 'build', 'baseline'] as const
  for (const key of [
    ...keys,
    ...inner.flatMap((name) => Object.keys(CONFIG_SCHEMA.definitions[name].properties)),
  ]) {
    it(`explains ${key}`, () => assert.ok(DOCUMENT.includes(`\`${key}\``)))
  }
})
