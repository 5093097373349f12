import {formatThings} from '../../languages/text/amounts.js'
import type {DeployDownload, ImageReport, LayerComparison} from '../../report/image-report.js'
import {nameLayers} from './layer-rows.js'

type FormatBytes = (bytes: number) => string

/** What a deploy downloads on either kind of host, and which layer makes the difference. */
export function writeImageDeploy({deploy, layers}: ImageReport, bytes: FormatBytes): string[] {
  if (deploy === null) return []
  const {classic, containerd, firstLayer, remote} = deploy
  const lines = [
    ...remote.map(
      (ref) => `${ref} is only in a registry, so layers are compared by digest, not file by file`,
    ),
    `a host with the containerd store pulls ${describe(containerd, bytes)}`,
    `a host with a graph driver (overlay2) pulls ${describe(classic, bytes)}`,
  ]
  if (firstLayer === null || classic.layers.length === containerd.layers.length) return lines
  const dragged = classic.layers.filter((index) => !containerd.layers.includes(index))
  const draggedBytes = dragged.reduce((sum, index) => sum + layers[index]!.pullBytes, 0)
  return [
    ...lines,
    `layer ${firstLayer + 1} is the lowest that differs: a host with a graph driver pulls it and all layers above it, among them ${bytes(draggedBytes)} in ${formatThings(dragged.length, 'layer')} that it already has`,
  ]
}

function describe({bytes, isEstimate, layers}: DeployDownload, format: FormatBytes): string {
  const amount = `${isEstimate ? 'about ' : ''}${format(bytes)}`
  return layers.length === 0
    ? `${amount}: it has every layer`
    : `${amount}, ${formatThings(layers.length, 'layer')}`
}

/** The heading of what a deploy pulls. */
export function nameDeploy({deploy}: ImageReport): string {
  return deploy === null || deploy.over.length === 0 ? 'A deploy' : `A deploy over ${deploy.over.join(', ')}`
}

/** Why layers came again. */
export interface LayerReason {
  /** See `nameLayers`; empty where it is said of the other image. */
  layers: string
  text: string
}

/** Why layers came again: one for those that follow one another and have the same reason. */
export function listImageReasons({compare}: ImageReport, bytes: FormatBytes, top: number): LayerReason[] {
  if (compare === null) return []
  const groups: {indexes: number[]; text: string}[] = []
  for (const layer of compare.layers) {
    if (layer.status === 'same') continue
    const text = explain(layer, bytes)
    const latest = groups.at(-1)
    if (latest?.text === text && latest.indexes.at(-1) === layer.index - 1) latest.indexes.push(layer.index)
    else groups.push({indexes: [layer.index], text})
  }
  const reasons = groups.slice(0, top).map(({indexes, text}) => ({layers: nameLayers(indexes), text}))
  if (compare.removed.length === 0) return reasons
  const text = `${formatThings(compare.removed.length, 'layer')} of it are no longer there`
  return [...reasons, {layers: '', text}]
}

/** The same, one line each. */
export function writeImageReasons(image: ImageReport, bytes: FormatBytes, top: number): string[] {
  return listImageReasons(image, bytes, top).map(({layers, text}) => {
    if (layers === '') return text
    return `${layers.includes('-') ? 'layers' : 'layer'} ${layers}: ${text}`
  })
}

function explain(
  {status, was, reason, changedCount, changedBytes, examples}: LayerComparison,
  bytes: FormatBytes,
): string {
  if (status === 'new') return 'new'
  if (status === 'moved') return `unchanged, but it was layer ${was! + 1} and now has other layers below it`
  switch (reason) {
    case 'times':
      return 'rebuilt: the same files with other times'
    case 'metadata':
      return 'rebuilt: the same files with another owner or mode'
    case 'form':
      return 'rebuilt: the same files in another tar'
    default:
      return `${formatThings(changedCount, 'path')} changed, ${bytes(changedBytes)}: ${listExamples(examples, changedCount)}`
  }
}

function listExamples(examples: readonly string[], count: number): string {
  const shown = examples.slice(0, 3).map((path) => `/${path}`)
  return count > shown.length ? `${shown.join(', ')} …` : shown.join(', ')
}
