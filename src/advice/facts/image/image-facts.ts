import type {HiddenFile} from '../../../tree/image/figures/hidden-files.js'
import type {LayerStack} from '../../../tree/image/layers/stack-layers.js'
import type {FoundKind} from './image-contents.js'

/** A layer as its history and the Dockerfile know it. */
export interface ImageLayerFacts {
  index: number
  /** `RUN`, `COPY` …; empty if unknown. */
  keyword: string
  /** The instruction in the words of the Dockerfile. */
  text: string
  /** Part of the base: nothing can be done about it here. */
  isBase: boolean
  place: {file: string; line: number} | null
  fileBytes: number
  pullBytes: number
}

/** Files of one content at several paths that the image shows. */
export interface DuplicateFiles {
  /** Of one of them. */
  bytes: number
  /** Path nodes, at least two. */
  nodes: number[]
}

/** How layers differ from those of the image before; absent where none is compared. */
export interface LayerChange {
  index: number
  status: 'same' | 'moved' | 'changed' | 'new'
  reason: 'content' | 'metadata' | 'times' | 'form' | null
}

/** What the rules about images read. */
export interface ImageFacts {
  stack: LayerStack
  layers: readonly ImageLayerFacts[]
  hidden: readonly HiddenFile[]
  /** Files that a later layer stores again, and that the image still shows under another name. */
  storedAgain: readonly HiddenFile[]
  contents: readonly FoundKind[]
  duplicates: readonly DuplicateFiles[]
  changes: readonly LayerChange[] | null
}

/** A path of the image as text, with the slash that it has there. */
export function pathAt({stack}: ImageFacts, node: number): string {
  return `/${stack.paths.pathOf(node).toString('utf8')}`
}

/** What a message calls a layer. */
export function nameLayer({layers}: ImageFacts, index: number): string {
  const {text, place} = layers[index]!
  const shown = text === '' ? `layer ${index + 1}` : `layer ${index + 1}, ${JSON.stringify(shorten(text))}`
  return place === null ? shown : `${shown} (${place.file}:${place.line})`
}

const MAX_TEXT = 60

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT - 1)}…` : line
}
