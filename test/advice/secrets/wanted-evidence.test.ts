import assert from 'node:assert/strict'
import {KnownEntries} from '../../../src/advice/catalogue/known-entries.js'
import {listWantedForSecrets} from '../../../src/advice/secrets/wanted-evidence.js'
import {createInput} from '../rules/create-input.js'

function listIn(literals: string[], ignore = '', limit?: number): string[] {
  const {tree, main} = createInput({ignore, tree: literals})
  return listWantedForSecrets(tree, new KnownEntries(tree).suspects, main.selection, limit).map(
    ({paths, maxBytes}) => `${paths} ${maxBytes}`,
  )
}

describe('files opened for a secret', () => {
  it('are those whose name is not enough, or not if Git tracks them', () => {
    const found = listIn(['.env', '.npmrc', '.htpasswd', 'a.js', 'b.pem', 'key.pub'])
    assert.deepEqual(found, ['.env 65536', '.npmrc 65536', 'b.pem 65536'])
  })

  it('are only those that are sent', () => {
    assert.deepEqual(listIn(['a.pem', 'b.pem'], 'a.pem'), ['b.pem 65536'])
  })

  it('are bounded in number, the ones near the root first', () => {
    assert.deepEqual(listIn(['a/b/x.pem', 'c/y.pem', 'z.pem'], '', 2), ['z.pem 65536', 'c/y.pem 65536'])
  })

  it('are not links, nor in what is installed', () => {
    assert.deepEqual(listIn(['a.pem -> b', 'node_modules/x/package.json', 'node_modules/x/a.pem']), [])
  })
})
