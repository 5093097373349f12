import {createHash} from 'node:crypto'
import type {ExampleLayer} from '../../src/advice/rules/define-image-rule.js'
import {readCreatedBy} from '../../src/tree/image/figures/created-by.js'
import {type LayerTree, LayerTreeBuilder} from '../../src/tree/image/layers/layer-tree.js'
import {TYPE} from '../../src/tree/image/tar/tar-header.js'
import type {TarEntry} from '../../src/tree/image/tar/tar-scanner.js'

/** Makes the tree of a layer of what `ExampleLayer` says it holds. */
export function buildLayer(entries: readonly string[]): LayerTree {
  const builder = new LayerTreeBuilder(0)
  for (const text of entries) {
    const {entry, content} = parseEntry(text)
    const file = builder.add(entry)
    if (file !== -1) builder.setDigest(file, createHash('sha256').update(content).digest())
  }
  return builder.finish()
}

function parseEntry(text: string): {entry: TarEntry; content: string} {
  const removed = /^- (?:(.*)\/)?([^/]+)$/.exec(text)
  if (removed !== null) {
    const directory = removed[1] === undefined ? '' : `${removed[1]}/`
    return {entry: makeEntry(`${directory}.wh.${removed[2]}`, TYPE.file, 0), content: ''}
  }
  const link = /^(.*) -> (.*)$/.exec(text)
  if (link !== null)
    return {entry: {...makeEntry(link[1]!, TYPE.symlink, 0), linkName: Buffer.from(link[2]!)}, content: ''}
  if (text.endsWith('/')) return {entry: makeEntry(text, TYPE.directory, 0), content: ''}
  const [, name, size, content = name!] = /^(.*?) \((\d+) bytes\)(?: = (.*))?$/.exec(text)!
  return {entry: makeEntry(name!, TYPE.file, Number(size)), content}
}

function makeEntry(name: string, type: number, size: number): TarEntry {
  return {
    type,
    name: Buffer.from(name),
    linkName: Buffer.alloc(0),
    mode: 0o644,
    uid: 0,
    gid: 0,
    size,
    modified: 0,
    isOverlayWhiteout: false,
    contentStart: 0,
    storedBytes: size,
    sparseMap: null,
  }
}

/** The keyword and text of an example's instruction. */
export function instructionOf({by}: ExampleLayer): {keyword: string; text: string} {
  return readCreatedBy(by)
}
