import type {ImageLayerReport, ImageReport} from '../../report/image-report.js'

/** A row of the table of layers. */
export interface LayerRow {
  /** `4`, `1-3`. */
  numbers: string
  fileBytes: number
  pullBytes: number
  pullIsEstimate: boolean
  hiddenBytes: number
  /** Null for the base. */
  layer: ImageLayerReport | null
}

/** The layers of an image; the base is one row: nothing in it can be changed here. */
export function listLayerRows({layers, base}: ImageReport): LayerRow[] {
  const own = layers.slice(base.layerCount).map((layer) => toRow([layer], layer))
  return base.layerCount === 0 ? own : [toRow(layers.slice(0, base.layerCount), null), ...own]
}

function toRow(layers: readonly ImageLayerReport[], layer: ImageLayerReport | null): LayerRow {
  const sum = (pick: (layer: ImageLayerReport) => number) =>
    layers.reduce((total, one) => total + pick(one), 0)
  return {
    numbers: nameLayers(layers.map(({index}) => index)),
    fileBytes: sum(({fileBytes}) => fileBytes),
    pullBytes: sum(({pullBytes}) => pullBytes),
    pullIsEstimate: layers.some(({pullIsEstimate}) => pullIsEstimate),
    hiddenBytes: sum(({hiddenBytes}) => hiddenBytes),
    layer,
  }
}

/** Layers that follow one another, counted from 1: `4`, `1-3`. */
export function nameLayers(indexes: readonly number[]): string {
  const [first, last] = [indexes[0]!, indexes.at(-1)!]
  return first === last ? `${first + 1}` : `${first + 1}-${last + 1}`
}

/** @param show makes names fit for the format */
export function describeBase({base}: ImageReport, show = (text: string) => text): string {
  const name = base.refs.length === 0 ? 'the base' : `the base ${show(base.refs.join(', '))}`
  return base.source === 'history' ? `${name}, according to its history` : name
}
