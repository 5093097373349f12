import assert from 'node:assert/strict'
import {BuildFileError} from '../../src/errors.js'
import {createProjectFiles} from '../../src/host/files/create-project-files.js'
import type {FileText} from '../../src/plan/project-files.js'
import {readYaml, readYamlText} from '../../src/plan/read-yaml.js'

function read(text: string): Extract<FileText, {status: 'read'}> {
  return {status: 'read', text}
}

describe('readYamlText', () => {
  const files = createProjectFiles()

  it('reads a text once for all who ask', () => {
    const text = read('a: 1\n')
    assert.equal(readYamlText(text, files), readYamlText(text, {...files}))
  })

  it('reads the text that stands in for a file anew', () => {
    const [first] = readYamlText(read('a: 1\n'), files)!
    const [other] = readYamlText(read('a: 1\n---\nb: 2\n'), files)!
    assert.notEqual(first, other)
  })

  it('remembers that a text is nested too deeply', () => {
    const text = read('['.repeat(600))
    assert.equal(readYamlText(text, files), null)
    assert.equal(readYamlText(text, files), null)
  })

  it('reads each time where nothing is kept', () => {
    const {yaml: _, ...bare} = files
    const text = read('a: 1\n')
    assert.notEqual(readYamlText(text, bare), readYamlText(text, bare))
  })
})

describe('readYaml', () => {
  const files = createProjectFiles()

  it('names the file of each reader, and heeds what it asks for', () => {
    const text = read('1: x\n')
    assert.equal(readYaml(text, files, 'one.yaml')[0]!.place.file, 'one.yaml')
    assert.equal(readYaml(text, files, 'other.yaml')[0]!.place.file, 'other.yaml')
    assert.throws(() => readYaml(text, files, 'one.yaml', {stringKeys: true}), BuildFileError)
  })

  it('fails for every reader of a broken file', () => {
    const text = read('a: [\n')
    for (const file of ['one.yaml', 'other.yaml']) {
      assert.throws(() => readYaml(text, files, file), BuildFileError)
    }
  })
})
