import assert from 'node:assert/strict'
import {SlimCheckError} from '../../../src/errors.js'
import {
  addConfigEntries,
  type ConfigEntry,
  removeConfigEntries,
} from '../../../src/host/hooks/docker-config.js'

const ALIAS: ConfigEntry = {path: ['aliases', 'builder'], value: '"slimbuild"', isOwn: true}
const HOOKS: ConfigEntry = {path: ['plugins', 'slimcheck', 'hooks'], value: '"build"', isOwn: true}
const FEATURE: ConfigEntry = {path: ['features', 'hooks'], value: '"true"'}

const CONFIGS: Record<string, string | null> = {
  'no file': null,
  'an empty object': '{}',
  'an empty object over lines': '{\n}\n',
  'what docker login writes': '{\n\t"auths": {\n\t\t"x.example": {\n\t\t\t"auth": "Zm9v"\n\t\t}\n\t}\n}',
  'two spaces, a line break at the end': '{\n  "credsStore": "osxkeychain",\n  "currentContext": "x"\n}\n',
  CRLF: '{\r\n\t"auths": {},\r\n\t"psFormat": "x"\r\n}\r\n',
  'one line': '{"auths":{},"HttpHeaders":{"X":"y"}}',
  'objects that are there and empty': '{"aliases": {}, "plugins": {}, "features": { }}',
  'another alias': '{\n\t"aliases": {\n\t\t"builder": "buildx"\n\t},\n\t"auths": {}\n}',
  'hooks switched off': '{"features": {"hooks": "false", "x": "y"}}',
  'hooks on already': '{"features": {"hooks": "true"}}',
  'other plugins': '{"plugins": {"a": {"hooks": "run"}}, "zzz": [1, 2,\n 3]}',
  'odd spacing and letters': '{ "auths" :\n{ } ,"x\\u00e9": "ü",\n\n\t"n": 1e3 }',
}

function run(text: string | null, steps: readonly ['add' | 'remove', ConfigEntry[]][]): string | null {
  let state = {
    config: text === null ? null : (Buffer.from(text) as Uint8Array | null),
    journal: null as Uint8Array | null,
  }
  for (const [what, entries] of steps) {
    state = what === 'add' ? addConfigEntries('c', state, entries) : removeConfigEntries('c', state, entries)
    if (state.config !== null) JSON.parse(Buffer.from(state.config).toString())
  }
  const isEnd = steps.at(-1)![0] === 'remove'
  if (isEnd) assert.equal(state.journal, null)
  return state.config === null ? null : Buffer.from(state.config).toString()
}

describe("edits of Docker's configuration", () => {
  for (const [name, text] of Object.entries(CONFIGS)) {
    it(`come out byte for byte, in any order: ${name}`, () => {
      const after: ConfigEntry[] = [HOOKS, FEATURE]
      assert.equal(
        run(text, [
          ['add', [ALIAS]],
          ['remove', [ALIAS]],
        ]),
        text,
      )
      assert.equal(
        run(text, [
          ['add', [ALIAS]],
          ['add', after],
          ['remove', [ALIAS]],
          ['remove', after],
        ]),
        text,
      )
      assert.equal(
        run(text, [
          ['add', after],
          ['add', [ALIAS]],
          ['remove', [ALIAS]],
          ['remove', after],
        ]),
        text,
      )
      assert.equal(
        run(text, [
          ['add', after],
          ['add', after],
          ['remove', after],
        ]),
        text,
      )
    })

    it(`keep every other key: ${name}`, () => {
      const changed = JSON.parse(run(text, [['add', [ALIAS, HOOKS, FEATURE]]])!)
      const original = JSON.parse(text ?? '{}')
      assert.equal(changed.aliases.builder, 'slimbuild')
      assert.equal(changed.plugins.slimcheck.hooks, 'build')
      assert.equal(changed.features.hooks, 'true')
      for (const key of Object.keys(original)) {
        if (!['aliases', 'plugins', 'features'].includes(key)) assert.deepEqual(changed[key], original[key])
      }
    })
  }

  it('leave an alias alone that was changed since', () => {
    const {journal} = addConfigEntries('c', {config: null, journal: null}, [ALIAS])
    const config = Buffer.from('{"aliases": {"builder": "other"}}')
    const state = removeConfigEntries('c', {config, journal}, [ALIAS])
    assert.equal(state.config, config)
  })

  it('take an alias out when the journal is lost', () => {
    const config = Buffer.from('{"auths": {}, "aliases": {"builder": "slimbuild"}}')
    const state = removeConfigEntries('c', {config, journal: null}, [ALIAS])
    assert.equal(Buffer.from(state.config!).toString(), '{"auths": {}, "aliases": {}}')
  })

  for (const [name, content] of Object.entries({
    'not JSON': '{',
    'not an object': '[]',
    'a comment': '{} // x',
    'a name twice': '{"aliases": {"builder": "a", "builder": "b"}}',
    'a name in another case': '{"Aliases": {"builder": "a"}}',
    'something else than an object': '{"aliases": "x"}',
    'not UTF-8': Buffer.from('7b22ff223a317d', 'hex'),
    'a byte-order mark': '\ufeff{}',
    nothing: '',
  })) {
    it(`are refused, and nothing is written: ${name}`, () => {
      const config = Buffer.from(content)
      assert.throws(
        () => addConfigEntries('c', {config, journal: null}, [ALIAS]),
        (error) => error instanceof SlimCheckError && error.code === 'docker-config-invalid',
      )
    })
  }
})
