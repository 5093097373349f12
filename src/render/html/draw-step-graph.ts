import type {CacheReportStep} from '../../report/cache-report.js'
import {STATE_WORDS} from '../cache/explain-cause.js'
import {shorten, wrapText} from '../terminal/table.js'
import {escapeHtml} from './escape-html.js'

const BOX = {width: 256, height: 60}
const GAP = {x: 44, y: 16}
const MARGIN = 4
const HEAD = 26
/** Letters that fit into a line of a box. */
const MAX_LETTERS = 31
/** Pixels from one line of a box to the next. */
const LINE = 16

interface PlacedStep {
  step: CacheReportStep
  x: number
  y: number
}

/** The style of the picture, for pages that have one. */
export const GRAPH_STYLE = `
.graph { overflow-x: auto; padding-bottom: 8px }
.graph svg { display: block; height: auto; background: none; aspect-ratio: auto; user-select: auto; max-width: none; width: auto }
.graph rect { fill: var(--panel); stroke: var(--line) }
.graph .runs rect { fill: var(--warning-soft); stroke: var(--warning) }
.graph .depends rect { fill: var(--info-soft); stroke: var(--info); stroke-dasharray: 5 3 }
.graph text { font-size: 12.5px; fill: var(--ink) }
.graph .cached text { fill: var(--muted) }
.graph text.state { font-size: 11.5px; fill: var(--muted) }
.graph .runs text.state { fill: var(--warning) }
.graph .depends text.state { fill: var(--info) }
.graph text.stage { font-weight: 650 }
.graph path { fill: none; stroke: var(--bar); stroke-width: 1.5 }
.graph path.reached { stroke: var(--warning) }
.graph path.maybe { stroke: var(--info); stroke-dasharray: 5 3 }
`

/**
 * Draws steps as boxes, a column for each stage in the order of the Dockerfile, and lines to what they stand on and take
 * files from. What a change reaches is coloured; each box says so in words, too.
 */
export function drawStepGraph(steps: readonly CacheReportStep[], title: string): string {
  const stages = [...new Set(steps.map(({stage}) => stage))].sort((one, other) => one - other)
  const placed = placeSteps(steps, stages)
  const width = 2 * MARGIN + stages.length * (BOX.width + GAP.x) - GAP.x
  const height = MARGIN + Math.max(HEAD, ...placed.map(({y}) => y + BOX.height)) + MARGIN
  const lines = placed.flatMap((to) => to.step.needs.map((place) => drawLine(placed[place]!, to)))
  const heads = stages.map((stage, column) => drawHead(steps.find((step) => step.stage === stage)!, column))
  return `<div class="graph" tabindex="0" role="group" aria-label="${escapeHtml(title)}"><svg role="img" aria-label="${escapeHtml(title)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
${[...lines, ...heads, ...placed.map(drawBox)].join('\n')}
</svg></div>`
}

function placeSteps(steps: readonly CacheReportStep[], stages: readonly number[]): PlacedStep[] {
  const counts = new Map<number, number>()
  return steps.map((step) => {
    const row = counts.get(step.stage) ?? 0
    counts.set(step.stage, row + 1)
    const x = MARGIN + stages.indexOf(step.stage) * (BOX.width + GAP.x)
    return {step, x, y: MARGIN + HEAD + row * (BOX.height + GAP.y)}
  })
}

function drawHead({stage, name}: CacheReportStep, column: number): string {
  const x = MARGIN + column * (BOX.width + GAP.x)
  return `<text class="stage" x="${x}" y="${MARGIN + 15}">${escapeHtml(shorten(name ?? `stage-${stage}`, MAX_LETTERS))}</text>`
}

function drawBox({step, x, y}: PlacedStep): string {
  const text = step.text.replace(/^\[[^\]]*\] /, '')
  const seconds = step.lastSeconds === null ? '' : `, ${step.lastSeconds.toFixed(1)} s last time`
  const lines = splitLabel(text).map(
    (line, at) => `<text x="${x + 10}" y="${y + 18 + at * LINE}">${escapeHtml(line)}</text>`,
  )
  const state = `line ${step.line}: ${STATE_WORDS[step.state]}${seconds}`
  return `<g class="${step.state}"><title>${escapeHtml(`${step.text}: ${STATE_WORDS[step.state]}`)}</title><rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="4"/>${lines.join('')}<text class="state" x="${x + 10}" y="${y + 18 + 2 * LINE}">${escapeHtml(state)}</text></g>`
}

/** Two lines at most, broken at a blank; what does not fit is left out at the end, and stands in the title. */
function splitLabel(text: string): string[] {
  const [first = '', ...others] = wrapText(text, MAX_LETTERS)
  const start = shorten(first, MAX_LETTERS)
  if (others.length === 0) return [start]
  const rest = others.join(' ')
  return [start, rest.length > MAX_LETTERS ? `${rest.slice(0, MAX_LETTERS - 1)}…` : rest]
}

/** Down within a stage, across to another one; coloured where a change goes along it. */
function drawLine(from: PlacedStep, to: PlacedStep): string {
  const isMoved = from.step.state !== 'cached' && to.step.state !== 'cached'
  const state = !isMoved
    ? ''
    : from.step.state === 'runs' && to.step.state === 'runs'
      ? ' class="reached"'
      : ' class="maybe"'
  if (from.x === to.x) {
    const x = from.x + 20
    return `<path${state} d="M${x} ${from.y + BOX.height}V${to.y}"/>`
  }
  const start = {x: from.x + (from.x < to.x ? BOX.width : 0), y: from.y + BOX.height / 2}
  const end = {x: to.x + (from.x < to.x ? 0 : BOX.width), y: to.y + BOX.height / 2}
  const middle = (start.x + end.x) / 2
  return `<path${state} d="M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}"/>`
}
