import {formatCount} from '../../languages/text/amounts.js'
import type {ContextReport, PlanReport} from '../../report/context-report.js'
import type {Sizes} from '../../report/sizes.js'
import {addSizes} from '../../report/sizes.js'
import {addContexts} from '../add-contexts.js'
import {type Cell, type Column, fitsWidth, renderTable, wrapText} from '../terminal/table.js'
import type {Page} from './page.js'
import {describeDockerfile, describeIgnoreFile} from './render-heading.js'

/** One build, one of its named contexts, or the total. */
interface Row {
  name: string
  /** Context, Dockerfile and ignore file in words; empty where there is nothing to say. */
  places: [string, string, string]
  before: Sizes
  after: Sizes
}

const PLACE_HEADS = ['context', 'Dockerfile', 'ignore file']

/** Renders a row for each build, its named contexts below it, and what one builder gets in all. Empty for a single build. */
export function renderBuilds({plans, oneBuilder}: ContextReport, page: Page): string[] {
  if (plans.length < 2) return []
  const most = 2 * page.top
  const shown = plans.length <= most + 1 ? plans : plans.slice(0, most)
  const rows = shown.flatMap((plan) => listRows(plan, page))
  const hidden = plans.length - shown.length
  if (hidden > 0) rows.push(sumPlans(`${formatCount(hidden)} more`, plans.slice(shown.length)))
  const sum: Row =
    oneBuilder === undefined
      ? sumPlans('total', plans)
      : {name: 'on one builder', places: ['', '', ''], ...oneBuilder}
  const lines = layOutBuilds([...rows, sum], page)
  return [page.styles.bold('Builds'), ...lines]
}

function listRows(plan: PlanReport, page: Page): Row[] {
  const {show} = page
  const places: Row['places'] = [
    show(plan.context),
    describeDockerfile(plan, page),
    describeIgnoreFile(plan.ignoreFile, page),
  ]
  const named = plan.namedContexts
    .filter(({usesContext}) => usesContext)
    .map(({name, context, before, after}): Row => {
      return {name: `  and ${show(name)}`, places: [show(context), '', ''], before, after}
    })
  return [{name: show(plan.name), places, before: plan.before, after: plan.after}, ...named]
}

function sumPlans(name: string, plans: readonly PlanReport[]): Row {
  const wholes = plans.map(addContexts)
  return {
    name,
    places: ['', '', ''],
    before: addSizes(wholes.map(({before}) => before)),
    after: addSizes(wholes.map(({after}) => after)),
  }
}

function layOutBuilds(rows: readonly Row[], page: Page): string[] {
  const lines = layOutTable(rows, page)
  return fitsWidth(lines, page.width) ? lines : layOutPairs(rows, page)
}

/** Facts that all builds share are in the heading and not here. */
function layOutTable(rows: readonly Row[], page: Page): string[] {
  const {styles, bytes} = page
  const hasAfter = changesAny(rows)
  const told = PLACE_HEADS.map((_, at) => at).filter((at) => isTold(rows, at))
  const head = [
    ...['build', ...told.map((at) => PLACE_HEADS[at]!)],
    ...['transfer', ...(hasAfter ? ['after'] : []), 'every rebuild'],
  ].map((text): Cell => ({text, style: styles.dim}))
  const body = rows.map(({name, places, before, after}, at): Cell[] => {
    const style = at === rows.length - 1 ? {style: styles.bold} : undefined
    return [
      {text: name, ...style},
      ...told.map((place) => ({text: places[place]!})),
      {text: bytes(before.transferBytes), ...style},
      ...(hasAfter ? [{text: bytes(after.transferBytes), style: styles.green}] : []),
      {text: bytes(before.rebuildTransferBytes), style: styles.dim},
    ]
  })
  const columns = head.map((_, at): Column => ({align: at <= told.length ? 'left' : 'right'}))
  return renderTable(columns, [head, ...body])
}

/** A place is shown if builds differ in it and it does not repeat the name of the build. */
function isTold(rows: readonly Row[], at: number): boolean {
  const values = rows.filter(({places}) => places[at] !== '')
  if (values.every(({name, places}) => places[at] === name)) return false
  return new Set(values.map(({places}) => places[at])).size > 1
}

/** Two lines a build: its name and figures, then where it is. */
function layOutPairs(rows: readonly Row[], page: Page): string[] {
  const {styles, width} = page
  const hasAfter = changesAny(rows)
  const names = rows.map(({name}, at): Cell[] => [
    {text: name, ...(at === rows.length - 1 && {style: styles.bold})},
  ])
  const figures = rows.map((row) => listFigures(row, hasAfter, page))
  const right: Column[] = Array.from({length: 4}, () => ({align: 'right'}))
  const table = renderTable(
    [{align: 'left'}, ...right],
    names.map((cells, at) => [...cells, ...figures[at]!]),
  )
  const heads = fitsWidth(table, width)
    ? table.map((line) => [line])
    : zip(
        renderTable([], names),
        renderTable(right, figures).map((line) => `  ${line}`),
      )
  return heads.flatMap((head, at) => [...head, ...describePlaces(rows, rows[at]!, page)])
}

function describePlaces(rows: readonly Row[], {name, places}: Row, {width, styles}: Page): string[] {
  const told = places
    .map((place, kind) => (kind === 0 && place !== '' ? `context ${place}` : place))
    .filter((place, kind) => place !== '' && isTold(rows, kind))
  if (told.length === 0) return []
  const indent = name.startsWith(' ') ? '      ' : '    '
  return wrapText(told.join(', '), width - indent.length).map((part) => indent + styles.dim(part))
}

function listFigures({before, after}: Row, hasAfter: boolean, {styles, bytes, arrow}: Page): Cell[] {
  return [
    {text: bytes(before.transferBytes)},
    ...(hasAfter ? [{text: arrow}, {text: bytes(after.transferBytes), style: styles.green}] : []),
    {text: `rebuild ${bytes(before.rebuildTransferBytes)}`, style: styles.dim},
  ]
}

function zip(one: readonly string[], other: readonly string[]): string[][] {
  return one.map((line, at) => [line, other[at]!])
}

function changesAny(rows: readonly Row[]): boolean {
  return rows.some(({before, after}) => before.transferBytes !== after.transferBytes)
}
