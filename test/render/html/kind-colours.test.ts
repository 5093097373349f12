import assert from 'node:assert/strict'
import {CATALOGUE} from '../../../src/advice/catalogue/catalogue.js'
import {assignColours, familyOf} from '../../../src/render/html/kind-colours.js'
import {makeTree} from '../../measure/figures/size-trees.js'

describe('the colours of kinds', () => {
  const rows: [title: string, kinds: string[]][] = [
    [
      'packages and tools',
      ['npm-packages', 'python-virtualenv', 'go-vendor', 'ruby-gems', 'gcc', 'yarn-pnp'],
    ],
    ['version control', ['git-history', 'subversion-data', 'git-link', 'repository']],
    ['build output', ['next-build', 'rust-target', 'dotnet-obj', 'object-files', 'python-dist']],
    ['caches and temporary files', ['next-cache', 'npm-cache', 'apt-lists', 'python-bytecode']],
    ['secrets', ['private-key', 'dotenv-secrets', 'cloud-credentials', 'terraform-state', 'shell-history']],
    ['documents and tests', ['documentation', 'test-sources', 'coverage-report', 'project-papers']],
    ['data, media and archives', ['data-set', 'database-dump', 'model-weights', 'archives', 'saved-image']],
    ['settings and build files', ['dockerfile', 'compose-file', 'editor-settings', 'ci-settings']],
    ['logs and other known files', ['log-files', 'os-litter', 'core-dumps']],
    ['sources and everything else', ['other']],
  ]
  for (const [title, kinds] of rows) {
    it(`has one for ${title}`, () => {
      assert.deepEqual(
        kinds.map((kind) => [kind, familyOf(kind).title]),
        kinds.map((kind) => [kind, title]),
      )
    })
  }

  it('puts secrets together, whatever they are called', () => {
    const secrets = CATALOGUE.filter(({disposition}) => disposition === 'secret').map(({kind}) => kind)
    assert.deepEqual(
      [...new Set(secrets)].filter((kind) => familyOf(kind).title !== 'secrets'),
      [],
    )
  })

  it('knows what nearly every kind means', () => {
    const kinds = [...new Set(CATALOGUE.map(({kind}) => kind))]
    const others = kinds.filter((kind) => familyOf(kind).title.startsWith('logs'))
    assert.ok(others.length < kinds.length / 6, others.join(' '))
  })

  it('gives a kind the same colour whatever else is there', () => {
    const small = assignColours(makeTree([['.git/a', 10]]))
    const large = assignColours(
      makeTree([
        ['node_modules/a', 1000],
        ['.next/b', 900],
        ['.git/a', 10],
      ]),
    )
    assert.equal(small.colourOf('git-history'), large.colourOf('git-history'))
    assert.notEqual(large.colourOf('git-history'), large.colourOf('npm-packages'))
  })
})
