import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {CACHE_RULES} from '../../../../src/advice/rules/cache/all-cache-rules.js'
import type {CacheExample} from '../../../../src/advice/rules/define-cache-rule.js'
import {ContextView} from '../../../../src/build/cache/context-view.js'
import {createBuildGraph} from '../../../../src/build/graph/create-build-graph.js'
import {selectEntries} from '../../../../src/build/transfer/select-entries.js'
import {evaluateDockerfile} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {MODE} from '../../../../src/tree/model/file-mode.js'
import {createFileTree} from '../../../../src/tree/model/tree-from-entries.js'

function factsOf({dockerfile, tree: paths, cacheTo}: CacheExample) {
  const tree = createFileTree(
    paths.map((path) => ({
      path: path.replace(/\/$/, ''),
      mode: path.endsWith('/') ? MODE.dir + 0o755 : 0o644,
      size: 1,
      modified: 0,
    })),
  )
  const view = new ContextView(tree, selectEntries(tree, {ignore: null, requested: null}), {
    digestOf: () => undefined,
  })
  const graph = createBuildGraph(evaluateDockerfile(parseDockerfile(dockerfile)))
  const build = {file: '.github/workflows/ci.yml', line: 9, exportsTo: cacheTo ?? null, keepsMounts: false}
  return {file: 'Dockerfile', ignoreFile: null, graph, view, ci: cacheTo === undefined ? [] : [build]}
}

describe('rules about the cache', () => {
  const docs = readFileSync(new URL('../../../../../docs/cache.md', import.meta.url), 'utf8')
  for (const {id, severity, summary, examples, findProblems} of CACHE_RULES) {
    it(`${id} finds its bad examples, and no good one`, () => {
      for (const example of examples.bad) {
        const found = findProblems(factsOf(example))
        assert.ok(found.length > 0, JSON.stringify(example))
        for (const {rule, line, fix} of found) {
          assert.equal(rule, id)
          assert.ok(line !== undefined && fix !== undefined && !fix.endsWith('.'))
        }
      }
      for (const example of examples.good) assert.deepEqual(findProblems(factsOf(example)), [])
    })

    it(`${id} stands in the documentation`, () => {
      assert.ok(docs.includes(`| \`${id}\` | ${severity} | ${summary} |`), id)
    })
  }
})
