import assert from 'node:assert/strict'
import {findContents} from '../../../../src/advice/facts/image/image-contents.js'
import type {DuplicateFiles, ImageFacts, LayerChange} from '../../../../src/advice/facts/image/image-facts.js'
import {IMAGE_RULE_IDS} from '../../../../src/advice/rule-ids.js'
import type {ExampleLayer, ImageExample} from '../../../../src/advice/rules/define-image-rule.js'
import {IMAGE_RULES} from '../../../../src/advice/rules/image/all-image-rules.js'
import {listHiddenFiles, listStoredAgain} from '../../../../src/tree/image/figures/hidden-files.js'
import {KIND} from '../../../../src/tree/image/layers/layer-tree.js'
import {type LayerStack, stackLayers} from '../../../../src/tree/image/layers/stack-layers.js'
import {buildLayer, instructionOf} from '../../../helpers/layer-tree.js'

describe('the rules about images', () => {
  it('can all be named in a configuration', () => {
    assert.deepEqual(
      IMAGE_RULES.map(({id}) => id),
      IMAGE_RULE_IDS,
    )
  })

  for (const rule of IMAGE_RULES) {
    it(`${rule.id} stays silent on its good examples`, () => {
      assert.ok(rule.examples.good.length > 0)
      for (const example of rule.examples.good) assert.deepEqual(rule.findProblems(toFacts(example)), [])
    })

    it(`${rule.id} speaks on its bad examples`, () => {
      assert.ok(rule.examples.bad.length > 0)
      for (const example of rule.examples.bad) {
        const findings = rule.findProblems(toFacts(example))
        assert.ok(findings.length > 0)
        for (const {message, fix, bytes, layers} of findings) {
          assert.doesNotMatch(message, /\.$|undefined|NaN/)
          assert.ok(fix !== undefined && /^[A-Z]/.test(fix) && !fix.endsWith('.'))
          assert.ok(bytes > 0 && layers.length > 0)
        }
      }
    })
  }

  it('say nothing of the base, which another build made', () => {
    for (const rule of IMAGE_RULES.filter(({id}) => /cache|compiler|secret|dev-dep/.test(id))) {
      const [bad] = rule.examples.bad
      const layers = bad!.layers.map((layer) => ({...layer, isBase: true as const}))
      assert.deepEqual(rule.findProblems(toFacts({layers})), [], rule.id)
    }
  })

  it('say of a checkout what builds make again', () => {
    const entries = [
      'app/.gitignore (9 bytes)',
      'app/Makefile (9 bytes)',
      'node_modules/a/b.js (900000 bytes)',
    ]
    const made = ['app/node_modules/a/package.json (200000 bytes)', 'app/.venv/pyvenv.cfg (100000 bytes)']
    const layers = [{by: 'COPY . /app # buildkit', entries: [...entries, ...made]}]
    const [finding] = IMAGE_RULES.find(({id}) => id === 'image-source-tree')!.findProblems(toFacts({layers}))
    assert.match(finding!.message, /; 300,000 bytes of it are files that a build creates itself: /)
    assert.match(finding!.message, /"\/app\/node_modules" and "\/app\/\.venv"$/)
  })
})

function toFacts({layers, before}: ImageExample): ImageFacts {
  const stack = stackLayers(
    layers.map(({entries}) => buildLayer(entries)),
    0,
  )
  const digest = (file: number) => {
    const layer = stack.firstFiles.findLastIndex((first) => first <= file)
    return stack.layers[layer]!.files.digestOf(file - stack.firstFiles[layer]!)
  }
  return {
    stack,
    layers: layers.map((layer, index) => ({
      index,
      ...instructionOf(layer),
      isBase: layer.isBase === true,
      place: null,
      fileBytes: sum(stack.layers[index]!.files.sizes),
      pullBytes: sum(stack.layers[index]!.files.sizes),
    })),
    hidden: listHiddenFiles(stack, (one, other) => digest(one) === digest(other)),
    storedAgain: listStoredAgain(stack, (one, other) => digest(one) === digest(other)),
    contents: findContents(stack, () => null),
    duplicates: findDuplicates(stack, digest),
    changes: before === undefined ? null : findChanges(layers, before),
  }
}

function findDuplicates(stack: LayerStack, digest: (file: number) => string | null): DuplicateFiles[] {
  const groups = new Map<string, number[]>()
  stack.kinds.forEach((kind, node) => {
    if (kind === KIND.file) {
      const key = digest(stack.fileOf[node]!)!
      groups.set(key, [...(groups.get(key) ?? []), node])
    }
  })
  const several = [...groups.values()].filter((nodes) => nodes.length > 1)
  return several.map((nodes) => ({bytes: sizeAt(stack, nodes[0]!), nodes}))
}

function sizeAt({fileOf, firstFiles, layers}: LayerStack, node: number): number {
  const layer = firstFiles.findLastIndex((first) => first <= fileOf[node]!)
  return layers[layer]!.files.sizes[fileOf[node]! - firstFiles[layer]!]!
}

function findChanges(layers: readonly ExampleLayer[], before: readonly ExampleLayer[]): LayerChange[] {
  const text = ({by, entries}: ExampleLayer) => JSON.stringify([by, entries])
  return layers.map((layer, index) => {
    const same = before.findIndex((other) => text(other) === text(layer))
    const isBelow = layers.slice(0, index).every((other, at) => text(other) === text(before[at]!))
    if (same !== -1) return {index, status: isBelow ? 'same' : 'moved', reason: null}
    return {index, status: 'changed', reason: 'content'}
  })
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
